"""Provisioning on a real NocoDB: made from nothing, made again, damaged and mended, interrupted.

The server does things behind one's back that no fake would think of; these tests are the ones that count.
"""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from automations.errors import Stop, TryAgainLater
from schema import BASES, CASEWORK, FRONT_DESK, TABLES
from schema.choices import ActionState
from schema.parts import Base, Field, Kind, Link, Table, View, Wall
from schema.provisioning import apply, diff
from schema.provisioning.changes import AddField, Conflict, Unknown
from sync.platforms.nocodb_schema import NocoSchema
from tests.schema.conftest import FORM_PASSWORD

HOUR = timedelta(hours=1)


def quiet(words: str) -> None:
    """Say nothing."""


def column_of(target, table, name):
    """One column as the server tells it."""
    model = target.meta.model(target.tables()[table].table)
    return next(column for column in model["columns"] if column["title"] == name)


def view_of(target, table, name):
    """The id of one view."""
    model = target.meta.model(target.tables()[table].table)
    return next(view["id"] for view in model["views"] if view["title"] == name)


def write(target, table, *rows):
    """Put rows in, and read back what the server made of them."""
    place = target.tables()[table]
    path = f"v3/data/{place.base}/{place.table}/records"
    records = []
    for row in rows:
        records += target.meta.ask("POST", path, {"fields": row})["records"]
    return [record["fields"] | {"Id": record["id"]} for record in records]


def seen_in(target, table, view):
    """The rows somebody sees who opens that view."""
    place = target.tables()[table]
    found = target.meta.ask("GET", f"v2/tables/{place.table}/records?viewId={view_of(target, table, view)}&limit=1000")
    return found["list"]


def test_the_bases_are_made_from_nothing(provisioned):
    """Every declared table is there, and every change took."""
    assert provisioned.first.left == ()
    assert provisioned.first.told == ()
    assert set(provisioned.target.tables()) == set(TABLES)


def test_a_second_apply_has_nothing_to_do(provisioned):
    """What the server tells is what was declared: formulas, filters, orders, words and questions."""
    again = apply(BASES, provisioned.target, quiet)

    assert [str(change) for change in again.done] == []


def test_the_bases_carry_the_landlords_name(provisioned, nocodb):
    """A landlord may have several sets on one server."""
    titles = {base["title"] for base in provisioned.target.meta.ask("GET", "v2/meta/bases")["list"]}

    assert {f"{provisioned.target.meta.name} \N{EN DASH} {base.name}" for base in BASES} <= titles


def test_what_was_damaged_is_found_and_mended_and_what_is_staffs_is_kept(provisioned):
    """A renamed choice (the server renames it in filters too), a deleted view, an emptied filter, another formula."""
    target = provisioned.target
    target.describe()
    ask = target.meta.ask
    state = column_of(target, "Cases", "State")
    options = [
        dict(one, title="Fresh" if one["title"] == "New" else one["title"]) for one in state["colOptions"]["options"]
    ]
    keep = {key: state[key] for key in ("title", "uidt", "column_name", "description")}
    ask("PATCH", f"v2/meta/columns/{state['id']}", keep | {"colOptions": {"options": options}})
    ask("DELETE", f"v2/meta/views/{view_of(target, 'Alerts', 'Not acknowledged')}")
    overdue = view_of(target, "Actions", "Overdue")
    base = target.tables()["Actions"].base
    ask("PUT", f"v3/meta/bases/{base}/views/{overdue}/filters", {"group_operator": "AND", "filters": []})
    status = column_of(target, "Actions", "Status")
    body = {"title": "Status", "uidt": "Formula", "formula_raw": "'Done'", "description": "Never mind."}
    ask("PATCH", f"v2/meta/columns/{status['id']}", body)
    cases = target.tables()["Cases"].table
    ask("POST", f"v2/meta/tables/{cases}/columns", {"title": "Our own note", "uidt": "LongText"})

    found = [str(change) for change in diff(BASES, target.describe(), target.can_share)]
    applied = apply(BASES, target, quiet)
    after = diff(BASES, target.describe(), target.can_share)

    assert found == [
        "Cases: State: add the choice New",
        "Actions: Status: change the help, put back how it is worked out",
        "Alerts: add the view Not acknowledged",
        "Cases: the view New: triage: put back the filters",
        "Actions: the view Overdue: put back the filters",
        "Cases: State: the choice Fresh is not ours; left alone",
        "Cases: the column Our own note is not ours; left alone",
    ]
    assert applied.left == ()
    assert all(isinstance(change, Unknown) for change in after)
    assert len(after) == 2
    assert column_of(target, "Cases", "Our own note")["uidt"] == "LongText"


