"""Facts for our own file: what is known already on a form or report that staff fill in.

In: nothing. Out: the types that forms, notes, the transfer report and the area's sheet are made from.
Never here: more people than the paper is about: a note that lies on the table in an interview is seen.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One incident as our own report lists it."""

    number: str
    told_on: date
    happened_on: date | None = None
    what: str | None = None
    because_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFileFacts(Facts):
    """What a paper for our own file has filled in. What is not known is a line to write on.

    `person_...` is whom the paper is about; `words` is what the officer wrote on the letter's own row.
    """

    person_name: str | None = None
    person_home: str | None = None
    person_telephone: str | None = None
    person_email: str | None = None
    person_born_on: date | None = None
    person_language: str | None = None
    person_arrangement: str | None = None
    safe_ways: str | None = None
    words: str | None = None
    first_told_on: date | None = None
    received_by: str | None = None
    how_reported: str | None = None
    happened_on: date | None = None
    happened_where: str | None = None
    what_happened: str | None = None
    because_of: str | None = None
    perpetrators: str | None = None
    """Names of those who are said to have done it, for the first report alone."""
    police_reference: str | None = None
    police_contact: str | None = None
    promised_on: date | None = None
    """The day by which the progress letter is due (HC-056h)."""
    contact_days: str | None = None
    plan_version: str | None = None
    booked_on: date | None = None
    incidents: tuple[Happened, ...] = ()
    unsafe_at_home: bool = False
    fears_staying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One case of an area, by its reference, and one step of it that was late or left out; None: none was."""

    case: str
    late: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts(Facts):
    """What the sheet of an area's review has filled in (HC-138). `reference` is the area's name. It names nobody."""

    cases: tuple[Reviewed, ...] = ()
    partnership: tuple[str, ...] = ()
    """What the register of forums lacks for the area, a sentence each."""
