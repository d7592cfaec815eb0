"""Writing: everything that one letter is written from, and a row of the catalogue of letters.

In: a case, the reader, and what staff entered on the letter's own row. Out: values.
Never here: wording, a file, or a rule about who may be written to (safe.py, contact.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from automations.letters.facts import Facts, Landlord
from automations.letters.languages import OURS
from automations.model import Case, Incident, Letter, Partner, Person, Staff
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One letter about to be written. `to` is None where the reader is nobody on the case: an agency, a landlord.

    `promised_on` is the day by which the progress letter is due (HC-056h); `dated` the day printed on the letter;
    `row` the letter's own row, with what the officer wrote in it for this reader; `supporters` the organisations
    of the office base that support victims, `partners` every organisation in it; `about` the alleged perpetrator of
    whom a tenant or guardian has a copy (None: as the incident and the reader's home tell); `language` the folder.
    """

    case: Case
    incident: Incident
    to: Person | None
    officer: Staff | None
    landlord: Landlord
    now: datetime
    row: Letter | None = None
    promised_on: date | None = None
    dated: date | None = None
    supporters: tuple[Partner, ...] = ()
    partners: tuple[Partner, ...] = ()
    about: Person | None = None
    language: str = OURS


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter of the catalogue: which template, from which facts, and why it may not be written now (None: it may)."""

    kind: c.LetterKind
    template: str
    gather: Callable[[Writing], Facts]
    held: Callable[[Writing], str | None]
