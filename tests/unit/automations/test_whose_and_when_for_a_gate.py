"""Gates: what counts for one person, incident or moment and not for another; what was done at that moment counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from automations.gates import GATES, shut
from automations.model import Case, Referral, Rehousing, Repair
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.at_the_gate import ready
from tests.unit.automations.made_up import approval, case, check, consent, incident, interview, letter, review, subject
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, NOW, VICTIM, person

Held, Kind, No = c.InterviewResult, c.InterviewKind, c.YesNo.NO
OTHER = person("p2", c.PersonRole.PERPETRATOR, lives_in=c.LivesIn.OURS, is_tenant=c.YesNo.YES)
TWO = (incident(), incident("i2", 2, NINE))
LODGER = replace(ACCUSED, is_tenant=No, born_on=date(1990, 1, 1))


def says(gate: str, of: Case, who: Any = ACCUSED, number: int = 1, record: Any = None, at: datetime = NOW) -> str:
    return shut((gate,), of, subject(of, who, record, number), at)


def contact(**parts: Any) -> str:
    return says("perpetrator_contact", ready(**parts))


def sent_to(purpose: c.Purpose, **cells: Any) -> Referral:
    return Referral(**{"id": "f1", "created_at": NINE, "purpose": purpose, "incident_id": "i1", **cells})


WORK = Repair(id="w1", created_at=NINE, kind=c.RepairKind.GRAFFITI, where=c.Where.OUTSIDE, photographed_at=NOW)
MOVE = Rehousing(id="h1", created_at=NINE, kind=c.RehousingKind.ESTATE, report_at=NOW, reports=("report.pdf",))
AGREED_TO_POLICE = (consent(), consent(c.Option.POLICE, id="c2"))
HEARD = (incident(police_know=c.PoliceTold.NO, police_position=c.PolicePosition.NO_OBJECTION),)


@pytest.mark.parametrize(
    ("gate", "on", "record"),
    [
        ("manager_discussed", case(reviews=(review(c.ReviewKind.FIRST, NOW),)), None),
        ("photographed", case(), WORK),
        ("outcome_reviewed", case(reviews=(review(c.ReviewKind.OUTCOME, NOW, covers_outcome=True),)), None),
        ("transfer_report", case(), MOVE),
        ("perpetrator_contact", ready(checks=(check(checked_at=NOW),)), None),
        ("perpetrator_contact", ready(consents=AGREED_TO_POLICE, incidents=HEARD,
            referrals=(sent_to(c.Purpose.POLICE, by_hand_at=NOW),)), None),
        ("tenant_asked", case(interviews=(interview(Kind.PERPETRATOR, Held.BOOKED, None, tenant_contacted_at=NOW,
            both_invited=c.YesNo.YES),)), None),
    ],
)  # fmt: skip
def test_what_is_done_at_that_very_moment_counts_and_a_moment_before_it_does_not(
    gate: str, on: Case, record: Any
) -> None:
    """R-07: a contact is judged by what was on record when it was made."""
    who = LODGER if gate == "tenant_asked" else ACCUSED
    assert says(gate, on, who, record=record) == ""
    assert says(gate, on, who, record=record, at=NOW - timedelta(seconds=1))


def test_a_flag_talked_over_the_moment_it_was_found_is_talked_over() -> None:
    """HC-089."""
    talk = approval(c.Matter.FLAGS, person_id="p1", decided_at=NINE + HOUR)
    found = check(c.Flag.STARTER, checked_at=NINE + HOUR)
    assert contact(checks=(found,), approvals=(talk,)) == ""
    assert contact(checks=(found,), approvals=(replace(talk, decided_at=NINE),))


@pytest.mark.parametrize("cells", [{"checked_at": None}, {"person_id": "p2"}, {"person_id": None}, {"found": ()}])
def test_a_check_counts_for_the_person_it_names_once_it_says_when_and_what_was_found(cells: dict[str, Any]) -> None:
    """HC-088."""
    assert contact() == ""
    assert contact(checks=(replace(check(), **cells),)).startswith("Check the alleged perpetrator's tenancy first")


def test_what_a_check_of_the_victims_tenancy_finds_later_did_not_shut_the_contact_before_it() -> None:
    """HC-041, R-07."""
    theirs = check(c.Flag.NOT_ALONE, id="t2", person_id="v1")
    assert contact(checks=(check(), replace(theirs, checked_at=NOW))).startswith("People v1: the tenancy check found")
    assert contact(checks=(check(), replace(theirs, checked_at=NOW + HOUR))) == ""


@pytest.mark.parametrize(("about", "opens"), [(None, True), ("p1", True), ("p2", False)])
def test_the_victims_yes_about_somebody_else_opens_no_contact(about: str | None, opens: bool) -> None:
    """R-12, HC-084."""
    both = {"people": (VICTIM, ACCUSED, OTHER)}
    yes = (consent(about_id=about), consent(c.Option.POLICE, c.Answer.NO, id="c2"))
    assert (contact(consents=yes, **both) == "") == opens


@pytest.mark.parametrize(
    "referral",
    [sent_to(c.Purpose.SUPPORT, by_hand_at=NINE), sent_to(c.Purpose.POLICE, incident_id="i2", by_hand_at=NINE),
     sent_to(c.Purpose.POLICE, state=c.ReferralState.READY), sent_to(c.Purpose.POLICE, by_hand_at=NOW + HOUR)],
)  # fmt: skip
def test_only_a_referral_of_this_incident_that_reached_the_police_comes_before_contact(referral: Referral) -> None:
    """R-17 (a)."""
    two = (*HEARD, incident("i2", 2, NINE))
    parts: dict[str, Any] = {"consents": AGREED_TO_POLICE, "incidents": two}
    assert "refer to them before" in contact(referrals=(referral,), **parts)
    assert contact(referrals=(sent_to(c.Purpose.POLICE, by_hand_at=NINE),), **parts) == ""


def test_the_police_are_heard_also_where_nobody_knows_yet_who_it_was() -> None:
    """HC-095: over this incident, and over any that names no alleged perpetrator."""
    waits = {"police_position": c.PolicePosition.WAIT}
    assert says("police_heard", case(incidents=(incident(**waits),)), None) == "The police ask us to wait."
    others = case(incidents=(incident(), incident("i2", 2, NINE, perpetrator_ids=("p2",), **waits)))
    assert says("police_heard", others, None) == ""


AT_HOME = replace(ACCUSED, lives_with_victim=c.YesNo.YES)
NINE_YEARS = replace(ACCUSED, born_on=date(2017, 1, 1), lives_with_victim=No)
AWAY = interview(Kind.PERPETRATOR, Held.BOOKED, None, at_our_office=No)


@pytest.mark.parametrize(
    ("gate", "matter", "who"),
    [
        ("perpetrator_letter", c.Matter.SHARED_ADDRESS, AT_HOME),
        ("perpetrator_letter", c.Matter.UNDER_AGE_LETTER, NINE_YEARS),
        ("place_agreed", c.Matter.OFF_OFFICE, ACCUSED),
    ],
)
def test_a_managers_approval_is_for_the_person_it_names(gate: str, matter: c.Matter, who: Any) -> None:
    """R-18, HC-087b."""

    def with_approval_about(id: str | None) -> str:
        on = case(people=(VICTIM, who, OTHER, person("p9", c.PersonRole.TENANT)), interviews=(AWAY,),
                  approvals=(approval(matter, person_id=id),))  # fmt: skip
        return says(gate, on, who)

    assert with_approval_about("p1") == ""
    assert with_approval_about("p2")
    assert with_approval_about(None)


@pytest.mark.parametrize(
    ("cells", "asks"),
    [
        ({}, True), ({"result": None}, True),
        ({"result": Held.HELD, "happened_at": NOW}, True), ({"result": Held.HELD, "happened_at": NOW - HOUR}, False),
        ({"result": Held.HELD, "happened_at": None}, False), ({"result": Held.MISSED, "happened_at": NOW}, False),
        ({"with_": Kind.WITNESS}, False), ({"person_id": "p2"}, False), ({"incident_id": "i2"}, False),
    ],
)  # fmt: skip
def test_the_place_asked_about_is_that_of_the_meeting_now_or_ahead_with_this_person_over_this_incident(
    cells: dict[str, Any], asks: bool
) -> None:
    """HC-087b: an earlier meeting, somebody else's, or another incident's has nothing to do with it."""
    on = case(incidents=TWO, interviews=(replace(AWAY, **cells),))
    assert bool(says("place_agreed", on)) == asks
    assert says("place_agreed", on, None) == "", "with nobody named there is no meeting to ask about"


TOGETHER = interview(Kind.PERPETRATOR, Held.BOOKED, None, tenant_contacted_at=NINE, both_invited=c.YesNo.YES)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({}, ""), ({"both_invited": No}, "Ask to see the tenant"),
        ({"both_invited": c.YesNo.NOT_KNOWN}, "Ask to see the tenant"),
        ({"tenant_contacted_at": None}, "Not the tenant"), ({"tenant_contacted_at": NOW + HOUR}, "Not the tenant"),
        ({"with_": Kind.WITNESS}, "Not the tenant"), ({"person_id": "p2"}, "Not the tenant"),
        ({"incident_id": "i2"}, "Not the tenant"),
    ],
)  # fmt: skip
def test_the_tenant_is_contacted_about_this_person_and_this_incident_and_both_are_invited(
    cells: dict[str, Any], sentence: str
) -> None:
    """HC-087a, A-12."""
    on = case(incidents=TWO, people=(VICTIM, LODGER, OTHER), interviews=(replace(TOGETHER, **cells),))
    found = says("tenant_asked", on, LODGER)
    assert found.startswith(sentence)
    assert bool(found) == bool(sentence)
    assert says("tenant_asked", on, ACCUSED) == "", "whoever is the tenant is asked alone"
    assert says("tenant_asked", on, None) == ""


@pytest.mark.parametrize(("born", "together"), [(date(2012, 11, 19), False), (date(2012, 11, 18), True)])
def test_a_child_under_14_is_represented_by_the_tenant_and_need_not_come(born: date, together: bool) -> None:
    """A-12, R-18: fourteen that day, or a day too young."""
    child = replace(LODGER, born_on=born)
    on = case(people=(VICTIM, child), interviews=(replace(TOGETHER, both_invited=c.YesNo.NOT_KNOWN),))
    assert bool(says("tenant_asked", on, child)) == together


def test_an_outcome_letter_is_to_this_victim_about_this_incident_and_the_same_day_will_do() -> None:
    """HC-102: by the London day; a letter that names nobody is the only victim's."""
    told = letter(c.LetterKind.VICTIM_OUTCOME)
    two = case(incidents=TWO, letters=(replace(told, incident_id="i2"),))
    assert says("victim_told_first", two) != ""
    assert says("victim_told_first", two, number=2) == ""
    assert says("victim_told_first", case(letters=(replace(told, to_id=None),))) == ""
    assert says("victim_told_first", case(letters=(replace(told, to_id="p1"),)))
    summer = datetime(2026, 7, 13, 23, 30, tzinfo=UTC)  # half past midnight on Tuesday 14 July in London
    same_day = case(letters=(replace(told, sent_at=summer + 10 * HOUR),))
    assert says("victim_told_first", same_day, at=summer) == ""
    assert says("victim_told_first", same_day, at=summer - HOUR), "on Monday it had not gone"


def test_somebody_is_fourteen_from_midnight_in_london() -> None:
    """R-18: half past midnight in summer is still the day before in UTC."""
    child = replace(ACCUSED, born_on=date(2012, 7, 14), is_tenant=No)
    midnight = datetime(2026, 7, 13, 23, 0, tzinfo=UTC)
    on = ready(people=(VICTIM, child), checks=(check(checked_at=midnight - HOUR),), incidents=(
        incident(at=midnight - HOUR, police_know=c.PoliceTold.NO),), consents=(
        consent(given_at=midnight - HOUR), consent(c.Option.POLICE, c.Answer.NO, id="c2")))  # fmt: skip
    assert says("perpetrator_contact", on, child, at=midnight) == ""
    assert "Under 14" in says("perpetrator_contact", on, child, at=midnight - timedelta(seconds=1))


def test_a_report_for_the_panel_is_a_file_with_its_time() -> None:
    """HC-072."""
    on = case()
    for missing in ({"report_at": None}, {"reports": ()}, {"report_at": NOW + HOUR}):
        about = Subject("k", "words", on.incidents[0], None, replace(MOVE, **missing))
        assert GATES["transfer_report"](on, about, NOW).startswith("Rehousing h1: attach the officer's report")
