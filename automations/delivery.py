"""Delivery: a referral handed to its partner, once in effect.

In: a delivery that decide() asked for. Out: the partner's receipt on the referral's row.
Never here: a form decided earlier. Office, case, consent and partner are read again from the platform first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from automations.allocation import placed
from automations.consent import same_words
from automations.effects import Deliver
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.faults import refuse_the_impossible
from automations.model import Area, Case, Disclosure, Incident, Referral
from automations.ports import Platform, Receipt, Transport
from automations.reading import Cases, office
from automations.referrals import MAY_GO, TOLD, disclosure, key_of
from automations.rules import Rules
from automations.tokens import Tokens
from schema import choices as c

log = logging.getLogger("casewatch")
State = c.ReferralState
PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long a partner that does not answer is left alone, try by try; then every hour."""

NOT_IN_SETTINGS = "The partner's destination is not in the settings: add it there."
SENT_BEFORE = "It was sent before (see Send tokens), so it was not sent again."
NOT_THEIRS = "By the settings that destination is another organisation's, so nothing goes there: put right which."


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


class Delivery:
    """Delivers one referral at a time."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._outlet = outlet
        self._clock = clock
        self._tokens = Tokens(platform, clock)
        self._cases = Cases(platform)

    def deliver(self, effect: Deliver) -> None:
        """Read again, decide again, take a token; read and decide once more, and send. Where one says no, nothing is.

        After the last reading nothing is asked or written before the bytes leave: a withdrawal entered while
        the notice was made ready is found.
        """
        found = self._ready(effect)
        if found is None:
            return
        if not self._tokens.take(found.says.key):
            if self._tokens.sent(found.says.key):
                self._write(found.row, {
                    "State": _told(found.says), "Form": found.says.form, "Answer": SENT_BEFORE,
                    "Sent at": self._tokens.taken_at(found.says.key), "Fingerprint": found.packed.fingerprint,
                })  # fmt: skip
            return
        self._write(found.row, {
            "State": State.SENDING, "Form": found.says.form, "Why": found.says.why, "Tries": found.row.tries + 1,
            "Consent": ", ".join(f"{b.record}, read {b.read_at:%Y-%m-%d %H:%M:%S} UTC" for b in found.says.named)
            or None,
            "What left": ", ".join(found.packed.fields), "Fingerprint": found.packed.fingerprint,
        })  # fmt: skip
        last = self._ready(effect)
        if last is None or (last.says.key, last.packed.fingerprint) != (found.says.key, found.packed.fingerprint):
            self._tokens.settle(found.says.key, "Not sent")
            return
        self._send(last, tries=found.row.tries)

    def _ready(self, effect: Deliver) -> "_Ready | None":
        """What may go now, by the bases as they stand. None where nothing may: the row then says why."""
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
        later = row.key != key_of(case, incident)
        if says.form is None or partner is None or area is None or (
            later and says.form is not c.ReferralForm.IDENTIFIED
        ):  # fmt: skip
            self._write(row, {"State": State.WAITING, "Form": None, "Why": says.why})
            return None
        transport = self._outlet.transports.get(partner.destination or "")
        if transport is None or not same_words(self._outlet.owners.get(partner.destination or ""), partner.name):
            self._write(row, {
                "State": State.FAILED, "Answer": NOT_IN_SETTINGS if transport is None else NOT_THEIRS,
                "Try again at": now + PAUSES[2],
            })  # fmt: skip
            return None
        replaces = first.key if first and later and first.state in TOLD and first.key else ""
        says = replace(says, key=f"{effect.key}/{says.form.name.lower()}", replaces=replaces)
        try:
            packed = self._outlet.pack(case, incident, says, area)
        except TryAgainLater:
            raise
        except Exception as error:  # a notice that cannot be made must not keep the others
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            self._write(row, {"State": State.FAILED, "Answer": why, "Try again at": now + PAUSES[-1]})
            return None
        return _Ready(row, says, packed, transport)

    def _send(self, ready: "_Ready", tries: int) -> None:
        now, row, key = self._clock(), ready.row, ready.says.key
        try:
            receipt = ready.transport.deliver(ready.packed.body, ready.packed.key)
        except TryAgainLater as error:
            asked = getattr(error, "retry_after", None)
            pause = timedelta(seconds=asked) if asked else PAUSES[min(tries, len(PAUSES) - 1)]
            log.warning("A partner does not answer; the notice waits.")
            self._write(row, {"State": State.FAILED, "Answer": error.detail, "Try again at": now + pause})
            return
        except CaseworkError as error:
            self._tokens.settle(key, "Not sent")
            self._write(row, {"State": State.FAILED, "Answer": error.detail, "Try again at": now + PAUSES[-1]})
            return
        except Exception as error:  # it may have arrived: the same key takes it only once
            self._write(row, {"State": State.FAILED, "Answer": unforeseen(error), "Try again at": now + PAUSES[-1]})
            return
        # The receipt first: cut off before the token is settled, the row says that it went and no more is sent.
        self._write(row, _received(receipt, ready.says, now, tried_before=tries > 0))
        if receipt.accepted or tries == 0:
            self._tokens.settle(key, "Sent" if receipt.accepted else "Not sent")

    def _write(self, row: Referral, cells: dict[str, Any]) -> None:
        self._platform.update("Referrals", [(row.id, cells)])


def _received(receipt: Receipt, says: Disclosure, now: datetime, tried_before: bool) -> dict[str, Any]:
    """The row after an answer: told by name, for statistics, or refused.

    A refusal after a try whose answer was lost may mean that the partner has that one: a person decides.
    """
    if not receipt.accepted:
        return {
            "State": State.UNKNOWN if tried_before else State.REJECTED,
            "Answer": receipt.reason or "The partner refused it.",
            "Try again at": None,
        }
    return {
        "State": _told(says), "Sent at": now, "Answer": "Accepted",
        "Partner's reference": receipt.reference or None, "Try again at": None,
    }  # fmt: skip


def _told(says: Disclosure) -> State:
    return State.STATISTICS_SENT if says.form is c.ReferralForm.STATISTICAL else State.SENT
