"""The platform's contract: making records, changing records.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

from datetime import datetime

import pytest

from automations.errors import DuplicateKey, NotWritten, Stop
from tests.contracts.platform.samples import a_key


class Making:
    """Making records."""

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

    def test_rows_that_a_copy_made_for_their_numbers_can_be_taken_away(self, platform):
        """The others stay, and the next number is the next one."""
        ids = platform.create("Loans", [{}, {"Loan": "camera"}, {}])
        platform.erase("Loans", [ids[0], ids[2]])
        (following,) = platform.create("Loans", [{"Loan": "alarm"}])

        assert platform.ids("Loans") & set(ids) == {ids[1]}
        assert int(following) == int(ids[2]) + 1


class Changing:
    """Changing records."""

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
