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
    """Which incident of the case it is."""
    told_on: date
    """The day on which we were first told of it."""
    happened_on: date | None = None
    """The day on which it happened."""
    what: str | None = None
    """What kind of incident it was."""
    because_of: str | None = None
    """What it was because of, as anybody perceives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFileFacts(Facts):
    """What a paper for our own file has filled in. What is not known is a line to write on.

    `person_...` is whom the paper is about; `words` is what the officer wrote on the letter's own row.
    """

    person_name: str | None = None
    """Whom the paper is about."""
    person_home: str | None = None
    """Their address on one line."""
    person_telephone: str | None = None
    """Their telephone number."""
    person_email: str | None = None
    """Their e-mail address."""
    person_born_on: date | None = None
    """Their date of birth."""
    person_language: str | None = None
    """Their language."""
    person_arrangement: str | None = None
    """The interpreter or other help that is arranged."""
    safe_ways: str | None = None
    """The ways to reach them that they called safe."""
    words: str | None = None
    """What the officer wrote for this paper (Words for the reader)."""
    first_told_on: date | None = None
    """The day on which we were first told."""
    received_by: str | None = None
    """Who took the report."""
    how_reported: str | None = None
    """How it was reported."""
    happened_on: date | None = None
    """The day on which it happened."""
    happened_where: str | None = None
    """What sort of place it happened in."""
    what_happened: str | None = None
    """The first report, as it was taken down."""
    because_of: str | None = None
    """What it was because of, as anybody perceives it."""
    perpetrators: str | None = None
    """Names of those who are said to have done it, for the first report alone."""
    police_reference: str | None = None
    """The reference of the police."""
    police_contact: str | None = None
    """The police officer and station."""
    promised_on: date | None = None
    """The day by which the progress letter is due (HC-056h)."""
    contact_days: str | None = None
    """How many days at most lie between two contacts."""
    plan_version: str | None = None
    """The latest version of the action plan."""
    booked_on: date | None = None
    """The day of the interview."""
    agreed_on: date | None = None
    """The day on which a victim agreed that a transfer is asked for."""
    incidents: tuple[Happened, ...] = ()
    """Every incident on the case."""
    unsafe_at_home: bool = False
    """Whether it is not safe at home."""
    fears_staying: bool = False
    """Whether the victim fears staying there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One case of an area, by its reference, and one step of it that was late or left out; None: none was."""

    case: str
    """The case's reference."""
    late: str | None = None
    """One step of it that was late or left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts(Facts):
    """What the sheet of an area's review has filled in (HC-138). `reference` is the area's name. It names nobody."""

    references: tuple[str, ...] = ()
    """The area's cases, each once."""
    cases: tuple[Reviewed, ...] = ()
    """The area's cases, a row a step to look at."""
    partnership: tuple[str, ...] = ()
    """What the register of forums lacks for the area, a sentence each."""
