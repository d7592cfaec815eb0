"""Stories: the policy reviewed, staff briefed after it, new staff briefed, each trained for their role."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from automations.calendar import LONDON
from schema import choices as c
from tests.house import HarbourRow

STATE, KIND = c.ActionState, c.TrainingKind


def owed(house: HarbourRow, key: str) -> Mapping[str, Any]:
    house.run()
    return house.only("Actions", key=key).fields


def due(row: Mapping[str, Any], cell: str = "Due at") -> date:
    return row[cell].astimezone(LONDON).date()


def policy_reviewed(house: HarbourRow, who: str = "ivy", on: date | None = None) -> str:
    return house.staff_write(who, "Policy reviews", review="A review", reviewed_on=on or house.now.date())


def trained(house: HarbourRow, whose: str, kind: KIND, on: date | None = None, **cells: Any) -> str:
    return house.staff_write("dahlia", "Training", member_of_staff=whose, kind=kind, done_on=on, **cells)


def staff(house: HarbourRow) -> list[str]:
    return [str(r.fields["Name"]) for r in house.platform.records("Staff") if not r.fields["Has left"]]


def missing(house: HarbourRow, table: str, id: str) -> str:
    return str(house.platform.get(table, [id])[0].fields["What is missing"] or "")


def test_the_policy_is_reviewed_within_three_years_and_the_wait_shows_from_two() -> None:
    """HC-143, A-25: without any review the step waits and says what to enter."""
    house = HarbourRow()
    first = owed(house, "policy_review/1")
    assert first["State"] == STATE.WAITING
    assert "operations director enters" in str(first["Why"])

    house.go_to("2026-11-20 10:00")
    policy_reviewed(house)
    assert owed(house, "policy_review/1")["State"] == STATE.DONE
    following = owed(house, "policy_review/2")
    assert (due(following), due(following, "Warn at")) == (date(2029, 11, 20), date(2028, 11, 19))
    house.go_to("2028-11-18 10:00")
    assert owed(house, "policy_review/2")["Status"] == "Due"
    house.go_to("2028-11-20 10:00")
    assert owed(house, "policy_review/2")["Status"] == "Due soon"
    house.go_to("2029-11-21 10:00")
    assert owed(house, "policy_review/2")["Status"] == "Overdue"
    policy_reviewed(house)
    assert owed(house, "policy_review/2")["State"] == STATE.DONE_LATE
    assert due(owed(house, "policy_review/3")) == date(2032, 11, 21)


@pytest.mark.parametrize(("who", "counts"), [("ivy", True), ("fern", False), ("dahlia", False), ("stranger", False)])
def test_only_the_operations_directors_review_of_the_policy_counts(who: str, counts: bool) -> None:
    """HC-143, R-25, R-26."""
    house = HarbourRow()
    review = policy_reviewed(house, who)
    assert (owed(house, "policy_review/1")["State"] == STATE.DONE) == counts
    assert ("operations director" in missing(house, "Policy reviews", review)) != counts


def test_everybody_is_briefed_after_a_policy_review() -> None:
    """HC-148: done when the last of them has been; who is left is told by job title, never by name."""
    house = HarbourRow("2026-11-18 09:00")
    review = policy_reviewed(house)
    key = f"staff_briefing/{review}"
    assert due(owed(house, key)) == date(2027, 2, 18)
    *most, last = staff(house)
    trained(house, last, KIND.AFTER_REVIEW, house.now.date() - timedelta(days=1))
    for name in most:
        trained(house, name.upper(), KIND.AFTER_REVIEW, house.now.date())
    assert owed(house, key)["State"] == STATE.OPEN, "one was briefed on the version before"
    told = missing(house, "Policy reviews", review)
    assert told == "Not yet briefed: Lettings Manager, Staff 10."

    house.go_to("2026-12-01 10:00")
    trained(house, "juniper@harbour-row.example", KIND.AFTER_REVIEW, house.now.date())
    assert owed(house, key)["State"] == STATE.DONE
    assert due(owed(house, key), "Done at") == date(2026, 12, 1)
    assert missing(house, "Policy reviews", review) == ""


def test_who_has_left_and_who_began_after_the_review_are_not_waited_for() -> None:
    """HC-147, HC-148: whoever begins later is briefed at induction."""
    house = HarbourRow("2026-11-18 09:00")
    review = policy_reviewed(house)
    for name in staff(house):
        if name not in ("Amber Testwood", "Basil Sampleton"):
            trained(house, name, KIND.AFTER_REVIEW, house.now.date())
    amber, basil = (house.only("Staff", name=n).id for n in ("Amber Testwood", "Basil Sampleton"))
    house.platform.update("Staff", [(amber, {"Has left": True})])
    assert owed(house, f"staff_briefing/{review}")["State"] == STATE.OPEN
    house.platform.update("Staff", [(basil, {"Started on": date(2026, 11, 19)})])
    assert owed(house, f"staff_briefing/{review}")["State"] == STATE.DONE


def test_a_new_member_of_staff_is_briefed_within_a_month_of_starting() -> None:
    """HC-147: from the office base's date, or from the row in Training that says when they began."""
    house = HarbourRow("2026-11-18 09:00")
    house.run()
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "induction_briefing"]
    amber = house.only("Staff", name="Amber Testwood").id
    house.platform.update("Staff", [(amber, {"Started on": date(2026, 11, 16)})])
    row = owed(house, f"induction_briefing/{amber}")
    assert (due(row), row["About"]) == (date(2026, 12, 16), f"Housing Officer, Staff {amber}")
    assert "Amber" not in str(dict(row))
    trained(house, "Amber Testwood", KIND.INDUCTION, date(2026, 11, 17))
    assert owed(house, f"induction_briefing/{amber}")["State"] == STATE.DONE

    basil = house.only("Staff", name="Basil Sampleton").id
    planned = trained(house, "Basil Sampleton", KIND.INDUCTION, started_work_on=date(2026, 11, 2))
    assert due(owed(house, f"induction_briefing/{basil}")) == date(2026, 12, 2)
    house.go_to("2026-12-03 09:00")
    assert owed(house, f"induction_briefing/{basil}")["Status"] == "Overdue"
    house.staff_write("dahlia", "Training", planned, done_on=date(2026, 12, 2))
    assert owed(house, f"induction_briefing/{basil}")["State"] == STATE.DONE, "the last day is in time"


