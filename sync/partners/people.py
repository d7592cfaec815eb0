"""People in a message: who has a part in the incident, who of them may be named, and what is said of each.

In: a case, and the grounds that a Disclosure gives person by person. Out: fields for payload.py to send.
Never here: a ground made up for somebody who has none of their own (R-15), a way of contact nobody called safe.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from automations.errors import NeedsAPerson
from automations.model import Basis, Case, Disclosure, Incident, Person
from automations.model.contacts import may_share_telephone, share_mailbox
from automations.model.homes import may_show_home
from automations.names_in_words import names
from schema import choices as c
from sync.partners import codes
from sync.partners.models import Ground

LIMITED = "limited"
"""The scope code of an agreement that says what it covers."""
OVERRIDE = "override"
"""The basis of somebody who did not agree. Safe ways are told with it: they keep a partner from an unsafe one."""
BY_VOICE = frozenset({c.Channel.TELEPHONE, c.Channel.TEXT})
"""Ways that need a telephone number."""
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class MayBeNamed:
    """A person with grounds of their own. What they hold back is free text, so it is taken at its widest."""

    person: Person
    grounds: tuple[Basis, ...]

    @property
    def by_record(self) -> tuple[Ground, ...]:
        """Each ground as it is told, in an order that does not depend on when it was read."""
        told = {
            (said(x.basis) or "", said(x.record) or "", LIMITED if x.scope.strip() else None, x.expires_on)
            for x in self.grounds
        }
        return tuple(
            Ground(basis=basis, record=record, scope=scope, expires_on=expires_on)
            for basis, record, scope, expires_on in sorted(told, key=str)
        )

    @property
    def withheld(self) -> bool:
        """Whether anything is held back."""
        return any(ground.withhold.strip() for ground in self.grounds)

    @property
    def limited(self) -> bool:
        """Whether the agreement says what it covers."""
        return any(x.scope.strip() for x in self.grounds)

    @property
    def overridden(self) -> bool:
        """Whether they did not agree, and two managers decided (A-16)."""
        return any(x.basis.strip() == OVERRIDE for x in self.grounds)

    @property
    def by_name_alone(self) -> bool:
        """Whether a sentence of theirs that only a person can read limits what is told: then the name alone is."""
        return self.withheld or self.limited


def of(case: Case, incident: Incident, role: c.PersonRole) -> tuple[Person, ...]:
    """Those of that role in the incident; everybody of the role on the case where none is linked to it. A victim who
    is linked to no incident may be one of this.
    """
    linked = _links(incident)[role]
    elsewhere = {id for other in case.incidents for id in _links(other)[role]} - set(linked)
    everybody = tuple(person for person in case.people if person.role is role)
    if linked and role is c.PersonRole.VICTIM:
        return tuple(person for person in everybody if person.id not in elsewhere)
    return tuple(person for person in everybody if person.id in linked) if linked else everybody


def grounds_of(disclosure: Disclosure) -> Mapping[str, Sequence[Basis]]:
    """The grounds of each person that hold on the day they were read. Refused where one of them says nothing."""
    grounds: dict[str, list[Basis]] = {}
    for ground in disclosure.named:
        if not ground.basis.strip() or not ground.record.strip():
            raise NeedsAPerson("A person would be named without a lawful basis and the record of it.")
        if ground.expires_on is None or ground.read_at.astimezone(LONDON).date() <= ground.expires_on:
            grounds.setdefault(ground.person_id, []).append(ground)
    return grounds


def named(case: Case, incident: Incident, disclosure: Disclosure) -> Mapping[str, MayBeNamed]:
    """Who may be named, by id in order of entry. Refused with a ground that says nothing, or for a stranger."""
    grounds = grounds_of(disclosure)
    part = {person.id: role for role in codes.PART for person in of(case, incident, c.PersonRole(role))}
    elsewhere = {id: role for role, ids in _links(incident).items() for id in ids if part.get(id) is not role}
    if any(id not in part or id in elsewhere for id in grounds):
        raise NeedsAPerson("Somebody would be named who has no part in this incident, or two parts.")
    return {
        person.id: MayBeNamed(person, tuple(grounds[person.id]))
        for person in case.people
        if person.id in grounds and (person.role is not c.PersonRole.WITNESS or is_willing(person))
    }


def with_a_victim(named: Mapping[str, MayBeNamed]) -> Mapping[str, MayBeNamed]:
    """The same; refused where no victim is among them."""
    if not any(may.person.role is c.PersonRole.VICTIM for may in named.values()):
        raise NeedsAPerson("A message by name needs a victim who may be named.")
    return named


def is_willing(witness: Person) -> bool:
    """Whether a witness has said that what they saw may be used. Not asked is no."""
    return witness.evidence_use is c.WitnessUse.WILLING


def told(case: Case, may: MayBeNamed, named: Mapping[str, MayBeNamed], alone: bool = False) -> dict[str, Any]:
    """What is said of one person. "Care of" somebody without grounds, or their mailbox, is left out; so is a telephone
    or a mailbox that a victim who stays unnamed, or whoever is alleged to have done it, answers too.

    `alone`: the message is about this person and speaks of nobody else, whatever grounds there are.
    """
    others = [x for x in case.people if x.id != may.person.id and (alone or x.id not in named)]
    fields = _needed_and_safe(case, may, named)
    shared = [x for x in ("address", "email", "language") if names(fields.get(x) or "", others, fields["name"] or "")]
    return {x: value for x, value in fields.items() if x not in shared} | ({"ask_us_first": True} if shared else {})


def _needed_and_safe(case: Case, may: MayBeNamed, named: Mapping[str, MayBeNamed]) -> dict[str, Any]:
    """A name, and by the person's part what else is needed and is not held back."""
    person, safe = may.person, set(may.person.safe_ways)
    fields: dict[str, Any] = {
        "part": codes.PART[person.role or ""],
        "name": said(person.name),
        "withheld": ("contact", "details", "narrative", "strands") if may.by_name_alone else (),
        "ask_us_first": may.by_name_alone or may.overridden or bool(said(person.contact_notes)),
        "grounds": may.by_record,
    }
    if may.by_name_alone:
        return fields
    if person.role is c.PersonRole.VICTIM:
        fields |= {"born_on": person.born_on, "language": said(person.language)}
    if person.role is c.PersonRole.PERPETRATOR:
        if not shows_where_a_victim_lives(case, person, named):
            fields |= {"address": said(person.address), "postcode": said(person.postcode)}
        return fields
    kept = [x for x in harmed(case) if x.id != person.id and (x.id not in named or named[x.id].by_name_alone)]
    fields |= _ways(person, safe, [*kept, *(x for x in case.perpetrators if x.id != person.id)])
    near = any(may_show_home(person, other) for other in kept)
    if person.role is c.PersonRole.VICTIM and has_safe_home(person) and not near:
        fields |= {"address": said(person.address), "postcode": said(person.postcode)}
    return fields


