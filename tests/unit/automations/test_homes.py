"""Homes: one home is seen as one however it was typed, and next door is next door."""

from dataclasses import replace

import pytest

from automations.model import Person
from automations.model.homes import may_be_same_home, may_show_home, same_home
from tests.unit.automations.who_and_when import ACCUSED, VICTIM


def lives(at: tuple[str | None, str | None]) -> Person:
    return replace(ACCUSED, address=at[0], postcode=at[1])


HERS = replace(VICTIM, address="12 Example Row", postcode="ZZ1 4AB")
COTTAGE = replace(VICTIM, address="Rose Cottage, Example Lane", postcode="ZZ1 4AB")
FLAT = replace(VICTIM, address="Flat 2, 14 Example Row", postcode="zz14ab")


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        (HERS, ("12 Example Row, ZZ1 4AB", None)), (HERS, ("12 Example Row ZZ14AB", None)),
        (HERS, ("12, EXAMPLE row\nExamplemouth\nzz1  4ab", None)), (HERS, ("12 Example Row", None)),
        (HERS, ("12 Example Row, Examplemouth", "ZZ1 4AB")), (HERS, ("12", "ZZ1 4AB")),
        (HERS, ("12 Exmaple Road", "ZZ1 4AB")), (HERS, ("ZZ1 4AB, 12 Example Rw", None)),
        (replace(HERS, postcode=None), ("12 ExampleRow, Examplemouth, ZZ1 4AB", None)),
        (HERS, ("12 Example Row, ZZ1 4AB", "ZZ1")),
        (COTTAGE, ("Rose Cottage", "ZZ1 4AB")), (COTTAGE, ("Rose Cottage, 3 Example Lane, ZZ1 4AB", None)),
        (FLAT, ("14 Example Row, Flat 2", "ZZ1 4AB")), (FLAT, ("14 Example Row", "ZZ1 4AB")),
    ],
)  # fmt: skip
def test_one_home_is_seen_however_it_was_typed(hers: Person, his: tuple[str, str | None]) -> None:
    """R-18, HC-093: the postcode inside the address, in the cell of its own, or in neither."""
    for one, other in ((hers, lives(his)), (lives(his), hers)):
        assert same_home(one, other)
        assert may_be_same_home(one, other)
        assert may_show_home(one, other)


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        (HERS, ("13 Example Row", "ZZ1 4AB")), (HERS, ("12 Example Row", "ZZ7 7AB")),
        (HERS, ("12 Example Row, ZZ7 7AB", None)), (HERS, ("1 Example Row", "ZZ1 4AB")), (HERS, ("1", None)),
        (HERS, (None, None)), (HERS, ("", " ")), (FLAT, ("Flat 3, 14 Example Row", "ZZ1 4AB")),
        (HERS, ("99 Elsewhere Street", None)),
    ],
)  # fmt: skip
def test_another_home_is_another_home(hers: Person, his: tuple[str | None, str | None]) -> None:
    """R-18: next door, another town, nothing known. A house number is never cut in two."""
    for one, other in ((hers, lives(his)), (lives(his), hers)):
        assert not same_home(one, other)
        assert not may_be_same_home(one, other)


@pytest.mark.parametrize(
    "his", [("Example Row", "ZZ1 4AB"), (None, "zz14ab"), ("ZZ1 4AB", None), ("The Lodge, ZZ1 4AB", None)]
)
def test_one_postcode_and_no_house_number_may_be_one_home(his: tuple[str | None, str | None]) -> None:
    """R-18: unknown is shut for a letter to an alleged perpetrator."""
    assert not same_home(HERS, lives(his))
    assert may_be_same_home(HERS, lives(his))
    assert not may_be_same_home(HERS, lives((his[0].replace("4AB", "4CD") if his[0] else None, "ZZ1 4CD")))


def test_what_a_partner_is_told_gives_away_neither_the_house_nor_its_postcode() -> None:
    """R-15: next door shows the postcode; a postcode typed wrongly still shows the house."""
    assert may_show_home(lives(("13 Example Row, ZZ1 4AB", None)), HERS)
    assert may_show_home(lives(("12 Example Row", "ZZ1 4AX")), HERS)
    assert may_show_home(lives((None, "ZZ1")), replace(HERS, postcode="ZZ1"))
    assert not may_show_home(lives(("13 Example Row", "ZZ7 7AB")), HERS)
    assert not may_show_home(lives((None, None)), HERS)
