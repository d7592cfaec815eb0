"""Concerns: what went wrong elsewhere and must not here, by what the Housing Ombudsman has found.

In: a case (times in the future already left out). Out: since when each concern holds, or from when it will.
Never here: anything that blocks a step, moves a date or rings; a person's name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from automations.calendar import NotKnown, calendar_for
from automations.deadlines import say
from automations.evidence.shown import referral_gone
from automations.model import Case, Closure, Incident
from automations.rules import closed_at, set_aside
from automations.sent import was_posted
from schema import choices as c

SILENCE = timedelta(days=14)
"""The longest between two contacts that the procedure allows (6.0, A-09), for everything else too."""
TRIED_WITHIN = timedelta(days=28)
"""An attempt to reach the victim counts for a closing so long before it: the ten working days of A-23, and more."""
UNDECIDED = ASSESS = 5
"""Working days: what was asked is decided with its reason, and the risk is looked at."""

Moments = Iterable[datetime | None]


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to be warned of: what staff read, what puts it right, and who found that it goes wrong."""

    id: str
    says: str
    puts_right: str
    source: str
    since: Callable[[Case], datetime | None]
    """The moment from which it holds unless something is recorded; None where there is no ground for it."""
    while_open: bool = True
    """Whether it ends when the case is closed, or triage sets it aside."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern about one case, and since when."""

    concern: Concern
    since: datetime

    @property
    def text(self) -> str:
        """What staff read. It changes only with what is recorded, never with the hour."""
        told = f"{self.concern.says} It has been so since {say(self.since)}."
        return f"{told} {self.concern.puts_right} ({self.concern.source})"


def warnings(case: Case, now: datetime) -> list[Raised]:
    """The warnings that hold now, in the order of CONCERNS."""
    return [w for w in foreseen(case) if w.since <= now]


def foreseen(case: Case) -> Iterator[Raised]:
    """Every warning that holds, or will from its moment on if nothing is recorded until then."""
    over = closed_at(case) is not None or bool(set_aside(case))
    for concern in CONCERNS if case.incidents else ():
        since = None if over and concern.while_open else concern.since(case)
        if since is not None:
            yield Raised(concern, since)


def _silent(case: Case) -> datetime | None:
    """The last sign that anybody worked on it, and a fortnight more."""
    signs = [
        *(i.counts_from for i in case.incidents),
        *(x.happened_at or x.created_at for x in case.developments),
        *(x.at for x in case.contacts), *(x.happened_at for x in case.interviews if x.result not in UNHELD),
        *(x.held_at for x in case.reviews), *(x.sent_at for x in case.letters if was_posted(case, x)),
    ]  # fmt: skip
    return _latest(signs, SILENCE)


def _left_to_the_police(case: Case) -> datetime | None:
    """The police know or were asked, and neither before nor since has anything of ours happened for a fortnight.

    An incident whose victim has been told the findings is no longer left to anybody.
    """
    letters = [x for x in case.letters if x.kind is c.LetterKind.VICTIM_OUTCOME and was_posted(case, x)]
    told = [case.incident_of(x.incident_id) for x in letters]
    left = [known for i in case.incidents if i not in told and (known := _police_told(case, i))]
    ours = [
        *(x.happened_at for x in case.interviews if x.result is c.InterviewResult.HELD),
        *(x.done_at for x in case.repairs), *(x.called_at for x in case.rehousing), *(x.taken_at for x in case.legal),
        *(e.happened_at for x in case.referrals if x.purpose in HELP and (e := referral_gone(x))),
    ]  # fmt: skip
    return _latest([max(left), *ours], SILENCE) if left else None


def _police_told(case: Case, incident: Incident) -> datetime | None:
    rows = [x for x in case.referrals if x.purpose in POLICE and case.incident_of(x.incident_id) == incident]
    asked = [e.happened_at for x in rows if (e := referral_gone(x))]
    if incident.police_know is c.PoliceTold.YES:
        asked.append(incident.counts_from)
    return min(asked, default=None)


