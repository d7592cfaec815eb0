"""Standing: where a referral that has not gone stands now, and whether it may go this minute.

In: a case just read, the row, the rules, the moment. Out: a state with its reason, and what may be told.
Never here: what became of a try (receipts.py); a Decision that no audit names an author for (R-25).
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from automations.calendar import LONDON, Calendar, in_words
from automations.consent import same_words, victims_of
from automations.model import Area, Case, Disclosure, Incident, Partner, Referral
from automations.outbox.disclosing import disclosure
from automations.outbox.purposes import RULES, Rule, Whose
from automations.refusals import remembered
from automations.rules import Rules, may_decide
from schema import choices as c

State, Decision = c.ReferralState, c.ReferralDecision
TO_GO = (None, State.WAITING, State.REFUSED, State.NOT_READY, State.HELD, State.READY, State.SENDING, State.FAILED,
         State.STOPPED, State.NOT_SENT, State.BY_HAND)  # fmt: skip
"""States from which a row may still go."""
QUEUED = (State.HELD, State.READY, State.SENDING, State.FAILED, State.STOPPED)
UNDER_WAY = (State.SENDING, State.FAILED)
"""States in which something may have left."""
TELL_THEM = " Do what the file in Pack says; then attach the confirmation in Proof, and enter Made by hand at."
"""What Why says, after the rest, of what may go by hand."""
SAY_THE_PURPOSE = "Say the Purpose."
NOTICE = "/notify_cdrp/"
"""In the key of every notice to the partnership."""
BATCH_AT = time(9, tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where it stands. `goes`: it may be handed over now. `by`: who decided so, where a person did."""

    state: c.ReferralState
    says: Disclosure
    partner: Partner | None = None
    goes: bool = False
    goes_at: datetime | None = None
    by: str = ""

    @property
    def why(self) -> str:
        """The reason, in a sentence."""
        return self.says.why


def stands(case: Case, row: Referral, rules: Rules, now: datetime) -> Stands | None:
    """Where a referral stands, but the partnership's notice (referrals.py has that). None: it is nothing of ours."""
    rule = RULES.get(row.purpose) if row.purpose else None
    if row.by_hand_at or row.state not in TO_GO or is_a_notice(row):
        return None
    if rule is None and (row.key or row.decision):
        return not_to_go(row) or Stands(State.NOT_READY, _nothing(row, SAY_THE_PURPOSE))
    if rule is None or rule.sent_by_itself:
        return None
    partner = rules.office.partner_called(row.partner)
    reachable = partner is not None and bool(partner.destination)
    if not (row.key or row.decision or reachable):
        return None
    incident = case.incident_of(row.incident_id)
    if kept := not_to_go(row):
        return kept
    about = case.person(row.person_id)
    if incident is None or (row.person_id and about is None):
        why = "Say which incident it is about." if incident is None else "Person is not on this case: put it right."
        return Stands(State.NOT_READY, _nothing(row, why))
    if why := _told_already(case, row, incident):
        return Stands(State.NOT_READY, _nothing(row, why), partner)
    says = disclosure(case, rule.purpose, incident, about, partner, rules, now)
    if says.form and not reachable:
        why = "This partner has no destination: tell them another way, and enter Made by hand at."
        says = replace(says, form=None, why=why, refused=False, waits=False)
    if says.form is None or partner is None:
        return Stands(kept_back(row, says), says, partner)
    line = in_line(row, partner, case.area_is, says, rules.calendar(case), now)
    if why := undecided(case, row, rule, incident, now):
        return replace(line, goes=False, says=replace(line.says, why=why) if line.state is State.READY else line.says)
    return replace(line, by=_who(row))


def kept_back(row: Referral | None, says: Disclosure) -> c.ReferralState:
    """The state of what may not go. Whoever said no is not asked again, and what nobody's answer holds up is a person's
    to put right (R-12, R-19).
    """
    if says.refused:
        return State.STOPPED if row is not None and row.state in QUEUED else State.REFUSED
    return State.WAITING if says.waits else State.NOT_READY


def is_a_notice(row: Referral) -> bool:
    """Whether the row is one of the partnership's notices, whatever Purpose says: referrals.py keeps those."""
    return NOTICE in (row.key or "")


def is_first_notice(row: Referral) -> bool:
    """Whether it is the first notice of an incident, which referrals.py tells of in the chronology."""
    return is_a_notice(row) and "/identified" not in (row.key or "")


