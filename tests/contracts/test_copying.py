"""Moving a landlord from one platform to the other and back: every row under its number, and a proof.

In: a case that was lived, in memory and on the wire-rule server. Out: equal bases, also where the copy is cut off.
Never here: who wrote a row; that does not move.
"""

from contextlib import suppress

import pytest

from automations.errors import Stop, TryAgainLater
from automations.ports import Unreadable
from schema import TABLES
from schema import choices as c
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.copying import Copied, copy
from sync.platforms.copying_ahead import file_columns, look
from sync.platforms.copying_moves import without_moves
from sync.platforms.memory import MemoryPlatform
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import Fault
from tests.house import TALKED_OVER, HarbourRow
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture


@pytest.fixture
def lived(plain_letters: None) -> MemoryPlatform:  # noqa: F811
    """Two cases of Harbour Row, one deleted contact, a file with a name in another script."""
    house = HarbourRow()
    house.report()
    house.report(victims_name="Another Person")
    case = house.only("Cases", reference="CW-2026-0001").id
    first, _, last = house.platform.create(
        "Contacts", [{"Contact": "a", "Case": (case,)}, {"Contact": "b"}, {"Contact": "c", "Case": (case,)}]
    )
    house.platform.delete("Contacts", first)
    (letter, *_) = house.platform.ids("Letters")
    house.platform.attach("Letters", letter, "Document", "Brief – رسالة.pdf", b"%PDF more", "application/pdf")
    assert int(last) == 3
    return house.platform


@pytest.fixture
def airtable(at) -> AirtablePlatform:
    return AirtableDesk(at).platform()


def carried(source: object, target: object) -> Copied:
    return copy(source, target, TABLES, lambda _: None)  # type: ignore[arg-type]


def writes(method: str, path: str) -> bool:
    """Whether a request changes a row; a webhook only tells of changes."""
    return method != "GET" and not path.endswith("listRecords") and "/webhooks" not in path


def test_a_landlord_moves_to_airtable_and_back_and_nothing_is_lost(lived, airtable):
    """Counts, hashes, numbers and keys; a number that was deleted is not given to another row."""
    there = carried(lived, airtable)
    again = MemoryPlatform(lived._now)
    back = carried(airtable, again)

    assert (there.left, there.alike, back.alike) == ([], True, True)
    assert there.rows == back.rows == {name: len(lived.records(name)) for name in without_moves(TABLES)}
    assert {name: proof[0] for name, proof in there.proofs.items()} == {n: p[1] for n, p in back.proofs.items()}
    assert again.ids("Contacts") == airtable.ids("Contacts") == {"2", "3"}
    assert there.files == back.files > 0


def test_a_copy_that_is_made_again_changes_nothing(lived, airtable, at):
    """Nothing is written the second time."""
    carried(lived, airtable)
    at.asked.clear()

    assert carried(lived, airtable).alike
    assert [path for method, path in at.asked if writes(method, path)] == []


@pytest.mark.parametrize("after", [0, 1, 3, 7, 20, 45])
def test_a_copy_that_is_cut_off_goes_on_where_it_was(lived, airtable, at, after):
    """A write whose answer was lost, wherever it comes: the next call finishes, and no row is there twice."""
    at.faults.append(Fault("lost", "POST", path="/app", after=after))
    with suppress(TryAgainLater):
        carried(lived, airtable)

    done = carried(lived, airtable)
    assert (done.alike, done.rows) == (True, {name: len(lived.records(name)) for name in without_moves(TABLES)})


def test_bases_with_rows_of_their_own_are_not_copied_into(lived, airtable):
    """Nothing is overwritten; the table is named."""
    airtable.create("Loans", [{"Loan": "camera"}])
    with pytest.raises(Stop, match="Loans"):
        carried(lived, airtable)


