"""The letters that a victim reads: each is made when it may be, and held or asked about when it may not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from letter_cases import HARBOUR_ROW, MANAGER, OFFICER, REPORTED, a_case, a_perpetrator, a_victim
from samples import SAMPLES

from automations.letters import Draft, Held, Missing, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.document import document, words
from automations.letters.template import template
from automations.letters.writing import Writing
from automations.model import Approval, Case, Closure, Consent, Feedback, Letter, Office, Partner, Person, Review
from schema import choices as c

K = c.LetterKind
TO_VICTIMS = [K.PROGRESS, K.DELAY, K.VICTIM_OUTCOME, K.CLOSING, K.SURVEY, K.ACTION_PLAN, K.SUPPORT_LIST, K.LOAN,
              K.TRANSFER_FORM]  # fmt: skip
IN_WORDS = [K.PROGRESS, K.DELAY, K.VICTIM_OUTCOME, K.CLOSING, K.LOAN]
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
TARGET = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
REVIEWED = Review(id="review-1", created_at=REPORTED, kind=c.ReviewKind.PROGRESS, held_at=NOW - timedelta(hours=2),
                  findings="Talked over.", covers_outcome=True, author=MANAGER)  # fmt: skip
CLOSED = Closure(id="closure-1", created_at=NOW, marker=c.Marker.RESOLVED, victim_agrees=c.Answer.YES, author=MANAGER,
                 closed_at=NOW - timedelta(hours=1))  # fmt: skip
HEARD = Feedback(id="feedback-1", created_at=NOW, kind=c.FeedbackKind.BEFORE_CLOSING, got_at=NOW - timedelta(hours=3))
EAR = Partner(id="partner-1", created_at=REPORTED, name="Sampletown Listening Ear", contact="01632 960111",
              supports_victims=True)  # fmt: skip


def row(**cells: Any) -> Letter:
    return Letter(
        id="7", created_at=NOW, **{"words": "One thing.\n\nAnother thing.", "revised_target": TARGET, **cells}
    )


def ready(*people: Person, **parts: Any) -> Case:
    """A case that a manager reviewed and closed as the victim wished: every letter may be written."""
    return a_case(*people, **{"reviews": (REVIEWED,), "closures": (CLOSED,), "feedback": (HEARD,), **parts})


def letter(kind: c.LetterKind, case: Case | None = None, **given: Any) -> Draft | Held | Missing:
    case = case or ready()
    filled: dict[str, Any] = {"to": case.people[0], "officer": OFFICER, "row": row(), "supporters": (EAR,), **given}
    return draft(Writing(case=case, incident=case.incidents[0], landlord=HARBOUR_ROW, now=NOW, **filled), kind)


def why(found: Draft | Held | Missing) -> str:
    assert not isinstance(found, Draft)
    return found.why if isinstance(found, Held) else ", ".join(found.facts)


def the_words(kind: c.LetterKind, variant: int = 0) -> str:
    name = CATALOGUE[kind].template
    return words(document(template(name, "en"), [*SAMPLES[name].values()][variant]))


@pytest.mark.parametrize("kind", TO_VICTIMS)
def test_each_letter_is_made_only_where_a_letter_to_the_home_is_safe(kind: c.LetterKind) -> None:
    """HC-024, R-18: the rules of the first letter hold for every later one."""
    assert isinstance(letter(kind), Draft)
    assert "Nobody has asked" in why(letter(kind, ready(a_victim(safe_ways=()))))
    assert "has not said that a letter" in why(letter(kind, ready(a_victim(safe_ways=(c.Channel.TELEPHONE,)))))
    assert "may live at the victim's address" in why(letter(kind, ready(perpetrator_at_home=c.YesNo.YES)))
    assert "is for the victim" in why(letter(kind, to=a_perpetrator()))
    assert "To" in why(letter(kind, to=None))


@pytest.mark.parametrize("kind", TO_VICTIMS)
def test_large_print_and_language_are_as_the_victim_reads(kind: c.LetterKind) -> None:
    """HC-054."""
    assert letter(kind) != letter(kind, ready(a_victim(large_print=True)))
    assert why(letter(kind, ready(a_victim(language="Polish")))) == "A letter in Polish needs a translator."


@pytest.mark.parametrize("kind", TO_VICTIMS)
def test_a_letter_without_somebody_to_ask_is_not_made(kind: c.LetterKind) -> None:
    assert "the officer's telephone number" in why(letter(kind, officer=replace(OFFICER, telephone=None)))


@pytest.mark.parametrize("kind", IN_WORDS)
def test_what_only_the_officer_can_say_is_asked_for(kind: c.LetterKind) -> None:
    """HC-100, HC-103."""
    for empty in (row(words=None), row(words=" \n\t"), None):
        assert "Words for the reader" in why(letter(kind, row=empty))
    assert isinstance(letter(kind, row=row(words="One thing.")), Draft)
    assert letter(kind, row=row(words="One thing.")) != letter(kind)


def test_the_progress_letter_waits_for_no_review() -> None:
    """HC-056h, HC-103, R-04: by day ten something can always be written."""
    assert isinstance(letter(K.PROGRESS, a_case()), Draft)
    said = the_words(K.PROGRESS)
    assert "how far we have got" in said
    assert "We have spoken to two people.\n\nOne more is to come." in said


def test_a_delay_letter_gives_the_new_date_and_the_reason() -> None:
    """HC-103, HC-104."""
    assert "Revised target" in why(letter(K.DELAY, row=row(revised_target=None)))
    said = the_words(K.DELAY)
    assert "I will write to you by Tuesday 1 December 2026." in said
    assert "Somebody whom we must hear is away." in said
    assert "I am sorry" in said


@pytest.mark.parametrize("kind", [K.DELAY, K.VICTIM_OUTCOME])
def test_a_line_manager_reviews_the_investigation_first(kind: c.LetterKind) -> None:
    """HC-099."""
    for reviews in ((), (replace(REVIEWED, author=OFFICER),), (replace(REVIEWED, covers_outcome=False),)):
        assert "first review the outcome" in why(letter(kind, ready(reviews=reviews)))
    assert isinstance(letter(kind), Draft)


def test_the_new_date_lies_ahead_and_a_longer_delay_is_the_managers() -> None:
    """HC-104, A-32."""
    assert "must lie after" in why(letter(K.DELAY, row=row(revised_target=NOW - timedelta(days=1))))
    late = row(revised_target=NOW + timedelta(days=30))
    assert "more than ten working days" in why(letter(K.DELAY, row=late))
    longer = Approval(id="a1", created_at=NOW, matter=c.Matter.LONGER_EXTENSION, decision=c.Decision.AGREED,
                      author=MANAGER, decided_recorded_at=NOW, decided_at=NOW, reason="A witness is abroad.",
                      incident_id="incident-1")  # fmt: skip
    assert isinstance(letter(K.DELAY, ready(approvals=(longer,)), row=late), Draft)


@pytest.mark.parametrize("kind", [K.CLOSING, K.SURVEY])
def test_nobody_hears_that_a_case_is_closed_before_it_is(kind: c.LetterKind) -> None:
    """HC-145, HC-146: a closing that does not count is none."""
    for closures in ((), (replace(CLOSED, marker=None),), (replace(CLOSED, author=OFFICER),)):
        assert why(letter(kind, ready(closures=closures))) == "The case is not closed yet (Closures)."
    assert isinstance(letter(kind), Draft)


@pytest.mark.parametrize("kind", [K.CLOSING, K.SURVEY])
@pytest.mark.parametrize("said", [c.ExceptionKind.DIED, c.ExceptionKind.UNTRACEABLE])
def test_nothing_is_sent_to_somebody_who_died_or_cannot_be_traced(kind: c.LetterKind, said: c.ExceptionKind) -> None:
    """HC-146."""
    assert "The victim" in why(letter(kind, ready(closures=(replace(CLOSED, exception_kind=said),))))


def test_a_victim_who_wants_no_survey_gets_none_and_hears_of_the_closing() -> None:
    """HC-146."""
    case = ready(closures=(replace(CLOSED, survey_not_wanted=True),))
    assert why(letter(K.SURVEY, case)) == "The victim does not want the survey."
    assert isinstance(letter(K.CLOSING, case), Draft)


def test_the_survey_asks_and_leaves_room_for_the_answer() -> None:
    """HC-146."""
    said = the_words(K.SURVEY)
    assert said.count("?") > 6
    assert said.count("____") > 12
    assert "You do not have to answer" in said


def test_the_support_list_names_those_of_the_office_base_and_those_the_officer_found() -> None:
    """HC-032, HC-050, HC-067."""
    assert isinstance(letter(K.SUPPORT_LIST, row=None), Draft)
    assert isinstance(letter(K.SUPPORT_LIST, supporters=()), Draft)
    assert letter(K.SUPPORT_LIST, supporters=()) != letter(K.SUPPORT_LIST, row=None)
    assert "which organisations can help" in why(letter(K.SUPPORT_LIST, supporters=(), row=row(words=None)))
    office = Office(partners=(EAR, replace(EAR, id="2", is_off=True), replace(EAR, id="3", supports_victims=False)))
    assert office.supporters == (EAR,)
    said = the_words(K.SUPPORT_LIST)
    assert "- Sampletown Listening Ear: 01632 960111\n" in said
    assert "We tell none of them about you unless you agree" in said


def test_the_loan_and_the_transfer_form_say_what_was_asked_of_them() -> None:
    """HC-068, HC-074."""
    assert isinstance(letter(K.LOAN, a_case()), Draft)
    assert isinstance(letter(K.TRANSFER_FORM, a_case(), row=None), Draft)
    assert "- A door alarm\n" in the_words(K.LOAN)
    assert "Signature" in the_words(K.LOAN)
    witness = a_victim(id="witness-1", role=c.PersonRole.WITNESS, name="Dora Invented")
    lent = letter(K.LOAN, a_case(witness, a_victim()))
    assert why(lent) == "To names a witness: make the letter of the kind Loan agreement with a witness."
    assert "We treat your application as high priority." in the_words(K.TRANSFER_FORM)
    assert "reasonable time, we work with other landlords" in the_words(K.TRANSFER_FORM)


@pytest.mark.parametrize("kind", TO_VICTIMS)
def test_no_letter_to_a_victim_doubts_them(kind: c.LetterKind) -> None:
    """HC-065, HC-066."""
    for variant in range(len(SAMPLES[CATALOGUE[kind].template])):
        said = the_words(kind, variant)
        assert "alleged" not in said.casefold()
        assert "ring 999" in said
        assert "no longer a safe address" in said


@pytest.mark.parametrize("kind", [K.PROGRESS, K.DELAY, K.VICTIM_OUTCOME, K.CLOSING])
def test_a_witness_who_has_not_agreed_is_named_to_no_victim(kind: c.LetterKind) -> None:
    """HC-080: their evidence stays out of letters; not asked is no."""
    told = {"row": row(words="Mrs Invented saw it.")}
    for use in (c.WitnessUse.UNWILLING, c.WitnessUse.NOT_ASKED):
        saw = a_victim(id="witness-1", role=c.PersonRole.WITNESS, name="Dora Invented", evidence_use=use)
        assert "names somebody" in why(letter(kind, ready(a_victim(), saw), **told))
        assert isinstance(letter(kind, ready(a_victim(), saw)), Draft)
    willing = replace(saw, evidence_use=c.WitnessUse.WILLING)
    assert isinstance(letter(kind, ready(a_victim(), willing), **told), Draft)


def test_nor_in_what_was_done() -> None:
    """HC-080, HC-101."""
    saw = a_victim(id="witness-1", role=c.PersonRole.WITNESS, name="Dora Invented")
    yes = Consent(id="consent-1", created_at=REPORTED, option=c.Option.SECURITY, answer=c.Answer.YES, given_at=REPORTED,
                  given_by=c.GivenBy.VICTIM, victim_id="victim-1", done="Dora Invented told us.")  # fmt: skip
    assert "names somebody" in why(letter(K.VICTIM_OUTCOME, ready(a_victim(), saw, consents=(yes,))))
    fitted = replace(yes, done="We fitted a lock.")
    assert isinstance(letter(K.VICTIM_OUTCOME, ready(a_victim(), saw, consents=(fitted,))), Draft)
