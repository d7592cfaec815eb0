"""Recipients inside a destination: a folder for each, and only those that the settings list."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from by_folder import the_way_by_folder
from by_sftp import PUBLIC, the_way_by_sftp
from way_to_a_partner import NAMED

from automations.errors import NeedsAPerson, NoReceipt
from automations.ports import Transport
from casewatch.desks.sftp import SftpDesk


@pytest.fixture(params=["SFTP", "a folder"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Transport]]:
    """A partner with folders for north and south, and others that are not for us."""
    for folder in ("in/north", "in/south", "in/archive", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
    if request.param == "a folder":
        yield lambda **changed: the_way_by_folder(tmp_path, **changed)
        return
    with SftpDesk(tmp_path, PUBLIC) as desk:
        yield lambda **changed: the_way_by_sftp(desk, **changed)


def files(folder: Path) -> list[str]:
    return [str(path.parent.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("to", ["archive", "../elsewhere", "north/../archive", "NORTH", "north ", ".", ""])
def test_a_recipient_that_the_settings_do_not_list_gets_nothing_though_its_folder_is_there(way, tmp_path, to):
    """R-26: not one that a Partner row was changed to, nor, where there are several, nobody in particular."""
    with pytest.raises(NeedsAPerson) as told:
        way(to=("north", "south")).deliver(NAMED.body, NAMED.key, to)
    assert not isinstance(told.value, NoReceipt)
    assert files(tmp_path) == []

    assert way(to=("north", "south")).deliver(NAMED.body, NAMED.key, "south").accepted
    assert files(tmp_path) == ["in/south"]


def test_a_partner_of_one_folder_has_no_recipients(way, tmp_path):
    """R-26: a recipient on the Partner row is told to a person and not passed over."""
    with pytest.raises(NeedsAPerson, match="no recipients"):
        way().deliver(NAMED.body, NAMED.key, "north")
    assert way().deliver(NAMED.body, NAMED.key).accepted
    assert files(tmp_path) == ["in"]
