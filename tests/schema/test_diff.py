"""The difference between what is declared and what is there, and making it."""

from dataclasses import replace

import pytest

from schema import BASES, TABLES
from schema.parts import Base, Field, Form, Kind, Link, Table, View, Wall
from schema.provisioning import FoundBase, FoundColumn, apply, diff
from schema.provisioning import changes as ch
from tests.schema.memory_target import MemoryTarget, with_column, without

DOORS = Table(
    "Doors",
    Wall.CASEWORK,
    "One row a door.",
    (Field("Door", help="Its number."), Field("Colour", Kind.CHOICE, choices=("Red", "Blue")), Field("Key")),
    links=(Link("House", to="Houses"),),
    views=(View("Red doors", sort=("Door",), show=("Door", "Colour")),),
    forms=(Form("Tell us of a door", "Tell", "Please", "Thanks", ("Door",)),),
)
HOUSES = Table("Houses", Wall.CASEWORK, "One row a house.", (Field("House"),))
TOWN = (Base("Casework", "A town.", (DOORS, HOUSES)),)


def quiet(words: str) -> None:
    """Say nothing."""


@pytest.fixture
def town() -> MemoryTarget:
    """A target in which the town has been made."""
    target = MemoryTarget()
    apply(TOWN, target, quiet)
    return target


def told(target: MemoryTarget) -> list[str]:
    """What the difference says now."""
    return [str(change) for change in diff(TOWN, target.describe(), target.can_share)]


def alter(target: MemoryTarget, **change: object) -> None:
    """Change the table of doors by hand."""
    tables = target.bases["Casework"]
    tables["Doors"] = replace(tables["Doors"], **change)


def test_nothing_is_left_to_do_once_it_is_done(town):
    """The second apply says nothing to do."""
    again = apply(TOWN, town, quiet)

    assert told(town) == []
    assert (again.done, again.left, again.told) == ((), (), ())


def test_the_real_bases_can_be_made_from_nothing():
    """All three bases, and nothing left over."""
    target = MemoryTarget()

    applied = apply(BASES, target, quiet)

    assert (applied.left, applied.told) == ((), ())
    assert {name for tables in target.bases.values() for name in tables} == set(TABLES)
    assert diff(BASES, target.describe()) == []


def test_columns_come_before_what_shows_them(town):
    """Bases, tables, links, then views and forms."""
    stages = [change.stage for change in town.made]

    assert stages == sorted(stages)


def test_a_deleted_column_comes_back(town):
    """A field that is missing is added, whatever became of the old one."""
    alter(town, columns=without(town.bases["Casework"]["Doors"], "Key").columns)

    assert told(town) == ["Doors: add the field Key (short text)"]


def test_a_column_of_staffs_own_is_reported_and_left_alone(town):
    """Staff own their bases."""
    tables = town.bases["Casework"]
    tables["Doors"] = with_column(tables["Doors"], FoundColumn("Height", Kind.NUMBER))

    applied = apply(TOWN, town, quiet)

    assert [str(change) for change in applied.told] == ["Doors: the column Height is not ours; left alone"]
    assert applied.done == ()
    assert "Height" in town.bases["Casework"]["Doors"].columns


def test_a_table_of_staffs_own_is_reported_and_left_alone(town):
    """A whole table of theirs is theirs."""
    town.bases["Casework"]["Gates"] = replace(town.bases["Casework"]["Houses"], name="Gates")

    assert told(town) == ["Casework: the table Gates is not ours; left alone"]


def test_a_renamed_choice_is_added_back_and_the_new_one_kept(town):
    """A rename looks like one choice gone and one unknown: both end up there."""
    colour = replace(town.bases["Casework"]["Doors"].columns["Colour"], choices=("Crimson", "Blue"))
    alter(town, columns=with_column(town.bases["Casework"]["Doors"], colour).columns)

    apply(TOWN, town, quiet)

    assert town.bases["Casework"]["Doors"].columns["Colour"].choices == ("Crimson", "Blue", "Red")
    assert told(town) == ["Doors: Colour: the choice Crimson is not ours; left alone"]


def test_a_field_of_another_kind_is_a_conflict_that_a_person_mends(town):
    """Apply does not convert what staff have written."""
    alter(town, columns=with_column(town.bases["Casework"]["Doors"], FoundColumn("Key", Kind.NUMBER)).columns)

    applied = apply(TOWN, town, quiet)

    assert [type(change) for change in applied.told] == [ch.Conflict]
    assert "Key should be short text and is whole number" in str(applied.told[0])
    assert applied.done == ()