def test_a_column_turned_into_another_kind_is_left_for_a_person(provisioned):
    """Converting could destroy what is in it."""
    target = provisioned.target
    target.describe()
    column = column_of(target, "Loans", "Notes")
    path = f"v2/meta/columns/{column['id']}"
    target.meta.ask("PATCH", path, {"title": "Notes", "uidt": "SingleLineText", "column_name": column["column_name"]})

    applied = apply((CASEWORK,), target, quiet)

    assert [str(one) for one in applied.told if isinstance(one, Conflict)] == [
        "Loans: Notes should be long text and is SingleLineText; rename or convert it by hand"
    ]
    body = {"title": "Notes", "uidt": "LongText", "column_name": column["column_name"]}
    target.meta.ask("PATCH", path, body)
    assert not [one for one in apply((CASEWORK,), target, quiet).told if isinstance(one, Conflict)]


def test_a_second_row_of_one_key_is_refused(provisioned):
    """The platform itself keeps keys unique; another key is welcome."""
    target = provisioned.target
    write(target, "Actions", {"Title": "Log the case", "Key": "CW-2026-0001/log_case"})

    with pytest.raises(Stop, match="409"):
        write(target, "Actions", {"Title": "Log the case", "Key": "CW-2026-0001/log_case"})
    write(target, "Actions", {"Title": "Log the case", "Key": "CW-2026-0002/log_case"})


def live_rows(now):
    """Each state with its due time on either side of now, and what Status must say (R-11)."""
    late, soon, far = now - HOUR, now + HOUR, now + 48 * HOUR
    yield ActionState.OPEN, late, late, "Overdue"
    yield ActionState.OPEN, soon, late, "Due soon"
    yield ActionState.OPEN, far, soon, "Due"
    yield ActionState.OPEN, None, None, "Due"
    yield ActionState.BLOCKED, late, late, "Overdue"
    yield ActionState.BLOCKED, soon, late, "Blocked"
    yield ActionState.ALERT, late, late, "Chase"
    yield ActionState.ALERT, soon, late, "Due"
    for state in (ActionState.WAITING, ActionState.DONE, ActionState.DONE_LATE, ActionState.NOT_NEEDED):
        yield state, late, late, str(state)
        yield state, soon, late, str(state)


def test_the_live_status_is_right_on_both_sides_of_now(provisioned):
    """Only what is still to be done becomes late by itself, and the overdue view shows exactly that."""
    cases = list(live_rows(datetime.now(UTC)))
    rows = [
        {
            "Title": f"Step {number}",
            "Key": f"live/{number}",
            "State": str(state),
            "Due at": due.isoformat() if due else None,
            "Warn at": warn.isoformat() if warn else None,
        }
        for number, (state, due, warn, _) in enumerate(cases)
    ]

    written = write(provisioned.target, "Actions", *rows)
    overdue = {row["Title"] for row in seen_in(provisioned.target, "Actions", "Overdue")}

    assert [row["Status"] for row in written] == [status for *_, status in cases]
    assert overdue == {f"Step {n}" for n, (*_, status) in enumerate(cases) if status == "Overdue"}
    assert {row["Title"] for row in seen_in(provisioned.target, "Actions", "Alerts to chase")} == {"Step 6", "Step 7"}
    assert {row["Title"] for row in seen_in(provisioned.target, "Actions", "Due today or soon")} == {"Step 1", "Step 2"}


def test_every_view_opens(provisioned):
    """A filter or order that the server cannot carry out would show as an error to staff."""
    for place in provisioned.target.tables().values():
        for view in provisioned.target.meta.model(place.table)["views"]:
            if view["type"] != 1:
                provisioned.target.meta.ask("GET", f"v2/tables/{place.table}/records?viewId={view['id']}&limit=1")


def shared_form(target):
    """The address of the report form's public part."""
    model = target.meta.model(target.tables()["Reports"].table)
    form = next(view for view in model["views"] if view["type"] == 1)
    return f"{target.meta.url}/api/v2/public/shared-view/{form['uuid']}"


def test_the_report_form_is_write_only_and_needs_its_password(provisioned):
    """With the password a report goes in; without it nothing does; and nothing comes out either way."""
    form = shared_form(provisioned.target)
    key = {"xc-password": FORM_PASSWORD}
    report = {"data": {"Victim's name": "A. Victim", "What happened": "Words shouted.", "Postcode": "M1 1AA"}}

    assert requests.post(f"{form}/rows", json=report, timeout=30).status_code == 403
    assert requests.post(f"{form}/rows", json=report, headers={"xc-password": "guess"}, timeout=30).status_code == 403
    assert requests.post(f"{form}/rows", json=report, headers=key, timeout=30).status_code == 200
    for way in ("rows", "count", "aggregate", "group", "groupby", "nested", "bulk/dataList", "export/csv"):
        for headers in ({}, key):
            assert requests.get(f"{form}/{way}", headers=headers, timeout=30).status_code in {400, 403, 404}, way
    seen = seen_in(provisioned.target, "Reports", "Not yet picked up")
    assert [row["Pick-up"] for row in seen if row["Victim's name"] == "A. Victim"] == ["Not yet picked up"]


