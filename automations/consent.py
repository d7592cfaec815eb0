"""Consent: what a victim's recorded answers allow, read again each time it matters (R-12 to R-15).

In: a case just read, the option, who would be told, the incident. Out: yes, no or not asked, with the
record it rests on. Never here: a yes that nobody gave. A yes must fit exactly; a no is taken widely.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from automations.calendar import LONDON, Calendar, in_words
from automations.model import Basis, Case, Consent, Disclosure, Incident, Partner, Person
from automations.once import once
from automations.refusals import ONE_BODY, remembered
from schema import choices as c


class Says(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = "not asked"


class Standing(NamedTuple):
    """Where one option stands, why in a sentence, since when, and on which record."""

    says: Says
    why: str
    since: datetime | None = None
    refused_at: datetime | None = None
    """Of a yes: the last refusal before it, where there was one."""
    consent: Consent | None = None
    to_mend: bool = False
    """Of no answer: whether a row says one that cannot count as it stands, so that the row is put right first."""


MAY_AGREE = (c.GivenBy.VICTIM, c.GivenBy.GUARDIAN, c.GivenBy.ATTORNEY)
UNDATED = "when it was given is not known since the bases were moved, so it does not count; fill in Given at"
VICTIM_SAID_NO = "The victim said no."


@once
def victims_of(case: Case, incident: Incident) -> tuple[Person, ...]:
    """The victims linked to the incident; everybody entered as a victim where none is linked."""
    return case.persons(incident.victim_ids) or case.victims


@once
def who_must_agree(case: Case, incident: Incident) -> tuple[Person, ...]:
    """The victims of the incident, and whoever is entered as a victim and linked to no incident: it may be theirs."""
    theirs, linked = victims_of(case, incident), {id for i in case.incidents for id in i.victim_ids}
    return (*theirs, *(v for v in case.victims if v.id not in linked and v not in theirs))


@once
def standing(
    case: Case,
    option: c.Option,
    victim: Person,
    incident: Incident,
    now: datetime,
    *,
    organisation: str | None = None,
    about: Person | None = None,
) -> Standing:
    """What one victim's answers allow for one option.

    A yes counts only for the organisation and incident it names, from somebody who may give it, and after
    a refusal only once a later version of the plan was agreed (R-13); after the last day that the victim set for it
    it is no yes any more, nor is one from before it. A no or a withdrawal counts as soon as it is entered, also where
    it names no organisation, and whomever it is about where nobody in particular is asked for. An answer that cannot be
    read may be a no, and so may one that does not say of what.
    """
    rows = [x for x in _answers(case, option) if _is_theirs(case, x, victim)]
    concerning = [x for x in rows if _may_concern(x, organisation, incident, about)]
    refusals = [x for x in concerning if _refuses(x)]
    grants = [x for x in rows if _grants(x, now) and _fits(x, organisation) and not _was_anothers(case, x, victim)
              and _is_about(case, x, incident, about)
              and _covers(case, x, victim, incident, now)]  # fmt: skip
    # An end is taken as widely as a no: a yes that was given before it, without an end, does not outlive it.
    ended = [x for x in concerning if x.answer is c.Answer.YES and _has_ended(x, now)]
    grants = [x for x in grants if not any(_given_at(x) <= _given_at(y) for y in ended)]
    known = [_refused_at(x) for x in concerning if _ever_refused(x)]
    known += remembered(case, option, victim, incident, organisation=organisation, about=about)
    refused_at = max(known, default=None)
    doubt = _doubt(case, option, victim)
    latest = None if doubt else max(grants, key=lambda x: (_given_at(x), x.holds_until is not None), default=None)
    if latest is None or any(_refused_at(x) >= _given_at(latest) for x in refusals):
        if refusals:
            return Standing(Says.NO, VICTIM_SAID_NO, refused_at, consent=refusals[-1])
        if doubt:
            return Standing(Says.NOT_ASKED, doubt, to_mend=True)
        why, to_mend = _not_yet(case, option, rows, victim, incident, now, organisation, about)
        return Standing(Says.NOT_ASKED, why, to_mend=to_mend)
    # A second yes confirms the first: the clock runs from the earliest since the last refusal.
    fresh = [_given_at(x) for x in grants if refused_at is None or _given_at(x) > refused_at]
    since = min(fresh, default=_given_at(latest))
    if refused_at is not None and option in c.SIGNIFICANT:
        agreed = [p.agreed_at for p in case.plans
                  if names(case, p.victim_id, victim) and p.agreed_at and refused_at < p.agreed_at
                  and _day(since) <= _day(p.agreed_at) and p.agreed_at <= now]  # fmt: skip
        if not agreed:
            return Standing(Says.NO, "The victim said no before; agree a new version of the action plan first.",
                            refused_at, consent=latest)  # fmt: skip
        since = max(since, min(agreed))
    return Standing(Says.YES, f"The victim agreed (Consents {latest.id}).", since, refused_at, latest)


def all_agree(
    case: Case, option: c.Option, incident: Incident, now: datetime, *, about: Person | None = None,
    organisation: str | None = None,
) -> Standing:  # fmt: skip
    """Where an option stands for everybody harmed: one no is no, one unasked is not asked."""
    each = [standing(case, option, v, incident, now, about=about, organisation=organisation)
            for v in who_must_agree(case, incident)]  # fmt: skip
    for says in (Says.NO, Says.NOT_ASKED):
        found = next((s for s in each if s.says is says), None)
        if found:
            return found
    if not each:
        return Standing(Says.NOT_ASKED, "No victim is entered on the case.", to_mend=True)
    last, refused = max(each, key=lambda s: s.since or now), [s.refused_at for s in each if s.refused_at]
    return last._replace(refused_at=max(refused)) if refused else last


def any_agrees(case: Case, option: c.Option, incident: Incident, now: datetime) -> Standing:
    """Where an option stands when one victim's yes is enough to help that victim."""
    each = [standing(case, option, v, incident, now) for v in victims_of(case, incident)]
    for says in (Says.YES, Says.NOT_ASKED, Says.NO):
        found = next((s for s in each if s.says is says), None)
        if found:
            return found
    return Standing(Says.NOT_ASKED, "No victim is entered on the case.")


