"""Reading: whole cases and the office, fresh from the platform.

In: the ids of cases, or all of them. Out: Case values with the authors of decisions, and the Office.
Never here: a decision, a write, or a role taken from a cell that its holder can edit (R-26).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from automations import model as m
from automations.authors import decided_by, was_touched
from automations.belonging import of_incident
from automations.errors import Stop, TryAgainLater, unforeseen
from automations.histories import Histories, History, authors, same_address
from automations.joined import Joined
from automations.lost_people import lost
from automations.meetings import discussions
from automations.moved import as_we_left_it, moves
from automations.outbox.decisions import asks as to_be_sent
from automations.outbox.decisions import with_authors
from automations.outbox.recipients import confirmed
from automations.own_cells import believed
from automations.ports import Change, File, Platform, Record
from automations.procedure import NO_CASE
from automations.recorded import asks, first_told, longer_recorded, refusals_seen, tick_recorded, wishes_recorded
from automations.records import value
from automations.sheets import Sheet, bring_home, lay_out, links, reference_of
from schema.choices import LINE_MANAGERS, WENT, Channel, LetterDecision, LetterState, YesNo

R = TypeVar("R")
T = TypeVar("T", bound=m.Row)
Q = TypeVar("Q", m.Case, m.Consent, m.Incident, m.Interview, m.Prompted)

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
    "proofs": ("Evidence", m.Proof),
    "feedback": ("Feedback", m.Feedback),
    "letters": ("Letters", m.Letter),
    "referrals": ("Referrals", m.Referral),
    "alerts": ("Alerts", m.Alert),
    "checklist": ("Checklist", m.Prompted),
    "risks": ("Risk assessments", m.RiskAssessment),
    "developments": ("Developments", m.Development),
}
DECIDED: dict[str, tuple[str, type[m.Decided], str]] = {
    "reviews": ("Reviews", m.Review, "Findings"),
    "approvals": ("Approvals", m.Approval, "Decision"),
    "overrides": ("Overrides", m.Override, "Decision"),
    "closures": ("Closures", m.Closure, "Marker"),
}
"""Rows whose author matters, and the field whose author it is (R-25)."""
FILES: dict[type[m.Row], tuple[str, str]] = {
    m.Letter: ("documents", "Document"), m.Interview: ("notes", "Note"), m.Rehousing: ("reports", "Report"),
    m.Referral: ("packs", "Pack"),
}  # fmt: skip
"""Rows of which we read what files there are: the value's own name for them, and the column."""
UNSAID = "say in the office base whether it is a police body; until then it is taken for one."

CASE_TABLES = (*(t for t, _ in PARTS.values()), *(t for t, _, _ in DECIDED.values()), "Incidents")


