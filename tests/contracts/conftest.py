"""The servers that contract tests run against: a real NocoDB for the session, and Airtable's rules for each test."""

from collections.abc import Iterator

import pytest

from tests.contracts.airtable_desk import Bases, server
from tests.contracts.airtable_house import bases
from tests.contracts.airtable_server import AirtableServer
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
