"""Airtable's adapter keeps the platform's contract, over HTTP, on a server that keeps Airtable's documented rules."""

from collections.abc import Iterator

import pytest

from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk, Bases, server
from tests.contracts.airtable_server import AirtableServer
from tests.contracts.platform import ContractWithoutAudit


@pytest.fixture(scope="session")
def bases() -> Bases:
    return Bases()


@pytest.fixture
def at(bases: Bases) -> Iterator[AirtableServer]:
    with server() as running:
        bases.put(running)
        yield running


class TestAirtablePlatform(ContractWithoutAudit):
    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform()
