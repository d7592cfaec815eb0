"""Faults: what staff entered that cannot be so. Each is one sentence, and the cell is treated as blank.

In: a case as recorded, the moment. Out: the case with impossible times left out, and the sentences.
Never here: an edit of what staff wrote (it stays in the base until they put it right).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_type_hints

from automations import in_touch, plan
from automations.calendar import LONDON, calendar_for
from automations.consent import refuses_nothing_named
from automations.deadlines import say
from automations.first_answers import still_open
from automations.half_entered import half_entered
from automations.intake import UNUSABLE
from automations.model import Case, Consent, Decided, Interview, Referral
from automations.moved import came_along, stands, stood
from automations.panel import MATTERS
from automations.receipts import TELL_ANOTHER_WAY
from automations.rules import came_after, closed_at, is_line_manager, is_own_officer, why_no_override, why_open
from automations.starts.closing import unfit_target
from schema import TABLES as SCHEMA
from schema import choices as c
from schema.parts import Owner

MAY_LIE_AHEAD = frozenset(
    {"Booked for", "Moved to", "Revised target", "Due at", "First due", "Try again at", "Goes up at", "Goes at"}
)
"""Every other instant is of something that happened, so a future one is refused (R-07)."""

HAPPENED = (c.InterviewResult.HELD, c.InterviewResult.MISSED, c.InterviewResult.MISSED_WELL)
"""Results of an appointment whose day has passed: its `Booked for` may not lie ahead."""

CLOCKS_APART = timedelta(minutes=30)
"""How far a time may lie after staff last wrote its row: clocks differ, and people round up. What is further ahead was
a plan when it was entered: its coming is no proof that it happened, so it counts once it is entered again (R-07)."""

OFTEN = 5
"""From so many tries on, hours have passed: a partner that does not answer is a person's to ask."""

TABLES = {
    "incidents": "Incidents", "people": "People", "consents": "Consents", "plans": "Action plan",
    "interviews": "Interviews", "contacts": "Contacts", "reviews": "Reviews", "approvals": "Approvals",
    "closures": "Closures", "checks": "Tenancy checks", "repairs": "Repairs", "rehousing": "Rehousing",
    "legal": "Legal", "proofs": "Evidence", "letters": "Letters", "referrals": "Referrals", "feedback": "Feedback",
    "risks": "Risk assessments", "developments": "Developments",
}  # fmt: skip


def refuse_the_impossible(case: Case, now: datetime) -> tuple[Case, list[str]]:
    """The case without times that cannot be (after `now`, or before any known calendar), a sentence for each.

    A victim's answers keep theirs: a yes dated ahead is no yes yet, a no acts whatever its date (R-13).
    """
    said: list[str] = []
    changed: dict[str, Any] = {}
    first = datetime.combine(calendar_for(case.division).first, time.min, LONDON).astimezone(UTC)
    for name, table in TABLES.items():
        rows = getattr(case, name)
        kept = tuple([_possible(row, table, first, now, said) for row in rows])
        if name != "consents" and any(one is not other for one, other in zip(kept, rows, strict=True)):
            changed[name] = kept
    whole = _possible(case, "Cases", first, now, said)
    return (replace(whole, **changed) if changed else whole), said


def _possible(row: Any, table: str, first: datetime, now: datetime, said: list[str]) -> Any:
    written = row.recorded_at
    kind: Any = type(row)
    of, each = _instants(kind, table)
    last = min(now, written)
    if not [at for at in of(row) if at is not None and not first <= at <= last]:
        return row
    gone: dict[str, Any] = {}
    over = isinstance(row, Interview) and (
        row.result in HAPPENED or (row.result is c.InterviewResult.REFUSED and row.happened_at is None)
    )
    for name, column, staffs in each:
        value = getattr(row, name)
        if value is None:
            continue
        happened = column not in MAY_LIE_AHEAD or (over and column == "Booked for")
        ahead = happened and value > now
        planned = happened and staffs and value > written and value - written > CLOCKS_APART
        if ahead or planned or value < first:
            why = "in the future" if ahead else "too long ago" if value < first else "later than when it was entered"
            words = f"Case {row.reference}" if isinstance(row, Case) else f"{table} {row.id}"
            counts = (
                "the no acts all the same; put the time right" if _still_acts(row, name) else "so it does not count"
            )
            said.append(f"{words}: {column} is {why} ({say(value)}), {counts}.")
            gone[name] = None
    return replace(row, **gone) if gone else row


