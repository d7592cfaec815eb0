"""Stories: a report that belongs to an open case becomes a further incident there, with its own clocks and answers."""

from collections.abc import Mapping
from typing import Any

import pytest

from automations.calendar import LONDON
from automations.ports import Record
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")

FIRST, SECOND = "CW-2026-0001", "CW-2026-0002"
THE_MAN = {"Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OURS}


def two_reports(**second: Any) -> HarbourRow:
    """One on Wednesday, and one two days later by the same victim about somebody else."""
    house = HarbourRow("2026-11-18 09:00")
    house.report(**THE_MAN, **{"Speak to the alleged perpetrator": c.Answer.YES, "Tell the partnership": c.Answer.YES})
    house.go_to("2026-11-20 09:00")
    told = {"Alleged perpetrator's name": "Another Placeholder", "Kind of incident": (c.IncidentType.THREAT,),
            "Children at risk": c.YesNo.YES, "Police know": c.PoliceTold.YES, "Police reference": "PR/1",
            "Tell the partnership": c.Answer.YES, "Speak to the alleged perpetrator": c.Answer.YES}  # fmt: skip
    house.report(**(told | second))
    return house


def case(house: HarbourRow, reference: str) -> Record:
    return house.only("Cases", reference=reference)


def says(house: HarbourRow, reference: str) -> str:
    return str(case(house, reference).fields["What needs a person"] or "")


def attach(house: HarbourRow, source: str = SECOND, to: str | None = FIRST, triage: c.Triage = c.Triage.ATTACH) -> None:
    house.staff_write("coral", "Cases", case(house, source).id, triage=triage, attach_to=to)


def action(house: HarbourRow, reference: str, step: str, about: str = "") -> Mapping[str, Any]:
    [found] = [
        r.fields for r in house.platform.records("Actions")
        if str(r.fields["Key"]).startswith(f"{reference}/{step}") and about in str(r.fields["About"])
    ]  # fmt: skip
    return found


def rows(house: HarbourRow, table: str, reference: str) -> list[Mapping[str, Any]]:
    return [r.fields for r in house.platform.find(table, "Case", [case(house, reference).id])]


def test_an_attached_report_is_a_further_incident_with_clocks_of_its_own() -> None:
    """HC-105, HC-106, HC-042, R-02: reported on Friday, so the interview is due on Saturday; the old clock runs on."""
    house = two_reports()
    attach(house)

    [_, further] = rows(house, "Incidents", FIRST)
    assert further["Key"] == f"{FIRST}/incident-from-{SECOND}"
    assert (further["Number"], further["Kind of incident"]) == (2, (c.IncidentType.THREAT,))
    assert (further["Police know"], further["Police reference"]) == (c.PoliceTold.YES, "PR/1")
    due = action(house, FIRST, "interview_victim", "Incident 2")["Due at"]
    assert f"{due.astimezone(LONDON):%a %d %b %H:%M}" == "Sat 21 Nov 09:00"
    assert action(house, FIRST, "interview_victim", "Incident 1")["State"] == c.ActionState.OPEN
    assert action(house, FIRST, "safeguarding_report", "Incident 2")["State"] == c.ActionState.ALERT
    assert action(house, FIRST, "log_case", "Incident 2")["State"] == c.ActionState.DONE
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "initial_report_form"][2:]
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.NOT_NEEDED
    assert SECOND in action(house, SECOND, "interview_victim")["Key"]
    assert FIRST in str(action(house, SECOND, "interview_victim")["Why"])
    assert [r.fields["Case reference"] for r in house.platform.records("Reports")] == [FIRST, FIRST]


