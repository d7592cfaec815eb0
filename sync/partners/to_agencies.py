"""To agencies: the police, support, the council's homelessness team, social services.

In: what one message is made from. Out: one message for one purpose.
Never here: anybody but the one person in a referral for support, a home or protection.
"""

from automations.errors import NeedsAPerson
from automations.model import Person
from schema import choices as c
from sync.partners import codes, people
from sync.partners.models import Incident, Named, Reached
from sync.partners.models_agencies import (
    AskedAboutIncident,
    AtRisk,
    HomelessnessReferral,
    PoliceInformationRequest,
    PoliceReferral,
    SafeguardingReferral,
    SupportReferral,
)
from sync.partners.narrative import speaks_of
from sync.partners.people import MayBeNamed
from sync.partners.telling import Telling, named_in_it, needed_words, others, police_reference, told_of, words

CONSENT = "consent"


def police_referral(of: Telling) -> PoliceReferral:
    """A report to the police (HC-063): who, what happened, and an officer's words."""
    named, not_named = named_in_it(of)
    return PoliceReferral(
        incident=Incident(**told_of(of, named, not_named)),
        people=tuple(Named(**people.told(of.case, may, named)) for may in named.values()),
        victims_not_named=len(not_named),
        **words(of, named, not_named),
        **of.signed(),
    )


def police_information_request(of: Telling) -> PoliceInformationRequest:
    """What is asked of the police, and about whom (HC-055): every victim agreed to it, or nothing goes."""
    named, not_named = named_in_it(of)
    return PoliceInformationRequest(
        incident=AskedAboutIncident(
            happened_at=of.incident.happened_at, police_reference=police_reference(of.incident)
        ),
        people=tuple(Named(**people.told(of.case, may, named)) for may in named.values()),
        asked=needed_words(of, named, not_named),
        **of.signed(),
    )


def support_referral(of: Telling) -> SupportReferral:
    """One victim who would like support (HC-051), and what the officer wrote of what they need."""
    may = _one_victim(of)
    return SupportReferral(
        people=(_reached(of, may),),
        **words(of, {may.person.id: may}),
        **of.signed(),
    )


def homelessness_referral(of: Telling) -> HomelessnessReferral:
    """One victim who needs somewhere safe to stay (HC-030). Of the incident nothing but an officer's words."""
    may = _one_victim(of)
    unsafe = of.incident.safe_at_home is c.YesNo.NO or of.case.fears_staying is c.YesNo.YES
    safe = of.incident.safe_at_home is c.YesNo.YES
    return HomelessnessReferral(
        people=(_reached(of, may),),
        home_not_safe="yes" if unsafe else ("no" if safe else "not_known"),
        **words(of, {may.person.id: may}),
        **of.signed(),
    )


def safeguarding_referral(of: Telling) -> SafeguardingReferral:
    """Who is at risk and where (HC-022, R-19). It rests on a duty, never on an agreement that could be taken back."""
    person = of.about or _only_victim(of)
    if person.role is c.PersonRole.REPORTER or person.role is None:
        raise NeedsAPerson("Say in People what part the person at risk has: a reporter is never told of.")
    every = people.grounds_of(of.disclosure).get(person.id, ())
    grounds = tuple(ground for ground in every if ground.basis.strip().casefold() != CONSENT)
    if not grounds:
        raise NeedsAPerson("A safeguarding referral needs a lawful basis that is not the person's consent.")
    may = MayBeNamed(person, grounds)
    text = people.said(of.words)
    speaks = bool(text) and speaks_of(text or "", others(of, (person.id,)))
    safe = set(person.safe_ways)
    return SafeguardingReferral(
        people=(
            AtRisk(
                name=people.said(person.name),
                born_on=person.born_on,
                address=people.said(person.address),
                postcode=people.said(person.postcode),
                telephone=people.said(person.telephone) if safe & people.BY_VOICE else None,
                email=people.said(person.email) if c.Channel.EMAIL in safe else None,
                language=people.said(person.language),
                safe_ways=tuple(sorted(codes.SAFE_WAY[way] for way in safe)),
                withheld=(),
                ask_us_first=True,
                grounds=may.by_record,
            ),
        ),
        children_at_risk=codes.ANSWER[of.incident.children_at_risk],
        adult_at_risk=codes.ANSWER[of.incident.adult_at_risk],
        happened_at=of.incident.happened_at,
        words=None if speaks else text,
        words_left_out="speaks_of_others" if speaks else (None if text else "not_written"),
        **of.signed(),
    )


def _one_victim(of: Telling) -> MayBeNamed:
    """The victim whom the referral is for: the one whom its row names; where it names nobody, the only one."""
    person = of.about or _only_victim(of)
    allowed = people.named(of.case, of.incident, of.disclosure)
    if person.role is not c.PersonRole.VICTIM or person.id not in allowed:
        raise NeedsAPerson("The person on the referral is not a victim who agreed to this partner.")
    return allowed[person.id]


def _only_victim(of: Telling) -> Person:
    victims = people.of(of.case, of.incident, c.PersonRole.VICTIM)
    if len(victims) != 1:
        raise NeedsAPerson("Say on the referral which person it is for (Person).")
    return victims[0]


def _reached(of: Telling, may: MayBeNamed) -> Reached:
    """A name, the safe ways and the language. A home they share with a victim who did not agree stays here."""
    told = people.told(of.case, may, people.named(of.case, of.incident, of.disclosure), alone=True)
    return Reached(**{name: value for name, value in told.items() if name in Reached.model_fields})
