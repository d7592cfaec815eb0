"""Stories: witnesses and interviews. What a witness holds back is marked, and no name stands where a record will do."""

from typing import Any

import pytest

from schema import TABLES
from schema import choices as c
from schema.parts import Kind as Kind_
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, met, status

pytestmark = pytest.mark.usefixtures("plain_letters")
Held, Kind = c.InterviewResult, c.InterviewKind


def witness(house: HarbourRow, **cells: Any) -> str:
    who = house.staff_write("amber", "People", role=c.PersonRole.WITNESS, name="Dora Invented", **cells)
    house.staff_write("amber", "Incidents", house.only("Incidents").id, witnesses=(who,))
    return who


def heard(house: HarbourRow, who: str, **cells: Any) -> str:
    told = {"with_": Kind.WITNESS, "result": Held.HELD, "happened_at": house.now, "person": (who,), **cells}
    return house.staff_write("amber", "Interviews", **told)


def test_a_witness_who_does_not_want_it_used_has_it_marked_everywhere() -> None:
    """HC-080, HC-083: the interview with its statement, and what they gave; no statement is asked for."""
    house = a_case()
    who = witness(house, use_of_evidence=c.WitnessUse.WILLING, support_offered_at=house.now)
    row = heard(house, who)
    proof = house.staff_write("amber", "Evidence", kind=c.EvidenceKind.DIARY, got_at=house.now, person=(who,))
    other = house.staff_write("amber", "Evidence", kind=c.EvidenceKind.DIARY, got_at=house.now)

    def marked() -> dict[str, bool]:
        return {f"{t} {r.id}": bool(r.fields["Not for use"]) for t in ("Interviews", "Evidence")
                for r in house.platform.records(t)}  # fmt: skip

    assert marked() == {f"Interviews {row}": False, f"Evidence {proof}": False, f"Evidence {other}": False}
    assert due(house, "signed_statement") == "Wed 25 Nov 23:59"
    house.staff_write("amber", "People", who, use_of_evidence=c.WitnessUse.UNWILLING)
    assert marked() == {f"Interviews {row}": True, f"Evidence {proof}": True, f"Evidence {other}": False}
    assert house.action("signed_statement")["State"] == STATE.NOT_NEEDED
    house.staff_write("amber", "Evidence", other, may_be_used=c.YesNo.NO)
    assert marked()[f"Evidence {other}"]
    house.staff_write("amber", "People", who, use_of_evidence=c.WitnessUse.WILLING)
    assert not marked()[f"Interviews {row}"]
    assert house.action("signed_statement")["State"] == STATE.OPEN


def test_a_witnesss_interview_is_on_the_chronology_by_record_and_never_by_name() -> None:
    """HC-077, HC-081, HC-082, A-28: with the date, and the step shows it."""
    house = a_case()
    who = witness(house)
    house.wait(hours=4)
    heard(house, who)
    rows = [
        r.fields for r in house.platform.records("Developments") if r.fields["Development"] == "Witness interviewed"
    ]
    assert [(r["Happened at"], r["Detail"]) for r in rows] == [(house.now, f"Incident 1, witness 1, People {who}.")]
    assert "Invented" not in str([r.fields for r in house.platform.records("Developments")])
    assert status(house, "interview_witnesses", "witness 1") == "Done"
    assert due(house, "witness_note") == "Fri 20 Nov 13:00"


def test_an_interpreter_who_is_needed_is_arranged_first_and_the_clock_does_not_wait() -> None:
    """HC-054, HC-056a, R-01."""
    house = a_case()
    who = house.only("People").id
    assert not house.action("interview_victim")["Blocked by"]
    house.staff_write("amber", "People", who, needs_an_interpreter_or_other_help=c.YesNo.YES)
    assert "interpreter" in house.action("interview_victim")["Blocked by"]
    assert due(house, "interview_victim") == "Thu 19 Nov 09:00"
    seen = witness(house, needs_an_interpreter_or_other_help=c.YesNo.YES)
    assert "interpreter" in house.action("interview_witnesses", "witness 1")["Blocked by"]
    for person in (who, seen):
        house.staff_write("amber", "People", person, interpreter_or_other_arrangement="Sample Interpreters, booked.")
    assert not house.action("interview_victim")["Blocked by"]
    assert not house.action("interview_witnesses", "witness 1")["Blocked by"]


def test_the_note_of_a_victims_interview_counts_once_it_says_enough() -> None:
    """HC-056c, HC-057, HC-058, HC-121, A-28."""
    house = a_case()
    house.wait(hours=1)
    row = met(house)
    house.wait(hours=3)
    house.staff_write("amber", "Interviews", row, note_saved_at=house.now)
    assert status(house, "victim_interview_note") == "Due"
    assert f"Interviews {row}: the note counts once" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("amber", "Interviews", row, account="Shouted at the door on Tuesday.", impact="Afraid to go out.")
    assert status(house, "victim_interview_note") == "Done"
    assert "the note counts" not in str(house.only("Cases").fields["What needs a person"])


def test_whom_the_victim_wants_beside_them_stands_on_the_interview_and_holds_up_nothing() -> None:
    """HC-056b."""
    house = a_case()
    row = met(house, present="A friend of the victim's choice.")
    assert house.platform.get("Interviews", [row])[0].fields["Present"] == "A friend of the victim's choice."
    assert status(house, "interview_victim") == "Done"


@pytest.mark.parametrize(
    ("table", "field", "kind"),
    [
        ("Interviews", "Present", Kind_.LONG_TEXT), ("Interviews", "Account", Kind_.LONG_TEXT),
        ("Interviews", "What to do if it happens again", Kind_.LONG_TEXT),
        ("Interviews", "Told that it must not happen again", Kind_.YES), ("Interviews", "Note", Kind_.FILES),
        ("Evidence", "Files", Kind_.FILES), ("Letters", "Document", Kind_.FILES),
    ],
)  # fmt: skip
def test_there_is_room_for_what_was_said_and_for_the_papers(table: str, field: str, kind: Kind_) -> None:
    """HC-056b, HC-056c, HC-056g, HC-091, HC-121: who was there, their words, what was agreed, and the files."""
    assert getattr(TABLES[table].column(field), "kind", None) is kind
