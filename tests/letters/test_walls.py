"""The walls: no letter to the other side, or to anybody beside the case, leads to a victim, a witness or a reporter.

By type: what each of these readers' facts may hold is written down here, name by name. By value: on a case where every
cell about those who were harmed, who saw it or who told us is marked, no letter to these readers shows a mark.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from accused import (
    NOW,
    TOLD,
    K,
    Result,
    a_guardian,
    a_meeting,
    a_repair,
    a_tenant,
    accused,
    aged,
    made,
    ready,
    says,
    writing,
)  # fmt: skip
from letter_cases import REPORTED, a_victim
from spoken import spoken

from automations.letters import Draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AUDIENCES, Facts
from automations.letters.template import template
from automations.model import Case, Contact, Incident, Person, Rehousing, Review, Row
from schema import choices as c

COMMON = {
    "landlord.name", "landlord.address", "landlord.telephone", "landlord.email", "landlord.neutral_sender",
    "landlord.out_of_hours", "landlord.logo", "reference", "recipient_name", "recipient_address", "officer.name",
    "officer.job_title", "officer.office", "officer.email", "officer.telephone", "officer.mobile", "dated",
}  # fmt: skip
MEETING = {"meeting.on", "meeting.time", "meeting.place"}
WALLED = {
    "perpetrator": {"is_the_tenant", "missed", "missed_on", "refused", "met_on", "words", "work", "cost", "proved_on",
                    *MEETING},
    "tenant": {"resident", "instead_of_a_child", "tenancy_only", "missed", "refused", "words", *MEETING},
    "guardian": {"young_person", "words", *MEETING},
    "neighbour": {"words"},
    "contractor": {"work", "place", "inside", "due_on", "due_time", "late", "way_in", "words", "photographed"},
}  # fmt: skip
"""What each of them may be told, and nothing else. `words`, `way_in` and the two places an officer writes for them."""
MAY_KNOW = {"victim", "witness", "agency", "landlord", "staff", "area"}
"""Readers who may know something of somebody harmed, each by rules of their own."""
PLAIN = {str, bool, date, Path, NoneType}


def leaves(hint: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every fact that a type of facts leads to, through whatever it holds, with what kind of value it is."""
    if get_origin(hint) in {Union, UnionType, tuple}:
        for each in get_args(hint):
            if each is not Ellipsis:
                yield from leaves(each, path)
    elif is_dataclass(hint):
        for name, inner in get_type_hints(hint).items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    else:
        yield path, hint


def over_the_wall(kind: type[Facts], allowed: set[str]) -> list[str]:
    """The facts that this reader must not have: of no plain kind, or not on the list."""
    return sorted({path for path, hint in leaves(kind) if hint not in PLAIN or path not in COMMON | allowed})


def test_every_reader_is_on_one_side_of_the_wall_or_the_other():
    """A new reader is walled until somebody decides what they may know."""
    readers = set(AUDIENCES)
    assert readers >= set(WALLED)
    assert readers <= set(WALLED) | MAY_KNOW
    assert not set(WALLED) & MAY_KNOW


@pytest.mark.parametrize("audience", WALLED)
def test_no_path_leads_to_anybody_harmed(audience: str):
    """HC-060b, HC-076, HC-090: the list above is the whole of it, and every fact of it is there."""
    kind = AUDIENCES[audience]
    assert over_the_wall(kind, WALLED[audience]) == []
    names = {path for path, _ in leaves(kind)}
    assert names == COMMON | WALLED[audience]


@dataclass(frozen=True, kw_only=True)
class Leaks(Facts):
    """What must never be."""

    words: tuple[str, ...]
    victim: Person
    incidents: tuple[Incident, ...] = ()
    witness_name: str | None = None


def test_the_walk_sees_a_person_an_incident_and_a_name():
    """Wherever they hide: in a fact of their own, or in one of several."""
    seen = over_the_wall(Leaks, {"words"})
    assert {"victim.name", "incidents.what_happened", "witness_name"} <= set(seen)
    assert "words" not in seen


def test_the_walk_goes_through_every_reader_that_there_is():
    """A victim's facts would not pass: the list is one that something can fail."""
    assert over_the_wall(AUDIENCES["victim"], set())
    for kind in AUDIENCES.values():
        assert not COMMON - {path for path, _ in leaves(kind)}


MARK = "Qzq"
NUMBERS = count(1)
YEARS = {1931, 1932, 1933}
"""No letter is of these years."""


def marked(row: Any, *kept: str) -> Any:
    """The row with a mark of its own in each cell of words, but for those that are written for one of these readers."""
    hints = get_type_hints(type(row))
    cells = {
        f.name: f"{MARK}{next(NUMBERS)}"
        for f in fields(row)
        if hints[f.name] == str | None and not f.name.endswith("_id") and f.name not in ("key", *kept)
    }
    return replace(row, **cells)


def harmed(id: str, role: c.PersonRole) -> Person:
    """Somebody of that part, every cell of whose row is marked."""
    return marked(a_victim(id=id, role=role, born_on=date(1931, 2, 3), large_print=False), "language")


