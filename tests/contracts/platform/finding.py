"""The platform's contract: looking things up, links between records.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

import pytest

from automations.errors import NotWritten, Stop
from tests.contracts.platform.samples import ODD, a_key


class Finding:
    """Looking things up."""

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

    def test_the_address_of_a_record_names_it_or_is_empty(self, platform):
        """A path after the address that staff open; two records never have one page."""
        first, second = platform.create("Send tokens", [{"Token": a_key()}, {"Token": a_key()}])
        one, other = (platform.address_of("Send tokens", id) for id in (first, second))

        assert (one == other == "") or (one.endswith(f"={first}") and other.endswith(f"={second}"))
        assert one == platform.address_of("Send tokens", first)

    @pytest.mark.parametrize("told", [False, True])
    def test_a_look_reads_what_is_there_and_what_is_written_within_it(self, platform, told):
        """Whether or not what the platform was told may answer."""
        [case] = platform.create("Cases", [{"Reference": a_key()}])
        [one] = platform.create("Actions", [{"Key": a_key(), "Case": (case,)}])
        with platform.one_look(told):
            assert [r.id for r in platform.find("Actions", "Case", [case])] == [one]
            assert [r.id for r in platform.get("Cases", [case, "999999"])] == [case]
            [two] = platform.create("Actions", [{"Key": a_key(), "Case": (case,), "Title": "new"}])
            platform.update("Actions", [(one, {"Title": "changed"})])
            found = platform.find("Actions", "Case", [case])
            assert [(r.id, r.fields["Title"]) for r in found] == [(one, "changed"), (two, "new")]
        assert [r.id for r in platform.find("Actions", "Case", [case])] == [one, two]

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


class Linking:
    """Links between records."""

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
