"""Told before the no: a victim who says no, or withdraws, after a partner was told of them (R-13).

In: a case, the office. Out: a sentence on the case, a development, and the referral's own Why.
Never here: the recall itself (outbox/recalls.py); until it went, a person rings them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from automations.belonging import of_incident
from automations.calendar import LONDON
from automations.consent import Says, Standing, no_since, standing, victims_of
from automations.deadlines import say
from automations.effects import Write
from automations.model import Case, Consent, Incident, Office, Person, Referral
from automations.once import once
from schema import choices as c

State = c.ReferralState
GONE = c.WENT - {State.STATISTICS_SENT}
OPTIONS = {
    c.Purpose.CDRP_NOTICE: c.Option.CDRP,
    c.Purpose.CDRP_UPDATE: c.Option.CDRP,
    c.Purpose.POLICE: c.Option.POLICE,
    c.Purpose.POLICE_INFORMATION: c.Option.POLICE,
    c.Purpose.SUPPORT: c.Option.SUPPORT,
    c.Purpose.HOMELESSNESS: c.Option.HOMELESSNESS,
    c.Purpose.OTHER_LANDLORD: c.Option.AGENCY,
    c.Purpose.DIRECTOR: c.Option.AGENCY,
    c.Purpose.FORUM: c.Option.AGENCY,
}
"""Which answer of the victim's each rests on. Safeguarding waits for nobody's, so no answer calls it back."""
BEGIN = "The victim said no after "
RECORD = re.compile(r"Consents [^,\s]+")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One thing told that the victim has since said no to."""

    row: Referral
    refused_at: datetime
    words: str

    @property
    def was_rung(self) -> bool:
        """Whether staff asked the partner to stop since: what they asked on an earlier day was about an earlier no."""
        asked = self.row.stop_asked_at
        return asked is not None and asked.astimezone(LONDON).date() >= self.refused_at.astimezone(LONDON).date()

    @property
    def is_confirmed(self) -> bool:
        """Whether staff entered since that the partner confirmed, by the audit where it tells."""
        entered = self.row.confirmed_recorded_at or self.row.confirmed_at
        asked_at = min(filter(None, (self.refused_at, self.row.recall_sent_at)))
        return entered is not None and entered >= asked_at


@once
def taken_back(case: Case, office: Office, now: datetime) -> tuple[TakenBack, ...]:
    """Each thing told by name, or by hand, before a no that stands now. Records brought over are left out: what was
    told, and what was answered, carry the day of the import.
    """
    found: list[TakenBack] = []
    for row in case.referrals:
        if case.imported and not row.sent_under:
            continue
        told = min(filter(None, (row.by_hand_at, _told_at(row) if row.state in GONE else None)), default=None)
        incident = told_of(case, row) or (case.incidents[0] if case.incidents else None)
        if told is None or row.form is c.ReferralForm.STATISTICAL or _on_override(row):
            continue
        if incident and _named(case, row, incident):
            noes = [x.since for x in _answers(case, row, incident, office, now) if x.says is Says.NO]
        else:  # whoever was named, or the incident, is deleted: the answer that it rested on still says no
            noes = [no_since(x) for x in _rested_on(case, row)]
        refused = [at for at in noes if at and at >= told]
        if refused:
            who, how = row.whom or "a partner", "by hand" if row.by_hand_at else "by name"
            when = say(row.by_hand_at or row.sent_at or told)
            found.append(TakenBack(row, max(refused), f"{BEGIN}{who} was told {how} on {when}"))
    return tuple(found)


def sentences(case: Case, office: Office, now: datetime) -> list[str]:
    """What a person must do about each: it goes once they say when they asked the partner to stop."""
    return [
        f"Referrals {each.row.id}: {each.words}: ring them and ask them to stop and delete, then enter Partner asked "
        "to stop at."
        for each in taken_back(case, office, now)
        if not each.was_rung and each.row.state not in c.CALLED_BACK
    ] + [
        f"Referrals {row.id}: it went for {whose}, and its Case was changed since: put Case right, or a no there does "
        "not call it back."
        for row in case.referrals
        if row.sent_under and (whose := (row.key or "").partition("/")[0]) not in ("", case.reference)
    ]


