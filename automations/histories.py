"""Histories: what the platform's audit holds of a record, asked once while the record stays as it is.

In: a record just read. Out: its changes, oldest first, and who made which.
Never here: what follows from a change; a change that the audit does not tell.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from automations.ports import Behind, Change, Platform, Record
from schema import TABLES
from schema.parts import Kind

SETTLED = timedelta(seconds=2)
"""The platform keeps whole seconds: a row written this lately is asked about again."""

History = tuple[Change, ...]


class Histories:
    """Asks the audit of one platform. What it remembers is dropped as soon as the record changes.

    A link may change without a trace on the record's clock, so its cells count as well as its stamp. What was told
    without an audit is asked again once there is one.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known: dict[tuple[str, str], tuple[object, History]] = {}
        self._account = ""

    @property
    def account(self) -> str:
        """The address that we write under."""
        self._account = self._account or self._platform.account()
        return self._account

    def is_ours(self, record: Record) -> bool:
        """Whether nobody but us made the record or changed it last. True where the table does not tell."""
        hands = [record.fields[name] for name in ("Changed by", "Made by") if name in record.fields]
        by = next((str(each) for each in hands if each), None)
        return not hands or (by is not None and same_address(by, self.account))

    def of(self, record: Record, now: datetime | None) -> History:
        """Every change of the record, oldest first. TryAgainLater where the platform is down."""
        stamp = record.updated_at or record.created_at
        state = (stamp, _settled_cells(record), self._platform.capabilities.audit)
        key = (record.table, record.id)
        held = self._known.get(key)
        if held and held[0] == state:
            return held[1]
        told = tuple(self._platform.history(record.table, record.id))
        grows = isinstance(self._platform, Behind) and self._platform.behind(record.table, record.id)
        if now and now - stamp >= SETTLED and not grows:
            self._known[key] = (state, told)
        return told


def _settled_cells(record: Record) -> tuple[object, ...]:
    """The cells that only a hand changes, not the clock."""
    live = {f.name for f in TABLES[record.table].fields if f.kind is Kind.LIVE}
    return tuple(value for name, value in record.fields.items() if name not in live)


def authors(history: Iterable[Change]) -> Mapping[str, Change]:
    """The last change of each field that somebody signed in made; a form's has no author."""
    last = {change.field: change for change in history}
    return {name: change for name, change in last.items() if change.by}


def after(history: History, change: Change) -> History:
    """What was changed later than that, by the order in which the platform tells: a second may hold several changes.
    What the same hand did at the same instant was saved together.
    """
    later = history[next(place for place, each in enumerate(history) if each is change) + 1 :]
    return tuple(each for each in later if (each.by, each.at) != (change.by, change.at))


def last_set(history: Iterable[Change], field: str) -> datetime | None:
    """When a field came to hold what it holds."""
    return max((change.at for change in history if change.field == field), default=None)


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two e-mail addresses are one account's."""
    return bool(one) and (one or "").strip().lower() == (other or "").strip().lower()
