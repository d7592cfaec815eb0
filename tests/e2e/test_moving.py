"""A landlord moves from a real NocoDB to Airtable's rules and on to a second, new NocoDB, cut off on the way.

In: a life that the runner and staff made. Out: every cell and every file as it was, and nothing that leaves again.
Never here: the copy's own proof taken for one; each side is read and compared here.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from automations.errors import TryAgainLater
from automations.ports import File, Platform
from automations.reading import office
from casewatch import connect
from casewatch.settings import load
from schema import TABLES
from schema import choices as c
from schema.parts import Kind
from sync.platforms.copying import Copied, copy
from sync.platforms.copying_moves import without_moves
from sync.platforms.nocodb import NocoDBPlatform
from tests.contracts.airtable_desk import AirtableDesk, Bases, server
from tests.contracts.airtable_server import Fault
from tests.contracts.nocodb_desk import NocoDBDesk
from tests.contracts.platform.samples import INSTANTS, WORDS
from tests.house import TALKED_OVER
from tests.landlord import NAME, Landlord

REMEMBERED = ("Step", "State", "Done at", "First due", "First late at", "Evidence key", "Entered late")
KEPT_BY_THE_PLATFORM = (Kind.LIVE, Kind.MADE_BY, Kind.CHANGED_BY)
FILES = {
    "Brief – رسالة 🏳️‍🌈.pdf": b"%PDF " + bytes(range(256)) * 40,
    "it's 100% (final), v2.docx": b"PK other bytes",
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(landlord: Landlord) -> Landlord:
    """Three reports that went all the way: letters, notices and alerts, decisions, gaps, and words that are hard to
    keep. Then passes until nothing is left to do.
    """
    agreed = {"tell_the_partnership": c.Answer.YES, "safe_ways_to_contact": (c.Channel.LETTER,)}
    first, second = landlord.report(**agreed, what_happened=WORDS["emoji"]), landlord.report(**agreed)
    last = landlord.report(**agreed)
    passes(landlord, NAME, landlord.home.accounts.runner_token, 1)
    case, other = landlord.case_of(first), landlord.case_of(second)
    assert case
    assert other
    officer, admin = landlord.signed_in("amber"), landlord.admin
    landlord.home.manager.create("Reviews", [{"Case": (case.id,), "Kind": c.ReviewKind.FIRST,
                                              "Held at": datetime.now(UTC) - timedelta(seconds=5),
                                              "Findings": "Talked over.", **TALKED_OVER}])  # fmt: skip
    landlord.home.manager.create("Approvals", [{"Case": (case.id,), "Matter": c.Matter.POLICE_POSITION,
                                                "Decision": c.Decision.AGREED, "Reason": "They know."}])  # fmt: skip
    [letter, *_] = landlord.rows("Letters", case)
    officer.update("Letters", [(letter.id, {"Decision": c.LetterDecision.POSTED, "Sent how": c.Channel.LETTER,
                                            "Sent at": datetime.now(UTC)})])  # fmt: skip
    [consent, *_] = landlord.rows("Consents", case)
    officer.update("Consents", [(consent.id, {"Answer": c.Answer.NO})])
    gone = officer.create("Contacts", [{"Contact": words, "Case": (case.id,)} for words in WORDS.values()])
    admin.erase("Contacts", gone[:3])
    admin.erase("Reports", [last])
    officer.create("Developments", [{"Development": name, "Detail": words, "Happened at": INSTANTS["leap day"]}
                                    for name, words in WORDS.items()])  # fmt: skip
    officer.create("Developments", [{"Development": "x", "Detail": "long " * 20_000, "Happened at": at}
                                    for at in INSTANTS.values()])  # fmt: skip
    [evidence] = officer.create("Evidence", [{"Case": (other.id,)}])
    for name, content in FILES.items():
        officer.attach("Evidence", evidence, "Files", name, content, "application/octet-stream")
    [forum] = admin.create("Forums", [{}])
    admin.create("Forum meetings", [{"Forum": (forum,), "Cases discussed": (case.id, other.id)}, {}])
    passes(landlord, NAME, landlord.home.accounts.runner_token, 2)
    return landlord


@pytest.fixture(scope="module")
def new(lived: Landlord) -> Iterator[NocoDBDesk]:
    """A second landlord's bases, made by schema apply and never written to."""
    running = lived.started.running
    desk = NocoDBDesk(running.url, running.admin_email, running.admin_password)
    yield desk
    desk.remove()


