"""From a case to a draft: what is missing is named, and what is said comes from the case."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from letter_cases import HARBOUR_ROW, OFFICER, REPORTED, a_case, a_victim, an_incident, some_facts, the_letter

from automations.letters import Draft, Missing, draft
from automations.letters.facts import PlanLine, VictimFacts, fingerprint
from automations.letters.writing import Writing
from automations.model import Staff
from schema import choices as c

EVERYTHING_ABOUT_THE_OFFICER = (
    "the officer's name",
    "the officer's job title",
    "the officer's office address",
    "the officer's e-mail address",
    "the officer's telephone number",
)


@pytest.mark.parametrize(
    ("officer", "missing"),
    [
        (replace(OFFICER, telephone=None), ("the officer's telephone number",)),
        (replace(OFFICER, email=" \t", job_title=""), ("the officer's job title", "the officer's e-mail address")),
        (None, EVERYTHING_ABOUT_THE_OFFICER),
        (replace(OFFICER, has_left=True), EVERYTHING_ABOUT_THE_OFFICER),
    ],
)
def test_what_is_not_known_of_the_officer_is_named(officer: Staff | None, missing: tuple[str, ...]):
    assert the_letter(officer=officer) == Missing(missing)


@pytest.mark.parametrize(
    ("victim", "missing"),
    [
        (a_victim(name=None), "the victim's name"),
        (a_victim(name="\u200b\x07"), "the victim's name"),
        (a_victim(address=None), "the victim's address and postcode"),
        (a_victim(postcode=" "), "the victim's address and postcode"),
    ],
)
def test_an_unknown_victim_or_address_is_named(victim, missing: str):
    assert the_letter(a_case(victim)) == Missing((missing,))


def test_a_sign_that_our_typefaces_lack_is_named_and_stops_nothing_else():
    letter = the_letter(a_case(a_victim(name="Sample 😀 Person")), officer=replace(OFFICER, mobile="☎ 07700 900001"))
    assert letter == Missing(
        (
            "the victim's name without the sign 😀 (U+1F600), which our letters cannot show",
            "the officer's mobile without the sign ☎ (U+260E), which our letters cannot show",
        )
    )
    for name in ("Zażółć Gęślą", "مريم الخطيب", "মোহাম্মদ রহিম", "Jean-Élodie O’Malley"):
        assert isinstance(the_letter(a_case(a_victim(name=name))), Draft)


def test_an_address_that_no_window_could_show_is_named():
    long = "Flat 2, Sample House, Harbour Row Estate, Long Harbour Row, Old Town, Sampletown"
    letter = the_letter(a_case(a_victim(address=long)))
    assert isinstance(letter, Missing)
    assert letter.facts[0].startswith("the victim's address and postcode in at most 6 lines")
    assert isinstance(the_letter(a_case(a_victim(address="Flat 2, Sample House, 14 Harbour Row, Sampletown"))), Draft)


@pytest.mark.parametrize(
    "address", ["Flat 2, 14 Harbour Row, ZZ1 4ZZ", "Flat 2\n14 Harbour Row zz14zz", "Flat 2,, 14 Harbour Row,"]
)
def test_the_postcode_is_last_and_once(address: str):
    letter = the_letter(a_case(a_victim(address=address)))
    assert isinstance(letter, Draft)
    assert letter == the_letter(a_case(a_victim(address="Flat 2, 14 Harbour Row")))


def test_a_postcode_typed_in_small_letters_stands_on_the_envelope_as_it_is_written():
    """One letter, however the postcode was typed; the address's own copy of it goes too."""
    typed = the_letter(a_case(a_victim(address="Flat 2, 14 Harbour Row, zz14zz", postcode="zz14zz")))
    assert isinstance(typed, Draft)
    assert typed == the_letter(a_case(a_victim(address="Flat 2, 14 Harbour Row", postcode="ZZ1 4ZZ")))


def test_the_file_and_the_reader_say_nothing_of_what_it_is_about():
    letter = the_letter()
    assert isinstance(letter, Draft)
    assert letter.file_name == f"CW-2026-0007 letter {letter.fingerprint[:6]}.pdf"
    assert letter.audience == "victim"
    assert letter.render().startswith(b"%PDF")


