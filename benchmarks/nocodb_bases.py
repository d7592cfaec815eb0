"""A landlord's bases on a real NocoDB for the benchmark: reports that go in, and every row that is written.

In: a running server. Out: bases with an office, reports through the shared form, a record of all writes.
Never here: a time taken.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from automations.ports import Value
from casewatch.demo.landlord import make_office
from schema import choices as c
from sync.platforms.nocodb import NocoDBPlatform
from tests.contracts.nocodb_desk import NocoDBDesk


@dataclass(frozen=True)
class Made:
    """Rows made in one call, and the ids they got."""

    table: str
    rows: list[Mapping[str, Value]]
    ids: list[str]


@dataclass(frozen=True)
class Changed:
    """Rows changed in one call."""

    table: str
    rows: list[tuple[str, Mapping[str, Value]]]


@dataclass
class Written:
    """Everything that was written, in order."""

    log: list[Made | Changed] = field(default_factory=list)
    documents: int = 0

    @property
    def rows(self) -> int:
        return sum(len(each.rows) for each in self.log)

    def by_table(self) -> Counter[str]:
        return Counter({t: sum(len(w.rows) for w in self.log if w.table == t) for t in {w.table for w in self.log}})


class Recorded(NocoDBPlatform):
    """The adapter, with a note of each row that it was asked to write."""

    def __init__(self, url: str, token: str, name: str) -> None:
        super().__init__(url, token, name)
        self.written = Written()

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        ids = super().create(table, rows)
        self.written.log.append(Made(table, list(rows), ids))
        return ids

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        super().update(table, rows)
        if rows:
            self.written.log.append(Changed(table, list(rows)))

    def attach(
        self, table: str, id: str, column: str, name: str, content: bytes, mimetype: str, *, instead: bool = False
    ) -> None:
        super().attach(table, id, column, name, content, mimetype, instead=instead)
        self.written.documents += 1


def emptied(desk: NocoDBDesk, dsn: str) -> None:
    """Every table of the desk's bases empty again, ids from 1, with the office made."""
    platform = NocoDBPlatform(desk.url, desk.token, desk.name)
    platform.records("Cases")
    with psycopg.connect(dsn, autocommit=True) as database:
        for base in {bound.base for bound in platform._found.values()}:
            tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (base,)).fetchall()
            names = ", ".join(f'"{base}"."{name}"' for (name,) in tables)
            database.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
    make_office(platform, datetime.now(UTC))


def report(n: int, letters: bool) -> dict[str, str]:
    """The cells of one made-up report, no two alike, as the form sends them.

    `letters` False: nobody has asked yet how the victim may be written to, so the letter is held."""
    said = (c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED)[n % 3]
    cells = {
        "Victim's name": f"Sample Person {n}", "Address": f"{n} Example Row", "Postcode": "ZZ1 4AB",
        "First reported at": f"{datetime.now(UTC) - timedelta(minutes=30 + n):%Y-%m-%dT%H:%M:%SZ}",
        "Received by": "Front desk", "Reporter is": c.Reporter.VICTIM, "What happened": f"Words were shouted ({n}).",
        "Kind of incident": c.IncidentType.VERBAL, "Because of": c.Strand.RACE, "Tell the partnership": said,
        "Refer to the police": said, "Speak to the alleged perpetrator": said,
    }  # fmt: skip
    if letters:
        cells["Safe ways to contact"] = f"{c.Channel.LETTER},{c.Channel.TELEPHONE}"
    if n % 2:
        cells["Alleged perpetrator's name"] = f"Example Other {n}"
    if n % 4 == 0:
        cells["Graffiti to remove"] = c.YesNo.YES
    return {name: str(cell) for name, cell in cells.items()}


def submit(desk: NocoDBDesk, numbers: range, letters: bool) -> None:
    """Enter the reports through the shared form, as an adviser does: nobody is signed in, so Made by is blank."""
    for n in numbers:
        desk.submit("Reports", report(n, letters))


def plain(value: Any) -> Any:
    """A cell as a bare request holds it."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return ",".join(map(str, value)) or None if isinstance(value, tuple) else value
