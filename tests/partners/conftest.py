"""Partners' desks that a test opens."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from way_to_a_partner import TOKEN

from casewatch.desks.partner import Instead, PartnerDesk


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., PartnerDesk]]:
    """Opens a desk that does these things in place of its first answers."""
    desks = []

    def open_(*instead: Instead | None, tls: ssl.SSLContext | None = None) -> PartnerDesk:
        answers = dict(enumerate(instead, 1))
        desk = PartnerDesk(tmp_path / "desk", TOKEN, tls=tls, answer=answers.get)
        desks.append(desk.__enter__())
        return desk

    yield open_
    for desk in desks:
        desk.__exit__(None, None, None)
