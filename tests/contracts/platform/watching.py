"""The platform's contract: what staff do to the base meanwhile, noticing what changed, who did it.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest

import pytest

from automations.errors import UnknownChoice
from automations.in_step import in_step
from automations.ports import Unreadable
from tests.contracts.desk import renamed
from tests.contracts.platform.samples import INSTANTS, WORDS, a_key


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

    def test_changes_since_an_instant_are_new_and_updated_records(self, platform, desk):
        """A record never updated counts by when it was made; the instant itself is included."""
        old, changed = platform.create("Contacts", [{"Contact": "old"}, {"Contact": "to be changed"}])
        desk.wait(1.1)
        (new,) = platform.create("Contacts", [{"Contact": "new"}])
        platform.update("Contacts", [(changed, {"Contact": "changed"})])
        (made,) = platform.get("Contacts", [new])

        found = {record.id for record in platform.changed_since("Contacts", made.created_at)}
        assert {new, changed} <= found
        assert old not in found
        assert platform.changed_since("Contacts", datetime.now(UTC) + timedelta(minutes=1)) == []

    def test_staff_edits_are_changes_too(self, platform, desk):
        (id,) = platform.create("Contacts", [{"Contact": "a"}])
        desk.wait(1.1)
        desk.write("Contacts", id, {"Contact": "b"})
        changed = platform.get("Contacts", [id])[0].updated_at

        assert id in {record.id for record in platform.changed_since("Contacts", changed)}

    def test_the_status_is_live(self, platform, desk, record_property):
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
            record_property("not asked", "live_status")
            return

        assert [record.fields["Status"] for record in platform.get("Actions", ids)] == [shown for *_, shown in rows]
        assert platform.get("Actions", [soon])[0].fields["Status"] == "Due"
        desk.wait(6)
        assert platform.get("Actions", [soon])[0].fields["Status"] == "Overdue"
        assert ids[0] in {record.id for record in platform.find("Actions", "Status", ["Overdue"])}


class Histories:
    """Who did what, and what stood there before, by the platform's audit."""

    asked_where = ("audit", True)

    def test_every_change_of_a_field_is_told_oldest_first(self, platform, desk):
        """A manager's decision is the manager's, also beside cells that the runner wrote (R-25)."""
        assert platform.capabilities.audit
        (id,) = platform.create("Approvals", [{"Approval": "a", "Reason": "because"}])
        desk.write("Approvals", id, {"Decision": "Agreed", "Reason": "because I say so"})
        platform.update("Approvals", [(id, {"Approval": "b"})])

        told = platform.history("Approvals", id)
        assert platform.account() == desk.runner
        assert sorted((x.field, x.before, x.after, x.by, x.made) for x in told[:2]) == [
            ("Approval", None, "a", desk.runner, True), ("Reason", None, "because", desk.runner, True),
        ]  # fmt: skip
        assert sorted((x.field, x.before or "", x.after, x.by, x.made) for x in told[2:4]) == [
            ("Decision", "", "Agreed", desk.staff, False), ("Reason", "because", "because I say so", desk.staff, False),
        ]  # fmt: skip
        assert [(x.field, x.before, x.after, x.by) for x in told[4:]] == [("Approval", "a", "b", desk.runner)]
        assert all(abs(datetime.now(UTC) - x.at) < timedelta(minutes=1) for x in told)
        assert platform.history("Approvals", "999999999") == []

    def test_what_stood_there_comes_back_as_it_was_read(self, platform, desk):
        """Instants, ticks, numbers, one choice and several: each as the record itself gives it."""
        at = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
        cells = {"State": "New", "Opened at": at, "Imported": True, "Contact every (days)": 21}
        (case,) = platform.create("Cases", [{"Reference": a_key(), **cells}])
        platform.update("Cases", [(case, dict.fromkeys(cells))])
        (incident,) = platform.create("Incidents", [{"Because of": ("Race", "Disability")}])
        platform.update("Incidents", [(incident, {"Because of": ("Race",)})])

        told = [x for x in platform.history("Cases", case) if x.field in cells]
        assert {x.field: x.after for x in told if x.made} == cells
        assert {x.field: x.before for x in told if not x.made} == cells
        assert all(not x.after for x in told if not x.made)
        first, second = platform.history("Incidents", incident)
        assert set(first.after) == set(second.before) == {"Race", "Disability"}
        assert second.after == ("Race",)

    def test_the_history_ends_in_what_the_record_holds_and_not_in_what_it_held_before(self, platform, desk):
        """A decision's author is looked for so (R-25). Each kind of cell, any text, whoever wrote it."""
        (case,) = platform.create("Cases", [{"Reference": a_key()}])
        (review,) = platform.create(
            "Reviews", [{"Kind": "Progress review", "Held at": datetime.now(UTC), "Case": (case,)}]
        )
        (closure,) = platform.create("Closures", [{"How we know": ("The victim", "A neighbour")}])
        (policy,) = platform.create("Policy reviews", [{"Reviewed on": date(2026, 11, 5)}])
        held, before = in_step_with(platform, "Reviews", review), platform.get("Reviews", [review])[0]
        for text, moment in zip_longest(WORDS.values(), INSTANTS.values()):
            cells = {"Findings": text, "Held at": moment, "Covers the outcome": bool(moment)}
            platform.update("Reviews", [(review, cells)])
            held &= in_step_with(platform, "Reviews", review)
            desk.write("Reviews", review, {"Findings": f"{text} " if text else "", "Kind": "Outcome review"})
            held &= in_step_with(platform, "Reviews", review)

        assert held
        assert in_step_with(platform, "Closures", closure)
        platform.update("Closures", [(closure, {"How we know": ("A neighbour",)})])
        assert in_step_with(platform, "Closures", closure)
        assert in_step_with(platform, "Policy reviews", policy)
        told = tuple(platform.history("Reviews", review))
        assert not any(in_step(before, name, told) for name in ("Findings", "Held at", "Kind"))

    def test_the_history_goes_back_behind_many_later_changes(self, platform, desk):
        """The audit comes in pages."""
        (id,) = platform.create("Approvals", [{"Approval": "0"}])
        desk.write("Approvals", id, {"Decision": "Agreed"})
        for n in range(30):
            platform.update("Approvals", [(id, {"Approval": f"{n + 1}"})])

        told = platform.history("Approvals", id)
        assert [x.by for x in told if x.field == "Decision"] == [desk.staff]
        assert [x.after for x in told if x.field == "Approval"] == [str(n) for n in range(31)]

    def test_a_changed_link_is_told_whichever_way_it_was_made(self, platform, desk):
        """By the runner; and by staff at the grid, which links in a way of its own."""
        one, two = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
        (id,) = platform.create("Approvals", [{"Approval": "a"}])
        platform.update("Approvals", [(id, {"Case": (one,)})])
        desk.link("Approvals", id, "Case", two)

        assert platform.get("Approvals", [id])[0].fields["Case"] == (two,)
        for _ in range(50):  # the audit of the grid's own links may come a moment after the link
            told = [x for x in platform.history("Approvals", id) if x.field == "Case"]
            if ((two,), desk.staff) in [(x.after, x.by) for x in told]:
                break
            time.sleep(0.1)
        assert (told[0].after, told[0].by) == ((one,), desk.runner)
        # One action at the grid takes the old link away and makes the new one: the audit tells both, in either order.
        assert ((two,), desk.staff) in [(x.after, x.by) for x in told[1:]], told
        assert in_step(platform.get("Approvals", [id])[0], "Case", tuple(told))


