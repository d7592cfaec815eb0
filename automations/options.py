"""Options: every option of the action plan has an answer of every victim, if only "Not yet asked" (HC-026, HC-107).

In: a case, the partnership that is told. Out: the answers still to be got, and the earlier yeses to be heard again.
Never here: an answer that nobody gave; a row made beside one that staff entered for the same option.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from automations.consent import same_words, victims_of
from automations.effects import Ref, Write
from automations.model import Case, Consent, Incident, Person
from automations.once import once
from automations.rules import Rules, closed_at, set_aside
from automations.subjects import has_short_key, is_theirs
from schema import choices as c


def answer_row(key: str, case: Ref | str, victim: Ref | str, option: c.Option, **more: Any) -> Write:
    """A row for one option that nobody has been asked about; `more` are other cells of it, by column."""
    return Write("Consents", key, {
        "Key": key, "Case": _link(case), "Victim": _link(victim), "Option": option, "Answer": c.Answer.NOT_ASKED,
        **more,
    })  # fmt: skip


def key_of(reference: str, option: c.Option) -> str:
    """The key of a victim's answer to one option; a further victim's adds the person."""
    return f"{reference}/consent/{option.name.lower()}"


def options_to_ask(case: Case, rules: Rules) -> Iterator[Write]:
    """The answers that are not there yet: each option of each victim, and after a further incident each earlier yes."""
    if not case.incidents or set_aside(case) or closed_at(case):
        return
    keys = {x.key for x in case.consents}
    partner = rules.office.partner(case.area_is.partner_id) if case.area_is else None
    told = {c.Option.CDRP: partner.name if partner else None}
    for victim in everybody_harmed(case):
        tail = "" if victim.id == has_short_key(case) else f"/person-{victim.id}"
        there = {x.option for x in case.consents if is_theirs(case, victim, x.victim_id)}
        for option in c.Option:
            key = f"{key_of(case.reference, option)}{tail}"
            if option not in there and key not in keys:
                yield answer_row(key, case.id, victim.id, option, Organisation=told.get(option))
    for incident in (i for i in case.incidents if i.number > 1):
        for victim in victims_of(case, incident):
            for row in _once_each(still_to_hear(case, victim, incident)):
                key = f"{case.reference}/consent/incident-{incident.number}/again-{row.id}"
                if key not in keys and not _asked_again(case, row, victim, incident) and row.option:
                    about = (row.about_id,) if row.about_id else ()
                    yield answer_row(key, case.id, victim.id, row.option, Organisation=row.organisation, About=about,
                                     Incident=(incident.id,))  # fmt: skip


def everybody_harmed(case: Case) -> tuple[Person, ...]:
    """Everybody entered as a victim, or linked to an incident as one, in order of entry."""
    linked = {id for incident in case.incidents for id in incident.victim_ids}
    return tuple(p for p in case.people if p.role is c.PersonRole.VICTIM or p.id in linked)


def still_to_hear(case: Case, victim: Person, incident: Incident) -> list[Consent]:
    """The victim's yeses from before a further incident that nobody has asked about again (HC-107)."""
    if any(reconfirmed_in(case, victim, incident)):
        return []
    return [x for x in earlier_yeses(case, victim, incident) if not heard_again(case, x, victim, incident)]


@once
def earlier_yeses(case: Case, victim: Person, incident: Incident) -> list[Consent]:
    """What the victim agreed to, and had not taken back, when the incident was reported."""
    theirs = [x for x in case.consents if is_theirs(case, victim, x.victim_id)]
    return [
        x for x in theirs
        if x.answer is c.Answer.YES and not x.withdrawn_at and x.incident_id != incident.id
        and _agreed_at(x) < incident.counts_from
        and not any(_refuses(y) and _same(x, y) and _agreed_at(x) <= _refused_at(y) < incident.counts_from
                    for y in theirs)
    ]  # fmt: skip


@once
def heard_again(case: Case, row: Consent, victim: Person, incident: Incident) -> list[datetime]:
    """When the victim answered again to what an earlier yes was about, for this incident or since it."""
    moments = [answered_at(y) for y in _concerning(case, row, victim, incident)]
    return [at for at in moments if at and at >= incident.counts_from]


def reconfirmed_in(case: Case, victim: Person, incident: Incident) -> list[datetime]:
    """When the victim reconfirmed the whole plan after the incident was reported."""
    return [
        p.reconfirmed_at for p in case.plans
        if p.reconfirmed_at and p.reconfirmed_at >= incident.counts_from and p.incident_id in (None, incident.id)
        and is_theirs(case, victim, p.victim_id)
    ]  # fmt: skip


def answered_at(row: Consent) -> datetime | None:
    """When an answer was given; as entered, a yes dated ahead not yet. None where nobody has been asked."""
    if row.answer is c.Answer.NOT_ASKED:
        return None
    if row.given_at and row.given_at <= row.recorded_at:
        return row.given_at
    return None if row.given_at and row.answer is c.Answer.YES else row.recorded_at


def _asked_again(case: Case, row: Consent, victim: Person, incident: Incident) -> bool:
    """Whether a row of this incident already waits for the answer."""
    return any(y.incident_id == incident.id for y in _concerning(case, row, victim, incident))


def _once_each(rows: list[Consent]) -> list[Consent]:
    """Without a second yes to the same thing."""
    return [x for n, x in enumerate(rows) if not any(_same(x, y) for y in rows[:n])]


def _concerning(case: Case, row: Consent, victim: Person, incident: Incident) -> list[Consent]:
    return [y for y in case.consents if y.id != row.id and is_theirs(case, victim, y.victim_id) and _same(row, y)
            and y.incident_id in (None, incident.id)]  # fmt: skip


def _same(one: Consent, other: Consent) -> bool:
    """Whether two answers are to the same thing: option, organisation and whom it is about."""
    return (
        one.option is other.option
        and one.about_id == other.about_id
        and same_words(one.organisation, other.organisation or "")
    )


def _refuses(row: Consent) -> bool:
    return row.answer is c.Answer.NO or row.withdrawn_at is not None


def _refused_at(row: Consent) -> datetime:
    return row.last_refused_at or row.withdrawn_at or row.given_at or row.recorded_at


def _agreed_at(row: Consent) -> datetime:
    return row.given_at or row.created_at


def _link(to: Ref | str) -> Any:
    return to if isinstance(to, Ref) else (to,)