def _ways(person: Person, safe: Collection[c.Channel], kept: Sequence[Person]) -> dict[str, Any]:
    """The ways to reach a person that they called safe. A telephone or a mailbox that one of `kept` answers too stays
    here, and the partner asks us first: it may be somebody else who answers.
    """
    rung = any(may_share_telephone(person, x) for x in kept)
    mailed = any(share_mailbox(person, x) for x in kept)
    fields: dict[str, Any] = {"safe_ways": tuple(sorted(codes.SAFE_WAY[way] for way in safe))}
    if not BY_VOICE.isdisjoint(safe):
        fields |= {"ask_us_first": True} if rung else {"telephone": said(person.telephone)}
    if c.Channel.EMAIL in safe:
        fields |= {"ask_us_first": True} if mailed else {"email": said(person.email)}
    return fields


def harmed(case: Case) -> tuple[Person, ...]:
    """Everybody entered as a victim, or linked to an incident as one, in order of entry."""
    linked = {id for incident in case.incidents for id in incident.victim_ids}
    return tuple(x for x in case.people if x.role is c.PersonRole.VICTIM or x.id in linked)


def has_safe_home(person: Person) -> bool:
    """Whether somebody may come or write to where the person lives."""
    return bool({c.Channel.LETTER, c.Channel.IN_PERSON} & set(person.safe_ways))


def said(text: str | None) -> str | None:
    """Text as it can be sent; None where nothing is in it."""
    return (text or "").strip().encode(errors="replace").decode() or None


def _links(incident: Incident) -> dict[c.PersonRole, tuple[str, ...]]:
    return {
        c.PersonRole.VICTIM: incident.victim_ids,
        c.PersonRole.PERPETRATOR: incident.perpetrator_ids,
        c.PersonRole.WITNESS: incident.witness_ids,
    }


def shows_where_a_victim_lives(case: Case, perpetrator: Person, named: Mapping[str, MayBeNamed]) -> bool:
    """Whether the perpetrator's address is, or may be, that of a victim whose own address stays with us."""
    kept = [x for x in case.victims if x.id not in named or named[x.id].by_name_alone or not has_safe_home(x)]
    if kept and c.YesNo.YES in (perpetrator.lives_with_victim, case.perpetrator_at_home):
        return True
    return any(may_show_home(perpetrator, victim) for victim in kept)
