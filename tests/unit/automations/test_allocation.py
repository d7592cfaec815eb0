"""Allocation and postcodes: who answers for a home, and what is said where nobody can tell."""

import pytest

from automations.allocation import allocate
from automations.model import Area, Office, Patch, Staff
from automations.postcodes import begins, parts, written
from schema import choices as c
from tests.unit.automations.who_and_when import NINE

OFFICER = Staff(id="1", created_at=NINE, name="Amber Testwood", email="amber@example.org")
LEFT = Staff(id="2", created_at=NINE, name="Basil Sampleton", email="basil@example.org", has_left=True)
EAST = Area(id="1", created_at=NINE, name="Harbour East", division=c.Division.ENGLAND_AND_WALES)
WEST = Area(id="2", created_at=NINE, name="Kirkinlea", division=None)


def patch(id: str, postcodes: str, officer: str | None = "1", area: str = "1") -> Patch:
    return Patch(id=id, created_at=NINE, name=id, postcodes=postcodes, officer_id=officer, area_id=area)


def office(*patches: Patch) -> Office:
    return Office(staff=(OFFICER, LEFT), areas=(EAST, WEST), patches=patches)


@pytest.mark.parametrize(
    ("typed", "outward", "inward"),
    [("zz1 4ab", "ZZ1", "4AB"), ("ZZ14AB", "ZZ1", "4AB"), (" zz10-4ab ", "ZZ10", "4AB"), ("ZZ1", "ZZ1", ""),
     ("ZZ1 4", "ZZ1", "4"), ("ZZ1A 1BB", "ZZ1A", "1BB"), ("", "", "")],
)  # fmt: skip
def test_a_postcode_in_its_two_halves(typed: str, outward: str, inward: str) -> None:
    assert parts(typed) == (outward, inward)


@pytest.mark.parametrize(
    ("typed", "as_written"),
    [("zz14ab", "ZZ1 4AB"), ("ZZ1  4AB", "ZZ1 4AB"), (" zz1 4ab ", "ZZ1 4AB"), ("zz1a1bb", "ZZ1A 1BB"),
     ("zz1", "ZZ1"), ("not a postcode", "NOT A POSTCODE"), ("", "")],
)  # fmt: skip
def test_a_postcode_is_written_one_way(typed: str, as_written: str) -> None:
    """What is not one is left as somebody typed it: nothing is guessed."""
    assert written(typed) == as_written


@pytest.mark.parametrize(
    ("postcode", "start", "lies"),
    [("ZZ1 4AB", "ZZ", True), ("ZZ1A 1BB", "ZZ", True), ("ZZ1 4AB", "Z", False), ("ZZ1 4AB", "ZZ1", True),
     ("ZZ10 4AB", "ZZ1", False), ("ZZ1 4AB", "ZZ1 4", True), ("ZZ1 1AA", "ZZ11", False), ("ZZ11 1AA", "ZZ1 1", False),
     ("ZZ1 4AB", "zz1 4ab", True), ("ZZ1 4AB", "ZZ14AB", True), ("ZZ1 4AB", "", False), ("", "ZZ1", False),
     ("ZZ1 4", "ZZ14", False)],
)  # fmt: skip
def test_whether_it_lies_under_a_beginning(postcode: str, start: str, lies: bool) -> None:
    assert begins(postcode, start) is lies


def test_the_longest_beginning_wins() -> None:
    """HC-004."""
    who = allocate("ZZ1 4AB", None, office(patch("wide", "ZZ1", "2"), patch("narrow", "ZZ2\nZZ1 4")))
    assert (who.officer, who.area, who.problems) == (OFFICER, EAST, ())


@pytest.mark.parametrize(
    ("postcode", "area", "patches", "said"),
    [
        ("QQ1 1QQ", None, (patch("p", "ZZ1"),), "No patch fits"),
        ("ZZ1 4AB", None, (patch("p", "ZZ1", None),), "The patch has no officer"),
        ("ZZ1 4AB", None, (patch("p", "ZZ1", "2"),), "The patch has no officer"),
        ("ZZ1 4AB", "Nowhere", (patch("p", "ZZ1"),), "not in the office base"),
        ("ZZ1 4AB", "Kirkinlea", (patch("p", "ZZ1"),), "the postcode decides"),
        ("ZZ1 4AB", None, (patch("p", "ZZ1", area="2"),), "bank holidays of England and Wales"),
        (None, "Harbour East", (patch("p", "ZZ1"), patch("q", "ZZ2")), "The report has no postcode"),
    ],
)
def test_what_cannot_be_told_is_said(
    postcode: str | None, area: str | None, patches: tuple[Patch, ...], said: str
) -> None:
    assert any(said in x for x in allocate(postcode, area, office(*patches)).problems)


def test_an_area_with_one_patch_is_enough() -> None:
    who = allocate(None, " harbour  EAST ", office(patch("p", "ZZ1")))
    assert (who.officer, who.problems) == (OFFICER, ())
