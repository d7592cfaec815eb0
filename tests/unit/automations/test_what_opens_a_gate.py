"""What opens a gate: each shut gate says it in one sentence, and with that done the same case is open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from automations.gates import GATES, shut
from automations.model import Case, Referral, Rehousing, Repair
from automations.procedure import STEP
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.made_up import approval, case, check, consent, incident, interview, letter, review
from tests.unit.automations.who_and_when import ACCUSED, NINE, NOW, VICTIM, person

Told, Position, Kind = c.PoliceTold, c.PolicePosition, c.InterviewKind
YES, NO = c.Answer.YES, c.Answer.NO
REFUSED = "The victim said no."


def unasked(option: c.Option) -> str:
    return f"The victim has not been asked yet (Consents: {option})."


MAY_SPEAK = consent()
NO_POLICE = consent(c.Option.POLICE, NO, id="c2")
TO_POLICE = consent(c.Option.POLICE, YES, id="c2")
ANSWERED: dict[str, Any] = {"consents": (MAY_SPEAK, NO_POLICE), "checks": (check(),)}
"""The victim's answers and the tenancy check, with which contact is open once the police are known not to know."""
UNKNOWING: dict[str, Any] = {**ANSWERED, "incidents": (incident(police_know=Told.NO),)}
GRAFFITI = Repair(id="w1", created_at=NINE, kind=c.RepairKind.GRAFFITI, where=c.Where.OUTSIDE)
INSIDE = replace(GRAFFITI, where=c.Where.INSIDE)
ALONE = replace(ACCUSED, lives_with_victim=c.YesNo.NO)
AT_HOME = replace(ACCUSED, lives_with_victim=c.YesNo.YES)
TENANT = person("p9", c.PersonRole.TENANT)
OTHER = replace(ACCUSED, is_tenant=c.YesNo.NO, born_on=date(1990, 1, 1))
CHILD = replace(ALONE, is_tenant=c.YesNo.NO, born_on=date(2014, 1, 1))
NINE_YEARS_OLD = replace(CHILD, born_on=date(2017, 1, 1))
YOUNG = replace(ALONE, born_on=date(2010, 1, 1))
BOOKED = interview(Kind.PERPETRATOR, c.InterviewResult.BOOKED, None, at_our_office=c.YesNo.NO)
ASKED = replace(BOOKED, tenant_contacted_at=NINE)
TRANSFER = Rehousing(id="h1", created_at=NINE, kind=c.RehousingKind.MANAGEMENT_TRANSFER, report_at=NINE,
                     reports=("report.pdf",), incident_id="i1")  # fmt: skip
FLAGGED = {**UNKNOWING, "checks": (check(c.Flag.NOT_ALONE),)}
THEIRS = check(c.Flag.NOT_ALONE, id="t2", person_id="v1")
"""What a check of the victim's own tenancy found."""
TALKED = approval(c.Matter.FLAGS, person_id="p1")


def people(*who: Any) -> dict[str, Any]:
    return {"people": (VICTIM, *who)}


def on(who: Any = None, record: Any = None, **parts: Any) -> tuple[Case, Any, Any]:
    """A case, and whom and what the gate is asked about."""
    return case(**parts), who, record