def office(platform: Platform, now: datetime, histories: Histories | None = None) -> m.Office:
    """The office base as it stands now. `histories`: what the audit told before of rows that have not changed."""
    said: list[str] = []
    known = histories or Histories(platform)
    moved = moves(platform.records("Moves"), known, now, said)

    def rows(table: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(value(kind, r, said) for r in moved.as_entered(platform.records(table)))

    records = platform.records("Partners")
    partners = tuple(value(m.Partner, r, said) for r in records)
    staff = rows("Staff", m.Staff)
    if any(p.recipient for p in partners):
        words = platform.records("Recipient confirmations")
        partners = confirmed(zip(records, partners, strict=True), words, lambda r: known.of(r, now),
                             m.Office(staff=staff))  # fmt: skip
    said += [f"Partners {p.id}: {p.held}" for p in partners if p.held and not p.is_off]
    said += [f"Partners {p.id}: {UNSAID}" for p in partners if p.police_body is YesNo.NOT_KNOWN and not p.is_off]
    return m.Office(
        staff=staff,
        duty=rows("Duty rota", m.Duty),
        areas=rows("Areas", m.Area),
        patches=rows("Patches", m.Patch),
        partners=partners,
        profiles=rows("Area profiles", m.Profile),
        read_at=now,
        moves=moved,
        problems=tuple(said),
    )


class Cases:
    """Reads whole cases. Remembers nothing but what the audit told of a row, while the row has not changed."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._histories = Histories(platform)
        self.adrift: list[Record] = []
        """Rows of the last reading of everything that hang from no case: nothing is worked out from them."""
        self.unread: list[tuple[str, str]] = []
        """Cases of the last reading that could not be read, with a sentence each."""
        self.of_no_case: list[Record] = []
        """The actions of the last reading of everything that hang from no case by right: the organisation's own."""
        self._discussed: dict[str, tuple[m.Discussed, ...]] = {}
        """The forum meetings of the last reading of everything, by the case that was discussed."""

    def some(self, ids: Iterable[str], office: m.Office, *, told: bool = False) -> list[m.Case]:
        """The cases of those ids that are still there, oldest first. `told`: as the platform's `one_look`."""
        self.unread = []
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return []
        with self._platform.one_look(told):
            records = {t: self._platform.find(t, "Case", wanted) for t in CASE_TABLES}
            people = [r.id for r in records["People"]]
            theirs = self._platform.find("Consents", "Victim", people) if people else []
            records["Consents"] = list({r.id: r for r in (*records["Consents"], *theirs)}.values())
            return self._cases(self._platform.get("Cases", wanted), records, office, whole=False)

    def all(self, office: m.Office) -> list[m.Case]:
        """Every case, oldest first."""
        self.unread = []
        with self._platform.one_look():
            records = {t: self._platform.records(t) for t in CASE_TABLES}
            self._discussed = discussions(self._platform)
            cases = self._cases(self._platform.records("Cases"), records, office, whole=True)
        own = [r for r in records["Actions"] if not r.fields.get("Case") and _by_right(r)]
        self.of_no_case, _ = believed(own, self._histories, office)
        people = {r.id for r in records["People"] if r.fields.get("Case")}
        self.adrift = [
            r for rows in records.values() for r in rows
            if not r.fields.get("Case") and not _by_right(r) and people.isdisjoint(links(r, "Victim"))
        ]  # fmt: skip
        return cases

    @property
    def histories(self) -> Histories:
        """What the audit told of rows that have not changed since."""
        return self._histories

    def history(self, record: Record, now: datetime) -> History:
        """What the audit holds of any record, asked once while it stays as it is."""
        return self._histories.of(record, now)

    def is_ours(self, change: Change) -> bool:
        """Whether the runner made that change."""
        return same_address(change.by, self._histories.account)

    def _cases(
        self, found: list[Record], records: dict[str, list[Record]], office: m.Office, *, whole: bool
    ) -> list[m.Case]:
        """One that cannot be read is told apart and stops no other."""
        entered = office.moves.as_entered
        sheets = {r.id: Sheet(r, {t: [] for t in CASE_TABLES}) for r in entered(found)}
        lay_out(sheets, {table: entered(rows) for table, rows in records.items()})
        for sheet in sheets.values():
            self._apart(sheet, lambda each: self._believe(each, office))
        bring_home(sheets, None if whole else self._platform)
        joined = Joined(
            sheets,
            None if whole else self._platform,
            lambda found: believed(entered(found), self._histories, office)[0],
        )
        read = [self._apart(sheet, lambda each: self._case(each, office, joined)) for sheet in sheets.values()]
        return [case for case in read if case]

    def _apart(self, sheet: Sheet, act: Callable[[Sheet], R]) -> R | None:
        if sheet.broken:
            return None
        try:
            return act(sheet)
        except (TryAgainLater, Stop):
            raise
        except Exception as error:  # one case that nobody foresaw must not keep help from the others
            sheet.broken = True
            self.unread.append((f"Cases {sheet.case.id}", unforeseen(error)))
            return None

    def _believe(self, sheet: Sheet, office: m.Office) -> None:
        [sheet.case], over = believed([sheet.case], self._histories, office)
        for table, rows in sheet.rows.items():
            sheet.rows[table], more = believed(rows, self._histories, office)
            over += more
        sheet.over = over
        if not sheet.reference and (found := reference_of(sheet.rows)):
            sheet.put(sheet.case, {"Reference": found})

    def _case(self, sheet: Sheet, office: m.Office, joined: Joined) -> m.Case:
        said: list[str] = []
        parts: dict[str, Any] = {}
        for name, (table, kind) in PARTS.items():
            parts[name] = tuple(value(kind, r, said, **_more(kind, r)) for r in sheet.rows[table])
        parts["consents"] = tuple(
            replace(x, unread=True) if any(each.startswith(f"Consents {x.id}: ") for each in said) else x
            for x in parts["consents"]
        )
        parts["consents"] = tuple(
            replace(x, undated=True, given_by=None) if x.given_at is None and not office.moves.knows(r) else x
            for x, r in zip(parts["consents"], sheet.rows["Consents"], strict=True)
        )
        parts["letters"] = tuple(
            _emailed(x if self._is_as_left(r, office) else replace(x, typed_over=True))
            for x, r in zip(parts["letters"], sheet.rows["Letters"], strict=True)
        )
        parts["referrals"] = tuple(
            self._decided_on(_really_sent(x), r, office)
            for x, r in zip(parts["referrals"], sheet.rows["Referrals"], strict=True)
        )
        parts["consents"] = self._recorded(parts["consents"], sheet.rows["Consents"], refusals_seen, office)
        parts["interviews"] = self._recorded(parts["interviews"], sheet.rows["Interviews"], wishes_recorded, office)
        parts["checklist"] = self._recorded(parts["checklist"], sheet.rows["Checklist"], tick_recorded, office)
        parts["named"] = joined.named(sheet)
        parts["lost"] = lost(parts["people"], parts["consents"], parts["actions"])
        for name, (table, decided, deciding) in DECIDED.items():
            parts[name] = tuple(
                value(decided, r, said, **self.decided(r, decided, deciding, office)) for r in sheet.rows[table]
            )
        logged, gone = {r.id: joined.logged_at(r) for r in sheet.rows["Incidents"]}, joined.taken_back(sheet)
        incidents = tuple(
            replace(i, logged_at=logged[i.id]) if logged[i.id] else i
            for i in _incidents(sheet.rows["Incidents"], sheet.rows["Actions"], said) if i.id not in gone
        )  # fmt: skip
        parts["incidents"] = self._recorded(incidents, sheet.rows["Incidents"], first_told, office)
        parts["discussed"] = self._discussed.get(sheet.case.id, ())
        police = {p.name for p in office.partners if p.is_police}
        parts["not_police"] = frozenset(p.name for p in office.partners if p.name and p.name not in police)
        case = value(m.Case, _brought_over(sheet, office), said, kept=dict(sheet.case.fields),
                     typed_over=tuple(sheet.over), moved_at=office.moves.at,
                     closed_before=office.moves.cell("Cases", sheet.case.id, "Closed at"), **parts)  # fmt: skip
        [case] = self._recorded((case,), [sheet.case], longer_recorded, office)
        return replace(case, problems=tuple(said))

    def _recorded(
        self, rows: tuple[Q, ...], records: list[Record], told: Callable[[Q, History], Q], office: m.Office
    ) -> tuple[Q, ...]:
        """The rows with what only their history tells, where a rule needs it."""
        by_id = {r.id: r for r in records}
        return tuple(told(row, self._of(by_id[row.id], office)) if asks(row, by_id[row.id]) else row for row in rows)

    def _decided_on(self, row: m.Referral, record: Record, office: m.Office) -> m.Referral:
        """The referral with who decided that it goes, while that is still to be acted on."""
        if not to_be_sent(row):
            return row
        history = self._of(record, office)
        return with_authors(row, record, history, office, self._histories.account)

    def decided(self, r: Record, kind: type[m.Decided], deciding: str, office: m.Office) -> dict[str, Any]:
        """Who set the deciding field, by the audit and the office; nobody where either does not say."""
        if not was_touched(r, deciding):
            return {}
        told = decided_by(r, kind, deciding, self._of(r, office), office)
        seen = {"author": "decided_recorded_at", "second_author": "second_recorded_at"}
        return told | {who: self._as_then(told[who], told[at], office) for who, at in seen.items() if told.get(who)}

    def _as_then(self, author: m.Staff, at: datetime, office: m.Office) -> m.Staff:
        """The author with the role of that moment, where a manager was made one, or a higher one, since (R-26)."""
        if author.updated_at is None or author.updated_at < at or author.role not in LINE_MANAGERS:
            return author
        history = [c for r in self._platform.get("Staff", [author.id]) for c in self._histories.of(r, office.read_at)]
        since = next((c for c in history if c.field == "Role" and c.at > at and not c.made), None)
        was = next((role for role in LINE_MANAGERS if since and role == since.before), None)
        return replace(author, role=was) if since else author

    def told(self, r: Record, office: m.Office) -> Mapping[str, Change]:
        """The last change of each field of the record, by the platform's audit."""
        return authors(self._of(r, office))

    def _is_as_left(self, letter: Record, office: m.Office) -> bool:
        """Whether that the letter went is ours to say; asked only of one that was brought along and touched since."""
        end, touched = office.moves.at, letter.updated_at
        since = end and touched and letter.created_at <= end < touched
        if not since or letter.fields["State"] != LetterState.SENT:
            return True
        return as_we_left_it(letter, self._of(letter, office), self._histories.account)

    def _of(self, r: Record, office: m.Office) -> History:
        """Its history, dated as in the old bases where a copy brought it."""
        return office.moves.as_set(r, self._histories.of(r, office.read_at), self._histories.account)


def _by_right(r: Record) -> bool:
    """Whether it is an action of the organisation's own."""
    return r.table == "Actions" and r.fields.get("Step") in NO_CASE


def _more(kind: type[m.Row], r: Record) -> dict[str, Any]:
    if kind is m.Action:
        return {"kept": dict(r.fields)}
    if kind in FILES:
        name, column = FILES[kind]
        more = {name: tuple(f.name for f in _files(r, column))}
        if kind is m.Letter:
            more["in_word"] = tuple(f.name for f in _files(r, "Draft in Word"))
            more["edited_pdf"] = tuple(f.name for f in _files(r, "Edited as PDF"))
            more["edited"] = tuple(f"{f.name}/{f.size}/{f.id}" for f in _files(r, "Edited document"))
        return more
    return {}


def _files(r: Record, column: str) -> tuple[File, ...]:
    files = r.fields.get(column)
    return tuple(f for f in files if isinstance(f, File)) if isinstance(files, tuple) else ()


def _brought_over(sheet: Sheet, office: m.Office) -> Record:
    """The case's record. Where nobody knows when it was entered, no later than the oldest of its rows: until then its
    letters need no approval (R-08).
    """
    if office.moves.knows(sheet.case):
        return sheet.case
    rows = (r.created_at for found in sheet.rows.values() for r in found)
    return replace(sheet.case, created_at=min((sheet.case.created_at, *rows)))


def _really_sent(row: m.Referral) -> m.Referral:
    """A notice counts as gone only with what we alone write when it goes: the time and the fingerprint."""
    return row if row.state not in WENT or (row.sent_at and row.fingerprint) else replace(row, state=None)


def _emailed(row: m.Letter) -> m.Letter:
    """A letter that we e-mailed went, whatever Decision says since; staff may only say that it came back."""
    if row.emailed_at is None:
        return row
    back = row.decision is LetterDecision.RETURNED
    decision = LetterDecision.RETURNED if back else LetterDecision.POSTED
    return replace(row, decision=decision, sent_at=row.emailed_at, sent_how=Channel.EMAIL)


def _incidents(records: list[Record], actions: list[Record], said: list[str]) -> tuple[m.Incident, ...]:
    """In order of number. The key that intake gave says it; one without a number, or with another's, takes the next.

    The number of one that was deleted is not given again: its actions, alerts and notices are under it (R-10).
    """
    given = dict(filter(None, map(_given, actions)))
    wanted = {r.id: _number(r) or given.get(f"Incidents {r.id}") for r in records}
    taken: dict[int, str] = {}
    for r in sorted(records, key=lambda r: not r.fields.get("Key")):
        number = wanted[r.id]
        if number is not None:
            taken.setdefault(number, r.id)
    following = max([*taken, *given.values()], default=0)
    rows = []
    for r in records:
        number = wanted[r.id]
        if number is None or taken[number] != r.id:
            used = (of_incident(str(a.fields.get("Key"))) for a in actions if a.created_at < r.created_at)
            number = following = max(following, *used, 0) + 1
        rows.append(value(m.Incident, r, said, number=number))
    return tuple(sorted(rows, key=lambda i: i.number))


def _given(action: Record) -> tuple[str, int] | None:
    """The incident whose being logged, or passed on, an action shows, and the number that it has there."""
    shown, number = action.fields.get("Evidence key"), str(action.fields.get("Key") or "").rpartition("/incident-")[2]
    return (str(shown), int(number)) if number.isdecimal() and str(shown).startswith("Incidents ") else None


def _number(r: Record) -> int | None:
    """The number in the key, which says it twice; else the Number cell."""
    number, tail = r.fields.get("Number"), str(r.fields.get("Key") or "").rpartition("/incident-")[2]
    if tail.isdecimal():
        return int(tail)
    return number if isinstance(number, int) and number > 0 else None
