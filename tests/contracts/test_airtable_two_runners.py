"""Two runners on Airtable, which keeps no key unique: which of them has it, and what staff entered meanwhile stays.

In: the wire-rule server, two platforms on its clock, staff at the grid. Out: one test a promise.
Never here: one runner's lost answers (test_airtable_faults.py).
"""

from collections.abc import Callable

import pytest

from automations.errors import DuplicateKey, TryAgainLater
from automations.tokens import Tokens
from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import RUNNER, AirtableDesk
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import a_key


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    return AirtableDesk(at)


@pytest.fixture
def ours(desk: AirtableDesk) -> AirtablePlatform:
    return ready(desk)


@pytest.fixture
def theirs(desk: AirtableDesk) -> AirtablePlatform:
    return ready(desk)


def ready(desk: AirtableDesk) -> AirtablePlatform:
    """A runner's platform that has found its tables. Each has a meter of its own: the calls of all are waited out."""
    made = desk.platform()
    made.ids("Cases")
    desk.wait(2)
    return made


def meanwhile(platform: AirtablePlatform, act: Callable[[], object]) -> None:
    """Something happens once the platform has looked for its keys and found none, before it makes them."""
    looked = platform._writer._unique.taken

    def looks_too_early(bound, rows):
        taken = looked(bound, rows)
        platform._writer._unique.taken = looked
        act()
        return taken

    platform._writer._unique.taken = looks_too_early


def after_batch(platform: AirtablePlatform, number: int, act: Callable[[], object]) -> None:
    """Something happens once the platform has sent so many batches to be made."""
    make, done = platform._client.create, []

    def then(base, table, rows):
        made = make(base, table, rows)
        done.append(1)
        if len(done) == number:
            act()
        return made

    platform._client.create = then


def keys_held(platform: AirtablePlatform, keys: list[str]) -> list[str]:
    return sorted(str(r.fields["Key"]) for r in platform.find("Actions", "Key", keys))


@pytest.mark.parametrize("only_once", [False, True])
def test_of_two_runners_that_take_one_token_one_has_it_though_an_answer_is_lost(at, ours, theirs, only_once):
    """R-13, HC-052: ours was never stored, theirs was made at the same moment and holds the same but for its word."""
    now = at.clock.now()
    a, b = (Tokens(platform, lambda: now) for platform in (ours, theirs))
    took: list[bool] = []
    meanwhile(ours, lambda: took.append(b.take("CW-1/police", only_once=only_once)))
    at.faults.append(Fault("down", "POST", after=1))

    assert (a.take("CW-1/police", only_once=only_once), took) == (False, [True])
    at.faults.append(Fault("lost", "POST"))
    assert a.take("CW-2/police", only_once=only_once), "stored, and known again by its word"
    assert not b.take("CW-2/police", only_once=True)


def test_a_reference_that_another_runner_gave_is_not_taken_for_ours(at, ours, theirs):
    """Each report has a case of its own: theirs keeps the number, and ours is told to take another."""
    meanwhile(ours, lambda: theirs.create("Cases", [{"Reference": "CW-2026-0001", "Report": "report-2"}]))
    at.faults.append(Fault("down", "POST", after=1))
    with pytest.raises(DuplicateKey):
        ours.create("Cases", [{"Reference": "CW-2026-0001", "Report": "report-1"}])

    at.faults.append(Fault("lost", "POST"))
    (case,) = ours.create("Cases", [{"Reference": "CW-2026-0002", "Report": "report-1"}])
    assert [r.id for r in ours.find("Cases", "Reference", ["CW-2026-0002"])] == [case]


def test_a_lost_batch_is_anothers_where_one_of_its_keys_is(at, ours, theirs):
    """Ten are made whole or not at all, so none of it was. Where nothing of it is there it is tried again later."""
    keys = [a_key() for _ in range(3)]
    at.faults.append(Fault("down", "POST"))
    with pytest.raises(TryAgainLater):
        ours.create("Actions", [{"Key": key, "Title": "ours"} for key in keys])

    meanwhile(ours, lambda: theirs.create("Actions", [{"Key": keys[1], "Title": "theirs"}]))
    at.faults.append(Fault("down", "POST", after=1))
    with pytest.raises(DuplicateKey):
        ours.create("Actions", [{"Key": key, "Title": "ours"} for key in keys])
    assert keys_held(ours, keys) == [keys[1]]


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_where_both_were_stored_and_an_answer_was_lost_the_lower_number_stays(at, desk, ours, theirs, first):
    """Ours is known by what it holds, so it is the one that is kept, or taken back."""
    key = a_key()

    def stored() -> None:
        base, there = desk.found("Actions")
        records = at.records(base, at.people[RUNNER])
        records.insert(there, records.ready(there, {"Key": key, "Title": "theirs"}, False))

    if first == "theirs":
        meanwhile(ours, stored)
        at.faults.append(Fault("lost", "POST"))
        with pytest.raises(DuplicateKey):
            ours.create("Actions", [{"Key": key, "Title": "ours"}])
    else:
        settled = ours._writer._unique.settled
        ours._writer._unique.settled = lambda *asked: (stored(), settled(*asked))[1]
        at.faults.append(Fault("lost", "POST"))
        ours.create("Actions", [{"Key": key, "Title": "ours"}])
    kept = min(ours.find("Actions", "Key", [key]), key=lambda r: int(r.id))
    assert kept.fields["Title"] == first


