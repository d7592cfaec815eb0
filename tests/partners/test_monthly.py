"""The monthly return: what a partnership that collects by the month is told, and what stays with us."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from partner_cases import ENTERED, LANDLORD, SECRET, a_case

from automations.errors import NeedsAPerson
from automations.model import Area, Case, Diversity
from automations.returns import of_area
from schema import choices as c
from sync.partners.monthly import monthly_return
from sync.partners.packing import Packing
from sync.partners.small_counts import SMALLEST

EAST = Area(id="east", created_at=ENTERED, name="Exampleshire East", division=c.Division.ENGLAND_AND_WALES)
WEST = replace(EAST, id="west", name="Exampleshire West")


def case(number: int, area: Area = EAST, reported=datetime(2026, 10, 5, tzinfo=UTC), **given) -> Case:
    made = a_case(reference=f"CW-2026-{number:04}", first_recorded_as=reported, **given)
    return replace(made, id=f"case-{number}", area_is=area)


def told(cases, month="2026-10", area=EAST, diversity=()):
    return json.loads(monthly_return(of_area(cases, area), area, month, diversity, "Harbour Row Homes").json)


def counts(content, name):
    return {x["code"]: x.get("count") for each in content["breakdowns"] if each["name"] == name for x in each["counts"]}


def test_the_incidents_of_the_area_and_the_month_are_counted_and_no_others():
    """HC-052: by the month in London of the first report; a report of 00:30 on 1 November British time is November's
    and one of 31 October 23:30 October's.
    """
    late = case(7, reported=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    next_month = case(8, reported=datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    summer = case(9, reported=datetime(2026, 9, 30, 23, 30, tzinfo=UTC))  # half past midnight of 1 October
    elsewhere = case(10, WEST)
    content = told([*(case(number) for number in range(1, 6)), late, next_month, summer, elsewhere])

    assert content["incidents"] == 7
    assert counts(content, "strand")["race"] == 7
    assert counts(content, "strand")["disability"] == 0
    assert (content["area"], content["month"], content["sender"]) == (EAST.name, "2026-10", "Harbour Row Homes")


def test_a_small_number_is_held_back_with_what_would_tell_it():
    """Six of race, one of them of disability too: the one is not told, nor what it follows from. A month with four
    incidents tells no number at all: its noughts would tell what the four have in common.
    """
    cases = [case(n, because_of=(c.Strand.RACE,)) for n in range(1, 7)]
    cases.append(case(7, because_of=(c.Strand.DISABILITY,)))
    content = told(cases)

    assert counts(content, "strand")["disability"] is None
    assert counts(content, "strand")["race"] is None
    assert counts(content, "strand")["religion"] == 0
    few = told(cases[:4])
    assert few.get("incidents") is None
    assert {x.get("count") for each in few["breakdowns"] for x in each["counts"]} == {None}


def test_a_place_with_few_incidents_is_not_even_named():
    """Five in one sector are told by its name; the one elsewhere is not."""
    cases = [case(n) for n in range(1, 13)] + [case(n, postcode="ZZ9 9ZZ") for n in range(13, 18)]
    cases.append(case(20, postcode="ZZ5 5ZZ"))
    content = told(cases)

    assert "ZZ5 5" not in json.dumps(content)
    assert "ZZ1 4" in counts(content, "sector")


def test_answers_that_the_partnership_agreed_not_to_be_sent_are_in_no_return():
    """HC-127: six of one sex are told elsewhere. The answers of other months' cases are not even read."""
    cases = [case(n) for n in range(1, 7)] + [case(7, reported=datetime(2026, 9, 5, tzinfo=UTC))]
    asked = []

    def answers(references):
        asked.append(list(references))
        return [Diversity(id=x, created_at=ENTERED, reference=x, whose=c.PersonRole.VICTIM, sex="Female")
                for x in references]  # fmt: skip

    packing = Packing(LANDLORD, SECRET, answers)
    agreed_not = replace(EAST, left_out=(c.FieldGroup.DIVERSITY,))
    told, kept = (json.loads(packing.counts(cases, area, "2026-10").json) for area in (EAST, agreed_not))

    assert counts(told, "victims_sex")["female"] == 6
    assert counts(kept, "victims_sex")["female"] == 0
    assert asked == [[f"CW-2026-{n:04}" for n in range(1, 7)]]


def test_nobody_and_no_case_is_in_it():
    """Neither a name, a reference, an address, a day nor a word of anybody's."""
    made = monthly_return([case(n) for n in range(1, 9)], EAST, "2026-10", (), "Harbour Row Homes")
    everything = made.json + made.csv
    for mark in (b"Sampleton", b"Placeholder", b"Madeup", b"Invented", b"CW-2026", b"Example Street", b"2026-10-05",
                 b"shouted", b"ZZ/0001", b"4ZZ"):  # fmt: skip
        assert mark not in everything


def test_voluntary_answers_are_counted_by_who_was_harmed_and_who_did_it():
    """An answer of another case is not."""
    answers = [
        Diversity(id=f"d{n}", created_at=ENTERED, reference=f"CW-2026-{n:04}", whose=c.PersonRole.VICTIM,
                  age_band="25 to 44")
        for n in (*range(1, 7), 99)
    ]  # fmt: skip
    content = told([case(n) for n in range(1, 8)], diversity=answers)

    assert counts(content, "victims_age_band")["25_44"] == 6
    assert counts(content, "perpetrators_age_band")["25_44"] == 0


def test_the_same_records_make_the_same_bytes_in_any_order():
    """What was sent can be made again and compared; one more report makes another fingerprint."""
    cases = [case(n) for n in range(1, 9)]
    first = monthly_return(cases, EAST, "2026-10", (), "Harbour Row Homes")
    again = monthly_return(list(reversed(cases)), EAST, "2026-10", (), "Harbour Row Homes")

    assert first == again
    assert monthly_return([*cases, case(9)], EAST, "2026-10", (), "Harbour Row Homes").fingerprint != first.fingerprint


def test_the_table_says_the_same_as_the_json():
    """A line a count; an area whose name looks like a formula is only a name."""
    area = replace(EAST, name="=1+1")
    made = monthly_return([replace(case(n), area_is=area) for n in range(1, 9)], area, "2026-10", (), "Harbour Row")
    rows = list(csv.DictReader(made.csv.decode().splitlines()))
    content = json.loads(made.json)

    said = {(x["breakdown"], x["code"]): x["count"] for x in rows}
    assert said["incidents", "all"] == "8"
    assert said["strand", "race"] == "8"
    assert len(rows) == 1 + sum(len(each["counts"]) for each in content["breakdowns"])
    assert {row["area"] for row in rows} == {"'=1+1"}


def test_an_area_without_a_name_is_put_right_first():
    with pytest.raises(NeedsAPerson):
        told([case(1)], area=replace(EAST, name=" "))
    assert told([case(1)])["area"] == EAST.name


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(list(c.Strand)), max_size=30))
def test_no_number_from_one_to_four_is_ever_told(strands):
    """Whatever the month was like."""
    content = told([case(n, because_of=(strand,)) for n, strand in enumerate(strands, 1)])
    numbers = [x.get("count") for each in content["breakdowns"] for x in each["counts"]] + [content.get("incidents")]

    assert not {n for n in numbers if n is not None and 0 < n < SMALLEST}