def test_the_victim_is_the_same_and_whoever_is_new_is_entered() -> None:
    """HC-011, HC-105: nobody is entered twice, and the new alleged perpetrator hangs from the new incident only."""
    house = two_reports()
    attach(house)
    people = [(p["Name"], p["Role"]) for p in rows(house, "People", FIRST)]
    assert people == [
        ("Sample Person", c.PersonRole.VICTIM), ("Person Placeholder", c.PersonRole.PERPETRATOR),
        ("Another Placeholder", c.PersonRole.PERPETRATOR),
    ]  # fmt: skip
    [first, further] = rows(house, "Incidents", FIRST)
    assert further["Victims"] == first["Victims"]
    assert len({*first["Alleged perpetrators"], *further["Alleged perpetrators"]}) == 2
    again = two_reports(**THE_MAN)
    attach(again)
    [first, further] = rows(again, "Incidents", FIRST)
    assert further["Alleged perpetrators"] == first["Alleged perpetrators"]


def test_a_yes_is_for_that_incident_and_person_and_a_no_for_all() -> None:
    """HC-107, R-12, R-13: the answers of the new report are rows of the case."""
    house = two_reports(**{"Refer to the police": c.Answer.NO})
    attach(house)
    new = {r["Option"]: r for r in rows(house, "Consents", FIRST) if "/incident-from-" in str(r["Key"])}
    [_, further] = house.platform.find("Incidents", "Case", [case(house, FIRST).id])
    spoken = new[c.Option.PERPETRATOR]
    assert (spoken["Answer"], spoken["Given by"], spoken["Incident"]) == (
        c.Answer.YES, c.GivenBy.VICTIM, (further.id,),
    )  # fmt: skip
    assert spoken["About"] == further.fields["Alleged perpetrators"]
    assert (new[c.Option.POLICE]["Answer"], new[c.Option.POLICE]["Incident"]) == (c.Answer.NO, ())
    assert c.Option.SUPPORT not in new, "nobody was asked"


def test_a_yes_of_somebody_who_cannot_be_told_to_be_the_victim_is_asked_again() -> None:
    """HC-107, R-12: a no counts whoever it was; a victim who is named and new is entered as one."""
    house = two_reports(victims_name=None, postcode="ZZ1 4AB", **{"Refer to the police": c.Answer.NO})
    attach(house)
    new = {r["Option"]: r for r in rows(house, "Consents", FIRST) if "/incident-from-" in str(r["Key"])}
    assert (new[c.Option.CDRP]["Answer"], new[c.Option.CDRP]["Given by"]) == (c.Answer.NOT_ASKED, None)
    assert new[c.Option.POLICE]["Answer"] == c.Answer.NO

    other = two_reports(victims_name="Sibling Person")
    attach(other)
    [first, further] = rows(other, "Incidents", FIRST)
    assert not set(first["Victims"]) & set(further["Victims"])
    given = {r["Victim"] for r in rows(other, "Consents", FIRST) if "/incident-from-" in str(r["Key"])}
    assert given == {further["Victims"]}


def test_attaching_is_done_once_and_cells_of_staffs_stay_theirs() -> None:
    """HC-105: level-triggered; a second pass and a new runner change nothing."""
    house = two_reports()
    attach(house)
    [_, further] = house.platform.find("Incidents", "Case", [case(house, FIRST).id])
    house.staff_write("amber", "Incidents", further.id, children_at_risk=c.YesNo.NO)
    told = house.only("Developments", key=f"{SECOND}/attached/{FIRST}").fields
    assert (told["Happened at"], told["Detail"]) == (house.now, f"It goes on in {FIRST}.")
    house.restart()
    house.wait(minutes=6)
    house.wait(minutes=6)
    assert house.runner.once(sweep=True).effects == 0
    assert house.only("Incidents", key=f"{FIRST}/incident-from-{SECOND}").fields["Children at risk"] == c.YesNo.NO
    assert len(house.platform.records("Incidents")) == 3


