"""What every platform promises, as tests: inherit PlatformContract and give it a `platform` and a `desk`.

In: an adapter, and staff at its grid. Out: one test a promise; the real server and memory pass the same ones.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import secrets
import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from automations.errors import CaseworkError, DuplicateKey, NotWritten, Stop, UnknownChoice
from automations.ports import Unreadable
from tests.contracts.desk import renamed

LONDON = ZoneInfo("Europe/London")

WORDS = {
    "twenty thousand letters": "Said at the door. " * 1112,
    "emoji": "He said 🏳️‍🌈 and 👩🏽‍🦽, then 😡",
    "right to left": "قال «ارحل» ثم כתב על הקיר",
    "quotes": """She said "it's him", 'him', `him` and «him»""",
    "markup": "<script>alert(1)</script> {{ 7*7 }} **bold** &amp; </p>",
    "lines": "first line\nsecond\r\nthird\n\n\ttabbed",
    "formula": "=HYPERLINK(\"http://example.test\")",
    "null": "null",
    "commas and brackets": "a,b),(c~or(Id,gt,0)",
    "per cent": "100% of _it_ \\ back",
    "accents": "Zoë Núñez-Łukasz, Dún Laoghaire – №5",
}  # fmt: skip
INSTANTS = {
    "plain": datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
    "clocks go back, first 01:30": datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
    "clocks go back, second 01:30": datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),
    "clocks go forward": datetime(2026, 3, 29, 2, 0, tzinfo=LONDON),
    "end of a summer's day": datetime(2026, 7, 1, 23, 59, 59, tzinfo=LONDON),
    "leap day": datetime(2028, 2, 29, tzinfo=UTC),
    "far zone": datetime(2026, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=13))),
    "long ago": datetime(1931, 6, 5, 4, 3, 2, tzinfo=UTC),
}
ODD = ["a,b", "a(b)", "a~b", "it's", 'say "q"', "x) ~or (Id,gt,0", "per%cent", "under_score", "ünï 😀", "שלום",
       "CW-2026-0007/letter/x, y (z)", "null", "two\nlines", "~not", '"', "'", "tab\tx", "back\\slash", "q'\"both",
       "ends in \\", "`tick`", "@at", "#hash", "{brace}", "[bracket]", "50% off, (really)"]  # fmt: skip


def a_key() -> str:
    """A key that no other test has."""
    return f"contract/{secrets.token_hex(8)}"


class PlatformContract:
    """Every promise of automations.ports.Platform."""

    # --- what is written is what is read --------------------------------------------------------

    def test_reads_back_every_kind_of_cell(self, platform):
        """Text, choice, tick, number, date, instant, several choices, e-mail and telephone."""
        report = {
            "Victim's name": "A. Person",
            "E-mail": "a.person@example.test",
            "Telephone": "01632 960 001",
            "Safe ways to contact": ("Letter to the home", "E-mail"),
            "How reported": "Out-of-hours desk",
            "Police know": "No, they do not know",
            "Large print": True,
            "First reported at": datetime(2026, 1, 5, 9, tzinfo=UTC),
        }
        (id,) = platform.create("Reports", [report])
        (case,) = platform.create("Cases", [{"Reference": a_key(), "Contact every (days)": 10}])
        (person,) = platform.create("People", [{"Date of birth": date(1931, 6, 5)}])

        held = platform.get("Reports", [id])[0].fields
        assert {name: held[name] for name in report} == report
        assert platform.get("Cases", [case])[0].fields["Contact every (days)"] == 10
        assert platform.get("People", [person])[0].fields["Date of birth"] == date(1931, 6, 5)

    @pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
    def test_text_comes_back_letter_by_letter(self, platform, text):
        """What somebody said is evidence: not a character of it changes, when made or when changed."""
        made, changed = platform.create("Developments", [{"Detail": text}, {"Detail": "before"}])
        platform.update("Developments", [(changed, {"Detail": text})])

        assert [r.fields["Detail"] for r in platform.get("Developments", [made, changed])] == [text, text]

    @pytest.mark.parametrize("moment", INSTANTS.values(), ids=INSTANTS)
    def test_instants_come_back_as_the_same_instant_in_utc(self, platform, moment):
        """Also in the nights the clocks change, and from another zone."""
        (id,) = platform.create("Developments", [{"Happened at": moment}])

        held = platform.get("Developments", [id])[0].fields["Happened at"]
        assert held == moment.astimezone(UTC)
        assert held.tzinfo is UTC

    def test_instants_keep_whole_seconds(self, platform):
        """Parts of a second are dropped, so that what is read equals what was compared."""
        (id,) = platform.create("Developments", [{"Happened at": datetime(2026, 1, 5, 9, 0, 1, 999_999, tzinfo=UTC)}])

        assert platform.get("Developments", [id])[0].fields["Happened at"] == datetime(2026, 1, 5, 9, 0, 1, tzinfo=UTC)

    def test_blank_cells_read_as_blank(self, platform):
        """Nothing is None, an unticked tick is False, no choices, files or links is the empty tuple."""
        (report,) = platform.create("Reports", [{"Victim's name": ""}])
        (letter,) = platform.create("Letters", [{}])

        held = platform.get("Reports", [report])[0].fields
        assert held["Victim's name"] is held["First reported at"] is held["How reported"] is None
        assert held["Send"] is False
        assert held["Because of"] == ()
        letter = platform.get("Letters", [letter])[0].fields
        assert letter["Document"] == letter["Case"] == ()

    def test_a_cell_can_be_emptied_again(self, platform):
        """By None, by empty text and by the empty tuple."""
        filled = {
            "Victim's name": "A. Person", "First reported at": datetime(2026, 1, 5, 9, tzinfo=UTC),
            "How reported": "E-mail",
            "Because of": ("Race",), "Send": True, "Address": "1 The Street",
        }  # fmt: skip
        (id,) = platform.create("Reports", [filled])
        emptied = {**dict.fromkeys(filled), "Because of": (), "Send": False, "Address": ""}
        platform.update("Reports", [(id, emptied)])

        held = platform.get("Reports", [id])[0].fields
        assert {name: held[name] for name in filled} == {**emptied, "Address": None}

    def test_a_record_holds_every_declared_column_and_says_when_it_was_made(self, platform):
        """A new record has not been updated; a changed one has."""
        from schema import TABLES

        (id,) = platform.create("Actions", [{"Key": a_key()}])
        (new,) = platform.get("Actions", [id])
        platform.update("Actions", [(id, {"About": "incident 1"})])
        (changed,) = platform.get("Actions", [id])

        assert set(new.fields) == {column.name for column in TABLES["Actions"].columns}
        assert abs(datetime.now(UTC) - new.created_at) < timedelta(minutes=1)
        assert new.updated_at is None
        assert changed.updated_at >= changed.created_at == new.created_at

    # --- making records -------------------------------------------------------------------------

    def test_250_records_of_one_call_keep_their_order(self, platform):
        """More than two batches: the ids come back in the order the rows were given."""
        keys = [a_key() for _ in range(250)]
        ids = platform.create("Send tokens", [{"Token": key} for key in keys])

        tokens = {record.id: record.fields["Token"] for record in platform.records("Send tokens")}
        assert [tokens[id] for id in ids] == keys
        assert [record.id for record in platform.get("Send tokens", reversed(ids))] == ids

    def test_a_table_of_more_than_one_page_is_read_whole(self, platform):
        """1,001 records: none is missed, none comes twice, the oldest comes first."""
        made = platform.create("Send tokens", [{"Token": a_key()} for _ in range(1001)])

        held = [record.id for record in platform.records("Send tokens")]
        assert [id for id in held if id in set(made)] == made
        assert len(held) == len(set(held))
        assert set(made) <= platform.ids("Send tokens") == set(held)

    def test_a_key_used_twice_makes_nothing_of_its_batch(self, platform):
        """The duplicate stands in the middle; the rows around it were not made, and can be made without it."""
        taken, first, last = a_key(), a_key(), a_key()
        platform.create("Actions", [{"Key": taken}])

        with pytest.raises(DuplicateKey) as error:
            platform.create("Actions", [{"Key": first}, {"Key": taken}, {"Key": last}])
        assert platform.find("Actions", "Key", [first, last]) == []
        assert "Key" in str(error.value)
        assert taken not in str(error.value)

        platform.create("Actions", [{"Key": first}, {"Key": last}])
        assert len(platform.find("Actions", "Key", [first, taken, last])) == 3

    def test_a_key_twice_in_one_call_is_a_duplicate_too(self, platform):
        """Neither is made."""
        key = a_key()
        with pytest.raises(DuplicateKey):
            platform.create("Actions", [{"Key": key}, {"Key": key}])

        assert platform.find("Actions", "Key", [key]) == []

    def test_a_duplicate_in_a_later_batch_leaves_the_earlier_ones(self, platform):
        """A call longer than one batch is not made whole or not at all: look keys up before trying again."""
        keys = [a_key() for _ in range(platform.capabilities.batch + 2)]
        with pytest.raises(DuplicateKey):
            platform.create("Send tokens", [{"Token": key} for key in (*keys, keys[0])])

        made = [record.fields["Token"] for record in platform.find("Send tokens", "Token", keys)]
        assert made == keys[: platform.capabilities.batch]

    def test_many_records_may_have_no_key(self, platform):
        """Unique means unique where it is filled: staff's rows have no key."""
        assert len(platform.create("Developments", [{"Development": "one"}, {"Development": "two"}])) == 2

    def test_an_unknown_column_is_refused_before_anything_is_sent(self, platform):
        """Every fault of the call is named at once: wrong names, wrong kinds, and what is not ours to write."""
        key = a_key()
        with pytest.raises(Stop) as stop:
            platform.create("Actions", [{"Key": key}, {"Kye": "x", "Status": "Due", "Due at": "soon"}])

        assert all(word in str(stop.value) for word in ("Kye", "Status", "Due at"))
        assert platform.find("Actions", "Key", [key]) == []

    def test_an_unknown_table_or_column_to_read_is_refused(self, platform):
        """A typing mistake is not an empty answer."""
        with pytest.raises(Stop, match="Ships"):
            platform.records("Ships")
        with pytest.raises(Stop, match="Kye"):
            platform.find("Actions", "Kye", ["x"])

    def test_an_instant_without_a_zone_is_refused(self, platform):
        """Nobody guesses whether half past one was in summer."""
        with pytest.raises(Stop, match="Happened at"):
            platform.create("Developments", [{"Happened at": datetime(2026, 10, 25, 1, 30)}])

    # --- looking things up ----------------------------------------------------------------------

    def test_finds_300_keys_with_odd_characters(self, platform):
        """Commas, brackets, quotes of both kinds and line breaks: exactly the records asked for."""
        mark = a_key()
        keys = [f"{mark} {ODD[n % len(ODD)]} {n}" for n in range(300)]
        others = [f"{mark} other {n}" for n in range(20)]
        ids = platform.create("Send tokens", [{"Token": key} for key in (*keys, *others)])

        found = platform.find("Send tokens", "Token", [*keys, "not there"])

        assert [record.fields["Token"] for record in found] == keys
        assert [record.id for record in found] == ids[:300]

    @pytest.mark.parametrize("odd", ODD)
    def test_finds_one_odd_key_and_no_other(self, platform, odd):
        """Case and spaces count; a part of a key is not the key."""
        key = f"{a_key()}{odd}"
        (id, *_) = platform.create(
            "Send tokens", [{"Token": key}, {"Token": key + "x"}, {"Token": key.swapcase() + "y"}]
        )

        assert [record.id for record in platform.find("Send tokens", "Token", [key])] == [id]

    def test_finds_nothing_for_nothing(self, platform):
        """No values, and a blank value, find no records (not all of them)."""
        platform.create("Actions", [{"Title": "without a key"}])

        assert platform.find("Actions", "Key", []) == platform.find("Actions", "Key", [""]) == []

    def test_finds_long_keys_in_numbers(self, platform):
        """300 keys as long as ours are: more than an address may hold."""
        mark = a_key()
        keys = [f"{mark}/CW-2026-0007/perpetrator_delay_review/incident-{n}" for n in range(300)]
        platform.create("Send tokens", [{"Token": key} for key in keys])

        assert [record.fields["Token"] for record in platform.find("Send tokens", "Token", keys)] == keys

    def test_finds_by_choice_and_by_link(self, platform):
        """All actions of two cases, and none of a third."""
        one, two, three = platform.create("Cases", [{"Reference": a_key()} for _ in range(3)])
        ids = platform.create("Actions", [{"Case": (case,), "State": "Open"} for case in (one, two, three, one)])

        found = platform.find("Actions", "Case", [one, two])
        assert [record.id for record in found] == [ids[0], ids[1], ids[3]]
        assert set(ids) <= {record.id for record in platform.find("Actions", "State", ["Open"])}

    def test_finds_by_a_link_to_many(self, platform):
        """Incidents a person is a victim of."""
        (person,) = platform.create("People", [{}])
        wanted, _ = platform.create("Incidents", [{"Victims": (person,)}, {}])

        assert [record.id for record in platform.find("Incidents", "Victims", [person])] == [wanted]

    def test_gets_only_what_is_there(self, platform):
        """An id that never was, and words that are no id, get nothing."""
        (id,) = platform.create("Cases", [{"Reference": a_key()}])

        assert [record.id for record in platform.get("Cases", [id, "999999999", "not an id", ""])] == [id]

    # --- links ----------------------------------------------------------------------------------

    def test_links_are_read_back_whether_made_with_the_record_or_later(self, platform):
        """To one and to many, two links of one record at once."""
        (case,) = platform.create("Cases", [{"Reference": a_key()}])
        ann, ben, cat = platform.create("People", [{}, {}, {}])
        links = {"Case": (case,), "Victims": (ann, ben), "Witnesses": (cat,)}
        made, later = platform.create("Incidents", [links, {}])
        platform.update("Incidents", [(later, links)])

        for record in platform.get("Incidents", [made, later]):
            assert {name: record.fields[name] for name in links} == links

    def test_many_records_of_few_cases_are_each_linked_to_their_own(self, platform):
        """A whole procedure's actions for three cases in one call, and one action without a case."""
        cases = platform.create("Cases", [{"Reference": a_key()} for _ in range(3)])
        wanted = [(cases[n % 3],) for n in range(120)] + [()]
        ids = platform.create("Actions", [{"Key": a_key(), "Case": case} for case in wanted])

        held = {record.id: record for record in platform.get("Actions", ids)}
        assert [held[id].fields["Case"] for id in ids] == wanted
        assert {held[id].updated_at for id in ids} == {None}

    def test_links_can_be_changed_and_undone(self, platform):
        """Another case; one victim fewer and one more; then none."""
        one, two = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
        ann, ben, cat = platform.create("People", [{}, {}, {}])
        (id,) = platform.create("Incidents", [{"Case": (one,), "Victims": (ann, ben)}])

        platform.update("Incidents", [(id, {"Case": (two,), "Victims": (ben, cat)})])
        held = platform.get("Incidents", [id])[0].fields
        assert (held["Case"], held["Victims"]) == ((two,), (ben, cat))

        platform.update("Incidents", [(id, {"Case": (), "Victims": None})])
        held = platform.get("Incidents", [id])[0].fields
        assert held["Case"] == held["Victims"] == ()

    def test_a_link_and_a_cell_change_together(self, platform):
        """Neither is dropped for the other."""
        (case,) = platform.create("Cases", [{"Reference": a_key()}])
        (id,) = platform.create("Actions", [{"Key": a_key()}])
        platform.update("Actions", [(id, {"Case": (case,), "Title": "Interview", "State": "Open"})])

        held = platform.get("Actions", [id])[0].fields
        assert (held["Case"], held["Title"], held["State"]) == ((case,), "Interview", "Open")

    def test_a_link_to_a_record_that_is_not_there_is_refused(self, platform):
        """Made or changed: nothing is kept of that row."""
        key = a_key()
        with pytest.raises(NotWritten, match="Case"):
            platform.create("Actions", [{"Key": key, "Case": ("999999999",)}])
        assert platform.find("Actions", "Key", [key]) == []

        (id,) = platform.create("Actions", [{"Key": key}])
        with pytest.raises(NotWritten, match="Case") as error:
            platform.update("Actions", [(id, {"Title": "x", "Case": ("999999999",)})])
        assert error.value.ids == (id,)
        assert platform.get("Actions", [id])[0].fields["Title"] is None

    def test_a_link_to_one_takes_no_two(self, platform):
        """Refused at once, not one of them dropped."""
        one, two = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
        with pytest.raises(Stop, match="Case"):
            platform.create("Actions", [{"Case": (one, two)}])

    def test_a_deleted_record_leaves_no_link_behind(self, platform, desk):
        """Neither to one nor to many."""
        (case,) = platform.create("Cases", [{"Reference": a_key()}])
        ann, ben = platform.create("People", [{}, {}])
        (id,) = platform.create("Incidents", [{"Case": (case,), "Victims": (ann, ben)}])
        desk.delete("Cases", case)
        desk.delete("People", ann)

        held = platform.get("Incidents", [id])[0].fields
        assert (held["Case"], held["Victims"]) == ((), (ben,))
        assert case not in platform.ids("Cases")

    # --- changing records -----------------------------------------------------------------------

    def test_only_the_named_cells_change(self, platform):
        """What staff wrote beside them stays."""
        (id,) = platform.create("Cases", [{"Reference": a_key(), "Area": "North", "Triage": None, "Attach to": "x"}])
        platform.update("Cases", [(id, {"Area": "South"})])

        held = platform.get("Cases", [id])[0].fields
        assert (held["Area"], held["Attach to"]) == ("South", "x")

    def test_250_records_change_in_one_call(self, platform):
        """More than two batches."""
        ids = platform.create("Send tokens", [{"Token": a_key()} for _ in range(250)])
        platform.update("Send tokens", [(id, {"Key": f"for {id}"}) for id in ids])

        assert [record.fields["Key"] for record in platform.get("Send tokens", ids)] == [f"for {id}" for id in ids]

    def test_a_change_that_does_not_take_is_said_and_the_others_are_kept(self, platform):
        """A key that another record has: a server may answer 'done' and keep nothing of the whole batch."""
        taken, before, around = a_key(), a_key(), a_key()
        platform.create("Actions", [{"Key": taken}])
        first, middle, last = platform.create("Actions", [{"Key": around}, {"Key": before}, {"Title": "last"}])

        with pytest.raises(NotWritten) as error:
            platform.update(
                "Actions", [(first, {"About": "a"}), (middle, {"Key": taken, "About": "b"}), (last, {"About": "c"})]
            )

        assert error.value.ids == (middle,)
        held = [
            (record.fields["About"], record.fields["Key"]) for record in platform.get("Actions", [first, middle, last])
        ]
        assert held == [("a", around), (None, before), ("c", None)]
        assert taken not in str(error.value)

    def test_a_record_deleted_meanwhile_is_said_and_the_others_are_kept(self, platform, desk):
        """With its id, so that the runner can say so."""
        gone, here = platform.create("Actions", [{"Key": a_key()}, {"Key": a_key()}])
        desk.delete("Actions", gone)

        with pytest.raises(NotWritten) as error:
            platform.update("Actions", [(gone, {"About": "a"}), (here, {"About": "b"})])

        assert error.value.ids == (gone,)
        assert [record.fields["About"] for record in platform.get("Actions", [gone, here])] == ["b"]
        with pytest.raises(NotWritten):
            platform.attach("Letters", "999999999", "Document", "a.pdf", b"1", "application/pdf")

    def test_one_record_twice_in_a_call_gets_both_changes(self, platform):
        """The later one wins where both name a cell."""
        (id,) = platform.create("Actions", [{"Key": a_key()}])
        platform.update("Actions", [(id, {"About": "a", "Why": "x"}), (id, {"About": "b"})])

        held = platform.get("Actions", [id])[0].fields
        assert (held["About"], held["Why"]) == ("b", "x")

    # --- what staff do to the base --------------------------------------------------------------

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

    # --- noticing -------------------------------------------------------------------------------

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

    # --- files ----------------------------------------------------------------------------------

    @pytest.mark.parametrize("name", ["letter.pdf", "Brief – رسالة 😀 (1).pdf", "o'neil 50%.pdf"])
    def test_a_file_is_added_once_and_comes_back_whole(self, platform, name):
        """What is there stays; the same name and size twice adds nothing; another size is another file."""
        content = bytes(range(256)) * 40
        (id,) = platform.create("Letters", [{"Key": a_key()}])
        platform.attach("Letters", id, "Document", "first.txt", b"first", "text/plain")
        for _ in range(2):
            platform.attach("Letters", id, "Document", name, content, "application/pdf")

        files = platform.get("Letters", [id])[0].fields["Document"]
        assert [(file.name, file.size, file.mimetype) for file in files] == [
            ("first.txt", 5, "text/plain"), (name, len(content), "application/pdf"),
        ]  # fmt: skip
        assert platform.fetch("Letters", id, "Document", name) == content
        assert platform.fetch("Letters", id, "Document", "first.txt") == b"first"
        platform.attach("Letters", id, "Document", name, b"newer", "application/pdf")
        assert platform.fetch("Letters", id, "Document", name) == b"newer"
        with pytest.raises(KeyError):
            platform.fetch("Letters", id, "Document", "not there.pdf")

    # --- who did it -----------------------------------------------------------------------------

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

    # --- errors ---------------------------------------------------------------------------------

    def test_errors_never_repeat_what_a_cell_held(self, platform):
        """A name or an account of harm must not reach a log by way of an error."""
        secret = "Mrs A. Person of 1 The Street"
        (id,) = platform.create("Actions", [{"Key": f"{a_key()}{secret}"}])
        key = platform.get("Actions", [id])[0].fields["Key"]
        for attempt in (
            lambda: platform.create("Actions", [{"Key": key}]),
            lambda: platform.create("Actions", [{"Key": a_key(), "State": secret}]),
            lambda: platform.create("Actions", [{"Due at": secret}]),
            lambda: platform.update("Actions", [(id, {"State": secret})]),
        ):
            with pytest.raises(CaseworkError) as error:
                attempt()
            assert secret not in str(error.value)
