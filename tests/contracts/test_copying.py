"""Moving a landlord from one platform to the other and back: every row under its number, and a proof.

In: a case that was lived, in memory and on the wire-rule server. Out: equal bases, also where the copy is cut off.
Never here: who wrote a row; that does not move.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from automations.errors import Stop, TryAgainLater
from automations.ports import Unreadable
from casewatch.cli import main
from schema import TABLES
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.copying import Copied, copy
from sync.platforms.memory import MemoryPlatform
from tests.contracts.airtable_desk import AirtableDesk
from tests.contracts.airtable_server import Fault
from tests.house import HarbourRow
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


def test_a_landlord_moves_to_airtable_and_back_and_nothing_is_lost(lived, airtable):
    """Counts, hashes, numbers and keys; a number that was deleted is not given to another row."""
    there = carried(lived, airtable)
    again = MemoryPlatform(lived._now)
    back = carried(airtable, again)

    assert (there.left, there.alike, back.alike) == ([], True, True)
    assert there.rows == back.rows == {name: len(lived.records(name)) for name in TABLES}
    assert {name: proof[0] for name, proof in there.proofs.items()} == {n: p[1] for n, p in back.proofs.items()}
    assert again.ids("Contacts") == airtable.ids("Contacts") == {"2", "3"}
    assert there.files == back.files > 0


def test_a_copy_that_is_made_again_changes_nothing(lived, airtable, at):
    """Nothing is written the second time."""
    carried(lived, airtable)
    at.asked.clear()

    assert carried(lived, airtable).alike
    assert [path for method, path in at.asked if method != "GET" and not path.endswith("listRecords")] == []


@pytest.mark.parametrize("after", [0, 1, 3, 7, 20, 45])
def test_a_copy_that_is_cut_off_goes_on_where_it_was(lived, airtable, at, after):
    """A write whose answer was lost, wherever it comes: the next call finishes, and no row is there twice."""
    at.faults.append(Fault("lost", "POST", path="/app", after=after))
    with suppress(TryAgainLater):
        carried(lived, airtable)

    done = carried(lived, airtable)
    assert (done.alike, done.rows) == (True, {name: len(lived.records(name)) for name in TABLES})


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
        f"Developments {long}, field Detail: the other platform does not hold it.",
    ]
    assert airtable.get("Developments", [long])[0].fields["Development"] == "x"
    assert lived.get("Contacts", ["2"])[0].fields["At"] == Unreadable("secret Tuesday")
    assert airtable.get("Contacts", ["2", "3"])[0].fields["Contact"] == "b"


def test_the_command_says_what_it_needs(tmp_path: Path):
    """Two platforms, and a settings file for each."""
    same = CliRunner().invoke(main, ["copy", "--from", "nocodb", "--to", "nocodb"])
    unset = CliRunner().invoke(main, ["copy", "--from", "nocodb", "--to", "airtable",
                                      "--from-settings", str(tmp_path / "none.toml")])  # fmt: skip

    assert (same.exit_code, unset.exit_code) == (4, 4)
    assert "two platforms" in same.output
    assert "no settings file" in unset.output
