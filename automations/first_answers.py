"""First answers: what the first day's records still leave open, where no step of its own asks for it (3.0 to 3.2).

In: a case. Out: a sentence for each thing, naming the record it is about.
Never here: anything that holds help up, or a question of proof (HC-066).
"""

from automations.evidence.shown import not_discussed
from automations.flags import not_talked_over
from automations.model import Case
from automations.rules import closed_at, is_line_manager, set_aside, triage_lacks
from schema import choices as c


def still_open(case: Case) -> list[str]:
    """Triage that does not count yet; then, while the case goes on, flags, the police and the first discussion."""
    lacks = triage_lacks(case)
    said = [f"Triage ({str(case.triage).lower()}) does not count yet, so every clock runs: {lacks}"] if lacks else []
    if closed_at(case) or set_aside(case):
        return said
    return [*said, *_flags(case), *_police(case), *_discussed(case)]


def _flags(case: Case) -> list[str]:
    """Speak to the manager before going further (HC-041); only visits alone and the other side wait (R-20)."""
    return [
        f"{why} Speak to your manager, who records the approval (matter: {c.Matter.FLAGS}); until then nobody visits "
        "alone and nobody speaks to the alleged perpetrator."
        for v in case.victims if (why := not_talked_over(case, v))
    ]  # fmt: skip


def _police(case: Case) -> list[str]:
    """Where the police know: their reference, their station and officers (HC-018, HC-064)."""
    said = []
    for i in case.incidents:
        wanted = {"Police reference": i.police_reference, "Police officer and station": i.police_contact}
        blank = [name for name, value in wanted.items() if not (value or "").strip()]
        if i.police_know is c.PoliceTold.YES and blank and not case.imported:
            said.append(f"Incidents {i.id}: the police know, so ask for what is empty: {', '.join(blank)}.")
    return said


def _discussed(case: Case) -> list[str]:
    """A first discussion that left one of its three matters out is not one yet (HC-047)."""
    return [
        f"Reviews {r.id}: it counts as the first discussion once these are talked over and ticked: {', '.join(blank)}."
        for r in case.reviews
        if r.kind is c.ReviewKind.FIRST and r.findings and is_line_manager(case, r) and (blank := not_discussed(r))
    ]