def test_each_is_trained_for_what_their_role_does() -> None:
    """HC-149, HC-150: first complaints for advisers, investigating and monitoring for officers and managers."""
    house = HarbourRow("2026-11-18 09:00")
    house.run()
    ids = {r.fields["Name"]: r.id for r in house.platform.records("Staff")}
    rows = {r.fields["Key"]: r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "role_training"}
    adviser = f"role_training/{ids['Ginger Makebeleigh']}/first_complaints"
    officer = f"role_training/{ids['Amber Testwood']}/investigating"
    managers = [f"role_training/{ids[n]}/investigating"
                for n in ("Basil Sampleton", "Coral Mockford", "Dahlia Fictionby", "Elder Placeholder")]  # fmt: skip
    assert set(rows) == {adviser, officer, *managers}
    assert {due(row) for row in rows.values()} == {date(2027, 2, 18)}

    trained(house, "Amber Testwood", KIND.FIRST_COMPLAINTS, house.now.date())
    assert owed(house, officer)["State"] == STATE.OPEN
    trained(house, "Amber Testwood", KIND.INVESTIGATING, house.now.date())
    trained(house, "Ginger Makebeleigh", KIND.FIRST_COMPLAINTS, house.now.date())
    assert owed(house, officer)["State"] == owed(house, adviser)["State"] == STATE.DONE