def marked_case(*others: Person) -> Case:
    """A case on which those letters can be made, with marks wherever somebody harmed may be spoken of."""
    case = ready(a_victim(), *others)
    incident = replace(
        marked(case.incidents[0]), happened_at=datetime(1932, 2, 3, tzinfo=UTC), witness_ids=("witness-1",),
        reporter=c.Reporter.WITNESS, because_of=tuple(c.Strand), kinds=tuple(c.IncidentType),
    )  # fmt: skip
    people = (harmed("victim-1", c.PersonRole.VICTIM), harmed("witness-1", c.PersonRole.WITNESS),
              harmed("reporter-1", c.PersonRole.REPORTER), harmed("other-1", c.PersonRole.OTHER), *others)  # fmt: skip
    theirs = [
        a_meeting(Result.HELD, NOW, id=f"x-{kind}", with_=kind, person_id=who, place=f"{MARK}{next(NUMBERS)}")
        for kind, who in ((c.InterviewKind.VICTIM, "victim-1"), (c.InterviewKind.WITNESS, "witness-1"))
    ]
    way_in = "A key is at our office."
    repair = a_repair(where=c.Where.INSIDE, occupier_agrees=c.YesNo.YES, way_in=way_in)
    others_rows = {
        "contacts": (Contact(id="contact-1", created_at=REPORTED, person_id="victim-1"),),
        "reviews": (Review(id="review-1", created_at=REPORTED),),
        "rehousing": (Rehousing(id="rehousing-1", created_at=REPORTED, person_id="victim-1"),),
    }
    return replace(
        case, people=people, incidents=(incident,),
        consents=tuple(marked(x, "organisation") for x in case.consents),
        interviews=(*(marked(x, "place") for x in case.interviews), *map(marked, theirs)),
        repairs=(marked(repair, "place_of_work", "way_in", "not_needed"),),
        letters=tuple(map(marked, case.letters)), approvals=tuple(map(marked, case.approvals)),
        **{name: tuple(map(marked, rows)) for name, rows in others_rows.items()},
    )  # fmt: skip


def shows_a_mark(text: str) -> bool:
    words = {str(x) for x in (*c.Strand, *c.IncidentType)}
    return MARK in text or any(str(year) in text for year in YEARS) or any(word in text for word in words)


def everything_in(word: bytes) -> str:
    """Every part of a Word file, its properties too."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist())


TO = {"perpetrator": "perpetrator-1", "tenant": "tenant-1", "guardian": "guardian-1"}
LETTERS = [(kind, said) for kind, entry in CATALOGUE.items()
           if (said := template(entry.template, "en").audience) in WALLED]  # fmt: skip
ROW = {"addressed_to": "Mending & Sons", "address": "20 Workshop Yard, Sampletown ZZ2 2ZZ"}


def test_every_letter_of_theirs_is_walked():
    """Each kind on the other side and beside the case: 14 of them."""
    assert len(LETTERS) == 14
    assert {audience for _, audience in LETTERS} == set(WALLED)


@pytest.mark.parametrize(("kind", "audience"), LETTERS)
def test_no_letter_to_them_shows_anything_of_anybody_harmed(kind: c.LetterKind, audience: str):
    """HC-060b, HC-076, HC-090, HC-093: the words, the page as it is read aloud, and all that a Word draft holds."""
    for others in ((accused(),), (aged(15), a_tenant(), a_guardian())):
        case, to = marked_case(*others), TO.get(audience)
        if to and case.person(to) is None:
            continue
        letter = made(case, kind, to, TOLD, **ROW)
        assert isinstance(letter, Draft), letter
        text = says(writing(case, kind, to, TOLD, **ROW), kind)
        assert not shows_a_mark(text + spoken(letter.render()) + letter.file_name)
        assert MARK not in everything_in(letter.render_word())


def test_the_same_walk_finds_the_marks_in_the_victims_own_letter():
    """So that the test above is of something: the name in the words, the address in the window."""
    case = marked_case(accused())
    victim = case.victims[0]
    case = replace(case, people=tuple(replace(p, postcode="ZZ1 4ZZ") for p in case.people))
    letter = made(case, K.ACKNOWLEDGEMENT, "victim-1")
    assert isinstance(letter, Draft), letter
    aloud = spoken(letter.render())
    assert shows_a_mark(says(writing(case, K.ACKNOWLEDGEMENT, "victim-1"), K.ACKNOWLEDGEMENT))
    assert victim.name in aloud
    assert victim.name in everything_in(letter.render_word())
    assert victim.address in aloud


def test_every_cell_of_words_about_them_is_marked():
    """Of each victim, witness, reporter and incident: no cell of words was forgotten, and no two are alike."""
    case = marked_case(accused())
    rows: list[Row] = [p for p in case.people if p.role is not c.PersonRole.PERPETRATOR]
    seen: list[str] = []
    for row in (*rows, *case.incidents):
        hints = get_type_hints(type(row))
        for f in fields(row):
            if hints[f.name] == str | None and f.name not in ("key", "language"):
                seen.append(getattr(row, f.name))
    assert all(value.startswith(MARK) for value in seen)
    assert len(seen) == len(set(seen)) > 30
