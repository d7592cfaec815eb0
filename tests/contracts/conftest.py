"""The real server that contract tests run against, for the whole session."""

import os
from collections.abc import Iterator

import pytest

from tests.contracts.nocodb_desk import NocoDBDesk


@pytest.fixture(scope="session")
def nocodb() -> Iterator[NocoDBDesk]:
    """A landlord's bases, made new on the server that CASEWATCH_TEST_NOCODB_URL names, and removed at the end."""
    given = [os.environ.get(f"CASEWATCH_TEST_NOCODB_{each}", "") for each in ("URL", "EMAIL", "PASSWORD")]
    if not all(given):
        pytest.fail("No NocoDB to test on: set CASEWATCH_TEST_NOCODB_URL, _EMAIL and _PASSWORD.")
    desk = NocoDBDesk(*given)
    yield desk
    desk.remove()
