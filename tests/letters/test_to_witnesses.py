"""The letters that a witness reads: as little as will do, and only where a letter to their home is safe."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from letter_cases import HARBOUR_ROW, OFFICER, REPORTED, a_case, a_perpetrator, a_victim, an_approval
from samples import SAMPLES

from automations.letters import Draft, Held, Missing, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.document import document, words
from automations.letters.facts import Facts, WitnessFacts
from automations.letters.template import template
from automations.letters.to_witnesses import appointment
from automations.letters.writing import Writing
from automations.model import Case, Interview, Letter, Person
from schema import choices as c

K = c.LetterKind
TO_WITNESSES = [K.WITNESS_APPOINTMENT, K.WITNESS_LOAN, K.STATEMENT]
NOW = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)


def a_witness(**given: Any) -> Person:
    filled: dict[str, Any] = {"id": "witness-1", "role": c.PersonRole.WITNESS, "name": "Dora Invented",
                              "address": "Flat 9, 14 Harbour Row, Sampletown"}  # fmt: skip
    return a_victim(**{**filled, **given})


def a_meeting(**given: Any) -> Interview:
    filled: dict[str, Any] = {"with_": c.InterviewKind.WITNESS, "person_id": "witness-1", "at_our_office": c.YesNo.YES,
                              "result": c.InterviewResult.BOOKED, "booked_for": NOW + timedelta(hours=25, minutes=30),
                              "id": "meeting-1", **given}  # fmt: skip
    return Interview(created_at=NOW, **filled)


def a_case_with(witness: Person, *more: Person, **parts: Any) -> Case:
    return a_case(witness, a_victim(), *more, **{"interviews": (a_meeting(),), **parts})


def about(case: Case, **given: Any) -> Writing:
    filled: dict[str, Any] = {"to": case.people[0], "officer": OFFICER, **given}
    return Writing(case=case, incident=case.incidents[0], landlord=HARBOUR_ROW, now=NOW, **filled)


def letter(kind: c.LetterKind, case: Case | None = None, **given: Any) -> Draft | Held | Missing:
    if kind is K.WITNESS_LOAN:
        given.setdefault("row", Letter(id="letter-1", created_at=NOW, kind=kind, words="A door alarm"))
    return draft(about(case or a_case_with(a_witness(), a_perpetrator()), **given), kind)


def why(found: Draft | Held | Missing) -> str:
    assert not isinstance(found, Draft)
    return found.why if isinstance(found, Held) else ", ".join(found.facts)


def the_words(kind: c.LetterKind, variant: int = 0) -> str:
    name = CATALOGUE[kind].template
    return words(document(template(name, "en"), [*SAMPLES[name].values()][variant]))


@pytest.mark.parametrize("kind", TO_WITNESSES)
def test_a_witness_is_written_to_only_where_they_said_that_a_letter_is_safe(kind: c.LetterKind) -> None:
    """HC-077: nobody asked is no."""
    assert isinstance(letter(kind), Draft)
    for ways in ((), (c.Channel.TELEPHONE,)):
        assert "has not said that a letter" in why(letter(kind, a_case_with(a_witness(safe_ways=ways))))
    assert "To" in why(letter(kind, to=None))


@pytest.mark.parametrize("kind", TO_WITNESSES)
def test_a_witness_who_does_not_want_it_used_is_asked_for_nothing(kind: c.LetterKind) -> None:
    """HC-080."""
    unwilling = a_witness(evidence_use=c.WitnessUse.UNWILLING)
    assert "does not want their evidence used" in why(letter(kind, a_case_with(unwilling)))
    assert isinstance(letter(kind, a_case_with(a_witness(evidence_use=c.WitnessUse.WILLING))), Draft)


@pytest.mark.parametrize("kind", TO_WITNESSES)
@pytest.mark.parametrize(
    ("accused", "parts"),
    [
        (a_perpetrator(address="Flat 9, 14 Harbour Row", postcode="ZZ1 4ZZ"), {}),
        (a_perpetrator(address="Harbour Row", postcode="ZZ1 4ZZ"), {}),
        (a_perpetrator(lives_with_victim=c.YesNo.YES), {"home": "Flat 2, 14 Harbour Row, Sampletown"}),
    ],
    ids=["same home", "may be the same home", "at the victim's home, which is the witness's"],
)
def test_where_the_alleged_perpetrator_may_open_the_post_a_manager_decides(
    kind: c.LetterKind, accused: Person, parts: dict[str, str]
) -> None:
    """R-18, HC-077: whoever opens it learns who spoke to us."""
    witness = a_witness(address=parts.get("home", "Flat 9, 14 Harbour Row, Sampletown"))
    case = a_case_with(witness, accused)
    assert "may live at the witness's address" in why(letter(kind, case))
    agreed = replace(case, approvals=(an_approval(person_id="witness-1"),))
    assert isinstance(letter(kind, agreed), Draft)
    assert not isinstance(letter(kind, replace(case, approvals=(an_approval(),))), Draft)


@pytest.mark.parametrize("kind", TO_WITNESSES)
def test_it_is_written_to_a_witness_and_to_nobody_else(kind: c.LetterKind) -> None:
    for other in (a_victim(), a_perpetrator(safe_ways=(c.Channel.LETTER,)), a_witness(role=c.PersonRole.TENANT)):
        assert "not entered as one" in why(letter(kind, to=other))
    linked = a_case_with(a_witness(role=None))
    linked = replace(linked, incidents=(replace(linked.incidents[0], witness_ids=("witness-1",)),))
    assert isinstance(letter(kind, linked), Draft)
    both = replace(linked, incidents=(replace(linked.incidents[0], perpetrator_ids=("witness-1",)),))
    assert "somebody else too" in why(letter(kind, both))


@pytest.mark.parametrize(
    "meeting",
    [
        {"booked_for": None}, {"booked_for": NOW - timedelta(hours=1)}, {"result": c.InterviewResult.CANCELLED},
        {"with_": c.InterviewKind.VICTIM}, {"person_id": "witness-2"}, {"incident_id": "incident-9"},
        {"at_our_office": c.YesNo.NOT_KNOWN},
    ],
    ids=["no time", "over", "cancelled", "the victim's", "another witness's", "another incident's", "no place"],
)  # fmt: skip
def test_an_appointment_letter_needs_an_appointment(meeting: dict[str, Any]) -> None:
    """HC-077."""
    case = a_case_with(a_witness(), interviews=(a_meeting(**meeting),))
    assert "the next meeting that is booked" in why(letter(K.WITNESS_APPOINTMENT, case))
    assert isinstance(letter(K.STATEMENT, case), Draft)


def test_it_gives_the_next_meeting_by_the_clock_on_the_wall() -> None:
    """HC-077: London time, in winter and in summer, the sooner of two, and said as in every other letter."""
    later = a_meeting(id="meeting-2", booked_for=NOW + timedelta(days=3), at_our_office=c.YesNo.NO)
    found = appointment(about(a_case_with(a_witness(), interviews=(later, a_meeting()))))
    assert (str(found.meets_on), found.meets_at, found.at_our_office) == ("2026-11-06", "10.30am", True)
    summer = a_meeting(booked_for=datetime(2027, 6, 1, 11, 5, tzinfo=UTC), at_our_office=c.YesNo.NO)
    found = appointment(about(a_case_with(a_witness(), interviews=(summer,))))
    assert (str(found.meets_on), found.meets_at, found.at_our_office) == ("2027-06-01", "12.05pm", False)
    on_the_hour = a_meeting(booked_for=datetime(2026, 12, 1, 14, tzinfo=UTC))
    assert appointment(about(a_case_with(a_witness(), interviews=(on_the_hour,)))).meets_at == "2pm"


def test_the_appointment_says_when_where_and_that_they_may_say_no() -> None:
    """HC-077, HC-079, HC-080."""
    said = the_words(K.WITNESS_APPOINTMENT)
    for told in ("Friday 6 November 2026", "10.30am", "our office, 1 Harbour Row", "It is up to you whether you talk",
                 "we do not use it", "we offer you support", "an interpreter"):  # fmt: skip
        assert told in said
    assert "where we agreed to meet" in the_words(K.WITNESS_APPOINTMENT, 1)
    assert "It is about the evening of 3 November" in the_words(K.WITNESS_APPOINTMENT, 1)


def test_the_statement_form_has_lines_a_truth_and_a_signature() -> None:
    """HC-077, HC-080, HC-083."""
    assert isinstance(letter(K.STATEMENT), Draft)
    said = the_words(K.STATEMENT)
    assert said.count("____") >= 12
    for told in ("is true, as far as I know and believe", "| Name | Signature | Date |", "May we use it?", "own words"):
        assert told in said


@pytest.mark.parametrize("kind", TO_WITNESSES)
def test_a_witness_is_told_nothing_of_anybody_else(kind: c.LetterKind) -> None:
    """HC-082: there is no fact that could hold it, and what stands on the case changes no letter."""
    own = {one.name for one in fields(WitnessFacts)} - {one.name for one in fields(Facts)}
    assert own == {"meets_on", "meets_at", "at_our_office", "words"}
    for word in ("victim", "alleged", "hate", "perpetrator", "harass"):
        assert word not in the_words(kind).casefold()
    before = letter(kind)
    case = a_case_with(a_witness(), a_perpetrator(name="Another Nobody"), report="Anything")
    told = replace(case, incidents=(replace(case.incidents[0], what_happened="It", reporter=c.Reporter.WITNESS),))
    assert letter(kind, told) == before


@pytest.mark.parametrize("kind", TO_WITNESSES)
def test_large_print_and_language_are_as_the_witness_reads(kind: c.LetterKind) -> None:
    assert letter(kind) != letter(kind, a_case_with(a_witness(large_print=True)))
    assert why(letter(kind, a_case_with(a_witness(language="Polish")))) == "A letter in Polish needs a translator."


def test_what_the_officer_wrote_for_this_reader_is_in_the_appointment_alone() -> None:
    """HC-076: it may say when and where; the form asks and tells nothing."""
    wrote = Letter(id="7", created_at=REPORTED, words="It is about the evening of 3 November.")
    assert letter(K.WITNESS_APPOINTMENT, row=wrote) != letter(K.WITNESS_APPOINTMENT)
    assert letter(K.STATEMENT, row=wrote) == letter(K.STATEMENT)


@pytest.mark.parametrize(
    "told", ["Sample Person asked for you.", "It is about Nobody Inparticular.", "Ms Madeup saw it."]
)
def test_what_is_written_for_a_witness_names_nobody_else(told: str):
    """HC-077, HC-080: neither who was harmed, nor who is accused, nor who else saw it."""
    other = a_witness(id="witness-2", name="Elsie Madeup", address="Flat 3, 14 Harbour Row, Sampletown")
    case = a_case_with(a_witness(), a_perpetrator(), other)
    row = Letter(id="letter-1", created_at=NOW, kind=K.WITNESS_APPOINTMENT, to_id="witness-1", words=told)
    held = letter(K.WITNESS_APPOINTMENT, case, row=row)
    assert isinstance(held, Held)
    assert "names somebody" in held.why
    plain = replace(row, words="Dora, we can meet in the hall of 14 Harbour Row, Sampletown.")
    assert isinstance(letter(K.WITNESS_APPOINTMENT, case, row=plain), Draft)


def test_what_is_lent_to_a_witness_is_listed_and_signed_for() -> None:
    """HC-068, HC-077: in words for them alone; it is lent to nobody who did not say that a letter is safe."""
    row = Letter(id="letter-1", created_at=NOW, kind=K.WITNESS_LOAN, to_id="witness-1", words="A door alarm")
    assert isinstance(letter(K.WITNESS_LOAN, row=row), Draft)
    said = the_words(K.WITNESS_LOAN)
    assert all(point in said for point in ("- A mobile telephone\n", "Signature", "If you are in danger, ring 999."))
    assert "what is lent" in why(letter(K.WITNESS_LOAN, row=replace(row, words=None)))
    named = replace(row, words="A telephone, to ring Sample Person")
    assert isinstance(letter(K.WITNESS_LOAN, row=named), Held)
