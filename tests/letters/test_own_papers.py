"""Papers for our own file: what they fill in, whom they are about, and what they leave to be written by hand."""

from dataclasses import replace
from typing import Any

import pytest
from letter_cases import HARBOUR_ROW, REPORTED, a_perpetrator, a_victim
from letter_cases_agencies import NOW, SECOND, WITNESS, a_row, a_yes, an_incident_of_both, of, the_case

from automations.letters import Draft, Held, Missing, draft, of_an_area, render_pdf
from automations.letters.catalogue import CATALOGUE
from automations.letters.document import document, words
from automations.letters.facts import AreaFacts, OwnFileFacts, named, paths
from automations.letters.template import template
from automations.model import Case, Rehousing
from schema import choices as c
from schema.tables.office import DIVERSITY_ANSWERS

Kind = c.LetterKind
PEOPLE = (a_victim(telephone="01632 960123"), a_perpetrator(), WITNESS, SECOND)
WHOSE = {Kind.VICTIM_NOTE: "victim-1", Kind.WITNESS_NOTE: "witness-1", Kind.PERPETRATOR_NOTE: "perpetrator-1"}
WANTS = a_yes(c.Option.MANAGEMENT_TRANSFER)


def case_of_all(*consents: Any, **given: Any) -> Case:
    cells = {"what_happened": "The first report in full.", "perpetrator_ids": ("perpetrator-1",)}
    return the_case(*consents, people=PEOPLE, incident=cells, **given)


def said(case: Case, kind: c.LetterKind, **row: Any) -> str:
    """Every word that the paper would have."""
    entry = CATALOGUE[kind]
    facts = entry.gather(of(case, a_row(**row)))
    return words(document(template(entry.template, "en"), facts))


@pytest.mark.parametrize(("kind", "whose"), WHOSE.items(), ids=[kind.name for kind in WHOSE])
def test_a_note_is_about_one_person_and_tells_of_nobody_else(kind: c.LetterKind, whose: str):
    """HC-057, HC-058, HC-081, HC-090, HC-092: it lies on the table while that person is interviewed."""
    case = case_of_all()
    paper = said(case, kind, to_id=whose)
    for person in case.people:
        assert ((person.name or "") in paper) == (person.id == whose)
    assert "The first report in full." not in paper
    made = draft(of(case, a_row(to_id=whose)), kind)
    assert isinstance(made, Draft)
    assert made.audience == "staff"


@pytest.mark.parametrize(("kind", "whose"), WHOSE.items(), ids=[kind.name for kind in WHOSE])
def test_a_note_is_held_until_it_says_whose_interview_it_is(kind: c.LetterKind, whose: str):
    """HC-057, HC-081, HC-092."""
    two = replace(case_of_all(), incidents=(replace(case_of_all().incidents[0], **an_incident_of_both()),))
    others = [id for id in ("victim-1", "witness-1", "perpetrator-1") if id != whose]
    for to_id in (None, *others):
        made = draft(of(two, a_row(to_id=to_id)), kind)
        assert isinstance(made, Held)
        assert "Say whose" in made.why
    assert isinstance(draft(of(two, a_row(to_id=whose)), kind), Draft)


@pytest.mark.parametrize("text", ["Sample Person heard you.", "Ms Invented saw it.", "It was at ZZ1 4ZZ."])
def test_the_complaint_as_it_is_put_names_nobody_but_its_hearer(text: str):
    """HC-090, R-18: a paper on the table is read upside down."""
    held = draft(of(case_of_all(), a_row(to_id="perpetrator-1", words=text)), Kind.PERPETRATOR_NOTE)
    assert isinstance(held, Held)
    assert "Write it without that." in held.why
    assert isinstance(draft(of(case_of_all(), a_row(to_id="perpetrator-1")), Kind.PERPETRATOR_NOTE), Draft)
    unsaid = draft(of(case_of_all(), a_row(to_id="perpetrator-1", words=None)), Kind.PERPETRATOR_NOTE)
    assert unsaid == Missing(("the complaint as it will be put to them (Words for the reader)",))


