"""To victims: the letters that a victim reads, and the facts that each of them is written from.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about the alleged perpetrator, a witness or another victim.
"""

from zoneinfo import ZoneInfo

from automations.letters.facts import VictimFacts
from automations.letters.reader import address, known, officer
from automations.letters.safe import why_held
from automations.letters.writing import Entry, Writing
from schema import choices as c

LONDON = ZoneInfo("Europe/London")


def facts(of: Writing) -> VictimFacts:
    """What a victim may be told: who looks after the case, and what happens next."""
    return VictimFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        first_told_on=of.incident.counts_from.astimezone(LONDON).date(),
        told_by_victim=of.incident.reporter is c.Reporter.VICTIM,
        promised_on=of.promised_on,
        dated=of.dated,
    )


def held(of: Writing) -> str | None:
    """Why no letter may be written to this victim's home; None where one may."""
    return why_held(of.case, of.to, of.incident) if of.to else "Say to which victim it is (To)."


LETTERS = (Entry(c.LetterKind.ACKNOWLEDGEMENT, "acknowledgement", facts, held),)
