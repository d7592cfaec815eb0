"""To agencies: letters to the council, the police, social services, support, whoever can tell us more, our solicitor.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a victim who did not agree, unless two managers' override or a duty to protect stands instead (A-16).
"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from automations.calendar import LONDON
from automations.consent import victims_of
from automations.evidence.report import first_discussion
from automations.letters.addressee import about, envelope, organisations
from automations.letters.allowed import NOBODY_TO_GO_TO, Rests, grounds, may_be_reached, people, why_shut
from automations.letters.facts import AgencyFacts
from automations.letters.reader import known, officer
from automations.letters.writing import Entry, Writing
from automations.model import Person
from automations.subjects import Subject
from schema import choices as c

Kind = c.LetterKind
OF_A_CRIME = frozenset({c.PersonRole.PERPETRATOR, c.PersonRole.WITNESS})
"""Whom the police and our solicitor may be told of beside the victims: a witness only where willing (HC-080)."""

HOMELESSNESS = Rests(c.Option.HOMELESSNESS, c.Purpose.HOMELESSNESS)
SUPPORT = Rests(c.Option.SUPPORT, c.Purpose.SUPPORT)
POLICE = Rests(c.Option.POLICE, c.Purpose.POLICE, may_speak_of=OF_A_CRIME)
POLICE_INFORMATION = Rests(c.Option.POLICE, c.Purpose.POLICE_INFORMATION, of_all=True, may_speak_of=OF_A_CRIME)
INFORMATION = Rests(c.Option.INFORMATION)
SOLICITOR = Rests(c.Option.LEGAL, nobody_will_do=True, may_speak_of=OF_A_CRIME)
ADVICE = (c.LegalKind.EMERGENCY_ADVICE, c.LegalKind.ADVICE)


def facts(of: Writing, rests: Rests) -> AgencyFacts:
    """Whoever agreed that this organisation may know of them, and what the officer wrote for it."""
    named = grounds(of, rests)
    row = next((x.overridden for x in named if x.overridden), None)
    reference = of.incident.police_reference if of.incident.police_know is c.PoliceTold.YES else None
    return AgencyFacts(
        **_common(of),
        people=people(of, named),
        police_reference=known(reference) if rests.option is c.Option.POLICE else None,
        lawful_basis=known(row.lawful_basis) if row else None,
        unsafe_at_home=of.incident.safe_at_home is c.YesNo.NO or of.case.fears_staying is c.YesNo.YES,
    )


def at_risk(of: Writing) -> AgencyFacts:
    """Who is at risk, or whose household it is, and where: no agreement is needed for that (HC-022, R-19)."""
    whom = _at_risk(of)
    told = may_be_reached(of, whom, ()) if whom else None
    home = (known(whom.address), known(whom.postcode)) if whom else ()
    return AgencyFacts(
        **_common(of),
        people=(replace(told, home=", ".join(filter(None, home)) or None),) if told and told.name else (),
        children_at_risk=of.incident.children_at_risk is c.YesNo.YES,
        adult_at_risk=of.incident.adult_at_risk is c.YesNo.YES,
    )


def no_risk_known(of: Writing) -> str | None:
    """Why there is nothing to report to social services yet; None where there is. It waits for nobody (HC-022)."""
    if c.YesNo.YES not in (of.incident.children_at_risk, of.incident.adult_at_risk):
        return "The incident does not say that a child or an adult is at risk: enter it first."
    if not organisations(of.row):
        return NOBODY_TO_GO_TO
    return None if _at_risk(of) else "Say who is at risk, or in whose home (To)."


def not_considered(of: Writing) -> str | None:
    """Why our solicitor is not asked yet: legal action is in view, and talked over with a manager (HC-047, HC-048)."""
    asked = any(x.kind in ADVICE and of.case.incident_of(x.incident_id) == of.incident for x in of.case.legal)
    if not asked and of.case.legal_considered is not c.YesNo.YES:
        return (
            "Nobody has said that legal action is in view: enter it on the case (Emergency legal action), or in Legal."
        )
    held_at = first_discussion(of.case, Subject("", "", of.incident))
    if held_at is None or held_at.happened_at > of.now:
        return "Discuss it with a line manager first, who records the review."
    return why_shut(of, SOLICITOR)


def _common(of: Writing) -> dict[str, Any]:
    name, lines = envelope(of.row)
    return {
        "landlord": of.landlord,
        "reference": of.case.reference,
        "recipient_name": name,
        "recipient_address": lines,
        "officer": officer(of.officer),
        "dated": of.dated,
        "words": known(of.row.words) if of.row else None,
        "happened_on": _day(of.incident.happened_at),
    }


def _at_risk(of: Writing) -> Person | None:
    """The person whom To names, whatever part they play; failing that, the only victim."""
    victims = victims_of(of.case, of.incident)
    return about(of) or (victims[0] if len(victims) == 1 else None)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(LONDON).date() if at else None


def _row(kind: Kind, template: str, rests: Rests) -> Entry:
    return Entry(kind, template, partial(facts, rests=rests), partial(why_shut, rests=rests))


LETTERS = (
    _row(Kind.HOMELESSNESS, "homelessness_referral", HOMELESSNESS),
    _row(Kind.SUPPORT_REFERRAL, "support_referral", SUPPORT),
    _row(Kind.POLICE_REFERRAL, "police_referral", POLICE),
    _row(Kind.POLICE_INFORMATION, "police_information", POLICE_INFORMATION),
    _row(Kind.INFORMATION, "information_request", INFORMATION),
    Entry(Kind.SOLICITOR, "solicitor_instruction", partial(facts, rests=SOLICITOR), not_considered),
    Entry(Kind.SAFEGUARDING, "safeguarding_referral", at_risk, no_risk_known),
)
