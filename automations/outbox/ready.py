"""Ready: a referral, or what follows one, read again from the platform and decided again, the moment before it goes.

In: a delivery that decide() asked for, the bases, the ways out. Out: what may go and how, or cells that say why not.
Never here: a form, a partner, a recipient or a Decision remembered from before; the handing over (delivery.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from automations.allocation import placed
from automations.calendar import LONDON
from automations.consent import same_words
from automations.effects import Deliver
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.faults import refuse_the_impossible
from automations.model import Area, Case, Disclosure, Incident, Partner, Person, Referral
from automations.outbox.disclosing import disclosure as of_any_purpose
from automations.outbox.purposes import RULES, Whose
from automations.outbox.recalls import CHASED_AFTER, owed
from automations.outbox.rows import grounds
from automations.ports import Platform, Transport
from automations.reading import Cases, office
from automations.receipts import may_have_left, sent_before
from automations.referrals import disclosure, to_be_replaced, where
from automations.rests import PAUSES
from automations.rules import Rules
from automations.tokens import Tokens
from schema import choices as c

State = c.ReferralState
NOT_IN_SETTINGS = "The partner's destination is not in the settings: add it there."
NOT_THEIRS = "By the settings that destination is another organisation's, so nothing goes there: put right which."
NO_NAMES = (
    "What names somebody may not go by this way, whose destination keeps it unencrypted: give the partner another "
    "destination, or tell them another way."
)
OF_A_TRY = ("What left", "Fingerprint", "Sent under", "Handed to")
"""Cells that tell of something that left, or may have."""
CHANGED_FORM = "The record may not be told as it was any more, so no correction goes: ring them."


class Packed(Protocol):
    """Bytes that may leave, what they hold, and a key for them that tells the partner nothing."""

    @property
    def body(self) -> bytes: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def key(self) -> str: ...


class Packer(Protocol):
    """Makes what leaves: of the incident, what may be told now, an officer's words, whom the row's Person names."""

    def message(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: Person | None
    ) -> Packed:
        """The message of the disclosure's purpose."""

    def correction(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: Person | None,
        row: Referral,
    ) -> Packed:  # fmt: skip
        """The record as it should be, for whoever got the referral of that row."""

    def recall(self, case: Case, incident: Incident, row: Referral, by: date) -> Packed:
        """The referral of that row called back, to be done by that day. It names nobody."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The ways out: a transport by the partner's destination, whose each destination is, and the one packer."""

    transports: Mapping[str, Transport]
    owners: Mapping[str, str]
    """The organisation behind each destination, by the settings: a Partner row cannot point at another's (R-26)."""
    packer: Packer


@dataclass(frozen=True, slots=True)
class Ready:
    """Something that may go, and the way it goes."""

    row: Referral
    token: str
    packed: Packed
    transport: Transport
    destination: str
    to: str
    partner: str
    follows: str = ""
    form: c.ReferralForm | None = None
    why: str = ""
    consent: str = ""
    by: str = ""
    people: tuple[Person, ...] = ()
    """Everybody on the case: a word of the partner's that is a name of theirs is not kept."""

    @property
    def same_as(self) -> tuple[object, ...]:
        """What must not change between two readings: what goes, its bytes, to whom, and on whose word."""
        return self.token, self.packed.fingerprint, self.partner, self.destination, self.to, self.by


