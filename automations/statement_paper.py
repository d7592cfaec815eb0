"""Statement on paper: the same headings, tables and words on the screen, in a PDF and for another program.

In: a Statement. Out: blocks for the letters' own engine, Markdown, or plain values for JSON.
Never here: what stands in it (statement.py), or a second way to set type.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from automations.deadlines import say
from automations.letters.document import Block, Break, Heading, Listing, Paragraph, Runs, Table, Text, words
from automations.letters.facts import Facts, Landlord, OfficerFacts
from automations.letters.pdf import set_in_type
from automations.letters.words import fitted
from automations.statement import Answer, Decision, Finding, Statement, Verdict
from schema.choices import CaseState

CLAUSES = {
    "1.0": "Introduction", "2.0": "Responsibility", "3.0": "The initial report", "3.1": "The action plan",
    "3.2": "What follows the initial report", "3.2 / 12.0": "The first discussion with the line manager",
    "3.4": "The full interview with the victim", "4.0": "Repairs", "5.0": "The police", "6.0": "Supporting the victim",
    "7.0": "Rehousing", "8.0": "Witnesses", "9.0": "The alleged perpetrator", "10.0": "The outcome",
    "11.0": "Further incidents", "12.0": "Reviews", "13.0": "Action", "14.0": "Other agencies", "15.0": "Prevention",
    "16.0": "Monitoring", "17.0": "Closing", "18.0": "Training",
}  # fmt: skip
"""What each section is about."""


def markdown(of: Statement) -> str:
    """The statement as Markdown."""
    return words(tuple(blocks(of)))


def pdf(of: Statement, landlord: Landlord) -> bytes:
    """The statement as a tagged PDF. NeedsAPerson where a sign in it cannot be shown."""
    facts = Facts(
        landlord=landlord,
        reference=of.case.reference,
        recipient_name=None,
        recipient_address=(),
        officer=OfficerFacts(),
    )
    title = f"Statement {of.case.reference}"
    return set_in_type(tuple(blocks(of)), facts, large=False, language="en", title=title)


def blocks(of: Statement) -> Iterator[Block]:
    """Everything, in the order it is read."""
    case = of.case
    yield Heading(1, _runs(f"Compliance statement, case {case.reference}"))
    yield _par(
        f"What the hate crimes procedure asks on this case, and how each of it stands. Made {say(of.made_at)}, London "
        "time, from the records named at the end. Nobody is named: people appear by their part in the case, "
        "staff by their role."
    )
    if case.imported:
        yield _par("The case was brought over from older records. What comes from them is marked.")
    if case.moved_at:
        yield _par(
            f"The records were moved here from another platform on {say(case.moved_at)}. When something before that "
            "was entered, and whether a step was done or the case closed by it, is as the copy took it from the old "
            "bases. Who decided it is told there alone."
        )
    yield Heading(2, _runs("In short"))
    yield _list(_short(of))
    yield Table((_runs("How it stands"), _runs("Requirements"), _runs("Steps")), tuple(
        (_runs(verdict), _runs(str(of.asked(verdict))), _runs(str(of.steps(verdict)))) for verdict in Verdict
    ), (2, 1, 1))  # fmt: skip
    yield Heading(2, _runs("Warnings"))
    yield _list(of.warnings) if of.warnings else _par("None.")
    if of.needs_a_person:
        yield Heading(2, _runs("What a person must put right"))
        yield _list(of.needs_a_person)
    yield Heading(2, _runs("Clause by clause"))
    yield from _clauses(of)
    yield Heading(2, _runs("Decisions"))
    yield _decided(of.decisions, "No decision is recorded.")
    yield Heading(2, _runs("Disclosures without consent"))
    yield _decided(of.overrides, "No override was used.")
    yield Heading(2, _runs("How the dates were counted"))
    yield _par(
        "Hours run through nights and weekends. Working days are Monday to Friday less the bank holidays, and the "
        "first day does not count. Each date is measured against its first promise unless a recorded reason moved it."
    )
    yield _list([f"Bank holidays: {calendar}" for calendar in of.calendars] or ["Nothing has a date yet."])
    yield Heading(2, _runs("The records it was made from"))
    yield _list(f"{table}: {count}, last written {say(at)}" for table, count, at in of.records)


def _short(of: Statement) -> Iterator[str]:
    case = of.case
    state = case.state or CaseState.NEW
    yield f"Where the case stands: {state}"
    if case.incidents:
        yield f"First reported {say(case.incidents[0].counts_from)}; incidents: {len(case.incidents)}"
    yield f"Area: {case.area or 'not known'}"
    yield f"Late, with no reason recorded: {of.unexplained}"
    yield f"Entered more than 24 hours after it happened: {of.entered_late}"


def _clauses(of: Statement) -> Iterator[Block]:
    """Every section of the procedure; a step that several requirements ask for is told in full once."""
    told: dict[str, str] = {}
    for clause, about in CLAUSES.items():
        yield Heading(3, _runs(f"{clause} {about}"))
        answers = [a for a in of.answers if a.requirement.clause == clause]
        if not answers:
            yield _par("Nothing in this section is a step of a case.")
            continue
        yield Table((_runs("What is asked"), _runs("How it stands")), tuple(
            (_asked(a), _lines(_stands(a, told))) for a in answers
        ), (2, 3))  # fmt: skip


def _asked(answer: Answer) -> Runs:
    asked = answer.requirement
    return (Text(asked.id, strong=True), Break(), Text(fitted(asked.asks)))


def _stands(answer: Answer, told: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not answer.findings:
        yield str(answer.verdict), answer.says
    for finding in answer.findings:
        before = told.setdefault(finding.action.key, answer.requirement.id)
        says = finding.says if before == answer.requirement.id else f"As under {before}."
        yield str(finding.verdict), f"{finding.title}. {says}"


def _decided(decisions: tuple[Decision, ...], none: str) -> Block:
    if not decisions:
        return _par(none)
    return Table((_runs("When"), _runs("What was decided"), _runs("By whom")), tuple(
        (_runs(say(d.at) if d.at else "Not dated"), _lines([
            (d.matter, d.decided + "."), *([("Reason", d.reason)] if d.reason else []), ("Record", d.record),
        ]), _runs(d.by)) for d in decisions
    ), (2, 3, 2))  # fmt: skip


def _lines(pairs: Iterable[tuple[str, str]]) -> Runs:
    """A line a pair, what stands first in bold."""
    found: list[Text | Break] = []
    for strong, rest in pairs:
        found += [*([Break()] if found else []), Text(f"{fitted(strong)}:", strong=True), Text(f" {fitted(rest)}")]
    return tuple(found)


def _runs(said: str) -> Runs:
    return (Text(fitted(said)),)


def _par(said: str) -> Paragraph:
    return Paragraph(_runs(said))


def _list(items: Iterable[str]) -> Listing:
    return Listing(numbered=False, items=tuple(_runs(item) for item in items))


def plain(of: Statement) -> dict[str, Any]:
    """The statement for another program. Instants are ISO 8601 with their offset."""
    return {
        "reference": of.case.reference,
        "made_at": of.made_at.isoformat(),
        "state": of.case.state,
        "imported": of.case.imported,
        "moved_at": _iso(of.case.moved_at),
        "counts": {str(v): {"requirements": of.asked(v), "steps": of.steps(v)} for v in Verdict},
        "late_without_a_reason": of.unexplained,
        "entered_late": of.entered_late,
        "clauses": [
            {"clause": clause, "about": about, "requirements": [
                {"id": a.requirement.id, "asks": a.requirement.asks, "stands": a.verdict, "why": a.says,
                 "steps": [_plain_finding(f) for f in a.findings]}
                for a in of.answers if a.requirement.clause == clause
            ]}
            for clause, about in CLAUSES.items()
        ],
        "decisions": [_plain_decision(d) for d in of.decisions],
        "overrides": [_plain_decision(d) for d in of.overrides],
        "warnings": list(of.warnings),
        "needs_a_person": list(of.needs_a_person),
        "calendars": list(of.calendars),
        "records": [{"table": t, "rows": n, "last_written_at": at.isoformat()} for t, n, at in of.records],
    }  # fmt: skip


def _plain_finding(of: Finding) -> dict[str, Any]:
    cells = of.action.shown
    return {
        "step": cells["Step"], "about": cells["About"], "stands": of.verdict, "says": of.says,
        "due": _iso(cells["Due at"]), "first_due": _iso(cells["First due"]), "done": _iso(cells["Done at"]),
        "evidence": cells["Evidence key"], "entered_late": bool(cells["Entered late"]),
        "imported": bool(cells["Imported"]),
    }  # fmt: skip


def _plain_decision(of: Decision) -> dict[str, Any]:
    return {"at": _iso(of.at), "matter": of.matter, "decided": of.decided, "by": of.by, "reason": of.reason,
            "record": of.record}  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
