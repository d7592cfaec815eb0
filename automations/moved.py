"""Moved: which rows of Moves count, and what was done before the bases were moved (decision 74).

In: the rows of Moves and their histories; a case that was brought along. Out: Moves, or a Stop; what stood then.
Never here: a gate opened, or anything let out, by what nobody signed since (R-25).
"""

from collections.abc import Iterable
from datetime import datetime

from automations.errors import Stop
from automations.histories import Histories, History, authors, same_address
from automations.in_step import in_step
from automations.model import Case, Decided, Moves, Row
from automations.model.moves import ENTERED, MADE_BY, UNFINISHED
from automations.once import once
from automations.ports import Record
from schema.choices import ActionState

DONE = (ActionState.DONE, ActionState.DONE_LATE)


def moves(records: Iterable[Record], histories: Histories, now: datetime, said: list[str]) -> Moves:
    """What the copy kept. A text that the runner's own account did not write counts as that account last wrote it,
    and not at all where no history tells that; `said` gets a sentence then, and where a part is gone.

    Stop where the copy is not finished: half of a case reads as a case that never was.
    """
    kept: list[tuple[str, datetime]] = []
    lost: list[datetime] = []
    for record in records:
        if histories.is_ours(record):
            kept.append((str(record.fields[ENTERED] or ""), record.updated_at or record.created_at))
            continue
        told = [x for x in histories.of(record, now) if x.field == ENTERED and same_address(x.by, histories.account)]
        if told:
            kept.append((str(told[-1].after or ""), told[-1].at))
            continue
        said.append(f"Moves {record.id}: it is not as casewatch copy left it, so nothing in it counts.")
        if same_address(str(record.fields[MADE_BY] or ""), histories.account):
            lost.append(record.created_at)
    found = Moves.of(kept, lost)
    if found.under_way:
        raise Stop(UNFINISHED)
    if not found.is_whole:
        said.append(
            "Moves: not every part of it is there as casewatch copy left it. The rows that the others were about count "
            "as entered when the bases were moved, and may read as late for that alone. Of them a yes in Consents "
            "without a Given at counts for nothing: fill it in as the old bases tell it, or copy them into new bases."
        )
    return found


def came_along(case: Case, row: Row) -> bool:
    """Whether the row was brought along when the bases were moved."""
    return case.moved_at is not None and row.created_at <= case.moved_at


def stands(moved_at: datetime | None, row: Decided) -> bool:
    """Whether a decision that was brought along is still the one that was made in the old bases, where alone its author
    is told: nobody has touched the row since, or the audit tells that they changed nothing that was decided.
    """
    if moved_at is None or row.created_at > moved_at or row.author or row.altered:
        return False
    return min(row.recorded_at, row.decided_recorded_at or row.recorded_at) <= moved_at


def as_we_left_it(letter: Record, history: History, account: str) -> bool:
    """Whether what we say of a letter that was brought along is what the copy or the runner wrote there, by the audit:
    somebody has touched the row since.
    """
    told, ours = authors(history), ("State", "What is missing")
    by_us = all(same_address(told[name].by, account) for name in ours if name in told)
    return "State" in told and by_us and all(in_step(letter, name, history) for name in ours)


def stood(case: Case, table: str, row: Decided) -> bool:
    """Whether an action was done by this decision before the bases were moved, and it still stands. It shows what was
    done, and opens nothing.
    """
    return stands(case.moved_at, row) and f"{table} {row.id}" in _shown_by_actions(case)


@once
def _shown_by_actions(case: Case) -> frozenset[str]:
    return frozenset(key for a in case.actions if a.state in DONE for key in (a.evidence_key or "").split(", "))
