"""The compliance statement on paper: tagged, a table a screen reader can follow, and nobody's markup in it."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from letter_cases import HARBOUR_ROW
from spoken import spoken

from automations import model as m
from automations.coverage import requirements
from automations.duties import duties
from automations.errors import NeedsAPerson
from automations.explain import as_kept
from automations.letters.words import not_shown
from automations.nameless import Nameless
from automations.remembered import on_case
from automations.rules import Rules
from automations.statement import Statement, Verdict, statement
from automations.statement_paper import CLAUSES, blocks, markdown, pdf
from schema import choices as c
from tests.unit.automations.made_up import approval, case, interview
from tests.unit.automations.who_and_when import MANAGER, NINE, NOW, OFFICER

OFFICE = m.Office(staff=(MANAGER, OFFICER))
LATE = interview(at=NINE + timedelta(hours=30), created_at=NINE + timedelta(hours=31))


def stated(reason: str | None = None, **parts: Any) -> Statement:
    """A case whose interview was late, for the reason given."""
    now = NOW + timedelta(days=2)
    of = case(interviews=(LATE,), approvals=(approval(c.Matter.FLAGS),), **parts)
    actions = on_case(of, duties(of, now, Rules(OFFICE)), now)
    rows = [
        a._replace(row=m.Action(id="1", created_at=NINE, reason_for_lateness=reason))
        if a.shown["Step"] == "interview_victim" else a
        for a in actions
    ]  # fmt: skip
    return statement(of, rows, ["Reviews 3: its author is not a line manager."], Nameless(of, OFFICE), as_kept, now)


def test_it_is_tagged_and_its_tables_have_headers() -> None:
    """HC-139: PDF/UA-1, with the reference alone in the title."""
    made = pdf(stated(), HARBOUR_ROW)
    said = spoken(made)

    with pikepdf.open(io.BytesIO(made)) as opened, opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Statement CW-2026-0007"
    assert "H1 Compliance statement, case CW-2026-0007" in said
    assert "TH What is asked\n" in said
    assert "TD HC-053" in said
    assert said.count("THead") == said.count("Table")


def test_paper_and_screen_say_the_same_words() -> None:
    """HC-139: each section of the procedure, each requirement that is a step, each decision."""
    whole = stated("In hospital until then.")
    screen, aloud = markdown(whole), spoken(pdf(whole, HARBOUR_ROW))

    for words in (
        "Met late: Interview the victim, incident 1.", "Reason: In hospital until then.", "Tenancy flags talked over",
        "Senior housing officer or ASB team leader", "Reviews 3: its author is not a line manager.",
        *(f"{clause} {about}" for clause, about in CLAUSES.items()),
    ):  # fmt: skip
        assert words in screen
        assert words in aloud
    steps = [r.id for r in requirements() if any(home.startswith("step ") for home in r.homes)]
    assert all(id in screen for id in steps)
    assert {r.clause for r in requirements()} <= set(CLAUSES)


@pytest.mark.parametrize("words", ['#panic("x") $x$ *y* `z` // c', "| a | b | \\ <br>", "W" * 90])
def test_what_staff_typed_is_set_as_words(words: str) -> None:
    calm, hostile = spoken(pdf(stated("Calm."), HARBOUR_ROW)), spoken(pdf(stated(words), HARBOUR_ROW))
    assert [line.split()[0] for line in hostile.splitlines()] == [line.split()[0] for line in calm.splitlines()]
    rows = [line.count(" | ") for line in markdown(stated(words)).splitlines() if line.startswith("| HC")]
    assert set(rows) == {1}


def test_a_sign_that_no_typeface_has_is_a_sentence() -> None:
    """And every word of the requirements has its signs."""
    with pytest.raises(NeedsAPerson, match="cannot show the sign"):
        pdf(stated("Because 😀."), HARBOUR_ROW)
    assert [r.id for r in requirements() if not_shown(r.asks)] == []


def test_records_from_elsewhere_and_late_entries_are_marked() -> None:
    """R-07, R-08."""
    older = stated(imported=True)
    assert "brought over from older records" in markdown(older)
    assert "From older records." in markdown(older)
    assert "older records" not in markdown(stated())
    late = replace(LATE, created_at=NINE + timedelta(hours=56))
    now = NINE + timedelta(days=4)
    of = case(interviews=(late,))
    whole = statement(of, on_case(of, duties(of, now, Rules(OFFICE)), now), [], Nameless(of, OFFICE), as_kept, now)
    assert whole.entered_late == 1
    assert "Entered late." in markdown(whole)


def test_an_empty_case_is_stated_too() -> None:
    """No incident, no person: nothing applies, and the statement says so without a hole."""
    bare = m.Case(id="1", created_at=NINE, reference="CW-2026-0008")
    whole = statement(bare, [], [], Nameless(bare, OFFICE), as_kept, NOW)
    assert list(blocks(whole))
    assert pdf(whole, HARBOUR_ROW).startswith(b"%PDF")


@pytest.mark.parametrize("reason", [None, "In hospital."])
def test_what_was_late_before_it_stopped_being_needed_is_stated_and_wants_its_reason(reason: str | None) -> None:
    """HC-139, R-10: not applicable now, and late from then; one that was never late says nothing of the kind."""
    key = "CW-2026-0007/interview_victim/incident-1"
    late = m.Action(id="1", created_at=NINE, key=key, step="interview_victim", state=c.ActionState.OPEN,
                    first_due=NINE + timedelta(hours=24), reason_for_lateness=reason)  # fmt: skip
    now = NINE + timedelta(hours=32)
    told = {}
    for row in (late, replace(late, first_late_at=late.first_due)):
        waived = interview(result=c.InterviewResult.WAIVED, at=NINE + timedelta(hours=30))
        of = case(interviews=(waived,), actions=(row,))
        actions = [a for a in on_case(of, duties(of, now, Rules(OFFICE)), now) if a.key == key]
        told[row.first_late_at] = statement(of, actions, [], Nameless(of, OFFICE), as_kept, now)
    in_time, was_late = told[None], told[late.first_due]

    assert in_time.findings[0].verdict is Verdict.NOT_APPLICABLE
    assert was_late.findings[0].verdict is Verdict.NOT_MET
    assert (in_time.unexplained, was_late.unexplained) == (0, 0 if reason else 1)
    assert "It was late from Thursday 19 November 2026 09:00." in was_late.findings[0].says
    assert ("Reason: In hospital." if reason else "No reason recorded.") in was_late.findings[0].says
    assert "late" not in in_time.findings[0].says


def test_what_has_not_begun_is_not_called_inapplicable_while_the_case_goes_on() -> None:
    """HC-139, HC-146: a survey that is sent on closing is not called for yet; once closed without it, nothing did."""

    def stands(**parts: Any) -> tuple[str, str]:
        of = case(**parts)
        whole = statement(of, [], [], Nameless(of, OFFICE), as_kept, NOW)
        found = next(a for a in whole.answers if a.requirement.id == "HC-146")
        return str(found.verdict), found.says

    assert stands() == ("Not called for yet", "Nothing on this case calls for it so far.")
    assert stands(state=c.CaseState.CLOSED) == ("Not applicable", "Nothing on this case called for it.")
    assert "Not called for yet" in markdown(stated())
