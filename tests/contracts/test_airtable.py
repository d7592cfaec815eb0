"""Airtable's adapter keeps the platform's contract, over HTTP, on a server that keeps Airtable's documented rules."""

import pytest

from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import ContractWithoutAudit


class TestAirtablePlatform(ContractWithoutAudit):
    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform()


class TestAirtableWithoutItsFeed(ContractWithoutAudit):
    """A token that may keep no webhook: changes are found by formulas."""

    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        at.faults.append(Fault("forbidden", path="/webhooks", times=10**6))
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform()
