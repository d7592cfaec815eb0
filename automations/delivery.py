"""Delivery: a referral handed to its partner, once in effect.

In: a delivery that decide() asked for. Out: the partner's receipt on the referral's row.
Never here: a form decided earlier. Office, case, consent and partner are read again from the platform first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from automations.allocation import placed
from automations.calendar import LONDON
from automations.consent import same_words
from automations.effects import Deliver
from automations.errors import CaseworkError, NoReceipt, NotReached, TryAgainLater, unforeseen
from automations.faults import refuse_the_impossible
from automations.model import Area, Case, Disclosure, Incident, Referral
from automations.ports import Platform, Receipt, Transport
from automations.reading import Cases, office
from automations.receipts import in_short, may_have_left, received, sent_before
from automations.referrals import MAY_GO, TOLD, disclosure, key_of
from automations.rests import PAUSES, Rests
from automations.rules import Rules
from automations.tokens import Tokens
from schema import choices as c

log = logging.getLogger("casewatch")
State = c.ReferralState
NOT_IN_SETTINGS = "The partner's destination is not in the settings: add it there."
NOT_THEIRS = "By the settings that destination is another organisation's, so nothing goes there: put right which."
ANOTHER_WAITS = "The partner did not answer another notice, so this one waits as well."


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


@dataclass(frozen=True, slots=True)
class Outlet:
    """The ways out: a transport by the partner's destination, whose each destination is, and the one packer."""

    transports: Mapping[str, Transport]
    owners: Mapping[str, str]
    """The organisation behind each destination, by the settings: a Partner row cannot point at another's (R-26)."""
    pack: Callable[[Case, Incident, Disclosure, Area], Packed]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A notice that may go, and the way it goes."""

    row: Referral
    says: Disclosure
    packed: Packed
    transport: Transport
    destination: str

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What must not change between two readings: the notice and its form, its bytes, and to whom it goes."""
        return self.says.key, self.packed.fingerprint, self.says.partner