SENTENCES: list[tuple[str, tuple[Case, Any, Any], str, tuple[Case, Any, Any]]] = [
    # gate, the case on which it is shut, its sentence, the case on which it is open
    ("perpetrator_contact", on(), "Enter who the alleged perpetrator is.", on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "consents": ()}),
     f"Speaking to the alleged perpetrator needs every victim's agreement. {unasked(c.Option.PERPETRATOR)}",
     on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "consents": (replace(MAY_SPEAK, answer=NO), NO_POLICE)}),
     f"Speaking to the alleged perpetrator needs every victim's agreement. {REFUSED}", on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "checks": ()}),
     "Check the alleged perpetrator's tenancy first and record what was found.", on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **FLAGGED),
     "The tenancy check found something: talk it over with a line manager, who records the approval.",
     on(ACCUSED, **FLAGGED, approvals=(TALKED,))),
    ("perpetrator_contact", on(ACCUSED, **FLAGGED, approvals=(replace(TALKED, decided_at=NINE),)),
     "A later tenancy check found something: talk that over too.", on(ACCUSED, **FLAGGED, approvals=(TALKED,))),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "checks": (check(), THEIRS)}),
     "People v1: the tenancy check found: do not visit alone or another safety mark. Talk it over with a line manager "
     "first, who records the approval.",
     on(ACCUSED, **{**UNKNOWING, "checks": (check(), THEIRS)}, approvals=(replace(TALKED, person_id="v1"),))),
    ("perpetrator_contact", on(replace(ACCUSED, is_tenant=c.YesNo.NO), **UNKNOWING),
     "Record the date of birth, or that this is the tenant: under 14 is spoken to through the tenant only.",
     on(OTHER, **UNKNOWING)),
    ("perpetrator_contact", on(CHILD, **UNKNOWING, **people(CHILD)),
     "Under 14: only through the tenant. Enter the tenant on the case.",
     on(CHILD, **UNKNOWING, **people(CHILD, TENANT))),
    ("perpetrator_contact", on(ACCUSED, **ANSWERED, incidents=(incident(police_position=Position.WAIT),)),
     "The police ask us to wait.", on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **ANSWERED, incidents=(incident(police_know=Told.YES),)),
     "The police know: record their position, or a manager's reasoned decision.",
     on(ACCUSED, **ANSWERED,
        incidents=(incident(police_know=Told.YES, police_position=Position.NO_OBJECTION),))),
    ("perpetrator_contact", on(ACCUSED, **ANSWERED), "Record whether the police already know.",
     on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "consents": (MAY_SPEAK, TO_POLICE)}),
     "The victim agreed to the police: refer to them before the alleged perpetrator hears of it.",
     on(ACCUSED, **UNKNOWING)),
    ("perpetrator_contact", on(ACCUSED, **{**UNKNOWING, "consents": (MAY_SPEAK,)}),
     "Ask the victim about the police first.", on(ACCUSED, **UNKNOWING)),
    ("perpetrator_letter", on(), "Enter who the alleged perpetrator is.", on(ALONE, **people(ALONE))),
    ("perpetrator_letter", on(ACCUSED), "Record in People whether this alleged perpetrator lives with the victim.",
     on(ALONE, **people(ALONE))),
    ("perpetrator_letter", on(AT_HOME, **people(AT_HOME)),
     "The address is the victim's too, or may be: a line manager must approve a letter to it.",
     on(AT_HOME, **people(AT_HOME), approvals=(approval(c.Matter.SHARED_ADDRESS, person_id="p1"),))),
    ("perpetrator_letter", on(NINE_YEARS_OLD, **people(NINE_YEARS_OLD, TENANT)),
     "Under 10: a line manager must approve the letter, which speaks of the tenancy only.",
     on(NINE_YEARS_OLD, **people(NINE_YEARS_OLD, TENANT),
        approvals=(approval(c.Matter.UNDER_AGE_LETTER, person_id="p1"),))),
    ("perpetrator_letter", on(CHILD, **people(CHILD)),
     "Under 14: the letter goes to the tenant, never to the child. Enter the tenant on the case.",
     on(CHILD, **people(CHILD, TENANT))),
    ("perpetrator_letter", on(YOUNG, **people(YOUNG)),
     "Under 18: a parent or guardian has a copy. Enter the guardian or the tenant on the case, "
     "or a line manager's approval (Letter about a child below the age of criminal responsibility).",
     on(YOUNG, **people(YOUNG, person("p9", c.PersonRole.GUARDIAN)))),
    ("place_agreed", on(ACCUSED, interviews=(BOOKED,)),
     "Away from our office: a line manager must talk over the risk and approve it.",
     on(ACCUSED, interviews=(BOOKED,), approvals=(approval(c.Matter.OFF_OFFICE, person_id="p1"),))),
    ("place_agreed", on(ACCUSED, interviews=(replace(BOOKED, at_our_office=c.YesNo.NOT_KNOWN),)),
     "Record that the meeting is at our office; anywhere else a line manager must approve the risk first.",
     on(ACCUSED, interviews=(replace(BOOKED, at_our_office=c.YesNo.YES),))),
    ("police_heard", on(ACCUSED, incidents=(incident(police_position=Position.WAIT),)), "The police ask us to wait.",
     on(ACCUSED)),
    ("tenant_asked", on(replace(ACCUSED, is_tenant=c.YesNo.NOT_KNOWN)),
     "Record whether this is the tenant of the home: otherwise the tenant is asked to come too.", on(ACCUSED)),
    ("tenant_asked", on(OTHER, interviews=(BOOKED,)),
     "Not the tenant of the home: contact the tenant, and enter when on the interview's row.",
     on(OTHER, interviews=(replace(ASKED, both_invited=c.YesNo.YES),))),
    ("tenant_asked", on(OTHER, interviews=(ASKED,)),
     "Ask to see the tenant and the alleged perpetrator together, and enter that both are invited.",
     on(OTHER, interviews=(replace(ASKED, both_invited=c.YesNo.YES),))),
    ("manager_discussed", on(), "Discuss it with a line manager, who records the review.",
     on(reviews=(review(c.ReviewKind.FIRST),))),
    ("photographed", on(record=GRAFFITI), "Photograph it first, or say why not.",
     on(record=replace(GRAFFITI, photographed_at=NINE))),
    ("entry_agreed", on(record=INSIDE), "The occupier must agree to the work inside the home.",
     on(record=replace(INSIDE, occupier_agrees=c.YesNo.YES))),
    ("security_approved", on(record=GRAFFITI), "A line manager must approve this measure.",
     on(record=GRAFFITI, approvals=(approval(c.Matter.SECURITY, repair_id="w1"),))),
    ("security_agreed", on(record=GRAFFITI),
     f"Security measures need the victim's agreement. {unasked(c.Option.SECURITY)}",
     on(record=GRAFFITI, consents=(consent(c.Option.SECURITY),))),
    ("witness_agrees", on(), "Ask whether anybody saw it.",
     on(incidents=(incident(witnesses_known=c.Witnesses.KNOWN),))),
    ("witness_agrees", on(incidents=(incident(witnesses_known=c.Witnesses.LIKELY),)),
     f"Speaking to neighbours needs the victim's agreement. {unasked(c.Option.NEIGHBOURS)}",
     on(incidents=(incident(witnesses_known=c.Witnesses.LIKELY),), consents=(consent(c.Option.NEIGHBOURS),))),
    ("outcome_reviewed", on(), "A line manager must first review the outcome and record it.",
     on(reviews=(review(c.ReviewKind.OUTCOME, covers_outcome=True),))),
    ("victim_told_first", on(), "The victim's outcome letter goes first.",
     on(letters=(letter(c.LetterKind.VICTIM_OUTCOME),))),
    ("safe_to_write", on(VICTIM), "Ask the victim which ways of contact are safe, and record them.",
     on(replace(VICTIM, safe_ways=(c.Channel.LETTER,)))),
    ("safe_contact", on(VICTIM), "First ask the victim which ways of contact are safe, and record them.",
     on(replace(VICTIM, safe_ways=(c.Channel.TELEPHONE,)))),
    ("plan_accounted", on(VICTIM, consents=(consent(c.Option.SECURITY),)),
     f"Say on Consents what was done, or why not, for: {c.Option.SECURITY}.",
     on(VICTIM, consents=(replace(consent(c.Option.SECURITY), done="Locks changed."),))),
    ("arranged", on(replace(VICTIM, needs_help=c.YesNo.YES)),
     "Arrange the interpreter or other help first and enter it in People: never a family member by default.",
     on(replace(VICTIM, needs_help=c.YesNo.YES, arrangement="Sample Interpreters, booked."))),
    ("transfer_report", on(record=replace(TRANSFER, reports=())),
     "Rehousing h1: attach the officer's report first, and enter when.",
     on(record=TRANSFER, consents=(consent(c.Option.MANAGEMENT_TRANSFER),))),
    ("transfer_report", on(record=TRANSFER),
     f"A management transfer needs the victim's agreement. {unasked(c.Option.MANAGEMENT_TRANSFER)}",
     on(record=TRANSFER, consents=(consent(c.Option.MANAGEMENT_TRANSFER),))),
]  # fmt: skip


