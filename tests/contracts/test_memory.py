"""The bases in memory keep the platform's contract."""

import pytest

from schema.live import LIVE as EXPRESSIONS
from sync.platforms.live import LIVE
from sync.platforms.memory import MemoryPlatform
from tests.contracts.airtable_server import Clock
from tests.contracts.desk import MemoryDesk
from tests.contracts.platform import PlatformContract


class TestMemoryPlatform(PlatformContract):
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def platform(self, clock: Clock) -> MemoryPlatform:
        return MemoryPlatform(clock.now)

    @pytest.fixture
    def desk(self, platform: MemoryPlatform, clock: Clock) -> MemoryDesk:
        return MemoryDesk(platform, clock.sleep)


def test_every_live_expression_is_worked_out_in_memory_too():
    """What schema/live.py names, sync/platforms/live.py works out."""
    assert set(LIVE) == set(EXPRESSIONS)
