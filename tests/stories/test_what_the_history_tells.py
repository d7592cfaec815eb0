"""Stories: a rule that asks what was there before, or when a cell was filled, asks the audit and not the cell."""

from datetime import timedelta
from typing import Any

import pytest

from automations import refusals
from automations.model import Development
from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import a_case, needs

pytestmark = pytest.mark.usefixtures("plain_letters")
K, H, STATE = c.InterviewKind, c.InterviewResult, c.ActionState
CHANGED = "First reported at was changed without a reason"


def behind_our_back(house: HarbourRow, table: str, id: str | None = None, **cells: Any) -> str:
    """Amber edits while the runner is down."""
    with house.platform.as_user("amber@harbour-row.example"):
        if id is None:
            return house.platform.create(table, [cells])[0]
        house.platform.update(table, [(id, cells)])
    return id


# --- the first report --------------------------------------------------------------------------


def test_the_first_recorded_value_cannot_be_edited_together_with_the_report() -> None:
    """R-07: all clocks still count from what was recorded first."""
    house = a_case()
    row, later = house.only("Incidents").id, london("2026-11-19 14:00")
    house.wait(hours=30)
    house.staff_write("amber", "Incidents", row, first_reported_at=later, first_recorded_as=later)
    assert house.only("Incidents").fields["First recorded as"] == london("2026-11-18 09:00")
    assert house.action("interview_victim")["Status"] == "Overdue"
    assert CHANGED in needs(house)
    house.staff_write("amber", "Incidents", row, reason_for_changing_it="The desk wrote down the wrong day.")
    assert house.action("interview_victim")["Due at"] == london("2026-11-20 14:00")
    assert CHANGED not in needs(house)


def test_a_reason_once_given_does_not_cover_a_later_change() -> None:
    """R-07: each change of the first report has its own reason."""
    house = a_case()
    row = house.only("Incidents").id
    house.wait(hours=1)
    house.staff_write("amber", "Incidents", row, first_reported_at=london("2026-11-18 08:50"),
                      reason_for_changing_it="Told earlier.")  # fmt: skip
    assert house.action("interview_victim")["Due at"] == london("2026-11-19 08:50")
    house.wait(hours=48)
    house.staff_write("amber", "Incidents", row, first_reported_at=london("2026-11-20 09:00"))
    assert house.action("interview_victim")["Status"] == "Overdue"
    assert CHANGED in needs(house)


def test_an_incident_changed_before_the_runner_first_saw_it_keeps_what_it_said_first() -> None:
    """R-07: also while the runner is down."""
    house = a_case()
    told = house.now
    row = behind_our_back(house, "Incidents", **{"Case": (house.only("Cases").id,), "First reported at": told})
    house.now += timedelta(hours=5)
    behind_our_back(house, "Incidents", row, **{"First reported at": house.now - timedelta(hours=1)})
    house.run()
    assert house.platform.get("Incidents", [row])[0].fields["First recorded as"] == told
    assert house.action("interview_victim", "Incident 2")["Due at"] == told + timedelta(hours=24)


# --- another time at the person's wish ---------------------------------------------------------


def moved(house: HarbourRow) -> str:
    cells = {"Case": (house.only("Cases").id,), "With": K.VICTIM, "Result": H.MOVED,
             "Moved to": london("2026-11-21 14:00"), "Person": (house.only("People").id,)}  # fmt: skip
    return behind_our_back(house, "Interviews", **cells)


def test_a_wish_recorded_in_time_counts_though_the_row_was_touched_afterwards() -> None:
    """R-05, HC-053: the runner was down meanwhile."""
    house = a_case()
    house.now += timedelta(hours=5)
    row = moved(house)
    house.now += timedelta(hours=30)
    behind_our_back(house, "Interviews", row, **{"At our office": c.YesNo.YES})
    house.run()
    assert house.action("interview_victim")["Due at"] == london("2026-11-21 14:00")
    assert house.action("interview_victim")["First late at"] is None


def test_a_due_date_that_staff_typed_lets_no_late_wish_count() -> None:
    """R-05."""
    house = a_case()
    house.now += timedelta(hours=30)
    house.run()
    moved(house)
    row = next(r.id for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    house.staff_write("amber", "Actions", row, due_at=london("2026-11-21 14:00"))
    assert house.action("interview_victim")["Due at"] == london("2026-11-19 09:00")
    assert house.action("interview_victim")["Status"] == "Overdue"


@pytest.mark.parametrize(("days", "due", "status"), [(2, "2026-12-16", "Due"), (20, "2026-12-02", "Overdue")])
def test_a_longer_time_between_contacts_counts_from_the_contact_it_was_wished_before(
    days: int, due: str, status: str
) -> None:
    """R-05, A-09, HC-069: wished while the contact was not yet due, it moves it; wished later it does not."""
    house = a_case()
    person = house.only("People").id
    house.staff_write("amber", "Interviews", with_=K.VICTIM, result=H.HELD, happened_at=house.now, person=(person,))
    house.wait(days=days)
    wish = {"Contact every (days)": 28, "Longer interval is the victim's wish": True}
    house.staff_write("amber", "Cases", house.only("Cases").id, **wish)
    assert house.action("victim_contact")["Due at"] == london(f"{due} 23:59:59")
    assert house.action("victim_contact")["Status"] == status
    house.go_to("2026-12-10 10:00")
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE, person=(person,))
    first, second = (r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "victim_contact")
    assert first["State"] == (STATE.DONE if status == "Due" else STATE.DONE_LATE)
    assert second["Due at"] == london("2027-01-07 23:59:59"), "from the next contact on it counts either way"