def asked(gate: str, about: tuple[Case, Any, Any]) -> str:
    on, who, record = about
    return GATES[gate](on, Subject("k", "words", on.incidents[0], who, record), NOW)


@pytest.mark.parametrize(
    ("gate", "before", "sentence", "after"), SENTENCES, ids=[f"{g}: {s[:40]}" for g, _, s, _ in SENTENCES]
)
def test_a_shut_gate_says_in_one_sentence_what_opens_it(gate: str, before: Any, sentence: str, after: Any) -> None:
    """R-01, R-17 to R-19, HC-046, HC-054, HC-060a, HC-072, HC-076, HC-084 to HC-089, HC-099, HC-102."""
    assert asked(gate, before) == sentence
    assert asked(gate, after) == ""


def test_no_gate_is_without_its_sentence() -> None:
    assert {gate for gate, *_ in SENTENCES} == set(GATES)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("refused", "The police know, or may know, from what we sent: record their position, or a manager's reasoned "
                    "decision."),
        ("agreed", "Record the police's position, or no reply and a manager's reasoned decision."),
    ],
)  # fmt: skip
def test_once_we_referred_to_the_police_their_position_is_asked_for(sent: str, sentence: str) -> None:
    """R-17 (a) and (b), HC-062."""
    told = Referral(id="f1", created_at=NINE, purpose=c.Purpose.POLICE, by_hand_at=NINE, incident_id="i1")
    parts = {**UNKNOWING, "consents": (MAY_SPEAK, NO_POLICE if sent == "refused" else TO_POLICE)}
    assert asked("perpetrator_contact", on(ACCUSED, **parts, referrals=(told,))) == sentence
    heard = incident(police_know=Told.NO, police_position=Position.NO_OBJECTION)
    assert asked("perpetrator_contact", on(ACCUSED, **{**parts, "incidents": (heard,)}, referrals=(told,))) == ""


def test_two_shut_gates_say_both_sentences_in_the_procedures_order() -> None:
    """R-11: what blocks a step is told whole."""
    graffiti = case()
    about = Subject("k", "words", graffiti.incidents[0], None, INSIDE)
    assert shut(STEP["remove_graffiti"].gates, graffiti, about, NOW) == (
        "Photograph it first, or say why not. The occupier must agree to the work inside the home."
    )