def test_bases_that_number_otherwise_are_not_copied_into(lived, airtable):
    """A row was made there and deleted: the numbers would not be those that keys and sentences name."""
    (id,) = airtable.create("Reports", [{"What happened": "a try"}])
    airtable.erase("Reports", [id])
    with pytest.raises(Stop, match="Reports"):
        carried(lived, airtable)


def test_what_the_other_platform_cannot_hold_is_named_and_the_rest_is_copied(lived, airtable):
    """A text beyond what a cell takes, and a cell that cannot be read. No word of either is repeated."""
    (long,) = lived.create("Developments", [{"Development": "x", "Detail": "secret " * 20_000}])
    lived.spoil("Contacts", "2", "At", "secret Tuesday")
    done = carried(lived, airtable)

    assert not done.alike
    assert done.left == [
        "Contacts 2, field At: it cannot be read.",
        f"Developments {long}, field Detail: a text of more than 100,000 letters.",
    ]
    assert airtable.get("Developments", [long])[0].fields["Development"] == "x"
    assert lived.get("Contacts", ["2"])[0].fields["At"] == Unreadable("secret Tuesday")
    assert airtable.get("Contacts", ["2", "3"])[0].fields["Contact"] == "b"


def test_a_file_and_a_text_that_are_too_long_are_named_before_anything_is_written(lived, airtable, at):
    """What --dry-run shows; a file of 5 MB and a text of 100,000 letters still go."""
    (short, long) = lived.create("Developments", [{"Detail": "s" * 100_000}, {"Detail": "s" * 100_001}])
    (letter, *_) = lived.ids("Letters")
    lived.attach("Letters", letter, "Edited document", "scan.pdf", bytes(5 * 1024 * 1024 + 1), "application/pdf")
    at.asked.clear()
    ahead = look(lived, airtable, TABLES)

    assert ahead.left == [
        f"Letters {letter}, field Edited document: a file of more than 5 MB.",
        f"Developments {long}, field Detail: a text of more than 100,000 letters.",
    ]
    assert ahead.files == sum(
        len(record.fields[column]) for name, table in TABLES.items() for record in lived.records(name)
        for column in file_columns(table)
    ) - 1  # fmt: skip
    assert [path for method, path in at.asked if writes(method, path)] == []
    assert carried(lived, airtable).left == ahead.left
    assert airtable.get("Developments", [short])[0].fields["Detail"] == "s" * 100_000


def test_two_rows_with_one_key_stop_no_copy(lived):
    """Airtable has no unique fields; a database that refuses the second would give its number to nobody."""
    target = MemoryPlatform(lived._now)
    (first, second) = lived.create("Developments", [{"Key": "a"}, {"Key": "b"}])
    lived._rows["Developments"][second].cells["Key"] = "a"

    assert carried(lived, target).left == [f"Developments {second}, field Key: another row has the same."]
    assert [r.fields["Key"] for r in target.get("Developments", [first, second])] == ["a", None]


def test_what_was_worked_in_since_is_not_written_over_unless_somebody_says_so(lived, airtable):
    """The same command once more, or the wrong way round, would undo what staff recorded since."""
    carried(lived, airtable)
    airtable.update("Contacts", [("3", {"Contact": "what staff wrote since"})])
    with pytest.raises(Stop, match=r"Contacts 3, field Contact: .*--overwrite"):
        carried(lived, airtable)
    assert airtable.get("Contacts", ["3"])[0].fields["Contact"] == "what staff wrote since"

    assert copy(lived, airtable, TABLES, lambda _: None, overwrite=True).alike
    assert airtable.get("Contacts", ["3"])[0].fields["Contact"] == "c"


def test_a_file_that_staff_added_since_counts_as_work(lived, airtable):
    """Files are looked at as cells are."""
    carried(lived, airtable)
    (letter, *_) = lived.ids("Letters")
    airtable.attach("Letters", letter, "Edited document", "new.pdf", b"%PDF", "application/pdf")
    with pytest.raises(Stop, match=f"Letters {letter}, field Edited document"):
        carried(lived, airtable)


