"""Receipts that a partner lays into a folder, read over real SFTP and from a real disk alike."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from by_folder import the_way_by_folder
from by_sftp import PUBLIC, the_way_by_sftp

from automations.errors import NeedsAPerson, TryAgainLater
from automations.ports import Answer
from casewatch.desks.sftp import SftpDesk
from sync.partners.file_drop import FileDrop
from sync.partners.receipt_files import MOST
from sync.partners.sftp import Sftp

ONE, TWO, THREE = ("1" * 32, "2" * 32, "3" * 32)


@dataclass(frozen=True)
class Partner:
    """The folder that its receipts are in, and a way to it with these settings changed."""

    receipts: Path
    way: Callable[..., Sftp | FileDrop]

    def lay(self, key: str, content: object) -> Path:
        path = self.receipts / f"{key}.receipt.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path


@pytest.fixture(params=["SFTP", "a folder"])
def partner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Partner]:
    if request.param == "a folder":
        the_way_by_folder(tmp_path)
        yield Partner(tmp_path / "receipts", lambda **changed: the_way_by_folder(tmp_path, **changed))
        return
    with SftpDesk(tmp_path, PUBLIC) as desk:
        yield Partner(tmp_path / "receipts", lambda **changed: the_way_by_sftp(desk, **changed))


def test_a_receipt_says_what_became_of_a_message(partner):
    """HC-051, HC-052: the partner's number and codes come back, under the key that the file had."""
    partner.lay(ONE, {"status": "accepted", "reference": "Q-17", "code": ""})
    partner.lay(TWO, b'\xef\xbb\xbf{"status": "rejected", "code": "unknown_area", "reference": 42}')
    partner.lay(THREE, {"status": "recalled"})
    partner.lay("4" * 32, {"status": "received"})
    partner.lay("5" * 32, {"status": "closed", "code": "no_action"})

    assert sorted(partner.way().answers([ONE, TWO]), key=lambda a: a.key) == [
        Answer(ONE, "accepted", "Q-17"), Answer(TWO, "rejected", "42", "unknown_area"), Answer(THREE, "recalled"),
        Answer("5" * 32, "outcome", "", "no_action"),
    ]  # fmt: skip


def test_a_partners_sentences_stay_outside(partner):
    """A receipt may repeat what it was sent: no words of it reach a base. A code beside them does."""
    partner.lay(ONE, {"status": "outcome", "reference": "about Ada Sampleton", "code": "no_action", "note": "Ada"})
    assert partner.way().answers([ONE]) == [Answer(ONE, "outcome", "", "no_action")]
    partner.lay(ONE, {"status": "outcome", "reference": ["Q-1"], "code": "x" * 41})
    assert partner.way().answers([ONE]) == [Answer(ONE, "outcome")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "receipt_unreadable"),
        (b"\xff\xfe", "receipt_unreadable"),
        (b"[" * 4000, "receipt_unreadable"),
        (b"[]", "receipt_unreadable"),
        (b'{"n": ' + b"9" * 4090, "receipt_unreadable"),
        (b'{"status": "accepted"}' + b" " * 5000, "receipt_too_long"),
        ({"status": "accepted", "reference": "x" * 100_000}, "receipt_too_long"),
        ({"status": "fine"}, "receipt_status_unknown"),
        ({"status": ["accepted"]}, "receipt_status_unknown"),
        ({"reference": "Q-17"}, "receipt_status_unknown"),
    ],
)
def test_a_receipt_that_cannot_be_understood_is_told_as_such_and_keeps_no_other_back(partner, content, code):
    """HC-052: it is neither taken for a yes nor lost. A person looks."""
    partner.lay(ONE, content)
    partner.lay(TWO, {"status": "accepted"})
    assert partner.way().answers([ONE, TWO]) == [Answer(ONE, "outcome", code=code), Answer(TWO, "accepted")]


def test_files_that_are_no_receipts_are_counted_once_and_not_named(partner, caplog):
    """Whatever else lies there is not opened, followed or waited for; its name may be a person's."""
    for name in ("Ada Sampleton.receipt.json", f"{ONE}.json", f"{ONE}.receipt.json.part"):
        (partner.receipts / name).write_text('{"status": "accepted"}')
    (partner.receipts / f"{TWO}.receipt.json").mkdir()
    (partner.receipts / f"{THREE}.receipt.json").symlink_to(partner.lay(ONE, {"status": "accepted"}))
    os.mkfifo(partner.receipts / f"{'4' * 32}.receipt.json")
    way = partner.way()
    with caplog.at_level(logging.WARNING):
        assert [a.key for a in way.answers([ONE, TWO, THREE])] == [ONE]
        assert [a.key for a in way.answers([ONE, TWO, THREE])] == [ONE]
    assert [record.getMessage() for record in caplog.records] == [
        "quayside: files among the receipts that are none: 3."
    ]