def cdrp_notice(case: Case, incident: Incident, partner: Partner, calendar: Calendar, now: datetime) -> Disclosure:
    """What the community safety partnership may be told of one incident now (R-14, R-15, R-16, R-21).

    Named: the victims who agreed that this partner may know, and to the police too where the partner is a
    police body. Everybody refused: statistics at once. Not asked: nothing until working day 10, then statistics.
    """
    named: list[Basis] = []
    waiting, refused, asks = "", "The victim did not agree", False
    victims = victims_of(case, incident)
    anonymous = incident.reporter is c.Reporter.ANONYMOUS or not any(v.name for v in victims)
    for victim in victims:
        says, until = (
            standing(case, c.Option.CDRP, victim, incident, now, organisation=partner.name),
            list[date | None](),
        )
        if says.says is Says.YES and partner.is_police:
            police = standing(case, c.Option.POLICE, victim, incident, now)
            if police.says is not Says.YES:
                says = Standing(police.says, "The partnership's reports go, or may go, to the police.",
                                to_mend=police.to_mend)  # fmt: skip
                refused = "The victim did not agree to the police, to whom this partnership's reports go or may go"
            until = [police.consent.holds_until] if police.consent else []
        if says.says is Says.YES and says.consent and victim.name:
            row = says.consent
            scope, withhold = limits(case, victim, c.Option.CDRP, *((c.Option.POLICE,) if partner.is_police else ()))
            named.append(Basis(person_id=victim.id, basis="consent", record=f"Consents {row.id}", read_at=now,
                               scope=scope, withhold=withhold, organisation=row.organisation or "",
                               expires_on=min(filter(None, (row.holds_until, *until)), default=None)))  # fmt: skip
        elif says.says is Says.NOT_ASKED:
            waiting, asks = says.why, asks or not says.to_mend
    form: c.ReferralForm | None = c.ReferralForm.STATISTICAL
    if named:
        form, why = c.ReferralForm.IDENTIFIED, "Agreed: " + ", ".join(b.record for b in named) + "."
    elif anonymous:
        why = "Nobody gave a name: statistics only."
    elif not waiting:
        why = f"{refused}: statistics only."
    elif now.astimezone(LONDON).date() >= calendar.after(incident.counts_from, 10).at.date():
        why = "Not asked by working day 10: statistics only."
    else:
        form, why = None, f"{waiting} Without an answer statistics go on working day 10."
    return Disclosure(purpose=c.Purpose.CDRP_NOTICE, partner=partner.name, form=form, why=why, named=tuple(named),
                      incident_number=incident.number, waits=asks and not named,
                      refused=not (named or anonymous or waiting))  # fmt: skip


