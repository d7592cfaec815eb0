"""The runner: read what changed, decide, perform, remember when to look again. One loop.

In: a platform and the ways out. Out: passes; each says what it did.
Never here: a rule, or a choice that depends on what changed last.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from automations import lost_cases
from automations.changes import Changes
from automations.copies import told_apart
from automations.decide import House, decide
from automations.effects import Deliver, Effect, Email, Write
from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.how_many import how_many
from automations.intake import faults, is_ready, take, taken
from automations.joining import Joining
from automations.model import Case, Office, Report
from automations.organisation import asked, told
from automations.organisation.reading import organisation
from automations.outbox.adrift import without_a_case
from automations.outbox.asking import Asking
from automations.perform import Performer
from automations.ports import Platform, Record, Showing
from automations.profiles import problems
from automations.reading import CASE_TABLES, Cases, office
from automations.records import value
from automations.returning import Returning
from automations.rules import Rules
from automations.wakes import next_look

log = logging.getLogger("casewatch")

SWEEP_EVERY = timedelta(minutes=5)
LEFT_ALONE = timedelta(minutes=10)
"""How long a new row may hang from no case before it is told: staff enter the cells one by one."""
LONGEST_HAND_OVER = timedelta(minutes=2)
"""How long a pass hands things over. What is left goes in the next, which looks first whether somebody reported."""
ROUNDS = 3
"""How often a sweep decides again on the cases that it changed; the next pass does what is left."""

KEY_LENGTH = 250
"""Signs that a key of the run log may have."""

NO_REFERENCE = "It has no reference, so nothing is worked out for it: send a report instead, then delete this row."

LOST_REFERENCE = (
    "It has no reference, so nothing is worked out for it: put back the one that its report names, or send a report."
)


@dataclass(slots=True)
class Pass:
    """What one pass did."""

    reports: int = 0
    cases: int = 0
    effects: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    notices: dict[str, Deliver | Email] = field(default_factory=dict)
    """What leaves at the end of the pass, by key: a partner or a mail server that hangs must hold up no alert."""
    left: int = 0
    """How much of it waits for the next pass, because this one was long enough."""


class Runner:
    """Makes passes. A pass that breaks off is made good by the next: everything is worked out from the records."""

    def __init__(
        self, platform: Platform, performer: Performer, house: House, clock: Callable[[], datetime] | None = None,
        returning: Returning | None = None, asking: Asking | None = None,
    ) -> None:  # fmt: skip
        """`returning` None: no month is counted for a partnership. `asking` None: no partner is asked what became of
        what it took.
        """
        self._returning = returning
        self._platform = platform
        self._performer = performer
        self._house = house
        self._asking = asking
        self._clock = clock or (lambda: datetime.now(UTC))
        self._cases = Cases(platform)
        self._joining = Joining(platform, self._cases, performer)
        self._changes = Changes(platform, ("Reports", "Cases", *CASE_TABLES))
        self._looks: dict[str, datetime] = {}
        self._swept_at: datetime | None = None

    def once(self, sweep: bool = False) -> Pass:
        """One pass: what changed and what is due a look, or everything. TryAgainLater where the platform is down."""
        try:
            done = self._once(sweep)
            if isinstance(self._platform, Showing):
                self._platform.show()
            return done
        except BaseException:
            self._swept_at = None  # what this pass had seen and not yet done is found by looking at everything
            raise

    def _once(self, sweep: bool) -> Pass:
        now = self._clock()
        done = Pass()
        rules = Rules(office(self._platform, now, self._cases.histories))
        if sweep or self._swept_at is None or not timedelta(0) <= now - self._swept_at < SWEEP_EVERY:
            self._changes.start(now)
            reports = self._platform.records("Reports")
            self._reports(reports, rules.office, done, whole=True)
            cases = self._settle(rules, done)
            self._organisation(cases, rules, done)
            self._count(cases, rules, done)
            self._hear(cases, rules, done)
            done.failed += _unusable(rules.office, self._lost(cases, reports, done), now)
            self._tell(done, now)
            self._swept_at = now
            return done
        changed = self._changes.poll()
        new = self._reports([r for r in changed if r.table == "Reports"], rules.office, done)
        touched = new | {i for r in changed if r.table != "Reports" for i in _case_ids(r)}
        due = {i for i, at in self._looks.items() if at <= now}
        for id in due:
            del self._looks[id]
        touched |= due
        cases = self._cases.some(touched, rules.office, told=True)
        cases = list(({x.id: x for x in cases} | self._join(cases, rules, done, new)).values())
        self._decide(cases, rules, done)
        self._hand_over(done)
        return done

    def _join(self, cases: list[Case], rules: Rules, done: Pass, new: Iterable[str] | None = None) -> dict[str, Case]:
        """What triage asks between cases. Out: those to look at anew, as read since, by their ids.

        `new`: the ids of cases made in this pass; None where these are all the cases.
        """
        unread, fresh = self._cases.unread, list[Case]()
        try:
            again, writes, failed = self._joining.join(cases, rules.office, new=new or (), whole=new is None)
            fresh = self._cases.some(again, rules.office, told=True) if again else []
        except TryAgainLater:
            raise
        except Exception as error:  # what nobody foresaw between cases must not keep help from any of them
            writes, failed = 0, [("Triage", unforeseen(error))]
        if self._cases.unread is not unread:
            done.failed += unread
        done.effects += writes
        done.failed += failed
        return {case.id: case for case in fresh}

    def _settle(self, rules: Rules, done: Pass) -> list[Case]:
        """Decide on every case and hand over what may leave; then on those again, as a receipt completes a step.

        Out: every case, as last read.
        """
        latest = {case.id: case for case in self._cases.all(rules.office)}
        latest |= self._join(list(latest.values()), rules, done)
        latest |= self._rounds(list(latest.values()), rules, done)
        told = self._cases.some(self._hand_over(done), rules.office, told=True)
        latest |= {case.id: case for case in told}
        latest |= self._rounds(told, rules, done)
        return list(latest.values())

    def _rounds(self, cases: list[Case], rules: Rules, done: Pass) -> dict[str, Case]:
        """Decide, then again on those with something to do; these, as last read, by their ids."""
        latest: dict[str, Case] = {}
        for _ in range(ROUNDS):
            busy = self._decide(cases, rules, done)
            if not busy:
                break
            cases = self._cases.some(busy, rules.office, told=True)
            latest |= {case.id: case for case in cases}
        return latest

    def _organisation(self, cases: list[Case], rules: Rules, done: Pass) -> None:
        """What sections 14 to 18 ask of the organisation, on a sweep; what goes wrong there costs no case anything."""
        now = self._clock()
        try:
            org = organisation(self._platform, self._cases, cases, rules.office, now)
            effects = asked(org, now, rules)
        except TryAgainLater:
            raise
        except Exception as error:  # cases were done before: what nobody foresaw here must not break the pass off
            done.failed.append(("Organisation", unforeseen(error)))
            return
        done.effects += len(effects)
        done.failed += [*told(org), *self._performer.perform(effects)]

    def _count(self, cases: list[Case], rules: Rules, done: Pass) -> None:
        """The returns of the months, on a sweep; what goes wrong there costs no case anything."""
        if not self._returning:
            return
        try:
            did, failed = self._returning.once(cases, rules.office, self._cases)
        except TryAgainLater:
            raise
        except Exception as error:  # cases were done before: what nobody foresaw here must not break the pass off
            did, failed = 0, [("Statistics returns", unforeseen(error))]
        done.effects += did
        done.failed += failed

    def _hear(self, cases: list[Case], rules: Rules, done: Pass) -> None:
        """What partners say of what they took, once all that is ours to do is done."""
        effects, said = self._asking.heard(cases, rules.office) if self._asking else ([], [])
        done.effects += len(effects)
        done.failed += [*said, *self._performer.perform(effects)]

    def _lost(self, cases: list[Case], reports: list[Record], done: Pass) -> list[Record]:
        """Say what became of cases that were deleted whole. Out: the other rows that hang from no case."""
        lost = lost_cases.found(self._platform, self._cases.adrift, {case.reference for case in cases}, reports)
        writes = [*lost.writes, *without_a_case(lost.others, self._clock(), LEFT_ALONE)]
        done.effects += len(writes)
        done.failed += [*self._performer.perform(writes), *lost.said]
        return lost.others

    def _hand_over(self, done: Pass) -> list[str]:
        """The notices and e-mailed letters of the pass, after every report is taken and every alert is out.

        Out: the ids of their cases. After a while the rest waits for the next pass, which looks at new reports first.
        """
        notices = list(done.notices.values())
        done.notices.clear()
        began = self._clock()
        failed, left = self._performer.hand_over(notices, lambda: self._clock() - began > LONGEST_HAND_OVER)
        self._looks |= {notice.case_id: began for notice in left}
        done.effects += len(notices) - len(left)
        done.left += len(left)
        if failed:
            done.failed += failed
            self._tell(done, self._clock())
        return list(dict.fromkeys(n.case_id for n in notices))

    def _reports(self, records: Iterable[Record], office: Office, done: Pass, *, whole: bool = False) -> set[str]:
        """Take the reports that are ready; the ids of their cases. `whole`: these are all the reports."""
        self._joining.seen(records := office.moves.as_entered(records))
        ready: list[tuple[Report, list[str]]] = []
        rows, marks, copies = told_apart(records, self._platform, self._cases, self._clock(), whole=whole)
        done.failed += self._performer.perform(marks)
        for record in rows:
            said: list[str] = []
            report = value(Report, record, said, is_copy=record.id in copies)
            if is_ready(report):
                ready.append((report, said))
        if not ready:
            return set()
        now = self._clock()
        references = self._references([r for r, _ in ready], now)
        made: dict[str, list[Write]] = {}
        for r, said in ready:
            try:
                said.extend(faults(r, office, now))
                made[r.id] = list(take(r, office, references[r.id], now))
            except Exception as error:  # one report that nobody foresaw must not keep help from the others
                done.failed.append((f"Reports {r.id}", unforeseen(error)))
        ready = [(r, said) for r, said in ready if r.id in made]
        done.failed += self._performer.perform(w for writes in made.values() for w in writes if w.table == "Cases")
        there = self._made([r for r, _ in ready])
        # A number that another runner took for its own report is not ours: that report is taken next pass.
        ours = [(r, said) for r, said in ready if there.get(r.id, ("", ""))[0] == references[r.id]]
        rest = [w for r, _ in ours for w in made[r.id] if w.table != "Cases"]
        done.failed += self._performer.perform(rest)
        marks = [
            taken(r, references[r.id], now, tuple(said)) for r, said in ours if not _broken(references[r.id], done)
        ]
        done.failed += self._performer.perform(marks)
        done.reports += len(marks)
        return {there[r.id][1] for r, _ in ours}

    def _made(self, reports: list[Report]) -> dict[str, tuple[str, str]]:
        """The reference and id of the case that each report already became, by the report's id."""
        cases = self._platform.find("Cases", "Report", [f"report-{r.id}" for r in reports])
        return {str(r.fields["Report"]).removeprefix("report-"): (str(r.fields["Reference"]), r.id) for r in cases}

    def _references(self, reports: list[Report], now: datetime) -> dict[str, str]:
        """A reference for each report: the one its case already has, else the next free number of the year."""
        found = {id: reference for id, (reference, _) in self._made(reports).items()}
        stem = f"CW-{now.year}-"
        numbers = [
            int(reference.removeprefix(stem))
            for r in self._platform.records("Cases")
            if (reference := str(r.fields.get("Reference") or "")).startswith(stem)
            and reference[len(stem) :].isdecimal()
        ]
        following = max(numbers, default=0)
        while wanting := [report.id for report in reports if report.id not in found]:
            numbered = [f"{stem}{following + n:04d}" for n in range(1, len(wanting) + 1)]
            following += len(wanting)
            given = self._given(numbered)
            found |= dict(zip(wanting, (each for each in numbered if each not in given), strict=False))
        return found

    def _given(self, references: Sequence[str]) -> set[str]:
        """Those that anything tells a case of. The case may be deleted: its people are still there under keys that
        begin with it, and a second case of that reference would find them as its own.
        """
        given: set[str] = set()
        for table, column, after in (
            ("Reports", "Case reference", ""),
            ("People", "Key", "/victim"),
            ("Alerts", "Key", "/alert/new-report/incident-1"),
        ):
            found = self._platform.find(table, column, [f"{each}{after}" for each in references])
            given |= {str(r.fields[column]).removesuffix(after) for r in found}
        return given

    def _decide(self, cases: Iterable[Case], rules: Rules, done: Pass) -> list[str]:
        """Decide on each case apart, so that one that cannot go on stops no other; then perform together, but for
        the notices. Out: the ids of the cases on which something was to do.
        """
        now = self._clock()
        done.failed += self._cases.unread
        effects: list[Effect] = []
        busy: list[str] = []
        for case in cases:
            done.cases += 1
            if not case.reference:
                done.failed.append((f"Cases {case.id}", LOST_REFERENCE if case.people else NO_REFERENCE))
                continue
            try:
                owed = decide(case, now, rules, self._house)
                self._looks[case.id] = next_look(case, now)
                done.notices |= {e.key: e for e in owed if isinstance(e, Deliver | Email)}
                here = [e for e in owed if not isinstance(e, Deliver | Email)]
                effects += here
                busy += [case.id] if here else []
            except TryAgainLater:
                raise
            except CaseworkError as error:
                done.failed.append((case.reference, error.detail or str(error)))
            except Exception as error:  # one case that nobody foresaw must not keep help from the others
                done.failed.append((case.reference, unforeseen(error)))
        done.effects += len(effects)
        done.failed += self._performer.perform(effects)
        self._tell(done, now)
        return busy

    def _tell(self, done: Pass, now: datetime) -> None:
        """Each thing that could not be done, once, in the run log (keyed by what it says)."""
        lines = {_log_key(f"{key}: {why}"): (key, why) for key, why in done.failed}
        if lines:
            log.warning("%s could not be done; see Run log.", how_many(len(lines), "thing"))
        untold = self._performer.perform(
            Write("Run log", line, {"Key": line, "What": key, "Detail": why, "At": now})
            for line, (key, why) in lines.items()
        )
        if untold:
            whys = " ".join(dict.fromkeys(why for _, why in untold))
            log.error("%d of them could not be written to Run log either. %s", len(untold), whys)


def _unusable(office: Office, adrift: list[Record], now: datetime) -> list[tuple[str, str]]:
    """What no case can say of itself: cells of the office base, and rows that nobody linked to a case."""
    rows = [r for r in adrift if now - r.created_at >= LEFT_ALONE]
    return [
        *(("Office", said) for said in (*office.problems, *problems(office))),
        *((f"{r.table} {r.id}", "It hangs from no case, so nothing is worked out from it: link it.") for r in rows),
    ]


def _log_key(words: str) -> str:
    """The words themselves; where they are cut, with a mark of the whole, so that no two share a key."""
    if len(words) <= KEY_LENGTH:
        return words
    mark = hashlib.sha256(words.encode(errors="replace")).hexdigest()[:12]
    return f"{words[: KEY_LENGTH - 13]} {mark}"


def _case_ids(record: Record) -> tuple[str, ...]:
    if record.table == "Cases":
        return (record.id,)
    link = record.fields.get("Case")
    return tuple(x for x in link if isinstance(x, str)) if isinstance(link, tuple) else ()


def _broken(reference: str, done: Pass) -> bool:
    """Whether a record of this case could not be made: then the report is taken again next pass."""
    return any(key.startswith(reference) for key, _ in done.failed)
