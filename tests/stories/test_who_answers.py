"""Stories: who answers for a case is worked out from the office base each time, never from a name on the case."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs, two_cases

pytestmark = pytest.mark.usefixtures("plain_letters")
PLACE = ("Officer", "Supervisor", "Area", "Division")
EAST = ("Amber Testwood", "Coral Mockford", "Harbour East", c.Division.ENGLAND_AND_WALES)
WEST = ("Basil Sampleton", "Coral Mockford", "Kirkinlea", c.Division.SCOTLAND)


def stands(house: HarbourRow) -> tuple[Any, ...]:
    return tuple(house.only("Cases").fields[name] for name in PLACE)


def test_an_area_or_officer_typed_over_is_put_back_and_nothing_goes_elsewhere() -> None:
    """R-26, HC-004, HC-052: the notice goes to the partnership of the postcode's area alone."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.NO)
    house.staff_write("amber", "Cases", house.only("Cases").id, area="Kirkinlea", division=c.Division.SCOTLAND,
                      officer="Ambr Testwod", supervisor=None)  # fmt: skip
    assert stands(house) == EAST
    house.east.down = False
    house.wait(hours=2)
    assert (len(house.east.notices), len(house.west.notices)) == (1, 0)


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"Postcode": "ZZ9 1AA"}, WEST),
        ({"Postcode": "QQ1 1QQ", "Alleged perpetrator's address": "3 Sample Wynd, Kirkinlea ZZ9 1AA"}, WEST),
        ({"Postcode": None, "Postcode of the incident": "zz91aa"}, WEST),
        ({"Postcode": None, "Area": "Kirkinlea"}, WEST),
        ({"Postcode": "ZZ1 4AB", "Postcode of the incident": "ZZ9 1AA", "Area": "Kirkinlea"}, EAST),
    ],
)
def test_where_the_victims_home_tells_nothing_another_address_on_the_case_does(
    cells: dict[str, Any], where: tuple[Any, ...]
) -> None:
    """HC-004, A-34: the victim's home first, then the alleged perpetrator's, the incident's, the area named."""
    house = HarbourRow()
    house.report(**cells)
    assert stands(house) == where


def test_where_no_patch_fits_the_area_stands_as_the_report_named_it_and_no_notice_leaves() -> None:
    """HC-052, R-14: unknown is shut for disclosure, for statistics too; a postcode opens it."""
    house = HarbourRow()
    east = next(r for r in house.platform.records("Areas") if r.fields["Area"] == "Harbour East")
    house.platform.create("Patches", [{"Patch": "Quay", "Postcodes": "ZZ3", "Area": (east.id,)}])
    house.report(postcode=None, area="Harbour East", tell_the_partnership=c.Answer.YES)
    house.go_to("2026-12-08 10:00")
    assert stands(house)[2] == "Harbour East"
    assert "The report has no postcode" in needs(house)
    assert "No postcode is on the case" in str(house.only("Referrals").fields["Why"])
    assert not house.east.notices
    house.staff_write("amber", "People", house.only("People").id, postcode="ZZ1 4AB")
    assert len(house.east.notices) == 1
    assert stands(house) == EAST


def test_a_patchs_new_officer_and_supervisor_take_over_its_open_cases_and_no_closed_one() -> None:
    """2.0, HC-004, HC-005."""
    house, _, closed = two_cases()
    house.wait(days=5)
    house.close(Case=(closed,))
    staff = {str(r.fields["Name"]): r.id for r in house.platform.records("Staff")}
    new = {"Officer": (staff["Basil Sampleton"],), "Supervisor": (staff["Dahlia Fictionby"],)}
    house.platform.update("Patches", [(house.platform.records("Patches")[0].id, new)])
    house.wait(minutes=5)
    assert [r.fields["Officer"] for r in house.platform.records("Cases")] == ["Basil Sampleton", "Amber Testwood"]
    assert [r.fields["Supervisor"] for r in house.platform.records("Cases")] == ["Dahlia Fictionby", "Coral Mockford"]
    assert house.platform.records("Actions")[0].fields["Officer"] == "Basil Sampleton"


def test_of_two_staff_of_one_name_the_one_of_the_patch_is_told_and_signs() -> None:
    """HC-006, HC-024."""
    house = HarbourRow()
    twin = {"Name": "Basil Sampleton", "E-mail": "basil2@harbour-row.example", "Role": c.StaffRole.OFFICER,
            "Telephone": "01632 960999", "Job title": "Housing Officer", "Office address": "x"}  # fmt: skip
    [twin_id] = house.platform.create("Staff", [twin])
    house.platform.update("Patches", [(house.platform.records("Patches")[0].id, {"Officer": (twin_id,)})])
    house.report()
    told = {to for to, _, _ in house.mail.sent}
    assert "basil2@harbour-row.example" in told
    assert "basil@harbour-row.example" not in told
    assert house.only("Letters").fields["State"] == c.LetterState.DRAFT
