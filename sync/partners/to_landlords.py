"""To landlords: the request to interview their tenant, and the notice to their Director.

In: what one message is made from. Out: the two messages.
Never here: why it was done; a victim, unless a record of theirs names this landlord; a witness.
"""

from datetime import date
from zoneinfo import ZoneInfo

from automations.errors import NeedsAPerson
from schema import choices as c
from sync.partners import codes, people
from sync.partners.models_landlords import DirectorNotice, LandlordRequest, Tenant, Victim
from sync.partners.people import MayBeNamed
from sync.partners.telling import Named, Telling, needed_words


def landlord_request(of: Telling) -> LandlordRequest:
    """A request to interview their tenant within our own time (HC-096)."""
    named = _named(of)
    return LandlordRequest(
        people=_people(of, named),
        happened_on=_day(of),
        words=needed_words(of, named),
        asked=("interview", "interview_together"),
        asked_by=of.disclosure.answer_by,
        **of.signed(),
    )


def director_notice(of: Telling) -> DirectorNotice:
    """A serious complaint about their tenant, with what kind of incident it was (HC-116)."""
    named = _named(of)
    return DirectorNotice(
        people=_people(of, named),
        happened_on=_day(of),
        kinds=tuple(sorted(codes.KIND[kind] for kind in set(of.incident.kinds))),
        words=needed_words(of, named),
        asked=("act_promptly",),
        asked_by=of.disclosure.answer_by,
        **of.signed(),
    )


def _named(of: Telling) -> Named:
    """Their tenant, and each victim with a record that names this landlord."""
    allowed = people.named(of.case, of.incident, of.disclosure)
    tenants = [x for x in allowed.values() if x.person.role is c.PersonRole.PERPETRATOR]
    tenant = allowed.get(of.about.id) if of.about else (tenants[0] if len(tenants) == 1 else None)
    if tenant is None or tenant.person.role is not c.PersonRole.PERPETRATOR:
        raise NeedsAPerson("Say on the referral which tenant of theirs it is about: one with a lawful basis to name.")
    named = {tenant.person.id: tenant}
    for may in allowed.values():
        theirs = tuple(x for x in may.grounds if _small(x.organisation) == _small(of.disclosure.partner) != "")
        if may.person.role is c.PersonRole.VICTIM and theirs:
            named[may.person.id] = MayBeNamed(may.person, theirs)
    return named


def _people(of: Telling, named: Named) -> tuple[Tenant | Victim, ...]:
    return tuple(
        _tenant(of, may, named)
        if may.person.role is c.PersonRole.PERPETRATOR
        else Victim(name=people.said(may.person.name), grounds=may.by_record)
        for may in named.values()
    )


def _tenant(of: Telling, may: MayBeNamed, named: Named) -> Tenant:
    """Which of their tenants; where they live, unless it may show where a victim does."""
    told = people.told(of.case, may, {may.person.id: may})
    kept = dict.fromkeys(("address", "postcode")) if "address" not in told else {}
    return Tenant(**{name: value for name, value in {**told, **kept}.items() if name in Tenant.model_fields})


def _day(of: Telling) -> date | None:
    at = of.incident.happened_at
    return at.astimezone(ZoneInfo("Europe/London")).date() if at else None


def _small(name: str) -> str:
    """A name whatever the case and spacing of its letters."""
    return " ".join(name.lower().split())
