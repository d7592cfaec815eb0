"""Airtable's adapter keeps the platform's contract, over HTTP, on a server that keeps Airtable's documented rules."""

import pytest

from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_ledger import Ledger
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import ContractWithoutAudit, PlatformContract


class TestAirtablePlatform(PlatformContract):
    """With a ledger of what its feed tells, which makes an audit of it (R-25)."""

    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform(ledger=Ledger(":memory:"))


class TestAirtableWithoutALedger(ContractWithoutAudit):
    """The feed is read and nothing of it is kept, as where bases are copied."""

    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        return desk.platform()


class TestAirtableWithoutItsFeed(ContractWithoutAudit):
    """No webhook to be had: changes are found by formulas, and the ledger stays empty."""

    @pytest.fixture
    def desk(self, at: AirtableServer) -> AirtableDesk:
        at.faults.append(Fault("forbidden", path="/webhooks", times=10**6))
        return AirtableDesk(at)

    @pytest.fixture
    def platform(self, desk: AirtableDesk) -> AirtablePlatform:
        made = desk.platform(ledger=Ledger(":memory:"))
        (id,) = made.create("Contacts", [{"Contact": "the first look"}])
        made.history("Contacts", id)
        return made
