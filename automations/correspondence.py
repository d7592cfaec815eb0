"""Correspondence: the letters of a case, made as drafts, held, wanting facts, approved, gone or come back.

In: a case, what is owed on it, the rules, the letterhead, the moment. Out: letter rows, their documents, their hashes.
Never here: what a letter says (letter_templates/), or a letter counted as sent (staff say so, sent.py).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from automations import by_email
from automations.calendar import LONDON, NotKnown
from automations.consent import victims_of
from automations.drafts import DRAFTED, NOT_MADE, ONLY_BY_EMAIL, Cannot, Made, new_row, row_as_it_should_be
from automations.duties import Duty
from automations.effects import Attach, Email, Seal, Write
from automations.errors import CaseworkError, unforeseen
from automations.letters import Draft, Held, Untranslated, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import Landlord
from automations.letters.writing import Writing
from automations.letters_begun import asked_by_steps, row_key
from automations.model import Case, Incident, Letter, Person
from automations.rules import Rules, closed_at, set_aside
from automations.sent import unapproved
from automations.subjects import has_short_key
from schema import choices as c

Effects = Iterator[Write | Attach | Seal | Email]
FIRST = c.LetterKind.ACKNOWLEDGEMENT
STATES = {
    c.LetterDecision.POSTED: c.LetterState.SENT,
    c.LetterDecision.CANCELLED: c.LetterState.CANCELLED,
    c.LetterDecision.RETURNED: c.LetterState.RETURNED,
}
"""The runner's State follows staff's Decision."""
WENT = (c.LetterDecision.POSTED, c.LetterDecision.RETURNED)
ANOTHERS = "To names somebody else than the victim whose letter this is: put the victim back, or cancel the letter."


def letters(case: Case, owed: Sequence[Duty], rules: Rules, landlord: Landlord, now: datetime) -> Effects:
    """The contact and acknowledgement letter to each victim (HC-024, HC-025), each letter that staff ask for by a row
    of its kind, and each that a step asks for. Beyond the known bank holidays a letter waits alone.
    """
    desk = _Desk(case, rules, landlord, now)
    for row in case.letters:
        if row.decision is c.LetterDecision.BY_EMAIL:
            with suppress(NotKnown):
                yield from by_email.queued(case, row, desk.as_now(row, owed), now)
        else:
            yield from _decided(case, row)
    if not case.incidents:
        return
    first: list[str] = []
    for victim in victims_of(case, case.incidents[0]) if _owes(case) else ():
        key = row_key(case, "acknowledgement", "" if victim.id == has_short_key(case) else f"person-{victim.id}")
        first.append(key)
        with suppress(NotKnown):
            yield from desk.owed(FIRST, case.incidents[0], victim, key)
    for row in case.letters:
        if row.decision or row.kind not in CATALOGUE or any(_number(row, key) for key in first):
            continue
        if not (row.kind is FIRST and row.key):
            with suppress(NotKnown):
                yield from desk.asked(row, owed)
    for kind, incident, to, key in asked_by_steps(case, owed, rules, now):
        with suppress(NotKnown):
            yield from desk.owed(kind, incident, to, key)


def makes(
    case: Case, owed: Sequence[Duty], rules: Rules, landlord: Landlord, now: datetime
) -> Callable[[Letter], Made]:
    """What the facts make of each letter of the case at this moment, whatever was decided about it."""
    desk = _Desk(case, rules, landlord, now)
    return lambda row: desk.as_now(row, owed)


def unmade(case: Case) -> list[str]:
    """A sentence for each letter that staff asked for, or that is owed first of all, which cannot be made, and for each
    edited one whose facts have changed. One that a step began says so on its row: the step itself is on the case.

    A letter that is not safe to write needs nobody once the details were given in another way (HC-024).
    """
    owes = _owes(case)
    return [
        f"Letters {x.id}: {'not made. ' if x.state in NOT_MADE else ''}{x.missing}"
        for x in case.letters
        if x.missing and x.missing != ONLY_BY_EMAIL and not x.decision
        and (x.edited_from or (x.state in NOT_MADE and _is_asked_for(x, owes)))
        and not _given_otherwise(case, x)
    ]  # fmt: skip


def _is_asked_for(x: Letter, owes: bool) -> bool:
    return not x.key or (owes and x.kind is FIRST)


def _given_otherwise(case: Case, x: Letter) -> bool:
    return x.kind is FIRST and x.state is c.LetterState.HELD and case.details_given_at is not None


def _owes(case: Case) -> bool:
    """Whether a first letter is owed. Records brought over get none."""
    return bool(case.incidents) and not case.imported and not closed_at(case) and not set_aside(case)


def _decided(case: Case, row: Letter) -> Effects:
    """The State follows staff; what went is marked by its hash, once, and keeps what it lacked when it went."""
    key = row.key or f"{case.reference}/letters-{row.id}"
    if row.decision is None:
        cleared = {"Hash": row.kept_hash, by_email.SAID: row.email_said, "E-mail tried at": row.email_tried_at}
        gone: dict[str, Any] = {name: None for name, value in cleared.items() if value}
        if row.kind not in CATALOGUE and row.state in STATES.values():
            gone["State"] = None
        if gone:
            yield Write("Letters", key, gone, record=row.id)
        return
    cells: dict[str, Any] = {"State": STATES[row.decision]}
    if row.decision is c.LetterDecision.POSTED:
        cells["What is missing"] = unapproved(case, row) or None
    kept = {"State": row.state, "What is missing": row.missing}
    if changed := {name: value for name, value in cells.items() if value != kept[name]}:
        yield Write("Letters", key, changed, record=row.id)
    if row.decision in WENT and not row.kept_hash and (row.edited or row.documents):
        yield Seal(key, "Letters", row.id, "Edited document" if row.edited else "Document", "Hash")


WHOSE_COPY = "Under 14 it is the tenant who is written to: say in To which tenant of the child's home it is."


class _Desk:
    """Where the letters of one case are written at one moment."""

    def __init__(self, case: Case, rules: Rules, landlord: Landlord, now: datetime) -> None:
        self.case, self.rules, self.landlord, self.now = case, rules, landlord, now
        self.steps: dict[str, Duty] | None = None

    def owed(self, kind: c.LetterKind, incident: Incident, to: Person | None, key: str) -> Effects:
        """The letter as the facts stand, until staff decide about it: then it stays as it is.

        A letter made, sent or cancelled keeps its row. After a cancelled one other facts make a row of their own.
        The first letter has a row also while it may not be written; of another nothing is made ready then (R-17).
        """
        rows = {_number(x, key): x for x in reversed(self.case.letters) if _number(x, key)}
        number = max(rows, default=1)
        last = rows.get(number)
        if last is None:
            made = self._made(kind, incident, to, None) if to else Cannot(WHOSE_COPY)
            if kind is FIRST or not isinstance(made, Held) or isinstance(made, Untranslated):
                yield from new_row(self.case, kind, incident, to, key, made, self.now)
        elif last.decision is c.LetterDecision.CANCELLED:
            made = self._made(kind, incident, to, last)
            if isinstance(made, Draft) and made.fingerprint != last.made_from:
                yield from new_row(self.case, kind, incident, to, f"{key}/{number + 1}", made, self.now)
        elif last.decision is None and kind is FIRST:
            repointed = to is not None and last.to_id not in (None, to.id)
            made = Held(ANOTHERS) if repointed else self._made(kind, incident, to, last)
            yield from row_as_it_should_be(self.case, last, made, self.now)

    def asked(self, row: Letter, owed: Sequence[Duty]) -> Effects:
        """The draft of a row of its own, by what stands in it. One that a step began is held while the step is."""
        twin = next(x for x in self.case.letters if _same(self.case, x, row))
        yield from row_as_it_should_be(self.case, row, self.as_now(row, owed, twin), self.now)

    def as_now(self, row: Letter, owed: Sequence[Duty], twin: Letter | None = None) -> Made:
        """What the facts make of a row's letter. `twin`: the row of the same letter that has the draft, if another."""
        if row.kind not in CATALOGUE or not self.case.incidents:
            return Cannot("There is nothing to write it from: say which letter it is (Kind) and of which incident.")
        assert row.kind, "it is in the catalogue"
        incident = self.case.incident_of(row.incident_id) or (
            self.case.incidents[0] if row.incident_id is None and row.kind is FIRST else None
        )
        stopped = _stopped(self._step_of(row.key, owed)) if row.key else None
        if incident is None:
            return Cannot("Say which incident it is about (Incident).")
        if twin is not None and twin is not row:
            return Cannot(f"The draft of this letter is on Letters {twin.id}: use that row, and cancel one of the two.")
        if row.to_id and self.case.person(row.to_id) is None:
            return Cannot("The person whom it is to is not on this case (To).")
        return stopped or self._made(row.kind, incident, self.case.person(row.to_id), row)

    def _step_of(self, key: str, owed: Sequence[Duty]) -> Duty | None:
        """The step that began the letter of that key, or of that key and a number."""
        if self.steps is None:
            self.steps = {row_key(self.case, d.step.id, d.subject.key): d for d in owed if d.step.letter}
        stem, _, number = key.rpartition("/")
        return self.steps.get(key) or (self.steps.get(stem) if number.isdecimal() else None)

    def _made(self, kind: c.LetterKind, incident: Incident, to: Person | None, row: Letter | None) -> Made:
        """The letter, or why there is none. A template or a rule that is broken costs that letter alone."""
        promised = self.rules.calendar(self.case).after(incident.counts_from, 10).at.astimezone(LONDON).date()
        of = Writing(case=self.case, incident=incident, to=to, officer=self.case.officer_is, landlord=self.landlord,
                     now=self.now, row=row, promised_on=promised, dated=self.now.astimezone(LONDON).date(),
                     supporters=self.rules.office.supporters, partners=self.rules.office.partners)  # fmt: skip
        stands = row is not None and row.decision is None and row.state in DRAFTED
        try:
            return draft(of, kind, row.made_from if row and stands else None)
        except NotKnown:
            raise
        except CaseworkError as error:
            return Cannot(error.detail or str(error))
        except Exception as error:  # one letter that nobody foresaw must not keep help from the case
            return Cannot(unforeseen(error))


def _stopped(own: Duty | None) -> Made | None:
    """Why a letter that a step began is not to be sent now; None where it may be, or no step began it."""
    if own is None:
        return None
    if own.evidence or own.not_needed:
        return Cannot("Nobody needs it any more: the step that began it is done or not needed. Cancel it.")
    why = own.blocked_by or own.waits
    return Held(why) if why else None


def _same(case: Case, one: Letter, other: Letter) -> bool:
    """Whether two letters that nobody has decided about are of one kind, to one reader, about one incident."""
    return one is other or (one.decision is None and _about(case, one) == _about(case, other))


def _about(case: Case, x: Letter) -> tuple[object, ...]:
    incident = case.incident_of(x.incident_id)
    to = " ".join((x.addressed_to or "").casefold().split())
    return x.kind, x.to_id, incident.id if incident else None, to


def _number(row: Letter, key: str) -> int:
    """Which of the rows of this letter it is: the first has the key itself. 0: a row of another letter."""
    tail = (row.key or "").removeprefix(f"{key}/")
    if row.key == key:
        return 1
    return int(tail) if tail != row.key and tail.isascii() and tail.isdecimal() else 0
