"""Outward: what a pass does beyond rows: documents attached, alerts sent, referrals handed over.

In: effects whose rows are written. Out: documents and messages, each with a row that says what became of it.
Never here: a choice about the case; a message without a token row before it; a referral decided earlier.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from automations.delivery import Delivery
from automations.effects import Attach, Deliver, Ring, Write
from automations.errors import CaseworkError, NeedsAPerson, TryAgainLater
from automations.ports import Mail, Platform, Record
from automations.tokens import Tokens

AT_ONCE = 20
"""Documents or alerts that share their look-ups and rows. Cut off in the middle, so many alerts at most go twice."""
AGAIN_AFTER = timedelta(minutes=2)
"""An alert whose sending was cut off is sent again after this long: twice is better than never."""
NO_ANSWER = "The mail server does not answer; tried again each pass."

T = TypeVar("T")
Failed = list[tuple[str, str]]


class Outward:
    """Carries out what is not a row of its own."""

    def __init__(
        self,
        platform: Platform,
        mail: Mail | None,
        delivery: Delivery | None,
        clock: Callable[[], datetime],
        write: Callable[[Sequence[Write], Failed], None],
    ) -> None:
        """`write` changes rows together, and tells apart those that did not take."""
        self._platform = platform
        self._mail = mail
        self._delivery = delivery
        self._tokens = Tokens(platform, clock)
        self._write = write

    def carry_out(self, effects: Sequence[Attach | Ring | Deliver], failed: Failed) -> None:
        """Documents, then alerts, then referrals. TryAgainLater: the platform is down."""
        attaches = [e for e in effects if isinstance(e, Attach)]
        for table in dict.fromkeys(e.table for e in attaches):
            for some in _some([e for e in attaches if e.table == table]):
                self._attach(some, failed)
        for rings in _some([e for e in effects if isinstance(e, Ring)]):
            self._ring(rings, failed)
        for effect in effects:
            if isinstance(effect, Deliver) and self._delivery:
                try:
                    self._delivery.deliver(effect)
                except TryAgainLater:
                    raise
                except CaseworkError as error:
                    failed.append((effect.key, error.detail or str(error)))

    def _attach(self, effects: Sequence[Attach], failed: Failed) -> None:
        """Render, attach, then say so on the rows: cut off anywhere, the next pass does the rest."""
        table = effects[0].table
        rows = self._rows(table, [e.key for e in effects])
        attached: list[Write] = []
        for effect in effects:
            row = rows.get(effect.key)
            if row is None:
                continue
            try:
                content = effect.content()
                self._platform.attach(table, row.id, effect.column, effect.name, content, "application/pdf")
                attached.append(Write(table, effect.key, effect.then, record=row.id))
            except TryAgainLater:
                raise
            except CaseworkError as error:
                failed.append((effect.key, error.detail or str(error)))
        self._write(attached, failed)

    def _ring(self, effects: Sequence[Ring], failed: Failed) -> None:
        """Send each alert to its people. The token rows come first, so that a crash sends nothing twice at once."""
        rows = self._rows("Alerts", [_alert(e) for e in effects])
        says = {e.key: self._cannot(e) for e in effects}
        ready = [e for e in effects if _alert(e) in rows and not says[e.key]]
        try:
            mine = self._tokens.take_all([e.key for e in ready], again_after=AGAIN_AFTER)
        except TryAgainLater:
            raise
        except CaseworkError as error:
            if len(effects) == 1:
                failed.append((effects[0].key, error.detail or str(error)))
            else:
                for effect in effects:
                    self._ring([effect], failed)
            return
        outcomes: dict[str, str] = {}
        cells: dict[str, Mapping[str, Any]] = {key: {"Problem": why} for key, why in says.items() if why}
        for effect in ready:
            if effect.key in mine:
                try:
                    outcomes[effect.key], cells[effect.key] = self._send(effect)
                except CaseworkError as error:
                    failed.append((effect.key, error.detail or str(error)))
        self._tokens.settle_all(outcomes)
        told = ((e, rows[_alert(e)], cells[e.key]) for e in effects if e.key in cells and _alert(e) in rows)
        self._write(
            [
                Write("Alerts", e.key, new, record=row.id)
                for e, row, new in told
                if set(new) != {"Problem"} or row.fields.get("Problem") != new["Problem"]
            ],
            failed,
        )

    def _cannot(self, effect: Ring) -> str:
        if self._mail is None:
            return "No mail server is in the settings."
        return "" if effect.to else "No member of staff has an address."

    def _send(self, effect: Ring) -> tuple[str, Mapping[str, Any]]:
        """What became of it: the token's outcome and the alert's cells."""
        refused: list[str] = []
        try:
            for to in effect.to:
                try:
                    if self._mail:
                        self._mail.send(to, effect.subject, effect.text, effect.key)
                except NeedsAPerson as error:
                    refused.append(error.detail)
        except TryAgainLater:
            return "Not sent", {"Problem": NO_ANSWER}
        if len(refused) == len(effect.to):
            return "Not sent", {"Problem": " ".join(dict.fromkeys(refused))}
        return "Sent", {**effect.then, "Problem": " ".join(refused) or None}

    def _rows(self, table: str, keys: Sequence[str]) -> dict[str, Record]:
        """The first record of each key."""
        found: dict[str, Record] = {}
        for record in self._platform.find(table, "Key", keys):
            found.setdefault(str(record.fields["Key"]), record)
        return found


def _alert(effect: Ring) -> str:
    return effect.key.rsplit("/", 1)[0]


def _some(effects: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(effects), AT_ONCE):
        yield effects[at : at + AT_ONCE]
