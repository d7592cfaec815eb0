"""Disclosing: what one partner may be told now for one purpose, and who may be named in it (R-12 to R-16, R-19, A-16).

In: a case just read, the purpose, the incident, the partner, the rules, the moment. Out: a Disclosure, with why.
Never here: a person named without a ground of their own (R-15), or an agreement to one organisation used for another.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from automations.calendar import LONDON
from automations.consent import (
    Says,
    Standing,
    all_agree,
    cdrp_notice,
    limits,
    same_words,
    standing,
    victims_of,
    who_must_agree,
)
from automations.contact import police_heard
from automations.letters.accused import ended, on_both_sides
from automations.letters.to_landlords import OURS
from automations.model import Basis, Case, Disclosure, Incident, Office, Partner, Person
from automations.outbox.purposes import RULES, Rule, To, Whose
from automations.rules import Rules, manager_decided, override, set_aside
from automations.starts.victim import settled_at
from automations.subjects import Subject
from schema import choices as c

CONSENT, OVERRIDE, OWN = "consent", "override", "own_agreement"
UNLAWFUL_ACTS, AT_RISK = "unlawful_acts", "safeguarding"
"""Lawful bases, as codes: preventing or detecting unlawful acts, and protecting a child or an adult at risk."""


def disclosure(
    case: Case, purpose: c.Purpose, incident: Incident, about: Person | None, partner: Partner | None, rules: Rules,
    now: datetime,
) -> Disclosure:  # fmt: skip
    """What that partner may be told of that incident now. `about` is whom the referral's Person names.

    `form` None: nothing may leave, and `why` says what it waits for.
    """
    rule = RULES[purpose]
    none = Disclosure(purpose=purpose, partner=partner.name if partner else "", form=None, why="",
                      incident_number=incident.number, about=about.id if about else "")  # fmt: skip
    if partner is None:
        return replace(none, why="The office base names no such partner: put Partner right.")
    if partner.is_off:
        return replace(none, why="The partner is switched off in the office base.")
    aside = set_aside(case)
    if aside and not rule.help:
        return replace(none, why=f"{aside} Nothing goes for this case.")
    if why := _wrong_partner(case, rule, about, partner, rules.office):
        return replace(none, why=why)
    if rule.whose is Whose.NOTICE:
        says = replace(cdrp_notice(case, incident, partner, rules.calendar(case), now), purpose=rule.purpose)
    elif rule.whose is Whose.NOBODY:
        says = _by_law(case, none, incident, about, now)
    elif rule.to is To.LANDLORD:
        says = _about_their_tenant(case, rule, none, incident, about, partner, now)
    else:
        says = _of_victims(case, rule, none, incident, about, partner, now)
    shut = next((why for name in rule.gates if (why := GATES[name](case, incident, about, now))), "")
    return replace(says, form=None, named=(), why=shut, refused=False, waits=False) if shut and says.form else says


def _wrong_partner(case: Case, rule: Rule, about: Person | None, partner: Partner, office: Office) -> str:
    """Why this partner is told nothing of that kind, whatever anybody agreed to; "" where it may be."""
    match rule.to:
        case To.POLICE if partner.police_body is not c.YesNo.YES:
            return "The office base does not say that this partner is a police body."
        case To.COLLECTS:
            assert rule.collects, "whoever collects is named by an area"
            own = rule.whose is Whose.NOTICE
            areas = (case.area_is,) if own and case.area_is else () if own else office.areas
            if partner.id not in {rule.collects(area) for area in areas}:
                return "No area names this partner for it: an administrator does, in Areas."
        case To.LANDLORD:
            if about is None or about.role is not c.PersonRole.PERPETRATOR:
                return "Say which alleged perpetrator it is about (Person)."
            if about.lives_in is not c.LivesIn.OTHER_LANDLORD or not same_words(about.landlord, partner.name):
                return "It goes to the landlord that People names for this person, and to no other."
            return on_both_sides(case, about)
    return ""


def _of_victims(
    case: Case, rule: Rule, none: Disclosure, incident: Incident, about: Person | None, partner: Partner, now: datetime
) -> Disclosure:
    """The victims whose own yes covers this partner, or an override; beside them whoever the law allows."""
    victims = victims_of(case, incident)
    if about is not None and about not in victims:
        return replace(none, why="Person names somebody who is not a victim of this incident: put it right.")
    if rule.of_one and about is None and len(victims) > 1:
        return replace(none, why="Say which victim it is for (Person).")
    whom = [v for v in victims if about is None or v.id == about.id]
    row = override(case, rule.purpose, partner.name, incident) if rule.may_be_overridden else None
    assert rule.option, "somebody agrees or not"
    named: list[Basis] = []
    shut: list[Standing] = []
    for victim in whom:
        says = _stands(case, rule, victim, incident, partner, now)
        scope, withhold = limits(case, victim, rule.option)
        ground = Basis(person_id=victim.id, basis=CONSENT, record="", read_at=now, scope=scope, withhold=withhold)
        if says.says is Says.YES and (yes := says.consent):
            named.append(replace(ground, record=f"Consents {yes.id}", organisation=yes.organisation or "",
                                 expires_on=yes.holds_until))  # fmt: skip
        elif row:
            named.append(replace(ground, basis=OVERRIDE, record=f"Overrides {row.id}",
                                 organisation=row.organisation or ""))  # fmt: skip
        else:
            shut.append(says)
    if rule.whose is Whose.ALL and row is None:
        everybody = all_agree(case, rule.option, incident, now, organisation=_asked_of(rule, partner))
        if everybody.says is not Says.YES:
            shut, named = [everybody], []
    if not named:
        worst = next((x for x in shut if x.says is Says.NO), shut[0] if shut else None)
        why = worst.why if worst else "No victim is entered on the case."
        return _kept_back(none, why, worst)
    if rule.names_the_accused:
        named += _others(case, incident, now)
    why = "Agreed: " if row is None else "May be told: "
    return replace(none, form=c.ReferralForm.IDENTIFIED, named=tuple(named),
                   why=f"{why}{', '.join(b.record for b in named)}.")  # fmt: skip


def _kept_back(none: Disclosure, why: str, answer: Standing | None) -> Disclosure:
    """Nothing may leave, and whether by a no, or because nobody has been asked yet."""
    if answer is None:
        return replace(none, why=why)
    waits = answer.says is Says.NOT_ASKED and not answer.to_mend
    return replace(none, why=why, refused=answer.says is Says.NO, waits=waits)


def _asked_of(rule: Rule, partner: Partner) -> str | None:
    """The organisation that an answer must name; None where the option says itself who it is."""
    return partner.name if rule.to is To.AGREED or rule.to is To.LANDLORD else None


def _stands(case: Case, rule: Rule, victim: Person, incident: Incident, partner: Partner, now: datetime) -> Standing:
    """What a victim's answers allow. The option to be referred to the council, or the police, names them itself; an
    answer that names another council is to that one, and a no to this one by name is a no.
    """
    assert rule.option, "somebody agrees or not"
    says = standing(case, rule.option, victim, incident, now, organisation=_asked_of(rule, partner))
    if rule.to is not To.COLLECTS:
        return says
    by_name = standing(case, rule.option, victim, incident, now, organisation=partner.name)
    named = says.consent.organisation if says.consent else None
    elsewhere = says.says is Says.YES and named and not same_words(named, partner.name)
    return by_name if by_name.says is not Says.NOT_ASKED or elsewhere else says


def _others(case: Case, incident: Incident, now: datetime) -> list[Basis]:
    """Alleged perpetrators linked to the incident, and witnesses who are willing: each on a ground of their own."""
    accused = [p for p in case.persons(incident.perpetrator_ids) if p.role is c.PersonRole.PERPETRATOR]
    willing = [p for p in case.persons(incident.witness_ids)
               if p.role is c.PersonRole.WITNESS and p.evidence_use is c.WitnessUse.WILLING]  # fmt: skip
    return [
        *(Basis(person_id=p.id, basis=UNLAWFUL_ACTS, record=f"Incidents {incident.id}", read_at=now) for p in accused),
        *(Basis(person_id=p.id, basis=OWN, record=f"People {p.id}", read_at=now) for p in willing),
    ]


def _about_their_tenant(
    case: Case, rule: Rule, none: Disclosure, incident: Incident, about: Person | None, partner: Partner, now: datetime
) -> Disclosure:
    """Their own tenant is named, and no victim: every victim has agreed that this landlord is asked, or an override."""
    assert about, "asked for before"
    assert rule.option, "somebody agrees or not"
    says = all_agree(case, rule.option, incident, now, organisation=partner.name)
    row = override(case, rule.purpose, partner.name, incident) if says.says is not Says.YES else None
    if says.says is not Says.YES and row is None:
        return _kept_back(none, says.why, says)
    if row is None and any(any(limits(case, x, rule.option)) for x in who_must_agree(case, incident)):
        return replace(none, why="A victim limits what this landlord may be told, and only a person can read how: ring "
                                 "them, and enter Made by hand at.")  # fmt: skip
    on = [f"Overrides {row.id}"] if row else _answers(case, rule, incident, partner, now)
    ground = Basis(person_id=about.id, basis=UNLAWFUL_ACTS, record=f"Incidents {incident.id}", read_at=now)
    by = _asked_by(case, incident, about) if rule.purpose is c.Purpose.OTHER_LANDLORD else None
    return replace(none, form=c.ReferralForm.IDENTIFIED, named=(ground,), rests_on=tuple(on), answer_by=by,
                   why=f"Agreed: {', '.join(on)}." if row is None else f"May be told: {', '.join(on)}.")  # fmt: skip


def _asked_by(case: Case, incident: Incident, about: Person) -> date | None:
    """The day by which we would interview a tenant of our own, as the letter asks (HC-096, A-14). None before the
    victim's interview, from which it counts.
    """
    settled = settled_at(case, Subject("", "", incident, about), None)
    return (settled + OURS).astimezone(LONDON).date() if settled else None


def _answers(case: Case, rule: Rule, incident: Incident, partner: Partner, now: datetime) -> list[str]:
    assert rule.option, "somebody agrees or not"
    each = [standing(case, rule.option, v, incident, now, organisation=partner.name).consent
            for v in victims_of(case, incident)]  # fmt: skip
    return list(dict.fromkeys(f"Consents {row.id}" for row in each if row))


def _by_law(case: Case, none: Disclosure, incident: Incident, about: Person | None, now: datetime) -> Disclosure:
    """Who is at risk, or whose household it is. Nobody's agreement is needed, and no alleged perpetrator is named as
    the one to speak to (HC-022, R-19).
    """
    victims = victims_of(case, incident)
    whom = about or (victims[0] if len(victims) == 1 else None)
    if whom is None:
        return replace(none, why="Say who is at risk, or in whose home (Person).")
    if whom.role is c.PersonRole.PERPETRATOR or whom in case.perpetrators:
        return replace(none, why="Person names an alleged perpetrator: name who is at risk, or who cares for them.")
    record = f"Incidents {incident.id}"
    ground = Basis(person_id=whom.id, basis=AT_RISK, record=record, read_at=now)
    return replace(none, form=c.ReferralForm.IDENTIFIED, named=(ground,),
                   why=f"To protect somebody at risk ({record}): it waits for nobody's agreement.")  # fmt: skip


def after_the_notice(case: Case, incident: Incident, about: Person | None, now: datetime) -> str:
    """The partnership has heard of the incident before it hears what is proposed (HC-117)."""
    gone = any(x.purpose is c.Purpose.CDRP_NOTICE and case.incident_of(x.incident_id) == incident
               and (x.by_hand_at or x.state in c.WENT) for x in case.referrals)  # fmt: skip
    return "" if gone else "The partnership has not had the notice of this incident yet: the update follows it."


def somebody_at_risk(case: Case, incident: Incident, about: Person | None, now: datetime) -> str:
    """Somebody is known to be at risk (HC-022)."""
    known = c.YesNo.YES in (incident.children_at_risk, incident.adult_at_risk)
    return "" if known else "The incident does not say that a child or an adult is at risk: enter it first."


def police_not_waiting(case: Case, incident: Incident, about: Person | None, now: datetime) -> str:
    """The gate on telling an alleged perpetrator's landlord: it is contact by another hand (5.0)."""
    return police_heard(case, Subject("", "", incident, about), now)


def still_open(case: Case, incident: Incident, about: Person | None, now: datetime) -> str:
    """Nothing of a case that is over goes to the other side's landlord (R-23)."""
    return ended(case)


def director_decided(case: Case, incident: Incident, about: Person | None, now: datetime) -> str:
    """A line manager decided that the facts warrant it (HC-116)."""
    row = manager_decided(case, c.Matter.DIRECTOR_NOTICE, incident=incident)
    agreed = row is not None and row.decision is c.Decision.AGREED
    return "" if agreed else f"A line manager must first decide that the facts warrant it ({c.Matter.DIRECTOR_NOTICE})."


GATES: dict[str, Callable[[Case, Incident, Person | None, datetime], str]] = {
    gate.__name__: gate
    for gate in (after_the_notice, somebody_at_risk, police_not_waiting, still_open, director_decided)
}
