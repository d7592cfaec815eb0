"""The declarations keep their own rules, and each rule notices when it is broken."""

import re
from dataclasses import replace

import pytest

import schema
from schema import BASES, CASEWORK, TABLES
from schema.checks import faults
from schema.choices import LetterState
from schema.live import LIVE, USED_FIELDS
from schema.parts import NUMBER, Base, Field, Filter, Form, Kind, Link, Owner, Table, View, Wall
from schema.views import everything, views_of, width

GOOD = Table(
    "Doors",
    Wall.CASEWORK,
    "One row a door.",
    (Field("Door"), Field("Colour", Kind.CHOICE, choices=("Red", "Blue")), Field("Opened at", Kind.INSTANT)),
    links=(Link("House", to="Houses"),),
)
HOUSES = Table("Houses", Wall.CASEWORK, "One row a house.", (Field("House"),))


def faults_with(**change: object) -> list[str]:
    """The faults of a good base in which one table has been changed."""
    return faults((Base("Casework", "", (replace(GOOD, **change), HOUSES)),))


def test_the_declared_bases_have_no_fault():
    """Every link resolves, every name is its own, every live field is known."""
    assert faults(BASES) == []


def test_a_good_table_has_no_fault():
    """The table that the broken ones below are made from is sound."""
    assert faults_with() == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"help": ""}, "has no help"),
        ({"wall": Wall.OFFICE}, "declared behind the wall Office"),
        ({"fields": (Field("Door", Kind.LONG_TEXT),)}, "cannot stand for the record"),
        ({"fields": (Field("Door"), Field("DOOR"))}, "two columns are called door"),
        ({"fields": (Field("Door", help="no sentence"),)}, "not a sentence"),
        ({"fields": (Field("Door", help="A" * 200 + "."),)}, "longer than"),
        ({"fields": (Field("Door {x}"),)}, "not a usable name"),
        ({"fields": (Field("Door, red"),)}, "not a usable name"),
        ({"fields": (Field("Door"), Field("Colour", Kind.CHOICE))}, "with 0 choices"),
        ({"fields": (Field("Door"), Field("Colour", Kind.CHOICE, choices=("Red", "Red")))}, "offers red twice"),
        ({"fields": (Field("Door"), Field("Colours", Kind.CHOICES, choices=("a, b",)))}, "cannot hold a comma"),
        ({"fields": (Field("Door"), Field("Note", Kind.LONG_TEXT, unique=True))}, "cannot be unique"),
        ({"fields": (Field("Door"), Field("Status", Kind.LIVE))}, "names an expression"),
        ({"fields": (Field("Door"), Field("Status", Kind.LIVE, live="weather"))}, "no expression is called weather"),
        ({"fields": (Field("Door"), Field("Status", Kind.LIVE, live="status"))}, "reads Due at, which is not there"),
        ({"links": (Link("House", to="Castles"),)}, "which is not in this base"),
        ({"links": (Link("House", to="Houses", back="House"),)}, "other side would also be called house"),
        ({"indexed": ("Key",)}, "cannot index Key"),
        ({"opening": ("Key",)}, "cannot open with Key"),
        ({"fields": (Field("Door"), Field("Id"))}, "Id is the platform's own"),
        ({"views": (View("Red", filters=(Filter("Colour", "is one of", "Red,Green"),)),)}, "has no choice Green"),
        ({"forms": (Form("Tell", "", "", "", ("Door",), labels=(("Colour", "Which?"),)),)}, "words for Colour"),
        ({"views": (View("Red", filters=(Filter("Colour", "is", "Green"),)),)}, "has no choice Green"),
        ({"views": (View("Red", filters=(Filter("Colour", "is"),)),)}, "makes no sense"),
        ({"views": (View("Red", filters=(Filter("Colour", "rhymes with", "bed"),)),)}, "makes no sense"),
        ({"views": (View("Red", show=("Colour", "Door")),)}, "must show Door first"),
        ({"views": (View("Red", sort=("-Age",)),)}, "no column is called Age"),
        ({"views": (View("Red", shape="board", by="Opened at"),)}, "cannot be laid out by"),
        ({"views": (View("Red", shape="calendar", by="Colour"),)}, "cannot be laid out by"),
        ({"views": (View("Doors"),)}, "two views are called doors"),
        ({"forms": (Form("Doors", "", "", "", ("Door",)),)}, "two views are called doors"),
        ({"forms": (Form("Tell", "", "", "", ("Door",), required=("Colour",)),)}, "without asking it"),
    ],
)
def test_a_broken_table_is_named_with_its_fault(change, fault):
    """Each rule can fail."""
    assert any(fault in said for said in faults_with(**change)), faults_with(**change)


