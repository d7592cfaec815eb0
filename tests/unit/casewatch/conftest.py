"""What the front door's commands change for the whole process, put back after a test."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def signals_as_before() -> Iterator[None]:
    """`run` and `demo` take them over."""
    kept = [(each, signal.getsignal(each)) for each in (signal.SIGTERM, signal.SIGINT)]
    yield
    for each, handler in kept:
        signal.signal(each, handler)