def effects(case: Case, office: Office, now: datetime) -> Iterator[Write]:
    """The referral's Why, and a development for each (kept whatever becomes of the answer)."""
    back = {each.row.id: each for each in taken_back(case, office, now)}
    for row in case.referrals:
        each, why = back.get(row.id), row.why or ""
        if each:
            words = f"{each.words}. {_since(each)}"
        elif why.startswith(BEGIN):
            words = "The victim agrees again."
        else:
            continue
        if words != why:
            yield Write("Referrals", row.key or f"{case.reference}/referral-{row.id}", {"Why": words}, record=row.id)
        key = f"{case.reference}/told-before-the-no/referral-{row.id}"
        if each and key not in case.development_keys:
            yield Write("Developments", key, {
                "Key": key, "Case": (case.id,), "Happened at": min(each.refused_at, now),
                "Development": "A victim said no after a partner was told",
                "Detail": f"Referrals {row.id}: {each.words}.",
            })  # fmt: skip


def _since(each: TakenBack) -> str:
    """What was done about it since, or must be."""
    row = each.row
    if row.recall_acknowledged_at and row.state is State.RECALLED:
        return f"The partner confirmed {say(row.recall_acknowledged_at)} that they stopped."
    if row.recall_sent_at and row.state is State.RECALL_SENT:
        return f"A recall went to them {say(row.recall_sent_at)}; they have not confirmed it yet."
    if row.stop_asked_at and each.was_rung:
        return f"The partner was asked to stop {say(row.stop_asked_at)}."
    return "Ring them: ask them to stop and delete."


def _told_at(row: Referral) -> datetime | None:
    """When they were told. Where their answer alone says that it went, it was some time since the row was made."""
    return row.created_at if row.sent_at and row.sent_at == row.acknowledged_at else row.sent_at


def _on_override(row: Referral) -> bool:
    """Whether it rested on two managers' override and on nobody's answer: then none calls it back."""
    on = row.consent or ""
    return "Overrides " in on and RECORD.search(on) is None


def told_of(case: Case, row: Referral) -> Incident | None:
    """Which incident it tells of: by its key where that says so, whatever Incident was pointed at since."""
    number = of_incident(row.key or "")
    return next((i for i in case.incidents if i.number == number), None) or case.incident_of(row.incident_id)


def _answers(case: Case, row: Referral, incident: Incident, office: Office, now: datetime) -> Iterator[Standing]:
    """Where the answers stand of everybody who was named, or may have been: to what Purpose says now, and to what it
    rested on when it went.
    """
    partner = office.partner_called(row.whom)
    # Who got it is not in the office base under that name any more, so a no to whatever name may be a no to them.
    told = partner.name if partner else (None if row.handed_to else row.whom)
    now_on = OPTIONS.get(row.purpose) if row.purpose else None
    for option in dict.fromkeys(filter(None, (now_on, *(x.option for x in _rested_on(case, row))))):
        for victim in _named(case, row, incident):
            yield standing(case, option, victim, incident, now, organisation=told)
            if option is c.Option.CDRP and partner and partner.is_police:
                yield standing(case, c.Option.POLICE, victim, incident, now)


def _rested_on(case: Case, row: Referral) -> list[Consent]:
    """The answers that it rested on, which is ours to keep."""
    on = RECORD.findall(row.consent or "")
    return [x for x in case.consents if f"Consents {x.id}" in on]


def _named(case: Case, row: Referral, incident: Incident) -> tuple[Person, ...]:
    """The victims whose agreement it rested on, of whichever incident; the person it was about; where neither is told,
    every victim.
    """
    victims = victims_of(case, incident)
    known = {f"Consents {x.id}": x.victim_id for x in case.consents}
    on = [known.get(each) for each in RECORD.findall(row.consent or "")]
    theirs = (*victims, *(p for p in case.people if p.id in on and p not in victims))
    named = tuple(v for v in theirs if v.id in (*on, row.person_id))
    return named if named and None not in on else theirs
