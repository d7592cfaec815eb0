"""The real letter of a case, read from the platform and made into a file.

In: a reference, a kind of letter, perhaps a person. Out: the file, or the sentence that says why there is none.
Never here: a write to the platform, or a way around what holds a letter back.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casewatch.commands.letter_ways import save

if TYPE_CHECKING:
    from automations.letters import Draft, Held, Missing
    from automations.model import Case, Incident, Letter, Person
    from schema.choices import LetterKind


def the_letter(reference: str, kind: str, person: str | None, way: str, output: Path, settings: Path | None) -> None:
    """Make it, or end with 3 where the platform is down, with 4 where it may not be written or facts are missing."""
    from automations.errors import CaseworkError, TryAgainLater
    from automations.letters import Draft, Held

    try:
        made = _drafted(reference, _kind(kind), person, settings)
        if isinstance(made, Draft):
            save(made.render() if way == "pdf" else made.render_word(), output)
            return
        why = made.why if isinstance(made, Held) else f"Missing: {', '.join(made.facts)}."
    except TryAgainLater as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except CaseworkError as error:
        why = error.detail or str(error)
    click.echo(why, err=True)
    sys.exit(4)


def _kind(asked: str) -> "LetterKind":
    """A kind of the catalogue by its template's name or its words in the bases."""
    from automations.letters.catalogue import CATALOGUE

    plain = asked.strip().casefold().replace("-", "_")
    for kind, entry in CATALOGUE.items():
        if plain in {entry.template, kind.name.casefold()} or asked.strip().casefold() == kind.casefold():
            return kind
    raise click.UsageError(f"There is no letter {asked!r}. `casewatch letter list` names them all.")


def _drafted(reference: str, kind: "LetterKind", asked: str | None, settings: Path | None) -> "Draft | Held | Missing":
    from automations.calendar import LONDON
    from automations.decide import as_it_counts
    from automations.letters import draft
    from automations.letters.writing import Writing
    from automations.reading import Cases, office
    from automations.rules import Rules
    from casewatch import connect
    from casewatch.commands.explain import moment
    from casewatch.settings import load

    loaded = load(settings)
    bases, now = connect.platform(loaded), moment()
    who = office(bases, now)
    found = Cases(bases).some([r.id for r in bases.find("Cases", "Reference", [reference.strip().upper()])], who)
    if not found:
        raise click.UsageError(f"There is no case {reference!r}.")
    rules = Rules(who)
    case, _ = as_it_counts(found[0], now, rules)
    to = _person(case, asked) if asked else None
    row = _row(case, kind, to)
    incident = _incident(case, kind, row)
    of = Writing(
        case=case,
        incident=incident,
        to=to or (case.person(row.to_id) if row else None) or _only_reader(case, kind),
        officer=case.officer_is,
        landlord=connect.landlord(loaded),
        now=now,
        row=row,
        promised_on=rules.calendar(case).after(incident.counts_from, 10).at.astimezone(LONDON).date(),
        dated=now.astimezone(LONDON).date(),
        supporters=who.supporters,
        partners=who.partners,
    )
    return draft(of, kind)


def _person(case: "Case", asked: str) -> "Person":
    """Somebody on the case by the row's number or by name. UsageError, which names nobody, where that is not one."""
    same = asked.strip().casefold()
    found = [p for p in case.people if p.id == asked.strip()] or [
        p for p in case.people if " ".join((p.name or "").split()).casefold() == same
    ]
    if len(found) != 1:
        raise click.UsageError(f"--to names {'nobody' if not found else 'more than one person'} on this case.")
    return found[0]


def _row(case: "Case", kind: "LetterKind", to: "Person | None") -> "Letter | None":
    """The newest row of this letter that nobody has decided about: it holds what the officer wrote for the reader.

    A row that names nobody is theirs only where nobody else on the case could be meant.
    """
    nobodys = {None} if to is None or not _is_to_a_person(kind) or _only_reader(case, kind) == to else set[str | None]()
    rows = [
        x for x in case.letters if x.kind is kind and not x.decision and (to is None or x.to_id in {to.id, *nobodys})
    ]
    return max(rows, key=lambda x: x.created_at, default=None)


def _incident(case: "Case", kind: "LetterKind", row: "Letter | None") -> "Incident":
    """The one its row names, or the only one; the first letter is about the first. NeedsAPerson where none is known."""
    from automations.errors import NeedsAPerson
    from schema.choices import LetterKind

    found = case.incident_of(row.incident_id) if row and row.incident_id else None
    if found is None and case.incidents and (len(case.incidents) == 1 or kind is LetterKind.ACKNOWLEDGEMENT):
        found = case.incidents[0]
    if found is None:
        raise NeedsAPerson("Say on the letter's row in Letters which incident it is about (Incident).")
    return found


def _is_to_a_person(kind: "LetterKind") -> bool:
    """Whether its reader is somebody on the case, and no organisation or neighbour."""
    from automations.letters.catalogue import CATALOGUE
    from automations.letters.template import template
    from schema.choices import PersonRole

    return template(CATALOGUE[kind].template, "en").audience in {role.name.lower() for role in PersonRole}


def _only_reader(case: "Case", kind: "LetterKind") -> "Person | None":
    """The one person on the case whom such a letter can be to; None where there is none, or more than one."""
    from automations.letters.catalogue import CATALOGUE
    from automations.letters.template import template

    audience = template(CATALOGUE[kind].template, "en").audience
    found = [person for person in case.people if person.role and person.role.name.lower() == audience]
    return found[0] if len(found) == 1 else None
