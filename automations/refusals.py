"""Refusals: a victim's no is remembered as a development, so that deleting the answer's row forgets nothing (R-13).

In: a case. Out: the refusals that its developments tell of, and the key of each that is still to be told.
Never here: a person's name or an organisation's in a key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from automations.model import Case, Consent, Development, Incident, Person
from automations.once import once
from schema import choices as c

ONE_BODY = (c.Option.CDRP, c.Option.POLICE)
"""There is one partnership and one police, by whatever name they go: a no to them is a no."""
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused, by whom, about whom and when. None: it named nobody, and is taken widely."""

    option: str
    victim: str | None
    about: str | None
    incident: str | None
    organisation: str | None
    at: datetime


def key_of(case: Case, row: Consent, at: datetime) -> str:
    """The key of one refusal: record ids, the option, and the platform's own moment."""
    parts = {"victim": row.victim_id, "about": row.about_id, "incident": row.incident_id, "to": _mark(row.organisation)}
    told = [f"{name}-{value}" for name, value in parts.items() if value]
    option = row.option.name.lower() if row.option else "no-option"
    return "/".join([case.reference, "refused", option, *told, f"{at.astimezone(UTC):{STAMP}}"])


def remembered(
    case: Case, option: c.Option, victim: Person, incident: Incident, *, organisation: str | None, about: Person | None
) -> list[datetime]:
    """When this victim refused this option before, as far as the developments tell."""
    return [
        r.at
        for r in _told(case)
        if r.option == option.name.lower()
        and r.victim in (None, victim.id)
        and r.incident in (None, incident.id)
        and (about is None or r.about in (None, about.id))
        and (option in ONE_BODY or None in (r.organisation, organisation) or r.organisation == _mark(organisation))
    ]


@once
def _told(case: Case) -> list[Refusal]:
    """Every refusal that the developments tell of."""
    return [r for row in case.developments if (r := _read(row.key or ""))]


def as_of(rows: Iterable[Development], then: datetime) -> tuple[Development, ...]:
    """The developments without the refusals that came after that moment."""
    return tuple(row for row in rows if (r := _read(row.key or "")) is None or r.at <= then)


@lru_cache(maxsize=4096)  # each answer of a case asks the same few keys
def _read(key: str) -> Refusal | None:
    _, _, rest = key.partition("/refused/")
    option, *told = rest.split("/")
    try:
        at = datetime.strptime(told.pop(), STAMP).replace(tzinfo=UTC) if told else None
    except ValueError:
        at = None
    if at is None:
        return None
    parts = dict(each.split("-", 1) for each in told if "-" in each)
    return Refusal(option, parts.get("victim"), parts.get("about"), parts.get("incident"), parts.get("to"), at)


def _mark(organisation: str | None) -> str:
    """An organisation's mark: the same for the same words, and no words."""
    words = " ".join((organisation or "").lower().split())
    return sha256(words.encode()).hexdigest()[:8] if words else ""
