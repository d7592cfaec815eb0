"""The servers that contract tests run against: a real NocoDB for the session, and Airtable's rules for each test.

In: the run's server, the bases once made. Out: both servers; and for the tests of Airtable alone its staff, and a
runner with a ledger. A class that keeps the contract brings a `desk` and a `platform` of its own.
Never here: a test.
"""

from collections.abc import Iterator

import pytest

from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_ledger import Ledger
from tests.contracts.airtable_desk import AirtableDesk, Bases, server
from tests.contracts.airtable_house import HouseOnAirtable, bases
from tests.contracts.airtable_server import AirtableServer
from tests.contracts.airtable_server.rows import Base
from tests.contracts.nocodb_desk import NocoDBDesk
from tests.server import Started


@pytest.fixture(scope="session")
def nocodb(started: Started) -> Iterator[NocoDBDesk]:
    """A landlord's bases, made new on the run's server, and removed at the end."""
    running = started.running
    desk = NocoDBDesk(running.url, running.admin_email, running.admin_password)
    yield desk
    desk.remove()


@pytest.fixture(scope="session")
def airtable_bases() -> Bases:
    """A landlord's bases as they are once everything is made."""
    return bases()


@pytest.fixture
def at(airtable_bases: Bases) -> Iterator[AirtableServer]:
    """The wire-rule server with those bases, new for each test."""
    with server() as running:
        airtable_bases.put(running)
        yield running


@pytest.fixture
def houses_on_airtable() -> Iterator[None]:
    """Stops the servers of the stories that a test lived on Airtable."""
    yield
    while HouseOnAirtable.running:
        HouseOnAirtable.running.pop().__exit__()


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    """Staff at Airtable's grid."""
    return AirtableDesk(at)


@pytest.fixture
def ledger() -> Ledger:
    """What the feed tells is kept here, as long as the test."""
    return Ledger(":memory:")


@pytest.fixture
def platform(desk: AirtableDesk, ledger: Ledger) -> AirtablePlatform:
    """The runner on Airtable, which hears who decided."""
    return desk.platform(ledger=ledger)


@pytest.fixture
def casework(desk: AirtableDesk) -> Base:
    """Airtable's base that holds the approvals, with its payloads."""
    return desk.found("Approvals")[0]