def test_a_form_cannot_fill_what_it_does_not_ask(provisioned):
    """Else anybody could mark a report as taken, and nobody would ever read it."""
    form, key = shared_form(provisioned.target), {"xc-password": FORM_PASSWORD}
    row = {"Victim's name": "B. Victim", "Taken at": "2026-01-01T00:00:00Z", "Case reference": "CW-1", "Send": True}

    echoed = requests.post(f"{form}/rows", json={"data": row}, headers=key, timeout=30).json()

    assert echoed["Victim's name"] == "B. Victim"
    assert (echoed["Taken at"], echoed["Case reference"], echoed["Send"]) == (None, None, False)


def test_pick_up_says_where_a_report_stands(provisioned):
    """Typed in the grid it waits for Send; taken, it says so; a question for a person goes before all."""
    sent, unsent, taken, asks = write(
        provisioned.target,
        "Reports",
        {"Victim's name": "C", "Send": True},
        {"Victim's name": "D"},
        {"Victim's name": "E", "Taken at": "2026-11-02T10:00:00Z"},
        {"Victim's name": "F", "Taken at": "2026-11-02T10:00:00Z", "What needs a person": "The area is not known."},
    )

    assert [row["Pick-up"] for row in (sent, unsent, taken, asks)] == [
        "Not yet picked up",
        "Not yet sent",
        "Taken",
        "Needs a person",
    ]


def test_a_new_field_does_not_show_in_the_form_or_in_our_views(provisioned):
    """The server shows every new column everywhere; apply hides it again."""
    target = provisioned.target
    target.describe()
    target.make(AddField("Front desk", "Reports", Field("Looked at by")))

    changed = apply((FRONT_DESK,), target, quiet)
    form = requests.get(f"{shared_form(target)}/meta", headers={"xc-password": FORM_PASSWORD}, timeout=30).json()

    assert "Looked at by" not in {column["title"] for column in form["model"]["columns"]}
    assert any("the form Report a hate incident" in str(change) for change in changed.done)
    assert [str(change) for change in changed.told] == ["Reports: the column Looked at by is not ours; left alone"]


SMALL = (
    Base(
        "Front desk",
        "Houses and doors.",
        (
            Table("Houses", Wall.FRONT_DESK, "One row a house.", (Field("House", unique=True),)),
            Table(
                "Doors",
                Wall.FRONT_DESK,
                "One row a door.",
                (Field("Door"), Field("State", Kind.CHOICE, choices=("Open", "Shut")), Field("Due at", Kind.INSTANT),
                 Field("Warn at", Kind.INSTANT), Field("Status", Kind.LIVE, live="status")),
                links=(Link("House", to="Houses", help="Where it hangs."),
                       Link("Seen from", to="Houses", many=True, back="Doors in sight")),
                views=(View("Overdue", sort=("-Due at",), show=("Door", "Status")),),
            ),
        ),
    ),
)  # fmt: skip


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
@pytest.mark.parametrize("number", range(0, 20, 3))
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


def test_an_editor_may_not_change_the_bases(provisioned, nocodb):
    """The runner's own account is refused; the creator's is not."""
    url, admin = nocodb.url, nocodb.session
    email = f"{provisioned.target.meta.name.replace(' ', '.').lower()}@casewatch.example"
    base = provisioned.target.bases()["Office"]
    admin.post(f"{url}/api/v2/meta/bases/{base}/users", json={"email": email, "roles": "editor"}, timeout=30)
    users = admin.get(f"{url}/api/v2/meta/bases/{base}/users", timeout=30).json()["users"]["list"]
    invited = next(user["invite_token"] for user in users if user["email"] == email)
    body = {"email": email, "password": "a-long-password-1", "token": invited}
    signed = requests.post(f"{url}/api/v1/auth/user/signup", json=body, timeout=30).json()["token"]
    made = requests.post(f"{url}/api/v1/tokens", json={"description": "t"}, headers={"xc-auth": signed}, timeout=30)
    editor = NocoSchema(url, made.json()["token"], provisioned.target.meta.name)
    editor.describe()

    with pytest.raises(Stop, match="may not change"):
        editor.make(AddField("Office", "Staff", Field("Shoe size")))
    assert "Shoe size" not in editor.tables()["Staff"].columns


def test_a_wrong_token_is_said_plainly(nocodb):
    """A mistyped token is the commonest fault of all."""
    with pytest.raises(Stop, match="does not know the token"):
        NocoSchema(nocodb.url, "wrong", "Northfield").describe()


def test_a_server_that_is_down_is_tried_again_later():
    """Nothing listens on port 9."""
    with pytest.raises(TryAgainLater):
        NocoSchema("http://127.0.0.1:9", "t", "Northfield").describe()