def test_the_day_is_counted_in_london():
    """Half past midnight on 4 June in London is still 3 June in UTC."""
    late = an_incident(stated_at=datetime(2026, 6, 3, 23, 30, tzinfo=UTC))
    same = an_incident(stated_at=datetime(2026, 6, 4, 12, 0, tzinfo=UTC))
    early = an_incident(stated_at=datetime(2026, 6, 3, 12, 0, tzinfo=UTC))
    assert the_letter(incident=late) == the_letter(incident=same)
    assert the_letter(incident=late) != the_letter(incident=early)


CHANGES = {
    "name": {"case": a_case(a_victim(name="Another Sample"))},
    "address": {"case": a_case(a_victim(address="Flat 4, 14 Harbour Row"))},
    "large print": {"case": a_case(a_victim(large_print=True))},
    "reference": {"case": replace(a_case(), reference="CW-2026-0008")},
    "who told us": {"incident": an_incident(reporter=c.Reporter.WITNESS)},
    "when": {"incident": an_incident(stated_at=datetime(2026, 11, 1, tzinfo=UTC))},
    "promise": {"promised_on": date(2026, 11, 18)},
    "no promise": {"promised_on": None},
    "officer": {"officer": replace(OFFICER, mobile=None)},
    "landlord": {"landlord": replace(HARBOUR_ROW, telephone="01632 960555")},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_another_fact_makes_another_fingerprint_and_another_file(change):
    before, after = the_letter(), the_letter(**change)
    assert isinstance(before, Draft)
    assert isinstance(after, Draft)
    assert after.fingerprint != before.fingerprint
    assert after.file_name != before.file_name


def test_what_the_letter_does_not_say_leaves_the_fingerprint_alone():
    victim = a_victim(telephone="01632 960123", updated_at=datetime(2026, 11, 9, tzinfo=UTC), contact_notes="A note")
    same = [
        the_letter(a_case(victim)),
        the_letter(incident=an_incident(what_happened="Anything", because_of=(c.Strand.RACE,))),
        the_letter(officer=replace(OFFICER, away=True, name=" Example  Officer ")),
        the_letter(dated=None),
    ]
    assert same == [the_letter()] * len(same)


def test_every_fact_of_the_reader_counts_towards_the_fingerprint():
    """Only the day on the letter does not: it says when it was written."""
    other = {
        "landlord": replace(HARBOUR_ROW, logo=Path("logo.png")), "reference": "x", "recipient_name": "x",
        "recipient_address": ("x",), "officer": replace(some_facts().officer, name="x"),
        "first_told_on": date(2026, 1, 1), "told_by_victim": False, "promised_on": None, "words": ("x",),
        "revised_on": date(2026, 1, 1), "agreed": (PlanLine(what="x"),), "refused": (PlanLine(what="x"),),
        "undecided": (PlanLine(what="x"),), "not_for_them": (PlanLine(what="x"),), "if_again": "x",
        "organisations": ("x",),
    }  # fmt: skip
    assert {*other, "dated"} == {one.name for one in fields(VictimFacts)}
    marks = {
        fingerprint(replace(some_facts(), **{name: value}), large=False, language="en") for name, value in other.items()
    }
    plain = fingerprint(some_facts(), large=False, language="en")
    assert len(marks | {plain}) == len(other) + 1
    assert plain == fingerprint(some_facts(dated=date(2026, 1, 1)), large=False, language="en")


def test_a_kind_that_nobody_wrote_is_refused():
    with pytest.raises(KeyError):
        draft(Writing(case=a_case(), incident=an_incident(), to=a_victim(), officer=OFFICER, landlord=HARBOUR_ROW,
                      now=REPORTED), c.LetterKind.OTHER)  # fmt: skip


def test_a_huge_cell_is_answered_at_once():
    start = datetime.now(UTC)
    the_letter(a_case(a_victim(address=" ," * 25_000 + "x" * 50_000, name="(" * 50_000)))
    assert datetime.now(UTC) - start < timedelta(seconds=2)
