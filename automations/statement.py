"""Statement: what the procedure asks on one case, clause by clause, and how each of it stands.

In: a case, its actions as they should stand, the requirements. Out: a Statement for a manager, an ombudsman or a court.
Never here: a person's name (people by their part, staff by their role); how it looks on paper (statement_paper.py).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from automations.concerns import warnings
from automations.coverage import Requirement, requirements
from automations.deadlines import say
from automations.duties import DONE
from automations.explain import Status
from automations.model import Case, Decided, Override, Row
from automations.moved import stands
from automations.nameless import Nameless
from automations.procedure import NO_CASE
from automations.reading import DECIDED, PARTS
from automations.remembered import Remembered
from automations.rules import decided_at, is_line_manager, overridden_at, set_aside, why_no_override
from schema import choices as c


class Verdict(StrEnum):
    """How something stands; what is asked in several steps stands as its worst one, in this order."""

    OVERDUE = "Open, overdue"
    NOT_MET = "Not met"
    """Late, never done, and since then no longer needed: closing a case makes nothing of that good."""
    OPEN = "Open"
    WAITING = "Waiting"
    LATE = "Met late"
    MET = "Met"
    NOT_YET = "Not called for yet"
    """No step of it has begun, on a case that goes on: nobody can say yet that it never will (HC-139)."""
    NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One step on the case: how it stands, and the sentence that says why and by which record."""

    action: Remembered
    verdict: Verdict
    says: str

    @property
    def was_late(self) -> bool:
        """Whether it is late, was done late, or was late before it stopped being needed (HC-139)."""
        left_out = self.verdict is not Verdict.MET and self.action.shown["First late at"] is not None
        return left_out or self.verdict in (Verdict.LATE, Verdict.OVERDUE)

    @property
    def title(self) -> str:
        """What it is, and about what where that is not plain."""
        title, about = self.action.shown["Title"], str(self.action.shown["About"])
        return title if about in ("The case", "The victim") else f"{title}, {about[:1].lower()}{about[1:]}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One requirement: how it stands on the case, and each step that it asks for."""

    requirement: Requirement
    verdict: Verdict
    findings: tuple[Finding, ...]
    says: str = ""
    """Why it is not applicable, or not yet, where no step is on the case."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: when, on what, how, by which role, and whether it counts."""

    at: datetime | None
    matter: str
    decided: str
    by: str
    reason: str
    record: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that is stated. Instants are aware."""

    case: Case
    made_at: datetime
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    overrides: tuple[Decision, ...]
    warnings: tuple[str, ...]
    needs_a_person: tuple[str, ...]
    calendars: tuple[str, ...]
    records: tuple[tuple[str, int, datetime], ...]
    """Each table that was read: how many rows of this case, and when the newest of them was last written."""

    def steps(self, verdict: Verdict) -> int:
        """How many steps stand so."""
        return Counter(f.verdict for f in self.findings)[verdict]

    def asked(self, verdict: Verdict) -> int:
        """How many requirements stand so."""
        return Counter(a.verdict for a in self.answers)[verdict]

    @property
    def unexplained(self) -> int:
        """How many steps were late and have no reason on record (HC-139)."""
        return sum(f.was_late and not f.action.reason_for_lateness for f in self.findings)

    @property
    def entered_late(self) -> int:
        """How many steps were recorded more than 24 hours after they happened (R-07)."""
        return sum(bool(f.action.shown["Entered late"]) for f in self.findings)


def statement(
    case: Case, actions: list[Remembered], said: list[str], nameless: Nameless, status: Status, now: datetime
) -> Statement:
    """The statement of a case as it counts. `status` is the live status (R-11); `said` what a person must put right."""
    findings = tuple(_finding(each, nameless, status) for each in actions)
    return Statement(
        case=case,
        made_at=now,
        answers=tuple(_answer(case, r, steps, findings) for r in requirements() if (steps := _steps(r))),
        findings=findings,
        decisions=tuple(sorted(_decisions(case, nameless), key=lambda d: d.at or now)),
        overrides=tuple(_override(case, x, nameless) for x in case.overrides),
        warnings=tuple(raised.text for raised in warnings(case, now)),
        needs_a_person=tuple(dict.fromkeys(said)),
        calendars=tuple(sorted({str(f.action.shown["Calendar"]) for f in findings if f.action.shown["Calendar"]})),
        records=tuple(_records(case)),
    )


def _steps(requirement: Requirement) -> list[str]:
    return [home.removeprefix("step ") for home in requirement.homes if home.startswith("step ")]


def _answer(case: Case, requirement: Requirement, steps: list[str], findings: tuple[Finding, ...]) -> Answer:
    ours = tuple(f for f in findings if f.action.shown["Step"] in steps)
    if ours:
        return Answer(requirement, min((f.verdict for f in ours), key=list(Verdict).index), ours)
    if set(steps) <= NO_CASE:
        return Answer(requirement, Verdict.NOT_APPLICABLE, (), "It is asked of the landlord, not of one case.")
    if case.state is c.CaseState.CLOSED or set_aside(case):
        return Answer(requirement, Verdict.NOT_APPLICABLE, (), "Nothing on this case called for it.")
    return Answer(requirement, Verdict.NOT_YET, (), "Nothing on this case calls for it so far.")


def _finding(action: Remembered, nameless: Nameless, status: Status) -> Finding:
    cells, late = action.shown, False
    state, due, done = cells["State"], cells["Due at"], cells["Done at"]
    told: list[str] = []
    if state in DONE:
        verdict = Verdict.LATE if state == c.ActionState.DONE_LATE else Verdict.MET
        late = verdict is Verdict.LATE
        told.append(f"Done {say(done)} ({cells['Evidence key']})." if done else "Done.")
    elif state in (c.ActionState.NOT_NEEDED, c.ActionState.WAITING):
        missed = cells["First late at"] and not cells["First done at"]
        over = Verdict.NOT_MET if missed else Verdict.NOT_APPLICABLE
        verdict = over if state == c.ActionState.NOT_NEEDED else Verdict.WAITING
        told.append(nameless.said(cells["Why"]))
    else:
        late = status(cells) == "Overdue"
        verdict = Verdict.OVERDUE if late else Verdict.OPEN
    if due and state != c.ActionState.NOT_NEEDED:
        told.append(f"{'To be done by' if cells['Target'] == c.Target.ALERT else 'Due'} {say(due)}.")
        if cells["First due"] and cells["First due"] != due:
            told.append(f"First promised for {say(cells['First due'])}.")
    if cells["Blocked by"]:
        told.append(f"What must be true first: {cells['Blocked by']}")
    if cells["First late at"] and not late and verdict is not Verdict.MET:
        late = True
        told.append(f"It was late from {say(cells['First late at'])}.")
    if late or action.reason_for_lateness:
        why = nameless.said(action.reason_for_lateness)
        told.append(f"Reason: {why}{'' if why.endswith('.') else '.'}" if why else "No reason recorded.")
    if cells["Reopened at"]:
        told.append(f"Opened again {say(cells['Reopened at'])}: {' '.join(str(cells['Reopened why']).split())}")
    told += ["Entered late."] if cells["Entered late"] else []
    told += ["From older records."] if cells["Imported"] else []
    return Finding(action, verdict, " ".join(told))


def _decisions(case: Case, nameless: Nameless) -> Iterator[Decision]:
    for r in case.reviews:
        decided = "Findings recorded" if r.findings else "No findings recorded"
        yield Decision(r.held_at, str(r.kind or "Review"), decided, _by(case, r), "", f"Reviews {r.id}")
    for a in case.approvals:
        decided = str(a.decision or "Not yet decided")
        at = decided_at(a) if a.decision else a.asked_at
        reason = nameless.said(a.reason)
        yield Decision(at, str(a.matter or "Approval"), decided, _by(case, a), reason, f"Approvals {a.id}")
    for x in case.closures:
        decided = f"{x.marker or 'No marker'}. The victim agrees: {str(x.victim_agrees).lower()}"
        at = x.closed_at or x.sought_at
        yield Decision(at, "Closing the case", decided, _by(case, x), nameless.said(x.exception), f"Closures {x.id}")


def _by(case: Case, row: Decided) -> str:
    """The role of whoever decided, as the audit and the office say (R-25, R-26); never the name."""
    if row.altered:
        return f"It does not count: {row.altered} was changed by somebody else afterwards"
    if stands(case.moved_at, row):
        return "The old bases tell who: it opens nothing here, and what was done by it before the move stands"
    if row.author is None:
        return "It does not count: the platform's audit names no member of staff"
    role = str(row.author.role or "A member of staff without a role")
    return role if is_line_manager(case, row) else f"{role} (may not decide on this case)"


def _override(case: Case, row: Override, nameless: Nameless) -> Decision:
    """A disclosure without consent, and whether two managers agreed to it."""
    lacks = why_no_override(case, row)
    decided = f"It does not count: {lacks}" if lacks else "Two managers agreed"
    by = " and ".join(str(one.role) for one in (row.author, row.second_author) if one) or "Nobody whom the audit names"
    reason = f"Lawful basis: {nameless.said(row.lawful_basis) or 'none given'}. {nameless.said(row.reason)}"
    matter = f"{row.purpose or 'A disclosure'} to {nameless.said(row.organisation) or 'an organisation not named'}"
    at = overridden_at(row) if row.author else None
    return Decision(at, matter, decided, by, reason.strip(), f"Overrides {row.id}")


def _records(case: Case) -> Iterator[tuple[str, int, datetime]]:
    tables = {name: table for name, (table, *_) in (PARTS | DECIDED).items()} | {"incidents": "Incidents"}
    rows: dict[str, tuple[Row, ...]] = {"Cases": (case,)}
    rows |= {table: getattr(case, name) for name, table in tables.items()}
    for table, found in sorted(rows.items()):
        if found:
            yield table, len(found), max(row.recorded_at for row in found)
