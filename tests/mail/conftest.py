"""Mail servers that a test opens, and who vouches for them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from casewatch.desks.mail import MailDesk


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., MailDesk]]:
    """Opens a mail server with these habits."""
    desks = []

    def open_(**given: Any) -> MailDesk:
        desks.append(MailDesk(tmp_path / "mail", **given).__enter__())
        return desks[-1]

    yield open_
    for desk in desks:
        desk.__exit__(None, None, None)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> tuple[trustme.CA, str]:
    """Who vouches for the mail server, and the file that says so."""
    ca, path = trustme.CA(), tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)
