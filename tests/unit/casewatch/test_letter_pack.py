"""`casewatch letter pack`: the day's post in one file, what was left out and why, and nothing marked as sent."""

import io
import json
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from automations.errors import TryAgainLater
from automations.to_post import BY_EMAIL, HALF, NOT_SAFE
from automations.what_goes import IN_WORD, NOT_OURS, OUTDATED
from casewatch import connect
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import approved
from tests.stories.test_letters_that_a_step_asks_for import of
from tests.stories.test_letters_that_staff_ask_for import row, upload
from tests.stories.test_letters_that_went import FIRST, a_warning
from tests.unit.casewatch.test_letter import Desk, ask, desk

__all__ = ["desk"]


def pack(*words: str) -> dict[str, Any]:
    answer = ask("pack", "--json", *words)
    assert answer.exit_code == 0, answer.output
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def left_out() -> list[str]:
    return [x["why"] for x in pack()["left_out"]]


def first(house: HarbourRow) -> str:
    return of(house, FIRST)[0][0]


def test_the_letters_that_may_be_posted_are_one_file_for_its_owner_alone(desk: Desk) -> None:
    """HC-024, A-33: a cover sheet, then each on a sheet of its own, in a stable order; nothing counts as sent."""
    desk.house.report(victims_name="Other Sample", address="3 Example Row")
    before = {t: desk.house.platform.records(t) for t in ("Letters", "Cases", "Developments", "Send tokens")}
    there = desk.folder / "post.pdf"
    there.write_bytes(b"of yesterday")
    told = pack("-o", str(there))
    assert [x["reference"] for x in told["letters"]] == ["CW-2026-0001", "CW-2026-0002"]
    assert (told["file"], told["left_out"], told["not_read"]) == (str(there), [], [])
    assert there.stat().st_mode & 0o777 == 0o600
    assert [x.name for x in desk.folder.iterdir()] == ["post.pdf"]
    with pikepdf.open(there) as whole:
        assert [x["page"] for x in told["letters"]] == [3, 5]
        assert len(whole.pages) == 6
        assert str(whole.docinfo.Title) == "Letters to post, Wednesday 18 November 2026"
    assert {t: desk.house.platform.records(t) for t in before} == before
    assert pack() == {**told, "file": None}