def _still_acts(row: Any, name: str) -> bool:
    """Whether the time is of a victim's no: that acts the moment it is entered, whatever its date (R-13)."""
    if not isinstance(row, Consent):
        return False
    return name in ("withdrawn_at", "last_refused_at") or (name == "given_at" and row.answer is c.Answer.NO)


@cache
def _instants(kind: Any, table: str) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, str, bool], ...]]:
    """How to read the instants on rows of that kind all at once (with when they were entered), and the name and column
    of each, and whether staff's entry shows what happened.
    """
    hints = get_type_hints(kind)
    theirs = {f.name for f in SCHEMA[table].fields if f.owner is Owner.STAFF and table != "Consents"}
    each = tuple(
        (f.name, f.metadata["column"], f.metadata["column"] in theirs) for f in fields(kind)
        if "column" in f.metadata and datetime in (hints[f.name], *get_args(hints[f.name]))
    )  # fmt: skip
    return attrgetter("created_at", "updated_at", *(name for name, _, _ in each)), each


def faults(case: Case, refused: Sequence[str] = ()) -> list[str]:
    """What else on the case cannot be used as it stands, a sentence each. `refused` are those already said of times
    that were left out: one fault gets one sentence.
    """
    said: list[str] = []
    for i in case.incidents:
        if i.stated_at is None:
            said.append(f"Incidents {i.id}: First reported at is missing; counted from {say(i.counts_from)}.")
        elif i.first_recorded_as and i.stated_at != i.first_recorded_as and not i.reason_for_change:
            said.append(
                f"Incidents {i.id}: First reported at was changed without a reason, so "
                f"{say(i.first_recorded_as)} still counts."
            )
    first = next((i for i in case.incidents if i.number == 1), None)
    if first and not first.reason_for_change and f"{case.reference}/{UNUSABLE}" in case.development_keys:
        said.append(
            f"Incidents {first.id}: the report gave a time of the first report that cannot be (see Developments), so "
            f"{say(first.counts_from)} counts; put it right, or let it stand, and give the reason."
        )
    if not case.incidents:
        said.append("No incident is on the case: enter one.")
    if not case.victims:
        said.append("No victim is entered on the case.")
    closed = closed_at(case)
    for r in case.reviews:
        if stood(case, "Reviews", r) or (closed and came_along(case, r)):
            continue  # what it showed stands; what it would open, somebody decides anew
        if (r.findings or r.altered) and r.kind is not c.ReviewKind.DELAY and not is_line_manager(case, r):
            said.append(_author("Reviews", r, case))
    said += [_author("Approvals", a, case) for a in case.approvals
             if (a.decision or a.altered) and a.matter not in MATTERS and not is_line_manager(case, a)
             and not (closed and came_along(case, a))]  # fmt: skip
    said += _overrides(case)
    said += [f"Consents {x.id}: a refusal that does not say of what; until its Option is filled in nobody is told or "
             "spoken to on this victim's agreement." for x in case.consents if refuses_nothing_named(x)]  # fmt: skip
    said += [f"Closures {x.id}: {why}, so the case is not closed." for x in case.closures
             if x.closed_at and (why := why_open(case, x))]  # fmt: skip
    said += [f"Incidents {i.id}: entered after the case was closed. Make it a report: a further incident after closing "
             "is a case of its own. Until then its clocks run here."
             for i in case.incidents if closed and came_after(case, i, closed)]  # fmt: skip
    if not closed:
        said += [*in_touch.lacks(case), *plan.lacks(case)]
    said += still_open(case)
    said += _interviews(case, refused)
    said += half_entered(case, refused)
    said += _letters(case)
    given = case.details_given_at
    if given and sum(v.created_at <= given for v in case.victims) > 1:
        said.append("Details given to the victim at does not say to which of them, so it counts for none (A-30).")
    said += [f"Referrals {r.id}: {why}" for r in case.referrals if not r.by_hand_at and (why := _stuck(r))]
    keys = Counter(a.key for a in case.actions if a.key)
    said += [f"Actions: {key} is there twice; the first one counts." for key, n in sorted(keys.items()) if n > 1]
    return said