REQUIRED = {
    Kind.VICTIM_NOTE: (
        "Interpreter or other help", "never a family member", "friends or family with them", "do not judge",
        "Reports like this come first", "They decide what we do", "Who said and did what, when and where, and who saw",
        "What it did to them", "In their own words", "want to be referred to", "What they do if it happens again",
        "We write to them with news by Tuesday 17 November 2026", "at least every two weeks",
        "signed a copy of the action plan", "within 48 hours",
    ),
    Kind.WITNESS_NOTE: (
        "Who said and did what, when and where", "May we use what they told us? If not, we do not.",
        "the support that a victim has", "signed copy got on", "do not say who told us", "within 48 hours",
    ),
    Kind.PERPETRATOR_NOTE: (
        "1. The complaint", "2. Our policy", "3. Their own account", "4. It must not happen again",
        "Do not say or hint who told us", "Is it at our office?", "was the tenant asked to come too", "Under 14",
    ),
    Kind.REPORT_FORM: (
        "as an emergency", "They decide what we do", "Is it safe to be at home", "Do the police know?",
        "what their specialist unit does", "a court order", "Are they at risk? Then tell social services now",
        "Who looks after the case", "the case number", "within 24 hours", "nobody has to prove anything",
        "Other organisations that know of it",
    ),
    Kind.DIVERSITY_FORM: ("You do not have to answer any of this.", "apart from your case and without your name"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "points"), REQUIRED.items(), ids=[kind.name for kind in REQUIRED])
def test_each_paper_asks_what_the_procedure_asks_of_it(kind: c.LetterKind, points: tuple[str, ...]):
    """HC-009 to HC-025; HC-010; HC-056a, HC-056b, HC-056c, HC-056d, HC-056e, HC-056f, HC-056g, HC-056h, HC-056i,
    HC-056j, HC-058; HC-077, HC-079, HC-080, HC-083; HC-087b, HC-090, HC-091.
    """
    paper = said(case_of_all(), kind, to_id=WHOSE.get(kind))
    assert [point for point in points if point not in paper] == []


def test_the_first_report_fills_in_what_is_known_and_leaves_lines_for_the_rest():
    """HC-009, HC-011."""
    known = said(case_of_all(), Kind.REPORT_FORM)
    for fact in ("Sample Person", "01632 960123", "The first report in full.", "Nobody Inparticular"):
        assert fact in known
    for another in ("Dora Invented", "Quentin Madeupson"):
        assert another not in known
    unknown = said(the_case(people=(a_victim(name=None),)), Kind.REPORT_FORM)
    assert unknown.count("____") == known.count("____") + 6
    assert isinstance(draft(of(case_of_all()), Kind.REPORT_FORM), Draft)
    two = the_case(people=PEOPLE, incident=an_incident_of_both())
    assert isinstance(draft(of(two), Kind.REPORT_FORM), Held)


def test_the_diversity_form_has_every_question_its_every_answer_and_no_name():
    """HC-010: each answer is voluntary."""
    paper = said(case_of_all(), Kind.DIVERSITY_FORM)
    asked = [x.choices for x in DIVERSITY_ANSWERS.fields if x.choices and x.name != "Whose"]
    assert len(asked) == 7
    for answers in asked:
        assert " / ".join(answers) in paper
        assert "Prefer not to say" in answers
    assert not any(p.name in paper for p in case_of_all().people if p.name)
    assert isinstance(draft(of(case_of_all()), Kind.DIVERSITY_FORM), Draft)


