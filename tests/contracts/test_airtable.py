"""Airtable's adapter keeps the platform's contract, over HTTP, on a server that keeps Airtable's documented rules."""

import pytest

from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import AirtableServer
from tests.contracts.platform import ContractWithoutAudit


class TestAirtablePlatform(ContractWithoutAudit):
    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform()