class Delivery:
    """Delivers one referral at a time."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._outlet = outlet
        self._clock = clock
        self._tokens = Tokens(platform, clock)
        self._cases = Cases(platform)
        self._rests = Rests()

    def begin(self) -> None:
        """A new pass: a partner that failed in the last one is tried again once it has rested."""
        self._rests.begin()

    def deliver(self, effect: Deliver) -> None:
        """Read again, decide again, take a token; read and decide once more, and send. Where one says no, nothing is.

        After the last reading nothing is asked or written before the bytes leave: a withdrawal entered while
        the notice was made ready is found.
        """
        found = self._ready(effect)
        if found is None or self._rests_now(found):
            return
        key = found.says.key
        doubtful = self._tokens.is_doubtful(key)
        if not self._tokens.take(key):
            if (at := self._tokens.sent_at(key)) and found.says.form:
                self._write(found.row, sent_before(found.says.form, at, found.row.fingerprint))
            return
        self._write(found.row, {
            "State": State.SENDING, "Form": found.says.form, "Why": found.says.why, "Tries": found.row.tries + 1,
            "Partner": found.says.partner,
            "Consent": ", ".join(f"{b.record}, read {_second(b.read_at)}" for b in found.says.named) or None,
            "What left": ", ".join(found.packed.fields), "Fingerprint": found.packed.fingerprint,
        })  # fmt: skip
        last = self._ready(effect, ours="" if doubtful else key)
        if last is None or last.same_as != found.same_as:
            self._not_sent(key, doubtful)
            return
        self._send(last, found.row.tries, doubtful)

    def _ready(self, effect: Deliver, ours: str = "") -> "_Ready | None":
        """What may go now, by the bases as they stand. None where nothing may: the row then says why.

        `ours` is the token that we hold, if any, and that nobody held before: nothing has left under it.
        """
        now = self._clock()
        rules = Rules(office(self._platform, now))
        case = next(iter(self._cases.some([effect.case_id], rules.office)), None)
        case = placed(refuse_the_impossible(case, now)[0], rules.office)[0] if case else None
        row = next((r for r in case.referrals if r.key == effect.key), None) if case else None
        incident = case.incident_of(effect.incident.id) if case else None
        if case is None or row is None or incident is None or row.state not in MAY_GO or case.imported:
            return None
        first = next((r for r in case.referrals if r.key == key_of(case, incident)), None)
        if row.by_hand_at or (first and first.by_hand_at):
            return None
        says, partner = disclosure(case, incident, rules, now)
        area = case.area_is
        if self._went_otherwise(row, says, ours):
            return None
        later = row.key != key_of(case, incident)
        if says.form is None or partner is None or area is None or (
            later and says.form is not c.ReferralForm.IDENTIFIED
        ):  # fmt: skip
            self._write(row, {"State": State.WAITING, "Form": None, "Why": says.why, "Consent": None,
                              "What left": None, "Fingerprint": None, "Try again at": None})  # fmt: skip
            return None
        transport = self._outlet.transports.get(partner.destination or "")
        if transport is None or not same_words(self._outlet.owners.get(partner.destination or ""), partner.name):
            self._write(row, {
                "State": State.FAILED, "Answer": NOT_IN_SETTINGS if transport is None else NOT_THEIRS,
                "Try again at": now + PAUSES[2],
            })  # fmt: skip
            return None
        replaces = first.key if first and later and first.state in TOLD and first.key else ""
        says = replace(says, key=_token(effect.key, says.form), replaces=replaces)
        try:
            packed = self._outlet.pack(case, incident, says, area)
        except TryAgainLater:
            raise
        except Exception as error:  # a notice that cannot be made must not keep the others
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            self._write(row, {"State": State.FAILED, "Answer": why, "Try again at": now + PAUSES[-1]})
            return None
        return _Ready(row, says, packed, transport, partner.destination or "")

    def _went_otherwise(self, row: Referral, says: Disclosure, ours: str) -> bool:
        """Whether the same notice left, or may have left, in another form or to another partner. Then nothing goes in
        this one: the row says which did, or that a person must ask (R-13).
        """
        same_partner = row.partner in (None, says.partner)
        for other in c.ReferralForm:
            token = _token(row.key or "", other)
            if (other is says.form and same_partner) or token == ours:
                continue
            if at := self._tokens.sent_at(token):
                self._write(row, sent_before(other, at, row.fingerprint))
                return True
            if self._tokens.is_doubtful(token):
                self._write(row, may_have_left(other))
                return True
        return False

    def _rests_now(self, found: "_Ready") -> bool:
        """Whether the partner is left alone for now. The row then says until when."""
        now = self._clock()
        over = self._rests.over(found.destination, now)
        if over and over > now and (found.row.try_again_at is None or found.row.try_again_at < over):
            self._write(found.row, {"Answer": ANOTHER_WAITS, "Try again at": over})
        return over is not None

    def _send(self, ready: "_Ready", tries: int, doubtful: bool) -> None:
        """Hand over, and write what came of it. `doubtful`: an earlier try may have arrived, so nothing that comes
        of this one can tell that the partner has none.
        """
        row, key, there = ready.row, ready.says.key, ready.destination
        try:
            receipt = ready.transport.deliver(ready.packed.body, ready.packed.key)
        except TryAgainLater as error:
            log.warning("A partner does not answer; the notice waits.")
            if isinstance(error, NotReached):
                self._not_sent(key, doubtful)
            asked = getattr(error, "retry_after", None)
            again = self._rests.silent(there, self._clock(), tries, asked, ready.packed.key)
            self._write(row, {"State": State.FAILED, "Answer": in_short(error.detail), "Try again at": again})
            return
        except Exception as error:  # where nobody foresaw it, it may have arrived: the same key takes it only once
            if isinstance(error, CaseworkError) and not isinstance(error, NoReceipt):
                self._not_sent(key, doubtful)
            self._rests.failed(there)
            why = in_short(error.detail) if isinstance(error, CaseworkError) else unforeseen(error)
            self._write(row, {"State": State.FAILED, "Answer": why, "Try again at": self._clock() + PAUSES[-1]})
            return
        self._rests.answered(there)
        # The receipt first: cut off before the token is settled, the row says that it went and no more is sent.
        try:
            self._write(row, received(receipt, ready.says.form, self._clock(), doubtful))
        except CaseworkError:  # a drop-down lost the word for it: the token says it, and no more is sent
            self._settle(key, receipt, doubtful)
            raise
        self._settle(key, receipt, doubtful)

    def _settle(self, key: str, receipt: Receipt, doubtful: bool) -> None:
        if receipt.accepted:
            self._tokens.settle(key, "Sent")
        else:
            self._not_sent(key, doubtful)

    def _not_sent(self, key: str, doubtful: bool) -> None:
        if not doubtful:
            self._tokens.settle(key, "Not sent")

    def _write(self, row: Referral, cells: dict[str, Any]) -> None:
        self._platform.update("Referrals", [(row.id, cells)])


def _token(key: str, form: c.ReferralForm) -> str:
    return f"{key}/{form.name.lower()}"


def _second(at: datetime) -> str:
    """An instant to the second, on a clock in London."""
    return f"{at.astimezone(LONDON):%d/%m/%Y at %H:%M:%S}"
