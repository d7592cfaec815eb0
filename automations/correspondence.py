"""Correspondence: the letters a case owes now, made as drafts, held, or wanting facts.

In: a case, the rules, the landlord's letterhead, the moment. Out: letter rows and their documents.
Never here: what a letter says (letter_templates/), or a letter counted as sent (staff say so).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from automations.calendar import LONDON
from automations.consent import victims_of
from automations.effects import Attach, Write
from automations.letters import Draft, Held, draft
from automations.letters.facts import Landlord
from automations.model import Case, Incident, Letter, Person
from automations.rules import Rules, closed_at, set_aside
from automations.subjects import has_short_key
from schema import choices as c

OPEN = (None, c.LetterState.NOT_MADE, c.LetterState.HELD)


def letters(case: Case, rules: Rules, landlord: Landlord, now: datetime) -> Iterator[Write | Attach]:
    """The contact and acknowledgement letter to each victim (HC-024, HC-025). Records brought over get none."""
    if case.imported or not case.incidents or closed_at(case) or set_aside(case):
        return
    incident = case.incidents[0]
    for victim in victims_of(case, incident):
        key = f"{case.reference}/letter/acknowledgement" + (
            "" if victim.id == has_short_key(case) else f"/person-{victim.id}"
        )
        yield from _letter(case, incident, victim, key, rules, landlord, now)


def _letter(
    case: Case, incident: Incident, to: Person, key: str, rules: Rules, landlord: Landlord, now: datetime
) -> Iterator[Write | Attach]:
    row = next((x for x in case.letters if x.key == key), None)
    if row and row.decision:
        yield from _told(row, key)
        return
    promised = rules.calendar(case).after(incident.counts_from, 10).at.astimezone(LONDON).date()
    made = draft(
        case,
        c.LetterKind.ACKNOWLEDGEMENT,
        to,
        incident,
        case.officer_is,
        landlord,
        promised,
        now.astimezone(LONDON).date(),
    )
    if isinstance(made, Draft):
        changed = row is not None and row.state is c.LetterState.DRAFT and row.made_from != made.fingerprint
        state: c.LetterState | None = c.LetterState.DRAFT if row and row.state is c.LetterState.DRAFT else None
        why = "The facts have changed since this draft was made: do not send it." if changed else None
    else:
        state = c.LetterState.HELD if isinstance(made, Held) else c.LetterState.NOT_MADE
        why = made.why if isinstance(made, Held) else f"Missing: {', '.join(made.facts)}."
    if row is None:
        cells: dict[str, Any] = {
            "Key": key, "Case": (case.id,), "To": (to.id,), "Incident": (incident.id,), "State": state,
            "Kind": c.LetterKind.ACKNOWLEDGEMENT, "Letter": f"{case.reference}: letter", "What is missing": why,
        }  # fmt: skip
        yield Write("Letters", key, {k: v for k, v in cells.items() if v is not None})
    elif (row.state, row.missing) != (state, why) and not (state is None and row.state in OPEN):
        yield Write("Letters", key, {"State": state, "What is missing": why}, record=row.id)
    if isinstance(made, Draft) and (row is None or row.state in OPEN):
        yield Attach(key, "Letters", "Document", made.file_name, made.render, {
            "State": c.LetterState.DRAFT, "Made at": now, "Made from": made.fingerprint, "Audience": made.audience,
            "What is missing": None,
        })  # fmt: skip


def _told(row: Letter, key: str) -> Iterator[Write]:
    """The runner's State follows staff's Decision."""
    state = {
        c.LetterDecision.POSTED: c.LetterState.SENT,
        c.LetterDecision.CANCELLED: c.LetterState.CANCELLED,
        c.LetterDecision.RETURNED: c.LetterState.RETURNED,
    }
    if row.decision and row.state is not state[row.decision]:
        yield Write("Letters", key, {"State": state[row.decision]}, record=row.id)