def test_a_receipt_nobody_asked_about_is_told_once_and_again_when_it_changes(partner):
    """The caller says so in the run log; one that is asked about is told as long as it is asked about."""
    way = partner.way()
    partner.lay(ONE, {"status": "accepted"})
    partner.lay(TWO, {"status": "accepted"})
    assert len(way.answers([TWO])) == 2
    assert [a.key for a in way.answers([TWO])] == [TWO]
    partner.lay(ONE, {"status": "rejected", "code": "unknown_reference"})
    assert Answer(ONE, "rejected", "", "unknown_reference") in way.answers([TWO])


def test_receipts_stay_where_they_are_unless_the_settings_say_otherwise(partner):
    """They are the partner's files."""
    path = partner.lay(ONE, {"status": "accepted"})
    way = partner.way()
    for _ in range(3):
        way.answers([])
    assert path.exists()


def test_a_receipt_is_moved_only_after_it_was_told_and_is_asked_about_no_more(partner):
    """HC-051: cut off between reading and writing down, the runner finds it again."""
    path = partner.lay(ONE, {"status": "accepted"})
    way = partner.way(move_receipts=True)
    for _ in range(2):
        assert way.answers([ONE]) == [Answer(ONE, "accepted")]
        assert path.exists()
    assert way.answers([]) == []
    assert not path.exists()
    assert (partner.receipts / "read" / path.name).exists()
    partner.lay(ONE, {"status": "outcome"})
    assert way.answers([ONE]) == [Answer(ONE, "outcome")]
    way.answers([])
    assert not path.exists(), "a later one takes the place of the earlier"


def test_where_receipts_cannot_be_moved_they_are_read_all_the_same(partner, caplog):
    path = partner.lay(ONE, {"status": "accepted"})
    (partner.receipts / "read").write_text("in the way")
    way = partner.way(move_receipts=True)
    assert way.answers([]) == [Answer(ONE, "accepted")]
    with caplog.at_level(logging.WARNING):
        partner.lay(TWO, {"status": "accepted"})
        assert way.answers([]) == [Answer(TWO, "accepted")]
    assert path.exists()
    assert "could not be moved" in caplog.text


def test_a_folder_that_was_never_cleared_is_read_bit_by_bit_and_what_is_asked_about_first(partner):
    """HC-006: a look at the receipts must not hold up the next report; in the end every one is told."""
    for number in range(MOST + 5):
        partner.lay(f"{number:032x}", {"status": "accepted"})
    asked = f"{MOST + 4:032x}"
    way = partner.way()
    first = way.answers([asked])
    assert (len(first), first[0].key) == (MOST, asked)
    assert len({a.key for a in [*first, *way.answers([asked])]}) == MOST + 5


def test_a_partner_who_lays_no_receipts_has_said_nothing(partner):
    partner.lay(ONE, {"status": "accepted"})
    assert partner.way(receipts="").answers([ONE]) == []
    assert partner.way().answers([ONE])


def test_a_folder_of_receipts_that_is_not_there_is_a_persons_to_put_right(partner):
    """HC-051: silence is not taken for no answer."""
    way = partner.way()
    partner.receipts.rmdir()
    with pytest.raises(NeedsAPerson):
        way.answers([ONE])
    partner.receipts.mkdir()
    assert way.answers([ONE]) == []


def test_a_partner_that_cannot_be_reached_is_asked_again_later(tmp_path):
    with SftpDesk(tmp_path, PUBLIC) as desk:
        way = the_way_by_sftp(desk)
        desk.lay(ONE, "accepted", "Q-1")
        assert way.answers([ONE]) == [Answer(ONE, "accepted", "Q-1")]
        agreed = desk.host_key
        desk.change_host_key()
        with pytest.raises(NeedsAPerson, match="host key"):
            way.answers([ONE])
        assert agreed != desk.host_key
    with pytest.raises(TryAgainLater):
        way.answers([ONE])