def _undecided(case: Case) -> datetime | None:
    """The first thing that was decided without its reason, or asked and not decided in a working week (HC-049)."""
    given = [x.decided_at or x.recorded_at for x in case.approvals if x.decision and not x.reason]
    asked = [x.asked_at or x.created_at for x in case.approvals if not x.decision]
    for x in case.legal:
        if x.decided and x.reason:
            continue
        if x.kind is c.LegalKind.DECISION or x.decided:
            given.append(x.asked_at or x.created_at)
        elif x.kind is c.LegalKind.STEP:
            given.append(x.taken_at or x.created_at)
        elif x.asked_at:
            asked.append(x.asked_at)
    return min([*given, *(_working_days(case, at, UNDECIDED) for at in asked)], default=None)


def _unheard(case: Case) -> datetime | None:
    """Closed by exception although nobody tried to reach the victim: then on somebody else's word (17.0, A-23)."""
    found = [at for x in case.closures if (at := x.closed_at) and x.exception and not _heard(case, x, at)]
    return min(found, default=None) if case.victims else None


def _heard(case: Case, closure: Closure, closed: datetime) -> bool:
    tried = any(x.at and closed - TRIED_WITHIN <= x.at <= closed for x in case.contacts)
    return tried or closure.victim_agrees is c.Answer.YES


def _unassessed(case: Case) -> datetime | None:
    """Five working days from the first report, unless a risk assessment is on the case."""
    if any(x.assessed_at for x in case.risks):
        return None
    return _working_days(case, case.incidents[0].counts_from, ASSESS)


def _not_hate(case: Case) -> datetime | None:
    """Perception decides: whoever named a strand is believed, and somebody must be asked for one (HC-008, HC-066)."""
    if case.triage in (c.Triage.ATTACH, c.Triage.DUPLICATE):
        return None
    turned_down = case.triage is c.Triage.NOT_HATE
    doubtful = [i.created_at for i in case.incidents if bool(i.because_of) is turned_down]
    return min(doubtful, default=None)


def _latest(moments: Moments, after: timedelta) -> datetime | None:
    known = [at for at in moments if at]
    return max(known) + after if known else None


def _working_days(case: Case, at: datetime, days: int) -> datetime:
    """The first second after the end of that working day; never, while the bank holidays are not known that far."""
    try:
        return calendar_for(case.division).after(at, days).at + timedelta(seconds=1)
    except NotKnown:
        return datetime.max.replace(tzinfo=UTC)


UNHELD = (None, c.InterviewResult.BOOKED, c.InterviewResult.CANCELLED)
HELP = (c.Purpose.SUPPORT, c.Purpose.HOMELESSNESS, c.Purpose.SAFEGUARDING)
POLICE = (c.Purpose.POLICE, c.Purpose.POLICE_INFORMATION)
HABINTEG = "Housing Ombudsman, Habinteg, 2022"
LEARNING = "Housing Ombudsman, learning report on anti-social behaviour, 2024"

CONCERNS: tuple[Concern, ...] = (
    Concern("long_silence", "Nothing has been heard from us for 14 days.",
            "Speak to the victim, record it in Contacts, and say in Developments what is happening.",
            HABINTEG, _silent),
    Concern("left_to_the_police", "For 14 days everything has been left to the police.",
            "Do what is ours meanwhile: interview, repair, refer for support, and record it.",
            HABINTEG, _left_to_the_police),
    Concern("decision_without_record", "A decision has no record: what was decided, or why, is missing.",
            "Enter the decision and its reason in Legal or Approvals, also where it is to do nothing.",
            HABINTEG, _undecided, while_open=False),
    Concern("closed_unheard", "It was closed without the victim's agreement, and no attempt to reach them is recorded.",
            "Ask the victim, record each attempt in Contacts, and open the case again if they do not agree.",
            HABINTEG, _unheard, while_open=False),
    Concern("no_risk_assessment", "Five working days after the first report no risk assessment is recorded.",
            "Look at the risk to the victim and record it in Risk assessments.",
            LEARNING, _unassessed),
    Concern("not_logged_as_hate", "It is not logged as a hate incident by what the victim or anybody else perceived.",
            "Ask what they think it was because of and enter it; where a reason was named, triage is Hate incident.",
            HABINTEG, _not_hate, while_open=False),
)  # fmt: skip