def test_a_link_that_points_elsewhere_is_a_conflict(town):
    """A link cannot be turned round without losing what it holds."""
    house = FoundColumn("House", None, to="Doors", many=True)
    alter(town, columns=with_column(town.bases["Casework"]["Doors"], house).columns)

    assert told(town) == [
        "Doors: House should be a link to one of Houses and is a link to several of Doors; rename it by hand"
    ]


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ("show", ("Door",), "the columns shown"),
        ("sort", (), "the order of rows"),
        ("filters", ("x",), "the filters"),
        ("free", True, "its lock"),
    ],
)
def test_a_changed_view_is_put_back(town, part, value, sentence):
    """A view named by a question must answer that question."""
    view = town.bases["Casework"]["Doors"].views["Red doors"]
    alter(town, views={**town.bases["Casework"]["Doors"].views, "Red doors": replace(view, **{part: value})})

    assert told(town) == [f"Doors: the view Red doors: put back {sentence}"]


def test_the_opening_view_is_staffs_to_arrange(town):
    """Sorting and hiding in the view that shows everything is no drift."""
    views = dict(town.bases["Casework"]["Doors"].views)
    views["Doors"] = replace(views["Doors"], sort=("-Door",), show=("Door",))
    alter(town, views=views)

    assert told(town) == []


def test_a_new_column_that_shows_in_a_form_is_hidden_again(town):
    """Platforms show every new column in every form."""
    form = town.bases["Casework"]["Doors"].forms["Tell us of a door"]
    alter(town, forms={form.name: replace(form, asks=("Door", "Key"), helps=("Its number.", ""))})

    assert told(town) == ["Doors: the form Tell us of a door: put back its words and questions"]


def test_a_form_that_lost_its_password_gets_it_back(town):
    """Anybody with the address could otherwise write."""
    alter(town, shared={"Tell us of a door": False})

    assert told(town) == ["Doors: the form Tell us of a door: put back its password"]


def test_a_form_is_never_shared_without_a_password():
    """Without one it is made, not shared, and a person is told."""
    target = MemoryTarget(can_share=False)

    applied = apply(TOWN, target, quiet)

    assert [str(change) for change in applied.told] == [
        "Doors: the form Tell us of a door needs a password before it can be shared"
    ]
    assert target.bases["Casework"]["Doors"].shared == {}


def test_a_view_shared_by_a_link_is_told(town):
    """Whoever has the link reads every row, without signing in."""
    alter(town, shared={"Tell us of a door": True, "Red doors": True})

    assert told(town) == ["Doors: the view Red doors is shared by a link that needs no sign-in"]


def test_a_change_that_does_not_take_is_said_and_not_tried_for_ever():
    """A platform may answer yes and do nothing."""

    class Deaf(MemoryTarget):
        def make(self, change: ch.Change) -> None:
            if not isinstance(change, ch.AddView):
                super().make(change)

    applied = apply(TOWN, Deaf(), quiet)

    assert {str(change) for change in applied.left} == {
        "Doors: add the view Doors",
        "Doors: add the view Red doors",
        "Houses: add the view Houses",
    }


@pytest.mark.parametrize("steps", range(1, 8))
def test_an_apply_that_was_interrupted_can_be_run_again(steps):
    """After any number of changes the next apply makes the rest, and only the rest."""
    target = MemoryTarget()

    class Interrupted(Exception):
        pass

    def say(words: str) -> None:
        if len(target.made) == steps:
            raise Interrupted

    with pytest.raises(Interrupted):
        apply(TOWN, target, say)
    apply(TOWN, target, quiet)

    assert told(target) == []
    assert len(set(target.made)) == len(target.made)


def test_nothing_declared_asks_for_a_deletion():
    """There is no change that removes."""
    names = [name for name in vars(ch) if isinstance(vars(ch)[name], type)]

    assert not [name for name in names if any(word in name for word in ("Delete", "Remove", "Drop"))]


def test_a_base_of_staffs_own_is_not_looked_at(town):
    """Only bases of the declared names are compared."""
    found = [*town.describe(), FoundBase("Allotments", {})]

    assert diff(TOWN, found) == []
