"""Ready: a referral, or what follows one, read again from the platform and decided again, the moment before it goes.

In: a delivery that decide() asked for, the bases, the ways out. Out: what may go and how, or cells that say why not.
Never here: a form, a partner, a recipient or a Decision remembered from before; the handing over (delivery.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from automations.allocation import placed
from automations.calendar import LONDON
from automations.consent import same_words
from automations.effects import Deliver
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.faults import refuse_the_impossible
from automations.model import Area, Case, Disclosure, Incident, Partner, Referral
from automations.outbox.disclosing import disclosure as for_partner
from automations.outbox.purposes import RULES, Whose
from automations.outbox.recalls import asked_by, owed
from automations.outbox.rows import grounds
from automations.outbox.standing import undecided
from automations.outbox.ways_out import Outlet, Packed, Ready, Unready
from automations.ports import Platform, Transport
from automations.reading import Cases, office
from automations.receipts import may_have_left, sent_before
from automations.referrals import to_be_replaced, where
from automations.rests import PAUSES
from automations.rules import Rules
from automations.tokens import Tokens
from schema import choices as c

State = c.ReferralState
NO_NAMES = (
    "What names somebody may not go by this way, whose destination keeps it unencrypted: give the partner another "
    "destination, or tell them another way."
)
OF_A_TRY = ("What left", "Fingerprint", "Sent under", "Handed to", "Went to")
"""Cells that tell of something that left, or may have."""
ELSEWHERE = "Where their messages go now is not where it went (Went to), so nothing follows it there: ring them."
NO_PURPOSE = "Purpose is blank, so what follows it cannot be made: put Purpose back, or ring them."
NOT_CORRECTED = "What is right may not be told in that form now, so no correction goes: ring them."


@dataclass(frozen=True, slots=True)
class _Read:
    """What was just read."""

    now: datetime
    rules: Rules
    case: Case
    row: Referral
    incident: Incident


class Readings:
    """Reads and decides again."""

    def __init__(self, platform: Platform, outlet: Outlet, tokens: Tokens) -> None:
        self._platform = platform
        self._outlet = outlet
        self._tokens = tokens
        self._cases = Cases(platform)

    def read(self, effect: Deliver, now: datetime, ours: str = "") -> Ready | Unready | None:
        """What may go now, by the bases as they stand. None: nothing is owed any more, and nothing to be said of it.

        `ours` is the token that we hold, if any, and that nobody held before: nothing has left under it.
        """
        with self._platform.one_look():
            return self._read(effect, now, ours)

    def _read(self, effect: Deliver, now: datetime, ours: str) -> Ready | Unready | None:
        case, rules = self.case(effect.case_id, now)
        row = next((r for r in case.referrals if r.key == effect.row_key), None) if case else None
        incident = case.incident_of(effect.incident.id) if case else None
        if case is None or row is None or incident is None:
            return None
        found = _Read(now, rules, case, row, incident)
        return self._following(found, effect) if effect.follows else self._message(found, ours)

    def case(self, id: str, now: datetime) -> tuple[Case | None, Rules]:
        """The case as it stands, and the rules of the office as it stands. None: it is gone, or cannot be read."""
        rules = Rules(office(self._platform, now, self._cases.histories))
        found = next(iter(self._cases.some([id], rules.office)), None)
        return (placed(refuse_the_impossible(found, now)[0], rules.office)[0] if found else None), rules

    def look(self, case: Case, row: Referral, rules: Rules, now: datetime) -> Ready | Unready | None:
        """What would go of a row, or of one that is not there yet, by the same readings. Only somebody's Decision, or
        the day of its batch, may still be missing: whoever decides looks first. It writes nothing.
        """
        incident = case.incident_of(row.incident_id)
        return self._message(_Read(now, rules, case, row, incident), "", looking=True) if incident else None

    def _message(self, of: _Read, ours: str, *, looking: bool = False) -> Ready | Unready | None:
        row = of.row
        line = where(of.case, replace(row, packs=()), of.incident, of.rules, of.now)
        if line is None:
            return None
        says, partner = line.says, line.partner
        goes = line.goes or (looking and line.state is State.READY)
        may = says.form if goes or line.state is State.HELD else None
        if cells := self._went_otherwise(row, replace(says, form=may), _place(partner), ours):
            return Unready(row, cells)
        if says.form is None or partner is None or not goes:
            nothing = dict.fromkeys(OF_A_TRY) if says.form is None else {}
            return Unready(row, {"State": line.state, "Form": says.form, "Why": says.why, "Goes at": line.goes_at,
                                 "Consent": grounds(says) or None, "Try again at": None, **nothing})  # fmt: skip
        way = self._way(partner, of.now)
        if isinstance(way, dict):
            return Unready(row, {"State": State.FAILED, **way})
        if says.form is c.ReferralForm.IDENTIFIED and not way.carries_names:
            return Unready(row, {"State": State.FAILED, "Answer": NO_NAMES, "Try again at": of.now + PAUSES[-1]})
        token = token_of(row.key or "", says.form)
        says = replace(says, key=token, replaces=self._replaces(of))
        packed = self._packed(lambda: self._outlet.packer.message(*self._told(of, says)), of.now)
        if isinstance(packed, dict):
            return Unready(row, {"State": State.FAILED, **packed})
        return Ready(row, token, packed, way, partner.destination or "", (partner.recipient or "").strip(),
                     says.partner, form=says.form, why=says.why, by=line.by, people=of.case.people,
                     consent=", ".join((*says.rests_on, *_read_at(says))))  # fmt: skip

    def _following(self, of: _Read, effect: Deliver) -> Ready | Unready | None:
        """A recall, which names nobody, or a correction, which is told as a message would be now. It goes to
        whoever got what it follows, by the same way.
        """
        row, case, incident = of.row, of.case, of.incident
        partner = of.rules.office.partner_called(row.whom)
        what = owed(case, of.rules.office, row, of.now)
        if not what or what != effect.follows or partner is None or partner.is_off or partner.held:
            return None
        if row.went_to not in (None, _place(partner)):
            return Unready(row, {"Answer": ELSEWHERE, "Try again at": of.now + PAUSES[-1]})
        way, under, purpose = self._way(partner, of.now), row.sent_under or "", row.purpose
        if isinstance(way, dict):
            return Unready(row, way)
        if purpose is None:
            return Unready(row, {"Answer": NO_PURPOSE, "Try again at": of.now + PAUSES[-1]})
        says: Disclosure | None = None
        if what == "recall":
            by = asked_by(case, of.rules.office, row, of.now)
            packed = self._packed(lambda: self._outlet.packer.recall(case, incident, purpose, under, by), of.now)
        elif why := _not_decided(of):
            return Unready(row, {"Answer": f"No correction goes yet. {why}", "Try again at": of.now + PAUSES[2]})
        else:
            says = for_partner(case, purpose, incident, case.person(row.person_id), partner, of.rules, of.now)
            names_by_an_open_way = says.form is c.ReferralForm.IDENTIFIED and not way.carries_names
            if says.form is None or says.form is not row.form or names_by_an_open_way:
                return Unready(row, {"Answer": NOT_CORRECTED, "Try again at": of.now + PAUSES[-1]})
            says = replace(says, key=effect.key, replaces=self._replaces(of))
            packed = self._packed(lambda: self._outlet.packer.correction(*self._told(of, says), under), of.now)
        if isinstance(packed, dict):
            return Unready(row, packed)
        return Ready(row, effect.key, packed, way, partner.destination or "", (partner.recipient or "").strip(),
                     partner.name, follows=what, people=case.people)  # fmt: skip

    def _told(self, of: _Read, says: Disclosure) -> tuple[Case, Incident, Disclosure, Area, str, str | None]:
        """What a message is made from, without what the area's partnership has agreed not to be sent."""
        area = of.case.area_is or Area(id="", created_at=of.now)
        incident = _as_agreed(of.incident, area) if RULES[says.purpose].whose is Whose.NOTICE else of.incident
        says = replace(says, answer_by=_ahead(says.answer_by, of.row))
        return of.case, incident, says, area, (of.row.words or "").strip(), of.row.person_id

    def _replaces(self, of: _Read) -> str:
        return to_be_replaced(of.case, of.incident, of.row) if of.row.purpose is c.Purpose.CDRP_NOTICE else ""

    def _way(self, partner: Partner, now: datetime) -> Transport | dict[str, Any]:
        """The transport to the partner's destination; what its row says where there is none of theirs."""
        way = self._outlet.way(partner)
        return {"Answer": way, "Try again at": now + PAUSES[2]} if isinstance(way, str) else way

    def _packed(self, pack: Callable[[], Packed], now: datetime) -> Packed | dict[str, Any]:
        """The bytes; what its row says where they cannot be made: one that cannot must not keep the others."""
        try:
            return pack()
        except TryAgainLater:
            raise
        except Exception as error:
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            return {"Answer": why, "Try again at": now + PAUSES[-1]}

    def _went_otherwise(self, row: Referral, says: Disclosure, place: str, ours: str) -> dict[str, Any]:
        """What the row says where the same thing left, or may have left, in another form, to another partner or to
        another place of the same one. Then nothing goes in this one: the row says which did, or that a person must
        ask (R-13).
        """
        same_partner = row.whom is None or (same_words(row.whom, says.partner) and row.went_to in (None, place))
        for other in c.ReferralForm:
            token = token_of(row.key or "", other)
            if (other is says.form and same_partner) or token == ours:
                continue
            if at := self._tokens.sent_at(token):
                return sent_before(other, at, row.fingerprint)
            if self._tokens.is_doubtful(token):
                return may_have_left(other)
        return {}


