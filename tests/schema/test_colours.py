"""The colours of choices say what the words mean."""

from schema import TABLES
from schema.colours import AMBER, BY_WORDS, GREEN, MEANING, PLAIN, PURPLE, RED, colour_of
from schema.parts import Field, Kind
from sync.platforms import nocodb_columns as cols

STATUS = {"Overdue", "Chase", "Due soon", "Due"}
"""Words of the live status, which a platform without formulas keeps as choices."""


def test_yes_is_green_no_is_red_and_what_nobody_knows_is_amber():
    """Wherever the word stands in its list."""
    field = Field("Answer", Kind.CHOICE, choices=("Not yet asked", "No", "Blocked", "Yes"))

    made = cols.body(field)["colOptions"]["options"]

    assert [option["color"] for option in made] == [AMBER, RED, PURPLE, GREEN]


def test_a_child_at_risk_is_not_shown_in_green():
    """There a yes is the bad news; of a home that is safe it is the good one."""
    assert (colour_of("Yes", field="Children at risk"), colour_of("No", field="Children at risk")) == (RED, GREEN)
    assert colour_of("Yes", field="Safe at home") == GREEN


def test_a_word_without_such_a_meaning_is_neither_red_nor_green():
    """Race is no better or worse than Age."""
    assert {colour_of("Race", n) for n in range(20)} == set(PLAIN)
    assert not {GREEN, RED, AMBER} & set(PLAIN)


def test_a_colour_that_staff_gave_is_kept():
    """Only what is missing gets ours."""
    column = {"id": "c1", "title": "Answer", "uidt": "SingleSelect", "column_name": "answer", "description": "",
              "colOptions": {"options": [{"id": "o1", "title": "Yes", "color": "#123456", "order": 1}]}}  # fmt: skip

    sent = cols.amended(column, Field("Answer", Kind.CHOICE, choices=("Yes", "No")), {})

    assert [option["color"] for option in sent["colOptions"]["options"]] == ["#123456", RED]


def test_every_word_with_a_colour_is_a_choice_somewhere():
    """A choice that was reworded would lose its colour without a word."""
    words = {str(choice) for table in TABLES.values() for field in table.fields for choice in field.choices}

    assert set(BY_WORDS) - words - STATUS == set()
    assert len(BY_WORDS) == sum(map(len, MEANING.values()))
