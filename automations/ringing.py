"""Ringing: an alert to each person by e-mail, a token row first for each of them.

In: alerts that decide() asked for. Out: mails sent, and on the alert's row that they were, or why not yet.
Never here: whom an alert is for, or what it says; a mail sent twice because somebody else's could not be.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from automations.effects import Ring
from automations.errors import BrokeOff, CaseworkError, MailboxBusy, NeedsAPerson, TryAgainLater
from automations.ports import Mail, Platform, Record
from automations.tokens import Tokens

log = logging.getLogger("casewatch")

AGAIN_AFTER = timedelta(minutes=2)
"""An alert whose sending was cut off is sent again after this long: twice is better than never."""

MAIL_RESTS = timedelta(seconds=5)
"""How long a mail server that did not answer is left alone: each asking may take the length of a time-out."""
MAIL_DOWN = "The mail server does not answer; tried again each pass."
MAILBOX_BUSY = "A mailbox does not take messages now; tried again each pass."


class _MailDown(Exception):
    """The mail server does not answer: not to be taken for a platform that is down."""


class Ringing:
    """Rings for one pass after another; what it looked up is used once."""

    def __init__(self, platform: Platform, mail: Mail | None, clock: Callable[[], datetime]) -> None:
        """`mail` None: alerts stay as rows that say what they wait for."""
        self._platform = platform
        self._mail = mail
        self._clock = clock
        self._tokens = Tokens(platform, clock)
        self._alerts: dict[str, Record] = {}
        self._mail_down_at: datetime | None = None

    def look_up(self, rings: Sequence[Ring]) -> None:
        """The rows of all of them are found in one look-up; where that cannot be, each is found by itself."""
        self._alerts.clear()
        if not rings:
            return
        try:
            found = self._platform.find("Alerts", "Key", [_alert_of(ring) for ring in rings])
            self._alerts = {str(row.fields["Key"]): row for row in reversed(found)}
        except TryAgainLater:
            raise
        except Exception:
            log.info("The alerts of a pass could not be looked up together.")

    def ring(self, effect: Ring) -> None:
        """Send one alert to each person, a token row first: a crash sends nothing twice at once, and who was
        told is not told again because somebody else could not be.
        """
        key = _alert_of(effect)
        row = self._alerts.pop(key, None) or next(iter(self._platform.find("Alerts", "Key", [key])), None)
        if not row:
            return
        alert, stands = row.id, row.fields.get("Problem")
        if self._mail is None or not effect.to:
            why = "No mail server is in the settings." if self._mail is None else "No member of staff has an address."
            self._say(alert, stands, why)
            return
        told, refused, waiting = 0, list[str](), False
        for to in effect.to:
            try:
                done = self._told(effect, to)
                told, waiting = told + done, waiting or not done
            except NeedsAPerson as error:
                refused.append(error.detail)
            except MailboxBusy:
                refused, waiting = [*refused, MAILBOX_BUSY], True
            except BrokeOff:
                refused, waiting = [*refused, MAIL_DOWN], True
            except _MailDown:
                self._say(alert, stands, MAIL_DOWN)
                return
        if not told and MAIL_DOWN in refused:
            self._mail_down_at = self._clock()
        if told:
            if waiting and refused:
                self._say(alert, stands, " ".join(dict.fromkeys(refused)))
            elif not waiting:
                self._platform.update("Alerts", [(alert, {**effect.then, "Problem": " ".join(refused) or None})])
        elif refused:
            self._say(alert, stands, " ".join(dict.fromkeys(refused)))

    def _told(self, effect: Ring, to: str) -> bool:
        """Whether that person has been told, now or before. False: another runner is at it.

        MailboxBusy, BrokeOff: not this person, the next may be. _MailDown: nothing can be connected to.
        """
        assert self._mail is not None, "asked above"
        token = f"{effect.key}/{to}"
        if self._mail_down_at and abs(self._clock() - self._mail_down_at) < MAIL_RESTS:
            raise _MailDown
        if not self._tokens.take(token, again_after=AGAIN_AFTER):
            return self._tokens.sent(token)
        try:
            self._mail.send(to, effect.subject, effect.words.get(to, effect.text), effect.key)
        except (MailboxBusy, BrokeOff):
            self._tokens.settle(token, "Not sent")
            raise
        except TryAgainLater:
            self._mail_down_at = self._clock()
            self._tokens.settle(token, "Not sent")
            raise _MailDown from None
        except CaseworkError:
            self._tokens.settle(token, "Not sent")
            raise
        self._tokens.settle(token, "Sent")
        return True

    def _say(self, alert: str, stands: object, why: str) -> None:
        if stands != why:
            self._platform.update("Alerts", [(alert, {"Problem": why})])


def _alert_of(ring: Ring) -> str:
    """The key of the alert's row."""
    return ring.key.rsplit("/", 1)[0]