def token_of(key: str, form: c.ReferralForm) -> str:
    """The send token of a referral in that form."""
    return f"{key}/{form.name.lower()}"


def _place(partner: Partner | None) -> str:
    """Where this partner's messages go now."""
    return f"{partner.destination or ''} {(partner.recipient or '').strip()}".strip() if partner else ""


def _not_decided(of: _Read) -> str:
    """Why nobody decided on the record as it stands now; "" where somebody did, or where it goes by itself (R-25)."""
    rule = RULES.get(of.row.purpose) if of.row.purpose else None
    if rule is None or rule.sent_by_itself:
        return ""
    return undecided(of.case, of.row, rule, of.incident, of.now)


def _ahead(by: date | None, row: Referral) -> date | None:
    """The day by which they are asked to act, unless it had passed when the row was decided on. What was decided goes
    as it was, however long the partner is down: a retry is the same bytes.
    """
    then = row.sent_at or row.decided_at
    return by if by and then and then.astimezone(LONDON).date() <= by else None


def _as_agreed(incident: Incident, area: Area) -> Incident:
    """The incident without what this area's partnership has agreed not to be sent."""
    account = None if c.FieldGroup.ACCOUNT in area.left_out else incident.account
    reference = None if c.FieldGroup.POLICE_REFERENCE in area.left_out else incident.police_reference
    return replace(incident, account=account, police_reference=reference)


def _read_at(says: Disclosure) -> list[str]:
    return [f"{b.record}, read {b.read_at.astimezone(LONDON):%d/%m/%Y at %H:%M:%S}" for b in says.named]