def test_a_quick_pass_attaches_it_too() -> None:
    """HC-105: nobody waits for the next look at everything."""
    house = two_reports()
    with house.platform.as_user("coral@harbour-row.example"):
        cells = {"Triage": c.Triage.ATTACH, "Attach to": f" {FIRST.lower()} "}
        house.platform.update("Cases", [(case(house, SECOND).id, cells)])
    house.runner.once()
    assert action(house, FIRST, "interview_victim", "Incident 2")["State"] == c.ActionState.OPEN
    assert case(house, FIRST).fields["Linked case"] == SECOND
    assert case(house, SECOND).fields["Linked case"] == FIRST


def test_triage_changed_back_brings_everything_back_and_the_history_stays() -> None:
    """HC-105, R-10: and once more the other way."""
    house = two_reports()
    attach(house)
    attach(house, triage=c.Triage.HATE)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN
    assert action(house, FIRST, "interview_victim", "Incident 2")["State"] == c.ActionState.NOT_NEEDED
    assert [r.fields["Case reference"] for r in house.platform.records("Reports")] == [FIRST, SECOND]
    assert f"{FIRST}/incident-from-{SECOND}" in [r["Key"] for r in rows(house, "Incidents", FIRST)]
    attach(house)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.NOT_NEEDED
    assert action(house, FIRST, "interview_victim", "Incident 2")["State"] == c.ActionState.OPEN


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (None, "say in Attach to which case it belongs to"),
        ("CW-2026-9999", "no case has the reference in Attach to"),
        (SECOND, "Attach to names this case itself"),
    ],
)
def test_what_cannot_be_attached_says_so_and_every_clock_runs(to: str | None, sentence: str) -> None:
    """HC-105, R-19: the right reference attaches it."""
    house = two_reports()
    attach(house, to=to)
    assert sentence in says(house, SECOND)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN
    attach(house)
    assert sentence not in says(house, SECOND)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.NOT_NEEDED


def test_no_chain_is_made() -> None:
    """HC-105: neither to a case that is part of another, nor of one that has taken another in."""
    house = two_reports()
    house.report()
    attach(house)
    attach(house, source="CW-2026-0003", to=SECOND)
    assert f"{SECOND} is part of another case itself" in says(house, "CW-2026-0003")
    attach(house, source="CW-2026-0003", to=None, triage=c.Triage.HATE)
    attach(house, source=FIRST, to="CW-2026-0003")
    assert "it has several incidents" in says(house, FIRST)
    assert action(house, FIRST, "interview_victim", "Incident 2")["State"] == c.ActionState.OPEN


def test_a_duplicate_asks_for_nothing_and_its_report_names_the_original() -> None:
    """Nothing else of it goes anywhere."""
    house = two_reports()
    attach(house, triage=c.Triage.DUPLICATE)
    assert action(house, SECOND, "interview_victim")["Why"] == f"Triage: duplicate report ({FIRST})."
    assert [r.fields["Case reference"] for r in house.platform.records("Reports")] == [FIRST, FIRST]
    assert len(rows(house, "Incidents", FIRST)) == 1
    attach(house, to=None, triage=c.Triage.DUPLICATE)
    assert "say in Attach to" in says(house, SECOND)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN


def test_a_report_after_closing_is_a_case_of_its_own_linked_both_ways() -> None:
    """HC-105, R-23: its answers are asked afresh; one attached before the closing stays attached."""
    house = two_reports()
    first = case(house, FIRST).id
    house.close(Case=(first,))
    house.wait(hours=1)
    attach(house)
    assert f"{FIRST} is closed: this is a case of its own" in says(house, SECOND)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN
    attach(house, triage=c.Triage.HATE)
    assert "closed" not in says(house, SECOND)
    assert (case(house, FIRST).fields["Linked case"], case(house, SECOND).fields["Linked case"]) == (SECOND, FIRST)
    assert len(house.platform.find("Incidents", "Case", [first])) == 1

    before = two_reports()
    attach(before)
    before.close(Case=(case(before, FIRST).id,))
    before.wait(hours=1)
    assert action(before, SECOND, "interview_victim")["State"] == c.ActionState.NOT_NEEDED
    assert "closed" not in says(before, SECOND)
