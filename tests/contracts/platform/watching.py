"""The platform's contract: what staff do to the base meanwhile, noticing what changed, who did it.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest

from automations.errors import UnknownChoice
from automations.ports import Unreadable
from tests.contracts.desk import renamed
from tests.contracts.platform.samples import a_key


class StaffAtTheGrid:
    """What staff do to the base meanwhile."""

    def test_a_renamed_option_is_named_with_its_table_and_field(self, platform, desk):
        """Made or changed, the runner learns which option to ask back; other rows of the call are changed."""
        key = a_key()
        one, two = platform.create("Actions", [{"Key": a_key(), "State": "Alert"}, {"Key": a_key()}])
        with renamed(desk, "Actions", "State", "Alert", "Alarm"):
            with pytest.raises(UnknownChoice) as made:
                platform.create("Actions", [{"Key": key, "State": "Alert"}])
            with pytest.raises(UnknownChoice) as changed:
                platform.update("Actions", [(two, {"State": "Alert"}), (one, {"About": "still"})])
            assert platform.find("Actions", "Key", [key]) == []
            assert platform.get("Actions", [one])[0].fields["State"] == "Alarm"

        for error in (made.value, changed.value):
            assert (error.table, error.column, error.option) == ("Actions", "State", "Alert")
        assert changed.value.ids == (two,)
        assert platform.get("Actions", [one])[0].fields["About"] == "still"
        platform.update("Actions", [(two, {"State": "Alert"})])
        assert platform.get("Actions", [two])[0].fields["State"] == "Alert"

    def test_one_of_several_options_renamed_is_named_too(self, platform, desk):
        with (
            renamed(desk, "Reports", "Because of", "Race", "Race or nationality"),
            pytest.raises(UnknownChoice) as error,
        ):
            platform.create("Reports", [{"Because of": ("Disability", "Race")}])

        assert (error.value.column, error.value.option) == ("Because of", "Race")

    def test_a_word_in_a_date_is_kept_as_unreadable(self, platform, desk):
        """The rest of the record, and the other records, are read as ever."""
        one, two = platform.create("Reviews", [{"Findings": "safe"}, {"Findings": "unsafe"}])
        desk.spoil("Reviews", one, "Held at", "next Tuesday")

        first, second = platform.get("Reviews", [one, two])
        assert first.fields["Held at"] == Unreadable("next Tuesday")
        assert (first.fields["Findings"], second.fields["Findings"]) == ("safe", "unsafe")
        assert second.fields["Held at"] is None


class Noticing:
    """Noticing what changed."""

    def test_changes_since_an_instant_are_new_and_updated_records(self, platform):
        """A record never updated counts by when it was made; the instant itself is included."""
        old, changed = platform.create("Contacts", [{"Contact": "old"}, {"Contact": "to be changed"}])
        time.sleep(1.1)
        (new,) = platform.create("Contacts", [{"Contact": "new"}])
        platform.update("Contacts", [(changed, {"Contact": "changed"})])
        (made,) = platform.get("Contacts", [new])

        found = {record.id for record in platform.changed_since("Contacts", made.created_at)}
        assert {new, changed} <= found
        assert old not in found
        assert platform.changed_since("Contacts", datetime.now(UTC) + timedelta(minutes=1)) == []

    def test_staff_edits_are_changes_too(self, platform, desk):
        (id,) = platform.create("Contacts", [{"Contact": "a"}])
        time.sleep(1.1)
        desk.write("Contacts", id, {"Contact": "b"})
        changed = platform.get("Contacts", [id])[0].updated_at

        assert id in {record.id for record in platform.changed_since("Contacts", changed)}

    def test_the_status_is_live(self, platform):
        """It becomes Overdue by the clock alone: nobody writes to the record."""
        now = datetime.now(UTC)
        rows = [("Open", -1, None, "Overdue"), ("Open", 60, -1, "Due soon"), ("Open", 60, 30, "Due"),
                ("Blocked", -1, None, "Overdue"), ("Blocked", 60, None, "Blocked"), ("Alert", -1, None, "Chase"),
                ("Alert", 60, None, "Due"), ("Done", -1, None, "Done"), ("Done late", -1, None, "Done late"),
                ("Open", None, None, "Due")]  # fmt: skip

        def away(minutes):
            return now + timedelta(minutes=minutes) if minutes else None

        ids = platform.create("Actions", [
            {"State": state, "Due at": away(due), "Warn at": away(warn)} for state, due, warn, _ in rows
        ])  # fmt: skip
        (soon,) = platform.create("Actions", [{"State": "Open", "Due at": now + timedelta(seconds=4)}])
        if not platform.capabilities.live_status:
            return

        assert [record.fields["Status"] for record in platform.get("Actions", ids)] == [shown for *_, shown in rows]
        assert platform.get("Actions", [soon])[0].fields["Status"] == "Due"
        time.sleep(6)
        assert platform.get("Actions", [soon])[0].fields["Status"] == "Overdue"
        assert ids[0] in {record.id for record in platform.find("Actions", "Status", ["Overdue"])}


class Authors:
    """Who did it."""

    def test_the_author_of_a_field_is_whoever_last_set_it(self, platform, desk):
        """A manager's decision is the manager's, also beside cells that the runner wrote (R-25)."""
        if not platform.capabilities.audit:
            pytest.fail("without an audit a decision does not count: this platform needs a test of its own")
        (id,) = platform.create("Approvals", [{"Approval": "a", "Reason": "because"}])
        desk.write("Approvals", id, {"Decision": "Agreed", "Reason": "because I say so"})
        platform.update("Approvals", [(id, {"Approval": "b"})])

        authors = platform.authors("Approvals", id)
        assert {name: author.email for name, author in authors.items()} == {
            "Approval": desk.runner, "Decision": desk.staff, "Reason": desk.staff,
        }  # fmt: skip
        assert abs(datetime.now(UTC) - authors["Decision"].at) < timedelta(minutes=1)
        assert platform.authors("Approvals", "999999999") == {}

    def test_the_author_is_found_behind_many_later_changes(self, platform, desk):
        """The audit comes in pages."""
        (id,) = platform.create("Approvals", [{"Approval": "0"}])
        desk.write("Approvals", id, {"Decision": "Agreed"})
        for n in range(30):
            platform.update("Approvals", [(id, {"Approval": f"{n + 1}"})])

        assert platform.authors("Approvals", id)["Decision"].email == desk.staff

    def test_a_changed_link_has_an_author(self, platform, desk):
        (case,) = platform.create("Cases", [{"Reference": a_key()}])
        (id,) = platform.create("Approvals", [{"Approval": "a"}])
        platform.update("Approvals", [(id, {"Case": (case,)})])

        assert platform.authors("Approvals", id)["Case"].email == desk.runner

    def test_a_form_has_no_maker_and_no_author(self, platform, desk):
        """Nobody signs in for it; a row that the runner made says so."""
        sent = desk.submit("Reports", {"What happened": "He shouted at the door."})
        (made,) = platform.create("Reports", [{"What happened": "Typed."}])

        form, grid = platform.get("Reports", sorted([sent, made], key=int))
        assert form.fields["What happened"] == "He shouted at the door."
        assert form.fields["Made by"] is None
        assert platform.authors("Reports", sent) == {}
        assert grid.fields["Made by"] == desk.runner
        assert (form.fields["Pick-up"], grid.fields["Pick-up"]) == ("Not yet picked up", "Not yet sent")
