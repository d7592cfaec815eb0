"""The bases on Airtable: what the API makes, what is left for a person, and nothing on one platform alone unsaid.

In: the wire-rule server, and both translations. Out: one test a promise.
Never here: a claim about Airtable's page; what the API does not show is taken as ticked off.
"""

from collections.abc import Iterator

import pytest

from automations.authors import DECIDED_ON
from automations.errors import Stop
from schema import BASES, TABLES
from schema.parts import Field, Kind
from schema.provisioning import apply, diff
from schema.provisioning import changes as ch
from schema.views import forms_of, views_of
from sync.platforms import airtable_columns, nocodb_columns
from sync.platforms.airtable_by_hand import OWN, Cannot, form_words, view_words
from sync.platforms.airtable_schema import AirtableSchema
from tests.contracts.airtable_desk import CREATOR, NAME, RUNNER, AirtableDesk, client, finish, provision, server
from tests.contracts.airtable_server import AirtableServer

EVERY_TABLE = [(base, table) for base in BASES for table in base.tables]


@pytest.fixture
def empty() -> Iterator[AirtableServer]:
    with server() as at:
        yield at


def test_what_is_applied_is_not_applied_again(empty):
    """The first time makes everything that the API can make; the second time nothing, and tells the same steps."""
    target, applied = provision(empty)
    assert (bool(applied.done), applied.left) == (True, ())

    again = apply(BASES, target, lambda _: None)
    assert (again.done, again.left) == ((), ())
    assert set(again.by_hand) == set(applied.by_hand) != set()


def test_the_checklist_is_empty_once_a_person_took_each_step(empty):
    """And then the bases are as declared: nothing to do, nothing in the way, nothing that is not ours."""
    target, applied = provision(empty)
    assert {step.cannot for step in target.steps(applied.by_hand)} == {
        Cannot.KEPT_FIELDS, Cannot.FIRST, Cannot.ONE, Cannot.VIEWS, Cannot.FORMS,
    }  # fmt: skip
    finish(empty)

    changes = diff(BASES, target.describe(), target.can_share)
    assert (changes, target.steps(changes)) == ([], [])


def test_each_step_can_be_taken_as_it_stands(empty):
    """It names the table, the field or view, and what to put in it."""
    target, applied = provision(empty)
    steps = target.steps(applied.by_hand)

    said = [str(step) for step in steps]
    assert len(set(said)) == len(said)
    assert "Cases: add the field Id, of the type Autonumber." in said
    assert "Reports: add the field Made by, of the type Created by." in said
    assert "Actions: let the field Case link to one record only." in said
    for _, table in EVERY_TABLE:
        for view in views_of(table):
            assert f"{table.name}: {view_words(table.name, view)}" in said
            assert all(name in view_words(table.name, view) for name in (view.name, *view.show, view.by))
        for form in forms_of(table):
            assert all(name in form_words(form) for name in (form.name, *form.asks))


def test_steps_are_told_by_the_command_one_at_a_time(empty):
    """A field that was made by hand is ticked off, and the others are left."""
    target, applied = provision(empty)
    before = len(target.steps(applied.by_hand))
    _, cases = AirtableDesk(empty).found("Cases")
    from tests.contracts.airtable_server import schema as wire

    wire.add_by_hand(cases, "Id", "autoNumber")
    again = apply(BASES, target, lambda _: None)

    assert len(target.steps(again.by_hand)) == before - 1


def test_a_field_of_another_type_in_the_place_of_a_kept_one_is_not_taken_for_it(empty):
    """A number that somebody types is no record's number."""
    target, _ = provision(empty)
    finish(empty)
    AirtableDesk(empty).found("Cases")[1].field("Id").type = "number"

    steps = target.steps(diff(BASES, target.describe()))
    assert [str(step) for step in steps] == ["Cases: add the field Id, of the type Autonumber."]
    with pytest.raises(Stop, match="Cases, field Id"):
        AirtableDesk(empty).platform().records("Cases")


def test_what_counts_as_a_change_of_a_row_is_its_own_fields_and_no_other_rows_link(empty):
    """The step names the fields to leave out; a field that watches too much, or too little, is not ticked off."""
    target, applied = provision(empty)
    said = [str(step) for step in target.steps(applied.by_hand)]
    for name, kind in (("Changed at", "Last modified time"), ("Changed by", "Last modified by")):
        (step,) = [each for each in said if each.startswith(f"Cases: add the field {name},")]
        assert step.startswith(f"Cases: add the field {name}, of the type {kind} of specific fields: all but ")
        assert all(back in step for back in ("Actions", "Consents", "Letters"))
    finish(empty)
    field = AirtableDesk(empty).found("Cases")[1].field("Changed at")
    right = field.options["referencedFieldIds"]
    everything = [each.id for each in AirtableDesk(empty).found("Cases")[1].fields]
    for watched in (everything, right[1:], []):
        field.options["referencedFieldIds"] = watched
        (step,) = target.steps(diff(BASES, target.describe()))
        assert str(step).startswith("Cases: let the field Changed at watch specific fields: all but ")

    field.options["referencedFieldIds"] = right
    assert target.steps(diff(BASES, target.describe())) == []