def refuses_nothing_named(row: Consent) -> bool:
    """A refusal that does not say of what: the Option is blank, so it may be of anything."""
    return row.option is None and _refuses(row)


def limits(case: Case, victim: Person, *options: c.Option) -> tuple[str, str]:
    """What the victim's answers cover and withhold. Like a no it is taken widely: a later yes, one for another incident
    or one to the police lifts nothing that stands on a row (R-12).
    """
    rows = [x for x in case.consents if x.option in options and x.victim_id in (None, victim.id)]
    said = [(x.scope, x.withhold) for x in rows]
    scope, withhold = ("; ".join(dict.fromkeys(filter(None, words))) for words in zip(("", ""), *said, strict=True))
    return scope, withhold


def _doubt(case: Case, option: c.Option, victim: Person) -> str:
    """Why nothing may rest on this victim's answers until a row is put right; help waits for no such row (R-19)."""
    for x in _doubtful(case):
        if x.victim_id not in (None, victim.id):
            continue
        if x.unread and x.option in (option, None):
            return f"Consents {x.id}: a cell cannot be read and may be a no; put it right."
        if refuses_nothing_named(x) and option in c.SIGNIFICANT:
            return f"Consents {x.id}: a refusal that does not say of what; fill in its Option."
    return ""


@once
def _answers(case: Case, option: c.Option) -> list[Consent]:
    return [x for x in case.consents if x.option is option]


@once
def _doubtful(case: Case) -> list[Consent]:
    return [x for x in case.consents if x.unread or refuses_nothing_named(x)]


def _is_theirs(case: Case, row: Consent, victim: Person) -> bool:
    return names(case, row.victim_id, victim) or (row.victim_id is None and _refuses(row))


def names(case: Case, named: str | None, victim: Person) -> bool:
    """Whether a row that names a victim, or nobody, is this one's. Nobody: only where there is no other victim, nor
    was one whose row is gone: the answers of that one name nobody now.
    """
    if named is None and c.PersonRole.VICTIM in case.lost:
        return False
    return named == victim.id or (named is None and _harmed(case) == {victim.id})


@once
def _harmed(case: Case) -> frozenset[str]:
    linked = case.persons(id for incident in case.incidents for id in incident.victim_ids)
    return frozenset(p.id for p in (*case.victims, *linked))


def _was_anothers(case: Case, row: Consent, victim: Person) -> bool:
    """Whether a row made for somebody else, who is still there, or on another case, was pointed at this victim: a yes
    is not passed on.
    """
    whole, _, asked = (row.key or "").partition("/consent/")
    if not row.key or "/again-" in asked:
        return bool(row.key) and whole != case.reference
    if not asked:
        return not row.key.startswith(f"{case.reference}/")
    theirs = asked.partition("/person-")[2]
    owner = next((p for p in case.people if (p.id == theirs if theirs else (p.key or "").endswith("/victim"))), None)
    return whole != case.reference or (owner is not None and owner.id != victim.id)


def _refuses(row: Consent) -> bool:
    return row.answer is c.Answer.NO or row.withdrawn_at is not None


def _ever_refused(row: Consent) -> bool:
    return _refuses(row) or row.last_refused_at is not None or row.refused_unseen_at is not None


def no_since(row: Consent) -> datetime | None:
    """Since when this very row says no, whoever it names; None where it does not."""
    return _refused_at(row) if _refuses(row) else None


def _refused_at(row: Consent) -> datetime:
    """When a refusal was entered, or is dated, whichever is later: a no that is dated back still acts now (R-13)."""
    known = [x for x in (row.last_refused_at, row.withdrawn_at, row.refused_unseen_at) if x]
    if _refuses(row) and row.last_refused_at is None:
        known.append(row.recorded_at)
    if row.answer is c.Answer.NO:
        known.append(_given_at(row))
    return max(known)


def _grants(row: Consent, now: datetime) -> bool:
    return (row.answer is c.Answer.YES and row.withdrawn_at is None and row.given_by in MAY_AGREE
            and _given_at(row) <= now and not _has_ended(row, now))  # fmt: skip