def test_a_form_cannot_ask_what_staff_do_not_fill():
    """A runner's field in a public form would let anybody write it."""
    fields = (*GOOD.fields, Field("Key", owner=Owner.RUNNER))
    asked = Form("Tell", "", "", "", ("Door", "Key"))

    assert any("not for staff" in said for said in faults_with(fields=fields, forms=(asked,)))
    assert faults_with(fields=fields, forms=(replace(asked, asks=("Door",)),)) == []


def test_every_table_opens_with_its_number_second_and_its_first_columns_next():
    """Sentences name rows as "Interviews 14"; what an officer needs first is not hidden behind the edge."""
    for table in TABLES.values():
        first, number, *rest = everything(table).show
        assert (first, number) == (table.fields[0].name, NUMBER)
        assert tuple(rest[: len(table.opening)]) == table.opening
        assert set(rest) == {column.name for column in table.columns} - {first}
    assert TABLES["Consents"].opening[:5] == ("Case", "Victim", "Answer", "Given at", "Given by")


def test_urgent_steps_stand_in_the_views_of_what_is_due():
    """R-03: an alert is never overdue, and still shows with what is past its time and with what comes next."""
    views = {view.name: view for view in TABLES["Actions"].views}
    overdue, soon = views["Overdue"], views["Due today or soon"]

    assert overdue.any_of
    assert [one.value for one in overdue.filters] == ["Overdue", "Chase"]
    assert Filter("State", "is one of", "Open,Blocked,Alert") in soon.filters
    assert {one.value for one in soon.filters if one.test == "is not"} == {"Overdue", "Chase"}
    assert all("How to finish it" in view.show for view in (overdue, soon, views["Within the hour"]))


def test_rows_that_hold_a_sentence_are_tall_and_its_column_is_wide():
    """One line of it says nothing."""
    views = {view.name: view for view in views_of(TABLES["Actions"])}

    assert views["Overdue"].tall
    assert not views["Done late: give the reason"].tall
    assert not views["When things are due"].tall
    assert width(TABLES["Actions"].column("Blocked by")) > width(TABLES["Actions"].column("Reason for lateness"))
    screen = 1600 - 330  # without the list of tables
    seen = views["Overdue"].show[:5]
    assert "How to finish it" in seen
    assert sum(width(TABLES["Actions"].column(name), name == "Title") for name in seen) < screen


def test_two_bases_cannot_have_a_table_of_one_name():
    """The runner reaches tables by name alone."""
    other = Base("Office", "", (replace(HOUSES, wall=Wall.OFFICE),))

    assert "two tables are called houses" in faults((Base("Casework", "", (GOOD, HOUSES)), other))


def test_every_expression_says_which_fields_it_reads():
    """The list beside each expression is the expression's own."""
    assert {name: frozenset(re.findall(r"{([^}]+)}", text)) for name, text in LIVE.items()} == USED_FIELDS


def test_our_own_package_of_that_name_is_the_one_in_use():
    """A package called schema on the public index must not take its place."""
    assert schema.__file__ is not None
    assert "site-packages" not in schema.__file__


def test_nothing_in_the_report_form_is_compulsory():
    """A report is never held up by an answer that is missing."""
    assert [form.required for form in TABLES["Reports"].forms] == [()]


def test_the_report_form_asks_everything_but_send():
    """Send is for rows typed in the grid; every other field of staff's is asked."""
    table = TABLES["Reports"]
    staff = {field.name for field in table.fields if field.owner == "staff"}

    assert set(table.forms[0].asks) == staff - {"Send"}


def test_titles_of_actions_and_keys_are_the_runners():
    """What identifies an action is never typed."""
    assert {TABLES["Actions"].column(name).owner for name in ("Title", "Key", "State", "Due at")} == {"runner"}


@pytest.mark.parametrize("table", CASEWORK.tables, ids=lambda table: table.name)
def test_every_key_is_unique(table):
    """A second row for one thing is refused by the platform."""
    keys = [field for field in table.fields if field.name in {"Key", "Token"} and table.name != "Send tokens"]

    assert all(field.unique for field in keys)


def test_letters_are_found_at_each_stage_with_what_an_officer_fills_in_beside() -> None:
    """HC-100, A-33: each state but the cancelled has its view; what is undecided shows where its words are written."""
    views = {view.name: view for view in TABLES["Letters"].views}
    stages = [f.value for view in views.values() for f in view.filters if f.field == "State"]
    by_email = {LetterState.SENDING, LetterState.REFUSED, LetterState.UNKNOWN}
    assert set(",".join(stages).split(",")) == set(LetterState) - {LetterState.CANCELLED, *by_email}
    assert "State" in views["By e-mail: not gone yet"].show
    for name in ("Drafts to send", "Not to be sent yet", "Not made: what is missing"):
        assert views[name].show[:2] == ("Letter", "Kind")
        assert "Words for the reader" in views[name].show
    assert TABLES["Letters"].opening[0] == "Kind", "an approval that looks for its letter is shown the first of these"
