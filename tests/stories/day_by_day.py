"""A case day by day: opened, asked when a step is due and how it stands, met, reviewed, checked.

In: a made-up landlord and the words of a step. Out: the landlord's house, a record's id, or what a step shows.
Never here: a test.
"""

from typing import Any

from automations.calendar import LONDON
from schema import choices as c
from tests.house import HarbourRow

Held, Kind = c.InterviewResult, c.InterviewKind
STATE = c.ActionState
ACCUSED = {"Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OURS,
           "Speak to the alleged perpetrator": c.Answer.YES, "Refer to the police": c.Answer.NO,
           "Police know": c.PoliceTold.NO}  # fmt: skip


def a_case(at: str = "2026-11-18 09:00", **cells: Any) -> HarbourRow:
    """A house at that moment in London, with one report whose cells are these."""
    house = HarbourRow(at)
    house.report(**cells)
    return house


def two_cases() -> tuple[HarbourRow, str, str]:
    """A house with the cases of two victims, and the ids of both."""
    house = a_case()
    house.report(victims_name="Other Sample")
    one, two = [r.id for r in house.platform.records("Cases")]
    return house, one, two


def due(house: HarbourRow, step: str, about: str = "", cell: str = "Due at") -> str | None:
    """When a step is due, as London reads it; another cell of time where one is named."""
    at = house.action(step, about)[cell]
    return f"{at.astimezone(LONDON):%a %d %b %H:%M}" if at else None


def status(house: HarbourRow, step: str, about: str = "") -> Any:
    """The platform's own live status of a step."""
    return house.action(step, about)["Status"]


def each_of(house: HarbourRow, step: str) -> list[Any]:
    """The cells of every action of a step, oldest first."""
    return [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == step]


def met(house: HarbourRow, kind: Kind = Kind.VICTIM, result: Held = Held.HELD, **cells: Any) -> str:
    """The officer enters an interview, held now unless the cells say otherwise."""
    who = {Kind.PERPETRATOR: c.PersonRole.PERPETRATOR, Kind.VICTIM: c.PersonRole.VICTIM}[kind]
    person = next(r.id for r in house.platform.records("People") if r.fields["Role"] == who)
    told = {"with_": kind, "result": result, "happened_at": house.now, "person": (person,)}
    return house.staff_write("amber", "Interviews", **(told | cells))


def reviewed(house: HarbourRow, kind: c.ReviewKind = c.ReviewKind.PROGRESS, who: str = "coral", **cells: Any) -> str:
    """A review held now, the supervisor's unless somebody else is named."""
    return house.staff_write(who, "Reviews", **{"kind": kind, "held_at": house.now, "findings": "In hand.", **cells})


def approved(house: HarbourRow, letter: str, who: str = "coral", **cells: Any) -> str:
    """A line manager agrees to a letter as it stands, or decides otherwise; the approval's id."""
    told = {"matter": c.Matter.LETTER, "decision": c.Decision.AGREED, "reason": "It says what it must.", **cells}
    return house.staff_write(who, "Approvals", letter=(letter,), **told)


def checked(house: HarbourRow) -> str:
    """The alleged perpetrator's id, with the checks made and nothing found."""
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES, lives_with_the_victim=c.YesNo.NO)
    house.staff_write("amber", "Tenancy checks", person=(who,), checked_at=house.now, found=(c.Flag.NONE,))
    return who


def needs(house: HarbourRow) -> str:
    """What the case says that a person must do; nothing is an empty text."""
    return str(house.only("Cases").fields["What needs a person"] or "")
