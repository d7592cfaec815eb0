"""To post: which letters of a case go into today's post, and why each of the others waits.

In: a case, what the facts make of its letters now, the moment. Out: letters to print, and letters left out.
Never here: a name. Printed is not sent: staff say when they posted it (A-33).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from automations.drafts import Made, at_home
from automations.errors import Stop
from automations.letters.addressee import envelope
from automations.letters.catalogue import CATALOGUE
from automations.letters.reader import address
from automations.letters.template import template
from automations.model import Case, Letter
from automations.sent import is_unsafe
from automations.what_goes import Going, lacks_approval, what_goes
from schema import choices as c

OUR_OWN_FILE = ("staff", "area")
"""Audiences of papers that nobody is sent."""
NOT_SAFE = "The reader has not said that a letter to the home is safe."
BY_EMAIL = "The reader asked for letters by e-mail: set Decision to Send by e-mail, or Sent how to Letter to the home."
HALF = "Sent at is filled in: if it went, set Decision to Sent."


@dataclass(frozen=True, slots=True)
class ToPost:
    """A letter to print: its row, case and title, the postcode on its envelope, and the file that goes."""

    row: str
    reference: str
    title: str
    to: str
    file: Going


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A letter that waits, and the sentence that says why."""

    row: str
    reference: str
    title: str
    why: str


def to_post(case: Case, made: Callable[[Letter], Made], now: datetime) -> Iterator[ToPost | LeftOut]:
    """Every letter of the case that staff have not decided about, in the order of its rows (HC-024, R-25)."""
    for row in sorted(case.letters, key=lambda x: (len(x.id), x.id)):
        if row.decision or row.kind is None:
            continue
        title, audience = _head(row.kind)
        if audience in OUR_OWN_FILE:
            continue
        found = _file(case, row, made(row), now)
        if isinstance(found, str):
            yield LeftOut(row.id, case.reference, title, found)
        else:
            yield ToPost(row.id, case.reference, title, _postcode(case, row), found)


def _file(case: Case, row: Letter, made: Made, now: datetime) -> Going | str:
    """The file that goes into the envelope, or why there is none today."""
    found = what_goes(case, row, made, now)
    if isinstance(found, str):
        return found
    if lacks := lacks_approval(case, row, c.Channel.LETTER, now):
        return f"Not yet: {lacks}."
    if row.sent_at:
        return HALF
    if row.sent_how not in (None, c.Channel.LETTER):
        return f"It goes another way (Sent how): {str(row.sent_how).lower()}."
    reader = case.person(row.to_id) if at_home(row.kind) else None
    if reader and is_unsafe(case, replace(row, sent_how=c.Channel.LETTER), reader):
        return NOT_SAFE
    return BY_EMAIL if reader and reader.has_letters_by_email and row.sent_how is None else found


def _head(kind: c.LetterKind) -> tuple[str, str]:
    """The letter's title and whom it is to; a kind that has no template, or a broken one, goes by its kind."""
    try:
        head = template(CATALOGUE[kind].template, "en")
    except (KeyError, Stop):
        return str(kind), ""
    return head.title, head.audience


def _postcode(case: Case, row: Letter) -> str:
    """The last line of the envelope, which is enough to find the right one."""
    reader = case.person(row.to_id) if at_home(row.kind) else None
    lines = address(reader) if reader else envelope(row)[1]
    return lines[-1] if lines else ""