def test_training_for_a_role_counts_from_the_start_of_work_where_that_is_later() -> None:
    """HC-150: a date of long ago makes nobody late on the day that Casewatch first sees their role."""
    house = HarbourRow("2026-11-18 09:00")
    amber, basil = (house.only("Staff", name=n).id for n in ("Amber Testwood", "Basil Sampleton"))
    house.platform.update(
        "Staff", [(amber, {"Started on": date(2015, 3, 2)}), (basil, {"Started on": date(2026, 12, 1)})]
    )
    assert due(owed(house, f"role_training/{amber}/investigating")) == date(2027, 2, 18)
    assert due(owed(house, f"role_training/{basil}/investigating")) == date(2027, 3, 1)


def test_of_two_members_of_staff_with_one_name_the_address_says_which() -> None:
    """HC-150: a name that fits two trains neither."""
    house = HarbourRow("2026-11-18 09:00")
    amber, basil = (house.only("Staff", name=n).id for n in ("Amber Testwood", "Basil Sampleton"))
    house.platform.update("Staff", [(basil, {"Name": "Amber Testwood"})])
    row = trained(house, "Amber Testwood", KIND.INVESTIGATING, house.now.date())
    assert "more than one" in missing(house, "Training", row)
    house.staff_write("dahlia", "Training", row, member_of_staff="basil@harbour-row.example")
    assert owed(house, f"role_training/{basil}/investigating")["State"] == STATE.DONE
    assert owed(house, f"role_training/{amber}/investigating")["State"] == STATE.OPEN


def test_a_new_role_asks_for_its_training_from_the_day_it_was_given() -> None:
    """HC-150: and the old role's is not needed any more."""
    house = HarbourRow("2026-11-18 09:00")
    house.run()
    ginger = house.only("Staff", name="Ginger Makebeleigh").id
    house.go_to("2027-03-01 09:00")
    assert owed(house, f"role_training/{ginger}/first_complaints")["Status"] == "Overdue"
    house.platform.update("Staff", [(ginger, {"Role": c.StaffRole.OFFICER})])
    assert due(owed(house, f"role_training/{ginger}/investigating")) == date(2027, 6, 1)
    assert owed(house, f"role_training/{ginger}/first_complaints")["State"] == STATE.NOT_NEEDED


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"member_of_staff": "Nobody Here"}, "nobody, or more than one"),
        ({"done_on": date(2027, 1, 1)}, "Done on is in the future"),
        ({"kind": None}, "Say which kind"),
        ({"member_of_staff": None}, "Say whose"),
    ],
)
def test_a_row_of_training_that_cannot_count_says_why(cells: dict[str, Any], words: str) -> None:
    """HC-149, HC-150: and no rule guesses whom it was for."""
    house = HarbourRow("2026-11-18 09:00")
    told: dict[str, Any] = {"member_of_staff": "Amber Testwood", "kind": KIND.INVESTIGATING,
                            "done_on": date(2026, 11, 17)}  # fmt: skip
    row = house.staff_write("dahlia", "Training", **{k: v for k, v in (told | cells).items() if v is not None})
    assert words in missing(house, "Training", row)
    amber = house.only("Staff", name="Amber Testwood").id
    assert owed(house, f"role_training/{amber}/investigating")["State"] == STATE.OPEN
    house.staff_write("dahlia", "Training", row, **told)
    assert missing(house, "Training", row) == ""
    assert owed(house, f"role_training/{amber}/investigating")["State"] == STATE.DONE


def test_an_unlikely_day_is_told_and_stops_nothing() -> None:
    """R-07, HC-147: a year typed wrong must not keep the rest from being worked out."""
    house = HarbourRow()
    amber = house.only("Staff", name="Amber Testwood").id
    house.platform.update("Staff", [(amber, {"Started on": date(9999, 12, 31)})])
    policy_reviewed(house, on=date(1, 1, 1))
    assert owed(house, "policy_review/1")["State"] == STATE.WAITING
    assert f"Staff {amber}: Started on is in the future" in str(house.only("Run log").fields["Detail"])
