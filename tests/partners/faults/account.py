"""The account of a fault run: each delivery held against the answers as they stood then, each referral against its end.

In: what came to every partner, the bases and their audit. Out: figures for each transport, and every fault by its row.
Never here: the product's own rules for who may be told (this works them out anew), a name in what is printed.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from automations.ports import Record
from schema import choices as c
from tests.partners.faults.agreed import Agreed
from tests.partners.faults.staff import FARSIDE, SECOND_BOX, Staff, Told, other_name, victim_name

State, P = c.ReferralState, c.Purpose
IN_FLIGHT = 5.0
"""Seconds between the last reading and the partner's disk that no software can take away: a no entered in them is
called back instead. Such deliveries are counted apart."""
PERSONS = (State.WAITING, State.REFUSED, State.NOT_READY, State.HELD, State.READY, State.STOPPED, State.NOT_SENT,
           State.REJECTED, State.UNKNOWN, State.BY_HAND)  # fmt: skip
"""Where a referral may end that did not go: somebody reads why."""


@dataclass
class Line:
    """One transport's figures."""

    raw: int = 0
    keys: set[str] = field(default_factory=set)
    effect: int = 0
    without_consent: int = 0
    in_flight: int = 0
    lost: int = 0
    person: int = 0
    arrived: int = 0
    twice: int = 0
    owed: int = 0
    acknowledged: int = 0
    deleted: int = 0
    states: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    """What staff read of the tries that failed, and in how many tries."""


