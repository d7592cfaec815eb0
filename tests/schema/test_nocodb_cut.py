"""A small town on a real NocoDB: cut off anywhere, renamed, grown."""

import pytest

from automations.errors import TryAgainLater
from schema.parts import Base, Field, Kind, Table
from schema.provisioning import apply, diff
from sync.platforms.nocodb_schema import NocoSchema
from tests.schema.conftest import FORM_PASSWORD
from tests.schema.nocodb_rows import SMALL, column_of, quiet, seen_in, write


class Cut(NocoSchema):
    """A connection that breaks at one call: before it, or after it was carried out and before the answer came."""

    def cut_at(self, number, after):
        ask, count = self.meta.ask, iter(range(10_000))

        def broken(method, path, body=None):
            here = method != "GET" and next(count) == number
            if here and not after:
                raise TryAgainLater
            answer = ask(method, path, body)
            if here:
                raise TryAgainLater
            return answer

        self.meta.ask = broken


@pytest.mark.parametrize("after", [False, True], ids=["before the server heard", "before the answer came"])
@pytest.mark.parametrize("number", range(0, 16, 2))
def test_an_apply_cut_off_anywhere_is_simply_run_again(new_target, number, after):
    """Half-made bases, tables, links and views are taken up; nothing is made twice."""
    whole = new_target("Cut")
    broken = Cut(whole.meta.url, str(whole.meta.session.headers["xc-token"]), whole.meta.name, FORM_PASSWORD)
    broken.cut_at(number, after)

    with pytest.raises(TryAgainLater):
        apply(SMALL, broken, quiet)
    applied = apply(SMALL, whole, quiet)

    assert (applied.left, applied.told) == ((), ())
    assert diff(SMALL, whole.describe()) == []


def test_the_other_side_of_a_link_is_called_as_declared(new_target):
    """The server calls it after the other table, in the plural, with a number."""
    target = new_target("Sides")
    apply(SMALL, target, quiet)

    columns = target.tables()["Houses"].columns

    assert {name: columns[name].relation for name in ("Doors", "Doors in sight")} == {
        "Doors": "hm",
        "Doors in sight": "mm",
    }
    assert target.tables()["Doors"].columns["House"].relation == "bt"


def test_a_choice_column_keeps_what_rows_hold_when_a_choice_is_added(new_target):
    """Amending replaces the whole column: what is there must go back in."""
    target = new_target("Choices")
    apply(SMALL, target, quiet)
    write(target, "Doors", {"Door": "One", "State": "Shut"})
    doors = SMALL[0].tables[1]
    more = tuple(
        Field("State", Kind.CHOICE, choices=("Ajar", "Open", "Shut")) if f.name == "State" else f for f in doors.fields
    )
    grown = (Base("Front desk", SMALL[0].help, (SMALL[0].tables[0], Table(**(_parts(doors) | {"fields": more})))),)

    applied = apply(grown, target, quiet)

    assert [str(change) for change in applied.done] == ["Doors: State: add the choice Ajar"]
    assert [row["State"] for row in seen_in(target, "Doors", "Doors")] == ["Shut"]
    write(target, "Doors", {"Door": "Two", "State": "Ajar"})


def _parts(table):
    return {name: getattr(table, name) for name in table.__dataclass_fields__}


def test_a_renamed_field_is_noticed_in_the_formula_that_reads_it(new_target):
    """The formula follows the old column; a new one of the right name is made, and the formula reads that."""
    target = new_target("Renamed")
    apply(SMALL, target, quiet)
    state = column_of(target, "Doors", "State")
    options = {"options": state["colOptions"]["options"]}
    body = {"title": "Old state", "uidt": "SingleSelect", "column_name": state["column_name"], "colOptions": options}
    target.meta.ask("PATCH", f"v2/meta/columns/{state['id']}", body)

    applied = apply(SMALL, target, quiet)
    (row,) = write(target, "Doors", {"Door": "One", "State": "Shut", "Old state": "Open"})

    assert applied.left == ()
    assert [str(change) for change in applied.told] == ["Doors: the column Old state is not ours; left alone"]
    assert row["Status"] == "Shut"
