"""Small counts: nobody is singled out by what is counted, nor by what can be worked out from it."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from message_cases import sent
from partner_cases import a_case, a_disclosure, an_answer, notice

from schema import choices as c
from sync.partners.codes import ASKED_FOR_BY, BANDS
from sync.partners.messages import read
from sync.partners.small_counts import SMALLEST, held_back, of_one_record

CODES = ("a", "b", "c", "d")
breakdowns = st.dictionaries(st.sampled_from(CODES), st.integers(0, 9), min_size=1, max_size=4)
answers = st.dictionaries(st.sampled_from(list(BANDS)), st.sampled_from(["x", "y", None]))
asked = st.lists(st.sampled_from(list(BANDS)), unique=True)


def possible(told, total, whole):
    """Every breakdown that fits what is told: it adds up, and only where all is held back may a count be nought."""
    least = 0 if whole else 1
    hidden = [code for code, n in told.items() if n is None]
    rest = total - sum(n for n in told.values() if n is not None)
    for given_ in itertools.product(range(least, rest + 1), repeat=max(len(hidden) - 1, 0)):
        last = rest - sum(given_)
        if hidden and last >= least:
            yield dict(zip(hidden, (*given_, last), strict=True))


@settings(max_examples=300, deadline=None)
@given(breakdowns)
def test_no_small_count_is_told_or_follows_from_what_is(counts):
    """HC-052, A-17: whoever knows the total and the rule still has two answers for each small count."""
    total = sum(counts.values())
    said = held_back({"place": counts}, total)
    told = said.rows["place"]

    assert all(n is None or n == 0 or n >= SMALLEST for n in told.values())
    assert all(n in (None, counts[code]) for code, n in told.items())
    assert said.total == (None if 0 < total < SMALLEST else total)
    if said.total is not None:
        fits = list(possible(told, total, "place" in said.whole))
        for code, n in counts.items():
            if 0 < n < SMALLEST:
                assert len({each[code] for each in fits}) > 1


@settings(max_examples=100, deadline=None)
@given(breakdowns, st.randoms())
def test_what_is_held_back_does_not_hang_on_the_order(counts, random):
    """The same month reported again is the same return."""
    shuffled = list(counts.items())
    random.shuffle(shuffled)
    total = sum(counts.values())

    assert held_back({"place": counts}, total) == held_back({"place": dict(shuffled)}, total)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 12, "b": 9}, {"a": 12, "b": 9}),
        ({"a": 12, "b": 9, "c": 0}, {"a": 12, "b": 9, "c": 0}),
        ({"a": 12, "b": 9, "c": 4}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 12, "b": 2, "c": 1}, {"a": 12, "b": None, "c": None}),
        ({"a": 20, "b": 1, "c": 1, "d": 9}, {"a": 20, "b": None, "c": None, "d": None}),
        ({"a": 3, "b": 0}, {"a": None, "b": None}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({"a": 5}, {"a": 5}),
    ],
    ids=["none is small", "nought is told", "a second against subtraction", "one and one", "one and two",
         "ones need a third", "a small total", "nothing happened", "five is told"],
)  # fmt: skip
def test_which_counts_are_held_back(counts, told):
    """A-17: the small ones, and no more beside them than it takes."""
    assert held_back({"place": counts}, sum(counts.values())).rows["place"] == told


def test_where_all_are_ones_the_whole_breakdown_is_held_back():
    """A-17: five ones that add up to five are told by their sum; the noughts beside them hide which."""
    said = held_back({"strand": {x: int(x != "f") for x in "abcdef"}, "place": {"a": 5}}, 5)

    assert said.rows["strand"] == dict.fromkeys("abcdef")
    assert said.whole == {"strand"}
    assert said.rows["place"] == {"a": 5}


def test_a_month_of_one_incident_tells_nothing_of_whoever_it_was():
    """A-17: laid side by side, the only code of each breakdown that is no nought would be all of that one person."""
    rows = {"strand": {"race": 1, "age": 0}, "victims_religion": {"sikh": 1, "none": 0}, "sector": {"elsewhere": 1}}
    other = {"strand": {"race": 0, "age": 1}, "victims_religion": {"sikh": 0, "none": 1}, "sector": {"elsewhere": 1}}

    assert held_back(rows, 1) == held_back(other, 1)
    assert held_back(rows, 1).whole == set(rows)


def test_a_count_below_nought_is_refused():
    """It would be told as it is."""
    with pytest.raises(ValueError, match="nought"):
        held_back({"place": {"a": -1, "b": 6}}, 5)
    assert held_back({}, 0).total == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(answers, max_size=4), st.lists(answers, max_size=4), asked, asked, st.booleans())
def test_the_more_a_record_says_of_a_person_the_less_it_says_of_the_place(victims, perpetrators, of, by, full):
    """R-16, A-17: never bands with the full postcode, never two bands with more than its first half."""
    may = of_one_record(victims, perpetrators, of, by, full)

    for told, given_, wanted in ((may.victims, victims, of), (may.perpetrators, perpetrators, by)):
        bands = sum(map(len, told))
        assert bands <= 4
        assert all(1 <= len(each) <= 2 and set(each) <= set(wanted) for each in told)
        assert all(any(each.items() <= x.items() for x in given_) for each in told)
        if may.place == "full":
            assert bands == 0
        if may.place == "sector":
            assert bands <= 1
    assert (may.place == "full") is full
    assert full or ("victims", "only_what_the_strands_ask") in may.held_back


@pytest.mark.parametrize("strand", list(ASKED_FOR_BY))
def test_only_what_the_strands_ask_for_is_told_of_a_victim(strand):
    """A-17: an answer to any other question stays here, and the message does not say that it was given."""
    case = a_case(because_of=(strand,))
    row = an_answer(**{name: next(iter(told)) for name, (_, told) in BANDS.items()})
    none = read(notice(case, a_disclosure()).body)
    told = read(notice(case, a_disclosure(), row).body)

    wanted = {ASKED_FOR_BY[strand], "age_band"}
    assert {x for x, n in told.victims[0].model_dump().items() if n} == wanted
    assert none.held_back == tuple(x for x in told.held_back if x.field != "postcode")


def test_one_band_leaves_the_sector_and_two_the_first_half_of_the_postcode():
    """R-16: the message says where it says less, and why."""
    said = {n: read(notice(a_case(), a_disclosure(), an_answer(**dict(list(row.items())[:n]))).body)
            for row in [{"religion": "Sikh", "age_band": "18 to 24"}] for n in (1, 2)}  # fmt: skip

    assert [said[n].incident.postcode for n in (1, 2)] == ["ZZ1 4", "ZZ1"]
    assert [x.why for x in said[2].held_back if x.field == "postcode"] == ["too_much_together"]


def test_an_update_tells_no_more_of_the_place_than_the_notice_of_the_same_reference():
    """HC-117: two messages laid side by side single nobody out either."""
    notice_, update = (
        read(sent(x, c.ReferralForm.STATISTICAL).body) for x in (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE)
    )

    assert notice_.reference == update.reference
    assert (notice_.incident.postcode, update.incident.postcode) == ("ZZ1", "ZZ1")
