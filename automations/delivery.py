"""Delivery: a referral, or what follows one, handed to its partner, once in effect.

In: a delivery that decide() asked for. Out: the partner's receipt on the referral's row.
Never here: a form decided earlier. Office, case, consent and partner are read again from the platform first (ready.py).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from automations.effects import Deliver, Show
from automations.errors import CaseworkError, NoReceipt, NotReached, TryAgainLater, unforeseen
from automations.just_read import TOO_SLOW, just_read
from automations.model import Referral
from automations.outbox.by_hand import told_by_hand
from automations.outbox.history import with_line
from automations.outbox.packs import gone
from automations.outbox.ready import Readings
from automations.outbox.ways_out import Outlet, Packed, Ready, Unready
from automations.ports import ByHand, Platform, Receipt
from automations.receipts import followed, followed_before, in_short, received, sent_before, unknown, without_names
from automations.rests import PAUSES, Rests
from automations.tokens import Tokens
from schema import choices as c

__all__ = ["Delivery", "Outlet", "Packed"]

log = logging.getLogger("casewatch")
State = c.ReferralState
ANOTHER_WAITS = "The partner did not answer another message, so this one waits as well."
HUNG = timedelta(minutes=10)
"""How long a try by a way that may count it twice is left alone before nobody can be said to be at it."""
A_DAY = timedelta(days=1)


class Delivery:
    """Delivers one referral at a time."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._clock = clock
        self._outlet = outlet
        self._tokens = Tokens(platform, clock)
        self._readings = Readings(platform, outlet, self._tokens)
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
        token = found.token
        by_hand = found.transport if isinstance(found.transport, ByHand) else None
        doubtful = self._tokens.is_doubtful(token)
        if doubtful and (by_hand or not found.transport.once):
            if self._tokens.is_doubtful(token, for_longer_than=HUNG):
                self._nobody_knows(found)
            return
        if by_hand is not None:
            if not self._went_before(found):
                cells = told_by_hand(self._platform, by_hand, found, lambda: self._ready(effect), self._clock())
                self._write(found.row, cells, found.by)
            return
        if not self._tokens.take(token, only_once=not found.transport.once):
            self._went_before(found)
            return
        if found.form:
            self._write(found.row, {
                "State": State.SENDING, "Form": found.form, "Why": found.why, "Tries": found.row.tries + 1,
                **({"Partner": found.partner} if found.row.purpose is c.Purpose.CDRP_NOTICE else {}), **gone(found.row),
                "Consent": found.consent or None, "What left": ", ".join(found.packed.fields),
                "Fingerprint": found.packed.fingerprint, "Sent under": found.packed.key, "Handed to": found.partner,
                "Went to": found.place,
            }, found.by)  # fmt: skip
        ours = "" if doubtful else token
        try:
            read = just_read(lambda: self._ready(effect, ours), self._clock)
        except Exception:  # nothing has left: another try may have a token
            self._not_sent(token, doubtful)
            raise
        if read is None:
            self._not_sent(token, doubtful)
            self._failed(found, TOO_SLOW, self._clock() + PAUSES[0], knows=True)
            return
        read_at, last = read
        if last is None or last.same_as != found.same_as:
            self._not_sent(token, doubtful)
            return
        self._send(last, read_at, found.row.tries, doubtful)

    def show(self, effect: Show) -> None:
        """Write on the row what would leave, by the same readings as for a sending, or why nothing would."""
        now = self._clock()
        case, rules = self._readings.case(effect.case_id, now)
        row = next((x for x in case.referrals if x.id == effect.record), None) if case else None
        if case is None or row is None or row.state is not State.READY:
            return
        found = self._readings.look(case, row, rules, now)
        if isinstance(found, Ready):
            words = self._outlet.packer.shown(found.packed)
        else:
            cells = found.cells if found else {}
            words = f"Nothing could leave now. {cells.get('Answer') or cells.get('Why') or ''}".strip()
        self._platform.update("Referrals", [(row.id, {"What would leave": f"{words}\n{effect.mark}"})])

    def _went_before(self, found: Ready) -> bool:
        """Whether it is known to have gone. The row then says so."""
        at, form, row = self._tokens.sent_at(found.token), found.form, found.row
        if at is not None:
            self._write(row, sent_before(form, at, row.fingerprint) if form else followed_before(found.follows, at))
        return at is not None

    def _ready(self, effect: Deliver, ours: str = "") -> Ready | None:
        """What may go now. None where nothing may: the row then says why."""
        found = self._readings.read(effect, self._clock(), ours)
        if isinstance(found, Unready):
            self._write(found.row, {**gone(found.row), **found.cells})
            return None
        return found

    def _rests_now(self, found: Ready) -> bool:
        """Whether the partner is left alone for now. The row then says until when."""
        now = self._clock()
        over = self._rests.over(found.destination, now)
        if over and over > now and (found.row.try_again_at is None or found.row.try_again_at < over):
            self._write(found.row, {"Answer": ANOTHER_WAITS, "Try again at": over})
        return over is not None

    def _send(self, ready: Ready, read_at: datetime, tries: int, doubtful: bool) -> None:
        """Hand over, and write what came of it. It counts as sent from `read_at`, when the last reading began: a no
        that was entered while it was on its way came after it, and calls it back (R-13). `doubtful`: an earlier try
        may have arrived, so nothing that comes of this one can tell that the partner has none.
        """
        body, key, there = ready.packed.body, ready.packed.key, ready.destination
        try:
            receipt = ready.transport.deliver(body, key, ready.to) if ready.to else ready.transport.deliver(body, key)
        except TryAgainLater as error:
            log.warning("A partner does not answer; the message waits.")
            if isinstance(error, NotReached):
                self._not_sent(ready.token, doubtful)
            again = self._rests.silent(there, self._clock(), tries if ready.form else 0,
                                       getattr(error, "retry_after", None), ready.packed.key)  # fmt: skip
            self._failed(ready, in_short(error.detail), again, knows=isinstance(error, NotReached))
            return
        except Exception as error:  # where nobody foresaw it, it may have arrived: the same key takes it only once
            knows = isinstance(error, CaseworkError) and not isinstance(error, NoReceipt)
            if knows:
                self._not_sent(ready.token, doubtful)
            self._rests.failed(there)
            why = in_short(error.detail) if isinstance(error, CaseworkError) else unforeseen(error)
            self._failed(ready, why, self._clock() + PAUSES[-1], knows=knows)
            return
        self._rests.answered(there)
        receipt = without_names(receipt, ready.people)
        now = self._clock()
        came = received(receipt, ready.form, read_at, doubtful) if ready.form else followed(
            receipt, ready.follows, key, now, now + A_DAY
        )  # fmt: skip
        # The receipt first: cut off before the token is settled, the row says that it went and no more is sent.
        try:
            self._write(ready.row, came, ready.by)
        except CaseworkError:  # a drop-down lost the word for it: the token says it, and no more is sent
            self._settle(ready.token, receipt, doubtful)
            raise
        self._settle(ready.token, receipt, doubtful)

    def _failed(self, ready: Ready, why: str, again: datetime, *, knows: bool) -> None:
        """What the row says of a try that failed. `knows`: nothing arrived. Otherwise a way that may count it twice
        stops at a person.
        """
        if not knows and not ready.transport.once:
            self._nobody_knows(ready, why)
        else:
            state = {"State": State.FAILED} if ready.form else {}
            self._write(ready.row, {**state, "Answer": why, "Try again at": again})

    def _nobody_knows(self, ready: Ready, why: str = "") -> None:
        if ready.form:
            self._write(ready.row, {**unknown(), **({"Answer": why} if why else {})})
        else:
            self._write(ready.row, {"Answer": unknown()["Why"], "Try again at": self._clock() + A_DAY})

    def _settle(self, token: str, receipt: Receipt, doubtful: bool) -> None:
        if receipt.accepted:
            self._tokens.settle(token, "Sent")
        else:
            self._not_sent(token, doubtful)

    def _not_sent(self, token: str, doubtful: bool) -> None:
        if not doubtful:
            self._tokens.settle(token, "Not sent")

    def _write(self, row: Referral, cells: dict[str, Any], by: str = "") -> None:
        if cells:
            self._platform.update("Referrals", [(row.id, with_line(row, cells, self._clock(), by))])
