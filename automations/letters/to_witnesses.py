"""To witnesses: the letters that somebody reads who may have seen or heard something.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about a victim, an alleged perpetrator or another witness; what happened.
"""

from dataclasses import replace
from zoneinfo import ZoneInfo

from automations.letters.accused import clock
from automations.letters.facts import WitnessFacts
from automations.letters.reader import address, known, officer, paragraphs
from automations.letters.safe import why_witness_held
from automations.letters.unsaid import tells_of_another
from automations.letters.writing import Entry, Writing
from automations.model import Interview
from schema import choices as c

LONDON = ZoneInfo("Europe/London")


def statement(of: Writing) -> WitnessFacts:
    """A form to write on: who it is for and who it goes back to (HC-077, HC-083)."""
    return WitnessFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        dated=of.dated,
    )


def appointment(of: Writing) -> WitnessFacts:
    """Where and when we should like to meet, and what the officer wrote for this reader (HC-077)."""
    plain = replace(statement(of), words=paragraphs(of.row.words if of.row else None))
    meeting = _next_meeting(of)
    if meeting is None or meeting.booked_for is None:
        return plain
    return replace(
        plain,
        meets_on=meeting.booked_for.astimezone(LONDON).date(),
        meets_at=clock(meeting.booked_for),
        at_our_office=meeting.at_our_office is c.YesNo.YES,
    )


def loan(of: Writing) -> WitnessFacts:
    """What is lent to a witness, a thing a line, as the officer wrote it (HC-068)."""
    return replace(statement(of), words=paragraphs(of.row.words if of.row else None))


def held(of: Writing) -> str | None:
    """Why nothing may be written to this witness's home; None where it may."""
    return why_witness_held(of.case, of.to, of.incident) if of.to else "Say to which witness it is (To)."


def appointment_held(of: Writing) -> str | None:
    """As above; and what the officer wrote for this witness names nobody else on the case (HC-077, HC-080)."""
    words = of.row.words if of.row else None
    return held(of) or tells_of_another(of.case, (words,), to=of.to, homes=False) or None


def _next_meeting(of: Writing) -> Interview | None:
    """The next meeting booked with this witness of which it is known whether it is at our office."""
    booked = [x for x in of.case.interviews if x.with_ is c.InterviewKind.WITNESS and of.to and x.person_id == of.to.id
              and x.result in (None, c.InterviewResult.BOOKED) and x.booked_for and x.booked_for > of.now
              and x.at_our_office is not c.YesNo.NOT_KNOWN
              and of.case.incident_of(x.incident_id) == of.incident]  # fmt: skip
    return min(booked, key=lambda x: x.booked_for or of.now, default=None)


LETTERS = (
    Entry(c.LetterKind.WITNESS_APPOINTMENT, "witness_appointment", appointment, appointment_held),
    Entry(c.LetterKind.WITNESS_LOAN, "witness_loan", loan, appointment_held),
    Entry(c.LetterKind.STATEMENT, "statement", statement, held),
)