def test_what_somebody_entered_in_a_row_is_not_lost_where_its_batch_is_taken_back(desk, ours):
    """HC-045: one row has a twin; an officer has worked on another, which stays, and has deleted a third."""
    keys, ids = [a_key() for _ in range(10)], {}

    def work() -> None:
        rows = desk.platform().find("Actions", "Key", keys)
        ids.update({str(r.fields["Key"]): r.id for r in rows[1:]})
        desk.write("Actions", ids[keys[7]], {"About": "rang her"})
        desk.delete("Actions", ids[keys[8]])

    meanwhile(ours, lambda: desk.add("Actions", {"Key": keys[3]}))
    after_batch(ours, 1, work)
    with pytest.raises(DuplicateKey):
        ours.create("Actions", [{"Key": key, "Title": "Interview"} for key in keys])

    held = {str(r.fields["Key"]): r.fields["About"] for r in ours.find("Actions", "Key", keys)}
    assert held == {keys[3]: None, keys[7]: "rang her"}, "the older twin, and what was worked on"
    assert ours.create("Actions", [{"Key": keys[0]}])


def test_a_row_that_something_was_hung_from_is_not_taken_back(desk, ours):
    """R-10: a contact of the victim's would hang from nothing. What nobody touched goes."""
    keys = [a_key() for _ in range(2)]

    def hang() -> None:
        case = next(r.id for r in desk.platform().records("Cases") if r.fields["Reference"] == keys[1])
        desk.add("Contacts", {"Contact": "a visit", "Case": [desk.row("Cases", case).id]})

    meanwhile(ours, lambda: desk.add("Cases", {"Reference": keys[0]}))
    after_batch(ours, 1, hang)
    with pytest.raises(DuplicateKey):
        ours.create("Cases", [{"Reference": key} for key in keys])

    assert sorted(str(r.fields["Reference"]) for r in ours.records("Cases")) == sorted(keys)
    (contact,), (case,) = ours.records("Contacts"), ours.find("Cases", "Reference", keys[1:])
    assert contact.fields["Case"] == (case.id,)


def test_a_twin_that_somebody_has_worked_on_stays_and_its_maker_is_told(desk, ours):
    """Nothing that was entered is lost: both are there until a person looks, and neither counts as made by us."""
    key = a_key()
    meanwhile(ours, lambda: desk.add("Actions", {"Key": key}))
    after_batch(ours, 1, lambda: desk.write("Actions", "2", {"About": "rang her"}))
    with pytest.raises(DuplicateKey):
        ours.create("Actions", [{"Key": key}])

    assert [r.fields["About"] for r in ours.find("Actions", "Key", [key])] == [None, "rang her"]


def test_a_twin_is_not_left_to_get_old_while_many_more_rows_are_made(at, desk, ours):
    """Airtable said to wait: the look comes at once afterwards, and nothing more is made under a key that is held."""
    keys = [a_key() for _ in range(50)]
    meanwhile(ours, lambda: desk.add("Actions", {"Key": keys[3]}))
    at.faults.append(Fault("storm", "POST", after=1))
    at.asked.clear()
    with pytest.raises(DuplicateKey):
        ours.create("Actions", [{"Key": key} for key in keys])

    made = [path for method, path in at.asked if method == "POST" and "listRecords" not in path]
    assert len(made) == 3, "one, one that was refused, that one after its wait; then the look"
    assert keys_held(ours, keys) == sorted([keys[3], *keys[10:20]])
    left = [key for key in keys if key not in keys_held(ours, keys)]
    assert len(ours.create("Actions", [{"Key": key} for key in left])) == len(left)