def in_step_with(platform, table: str, id: str) -> bool:
    """Whether each cell of a record is the one that its history ends in."""
    record, told = platform.get(table, [id])[0], tuple(platform.history(table, id))
    return bool(told) and all(in_step(record, name, told) for name in record.fields)


class Hands:
    """Whose hands were on a record."""

    def test_a_record_says_who_made_it_and_who_changed_it_last(self, platform, desk):
        """Nobody has changed what was only made. A link made by us leaves it as it is or names us."""
        case, other = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
        many = platform.create("Actions", [{"Key": a_key(), "Case": (case,)} for _ in range(5)])

        def hands(id):
            held = platform.get("Actions", [id])[0].fields
            return held["Made by"], held["Changed by"]

        assert {hands(id) for id in many} == {(desk.runner, None)}
        desk.write("Actions", many[0], {"About": "x"})
        assert hands(many[0]) == (desk.runner, desk.staff)
        platform.update("Actions", [(many[0], {"About": "y"})])
        assert hands(many[0]) == (desk.runner, desk.runner)
        platform.update("Actions", [(many[1], {"Case": (other,)})])
        assert hands(many[1])[1] in (None, desk.runner)

    def test_a_form_has_no_maker_and_no_author(self, platform, desk):
        """Nobody signs in for it; a row that the runner made says so."""
        sent = desk.submit("Reports", {"What happened": "He shouted at the door."})
        (made,) = platform.create("Reports", [{"What happened": "Typed."}])

        form, grid = platform.get("Reports", sorted([sent, made], key=int))
        assert form.fields["What happened"] == "He shouted at the door."
        assert form.fields["Made by"] is None
        assert {x.by for x in platform.history("Reports", sent)} == {None}
        assert grid.fields["Made by"] == desk.runner
        assert (form.fields["Pick-up"], grid.fields["Pick-up"]) == ("Not yet picked up", "Not yet sent")