class Account:
    """Worked out once, when nothing is left to do."""

    def __init__(self, staff: Staff, receivers: list[Any], confirmed_second: float | None) -> None:
        self.staff, self.receivers, self.bases = staff, receivers, staff.admin
        self.lines = {kind: Line() for kind in ("https_json", "sftp", "email", "file_drop", "manual")}
        self.wrong: list[str] = []
        self._second_from = confirmed_second
        self._case = {told.id: told for told in staff.cases}
        self.rows = {r.id: r for r in self.bases.records("Referrals")}
        self._by_key: dict[str, Record] = {}
        self._recall_of: dict[str, Record] = {}
        self._kinds = {x.partner: x.kind for x in receivers} | {FARSIDE: "manual"}
        for row in self.rows.values():
            for change in self.bases.history("Referrals", row.id):
                if change.field in ("Sent under", "Recall sent under") and change.after:
                    (self._by_key if change.field == "Sent under" else self._recall_of)[str(change.after)] = row
                if change.field == "Answer" and change.after:
                    self._line(row).said[str(change.after)] += 1
        self._agreed = Agreed(self.bases)
        self._arrived: set[str] = set()

    def worked_out(self) -> "Account":
        for each in self.receivers:
            each.tend()
            self._of(each)
        for row in self.rows.values():
            self._end(row)
        self._every_incident()
        return self

    def _of(self, at: Any) -> None:
        """What came to one partner."""
        line = self.lines[at.kind]
        seen: dict[tuple[str, bytes], tuple[str, bytes]] = {}
        effective = at.in_effect()
        deleted = at.deleted()
        line.effect += len(effective)
        line.deleted += len(deleted)
        for came in at.log.came:
            line.raw += 1
            try:
                key, body = seen.setdefault((came.key, came.content), at.opened(came.content))
                key = came.key or key
                message = json.loads(body)
            except Exception:  # a part of a file, as a full disk leaves it: its name still says which it is
                key, message = came.key, {}
            line.keys.add(key)
            self._one(at, line, came, key, message)
        holds = {key: key in effective or key in deleted or _receipt(key) in (effective.keys() | deleted)
                 for key in line.keys}  # fmt: skip
        self._arrived |= {key for key, there in holds.items() if there}
        self._not_twice(at, line, effective)

    def _one(self, at: Any, line: Line, came: Any, key: str, message: dict[str, Any]) -> None:
        row = self._by_key.get(key)
        text = came.content.decode(errors="replace") if not message else json.dumps(message, ensure_ascii=False)
        if message.get("message") == "recall":
            # By e-mail, where an answer was lost, the row says that nobody knows: it is known by what it calls back.
            if key not in self._recall_of and message["recalls"]["key"] not in self._by_key:
                self.wrong.append(f"{at.name}: a recall that no row knows")
            self._nobody_named(at, line, text, "a recall")
            return
        if row is None:
            self.wrong.append(f"{at.name}: a message that no row knows")
            line.without_consent += 1
            return
        if str(row.fields["Handed to"] or row.fields["Partner"]) != at.partner and not _once_handed(self, row, at):
            self.wrong.append(f"Referrals {row.id}: at another's desk, {at.name}")
            line.without_consent += 1
        if came.to == SECOND_BOX and (self._second_from is None or came.at < self._second_from):
            self.wrong.append(f"Referrals {row.id}: to a mailbox that no second person had confirmed")
            line.without_consent += 1
        case = self._case[row.fields["Case"][0]]
        if any(name in text for told in self._case.values() if told.other for name in (other_name(told.number),)):
            self.wrong.append(f"Referrals {row.id}: names somebody who was never asked")
            line.without_consent += 1
        if any(victim_name(told.number) in text for told in self._case.values() if told is not case):
            self.wrong.append(f"Referrals {row.id}: names the victim of another case")
            line.without_consent += 1
        if victim_name(case.number) not in text or P(str(row.fields["Purpose"])) is P.SAFEGUARDING:
            return
        if not self._agreed.by_name(row, came.at):
            if any(self._agreed.by_name(row, came.at - back / 2) for back in range(int(IN_FLIGHT * 2) + 1)):
                line.in_flight += 1
            else:
                line.without_consent += 1
                self.wrong.append(f"Referrals {row.id}: by name without consent at {_clock(came.at)}")

    def _nobody_named(self, at: Any, line: Line, text: str, what: str) -> None:
        if any(
            name in text for told in self._case.values() for name in (victim_name(told.number), other_name(told.number))
        ):
            self.wrong.append(f"{at.name}: {what} names somebody")
            line.without_consent += 1

    def _not_twice(self, at: Any, line: Line, effective: dict[str, Any]) -> None:
        """One referral counts once: no second message of its form stands beside the first."""
        by_receipt = {_receipt(key): key for key in line.keys}
        counts: Counter[tuple[str, str]] = Counter()
        for key, message in effective.items():
            row = self._by_key.get(by_receipt.get(key, key))
            if row is not None and message["message"] not in ("recall", "correction"):
                counts[row.id, str(message.get("form"))] += 1
        if at.kind == "email":
            for _, content in at.kept:
                key = at.opened(content)[0]
                counts["", key] += 1
        for (id, form), n in counts.items():
            if n > 1:
                line.twice += n - 1
                self.wrong.append(f"{at.name}: Referrals {id} {form}: {n} times in effect")

    def _end(self, row: Record) -> None:
        """Where one referral ended."""
        told, line = row.fields, self._line(row)
        state, why = told["State"], str(told["Why"] or told["Answer"] or "")
        line.states[str(state)] += 1
        keys = [key for key, of in self._by_key.items() if of.id == row.id]
        arrived = any(key in self._arrived for key in keys)
        case = self._case[told["Case"][0]]
        if told["Recall sent at"]:
            line.acknowledged += bool(told["Recall acknowledged at"])
        line.owed += self._is_owed(case, row, arrived)
        if state in c.WENT:
            line.arrived += arrived
            if not arrived:
                self._lost(line, row, f"{state}, and nobody has it")
        elif state in PERSONS and why:
            line.person += 1
            may_go = told["Decision"] == c.ReferralDecision.SEND or told["Purpose"] == P.CDRP_NOTICE
            if (
                may_go
                and state not in (State.UNKNOWN, State.REJECTED)
                and self._agreed.always(row, datetime.now(UTC).timestamp())
            ):
                self._lost(line, row, f"{state}, though it may go: {why}")
        elif state == State.FAILED and line is self.lines["manual"] and told["Answer"]:
            line.person += 1
        else:
            self._lost(line, row, f"{state} at the end: {told['Answer'] or why}")

    def _line(self, row: Record) -> Line:
        partner = str(row.fields["Handed to"] or row.fields["Partner"] or "")
        return self.lines[self._kinds.get(partner, "manual")]

    def _is_owed(self, case: Told, row: Record, arrived: bool) -> bool:
        """Whether what arrived by name must be called back, and whether it was."""
        fields = row.fields
        by_name = fields["Form"] == c.ReferralForm.IDENTIFIED and fields["Purpose"] not in (
            P.SAFEGUARDING,
            P.OTHER_LANDLORD,
        )
        if not (arrived and by_name) or self._agreed.by_name(row, datetime.now(UTC).timestamp()):
            return False
        nobody_knows = str(fields["Answer"] or "").startswith("Nobody knows") and "Ring them" in str(fields["Why"])
        if fields["State"] not in (*c.CALLED_BACK, State.UNKNOWN, State.REJECTED) and not nobody_knows:
            self._lost(
                self.lines[self._kinds[str(fields["Handed to"])]],
                row,
                f"not called back: {fields['State']}, {fields['Why']}",
            )
        return True

    def _lost(self, line: Line, row: Record, why: str) -> None:
        line.lost += 1
        self.wrong.append(f"Referrals {row.id} ({row.fields['Purpose']}): {why}")

    def _every_incident(self) -> None:
        """No notice is missing."""
        noticed = {row.fields["Incident"] for row in self.rows.values() if row.fields["Purpose"] == P.CDRP_NOTICE}
        for case in self.staff.cases:
            for id in case.incidents:
                if (id,) not in noticed:
                    self.lines["https_json" if case.east else "sftp"].lost += 1
                    self.wrong.append(f"Incidents {id}: no notice at all")


def _once_handed(account: Account, row: Record, at: Any) -> bool:
    changes = account.bases.history("Referrals", row.id)
    return any(x.field == "Handed to" and x.after == at.partner for x in changes)


def _receipt(key: str) -> str:
    return "R-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _clock(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%H:%M:%S}"
