"""Evidence and starts, record by record: what shows that a step was done, and what only looks like it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from automations.duties import duties
from automations.model import Case, Legal, Office, Referral, Rehousing
from automations.rules import Rules
from schema import choices as c
from tests.unit.automations.made_up import approval, case, consent, incident, interview, letter, review
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, SECOND, VICTIM

RULES = Rules(Office(staff=(MANAGER, OFFICER)))
ABROAD = replace(ACCUSED, lives_in=c.LivesIn.OTHER_LANDLORD, landlord="Another Landlord")


def step(of: Case, id: str, about: str = "") -> Any:
    """The one duty of that step, or None."""
    found = [d for d in duties(of, NOW, RULES) if d.step.id == id and about in d.subject.key]
    assert len(found) <= 1
    return found[0] if found else None


def referral(purpose: c.Purpose, **cells: Any) -> Referral:
    return Referral(**{"id": "f1", "created_at": NINE, "purpose": purpose, "by_hand_at": NINE + HOUR, **cells})


def test_a_booking_a_draft_and_an_attempt_are_not_the_thing_itself() -> None:
    """A-01, A-33."""
    booked = case(interviews=(interview(result=c.InterviewResult.BOOKED),))
    assert step(booked, "interview_victim").evidence is None
    assert step(case(interviews=(interview(),)), "interview_victim").evidence
    sent = letter(c.LetterKind.ACKNOWLEDGEMENT)
    assert step(case(letters=(replace(sent, decision=None),)), "details_to_victim").evidence is None
    assert step(case(letters=(sent,)), "details_to_victim").evidence
    waiting = referral(c.Purpose.POLICE, by_hand_at=None, state=c.ReferralState.READY)
    yes = (consent(c.Option.POLICE),)
    assert step(case(consents=yes, referrals=(waiting,)), "police_referral").evidence is None
    gone = replace(waiting, state=c.ReferralState.SENT, sent_at=NINE + HOUR)
    assert step(case(consents=yes, referrals=(gone,)), "police_referral").evidence


@pytest.mark.parametrize(
    ("cells", "counts"),
    [({}, True), ({"partner": "Another Group"}, False), ({"by_hand_at": NINE - HOUR}, False),
     ({"person_id": "v2"}, False), ({"person_id": None}, False), ({"partner": "  victim   SUPPORT "}, True)],
)  # fmt: skip
def test_a_support_referral_is_this_victims_to_this_organisation_after_the_agreement(
    cells: dict[str, Any], counts: bool
) -> None:
    """HC-051, A-18: of two victims, one referral is not both."""
    told = {"partner": "Victim Support", "person_id": "v1", **cells}
    on = case(
        people=(VICTIM, SECOND, ACCUSED),
        consents=(consent(c.Option.SUPPORT, organisation="Victim Support"),),
        referrals=(referral(c.Purpose.SUPPORT, **told),),
    )
    assert bool(step(on, "support_referral").evidence) == counts
    assert step(on, "support_referral").deadline.at == NINE + timedelta(hours=24)


def test_another_landlord_is_called_asked_and_its_director_told_only_as_the_victim_agreed() -> None:
    """HC-030, HC-095, HC-096, HC-116."""
    yes = consent(c.Option.AGENCY, organisation="Another Landlord")
    call = referral(c.Purpose.OTHER_LANDLORD, person_id="p1")
    agreed = {"people": (VICTIM, ABROAD), "consents": (yes,)}
    assert step(case(people=(VICTIM, ABROAD)), "landlord_call").waits
    assert step(case(**agreed), "landlord_call").deadline.at == NINE + HOUR
    assert "call" in step(case(**agreed), "landlord_request").waits
    assert step(case(**agreed, referrals=(call,)), "landlord_request").deadline
    withdrawn = {**agreed, "consents": (replace(yes, withdrawn_at=NINE + 2 * HOUR),)}
    assert step(case(**withdrawn, referrals=(call,)), "landlord_request").not_needed == "The victim said no."
    warranted = approval(c.Matter.DIRECTOR_NOTICE)
    assert step(case(**agreed), "director_notice") is None
    director = case(**agreed, approvals=(warranted,), referrals=(referral(c.Purpose.DIRECTOR, person_id="p1"),))
    assert step(director, "director_notice").evidence is None, "by telephone and in writing"
    both = replace(director, letters=(letter(c.LetterKind.DIRECTOR, to_id=None),))
    assert step(both, "director_notice").evidence is None, "a line manager approves the letter too"
    both = replace(both, approvals=(warranted, approval(c.Matter.LETTER, id="a2", letter_id="l1")))
    assert step(both, "director_notice").evidence.happened_at == NINE + 4 * HOUR
    assert step(case(people=(VICTIM, ABROAD)), "interview_perpetrator").not_needed


def test_risk_and_a_home_that_is_not_safe_ask_for_help_at_once_whatever_was_agreed() -> None:
    """R-19, R-21, HC-015, HC-022: silence about an adult is not a no."""
    at_risk = incident(children_at_risk=c.YesNo.YES, safe_at_home=c.YesNo.NO)
    on = case(incidents=(at_risk,))
    for id in ("safeguarding_report", "homelessness_help"):
        assert step(on, id).deadline.at == NINE + HOUR
        assert not step(on, id).blocked_by
    assert step(case(), "safeguarding_report").waits
    asked = {"children_at_risk": c.YesNo.NO, "safe_at_home": c.YesNo.YES}
    one = case(incidents=(incident(**asked),))
    assert step(one, "safeguarding_report").waits == "Ask whether an adult is at risk."
    none = case(incidents=(incident(adult_at_risk=c.YesNo.NO, **asked),))
    assert step(none, "safeguarding_report").not_needed == "Nobody is at risk."
    assert step(none, "homelessness_help").not_needed
    elsewhere = Rehousing(id="h1", created_at=NINE, kind=c.RehousingKind.TRANSFER, called_at=NINE)
    assert step(replace(on, rehousing=(elsewhere,)), "homelessness_help").evidence is None
    called = replace(elsewhere, kind=c.RehousingKind.HOMELESSNESS)
    assert step(replace(on, rehousing=(called,)), "homelessness_help").evidence is None, "by call and by letter"
    helped = replace(called, letter_given_at=NINE + HOUR)
    assert step(replace(on, rehousing=(helped,)), "homelessness_help").evidence.happened_at == NINE + HOUR


def test_legal_advice_is_asked_for_the_emergency_and_a_course_is_told_when_it_is_settled() -> None:
    """HC-020, HC-048, HC-117."""
    asked = Legal(id="g1", created_at=NINE, kind=c.LegalKind.ADVICE, asked_at=NINE, taken_at=NINE)
    on = case(legal_considered=c.YesNo.YES, legal=(asked,))
    assert step(on, "legal_advice").evidence is None
    emergency = replace(asked, kind=c.LegalKind.EMERGENCY_ADVICE)
    assert step(replace(on, legal=(emergency,)), "legal_advice").evidence
    assert step(on, "cdrp_update") is None
    assert step(replace(on, legal=(replace(asked, kind=c.LegalKind.STEP),)), "cdrp_update").deadline


@pytest.mark.parametrize("author", [OFFICER, None])
def test_reviews_count_with_a_line_manager_only(author: Any) -> None:
    """R-25, HC-112."""
    for kind, id in ((c.ReviewKind.FIRST, "manager_discussion"), (c.ReviewKind.PROGRESS, "progress_review")):
        assert step(case(reviews=(review(kind),)), id).evidence
        assert step(case(reviews=(review(kind, author=author),)), id).evidence is None
        assert step(case(reviews=(review(kind, findings=None, author=None),)), id).evidence is None


def test_a_review_of_the_first_incident_is_not_one_of_the_second() -> None:
    """R-02."""
    on = case(incidents=(incident(), incident("i2", 2, NINE + HOUR)), reviews=(review(c.ReviewKind.PROGRESS),))
    assert step(on, "progress_review", "incident-1").evidence
    assert step(on, "progress_review", "incident-2").evidence is None
    linked = replace(on, reviews=(review(c.ReviewKind.PROGRESS, incident_id="i2"),))
    assert step(linked, "progress_review", "incident-1").evidence is None


def test_a_warning_goes_to_the_person_interviewed_and_after_the_interview() -> None:
    """HC-093."""
    other = replace(ACCUSED, id="p2")
    held = interview(c.InterviewKind.PERPETRATOR, person_id="p1")
    warned = letter(c.LetterKind.WARNING, to_id="p1")
    on = case(people=(VICTIM, ACCUSED, other), incidents=(incident(perpetrator_ids=("p1", "p2")),), interviews=(held,))
    assert step(replace(on, letters=(warned,)), "warning_letter").evidence is None, "nobody approved it"
    on = replace(on, approvals=(approval(c.Matter.LETTER, letter_id="l1"),))
    assert step(replace(on, letters=(warned,)), "warning_letter").evidence
    for wrong in (replace(warned, to_id="p2"), replace(warned, to_id=None), replace(warned, sent_at=NINE)):
        assert step(replace(on, letters=(wrong,)), "warning_letter").evidence is None


def test_a_warning_of_an_older_record_counts_without_an_approval_that_nobody_kept() -> None:
    """HC-093, R-08: one that went since the case was brought over wants it as any other."""
    held = interview(c.InterviewKind.PERPETRATOR, person_id="p1")
    older = replace(case(interviews=(held,), imported=True), created_at=NINE + 5 * HOUR)
    sent = letter(c.LetterKind.WARNING, to_id="p1")
    assert step(replace(older, letters=(sent,)), "warning_letter").evidence
    since = replace(sent, sent_at=NINE + 6 * HOUR)
    assert step(replace(older, letters=(since,)), "warning_letter").evidence is None