@pytest.fixture(scope="module")
def moved(lived: Landlord, new: NocoDBDesk) -> Iterator[tuple[Copied, Copied, Platform]]:
    """The move there and on, each cut off three times, and the bases in between."""
    old = NocoDBPlatform(lived.url, lived.home.accounts.runner_token, NAME)
    with server() as at:
        Bases().put(at)
        between = AirtableDesk(at).platform()
        at.faults += [Fault("lost", "POST", path="/app", after=each) for each in (2, 40)]
        at.faults.append(Fault("lost", "POST", path="uploadAttachment", after=1))
        there = until_done(lambda: copy(old, between, TABLES, lambda _: None))
        assert [fault.times for fault in at.faults] == [0, 0, 0]
        target = NocoDBPlatform(new.url, new.token, new.name)
        cut = CutOff(target, after=(1, 6, 30, 55))
        on = until_done(lambda: copy(between, target, TABLES, lambda _: None))
        assert cut.after == ()
        yield there, on, between


class CutOff:
    """After so many writes each time: the write is carried out, and nobody hears of it."""

    def __init__(self, platform: NocoDBPlatform, after: tuple[int, ...]) -> None:
        self.after, self.written = after, 0
        self._send = platform._client.call
        platform._client.call = self.call  # type: ignore[method-assign]

    def call(self, method: str, path: str, **request: Any) -> Any:
        said = self._send(method, path, **request)
        self.written += method != "GET" and "datalist" not in path
        if self.after and self.written > self.after[0]:
            self.after, self.written = self.after[1:], 0
            raise TryAgainLater("cut off")
        return said


def until_done(act: Callable[[], Copied]) -> Copied:
    """As a person does: the same command once more."""
    for _ in range(8):
        try:
            return act()
        except TryAgainLater:
            continue
    raise AssertionError("it never came to an end")


def everything(platform: Platform) -> dict[str, dict[str, dict[str, Any]]]:
    """Every table as people see it: cells and file contents by number, read by this test's own hand."""
    return {
        name: {
            record.id: {
                each.name: _seen(platform, name, record.id, each.name, record.fields[each.name])
                for each in table.columns
                if getattr(each, "kind", None) not in KEPT_BY_THE_PLATFORM
            }
            for record in platform.records(name)
        }
        for name, table in TABLES.items()
    }


