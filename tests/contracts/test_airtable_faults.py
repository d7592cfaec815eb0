"""What goes wrong on the way to Airtable, and what must come of it: nothing twice, nothing lost, a plain sentence.

In: the wire-rule server with a fault. Out: one test a fault; each shows too that the ordinary case passes.
Never here: the contract itself (test_airtable.py).
"""

import time
from dataclasses import replace

import pytest

from automations.errors import DuplicateKey, NotWritten, Stop, TryAgainLater
from schema import TABLES
from schema.parts import Field, Wall
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_pace import Pace
from tests.contracts.airtable_desk import NAME, RUNNER, AirtableDesk, client
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import a_key


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    return AirtableDesk(at)


@pytest.fixture
def platform(desk: AirtableDesk) -> AirtablePlatform:
    made = desk.platform()
    made.records("Cases")
    return made


def posts(at: AirtableServer) -> int:
    """How often records were sent to be made."""
    return sum(method == "POST" and "/webhooks" not in path for method, path in at.asked)


def test_a_record_whose_answer_was_lost_is_found_by_its_key_and_not_made_again(at, platform):
    """The server stored it and never said so: one POST, one record, and its id comes back (HC-026)."""
    key = a_key()
    at.faults.append(Fault("lost", "POST"))

    (id,) = platform.create("Actions", [{"Key": key, "Title": "Interview"}])

    assert [r.id for r in platform.find("Actions", "Key", [key])] == [id]
    assert posts(at) == 1
    assert platform.create("Actions", [{"Key": a_key()}]) != [id]


def test_ten_records_whose_answer_was_lost_keep_their_order(at, platform):
    """Each id belongs to the row that was given."""
    keys = [a_key() for _ in range(10)]
    at.faults.append(Fault("lost", "POST"))

    ids = platform.create("Actions", [{"Key": key} for key in keys])

    assert [r.fields["Key"] for r in platform.get("Actions", ids)] == keys
    assert posts(at) == 1


def test_a_record_without_a_key_whose_answer_was_lost_is_said_and_never_sent_again(at, platform):
    """Nothing tells it from another: who asked for it looks before making it again."""
    at.faults.append(Fault("lost", "POST"))

    with pytest.raises(TryAgainLater):
        platform.create("Contacts", [{"Contact": "a visit"}])

    assert (posts(at), len(platform.ids("Contacts"))) == (1, 1)


def test_a_post_that_failed_is_not_taken_for_made(at, platform):
    """503 before anything was stored: no record, no id, one POST; the next time it is made."""
    key = a_key()
    at.faults.append(Fault("down", "POST"))

    with pytest.raises(TryAgainLater):
        platform.create("Actions", [{"Key": key}])

    assert (posts(at), platform.find("Actions", "Key", [key])) == (0, [])
    assert len(platform.create("Actions", [{"Key": key}])) == 1


def test_a_slow_answer_is_not_waited_for_for_ever(at, desk):
    """The record is made once, and found by its key."""
    key = a_key()
    slow = desk.platform(timeout=(5, 0.3))
    slow.records("Cases")
    at.faults.append(Fault("slow", "POST"))

    (id,) = slow.create("Actions", [{"Key": key}])

    assert [r.id for r in slow.find("Actions", "Key", [key])] == [id]
    assert posts(at) == 1


def test_a_storm_of_refusals_is_waited_out_and_nothing_is_made_twice(at, platform):
    """Each 429 is followed by thirty seconds of silence; what was refused was not carried out, so it goes again."""
    before, key = at.clock.skipped, a_key()
    at.faults.append(Fault("storm", "POST", times=2))

    platform.create("Actions", [{"Key": key}])

    assert len(platform.find("Actions", "Key", [key])) == 1
    assert at.clock.skipped - before > 59


def test_a_storm_without_end_is_tried_again_later(at, platform):
    """After three silences the pass is given up; what was written stays."""
    at.faults.append(Fault("storm", times=99))

    with pytest.raises(TryAgainLater):
        platform.records("Cases")

    at.faults.clear()
    assert platform.records("Cases") == []


def test_a_reading_goes_again_where_the_server_is_down_for_a_moment(at, platform):
    """Two 503s, or an answer that does not come in time, are passed over; a third 503 is tried again later."""
    at.faults.append(Fault("down", "GET", times=2))
    assert platform.records("Cases") == []

    at.faults.append(Fault("down", "GET", times=3))
    with pytest.raises(TryAgainLater):
        platform.records("Cases")


def test_a_reading_too_long_for_an_address_goes_again_as_well(at, platform):
    """It is sent as a POST, and changes nothing."""
    keys = [f"{a_key()}/{'x' * 250}" for _ in range(90)]
    platform.create("Send tokens", [{"Token": keys[0]}])
    at.faults.append(Fault("down", "POST", "/listRecords", times=2))

    assert [r.fields["Token"] for r in platform.find("Send tokens", "Token", keys)] == [keys[0]]
    assert not at.faults or at.faults[0].times == 0


def test_a_reading_whose_answer_is_slow_is_asked_again(at, desk):
    """A write is not; a reading does no harm twice."""
    slow = desk.platform(timeout=(5, 0.3))
    slow.records("Cases")
    at.faults.append(Fault("slow", "GET"))

    assert slow.records("Cases") == []


def test_a_months_calls_used_up_are_said_at_once(at, platform):
    """No wait of ours mends it: nobody waits thirty seconds, and the sentence says what would."""
    before = at.clock.skipped
    at.faults.append(Fault("quota"))

    with pytest.raises(TryAgainLater, match="calls of this month"):
        platform.records("Cases")

    assert at.clock.skipped - before < 30
    assert platform.records("Cases") == []


