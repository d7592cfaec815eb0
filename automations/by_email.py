"""By e-mail: whether a letter may go that way, and what its row says while staff want it to.

In: a case, a row that staff decided to send by e-mail, what the facts make of the letter now. Out: cells, an effect.
Never here: the sending (emailing.py). What nobody has said or asked is shut; an outcome nobody knows is a person's.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from automations.drafts import DRAFTED, Made, at_home, edited
from automations.effects import Email, Write
from automations.model import Case, Letter, Person
from automations.sent import APPROVED_FIRST
from automations.what_goes import lacks_approval, what_goes
from schema import choices as c

State = c.LetterState
SAID = "What became of the e-mail"
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
PAUSE = timedelta(minutes=5)
"""How long a mail server that did not take a letter is left alone."""
ORGANISATION = "Only a letter to somebody on the case goes by e-mail: print this one and post it."
SHARED = "Somebody else on the case has the same e-mail address, so they might read it."


def why_not(case: Case, row: Letter, made: Made, now: datetime) -> str:
    """Why a letter may not go by e-mail now, in a sentence; "" where it may (HC-024, R-25)."""
    reader = case.person(row.to_id)
    if row.addressed_to or not at_home(row.kind):
        return ORGANISATION
    if reader is None:
        return "Say in To whom it is to."
    if not reader.asked_for_email:
        return "The reader has not asked for letters by e-mail (People, Letters by e-mail)."
    if c.Channel.EMAIL not in reader.safe_ways:
        return "The reader has not said that e-mail is safe."
    if not ADDRESS.fullmatch((reader.email or "").strip()):
        return "The reader has no e-mail address, or what stands there is none."
    if any(_mailbox(other) == _mailbox(reader) for other in case.people if other.id != reader.id):
        return SHARED
    goes = what_goes(case, row, made, now)
    if isinstance(goes, str):
        return goes
    lacks = lacks_approval(case, row, c.Channel.EMAIL, now)
    return f"{lacks[0].upper()}{lacks[1:]}." if lacks else ""


def queued(case: Case, row: Letter, made: Made, now: datetime) -> Iterator[Write | Email]:
    """What to do about a letter that staff want sent by e-mail and that is not known to have gone."""
    key = row.key or f"{case.reference}/letters-{row.id}"
    if row.state is State.SENDING:  # cut off: what became of it is looked up before anything else
        yield Email(key, case.id, row.id)
        return
    if row.state is State.UNKNOWN or (row.state is State.REFUSED and not _put_right(case, row)):
        return
    cells: dict[str, Any] = edited(row, now)[0]
    if why := why_not(case, row, made, now):
        cells |= {SAID: f"Not sent: {why}", "E-mail tried at": None}
        if row.state in (*DRAFTED, State.REFUSED):
            cells["State"] = as_drafted(case, row, now)
    elif row.email_tried_at is None or row.state is State.REFUSED or not _rests(row, now):
        yield Email(key, case.id, row.id)
    kept = {SAID: row.email_said, "E-mail tried at": row.email_tried_at, "State": row.state, "Made at": row.made_at,
            "Made for": row.made_for, "Edited from": row.edited_from}  # fmt: skip
    if changed := {name: value for name, value in cells.items() if value != kept[name]}:
        yield Write("Letters", key, changed, record=row.id)


def as_drafted(case: Case, row: Letter, now: datetime) -> State:
    """What the row says of a letter that has not gone: Approved, or Draft."""
    return (
        State.APPROVED
        if row.kind in APPROVED_FIRST and not lacks_approval(case, row, c.Channel.EMAIL, now)
        else State.DRAFT
    )


def _rests(row: Letter, now: datetime) -> bool:
    return row.email_tried_at is not None and timedelta(0) <= now - row.email_tried_at < PAUSE


def _put_right(case: Case, row: Letter) -> bool:
    """Whether the reader's row was changed since the mail server refused the letter."""
    reader, tried = case.person(row.to_id), row.email_tried_at
    return tried is None or (reader is not None and reader.recorded_at > tried)


def _mailbox(person: Person) -> str:
    """What two addresses have in common that may be one mailbox: dots and a +tag make no other."""
    name, at, domain = (person.email or "").strip().casefold().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}" if at else f"nobody's, but People {person.id}'s"
