"""The real server that contract tests run against, for the whole session."""

from collections.abc import Iterator

import pytest

from tests.contracts.nocodb_desk import NocoDBDesk
from tests.server import Started


@pytest.fixture(scope="session")
def nocodb(started: Started) -> Iterator[NocoDBDesk]:
    """A landlord's bases, made new on the run's server, and removed at the end."""
    running = started.running
    desk = NocoDBDesk(running.url, running.admin_email, running.admin_password)
    yield desk
    desk.remove()
