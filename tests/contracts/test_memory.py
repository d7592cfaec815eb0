"""The bases in memory keep the platform's contract."""

from datetime import UTC, datetime

import pytest

from schema.live import LIVE as EXPRESSIONS
from sync.platforms.live import LIVE
from sync.platforms.memory import MemoryPlatform
from tests.contracts.desk import MemoryDesk
from tests.contracts.platform import PlatformContract


class TestMemoryPlatform(PlatformContract):
    @pytest.fixture
    def platform(self) -> MemoryPlatform:
        return MemoryPlatform(lambda: datetime.now(UTC))

    @pytest.fixture
    def desk(self, platform: MemoryPlatform) -> MemoryDesk:
        return MemoryDesk(platform)


def test_every_live_expression_is_worked_out_in_memory_too():
    """What schema/live.py names, sync/platforms/live.py works out."""
    assert set(LIVE) == set(EXPRESSIONS)
