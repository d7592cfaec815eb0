"""Telling: what one message is made from, and what every builder needs to know of it.

In: a case read moments ago, who may be named and why, and an officer's words. Out: parts that several messages have.
Never here: a field of one message alone (the builders), how it travels.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from automations.errors import NeedsAPerson
from automations.model import Area, Case, Disclosure, Diversity, Incident, Person
from schema import choices as c
from sync.partners import codes, people
from sync.partners.models import LeftOut
from sync.partners.narrative import postcode, speaks_of
from sync.partners.people import MayBeNamed

Named = Mapping[str, MayBeNamed]

WHY_HELD: Mapping[LeftOut, str] = {
    "withheld": "Somebody it names holds something back, and only a person can read what: ring the partner instead.",
    "limited": "The agreement of somebody it names is limited, and only a person can read how: ring them instead.",
    "another_victim": "Another victim of the incident did not agree to this partner, and what is asked is about both.",
    "speaks_of_others": "The words for the partner speak of somebody who may not be named to them: write them anew.",
    "not_written": "Write what is asked in the words for the partner.",
}


class Letterhead(Protocol):
    """The landlord, as a message says who sends it and whom to ask."""

    @property
    def name(self) -> str: ...
    @property
    def telephone(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one message is made from. `about` is the person whom the referral's row names."""

    case: Case
    incident: Incident
    disclosure: Disclosure
    area: Area
    landlord: Letterhead
    diversity: Sequence[Diversity]
    secret: bytes
    words: str | None
    about: Person | None

    @property
    def reference(self) -> str:
        """Our number for the incident: it tells nothing, but it is ours."""
        return reference(self.case, self.incident)

    def counted_as(self, use: str) -> str:
        """A reference for one use, that nobody without the secret can tie to the case or to another use."""
        return keyed(self.secret, use, self.reference)

    def signed(self) -> dict[str, Any]:
        """What every message that names people has."""
        return {"reference": self.reference, **sender(self.landlord)}


def reference(case: Case, incident: Incident) -> str:
    """Our number for the incident."""
    return f"{case.reference}/incident-{incident.number}"


def sender(landlord: Letterhead) -> dict[str, Any]:
    """Who sends it, and whom to ask."""
    return {
        "sender": landlord.name,
        "recall_contact": {"telephone": landlord.telephone, "email": landlord.email},
    }


def keyed(secret: bytes, use: str, text: str) -> str:
    """32 hex digits that tell nothing to whoever lacks the secret."""
    return hmac.new(secret, f"casewatch/{use}/{text}".encode(), hashlib.sha256).hexdigest()[:32]


def classified(incident: Incident) -> dict[str, Any]:
    """What every form of an incident counts by: codes only."""
    return {
        "place": codes.PLACE.get(incident.happened_where or ""),
        "strands": tuple(sorted(codes.STRAND[strand] for strand in set(incident.because_of))),
        "kinds": tuple(sorted(codes.KIND[kind] for kind in set(incident.kinds))),
        "police_told": codes.POLICE_TOLD[incident.police_know],
    }


def course(of: Telling) -> dict[str, Any]:
    """The course of action proposed and taken against whoever did it, in codes (HC-117)."""
    about_it = f"incident-{of.incident.number}"
    actions = [x for x in of.case.actions if about_it in (x.key or "").split("/")]
    steps = [(codes.COURSE[x.step], x.state) for x in actions if x.step and x.step in codes.COURSE]
    taken = {code for code, state in steps if state in codes.TAKEN}
    open_ = {code for code, state in steps if state in codes.PROPOSED}
    legal = [x for x in of.case.legal if of.case.incident_of(x.incident_id) == of.incident]
    if any(x.kind is c.LegalKind.STEP and x.taken_at for x in legal):
        taken.add(codes.LEGAL_STEP)
    return {"proposed": tuple(sorted(open_ - taken)), "taken": tuple(sorted(taken))}


def named_in_it(of: Telling) -> tuple[Named, list[Person]]:
    """Those of the incident who may be named, a victim among them, and the victims who may not."""
    named = people.with_a_victim(people.named(of.case, of.incident, of.disclosure))
    return named, [x for x in people.of(of.case, of.incident, c.PersonRole.VICTIM) if x.id not in named]


def told_of(of: Telling, named: Named, not_named: Sequence[Person]) -> dict[str, Any]:
    """The incident as it is told: what none of its victims holds back."""
    incident = of.incident
    by_name_alone = any(may.by_name_alone for may in named.values())
    exact = not (not_named or by_name_alone)
    return {
        "number": incident.number,
        "happened_at": incident.happened_at,
        "reported_at": incident.counts_from,
        "postcode": postcode(incident.postcode, full=exact),
        "police_reference": police_reference(incident) if exact else None,
        **classified(incident),
        **({"strands": ()} if by_name_alone else {}),
    }


def police_reference(incident: Incident) -> str | None:
    """The police's own number, where they know of it."""
    return people.said(incident.police_reference) if incident.police_know is c.PoliceTold.YES else None


def left_out(text: str | None, of: Telling, named: Named, not_named: Sequence[Person]) -> LeftOut | None:
    """Why an officer's words stay here; None where they may go."""
    if not_named:
        return "another_victim"
    if any(may.withheld for may in named.values()):
        return "withheld"
    if any(may.by_name_alone for may in named.values()):
        return "limited"
    if not text:
        return "not_written"
    return "speaks_of_others" if speaks_of(text, others(of, named)) else None


def others(of: Telling, named: Iterable[str]) -> list[Person]:
    """Everybody on the case but these."""
    known = set(named)
    return [person for person in of.case.people if person.id not in known]


def words(of: Telling, named: Named, not_named: Sequence[Person] = ()) -> dict[str, Any]:
    """The words for the partner, or why they stay here. The message goes either way."""
    text = people.said(of.words)
    held = left_out(text, of, named, not_named)
    return {"words": None if held else text, "words_left_out": held}


def needed_words(of: Telling, named: Named, not_named: Sequence[Person] = ()) -> str:
    """The words for the partner, without which there would be no message: refused where they may not go."""
    text = people.said(of.words)
    held = left_out(text, of, named, not_named)
    if held or not text:
        raise NeedsAPerson(WHY_HELD[held or "not_written"])
    return text
