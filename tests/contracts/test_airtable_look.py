"""One look on Airtable: what it spares, and that no answer outlives it where somebody's consent hangs on it.

In: the wire-rule server, staff at its grid. Out: one test a promise.
Never here: what the feed tells (test_airtable_feed.py).
"""

from functools import partial

import pytest

from automations.errors import CaseworkError, DuplicateKey
from schema import choices as c
from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import a_key

YES, NO = c.Answer.YES, c.Answer.NO
HANGING = ("People", "Consents", "Actions", "Letters", "Interviews", "Alerts", "Incidents")


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    return AirtableDesk(at)


@pytest.fixture
def platform(desk: AirtableDesk) -> AirtablePlatform:
    return desk.platform(fresh=1000)


@pytest.fixture
def case(platform: AirtablePlatform) -> str:
    """A case with a victim and an answer of theirs."""
    [case] = platform.create("Cases", [{"Reference": a_key()}])
    [person] = platform.create("People", [{"Key": a_key(), "Case": (case,)}])
    platform.create("Consents", [{"Key": a_key(), "Case": (case,), "Victim": (person,), "Answer": YES}])
    return case


def read(platform: AirtablePlatform, case: str) -> list[object]:
    """A case as automations/reading.py reads it; the answers."""
    found = {table: platform.find(table, "Case", [case]) for table in HANGING}
    theirs = platform.find("Consents", "Victim", [r.id for r in found["People"]])
    assert [r.id for r in platform.get("Cases", [case])] == [case]
    assert [r.id for r in theirs] == [r.id for r in found["Consents"]]
    return [r.fields["Answer"] for r in theirs]


def test_a_case_is_read_with_one_call_for_itself_and_one_for_each_table_that_has_a_row(at, platform, case):
    at.asked.clear()
    with platform.one_look():
        assert read(platform, case) == [YES]

    assert len(at.asked) == 3


def test_a_no_is_found_by_the_next_look_and_without_one(desk, platform, case):
    """HC-027: nothing that was read before answers, however short a time ago."""
    with platform.one_look():
        assert read(platform, case) == [YES]
    desk.write("Consents", "1", {"Answer": NO})

    assert read(platform, case) == [NO]
    desk.write("Consents", "1", {"Answer": YES})
    with platform.one_look():
        assert read(platform, case) == [YES]


def test_what_the_feed_told_answers_only_where_that_is_asked_for(at, desk, platform, case):
    """HC-027: to decide what to do it may; before something leaves, the look asks, and so does one inside another."""
    for table in HANGING:
        platform.records(table)
    platform.records("Cases")
    desk.write("Consents", "1", {"Answer": NO})
    at.asked.clear()
    with platform.one_look(told=True):
        assert (read(platform, case), at.asked) == ([YES], []), "the feed is asked again after a thousand seconds"
        with platform.one_look():
            assert read(platform, case) == [NO]
    with platform.one_look(), platform.one_look(told=True):
        assert read(platform, case) == [NO]
    at.clock.sleep(1001)
    with platform.one_look(told=True):
        assert read(platform, case) == [NO], "the feed told it"


def test_without_a_feed_a_look_that_it_might_answer_asks_for_what_it_needs(at, desk, case):
    """And reads no table whole."""
    other = desk.platform(fresh=1000)
    at.faults.append(Fault("forbidden", path="/webhooks", times=10))
    other.records("Cases")
    at.asked.clear()
    with other.one_look(told=True):
        assert read(other, case) == [YES]

    assert len(at.asked) == 3


def test_what_we_write_within_a_look_is_read_anew(platform, case):
    with platform.one_look():
        assert read(platform, case) == [YES]
        platform.update("Consents", [("1", {"Answer": NO})])
        assert read(platform, case) == [NO]
        platform.create("Consents", [{"Key": a_key(), "Case": (case,), "Victim": ("1",), "Answer": YES}])
        assert read(platform, case) == [NO, YES]


def test_a_key_is_looked_for_after_whatever_was_read(desk, platform):
    """Another runner made it since the look found none: the lower number stays."""
    key = a_key()
    with platform.one_look():
        assert platform.find("Actions", "Key", [key]) == []
        desk.add("Actions", {"Key": key})
        with pytest.raises(DuplicateKey):
            platform.create("Actions", [{"Key": key}])
        assert [r.id for r in platform.find("Actions", "Key", [key])] == ["1"]


def test_a_key_that_was_looked_for_a_while_ago_is_looked_for_again_before_it_is_made(at, desk, platform):
    """An answer given twice within one look is as old as when it was asked for."""
    key, path = a_key(), desk.found("Actions")[1].id
    with platform.one_look():
        assert platform.find("Actions", "Key", [key]) == []
        at.clock.sleep(5)
        assert platform.find("Actions", "Key", [key]) == []
        desk.add("Actions", {"Key": key})
        at.asked.clear()
        with pytest.raises(DuplicateKey):
            platform.create("Actions", [{"Key": key}])

    assert ("POST", f"/v0/{desk.found('Actions')[0].id}/{path}") not in at.asked


