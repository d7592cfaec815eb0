"""Stories: every report becomes a case. What it lacks is asked for; what it never said is never assumed."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow, london

pytestmark = pytest.mark.usefixtures("plain_letters")


def taken(**cells: Any) -> HarbourRow:
    house = HarbourRow("2026-11-18 09:00")
    house.report(**cells)
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    return house


def said(house: HarbourRow) -> str:
    return str(house.only("Reports").fields["What needs a person"] or "")


def test_a_whole_report_needs_nobody() -> None:
    assert said(taken()) == ""


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"postcode": "QQ1 1QQ"}, "No patch fits the postcode"),
        ({"postcode": None}, "The report has no postcode"),
        ({"postcode": None, "area": "Harbour Nowhere"}, "The area given is not in the office base"),
        ({"first_reported_at": None}, "First reported at is missing"),
        ({"first_reported_at": london("2026-11-19 09:00")}, "First reported at is later than the report itself"),
        ({"first_reported_at": london("1926-11-18 09:00")}, "First reported at cannot be right"),
        ({"happened_at": london("2026-11-19 09:00")}, "Happened at is in the future"),
        ({"area": "Kirkinlea"}, "the postcode decides"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_clocks_run_from_when_it_was_entered(
    cells: dict[str, Any], sentence: str
) -> None:
    """HC-066: never refused. The officer, or the managers, are told at once."""
    house = taken(**cells)
    assert sentence in said(house)
    assert house.action("interview_victim")["Due at"] == london("2026-11-19 09:00")
    assert house.mail.sent


@pytest.mark.parametrize("postcode", [None, "QQ1 1QQ"])
def test_a_missing_postcode_and_one_that_fits_no_patch_are_two_things(postcode: str | None) -> None:
    """HC-004: on the report, on the case, and on the notice that waits."""
    house = taken(postcode=postcode)
    for words in (said(house), str(house.only("Cases").fields["What needs a person"])):
        assert ("no postcode" in words, "No patch fits" in words) == (postcode is None, postcode is not None)
    why = str(house.only("Referrals").fields["Why"])
    assert ("No postcode" in why) == (postcode is None)


@pytest.mark.parametrize("stated", ["2026-11-19 09:00", "1926-11-18 09:00"])
def test_a_first_report_that_cannot_be_stands_on_the_case_until_somebody_gives_the_reason(stated: str) -> None:
    """R-07: every deadline counts from another moment than the one stated. A possible one says nothing."""
    words = "the report gave a time of the first report that cannot be"
    assert words not in str(taken().only("Cases").fields["What needs a person"])

    house = taken(first_reported_at=london(stated))
    assert words in str(house.only("Cases").fields["What needs a person"])
    told = next(
        r for r in house.platform.records("Developments") if "could not be used" in str(r.fields["Development"])
    )
    assert "First reported at" in str(told.fields["Detail"])
    house.staff_write("amber", "Incidents", house.only("Incidents").id, reason_for_changing_it="A slip of the pen.")
    assert words not in str(house.only("Cases").fields["What needs a person"])


def test_a_report_without_an_officer_goes_to_the_managers_and_moves_when_one_is_named() -> None:
    """HC-006, HC-004."""
    house = taken(postcode="QQ1 1QQ")
    assert house.only("Cases").fields["Officer"] is None
    assert {to.split("@")[0] for to, *_ in house.mail.sent} >= {"elder"}
    house.staff_write("coral", "Cases", house.only("Cases").id, reallocate_to="basil@harbour-row.example")
    assert house.only("Cases").fields["Officer"] == "Basil Sampleton"
    house.staff_write("coral", "Cases", house.only("Cases").id, reallocate_to="nobody@elsewhere.example")
    assert "no member of staff with that address" in str(house.only("Cases").fields["What needs a person"])
    assert house.only("Cases").fields["Officer"] == "Basil Sampleton"


def test_by_the_area_alone_where_it_has_one_patch() -> None:
    house = taken(postcode=None, area="  kirkinlea ")
    assert house.only("Cases").fields["Officer"] == "Basil Sampleton"
    assert house.only("Cases").fields["Division"] == c.Division.SCOTLAND


def test_a_row_typed_in_the_grid_is_taken_only_when_send_is_ticked() -> None:
    house = HarbourRow()
    row = house.staff_write("ginger", "Reports", victims_name="Sample Person", postcode="ZZ1 4AB")
    assert not house.platform.records("Cases")
    house.staff_write("ginger", "Reports", row, send=True)
    assert house.only("Cases").fields["Officer"] == "Amber Testwood"


@pytest.mark.parametrize(
    ("who", "sends"),
    [(c.Reporter.VICTIM, "identified"), (c.Reporter.THIRD_PARTY, None), (c.Reporter.WITNESS, None), (None, None),
     (c.Reporter.ANONYMOUS, "statistical")],
)  # fmt: skip
def test_only_the_victims_own_yes_is_the_victims(who: c.Reporter | None, sends: str | None) -> None:
    """R-21, A-35: somebody else's yes opens nothing, and somebody else's no shuts."""
    house = taken(reporter_is=who, tell_the_partnership=c.Answer.YES)
    assert [b'"form":"%s"' % str(sends).encode() in n for n in house.east.notices.values()] == ([True] if sends else [])
    refused = taken(reporter_is=who, tell_the_partnership=c.Answer.NO)
    assert [b'"form":"statistical"' in n for n in refused.east.notices.values()] == [True]


def anonymous(**cells: Any) -> HarbourRow:
    nothing = {"victims_name": None, "address": None, "Safe ways to contact": None}
    return taken(**({"reporter_is": c.Reporter.ANONYMOUS} | nothing | cells))


def test_an_anonymous_report_is_a_case_with_its_alert_and_no_letter() -> None:
    """HC-024, HC-036, R-21: with nobody to ask, the interview waits and a way to reach the victim is looked for."""
    house = anonymous()
    for step in ("interview_victim", "details_to_victim"):
        assert house.action(step)["State"] == c.ActionState.WAITING
        assert str(house.action(step)["Why"]).startswith("No contact")
    assert house.only("Letters").fields["Document"] == ()
    assert house.mail.sent
    known = anonymous(address="12 Example Row")
    assert known.action("interview_victim")["State"] == c.ActionState.OPEN
    assert not [r for r in known.platform.records("Actions") if r.fields["Step"] == "chase_contact"]


def test_the_search_for_an_unknown_victim_ends_with_a_way_to_reach_them_or_a_try() -> None:
    """HC-036, R-21, A-35: within one working day; when it was found stays as it was first seen."""
    house = anonymous()
    chase = house.action("chase_contact")
    assert (chase["State"], chase["Target"]) == (c.ActionState.OPEN, c.Target.HOUSE)
    assert chase["Due at"] == london("2026-11-19 23:59") + timedelta(seconds=59)
    house.wait(hours=3)
    house.staff_write("amber", "People", house.only("People").id, telephone="01632 960000")
    found = house.now
    house.wait(days=4)
    house.staff_write("amber", "People", house.only("People").id, name="Sample Person")
    chase = house.action("chase_contact")
    assert (chase["State"], chase["Done at"], chase["Reopened why"]) == (c.ActionState.DONE, found, None)
    assert house.action("interview_victim")["State"] == c.ActionState.OPEN

    tried = anonymous()
    tried.staff_write("amber", "Contacts", at=tried.now, result=c.ContactResult.ATTEMPTED)
    assert tried.action("chase_contact")["State"] == c.ActionState.DONE
    assert tried.action("interview_victim")["State"] == c.ActionState.WAITING


def test_a_witness_who_reports_is_a_witness_and_somebody_else_is_not() -> None:
    named = {"Reporter's name": "Somebody Invented"}
    witness, friend = taken(reporter_is=c.Reporter.WITNESS, **named), taken(reporter_is=c.Reporter.THIRD_PARTY, **named)
    assert len(witness.only("Incidents").fields["Witnesses"]) == 1
    assert friend.only("Incidents").fields["Witnesses"] == ()
    assert friend.only("People", name="Somebody Invented").fields["Role"] == c.PersonRole.REPORTER


def test_taken_is_taken_and_a_reference_wiped_out_makes_no_second_case() -> None:
    house = taken()
    house.staff_write("ginger", "Reports", house.only("Reports").id, case_reference=None)
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    assert len(house.platform.records("Cases")) == len(house.platform.records("People")) == 1


def test_numbers_go_on_after_the_highest_of_the_year_and_begin_again_in_the_next() -> None:
    house = taken()
    house.platform.create("Cases", [{"Reference": "CW-2026-0041"}, {"Reference": "CW-2025-0900"},
                                    {"Reference": "CW-2026-odd"}])  # fmt: skip
    house.report()
    house.now = london("2027-01-04 09:00")
    house.report()
    references = [str(r.fields["Reference"]) for r in house.platform.records("Cases")]
    assert references[-2:] == ["CW-2026-0042", "CW-2027-0001"]