def _interviews(case: Case, refused: Sequence[str]) -> list[str]:
    """Interviews that lack what makes them count; contacts and plans that do not say with whom."""
    said: list[str] = []
    for x in case.interviews:
        took_place = x.result in (c.InterviewResult.HELD, c.InterviewResult.WAIVED)
        over = took_place or x.result in (*HAPPENED, c.InterviewResult.REFUSED)
        told = any(words.startswith(f"Interviews {x.id}: {cell} ") for words in refused
                   for cell in ("Happened at", "Booked for"))  # fmt: skip
        if over and not told and not (x.happened_at or (x.booked_for and not took_place)):
            said.append(f"Interviews {x.id}: say when it was (Happened at); until then it does not count.")
        if x.with_ and x.person_id is None and (x.with_ is not c.InterviewKind.VICTIM or len(case.victims) > 1):
            said.append(f"Interviews {x.id}: say with whom it was; until then it does not count.")
    if len(case.victims) > 1:
        said += [f"Contacts {x.id}: say with which victim; until then it does not count."
                 for x in case.contacts if x.person_id is None]  # fmt: skip
        said += [f"Action plan {x.id}: say with which victim; until then it does not count."
                 for x in case.plans if x.victim_id is None]  # fmt: skip
    return said


def _overrides(case: Case) -> list[str]:
    """Overrides that somebody agreed to and that count for nothing yet."""
    return [
        f"Overrides {x.id}: {_altered(x) or why}, so it does not count."
        for x in case.overrides
        if c.Decision.AGREED in (x.decision, x.second_decision)
        and c.Decision.REFUSED not in (x.decision, x.second_decision) and (why := why_no_override(case, x))
    ]  # fmt: skip


def _letters(case: Case) -> list[str]:
    """Delay letters whose date does not count (A-32)."""
    return [why for x in case.letters if x.kind is c.LetterKind.DELAY and x.decision is c.LetterDecision.POSTED
            and (why := unfit_target(case, x))]  # fmt: skip


def _stuck(row: Referral) -> str:
    """Why a referral goes no further by itself, or has not for hours; "" where it is on its way or there."""
    match row.state:
        case c.ReferralState.REJECTED:
            return TELL_ANOTHER_WAY[0].lower() + TELL_ANOTHER_WAY[1:]
        case c.ReferralState.UNKNOWN:
            return "nobody knows if it arrived (see its row): ask the partner; enter Made by hand at once they have it."
        case c.ReferralState.FAILED if row.tries == 0 or row.tries >= OFTEN:
            return "it cannot be sent (see Answer); it is tried again."
    return ""


def _altered(row: Decided) -> str:
    return f"{row.altered} was changed by somebody else after the decision" if row.altered else ""


def _author(table: str, row: Decided, case: Case) -> str:
    if row.altered:
        return f"{table} {row.id}: {_altered(row)}, so it does not count; the manager sets it again."
    if row.author and row.author.role in c.LINE_MANAGERS and is_own_officer(case, row.author):
        return f"{table} {row.id}: its author is the case's own officer, so it does not count; another manager decides."
    if stands(case.moved_at, row):
        return (f"{table} {row.id}: decided before the bases were moved, and by whom is told in the old ones alone, so "
                "it opens nothing here: where it is still needed, a manager decides on a new row.")  # fmt: skip
    why = "its author is not a line manager" if row.author else "the platform's audit names no member of staff"
    return f"{table} {row.id}: {why}, so it does not count."