def test_neither_the_screen_nor_the_cover_names_anybody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-27: the case number, the title and the postcode are enough to find the envelope."""
    from automations import pack_paper

    sheets = []
    set_in_type = pack_paper.set_in_type
    monkeypatch.setattr(
        pack_paper, "set_in_type", lambda blocks, *a, **k: sheets.append(str(blocks)) or set_in_type(blocks, *a, **k)
    )
    desk.house.staff_write("amber", "Letters", kind=c.LetterKind.OTHER)
    answer = ask("pack", "-o", str(desk.folder / "post.pdf"))
    assert answer.exit_code == 0
    assert "CW-2026-0001  Contact and acknowledgement: 2 pages, from page 3" in answer.stdout
    assert f"Another letter: {NOT_OURS}" in answer.stdout
    [sheet] = sheets
    assert "ZZ1 4AB" in sheet
    assert NOT_OURS in sheet
    for told in (answer.output, sheet):
        assert not any(word in told for word in ("Sample", "Placeholder", "Example Row"))


@pytest.mark.parametrize(("table", "cells", "why"), [
    ("People", {"Safe ways to contact": (c.Channel.TELEPHONE,)}, "The victim has not said that a letter to the home"),
    ("People", {"Safe ways to contact": (c.Channel.EMAIL,), "Letters by e-mail": True}, NOT_SAFE),
    ("People", {"Safe ways to contact": (c.Channel.EMAIL, c.Channel.LETTER), "Letters by e-mail": True}, BY_EMAIL),
    ("People", {"Postcode": None}, "Missing: the victim's address and postcode"),
    ("Letters", {"Sent how": c.Channel.IN_PERSON}, "It goes another way (Sent how): in person."),
    ("Letters", {"Sent at": "now"}, HALF),
])  # fmt: skip
def test_a_letter_that_may_not_be_posted_today_is_left_out_with_the_reason(
    desk: Desk, table: str, cells: dict[str, Any], why: str
) -> None:
    """HC-024: and without that reason it is in."""
    id = desk.victim if table == "People" else first(desk.house)
    assert len(pack()["letters"]) == 1
    desk.house.staff_write("amber", table, id, **{k: desk.house.now if v == "now" else v for k, v in cells.items()})
    assert [x[: len(why)] for x in left_out()] == [why]
    assert pack()["letters"] == []


def test_what_changed_since_the_last_pass_waits_for_the_next(desk: Desk) -> None:
    """HC-024: the old address is not printed."""
    desk.house.platform.update("People", [(desk.victim, {"Address": "14 Example Row"})])
    assert left_out() == [OUTDATED]
    desk.house.run()
    assert len(pack()["letters"]) == 1


def test_a_letter_edited_in_word_waits_for_its_pdf(desk: Desk) -> None:
    """HC-121: and then that is what is printed."""
    house, id = desk.house, first(desk.house)
    document = row(house, id)["Document"][0].name
    made = house.platform.fetch("Letters", id, "Document", document)
    upload(house, id, document.replace(".pdf", ".docx"))
    assert left_out() == [IN_WORD]
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"my {document}", b"%PDF- and no more")
    assert left_out() == ["Its file is no longer there, or cannot be opened as a PDF."]
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"mine {document}", made)
    assert len(pack()["letters"]) == 1


@pytest.mark.parametrize("decision", c.LetterDecision)
def test_a_letter_that_staff_have_decided_about_is_neither_printed_nor_told(
    desk: Desk, decision: c.LetterDecision
) -> None:
    """HC-024: sent, queued for e-mail, cancelled or come back."""
    desk.house.staff_write("amber", "Letters", first(desk.house), decision=decision, sent_at=desk.house.now)
    assert (pack()["letters"], left_out()) == ([], [])
    there = desk.folder / "post.pdf"
    answer = ask("pack", "-o", str(there))
    assert answer.stdout == "No letter waits for the post.\n"
    assert not there.exists()


def test_a_warning_is_printed_once_a_manager_has_approved_it(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    """HC-093, R-25: the row's own State is not what decides."""
    house, id = a_warning(monkeypatch)
    monkeypatch.setattr(connect, "platform", lambda _: house.platform)
    desk.house.now = house.now
    waits = [x for x in pack()["left_out"] if x["row"] == id]
    assert [x["why"][:41] for x in waits] == ["Not yet: a line manager approves it first"]
    approved(house, id)
    desk.house.now = house.now
    assert id in [x["row"] for x in pack()["letters"]]
    house.now += timedelta(hours=1)
    document = row(house, id)["Document"][0].name
    house.platform.attach("Letters", id, "Edited document", f"my {document}", b"%PDF- sharper", "application/pdf")
    assert [x["why"][:8] for x in pack()["left_out"] if x["row"] == id] == ["Not yet:"], "before any pass has seen it"


def test_a_case_that_cannot_be_read_is_said_and_the_others_are_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from automations import decide

    desk.house.report(victims_name="Other Sample")
    whole = decide.as_it_counts

    def broken(case: Any, *rest: Any) -> Any:
        if case.reference == "CW-2026-0001":
            raise RuntimeError("Nobody Realperson")
        return whole(case, *rest)

    monkeypatch.setattr(decide, "as_it_counts", broken)
    answer = ask("pack", "-o", str(desk.folder / "post.pdf"))
    assert answer.exit_code == 1
    assert "CW-2026-0002" in answer.stdout
    assert "Casewatch has a fault (RuntimeError" in answer.stderr
    assert "Nobody" not in answer.output


def test_what_is_in_the_way_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there, a name that is no PDF's, a platform that is down."""
    assert ask("pack", "-o", "/nowhere/post.pdf").exit_code == 2
    assert "its name ends in .pdf" in ask("pack", "-o", "post.docx").stderr
    with monkeypatch.context() as patch:
        patch.setattr(desk.house.platform, "records", lambda _: (_ for _ in ()).throw(TryAgainLater("NocoDB")))
        assert ask("pack").exit_code == 3
    assert ask("pack").exit_code == 0
    assert "print on both sides" in ask("pack", "--help").output
    assert "casewatch letter pack -o post.pdf" in ask("pack", "--help").output


def test_it_can_be_opened_by_whoever_prints_it(desk: Desk) -> None:
    """As a whole PDF, and again the same."""
    one, two = desk.folder / "one.pdf", desk.folder / "two.pdf"
    for there in (one, two):
        pack("-o", str(there))
    assert one.read_bytes() == two.read_bytes()
    with pikepdf.open(io.BytesIO(one.read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else pdf.check() == []
