"""Reading: whole cases and the office, fresh from the platform.

In: the ids of cases, or all of them. Out: Case values with the authors of decisions, and the Office.
Never here: a decision, a write, or a role taken from a cell that its holder can edit (R-26).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from automations import model as m
from automations.ports import Platform, Record
from automations.records import by_case, value

T = TypeVar("T", bound=m.Row)

PARTS: dict[str, tuple[str, type[m.Row]]] = {
    "people": ("People", m.Person),
    "consents": ("Consents", m.Consent),
    "plans": ("Action plan", m.Plan),
    "actions": ("Actions", m.Action),
    "interviews": ("Interviews", m.Interview),
    "contacts": ("Contacts", m.Contact),
    "checks": ("Tenancy checks", m.TenancyCheck),
    "repairs": ("Repairs", m.Repair),
    "rehousing": ("Rehousing", m.Rehousing),
    "legal": ("Legal", m.Legal),
    "feedback": ("Feedback", m.Feedback),
    "letters": ("Letters", m.Letter),
    "referrals": ("Referrals", m.Referral),
    "alerts": ("Alerts", m.Alert),
}
DECIDED: dict[str, tuple[str, type[m.Decided], str]] = {
    "reviews": ("Reviews", m.Review, "Findings"),
    "approvals": ("Approvals", m.Approval, "Decision"),
    "overrides": ("Overrides", m.Override, "Decision"),
    "closures": ("Closures", m.Closure, "Marker"),
}
"""Rows whose author matters, and the field whose author it is (R-25)."""

CASE_TABLES = (*(t for t, _ in PARTS.values()), *(t for t, _, _ in DECIDED.values()), "Incidents", "Developments")


def office(platform: Platform, now: datetime) -> m.Office:
    """The office base as it stands now."""
    said: list[str] = []

    def rows(table: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(value(kind, r, said) for r in platform.records(table))

    return m.Office(
        staff=rows("Staff", m.Staff),
        duty=rows("Duty rota", m.Duty),
        areas=rows("Areas", m.Area),
        patches=rows("Patches", m.Patch),
        partners=rows("Partners", m.Partner),
        profiles=rows("Area profiles", m.Profile),
        read_at=now,
    )


class Cases:
    """Reads whole cases. Remembers nothing but who made which decision, while the row has not changed."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._authors: dict[tuple[str, str, datetime], dict[str, m.Staff | None]] = {}

    def some(self, ids: Iterable[str], office: m.Office) -> list[m.Case]:
        """The cases of those ids that are still there, oldest first."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return []
        tables = {t: by_case(self._platform.find(t, "Case", wanted)) for t in CASE_TABLES}
        return [self._case(r, tables, office) for r in self._platform.get("Cases", wanted)]

    def all(self, office: m.Office) -> list[m.Case]:
        """Every case, oldest first."""
        tables = {t: by_case(self._platform.records(t)) for t in CASE_TABLES}
        return [self._case(r, tables, office) for r in self._platform.records("Cases")]

    def _case(self, record: Record, tables: dict[str, Any], office: m.Office) -> m.Case:
        said: list[str] = []
        parts: dict[str, Any] = {}
        for name, (table, kind) in PARTS.items():
            rows = tables[table].get(record.id, [])
            parts[name] = tuple(value(kind, r, said, **_more(kind, r)) for r in rows)
        for name, (table, decided, deciding) in DECIDED.items():
            rows = tables[table].get(record.id, [])
            parts[name] = tuple(value(decided, r, said, **self._decided(r, decided, deciding, office)) for r in rows)
        developments = tables["Developments"].get(record.id, [])
        parts["development_keys"] = frozenset(str(r.fields["Key"]) for r in developments if r.fields.get("Key"))
        parts["incidents"] = _incidents(tables["Incidents"].get(record.id, []), said)
        case = value(m.Case, record, said, kept=dict(record.fields), **parts)
        return replace(case, problems=tuple(said))

    def _decided(self, r: Record, kind: type[m.Decided], deciding: str, office: m.Office) -> dict[str, Any]:
        """Who set the deciding field, by the audit and the office; nobody where either does not say."""
        if r.fields.get(deciding) in (None, "", ()):
            return {}
        key = (r.table, r.id, r.updated_at or r.created_at)
        if key not in self._authors:
            told = self._platform.authors(r.table, r.id)
            self._authors[key] = {column: office.by_email(a.email) for column, a in told.items()}
        authors = self._authors[key]
        more: dict[str, Any] = {"author": authors.get(deciding)}
        if kind is m.Override:
            more["second_author"] = authors.get("Second decision")
        return more


def _more(kind: type[m.Row], r: Record) -> dict[str, Any]:
    if kind is m.Action:
        return {"kept": dict(r.fields)}
    return {"has_document": bool(r.fields.get("Document"))} if kind is m.Letter else {}


def _incidents(records: list[Record], said: list[str]) -> tuple[m.Incident, ...]:
    """In order of number; one without a number takes the next (R-02)."""
    taken = [n for r in records if isinstance(n := r.fields.get("Number"), int)]
    rows = []
    for r in records:
        number = r.fields.get("Number")
        if not isinstance(number, int):
            number = max(taken, default=0) + 1
            taken.append(number)
        rows.append(value(m.Incident, r, said, number=number))
    return tuple(sorted(rows, key=lambda i: (i.number, int(i.id) if i.id.isdigit() else 0)))
