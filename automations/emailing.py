"""Emailing: a letter handed to the mail server, once, to the reader who asked for it.

In: an e-mail that decide() asked for. Out: on the letter's row what became of it, and the hash of what left.
Never here: a decision made earlier. Office, case, reader and file are read again immediately before the bytes leave.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from automations.by_email import PAUSE, SAID, as_drafted, why_not
from automations.calendar import LONDON
from automations.correspondence import makes
from automations.covering_email import covering
from automations.decide import as_it_counts
from automations.duties import duties
from automations.effects import Email
from automations.errors import CaseworkError, MailboxBusy, NeedsAPerson, NoReceipt, TryAgainLater, unforeseen
from automations.just_read import TOO_SLOW, just_read
from automations.letters.facts import Landlord
from automations.model import Case, Letter
from automations.ports import Platform, Post
from automations.reading import Cases, office
from automations.rules import Rules
from automations.tokens import Tokens
from automations.what_goes import what_goes
from schema import choices as c

log = logging.getLogger("casewatch")
State = c.LetterState
NO_SERVER = "Not sent: no mail server is in the settings."
WENT = "Handed to the mail server. If it comes back, set Decision to Came back."
GONE_BEFORE = "It went before (see Send tokens), so it was not sent again."
LATER = "Not sent yet: the mail server does not take it now; it is tried again."
NOBODY_KNOWS = (
    "Nobody knows whether it went: the mail server broke off at the end, or Casewatch was cut off. It is not sent "
    "again. Ask the reader in another safe way, then set Decision to Sent with the time, or to Cancelled."
)
REFUSED = "Put right what is wrong; then leave Decision empty for a minute and set it again."


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter that may go: whose row, to which address, and its very bytes."""

    case: Case
    row: Letter
    to: str
    pdf: bytes

    @property
    def mark(self) -> str:
        """The SHA-256 of what leaves."""
        return sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class _Shut:
    """A letter that may not go now, and the sentence that says why."""

    case: Case
    row: Letter
    why: str


class Emailing:
    """Sends one letter at a time."""

    def __init__(self, platform: Platform, post: Post | None, landlord: Landlord, clock: Callable[[], datetime]):
        """`post` None: letters stay on their rows, which say that there is no mail server."""
        self._platform = platform
        self._post = post
        self._landlord = landlord
        self._clock = clock
        self._tokens = Tokens(platform, clock)
        self._cases = Cases(platform)
        self._down_at: datetime | None = None

    def send(self, effect: Email) -> None:
        """Read and decide again, take a token, read and decide once more, and send. Where one says no, nothing is.

        A try of which nobody knows the outcome is never followed by another, of this runner or of any.
        """
        rests = self._down_at is not None and abs(self._clock() - self._down_at) < PAUSE
        found = None if rests else self._ready(effect)
        if found is None:
            return
        token = f"{found.case.reference}/e-mail/letters-{found.row.id}"
        if at := self._tokens.sent_at(token):
            self._write(found.row, {"State": State.SENT, "E-mailed at": at, SAID: GONE_BEFORE})
        elif self._tokens.is_doubtful(token):
            self._write(found.row, {"State": State.UNKNOWN, SAID: NOBODY_KNOWS})
        elif isinstance(found, _Shut):
            self._not_now(found, f"Not sent: {found.why}")
        elif self._post is None:
            self._not_now(found, NO_SERVER)
        elif self._tokens.take(token, only_once=True):
            self._write(found.row, {"State": State.SENDING, SAID: None})
            try:
                read = just_read(lambda: self._ready(effect), self._clock)
            except Exception:  # nothing has left: another try may have a token
                self._tokens.settle(token, "Not sent")
                raise
            last = read[1] if read else _Shut(found.case, found.row, TOO_SLOW)
            if isinstance(last, _Ready):
                self._hand_over(self._post, last, token)
                return
            self._tokens.settle(token, "Not sent")
            if last is not None:
                self._not_now(last, f"Not sent: {last.why}")

    def _ready(self, effect: Email) -> _Ready | _Shut | None:
        """What may go by the bases as they stand. None where staff want it no more, or it is known to have gone."""
        with self._platform.one_look():
            return self._read(effect)

    def _read(self, effect: Email) -> _Ready | _Shut | None:
        now = self._clock()
        rules = Rules(office(self._platform, now))
        found = next(iter(self._cases.some([effect.case_id], rules.office)), None)
        if found is None:
            return None
        case, _ = as_it_counts(found, now, rules)
        row = next((x for x in case.letters if x.id == effect.record), None)
        if row is None or row.decision is not c.LetterDecision.BY_EMAIL or row.state is State.UNKNOWN:
            return None
        made = makes(case, list(duties(case, now, rules)), rules, self._landlord, now)(row)
        if why := why_not(case, row, made, now):
            return _Shut(case, row, why)
        goes, reader = what_goes(case, row, made, now), case.person(row.to_id)
        assert reader is not None, "asked in why_not"
        assert not isinstance(goes, str), "asked in why_not"
        try:
            pdf = self._platform.fetch("Letters", row.id, goes.column, goes.name)
        except KeyError:
            return _Shut(case, row, "Its file is no longer there.")
        if not pdf.startswith(b"%PDF-"):
            return _Shut(case, row, "Its file is no PDF, whatever its name says.")
        return _Ready(case, row, (reader.email or "").strip(), pdf)

    def _hand_over(self, post: Post, ready: _Ready, token: str) -> None:
        now = self._clock()
        day = now.astimezone(LONDON).date()
        try:
            message = covering(self._landlord, post.sender, ready.to, ready.pdf, day, now, token)
            post.hand_over(message, ready.to)
        except NoReceipt:
            self._write(ready.row, {"State": State.UNKNOWN, SAID: NOBODY_KNOWS})
            return
        except TryAgainLater as error:
            if not isinstance(error, MailboxBusy):  # each asking may take the length of a time-out: the others wait
                self._down_at = now
                log.warning("The mail server does not take letters now; they wait.")
            self._tokens.settle(token, "Not sent")
            self._not_now(ready, LATER, tried_at=now)
            return
        except NeedsAPerson as error:
            self._tokens.settle(token, "Not sent")
            said = f"Not sent: {error.detail or error} {REFUSED}"
            self._write(ready.row, {"State": State.REFUSED, SAID: said, "E-mail tried at": now})
            return
        except Exception as error:  # where nobody foresaw it, it may have arrived
            self._write(ready.row, {"State": State.UNKNOWN, SAID: f"{unforeseen(error)} {NOBODY_KNOWS}"})
            return
        # The row first: cut off before the token is settled, the row says that it went and no more is sent.
        try:
            self._write(ready.row, {
                "State": State.SENT, "E-mailed at": now, "Hash": ready.mark, SAID: WENT, "E-mail tried at": None,
                "What is missing": None,
            })  # fmt: skip
        except CaseworkError:  # a drop-down lost the word for it: the token says it, and no more is sent
            self._tokens.settle(token, "Sent")
            raise
        self._tokens.settle(token, "Sent")

    def _not_now(self, what: _Ready | _Shut, said: str, tried_at: datetime | None = None) -> None:
        """The row says why it has not gone, and stands as the draft that it is."""
        row = what.row
        cells = {SAID: said, "E-mail tried at": tried_at}
        if row.state in (State.SENDING, State.REFUSED, State.DRAFT, State.APPROVED):
            cells["State"] = as_drafted(what.case, row, self._clock())
        self._write(row, cells)

    def _write(self, row: Letter, cells: dict[str, Any]) -> None:
        self._platform.update("Letters", [(row.id, cells)])
