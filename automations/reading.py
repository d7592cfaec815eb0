"""Reading: whole cases and the office, fresh from the platform.

In: the ids of cases, or all of them. Out: Case values with the authors of decisions, and the Office.
Never here: a decision, a write, or a role taken from a cell that its holder can edit (R-26).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from automations import model as m
from automations.ports import Author, Platform, Record
from automations.procedure import NO_CASE
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
DECIDED_ON = {
    "Reviews": ("Kind", "Held at", "Covers the outcome", "Incident"),
    "Approvals": ("Matter", "Reason", "Incident", "Person", "Repair", "Letter"),
    "Overrides": ("Purpose", "Organisation", "Lawful basis", "Reason", "Incident"),
    "Closures": ("Exception",),
    "Area reviews": ("Area", "Held at", "Plans followed through", "Records adequate", "Cases covered"),
    "Policy reviews": (),
    "Prevention": ("Kind", "What was done", "Nobody can be recognised"),
}
"""What a decision is about: changed by somebody else afterwards, it is no longer what was decided (R-26)."""
SETTLED = timedelta(seconds=2)
"""The platform keeps whole seconds: a row written this lately is asked about again."""

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
        problems=tuple(said),
    )


class Cases:
    """Reads whole cases. Remembers nothing but who made which decision, while the row has not changed."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._authors: dict[tuple[str, str, datetime], Mapping[str, Author]] = {}
        self.adrift: list[Record] = []
        """Rows of the last reading of everything that hang from no case: nothing is worked out from them."""
        self.of_no_case: list[Record] = []
        """The actions of the last reading of everything that hang from no case by right: the organisation's own."""
        self._discussed: dict[str, tuple[m.Discussed, ...]] = {}
        """The forum meetings of the last reading of everything, by the case that was discussed."""

    def some(self, ids: Iterable[str], office: m.Office) -> list[m.Case]:
        """The cases of those ids that are still there, oldest first."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return []
        tables = {t: by_case(self._platform.find(t, "Case", wanted)) for t in CASE_TABLES}
        return [self._case(r, tables, office) for r in self._platform.get("Cases", wanted)]

    def all(self, office: m.Office) -> list[m.Case]:
        """Every case, oldest first."""
        records = {t: self._platform.records(t) for t in CASE_TABLES}
        self.adrift = [r for rows in records.values() for r in rows if not r.fields.get("Case") and not _by_right(r)]
        self.of_no_case = [r for r in records["Actions"] if not r.fields.get("Case") and _by_right(r)]
        self._discussed = _discussions(self._platform)
        tables = {t: by_case(rows) for t, rows in records.items()}
        return [self._case(r, tables, office) for r in self._platform.records("Cases")]

    def _case(self, record: Record, tables: dict[str, Any], office: m.Office) -> m.Case:
        said: list[str] = []
        parts: dict[str, Any] = {}
        for name, (table, kind) in PARTS.items():
            rows = tables[table].get(record.id, [])
            parts[name] = tuple(value(kind, r, said, **_more(kind, r)) for r in rows)
        parts["consents"] = tuple(
            replace(x, unread=True) if any(each.startswith(f"Consents {x.id}: ") for each in said) else x
            for x in parts["consents"]
        )
        for name, (table, decided, deciding) in DECIDED.items():
            rows = tables[table].get(record.id, [])
            parts[name] = tuple(value(decided, r, said, **self.decided(r, decided, deciding, office)) for r in rows)
        developments = tables["Developments"].get(record.id, [])
        parts["development_keys"] = frozenset(str(r.fields["Key"]) for r in developments if r.fields.get("Key"))
        parts["incidents"] = _incidents(tables["Incidents"].get(record.id, []), said)
        parts["discussed"] = self._discussed.get(record.id, ())
        police = {p.name for p in office.partners if p.is_police}
        parts["not_police"] = frozenset(p.name for p in office.partners if p.name and p.name not in police)
        case = value(m.Case, record, said, kept=dict(record.fields), **parts)
        return replace(case, problems=tuple(said))

    def decided(self, r: Record, kind: type[m.Decided], deciding: str, office: m.Office) -> dict[str, Any]:
        """Who set the deciding field, by the audit and the office; nobody where either does not say."""
        if r.fields.get(deciding) in (None, "", ()):
            return {}
        told = self.told(r, office)
        by = told.get(deciding)
        if by is None:
            return {}
        altered = _altered(r.table, told, by)
        more: dict[str, Any] = {
            "author": None if altered else office.author(by.email),
            "decided_recorded_at": by.at,
            "altered": ", ".join(altered),
        }
        second = told.get("Second decision")
        if kind is m.Override and second and not altered and not _altered(r.table, told, second):
            more |= {"second_author": office.author(second.email), "second_recorded_at": second.at}
        return more

    def told(self, r: Record, office: m.Office) -> Mapping[str, Author]:
        """Who last set each field of the record, by the platform's audit."""
        stamp = r.updated_at or r.created_at
        key = (r.table, r.id, stamp)
        if key in self._authors:
            return self._authors[key]
        told = self._platform.authors(r.table, r.id)
        if office.read_at and office.read_at - stamp >= SETTLED:
            self._authors[key] = told
        return told


def _by_right(r: Record) -> bool:
    """Whether it is an action of the organisation's own."""
    return r.table == "Actions" and r.fields.get("Step") in NO_CASE


def _discussions(platform: Platform) -> dict[str, tuple[m.Discussed, ...]]:
    """The meetings at which each case was discussed, in order of entry (HC-129)."""
    forums = {r.id: str(r.fields.get("Forum") or "") for r in platform.records("Forums")}
    found: dict[str, tuple[m.Discussed, ...]] = {}
    for meeting in (value(m.Meeting, r, []) for r in platform.records("Forum meetings")):
        told = m.Discussed(meeting.id, forums.get(meeting.forum_id or "", ""), meeting.held_on)
        for case in meeting.discussed_ids:
            found[case] = (*found.get(case, ()), told)
    return found


def _altered(table: str, told: Mapping[str, Author], by: Author) -> list[str]:
    """What somebody else changed after this person decided."""
    return [f for f in DECIDED_ON[table] if (a := told.get(f)) and a.at > by.at and not _same(a, by)]


def _same(one: Author, other: Author) -> bool:
    return one.email.strip().lower() == other.email.strip().lower()


def _more(kind: type[m.Row], r: Record) -> dict[str, Any]:
    if kind is m.Action:
        return {"kept": dict(r.fields)}
    return {"has_document": bool(r.fields.get("Document"))} if kind is m.Letter else {}


def _incidents(records: list[Record], said: list[str]) -> tuple[m.Incident, ...]:
    """In order of number. The key that intake gave says it; one without a number, or with another's, takes the next."""
    wanted = {r.id: _number(r) for r in records}
    taken: dict[int, str] = {}
    for r in sorted(records, key=lambda r: not r.fields.get("Key")):
        number = wanted[r.id]
        if number is not None:
            taken.setdefault(number, r.id)
    following = max(taken, default=0)
    rows = []
    for r in records:
        number = wanted[r.id]
        if number is None or taken[number] != r.id:
            number = following = following + 1
        rows.append(value(m.Incident, r, said, number=number))
    return tuple(sorted(rows, key=lambda i: i.number))


def _number(r: Record) -> int | None:
    """The number in the key, which says it twice; else the Number cell."""
    number, tail = r.fields.get("Number"), str(r.fields.get("Key") or "").rpartition("/incident-")[2]
    if tail.isdigit():
        return int(tail)
    return number if isinstance(number, int) and number > 0 else None
