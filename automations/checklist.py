"""Checklist: the rows of each moment of a case, made when it comes, and when each was ticked.

In: a case. Out: rows to make, and the time beside a tick.
Never here: a gate, a date or an alert. A case brought over, set aside or closed is asked nothing new.
"""

from collections.abc import Iterator
from datetime import UTC

from automations.effects import Write
from automations.letters.catalogue import CATALOGUE
from automations.letters.draft import no_translation
from automations.model import Case, Incident, Letter
from automations.prompts import PROMPTS, Moment
from automations.rules import closed_at, set_aside
from schema import choices as c

INTERVIEWS = {
    c.InterviewKind.VICTIM: Moment.VICTIM_INTERVIEW,
    c.InterviewKind.PERPETRATOR: Moment.PERPETRATOR_INTERVIEW,
}


def checklist(case: Case) -> Iterator[Write]:
    """What is not on the checklist yet, and what was ticked or unticked since (HC-012, HC-056d, HC-090)."""
    there = {row.key for row in case.checklist}
    for moment, key, about, incident in () if _asks_nothing(case) else _moments(case):
        for prompt in PROMPTS:
            own = f"{case.reference}/checklist/{key}{prompt.id}"
            if prompt.when is moment and own not in there:
                yield Write("Checklist", own, {
                    "Key": own, "Case": (case.id,), "Incident": (incident.id,), "Prompt": prompt.words,
                    "Clause": prompt.clause, "About": about,
                })  # fmt: skip
    for row in case.checklist:
        at = row.ticked_at or (row.tick_recorded_at or row.recorded_at).astimezone(UTC) if row.done else None
        if at != row.ticked_at:
            yield Write(
                "Checklist", row.key or f"{case.reference}/checklist/{row.id}", {"Ticked at": at}, record=row.id
            )


def _asks_nothing(case: Case) -> bool:
    return not case.incidents or case.imported or closed_at(case) is not None or bool(set_aside(case))


def _moments(case: Case) -> Iterator[tuple[Moment, str, str, Incident]]:
    """Each moment that has come: which it is, its part of the key, what staff read, and its incident."""
    first = case.incidents[0]
    yield Moment.FIRST_CONTACT, "", str(Moment.FIRST_CONTACT), first
    for x in case.interviews:
        if x.with_ in INTERVIEWS:
            moment = INTERVIEWS[x.with_]
            yield moment, f"interview-{x.id}/", f"{moment} {x.id}", case.incident_of(x.incident_id) or first
    for r in case.repairs:
        if not r.not_needed:
            yield Moment.REPAIR, f"repair-{r.id}/", f"{Moment.REPAIR} {r.id}", case.incident_of(r.incident_id) or first
    for one in case.letters:
        if _needs_a_translator(case, one):
            yield (Moment.TRANSLATION, f"letters-{one.id}/", f"{Moment.TRANSLATION} {one.id}",
                   case.incident_of(one.incident_id) or first)  # fmt: skip


def _needs_a_translator(case: Case, x: Letter) -> bool:
    """Whether a letter is held for want of a translation, and not for the reader's safety."""
    reader = case.person(x.to_id)
    if x.decision or x.state is not c.LetterState.HELD or x.kind is None or x.kind not in CATALOGUE or reader is None:
        return False
    return bool(x.missing) and x.missing == no_translation(x.kind, reader.language)