def test_two_files_of_one_row_are_put_there_with_one_reading(at, desk, platform):
    """And a row whose file was put there by hand meanwhile still holds ours alone, where it goes in its place."""
    [letter] = platform.create("Letters", [{"Key": a_key()}])
    at.asked.clear()
    with platform.one_look():
        platform.get("Letters", [letter])
        platform.attach("Letters", letter, "Draft in Word", "a.docx", b"words", "application/msword", instead=True)
        platform.attach("Letters", letter, "Document", "a.pdf", b"old", "application/pdf", instead=True)
        platform.attach("Letters", letter, "Document", "a.pdf", b"old", "application/pdf", instead=True)

    assert len(at.asked) == 3, "one reading, two uploads"
    with platform.one_look():
        platform.get("Letters", [letter])
        desk.platform().attach("Letters", letter, "Document", "b.pdf", b"theirs", "application/pdf")
        platform.attach("Letters", letter, "Document", "c.pdf", b"ours", "application/pdf", instead=True)
        assert files(platform, letter) == ["c.pdf"]
        platform.attach("Letters", letter, "Document", "d.pdf", b"ours too", "application/pdf")
        assert files(platform, letter) == ["c.pdf", "d.pdf"]
    assert files(platform, letter) == ["c.pdf", "d.pdf"]


def files(platform: AirtablePlatform, letter: str) -> list[str]:
    [row] = platform.get("Letters", [letter])
    return [file.name for file in row.fields["Document"]]


def test_however_long_a_look_takes_the_feed_is_asked_once_in_it(at, desk):
    """Each look asks it anew where two seconds have passed, and each table of a look is of the same moment."""
    other = desk.platform(fresh=2)
    other.records("Cases"), other.records("People")
    for asked in (1, 2):
        at.clock.sleep(5)
        with other.one_look():
            other.records("Cases"), at.clock.sleep(5), other.records("People")
        assert sum(path.endswith("/payloads") for _, path in at.asked) == asked + 1


def test_a_hundred_keys_are_looked_for_once(at, platform):
    """Ten calls make the rows; one look before, one after, where nothing but the pace takes time."""
    at.clock._now = partial(float, at.clock._now())
    platform.create("Actions", [{"Key": a_key()}])
    at.asked.clear()
    keys = [a_key() for _ in range(100)]
    ids = platform.create("Actions", [{"Key": key} for key in keys])

    assert [r.fields["Key"] for r in platform.get("Actions", ids)] == keys
    made = [method for method, path in at.asked if method == "POST" and "listRecords" not in path]
    assert (len(made), len(at.asked) - len(made)) == (10, 2 + 1), "and one to see what they hold"


def twins(platform: AirtablePlatform, desk: AirtableDesk, *keys: str) -> None:
    """Another runner makes those keys just after they were looked for."""
    looked = platform._writer._unique.taken

    def looks_too_early(bound, rows):
        taken = looked(bound, rows)
        for key in keys:
            desk.add("Actions", {"Key": key})
        return taken

    platform._writer._unique.taken = looks_too_early


def test_of_many_batches_each_with_a_twin_is_taken_back_and_no_other(desk, platform):
    keys = [a_key() for _ in range(30)]
    twins(platform, desk, keys[0], keys[25])
    with pytest.raises(DuplicateKey):
        platform.create("Actions", [{"Key": key} for key in keys])

    held = [r.fields["Key"] for r in platform.find("Actions", "Key", keys)]
    assert held == [keys[0], keys[25], *keys[10:20]]


@pytest.mark.parametrize("kind", ["forbidden", "down"])
def test_where_a_later_batch_fails_the_twin_in_an_earlier_one_is_taken_back_all_the_same(at, desk, platform, kind):
    keys, path = [a_key() for _ in range(20)], desk.found("Actions")[1].id
    twins(platform, desk, keys[0])
    at.faults.append(Fault(kind, "POST", path, after=1))
    with pytest.raises(CaseworkError):
        platform.create("Actions", [{"Key": key} for key in keys])

    assert [r.fields["Key"] for r in platform.find("Actions", "Key", keys)] == [keys[0]]


def test_what_a_live_field_shows_goes_with_what_it_follows_from(at, platform):
    """One call, not a second one for the word; and where nothing changes it, it is not sent."""
    [action] = platform.create("Actions", [{"Key": a_key(), "State": c.ActionState.OPEN}])
    at.asked.clear()
    platform.update("Actions", [(action, {"State": c.ActionState.DONE})])

    assert len(at.asked) == 1
    _, there = AirtableDesk(at).found("Actions")
    [row] = there.rows.values()
    assert row.cells[there.field("Status").id] == c.ActionState.DONE