def test_a_choice_that_staff_took_away_is_a_step(empty):
    """The API changes no choices of a field that is there."""
    target, _ = provision(empty)
    finish(empty)
    field = AirtableDesk(empty).found("Actions")[1].field("State")
    field.options["choices"] = [each for each in field.options["choices"] if each["name"] != "Alert"]

    changes = diff(BASES, target.describe())
    assert [str(step) for step in target.steps(changes)] == ["Actions: add to the field State the choice Alert."]
    assert apply(BASES, target, lambda _: None).done == ()


def test_what_staff_added_is_told_and_left_alone(empty):
    """A table and a column of theirs; our own columns that only Airtable has are no strangers."""
    target, _ = provision(empty)
    finish(empty)
    base, cases = AirtableDesk(empty).found("Cases")
    from tests.contracts.airtable_server import schema as wire

    wire.make_field(base, cases, {"name": "Colour of the day", "type": "singleLineText"})
    wire.make_table(base, {"name": "Rota", "fields": [{"name": "Day", "type": "singleLineText"}]})

    assert sorted(str(change) for change in diff(BASES, target.describe())) == [
        "Cases: the column Colour of the day is not ours; left alone",
        "Casework: the table Rota is not ours; left alone",
    ]


def test_a_changed_description_and_other_side_are_put_back(empty):
    """Names and descriptions are what the API may change of a field."""
    target, _ = provision(empty)
    finish(empty)
    _, cases = AirtableDesk(empty).found("Cases")
    cases.field("Area").description = "something else"
    cases.field("Actions").name = "To do"
    done = apply(BASES, target, lambda _: None).done

    assert {type(change) for change in done} == {ch.AmendField, ch.AmendLink}
    assert diff(BASES, target.describe()) == []


def test_bases_are_made_in_a_workspace_that_is_named_and_by_its_creator(empty):
    """Without one, and with the runner's token, nothing is made and the reason is said."""
    with pytest.raises(Stop, match="workspace"):
        apply(BASES, AirtableSchema(client(empty, CREATOR), NAME), lambda _: None)
    with pytest.raises(Stop, match="add the base"):
        apply(BASES, AirtableSchema(client(empty, RUNNER), NAME, "wspOfTheLandlord"), lambda _: None)
    assert empty.bases == {}


@pytest.mark.parametrize("table", [table for _, table in EVERY_TABLE], ids=lambda table: table.name)
def test_both_platforms_have_the_same_fields_choices_and_views(table):
    """What stands on one side only stands there by a capability that has a name (design 6)."""
    for field in table.fields:
        there, here = nocodb_columns.body(field, ids=_Names({"": ""})), airtable_columns.body(field)
        assert (here["name"], here.get("description", "")) == (there["title"], there["description"])
        offered = [each["title"] for each in there.get("colOptions", {}).get("options", ())]
        assert [each["name"] for each in here.get("options", {}).get("choices", ())] == offered
        alone = {capability for capability, applies in _alone(field).items() if applies}
        assert (here["type"] in airtable_columns.KEPT_BY_AIRTABLE) == (Cannot.KEPT_FIELDS in alone)
        assert bool(there.get("unique")) == (Cannot.UNIQUE in alone)
        assert ("formula_raw" in there) == (Cannot.LIVE in alone)
    assert set(airtable_columns.added(table)) <= OWN


def _alone(field: Field) -> dict[Cannot, bool]:
    return {
        Cannot.KEPT_FIELDS: field.kind in (Kind.MADE_BY, Kind.CHANGED_BY),
        Cannot.UNIQUE: field.unique,
        Cannot.LIVE: field.kind is Kind.LIVE,
    }


class _Names(dict[str, str]):
    """Every column has an id."""

    def __missing__(self, name: str) -> str:
        return name


def test_every_kind_has_one_translation_on_each_platform():
    assert set(airtable_columns.TYPE) == set(nocodb_columns.UIDT) == set(Kind)


def test_whoever_decides_can_be_told_on_airtable():
    """Every table of decisions says who made a row and who touched it last (R-25)."""
    for name in DECIDED_ON:
        there = {*airtable_columns.added(TABLES[name]), *(field.name for field in TABLES[name].fields)}
        assert {"Made by", "Changed by"} <= there
