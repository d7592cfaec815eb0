"""Delivery: a referral handed to its partner, once in effect.

In: a delivery that decide() asked for. Out: the partner's receipt on the referral's row.
Never here: a form decided earlier. Office, case, consent and partner are read again from the platform first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from automations.effects import Deliver
from automations.errors import CaseworkError, TryAgainLater
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
    """The ways out: a transport by the partner's destination, and the one packer."""

    transports: Mapping[str, Transport]
    pack: Callable[[Case, Incident, Disclosure, Area], Packed]


class Delivery:
    """Delivers one referral at a time."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._outlet = outlet
        self._clock = clock
        self._tokens = Tokens(platform, clock)

    def deliver(self, effect: Deliver) -> None:
        """Read again, decide again, take a token, send, write the receipt. Where one says no, nothing is sent."""
        now = self._clock()
        rules = Rules(office(self._platform, now))
        case = next(iter(Cases(self._platform).some([effect.case_id], rules.office)), None)
        row = next((r for r in case.referrals if r.key == effect.key), None) if case else None
        incident = case.incident_of(effect.incident.id) if case else None
        if case is None or row is None or incident is None or row.state not in MAY_GO:
            return
        says, partner = disclosure(case, incident, rules, now)
        area = rules.office.area(case.area)
        if says.form is None or partner is None or area is None:
            self._write(row, {"State": State.WAITING, "Form": None, "Why": says.why})
            return
        transport = self._outlet.transports.get(partner.destination or "")
        if transport is None:
            self._write(row, {"Why": "The partner's destination is not in the settings: add it there."})
            return
        first = next((r for r in case.referrals if r.key == key_of(case, incident)), None)
        replaces = first.key if first and first.key != row.key and first.state in TOLD and first.key else ""
        says = replace(says, key=f"{effect.key}/{says.form.name.lower()}", replaces=replaces)
        self._send(row, case, incident, says, area, transport)

    def _send(
        self, row: Referral, case: Case, incident: Incident, says: Disclosure, area: Area, transport: Transport
    ) -> None:
        now = self._clock()
        try:
            packed = self._outlet.pack(case, incident, says, area)
        except CaseworkError as error:
            self._write(row, {"State": State.FAILED, "Why": error.detail, "Try again at": now + PAUSES[-1]})
            return
        key = says.key
        if not self._tokens.take(key):
            return
        self._write(row, {
            "State": State.SENDING, "Form": says.form, "Why": says.why, "Tries": row.tries + 1,
            "Consent": ", ".join(f"{b.record}, read {b.read_at:%Y-%m-%d %H:%M:%S} UTC" for b in says.named) or None,
            "What left": ", ".join(packed.fields), "Fingerprint": packed.fingerprint,
        })  # fmt: skip
        try:
            receipt = transport.deliver(packed.body, packed.key)
        except TryAgainLater as error:
            asked = getattr(error, "retry_after", None)
            pause = timedelta(seconds=asked) if asked else PAUSES[min(row.tries, len(PAUSES) - 1)]
            log.warning("A partner does not answer; the notice waits.")
            self._write(row, {"State": State.FAILED, "Answer": error.detail, "Try again at": now + pause})
            return
        except CaseworkError as error:
            self._tokens.settle(key, "Not sent")
            self._write(row, {"State": State.FAILED, "Answer": error.detail, "Try again at": now + PAUSES[-1]})
            return
        # The row first: cut off between the two, the row says what happened; the other way round nobody would know.
        self._write(row, _received(receipt, says, now, tried_before=row.tries > 0))
        self._tokens.settle(key, "Sent")

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
    statistical = says.form is c.ReferralForm.STATISTICAL
    return {
        "State": State.STATISTICS_SENT if statistical else State.SENT, "Sent at": now, "Answer": "Accepted",
        "Partner's reference": receipt.reference or None, "Try again at": None,
    }  # fmt: skip
