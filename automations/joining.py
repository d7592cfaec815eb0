"""Joining: what triage asks between cases - reports put on another case, links both ways, the same people seen.

In: cases just read. Out: those writes carried out, and the cases that must be read again.
Never here: a rule of one case (decide.py), or what a report becomes there (attaching.py).
"""

from collections.abc import Iterable, Mapping

from automations.attaching import attached, mark, refusals, refusals_back
from automations.effects import Write
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.matching import alike, marks
from automations.model import Case, Office, Person
from automations.perform import Performer
from automations.ports import Platform, Record
from automations.reading import Cases
from automations.records import value
from automations.rules import attaches, closed_at, set_aside, shown_as
from automations.sheets import links
from schema import choices as c


class Joining:
    """One step of a pass. It remembers only what each report row says, as the runner read it."""

    def __init__(self, platform: Platform, reader: Cases, performer: Performer) -> None:
        self._platform = platform
        self._reader = reader
        self._performer = performer
        self._shown: dict[str, str] = {}

    def seen(self, reports: Iterable[Record]) -> None:
        """Report rows as just read: which case each names."""
        self._shown |= {f"report-{r.id}": str(r.fields.get("Case reference") or "") for r in reports}

    def join(
        self, cases: list[Case], office: Office, *, new: Iterable[str] = (), whole: bool = False
    ) -> tuple[set[str], int, list[tuple[str, str]]]:
        """Carry it out for these cases; the ids of those to read again, how much was done, and what could not be.

        `new`: ids of cases made in this pass. `whole`: these are all the cases there are.
        """
        failed: list[tuple[str, str]] = []
        again: set[str] = set()
        for case in cases:
            try:
                if attaches(case) and case.named and self._attach(case, case.named.id, office, failed):
                    again |= {case.id, case.named.id}
                elif case.named and (self._refuse(case, case.named.id, office, failed) or not whole):
                    again.add(case.named.id)
                again |= self._refuse_back(case, cases, office, failed)
            except TryAgainLater:
                raise
            except Exception as error:  # one case that nobody foresaw must not keep help from the others
                why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
                failed.append((case.reference or f"Cases {case.id}", why or str(error)))
        if again:
            cases = list(({x.id: x for x in cases} | {x.id: x for x in self._reader.some(again, office)}).values())
        writes = [*self._reports(cases), *_links(cases, whole=whole)]
        fresh_ids = set(new)
        if whole or fresh_ids:
            writes += _same_people([x for x in cases if whole or x.id in fresh_ids], self._marks(cases, whole=whole))
        refused = self._performer.perform(writes)
        for w in writes if not refused else ():
            if w.table == "Reports":
                self._shown[w.key] = str(w.cells["Case reference"])
        anew = again | {str(w.record) for w in writes if w.table == "Cases"}
        return anew, len(writes) + len(again if whole else ()), failed + refused

    def _attach(self, case: Case, id: str, office: Office, failed: list[tuple[str, str]]) -> bool:
        """Put the report on the other case as it stands now, and mark it once all of it is there."""
        target = next(iter(self._reader.some([id], office)), None)
        if target is None or closed_at(target):
            return False
        writes = list(attached(case, target))
        first = [w for w in writes if w.table != "Incidents" and "Incident" not in w.cells]  # a no before all else
        rest = [w for w in writes if w not in first]
        undone: list[tuple[str, str]] = []
        at = (office.read_at or target.created_at).replace(microsecond=0)
        for part in (first, rest, [mark(case, target, at)]):
            undone = undone or self._performer.perform(part)
        failed += undone
        return not undone

    def _refuse(self, case: Case, id: str, office: Office, failed: list[tuple[str, str]]) -> bool:
        """Put what its victims refused on the case that it is part of. Whether there was anything new."""
        if not set_aside(case) or not any(x.answer is c.Answer.NO or x.withdrawn_at for x in case.consents):
            return False
        target = next(iter(self._reader.some([id], office)), None)
        writes = list(refusals(case, target)) if target else []
        failed += self._performer.perform(writes)
        return bool(writes)

    def _refuse_back(
        self, case: Case, cases: list[Case], office: Office, failed: list[tuple[str, str]]
    ) -> set[str]:  # fmt: skip
        """Put what was refused on a case on each report's own case that is part of it: partners were told from there.
        The ids of those where that was anything new.
        """
        if not case.linked_case or not any(x.answer is c.Answer.NO or x.withdrawn_at for x in case.consents):
            return set()
        linked = set(case.linked_case.split(", "))
        parts = [x for x in cases if x.reference in linked]
        missing = linked - {x.reference for x in parts}
        if missing:
            ids = [r.id for r in self._platform.find("Cases", "Reference", sorted(missing))]
            parts += self._reader.some(ids, office)
        anew = set()
        for part in parts:
            if part.named is None or part.named.id != case.id or not set_aside(part):
                continue
            writes = list(refusals_back(part, case))
            failed += self._performer.perform(writes)
            anew |= {part.id} if writes else set()
        return anew

    def _reports(self, cases: Iterable[Case]) -> list[Write]:
        """Each report's row names the case that it belongs to now; one not taken to the end is left to intake."""
        return [
            Write("Reports", x.report, {"Case reference": shown_as(x)}, record=x.report.removeprefix("report-"))
            for x in cases
            if x.report and x.reference and self._shown.get(x.report) and self._shown[x.report] != shown_as(x)
        ]

    def _marks(self, cases: list[Case], *, whole: bool) -> Mapping[str, frozenset[str]]:
        """What every open case may be known again by."""
        if whole:
            return {x.reference: marks(x.people) for x in cases if x.reference and _goes_on(x)}
        people: dict[str, list[Person]] = {}
        for record in self._platform.records("People"):
            for id in links(record, "Case"):
                people.setdefault(id, []).append(value(Person, record, []))
        return {
            str(r.fields["Reference"]): marks(people.get(r.id, ()))
            for r in self._platform.records("Cases")
            if r.fields.get("Reference") and r.fields.get("State") != c.CaseState.CLOSED
            and r.fields.get("Triage") in (None, c.Triage.HATE)
        }  # fmt: skip


def _goes_on(case: Case) -> bool:
    return closed_at(case) is None and not set_aside(case)


def _same_people(cases: Iterable[Case], known: Mapping[str, frozenset[str]]) -> list[Write]:
    """While nobody has triaged a case: which open ones it may be the same as."""
    out, others = [], alike(known)
    for case in cases:
        found = others.get(case.reference) or None
        if case.triage is None and case.reference and _goes_on(case) and found != case.may_be_same_as:
            out.append(
                Write("Cases", case.reference, {"May be the same as": found}, record=case.id, column="Reference")
            )
    return out


def _links(cases: list[Case], *, whole: bool) -> list[Write]:
    """Linked case on both: the case that Attach to names, and those that name this one (R-23)."""
    wanted: dict[str, set[str]] = {}
    for case in cases:
        if case.named and case.named.id != case.id and case.reference:
            wanted.setdefault(case.id, set()).add(case.named.reference)
            wanted.setdefault(case.named.id, set()).add(case.reference)
    out = []
    for case in cases:
        have = set(filter(None, (case.linked_case or "").split(", ")))
        want = wanted.get(case.id, set()) | (set() if whole else have)
        if want != have and case.reference:
            words = ", ".join(sorted(want)) or None
            out.append(Write("Cases", case.reference, {"Linked case": words}, record=case.id, column="Reference"))
    return out
