"""The platform's contract: what is written is what is read.

In: an adapter, and staff at its grid. Out: one test a promise.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.contracts.platform.samples import INSTANTS, WORDS, a_key


class WhatIsWritten:
    """What is written is what is read."""

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

    def test_a_nought_is_a_number_and_no_blank(self, platform):
        """Made or changed."""
        made, changed = platform.create("Referrals", [{"Tries": 0}, {"Tries": 3}])
        platform.update("Referrals", [(changed, {"Tries": 0})])

        assert [r.fields["Tries"] for r in platform.get("Referrals", [made, changed])] == [0, 0]

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

    def test_a_record_holds_every_declared_column_and_says_when_it_was_made(self, platform, desk):
        """A new record has not been updated; a changed one has."""
        from schema import TABLES

        (id,) = platform.create("Actions", [{"Key": a_key()}])
        (new,) = platform.get("Actions", [id])
        desk.wait(1.1)
        platform.update("Actions", [(id, {"About": "incident 1"})])
        (changed,) = platform.get("Actions", [id])

        assert set(new.fields) == {column.name for column in TABLES["Actions"].columns}
        assert abs(datetime.now(UTC) - new.created_at) < timedelta(minutes=1)
        assert new.updated_at is None
        assert changed.updated_at >= changed.created_at == new.created_at