@dataclass(frozen=True, slots=True)
class Unready:
    """Something that may not go now, and what its row says instead."""

    row: Referral
    cells: dict[str, Any]


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
        rules = Rules(office(self._platform, now, self._cases.histories))
        case = next(iter(self._cases.some([effect.case_id], rules.office)), None)
        case = placed(refuse_the_impossible(case, now)[0], rules.office)[0] if case else None
        row = next((r for r in case.referrals if r.key == effect.row_key), None) if case else None
        incident = case.incident_of(effect.incident.id) if case else None
        if case is None or row is None or incident is None:
            return None
        found = _Read(now, rules, case, row, incident)
        return self._following(found, effect) if effect.follows else self._message(found, ours)

    def _message(self, of: _Read, ours: str) -> Ready | Unready | None:
        row = of.row
        line = where(of.case, replace(row, packs=()), of.incident, of.rules, of.now)
        if line is None:
            return None
        says, partner = line.says, line.partner
        may = says.form if line.goes or line.state is State.HELD else None
        if cells := self._went_otherwise(row, replace(says, form=may), ours):
            return Unready(row, cells)
        if says.form is None or partner is None or not line.goes:
            nothing = dict.fromkeys(OF_A_TRY) if says.form is None else {}
            return Unready(row, {"State": line.state, "Form": says.form, "Why": says.why, "Goes at": line.goes_at,
                                 "Consent": grounds(says) or None, "Try again at": None, **nothing})  # fmt: skip
        way = self._way(partner, of.now)
        if isinstance(way, dict):
            return Unready(row, {"State": State.FAILED, **way})
        if says.form is c.ReferralForm.IDENTIFIED and not way.carries_names:
            return Unready(row, {"State": State.FAILED, "Answer": NO_NAMES, "Try again at": of.now + PAUSES[-1]})
        token = token_of(row.key or "", says.form)
        replaces = to_be_replaced(of.case, of.incident, row) if row.purpose is c.Purpose.CDRP_NOTICE else ""
        says = replace(says, key=token, replaces=replaces)
        packed = self._packed(lambda: self._outlet.packer.message(*_told(of, says)), of.now)
        if isinstance(packed, dict):
            return Unready(row, {"State": State.FAILED, **packed})
        return Ready(row, token, packed, way, partner.destination or "", (partner.recipient or "").strip(),
                     says.partner, form=says.form, why=says.why, by=line.by, people=of.case.people,
                     consent=", ".join((*says.rests_on, *_read_at(says))))  # fmt: skip

    def _following(self, of: _Read, effect: Deliver) -> Ready | Unready | None:
        """A recall, which names nobody, or a correction, which names whom it may now. It goes to whoever got what it
        follows, by the same way.
        """
        partner = of.rules.office.partner_called(of.row.whom)
        what = owed(of.case, of.rules.office, of.row, of.now)
        if not what or what != effect.follows or partner is None or partner.is_off or partner.held:
            return None
        way = self._way(partner, of.now)
        if isinstance(way, dict):
            return Unready(of.row, way)
        by = of.rules.calendar(of.case).after(of.now, CHASED_AFTER).at.astimezone(LONDON).date()
        says = replace(_says_now(of, partner), key=effect.key)
        packer = self._outlet.packer
        if what == "recall":
            packed = self._packed(lambda: packer.recall(of.case, of.incident, of.row, by), of.now)
        elif says.form is None or says.form is not of.row.form:
            return Unready(of.row, {"Answer": f"{CHANGED_FORM} {says.why}", "Try again at": of.now + PAUSES[-1]})
        elif says.form is c.ReferralForm.IDENTIFIED and not way.carries_names:
            return Unready(of.row, {"Answer": NO_NAMES, "Try again at": of.now + PAUSES[-1]})
        else:
            packed = self._packed(lambda: packer.correction(*_told(of, says), of.row), of.now)
        if isinstance(packed, dict):
            return Unready(of.row, packed)
        return Ready(of.row, effect.key, packed, way, partner.destination or "", (partner.recipient or "").strip(),
                     partner.name, follows=what, people=of.case.people)  # fmt: skip

    def _way(self, partner: Partner, now: datetime) -> Transport | dict[str, Any]:
        """The transport to the partner's destination; what its row says where there is none of theirs."""
        way = self._outlet.transports.get(partner.destination or "")
        theirs = same_words(self._outlet.owners.get(partner.destination or ""), partner.name)
        if way is not None and theirs:
            return way
        return {"Answer": NOT_IN_SETTINGS if way is None else NOT_THEIRS, "Try again at": now + PAUSES[2]}

    def _packed(self, pack: Callable[[], Packed], now: datetime) -> Packed | dict[str, Any]:
        """The bytes; what its row says where they cannot be made: one that cannot must not keep the others."""
        try:
            return pack()
        except TryAgainLater:
            raise
        except Exception as error:
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            return {"Answer": why, "Try again at": now + PAUSES[-1]}

    def _went_otherwise(self, row: Referral, says: Disclosure, ours: str) -> dict[str, Any]:
        """What the row says where the same thing left, or may have left, in another form or to another partner. Then
        nothing goes in this one: the row says which did, or that a person must ask (R-13).
        """
        same_partner = row.whom is None or same_words(row.whom, says.partner)
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


def _says_now(of: _Read, partner: Partner) -> Disclosure:
    """What may be told now of what a row that went was about."""
    if of.row.purpose is None:
        return Disclosure(purpose=c.Purpose.CDRP_NOTICE, partner=partner.name, form=None, why="Its Purpose is blank.")
    if of.row.purpose is c.Purpose.CDRP_NOTICE:
        return disclosure(of.case, of.incident, of.rules, of.now)[0]
    about = of.case.person(of.row.person_id)
    return of_any_purpose(of.case, of.row.purpose, of.incident, about, partner, of.rules, of.now)


def _told(of: _Read, says: Disclosure) -> tuple[Case, Incident, Disclosure, Area, str, Person | None]:
    """What a message is made from, without the fields that its area's partnership has agreed not to be sent."""
    area = of.case.area_is or Area(id="", created_at=of.now)
    incident = _as_agreed(of.incident, area) if RULES[says.purpose].whose is Whose.NOTICE else of.incident
    says = replace(says, answer_by=_ahead(says.answer_by, of.row))
    return of.case, incident, says, area, (of.row.words or "").strip(), of.case.person(of.row.person_id)


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
