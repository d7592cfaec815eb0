"""Every step says how it is finished, in the names that staff find in the bases."""

import pytest

from automations.finish import MARKED, how_to_finish, marked
from automations.procedure import STEPS
from schema import TABLES
from schema.parts import Field


def names(sentence):
    """Each marked name as (table, field or "", choice or ""); a choice belongs to the field before it."""
    table, field = "", ""
    for found in MARKED.finditer(sentence):
        name, choice = found[1], found[2]
        if choice:
            yield table, field, choice
        elif table and name in {column.name for column in TABLES[table].columns}:
            field = name
            yield table, field, ""
        else:
            table, field = name, ""
            yield table, "", ""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_every_step_says_what_to_enter_and_where(step):
    """A table, one of its fields, and only choices that the field offers."""
    told = list(names(marked(step.id)))

    assert told, "how is it finished?"
    for table, field, choice in told:
        assert table in TABLES, f"{table} is neither a table nor a field of the one before"
        offered = {c for f in TABLES[table].fields if f.name == field for c in f.choices}
        assert not choice or choice in offered, f"{table}: {field} has no choice {choice}"
    assert any(field for _, field, _ in told)
    assert all(step.finish.count(mark) == 0 for mark in "[]<>")
    assert step.finish.endswith(".")


def test_a_field_of_another_name_would_be_noticed():
    """The test above can fail: a made-up field is taken for a table, and there is no such table."""
    assert ("Held on", "", "") in list(names("[Interviews]: fill in [Held on]."))
    assert ("Interviews", "Happened at", "") in list(names("[Interviews]: fill in [Happened at]."))


def test_the_words_that_staff_read_carry_no_marks():
    """The marks are for looking names up."""
    assert how_to_finish("interview_victim") == ("Interviews: a row With the Victim, Result Held, with Happened at.")
    assert how_to_finish("no_such_step") == ""


def test_how_a_step_is_finished_is_the_runners_to_say():
    """Staff would otherwise be asked to fill it."""
    column = TABLES["Actions"].column("How to finish it")

    assert isinstance(column, Field)
    assert column.owner == "runner"
