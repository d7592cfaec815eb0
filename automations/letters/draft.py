"""Draft: from a case to a letter that may be written, or the reason why there is none.

In: a case, the kind of letter and who writes to whom. Out: a Draft, or Held, or Missing.
Never here: a platform, a clock, the sending. A letter with a hole in it is not made.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from automations.letters.document import document
from automations.letters.facts import Facts, Landlord, OfficerFacts, VictimFacts, fingerprint, named
from automations.letters.pdf import set_in_type
from automations.letters.safe import why_held
from automations.letters.template import template
from automations.letters.words import clean, fitted, not_shown
from automations.model import Case, Incident, Person, Staff
from automations.postcodes import written
from schema import choices as c

LONDON = ZoneInfo("Europe/London")
LINES, LINE = 6, 34
"""What the window of an envelope shows: this many lines, of about this many signs each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that may be written. `render` makes the PDF when it is called, not before.

    The file's name ends in the first signs of the fingerprint: other facts make another file.
    """

    fingerprint: str
    file_name: str
    audience: str
    render: Callable[[], bytes] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """It is not safe to write this letter. `why` is one sentence for staff, without a name."""

    why: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The letter would have a hole in it. `facts` says what is missing, in staff's words."""

    facts: tuple[str, ...]


def draft(
    case: Case,
    kind: c.LetterKind,
    to: Person,
    incident: Incident,
    officer: Staff | None,
    landlord: Landlord,
    promised_on: date | None = None,
    dated: date | None = None,
    made_from: str | None = None,
) -> Draft | Held | Missing:
    """The letter of that kind to that person, if it may be written and nothing is missing.

    `promised_on` is the day the progress letter is due by; without it the letter speaks of ten working
    days. `dated` is the day printed on the letter. `made_from` is the fingerprint of a draft that stands: the
    same facts have no hole. KeyError: no letter of that kind is written yet.
    """
    name, facts_of = LETTERS[kind]
    if why := why_held(case, to, incident) or _no_translation(to.language):
        return Held(why)
    facts = facts_of(case, to, incident, officer, landlord, promised_on, dated)
    words = template(name, "en")
    mark = fingerprint(facts, large=to.large_print, language="en")
    if mark != made_from and (missing := _missing(words.needs, facts)):
        return Missing(missing)
    return Draft(
        fingerprint=mark,
        file_name=f"{case.reference} letter {mark[:6]}.pdf",
        audience=words.audience,
        render=partial(render_pdf, name, facts, large=to.large_print, language="en"),
    )


def render_pdf(name: str, facts: Facts, *, large: bool, language: str) -> bytes:
    """The letter of that name as a PDF, from facts that may be a sample's."""
    return set_in_type(document(template(name, language), facts), facts, large=large, language=language)


def _victim(
    case: Case,
    to: Person,
    incident: Incident,
    officer: Staff | None,
    landlord: Landlord,
    promised_on: date | None,
    dated: date | None,
) -> VictimFacts:
    """What a victim may be told at the start: who looks after the case, and what happens next."""
    return VictimFacts(
        landlord=landlord,
        reference=case.reference,
        recipient_name=_known(to.name),
        recipient_address=_address(to),
        officer=_officer(officer),
        first_told_on=incident.counts_from.astimezone(LONDON).date(),
        told_by_victim=incident.reporter is c.Reporter.VICTIM,
        promised_on=promised_on,
        dated=dated,
    )


FactsOf = Callable[[Case, Person, Incident, Staff | None, Landlord, date | None, date | None], Facts]
LETTERS: Mapping[c.LetterKind, tuple[str, FactsOf]] = {
    c.LetterKind.ACKNOWLEDGEMENT: ("acknowledgement", _victim),
}
"""Each kind of letter: its template, and how that reader's facts are gathered."""


def _officer(officer: Staff | None) -> OfficerFacts:
    if officer is None or officer.has_left:
        return OfficerFacts()
    return OfficerFacts(
        name=_known(officer.name),
        job_title=_known(officer.job_title),
        office=_known(officer.office_address),
        email=_known(officer.email),
        telephone=_known(officer.telephone),
        mobile=_known(officer.mobile),
    )


def _known(words: str | None) -> str | None:
    return clean(words or "") or None


def _address(person: Person) -> tuple[str, ...]:
    """The lines for the envelope, the postcode last and once; none where either part is not known."""
    postcode = written(clean(person.postcode or ""))
    lines = [line for part in re.split(r"[,\n]", person.address or "") if (line := clean(part))]
    if not lines or not postcode:
        return ()
    again = re.compile(" ?".join(map(re.escape, postcode.replace(" ", ""))) + "$", re.IGNORECASE)
    return (*filter(None, (*lines[:-1], again.sub("", lines[-1]).strip())), postcode)


def _no_translation(language: str | None) -> str | None:
    """A letter is never put into another language by machine."""
    asked = clean(language or "")
    if not asked or asked.casefold() == "english":
        return None
    is_a_word = re.fullmatch(r"[^\W\d_]{2,20}", asked)
    return f"A letter in {asked if is_a_word else 'the language asked for'} needs a translator."


def _missing(needs: Mapping[str, str], facts: Facts) -> tuple[str, ...]:
    """Each fact that the letter cannot do without, or cannot show, in the words of the template's head."""
    gaps: list[str] = []
    for path, value in named(facts):
        said = needs.get(path, "the " + path.replace(".", "'s ").replace("_", " "))
        if path in needs and not value:
            gaps.append(said)
        elif sign := not_shown(_text(value)):
            gaps.append(f"{said} without the sign {sign}, which our letters cannot show")
        elif path == "recipient_address" and _lines(facts) > LINES:
            gaps.append(f"{said} in at most {LINES} lines with the name, to fit the window of an envelope")
    return tuple(gaps)


def _text(value: Any) -> str:
    return fitted(" ".join(value) if isinstance(value, tuple) else value if isinstance(value, str) else "")


def _lines(facts: Facts) -> int:
    return sum(-(-len(line) // LINE) for line in (facts.recipient_name or "", *facts.recipient_address))
