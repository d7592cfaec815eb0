"""Asking: what partners say of what they took, asked of each that answers, every few minutes, with the keys still open.

In: every case as last read, the office, the ways out. Out: effects of the answers, and sentences for the run log.
Never here: an answer guessed to be about something; a partner that fails holding up the others, or its deliveries.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from automations.consent import same_words
from automations.effects import Write
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.model import Case, Office, Referral
from automations.outbox.answers import answered, awaited, told_outcome
from automations.outbox.ways_out import Outlet
from automations.ports import Answer, Answering, Platform
from automations.reading import Cases
from automations.receipts import in_short
from automations.rules import closed_at
from schema import choices as c

log = logging.getLogger("casewatch")
State = c.ReferralState
ASK_EVERY = timedelta(minutes=5)
LONGEST = timedelta(seconds=30)
"""After which no further partner is asked in the same round; the next begins with it."""
MOST = 100
"""Keys in one question. Where more are open they take turns."""
FEW = 5
"""Answers to nothing that one partner's question may bring to the run log one by one."""
OPEN = (State.SENT, State.STATISTICS_SENT, State.ACKNOWLEDGED, State.CORRECTED, State.UNKNOWN)
KEY = re.compile(r"[0-9a-f]{32,64}")
OF_NOTHING = "It answered under a key that no referral of theirs has: ask them what it is about. Nothing was changed."


class Asking:
    """Asks in rounds. What it heard is on the rows; it remembers no more than whose turn it is."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._outlet = outlet
        self._clock = clock
        self._cases = Cases(platform)
        self._asked_at: datetime | None = None
        self._turn = ""
        self._places: dict[str, int] = {}

    def heard(self, cases: Sequence[Case], office: Office) -> tuple[list[Write], list[tuple[str, str]]]:
        """What the answers make of the rows they are about, as they stand now; and what a person must know, by partner.

        Nothing between two rounds. The rows are read again before anything is worked out: staff may have been at them.
        """
        now = self._clock()
        if self._asked_at and timedelta(0) <= now - self._asked_at < ASK_EVERY:
            return [], []
        self._asked_at = now
        theirs = _theirs(cases)
        found: list[tuple[str, Answer]] = []
        said: list[tuple[str, str]] = []
        for name in self._in_turn():
            if self._clock() - now > LONGEST:
                self._turn = name
                break
            found += [(name, answer) for answer in self._ask(name, _open(cases, office, self._owner(name)), said)]
        fits = [(answer, case) for name, answer in found
                if (case := self._whose(name, answer, theirs)) is not None]  # fmt: skip
        said += _of_nothing([(name, answer) for name, answer in found if self._whose(name, answer, theirs) is None])
        rows = awaited(self._cases.some({case.id for _, case in fits}, office)) if fits else {}
        return [w for answer, _ in fits if answer.key in rows for w in answered(*rows[answer.key], answer, now)], said

    def _in_turn(self) -> list[str]:
        """The partners that answer, the one that waited longest first."""
        names = [name for name, way in self._outlet.transports.items() if isinstance(way, Answering)]
        at = names.index(self._turn) if self._turn in names else 0
        self._turn = ""
        return [*names[at:], *names[:at]]

    def _ask(self, name: str, keys: list[str], said: list[tuple[str, str]]) -> list[Answer]:
        way = self._outlet.transports[name]
        if not keys or not isinstance(way, Answering):
            return []
        first = self._places.get(name, 0) % len(keys)
        self._places[name] = first + MOST
        try:
            return list(way.answers([*keys[first:], *keys[:first]][:MOST]))
        except TryAgainLater:
            log.info("A partner does not answer questions now; it is asked again later.")
        except CaseworkError as error:
            said.append((name, in_short(error.detail)))
        except Exception as error:  # one partner whose answers nobody foresaw must not keep those of the others
            said.append((name, unforeseen(error)))
        return []

    def _owner(self, name: str) -> str:
        return self._outlet.owners.get(name, "")

    def _whose(self, name: str, answer: Answer, theirs: dict[str, tuple[Case, str]]) -> Case | None:
        """The case of what this partner was sent under that key; None where it was sent nothing under it."""
        case, whom = theirs.get(answer.key, (None, ""))
        return case if whom and same_words(self._owner(name), whom) else None


def _theirs(cases: Iterable[Case]) -> dict[str, tuple[Case, str]]:
    """Everything that ever left: its case, and to whom it went, by key."""
    return {
        key: (case, row.whom or "")
        for case in cases for row in case.referrals for key in (row.sent_under, row.recall_under) if key
    }  # fmt: skip


def _open(cases: Iterable[Case], office: Office, owner: str) -> list[str]:
    """The keys on which that organisation still owes an answer. One that is switched off is asked nothing."""
    partner = office.partner_called(owner)
    if not owner or (partner and partner.is_off):
        return []
    return [key for case in cases for row in case.referrals if same_words(row.whom, owner)
            for key in _awaits(case, row)]  # fmt: skip


def _awaits(case: Case, row: Referral) -> Iterator[str]:
    """The keys of one row that an answer may come under. Of a case that is over a recall alone is waited for."""
    if row.state is State.RECALL_SENT:
        yield from filter(None, (row.recall_under, row.sent_under))
    elif row.sent_under and row.state in OPEN and closed_at(case) is None and not told_outcome(case, row):
        yield row.sent_under


def _of_nothing(found: Sequence[tuple[str, Answer]]) -> Iterator[tuple[str, str]]:
    """What is said of answers to nothing that we know: the partner, and the key where it is one."""
    for name in dict.fromkeys(name for name, _ in found):
        keys = list(dict.fromkeys(answer.key for of, answer in found if of == name))
        for key in keys[:FEW]:
            yield name, f"{OF_NOTHING} {f'({key})' if KEY.fullmatch(key) else '(It looks like no key.)'}"
        if len(keys) > FEW:
            yield name, f"It answered under further keys that no referral of theirs has: {len(keys) - FEW}."