def _seen(platform: Platform, table: str, id: str, column: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value.isoformat() if isinstance(value, date) else value
    return {
        (each.name, each.size, hashlib.md5(platform.fetch(table, id, column, each.name)).digest())
        if isinstance(each, File)
        else each
        for each in value
    }


def test_every_cell_and_file_arrives_at_a_second_nocodb_by_way_of_airtable(
    lived: Landlord, new: NocoDBDesk, moved: tuple[Copied, Copied, Platform]
) -> None:
    """R-26: counts, numbers with their gaps, links to one and to many, long and odd words, instants, file contents."""
    there, on, between = moved
    before, at_airtable, after = (
        everything(each) for each in (lived.admin, between, NocoDBPlatform(new.url, new.token, new.name))
    )

    for name in without_moves(TABLES):
        assert before[name].keys() == at_airtable[name].keys() == after[name].keys(), name
        for id, cells in before[name].items():
            assert cells == at_airtable[name][id] == after[name][id], f"{name} {id}"
    assert (there.alike, there.left, on.alike, on.left) == (True, [], True, [])
    assert there.rows == on.rows == {name: len(rows) for name, rows in before.items() if name in without_moves(TABLES)}
    [evidence] = [cells for cells in after["Evidence"].values() if len(cells["Files"]) == 2]
    assert {name for name, _, _ in evidence["Files"]} == set(FILES)
    assert any(len(cells["Cases discussed"]) == 2 for cells in after["Forum meetings"].values())


def test_the_database_numbers_on_after_the_report_that_was_deleted(
    new: NocoDBDesk, lived: Landlord, moved: object
) -> None:
    """HC-004: the next report is not taken for the one whose number a case still names."""
    named = max(int(str(row.fields["Report"]).removeprefix("report-")) for row in lived.admin.records("Cases"))
    target = NocoDBPlatform(new.url, new.token, new.name)
    [id] = target.create("Reports", [{}])
    target.erase("Reports", [id])
    assert int(id) > named


def test_on_the_new_bases_no_action_reads_otherwise(new: NocoDBDesk, lived: Landlord, moved: object) -> None:
    """HC-044, R-10, R-07: logged and discussed when it was, nothing late that was not; by way of Airtable and on."""
    target = NocoDBPlatform(new.url, new.token, new.name)
    before = {id: [cells[name] for name in REMEMBERED] for id, cells in everything(target)["Actions"].items()}
    assert {c.ActionState.DONE} <= {
        cells[1] for cells in before.values() if cells[0] in ("log_case", "manager_discussion")
    }

    passes(lived, new.name, new.token, 1)

    assert {id: [x[name] for name in REMEMBERED] for id, x in everything(target)["Actions"].items()} == before
    old = {r.id: r.created_at for r in lived.admin.records("Incidents")}
    now = office(target, datetime.now(UTC)).moves.as_entered(target.records("Incidents"))
    assert {r.id: r.created_at for r in now} == old


def test_on_the_new_bases_nothing_leaves_a_second_time(lived: Landlord, new: NocoDBDesk, moved: object) -> None:
    """R-26: no letter, no notice and no alert again; what a manager decided waits for a decision of the new bases."""
    target = NocoDBPlatform(new.url, new.token, new.name)
    before, asked = gone_out(lived), everything(target)
    assert before["letters"] > 0
    assert before["notices"] > 0
    assert before["alerts"] > 0

    passes(lived, new.name, new.token, 2)

    assert gone_out(lived) == before
    after = everything(target)
    for name in (
        "Cases",
        "People",
        "Incidents",
        "Consents",
        "Actions",
        "Letters",
        "Referrals",
        "Alerts",
        "Send tokens",
    ):
        assert after[name].keys() == asked[name].keys(), name
        assert [cells.get("Key") for cells in after[name].values()] == [x.get("Key") for x in asked[name].values()]
    sent = {id for id, cells in asked["Letters"].items() if cells["State"] == c.LetterState.SENT}
    assert sent
    assert sent <= {id for id, cells in after["Letters"].items() if cells["State"] == c.LetterState.SENT}
    assert any("decided before the bases were moved" in str(x["What needs a person"]) for x in after["Cases"].values())


def passes(landlord: Landlord, name: str, token: str, times: int) -> None:
    """So many passes on the bases of that name, each by a runner that remembers nothing."""
    file = landlord.folder / "moving.toml"
    file.write_text(landlord.settings().replace(f'[nocodb]\nurl = "{landlord.url}"\nname = "{NAME}"',
                                                f'[nocodb]\nurl = "{landlord.url}"\nname = "{name}"'))  # fmt: skip
    with pytest.MonkeyPatch.context() as environment:
        for variable, secret in {**landlord.secrets(), "CASEWATCH_NOCODB_TOKEN": token}.items():
            environment.setenv(variable, secret)
        settings = load(file)
        assert settings.nocodb
        assert settings.nocodb.name == name
        for _ in range(times):
            connect.runner(settings).once(sweep=True)


def gone_out(landlord: Landlord) -> Mapping[str, int]:
    """What reached anybody, counted where it arrived."""
    assert landlord.post.desk
    assert landlord.east.desk
    assert landlord.west.desk
    messages = landlord.post.desk.messages()
    return {
        "alerts": sum(message["To"].endswith("harbour-row.example") for message in messages),
        "mails": len(messages),
        "notices": landlord.east.desk.requests + landlord.west.desk.requests,
        "letters": sum(row.fields["State"] == c.LetterState.SENT for row in landlord.admin.records("Letters")),
    }