def _has_ended(row: Consent, now: datetime) -> bool:
    return row.holds_until is not None and _day(now) > row.holds_until


def _fits(row: Consent, organisation: str | None) -> bool:
    return organisation is None or same_words(row.organisation, organisation)


def _may_concern(row: Consent, organisation: str | None, incident: Incident, about: Person | None) -> bool:
    """Whether a refusal may be of this."""
    same_body = organisation is None or not row.organisation or row.option in ONE_BODY or (
        same_words(row.organisation, organisation)
    )  # fmt: skip
    same_person = about is None or row.about_id in (None, about.id)
    return same_body and same_person and row.incident_id in (None, incident.id)


def _is_about(case: Case, row: Consent, incident: Incident, about: Person | None) -> bool:
    """Whether a yes is about this person. One that names nobody is not about somebody who was found later, and about
    nobody once an alleged perpetrator's row is gone: it may have named that one.
    """
    if row.about_id is not None or about is None:
        return row.about_id == (about.id if about else None)
    if c.PersonRole.PERPETRATOR in case.lost:
        return False
    linked = case.persons(incident.perpetrator_ids) or case.perpetrators
    return about.came_with_the_report or [p.id for p in linked] == [about.id]


def _covers(case: Case, row: Consent, victim: Person, incident: Incident, now: datetime) -> bool:
    """Whether a yes holds for this incident: earlier ones are reconfirmed after a further incident (HC-107)."""
    if row.incident_id is not None:
        return row.incident_id == incident.id
    if incident.number == 1 or _given_at(row) >= incident.counts_from:
        return True
    return any(
        p.reconfirmed_at and incident.counts_from <= p.reconfirmed_at <= now
        and p.incident_id in (None, incident.id) and names(case, p.victim_id, victim)
        for p in case.plans
    )  # fmt: skip


def _given_at(row: Consent) -> datetime:
    return row.given_at or row.created_at


def _day(at: datetime) -> date:
    """The plan and the answer of one visit are entered in either order; a version of another day knew only the no."""
    return at.astimezone(LONDON).date()


def same_words(one: str | None, other: str) -> bool:
    """Whether two names are the same, whatever the case and spacing of the letters."""
    return " ".join((one or "").lower().split()) == " ".join(other.lower().split())


def _not_yet(
    case: Case, option: c.Option, rows: list[Consent], victim: Person, incident: Incident, now: datetime,
    organisation: str | None, about: Person | None,
) -> tuple[str, bool]:  # fmt: skip
    """Why no yes counts and what helps, of the row nearest to one that would; and whether that row is to be put right.
    Otherwise the victim has still to be asked.
    """
    yes = [x for x in rows if x.answer is c.Answer.YES]
    if not yes:
        return f"The victim has not been asked yet (Consents: {option}).", False
    row = max(yes, key=lambda x: (_fits(x, organisation), not x.organisation, yes.index(x)))
    words = f"Consents {row.id}"
    if _given_at(row) > now:
        return f"{words}: the agreement is dated in the future.", True
    if row.holds_until and _has_ended(row, now):
        return f"{words}: the agreement held until {in_words(row.holds_until)}: ask the victim again.", False
    if row.undated:
        return f"{words}: {UNDATED}.", True
    if row.given_by is None:
        return f"{words}: say who gave the agreement.", True
    if row.given_by is c.GivenBy.PERPETRATOR:
        return f"{words}: an alleged perpetrator cannot agree for a victim.", False
    anew = "ask the victim, and enter the answer in a row of its own."
    if not _fits(row, organisation) and not row.organisation:
        ask = f"ask the victim if they mean {organisation}, then fill in Organisation."
        return f"{words} names no organisation: {ask}", True
    if not _fits(row, organisation):
        return f"{words} is for another organisation, not for {organisation}: {anew}", False
    if _was_anothers(case, row, victim):
        return f"{words} was somebody else's answer: {anew}", False
    if not _is_about(case, row, incident, about):
        if row.about_id is None:
            return f"{words} does not say whom it is about: ask the victim, then fill in About.", True
        return f"{words} is about somebody else: {anew}", False
    if row.incident_id is not None:
        return f"{words} is for another incident: {anew}", False
    return f"{words} was given before this incident: {anew}", False