def test_a_transfer_is_put_to_the_panel_only_as_whoever_would_move_agrees():
    """HC-072, HC-071: flipped, the report is held."""
    asked = (Rehousing(id="rehousing-1", created_at=REPORTED, kind=c.RehousingKind.MANAGEMENT_TRANSFER),)
    made = draft(of(case_of_all(WANTS, rehousing=asked)), Kind.TRANSFER_REPORT)
    assert isinstance(made, Draft)
    for other in (
        replace(WANTS, answer=c.Answer.NO), replace(WANTS, answer=c.Answer.NOT_ASKED), replace(WANTS, withdrawn_at=NOW),
        replace(WANTS, victim_id="victim-2"),
    ):  # fmt: skip
        held = draft(of(case_of_all(other)), Kind.TRANSFER_REPORT)
        assert isinstance(held, Held)
        assert "needs the victim's agreement" in held.why
    assert isinstance(draft(of(case_of_all(), a_row(to_id="perpetrator-1")), Kind.TRANSFER_REPORT), Held)
    assert isinstance(draft(of(case_of_all(), a_row(to_id="witness-1")), Kind.TRANSFER_REPORT), Draft)


def test_the_panel_reads_the_officers_reasons_and_only_who_would_move():
    """HC-072."""
    paper = said(case_of_all(WANTS), Kind.TRANSFER_REPORT, words="They cannot sleep there.")
    assert "They cannot sleep there." in paper
    assert "They agreed on Tuesday 3 November 2026" in paper
    assert [p.name for p in PEOPLE if p.name and p.name in paper] == ["Sample Person"]
    unwritten = draft(of(case_of_all(WANTS), a_row(words=None)), Kind.TRANSFER_REPORT)
    assert unwritten == Missing(("the reasons for the transfer (Words for the reader)",))


def test_the_sheet_of_an_area_lists_its_cases_by_reference_with_what_was_late():
    """HC-138, HC-139, HC-140: a row a late step, a row a case for the three checks, room for the reasons."""
    late = (("CW-2026-0007", "Interview the victim (no reason yet)"), ("CW-2026-0007", "Warning letter (reason given)"),
            ("CW-2026-0009", ""))  # fmt: skip
    facts = of_an_area.sheet(HARBOUR_ROW, "Sampletown North", late, ("No forum is registered.",))
    paper = words(document(template(of_an_area.TEMPLATE, "en"), facts))
    for wanted in (
        *(f"| CW-2026-0007 | {what}" for _, what in late[:2]),
        "| CW-2026-0009 | Nothing",
        "Plan followed through",
        "Record good enough",
        "Policy and procedure followed",
        "The reason for it",
        "No forum is registered.",
    ):
        assert wanted in paper
    assert paper.count("| CW-2026-0007 |") == 3
    assert render_pdf(of_an_area.TEMPLATE, facts, large=False, language="en").startswith(b"%PDF")
    assert Kind.AREA_REVIEW not in CATALOGUE


def test_the_sheet_of_an_area_has_no_place_for_a_name():
    """HC-138."""
    for path in paths(AreaFacts):
        assert not any(word in path for word in ("victim", "perpetrator", "witness", "person"))


def test_a_paper_is_addressed_to_nobody_and_has_no_day_of_its_own():
    """HC-121: it is filled in by hand, on the day it is used."""
    for entry in CATALOGUE.values():
        if template(entry.template, "en").audience == "staff":
            facts = entry.gather(of(case_of_all(WANTS), a_row(to_id="victim-1")))
            assert isinstance(facts, OwnFileFacts)
            assert (facts.recipient_name, facts.recipient_address, facts.dated) == (None, (), None)
            assert dict(named(facts))["reference"] == "CW-2026-0007"


def test_a_victim_who_saw_another_incident_moves_only_as_they_agree():
    """HC-072: being a witness as well takes nobody's say away."""
    case = case_of_all()
    saw = replace(case.incidents[0], id="incident-2", numbered=2, victim_ids=("victim-2",), witness_ids=("victim-1",))
    both = replace(case, incidents=(*case.incidents, saw))
    held = draft(of(both, a_row(to_id="victim-1")), Kind.TRANSFER_REPORT)
    assert isinstance(held, Held)
    assert "needs the victim's agreement" in held.why
    agreed = replace(both, consents=(replace(WANTS, victim_id="victim-1"),))
    assert isinstance(draft(of(agreed, a_row(to_id="victim-1")), Kind.TRANSFER_REPORT), Draft)