def test_nobody_of_staff_makes_the_copy(lived):
    """R-25: each decision would become theirs. The runner's account may."""
    target = MemoryPlatform(lived._now)
    target.account = lambda: " Coral@harbour-row.example"  # type: ignore[method-assign]
    with pytest.raises(Stop, match="author of every decision"):
        carried(lived, target)
    assert not any(target.ids(name) for name in TABLES)

    assert carried(lived, MemoryPlatform(lived._now)).alike


@pytest.mark.parametrize("calls", [1, 3])
def test_a_new_report_is_not_taken_for_one_that_was_deleted(plain_letters, calls):  # noqa: F811
    """HC-004: its number is not given again, however often the copy was called: the next report is a new case."""
    house = HarbourRow()
    house.report()
    house.wait(minutes=6)
    house.platform.delete("Reports", "1")
    target = MemoryPlatform(lambda: house.now)
    for _ in range(calls):
        assert carried(house.platform, target).alike
    house.platform = target
    house.restart()
    house.run()
    told = len(house.mail.sent)
    house.report(victims_name="Another Person")
    house.wait(minutes=6)

    assert {r.fields["Reference"] for r in target.records("Cases")} == {"CW-2026-0001", "CW-2026-0002"}
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0002"
    assert len(house.mail.sent) > told


def test_after_the_move_nothing_leaves_again_and_what_a_decision_would_open_waits(lived, plain_letters):  # noqa: F811
    """R-25, R-26: no alert, letter or notice a second time; a withdrawal stays at its own time."""
    house = HarbourRow()
    house.report(tell_the_partnership=c.Answer.YES)
    house.staff_write("coral", "Reviews", kind=c.ReviewKind.FIRST, held_at=house.now, findings="Talked over.",
                      **TALKED_OVER)  # fmt: skip
    house.staff_write("coral", "Approvals", matter=c.Matter.POLICE_POSITION,
                      decision=c.Decision.AGREED, reason="Known.")  # fmt: skip
    house.wait(minutes=10)
    target = MemoryPlatform(lambda: house.now)
    before = (len(house.mail.sent), house.east.deliveries, house.west.deliveries)
    assert min(before[:2]) > 0
    assert carried(house.platform, target).alike
    house.platform = target
    house.restart()
    house.wait(minutes=1)
    house.wait(minutes=1)

    assert (len(house.mail.sent), house.east.deliveries, house.west.deliveries) == before
    told = str(house.only("Cases").fields["What needs a person"])
    assert "Approvals 1: decided before the bases were moved" in told
    assert "Reviews" not in told


def test_a_row_with_nothing_but_a_file_or_an_unreadable_cell_is_somebodys_and_is_never_erased(lived):
    """The target is not new: it may be the only copy of a photograph."""
    target = MemoryPlatform(lived._now)
    (photo,) = target.create("Evidence", [{}])
    target.attach("Evidence", photo, "Files", "photo.jpg", b"the only copy", "image/jpeg")
    (spoiled,) = target.create("Forum meetings", [{}])
    target.spoil("Forum meetings", spoiled, "Held on", "last Tuesday")
    with pytest.raises(Stop, match=r"(?s)(Evidence 1: .*Forum meetings 1: |Forum meetings 1: .*Evidence 1: )"):
        carried(lived, target)

    assert target.fetch("Evidence", photo, "Files", "photo.jpg") == b"the only copy"
    assert target.ids("Forum meetings") == {spoiled}


def test_the_proof_is_read_from_airtable_and_not_from_what_was_written(lived, airtable, at):
    """Whoever altered a row meanwhile is found out, whatever the feed has told."""

    def say(line: str) -> None:
        if line.startswith("Everything"):
            _, table = AirtableDesk(at).found("Contacts")
            table.rows.popitem()

    airtable._mirror._fresh = 10**6
    done = copy(lived, airtable, TABLES, say)

    assert [name for name, (one, other) in done.proofs.items() if one != other] == ["Contacts"]