def not_to_go(row: Referral) -> Stands | None:
    """Where it stands once staff decided that it is not to be sent: a no counts whoever set it. None: they did not."""
    if row.decision is not Decision.DO_NOT:
        return None
    because = (row.not_sent_because or "").strip()
    return Stands(State.NOT_SENT, _nothing(row, because or "Say why in Not sent: reason."), by=_who(row))


def _nothing(row: Referral, why: str) -> Disclosure:
    return Disclosure(purpose=row.purpose or c.Purpose.CDRP_NOTICE, partner=row.partner or "", form=None, why=why)


def _told_already(case: Case, row: Referral, incident: Incident) -> str:
    """Why a second row would tell the same partner the same thing, as one that was copied would; "" where it does not.

    While a recall has no answer nothing goes there: they must not be told to delete what they were just sent.
    """
    for x in case.referrals:
        same = x.id != row.id and x.purpose is row.purpose and case.incident_of(x.incident_id) == incident
        if not same or x.person_id != row.person_id or not same_words(x.whom, row.partner or ""):
            continue
        if x.state is State.RECALL_SENT:
            return f"The recall of Referrals {x.id} is not confirmed yet."
        if x.state in (State.SENT, State.STATISTICS_SENT, State.ACKNOWLEDGED, *UNDER_WAY) and (
            same_words(x.words, row.words or "")
        ):  # fmt: skip
            return f"Referrals {x.id} tells this partner the same: write what is new, or set Decision to Do not send."
    return ""


def in_line(
    row: Referral | None, partner: Partner, area: Area | None, says: Disclosure, calendar: Calendar, now: datetime
) -> Stands:
    """Where something that may be told stands: held for a second person, waiting for its batch, or ready to go."""
    batch = area is not None and area.sends is c.Arrangement.MONTHLY and RULES[says.purpose].whose is Whose.NOTICE
    kept = row.goes_at if row is not None and row.state in QUEUED else None
    at = (kept or batch_after(now, calendar)) if batch else None
    if partner.held:
        return Stands(State.HELD, replace(says, why=partner.held), partner, goes_at=at)
    if at is not None and at > now:
        why = f"{says.why} It goes with the monthly batch on {in_words(at.astimezone(LONDON).date())}."
        return Stands(State.READY, replace(says, why=why), partner, goes_at=at)
    if row is not None and row.packs:
        says = replace(says, why=f"{says.why}{TELL_THEM}")
    return Stands(State.READY, says, partner, goes=True, goes_at=at)


def batch_after(now: datetime, calendar: Calendar) -> datetime:
    """When the next monthly batch goes: nine o'clock in London on the first working day of the next month."""
    here = now.astimezone(LONDON).date()
    last = (here.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    first = calendar.after(datetime.combine(last, BATCH_AT), 1).at.date()
    return datetime.combine(first, BATCH_AT)


def undecided(case: Case, row: Referral, rule: Rule, incident: Incident, now: datetime) -> str:
    """Why nobody's Decision sends it yet, or puts it right as it stands now; "" where one does. A victim's no ends what
    was decided before it (R-13), and somebody who has left sends nothing more.
    """
    if rule.needs_words and not (row.words or "").strip():
        return "It may go once Words for the partner say what is asked. Then set Decision."
    if row.decision is None:
        return "It may go. Look it over and set Decision."
    if row.decided_by is None or row.decided_at is None:
        return "The platform's audit names no member of staff for the Decision, so it does not count."
    if row.decided_by.has_left:
        return "Whoever set the Decision has left: take it away and set it again."
    if row.altered:
        return f"{row.altered} was changed after the Decision: take it away and set it again."
    if rule.sent_by_manager and not may_decide(case, row.decided_by):
        return "A line manager who is not the case's own officer sets this Decision."
    return _refused_since(case, rule.option, incident, row.decided_at, now) if rule.option else ""


def _refused_since(case: Case, option: c.Option, incident: Incident, decided_at: datetime, now: datetime) -> str:
    victims = victims_of(case, incident)
    rows = [x for x in case.consents if x.option is option and x.victim_id in (None, *(v.id for v in victims))]
    noes = [at for x in rows for at in (x.last_refused_at, x.refused_unseen_at) if at]
    noes += [at for v in victims for at in remembered(case, option, v, incident, organisation=None, about=None)]
    if any(at > decided_at for at in noes):
        return "A victim said no after the Decision: look it over, take it away and set it again."
    last_days = [x.holds_until for x in rows if x.holds_until]
    if any(decided_at.astimezone(LONDON).date() <= day < now.astimezone(LONDON).date() for day in last_days):
        return "The agreement ended after the Decision: look it over, take it away and set it again."
    return ""


def _who(row: Referral) -> str:
    return (row.decided_by.name if row.decided_by else None) or ""
