"""No word of a case leaves that should not: every text cell is filled with a mark, and the marks are looked for."""

import dataclasses
import itertools
import typing
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from partner_cases import ENTERED, a_case, a_disclosure, an_answer, ground, identified, notice

from automations.errors import NeedsAPerson
from automations.model import Case, Consent, Contact, Diversity, Incident, Letter, Override, Person, Referral
from automations.model.row import Row
from schema import choices as c


class Marks:
    """Fills text cells with marks that occur nowhere else, and remembers whose they are."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._numbers = itertools.count(1)
        self.of: dict[str, dict[str, str]] = {}

    def fill(self, row: Row, whose: str, **kept: typing.Any) -> typing.Any:
        """The row with a mark in each of its text cells, except those given."""
        hints = typing.get_type_hints(type(row))
        texts = [x.name for x in dataclasses.fields(row) if hints[x.name] in (str, str | None) and x.name != "id"]
        marks = {name: f"mark{next(self._numbers):04}end{self._typed}" for name in texts if name not in kept}
        self.of.setdefault(whose, {}).update(marks)
        return replace(row, **marks, **kept)

    def in_(self, body: bytes, whose: str) -> set[str]:
        """The cells of theirs that show in those bytes, in whatever case, by the beginning of the mark."""
        seen = body.decode().casefold()
        return {name for name, mark in self.of[whose].items() if mark[:11] in seen}


def a_marked_case(marks: Marks, linked: bool) -> Case:
    """A case with a mark in every text cell of everybody and everything on it."""
    case = a_case()
    incident = marks.fill(case.incidents[0], "incident")
    if not linked:
        incident = replace(incident, victim_ids=(), perpetrator_ids=(), witness_ids=())
    row = {"id": "x", "created_at": ENTERED}
    return marks.fill(
        replace(
            case,
            incidents=(incident,),
            people=tuple(marks.fill(person, person.id) for person in case.people),
            consents=(marks.fill(Consent(**row, victim_id="v1"), "office"),),
            overrides=(marks.fill(Override(**row), "office"),),
            contacts=(Contact(**row),),
            letters=(marks.fill(Letter(**row), "office"),),
            referrals=(marks.fill(Referral(**row), "office"),),
        ),
        "case",
        reference="CW-2026-0007",
    )


typed = st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=12)
"""Without figures: six of them in everybody's telephone are a number that they share, and that stays here."""


@settings(max_examples=60, deadline=None)
@given(typed, st.booleans(), st.booleans(), st.booleans())
def test_statistics_hold_no_word_that_anybody_typed(typed, linked, full, answered):
    """Whatever is typed where, and whether the full postcode is agreed or not."""
    marks = Marks(typed)
    case = a_marked_case(marks, linked)
    answers = [marks.fill(an_answer(), "diversity", reference=case.reference)] if answered else []

    payload = notice(case, a_disclosure(why=typed, partner=typed), *answers, full=full)

    assert b"mark" not in payload.body.lower()
    assert "mark" not in payload.key
    assert "mark" not in "".join(payload.fields)
    assert b"CW-" not in payload.body


@settings(max_examples=60, deadline=None)
@given(typed, st.booleans())
def test_an_identified_notice_holds_the_words_of_those_named_alone(typed, linked):
    """The one victim's identity leaves; the other victim's, the witness's and the perpetrator's do not."""
    marks = Marks(typed)
    case = a_marked_case(marks, linked)
    body = notice(case, identified(ground("v1"))).body

    assert marks.in_(body, "v1") == {"name", "address", "postcode", "telephone", "email", "language"}
    for others in ("v2", "p1", "w1", "case", "office", "incident"):
        assert marks.in_(body, others) == set()


@settings(max_examples=60, deadline=None)
@given(typed)
def test_each_person_with_grounds_adds_their_own_words_and_no_more(typed):
    """With everybody named the account for the partnership goes too. What happened, who received it, why it was
    late and who was told do not."""
    marks = Marks(typed)
    case = a_marked_case(marks, linked=True)
    body = notice(case, identified(*(ground(id) for id in ("v1", "v2", "p1", "w1")))).body

    assert marks.in_(body, "v2") == {"name", "address", "postcode", "telephone", "email", "language"}
    assert marks.in_(body, "p1") == {"name", "address", "postcode"}
    assert marks.in_(body, "w1") == {"name", "telephone", "email"}
    assert marks.in_(body, "incident") == {"account", "police_reference"}
    assert marks.in_(body, "case") == marks.in_(body, "office") == set()


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(["v1", "v2", "p1", "w1"]), min_size=1), st.sampled_from(list(c.WitnessUse)))
def test_nobody_without_grounds_is_ever_named(named, use):
    """Any mixture of grounds: a victim among them or nothing leaves, and names only of those in it."""
    case = a_case()
    case = replace(case, people=tuple(replace(x, evidence_use=use) for x in case.people))
    try:
        body = notice(case, identified(*(ground(id) for id in sorted(named)))).body
    except NeedsAPerson:
        assert not named & {"v1", "v2"}
        return
    allowed = named if use is c.WitnessUse.WILLING else named - {"w1"}
    assert {x.id for x in case.people if (x.name or "").encode() in body} == allowed


def test_the_marks_reach_every_text_cell():
    """Were a cell left unmarked, the proofs above would say nothing of it."""
    marks = Marks("")
    a_marked_case(marks, linked=True)

    assert {"name", "address", "contact_notes", "landlord"} <= marks.of["v1"].keys()
    assert {"what_happened", "account", "received_by", "police_contact"} <= marks.of["incident"].keys()
    assert {"officer", "supervisor", "area"} <= marks.of["case"].keys()
    assert {"scope", "withhold", "lawful_basis", "reason"} <= marks.of["office"].keys()
    assert all(issubclass(kind, Row) for kind in (Incident, Person, Diversity))