def test_a_revoked_token_is_put_right_by_a_person(at, platform):
    person = at.people.pop(RUNNER)
    with pytest.raises(Stop, match="token"):
        platform.records("Cases")

    at.people[RUNNER] = person
    assert platform.records("Cases") == []


def test_a_renamed_field_is_named_whether_read_or_written(at, desk, platform):
    """Put back, all goes on."""
    (id,) = platform.create("Send tokens", [{"Token": a_key()}])
    field = desk.found("Send tokens")[1].field("Taken at")
    field.name = "Used at"
    for attempt in (
        lambda: platform.records("Send tokens"),
        lambda: platform.update("Send tokens", [(id, {"Taken at": at.clock.now()})]),
        lambda: platform.create("Send tokens", [{"Token": a_key(), "Taken at": at.clock.now()}]),
    ):
        with pytest.raises(Stop, match="Send tokens has no column 'Taken at'"):
            attempt()

    field.name = "Taken at"
    platform.update("Send tokens", [(id, {"Key": "y"})])
    assert platform.get("Send tokens", [id])[0].fields["Key"] == "y"


def test_a_deleted_table_is_named(desk, platform):
    """Reading it, and at the next start."""
    base, table = desk.found("Loans")
    base.tables.remove(table)
    for each in (platform, desk.platform()):
        with pytest.raises(Stop, match="Loans"):
            each.records("Loans")


def test_everything_missing_is_named_at_once(desk):
    """A table and two columns that Airtable does not have; bases of another name are not taken for ours."""
    more = (*TABLES["Cases"].fields, Field("Moon phase"), Field("Tide"))
    tables = {**TABLES, "Cases": replace(TABLES["Cases"], fields=more), "Ships": replace(TABLES["Staff"], name="Ships")}
    with pytest.raises(Stop) as stop:
        AirtablePlatform(client(desk.at), NAME, tables).ids("Cases")
    assert all(word in str(stop.value) for word in ("Moon phase", "Tide", "Ships"))

    with pytest.raises(Stop) as stop:
        AirtablePlatform(client(desk.at), "Southfield").ids("Cases")
    assert all(wall in str(stop.value) for wall in Wall)


def test_a_text_of_a_hundred_thousand_letters_is_kept_and_one_longer_is_refused(platform):
    """Airtable holds no more in a cell. The refusal names the table and repeats nothing; the other rows are kept."""
    first, second = platform.create("Developments", [{"Development": "a"}, {"Development": "b"}])
    with pytest.raises(NotWritten) as error:
        platform.update("Developments", [(first, {"Detail": "x" * 100_001}), (second, {"Detail": "x" * 100_000})])

    assert error.value.ids == (first,)
    assert "xxx" not in str(error.value)
    assert [len(r.fields["Detail"] or "") for r in platform.get("Developments", [first, second])] == [0, 100_000]


def test_a_file_of_more_than_five_megabytes_is_said_and_not_cut(platform):
    """Airtable takes no larger upload; one of five goes in whole."""
    (id,) = platform.create("Letters", [{"Key": a_key()}])
    with pytest.raises(NotWritten, match="5 MB"):
        platform.attach("Letters", id, "Document", "big.pdf", bytes(5 * 1024 * 1024 + 1), "application/pdf")

    platform.attach("Letters", id, "Document", "fits.pdf", bytes(5 * 1024 * 1024), "application/pdf")
    assert len(platform.fetch("Letters", id, "Document", "fits.pdf")) == 5 * 1024 * 1024


def test_a_file_whose_answer_was_lost_is_there_once(at, platform):
    """It is looked for before it is sent again."""
    (id,) = platform.create("Letters", [{"Key": a_key()}])
    at.faults.append(Fault("lost", path="uploadAttachment"))
    with pytest.raises(TryAgainLater):
        platform.attach("Letters", id, "Document", "letter.pdf", b"%PDF", "application/pdf")

    platform.attach("Letters", id, "Document", "letter.pdf", b"%PDF", "application/pdf")
    assert [f.name for f in platform.get("Letters", [id])[0].fields["Document"]] == ["letter.pdf"]


def test_two_runners_that_make_one_key_at_once_leave_one_record(at, desk, platform):
    """Airtable has no unique fields. The lower number stays, the other is taken back and says so."""
    key, other = a_key(), desk.platform()
    other.records("Cases")
    looked = other._writer._unique.taken

    def looks_too_early(bound, rows):
        taken = looked(bound, rows)
        platform.create("Actions", [{"Key": key, "Title": "first"}])
        return taken

    other._writer._unique.taken = looks_too_early
    with pytest.raises(DuplicateKey):
        other.create("Actions", [{"Key": key, "Title": "second"}, {"Key": a_key()}])

    assert [r.fields["Title"] for r in platform.find("Actions", "Key", [key])] == ["first"]
    assert len(platform.ids("Actions")) == 1


def test_records_numbered_anew_are_noticed(desk, platform):
    """The field Id was deleted and made again: every key that names a row would point elsewhere."""
    ids = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
    for row in desk.found("Cases")[1].rows.values():
        row.number = 3 - row.number

    with pytest.raises(Stop, match="Id"):
        platform.get("Cases", ids)


def test_no_base_is_ever_asked_more_than_five_times_a_second(at, desk):
    """By the process's own meter and by the server's, in real time."""
    pace = Pace()
    platform = desk.platform(pace=pace)
    at.clock.skipped, at.clock.sleep = 0.0, time.sleep
    started = time.monotonic()
    for _ in range(12):
        platform.records("Cases")

    assert time.monotonic() - started > 2
    assert 0 < pace.worst <= 5
    assert (at.limits.worst, at.limits.refused) == (5, 0)