# --- a victim's no -----------------------------------------------------------------------------

ACCUSED: dict[str, Any] = {
    "Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OURS,
    "Refer to the police": c.Answer.NO, "Police know": c.PoliceTold.NO,
}  # fmt: skip
SPEAK = "Speak to the alleged perpetrator"
AGAIN = "agree a new version of the action plan first"


def asked(answer: c.Answer) -> tuple[HarbourRow, str]:
    """A case whose victim was interviewed and gave that answer to speaking to the alleged perpetrator."""
    house = a_case(**(ACCUSED | {SPEAK: answer}))
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Interviews", with_=K.VICTIM, result=H.HELD, happened_at=house.now, person=(victim,))
    row = next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    return house, row


def say_yes(house: HarbourRow, row: str | None) -> None:
    more: dict[str, Any] = {"answer": c.Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM}
    if row is None:
        more |= {"option": c.Option.PERPETRATOR, "victim": (house.only("People", role=c.PersonRole.VICTIM).id,)}
    house.staff_write("amber", "Consents", row, **more)


def waits_for_a_plan(house: HarbourRow) -> bool:
    """Shut by the earlier no; a new version of the plan opens it."""
    shut = AGAIN in str(house.action("interview_perpetrator")["Why"])
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    assert house.action("interview_perpetrator")["Due at"] is not None
    return shut


def test_the_memory_of_a_no_cannot_be_blanked() -> None:
    """R-13, HC-108."""
    house, row = asked(c.Answer.NO)
    house.wait(hours=1)
    say_yes(house, row)
    house.staff_write("amber", "Consents", row, last_refused_at=None)
    assert house.platform.get("Consents", [row])[0].fields["Last refused at"] is not None
    assert waits_for_a_plan(house)


def test_a_no_that_became_a_yes_while_nobody_looked_is_remembered() -> None:
    """R-13, HC-108: a yes that never was a no waits for nothing."""
    house, row = asked(c.Answer.NOT_ASKED)
    behind_our_back(house, "Consents", row, **{"Answer": c.Answer.NO, "Given at": house.now})
    house.now += timedelta(hours=2)
    behind_our_back(house, "Consents", row, **{"Answer": c.Answer.YES, "Given by": c.GivenBy.VICTIM})
    house.run()
    assert house.platform.get("Consents", [row])[0].fields["Last refused at"] == london("2026-11-18 09:00")
    assert waits_for_a_plan(house)

    never, row = asked(c.Answer.NOT_ASKED)
    say_yes(never, row)
    assert never.action("interview_perpetrator")["Due at"] is not None


def test_a_no_whose_row_was_deleted_is_remembered_by_the_chronology() -> None:
    """R-13, HC-108: a new row with a yes does not forget it. The key names records and the option, nobody's name."""
    house, row = asked(c.Answer.NO)
    house.wait(hours=1)
    house.platform.delete("Consents", row)
    say_yes(house, None)
    keys = [str(r.fields["Key"]) for r in house.platform.records("Developments") if "/refused/" in str(r.fields["Key"])]
    assert any("/refused/perpetrator/victim-1/2026" in key for key in keys)
    assert not any("Sample" in key for key in keys)
    assert waits_for_a_plan(house)


def test_a_no_to_one_organisation_is_not_remembered_against_another() -> None:
    """R-12, R-14: the key marks the organisation without naming it."""
    from tests.unit.automations import made_up as mu

    row = mu.consent(c.Option.SUPPORT, c.Answer.NO, organisation="Sample Helpline")
    key = refusals.key_of(mu.case(), row, mu.NINE)
    keys = (key, "CW-2026-0007/refused/odd", "CW-2026-0007/told")
    case = mu.case(developments=tuple(Development(id=k, created_at=mu.NINE, key=k) for k in keys))

    def known(option: c.Option, organisation: str | None) -> list[Any]:
        return refusals.remembered(case, option, mu.VICTIM, mu.incident(), organisation=organisation, about=None)

    assert known(c.Option.SUPPORT, " sample HELPLINE ") == [mu.NINE]
    assert known(c.Option.SUPPORT, None) == [mu.NINE]
    assert known(c.Option.SUPPORT, "Another Helpline") == []
    assert known(c.Option.CDRP, "Sample Helpline") == []
    assert "Helpline" not in key
