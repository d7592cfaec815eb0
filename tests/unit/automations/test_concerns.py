"""Warnings from what the Housing Ombudsman found elsewhere: when each begins, and what ends it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from automations import model as m
from automations.concerns import CONCERNS, warnings
from automations.coverage import requirements, unreal
from automations.wakes import next_look
from schema import choices as c
from tests.unit.automations.made_up import approval, case, incident, interview, letter, review
from tests.unit.automations.who_and_when import MANAGER, NINE

DAY = timedelta(days=1)
LOGGED = incident(because_of=(c.Strand.RACE,))
ASSESSED = m.RiskAssessment(id="k1", created_at=NINE, assessed_at=NINE + DAY)


def a_case(**parts: Any) -> m.Case:
    """A case that gives no ground for a warning on its first day."""
    return case(**{"incidents": (LOGGED,), "risks": (ASSESSED,), **parts})


def warned(of: m.Case, at: datetime) -> list[str]:
    return [raised.concern.id for raised in warnings(of, at)]


def contact(at: datetime, result: c.ContactResult = c.ContactResult.ATTEMPTED) -> m.Contact:
    return m.Contact(id="o1", created_at=at, at=at, result=result)


def closure(**cells: Any) -> m.Closure:
    told = {"id": "z1", "created_at": NINE + 40 * DAY, "closed_at": NINE + 40 * DAY, "marker": c.Marker.UNABLE,
            "author": replace(MANAGER, role=c.StaffRole.REGIONAL), "exception": "Nobody answers.",
            "exception_kind": c.ExceptionKind.UNABLE, **cells}  # fmt: skip
    return m.Closure(**told)


def test_a_case_that_is_worked_on_has_no_warning() -> None:
    assert warned(a_case(), NINE + DAY) == []


@pytest.mark.parametrize("sign", [
    {"contacts": (contact(NINE + 5 * DAY),)}, {"interviews": (interview(at=NINE + 5 * DAY),)},
    {"reviews": (review(c.ReviewKind.PROGRESS, NINE + 5 * DAY),)},
    {"letters": (letter(c.LetterKind.PROGRESS, NINE + 5 * DAY),)},
    {"developments": (m.Development(id="d1", created_at=NINE + 5 * DAY),)},
], ids=lambda sign: next(iter(sign)))  # fmt: skip
def test_fourteen_days_without_a_sign_of_ours_are_a_long_silence(sign: dict[str, Any]) -> None:
    """HC-065, HC-003: from the second at which the fortnight is over, and from each later sign anew."""
    assert "long_silence" not in warned(a_case(), NINE + 14 * DAY - timedelta(seconds=1))
    assert "long_silence" in warned(a_case(), NINE + 14 * DAY)
    assert "long_silence" not in warned(a_case(**sign), NINE + 14 * DAY)
    assert "long_silence" in warned(a_case(**sign), NINE + 19 * DAY)


def test_what_was_only_planned_or_drafted_breaks_no_silence() -> None:
    """HC-065."""
    booked = interview(result=c.InterviewResult.BOOKED, at=NINE + 5 * DAY)
    draft = letter(c.LetterKind.PROGRESS, NINE + 5 * DAY, decision=None)
    assert "long_silence" in warned(a_case(interviews=(booked,), letters=(draft,)), NINE + 14 * DAY)


def test_nothing_of_ours_for_a_fortnight_while_the_police_know_is_leaving_it_to_them() -> None:
    """HC-002: whoever told the police. An interview, repair or referral of ours ends it for a fortnight."""
    known = a_case(incidents=(replace(LOGGED, police_know=c.PoliceTold.YES),))
    asked = a_case(referrals=(m.Referral(id="f1", created_at=NINE, purpose=c.Purpose.POLICE, by_hand_at=NINE + DAY),))
    ours = interview(at=NINE + 10 * DAY)

    assert "left_to_the_police" in warned(known, NINE + 14 * DAY)
    assert "left_to_the_police" in warned(asked, NINE + 15 * DAY)
    assert "left_to_the_police" not in warned(asked, NINE + 14 * DAY)
    assert "left_to_the_police" not in warned(a_case(), NINE + 15 * DAY)
    assert "left_to_the_police" not in warned(replace(known, interviews=(ours,)), NINE + 15 * DAY)
    told = letter(c.LetterKind.VICTIM_OUTCOME, NINE + 10 * DAY)
    assert "left_to_the_police" not in warned(replace(known, letters=(told,)), NINE + 30 * DAY)


def test_a_decision_without_what_was_decided_or_why_is_warned_of() -> None:
    """HC-049, HC-115, HC-120: at once where it was decided, after five working days where it was only asked."""
    asked = m.Legal(id="g1", created_at=NINE, kind=c.LegalKind.ADVICE, asked_at=NINE)
    assert "decision_without_record" not in warned(a_case(legal=(asked,)), NINE + 7 * DAY)
    assert "decision_without_record" in warned(a_case(legal=(asked,)), NINE + 8 * DAY)
    done = replace(asked, decided="No injunction.", reason="Bail conditions protect already.")
    assert "decision_without_record" not in warned(a_case(legal=(done,)), NINE + 8 * DAY)
    half = replace(done, reason=None)
    assert "decision_without_record" in warned(a_case(legal=(half,)), NINE)

    bare = approval(c.Matter.SECURITY, reason=None)
    waiting = approval(c.Matter.SECURITY, decision=None, decided_at=None, asked_at=NINE)
    assert "decision_without_record" in warned(a_case(approvals=(bare,)), NINE + DAY)
    assert "decision_without_record" in warned(a_case(approvals=(waiting,)), NINE + 8 * DAY)
    assert "decision_without_record" not in warned(a_case(approvals=(approval(c.Matter.SECURITY),)), NINE + 8 * DAY)


def test_a_case_is_not_closed_on_a_neighbours_word() -> None:
    """HC-144, R-22, A-23: an exception without one attempt to reach the victim is warned of, also once it is closed."""
    later = NINE + 41 * DAY
    assert "closed_unheard" in warned(a_case(closures=(closure(),)), later)
    tried = contact(NINE + 30 * DAY)
    assert "closed_unheard" not in warned(a_case(closures=(closure(),), contacts=(tried,)), later)
    long_ago = contact(NINE + 2 * DAY)
    assert "closed_unheard" in warned(a_case(closures=(closure(),), contacts=(long_ago,)), later)
    agreed = closure(victim_agrees=c.Answer.YES)
    assert "closed_unheard" not in warned(a_case(closures=(agreed,)), later)


def test_a_closed_case_is_not_warned_of_for_what_only_open_ones_owe() -> None:
    """HC-144."""
    first = m.Named(id="0", reference="CW-2026-0001", is_closed=False, is_set_aside=False, holds_this=False)
    aside = a_case(risks=(), triage=c.Triage.DUPLICATE, attach_to="CW-2026-0001", named=first)
    assert warned(aside, NINE + 100 * DAY) == []
    asked = m.Feedback(id="f1", created_at=NINE, kind=c.FeedbackKind.BEFORE_CLOSING, asked_at=NINE, not_got="None.")
    closed = a_case(risks=(), closures=(closure(),), contacts=(contact(NINE + 30 * DAY),), feedback=(asked,))
    assert warned(closed, NINE + 100 * DAY) == []


def test_five_working_days_without_a_risk_assessment_are_warned_of_and_no_more() -> None:
    """Reported on Wednesday 18 November: from the end of Wednesday the 25th. It is no step and blocks nothing."""
    without = a_case(risks=())
    assert "no_risk_assessment" not in warned(without, datetime.fromisoformat("2026-11-25T23:59:59+00:00"))
    assert "no_risk_assessment" in warned(without, datetime.fromisoformat("2026-11-26T00:00:00+00:00"))
    assert "no_risk_assessment" not in warned(a_case(), NINE + 8 * DAY)
    blank = replace(ASSESSED, assessed_at=None)
    assert "no_risk_assessment" in warned(a_case(risks=(blank,)), NINE + 8 * DAY)


@pytest.mark.parametrize(("triage", "strands", "doubtful"), [
    (None, (), True), (c.Triage.HATE, (), True), (c.Triage.NOT_HATE, (c.Strand.RACE,), True),
    (c.Triage.HATE, (c.Strand.RACE,), False), (c.Triage.NOT_HATE, (), False), (c.Triage.DUPLICATE, (), False),
])  # fmt: skip
def test_perception_decides_whether_it_is_a_hate_incident(
    triage: c.Triage | None, strands: tuple[c.Strand, ...], doubtful: bool
) -> None:
    """HC-008, HC-066: a strand that anybody named is believed, and one is asked for where none is."""
    of = a_case(triage=triage, incidents=(incident(because_of=strands),))
    assert ("not_logged_as_hate" in warned(of, NINE + DAY)) is doubtful


def test_the_runner_looks_again_when_a_warning_may_begin() -> None:
    """The silence begins half an hour on, sooner than the hourly look."""
    before = NINE + 14 * DAY - timedelta(minutes=30)
    assert next_look(a_case(), before) == NINE + 14 * DAY
    assert next_look(a_case(contacts=(contact(NINE + 2 * DAY),)), before) == before + timedelta(hours=1)


def test_each_concern_says_what_puts_it_right_and_who_found_it() -> None:
    for concern in CONCERNS:
        assert concern.says.endswith(".")
        assert concern.puts_right.endswith(".")
        assert "Ombudsman" in concern.source


def test_every_home_of_a_requirement_is_there() -> None:
    """The kinds of home, warnings among them, and every one that the list names."""
    assert [home for r in requirements() for home in unreal(r)] == []
    named = {home.removeprefix("warning ") for r in requirements() for home in r.homes if home.startswith("warning ")}
    assert named <= {concern.id for concern in CONCERNS}
    assert unreal(replace(requirements()[0], homes=("warning weather",))) == ["warning weather"]
