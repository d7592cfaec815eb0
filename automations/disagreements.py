"""Disagreements: a victim's yes and no to one question that both stand on the case (R-12, R-13).

In: a case, the moment. Out: a sentence for each pair, with the one that counts.
Never here: which one counts (consent.py decides it; this only asks).
"""

from datetime import datetime

from automations.consent import Says, same_words, standing
from automations.model import Case, Consent, Person
from automations.refusals import ONE_BODY
from automations.rules import set_aside
from schema import choices as c


def disagreements(case: Case, now: datetime) -> list[str]:
    """A sentence for each yes that a no of the same victim to the same question holds back."""
    said: list[str] = []
    elsewhere = set_aside(case)  # what was said on the case that this one is part of is put right there
    noes = [x for x in case.consents if _is_no(x) and not (elsewhere and "/no-from-" in (x.key or ""))]
    for yes in case.consents:
        no = next((x for x in noes if _same_question(yes, x)), None)
        if no is None or yes.option is None or yes.answer is not c.Answer.YES or _is_no(yes):
            continue
        if _counts(case, yes, now) is Says.NO:
            said.append(
                f"Consents {yes.id} says yes and Consents {no.id} says no ({yes.option!s}): the no counts. Put right "
                "the one that is wrong; if the victim has changed their mind, agree a new version of the action plan."
            )
    return said


def _is_no(row: Consent) -> bool:
    return row.answer is c.Answer.NO or row.withdrawn_at is not None


def _same_question(yes: Consent, no: Consent) -> bool:
    """Whether a no is an answer to what the yes answers. One that names nobody in particular is of everybody."""
    same_body = not no.organisation or yes.option in ONE_BODY or same_words(yes.organisation, no.organisation)
    return (
        no.option is yes.option
        and no.victim_id == yes.victim_id
        and same_body
        and no.about_id in (None, yes.about_id)
        and no.incident_id in (None, yes.incident_id)
    )


def _counts(case: Case, yes: Consent, now: datetime) -> Says | None:
    """Where the question stands for the victim who gave both answers; None where nobody can be told."""
    victim: Person | None = case.person(yes.victim_id) or (case.victims[0] if len(case.victims) == 1 else None)
    incident = case.incident_of(yes.incident_id) or (case.incidents[0] if case.incidents else None)
    if victim is None or incident is None or yes.option is None:
        return None
    about = case.person(yes.about_id)
    return standing(case, yes.option, victim, incident, now, organisation=yes.organisation, about=about).says
