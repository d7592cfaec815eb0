"""What staff see on a real NocoDB: live states, views that answer their question, and a form that only writes."""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from automations.errors import Stop
from schema.choices import ActionState
from tests.schema.conftest import FORM_PASSWORD
from tests.schema.nocodb_rows import seen_in, shared_form, write

HOUR = timedelta(hours=1)


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
    yield ActionState.ALERT_BLOCKED, late, late, "Blocked"
    for state in (ActionState.WAITING, ActionState.DONE, ActionState.DONE_LATE, ActionState.NOT_NEEDED):
        yield state, late, late, str(state)
        yield state, soon, late, str(state)


def test_the_live_status_is_right_on_both_sides_of_now(provisioned):
    """Only what is still to be done becomes late by itself. The views of what is due show just that, and the alerts
    past their time and still to come with it (R-03, R-11).
    """
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

    def seen(view):
        return {row["Title"] for row in seen_in(provisioned.target, "Actions", view)}

    assert [row["Status"] for row in written] == [status for *_, status in cases]
    assert seen("Overdue") == {f"Step {n}" for n, (*_, status) in enumerate(cases) if status in ("Overdue", "Chase")}
    assert seen("Due today or soon") == {"Step 1", "Step 2", "Step 5", "Step 7"}
    assert seen("Within the hour") == {"Step 6", "Step 7", "Step 8"}
    assert seen("Blocked: what opens it") == {"Step 4", "Step 5", "Step 8"}


def test_the_opening_view_shows_each_rows_number_and_the_form_its_own_questions(provisioned):
    """Sentences name rows by it; a public form asks in plain words, and its other columns keep their names."""
    meta, places = provisioned.target.meta, provisioned.target.tables()
    model = meta.model(places["Interviews"].table)
    opening = next(view for view in model["views"] if view["title"] == "Interviews")
    number = next(column["id"] for column in model["columns"] if column["title"] == "Id")
    shown = [row for row in meta.ask("GET", f"v3/meta/views/{opening['id']}/columns")["fields"].values() if row["show"]]

    assert opening["show_system_fields"]
    assert sorted(shown, key=lambda row: row["order"])[1]["fk_column_id"] == number
    reports = meta.model(places["Reports"].table)
    form = next(view for view in reports["views"] if view["type"] == 1)
    asked = meta.ask("GET", f"v3/meta/views/{form['id']}/columns")["fields"]
    labels = {column["title"]: asked[column["id"]]["label"] for column in reports["columns"] if column["id"] in asked}
    assert labels["Refer to the police"] == "Has the victim agreed that we refer it to the police?"
    assert labels["Address"] is None


def test_every_view_opens(provisioned):
    """A filter or order that the server cannot carry out would show as an error to staff."""
    for place in provisioned.target.tables().values():
        for view in provisioned.target.meta.model(place.table)["views"]:
            if view["type"] != 1:
                provisioned.target.meta.ask("GET", f"v2/tables/{place.table}/records?viewId={view['id']}&limit=1")


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
