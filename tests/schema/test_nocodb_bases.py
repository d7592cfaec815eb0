"""The three bases on a real NocoDB: made from nothing, made again, damaged and mended.

The server does things behind one's back that no fake would think of; these tests are the ones that count.
"""

import pytest
import requests

from automations.errors import Stop, TryAgainLater
from schema import BASES, CASEWORK, FRONT_DESK, TABLES
from schema.parts import Field
from schema.provisioning import apply, diff
from schema.provisioning.changes import AddField, Conflict, Unknown
from sync.platforms.nocodb_schema import NocoSchema
from tests.schema.conftest import FORM_PASSWORD
from tests.schema.nocodb_rows import column_of, quiet, shared_form, view_of


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

    assert {f"{base.name} \N{EN DASH} {provisioned.target.meta.name}" for base in BASES} <= titles


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
        "Actions: the view Overdue: put back the filters, how the filters join",
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
