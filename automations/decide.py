"""Decide: from a whole case and the moment to everything that should be so. The heart, and pure.

In: a case as recorded, the moment, the rules. Out: effects. Deciding again on what they made gives none.
Never here: a clock, a platform, a file, the network; anything that depends on what changed last.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from automations import chronology, not_for_use, refusals, sent, told_before
from automations.alerts import alerts
from automations.allocation import placed
from automations.belonging import linked, refuse_the_early, unlinked
from automations.calendar import NotKnown
from automations.checklist import checklist
from automations.concerns import Raised, warnings
from automations.contact import household_warning
from automations.correspondence import letters, unmade
from automations.deadlines import say
from automations.disagreements import disagreements
from automations.discussed import developments, without_consent
from automations.duties import Duty, duties
from automations.edited_pdf import edited_as_pdf
from automations.effects import Effect, Write
from automations.explain import explained
from automations.faults import faults, refuse_the_impossible
from automations.gaps import gaps
from automations.letters.facts import Landlord
from automations.model import Action, Case
from automations.nameless import Nameless
from automations.options import options_to_ask
from automations.outbox import packs, recalls
from automations.outbox.rows import outgoing
from automations.outbox.shown import would_leave
from automations.referrals import referrals as notices
from automations.remembered import Remembered, Whose, on_case, remembered
from automations.rules import Rules, closed_at, closure
from automations.starts.plan import case_review_until
from schema import choices as c

E = TypeVar("E", bound=Effect)
SAME_MOMENT = timedelta(seconds=2)
"""The record and its audit may be a second apart."""


@dataclass(frozen=True, slots=True)
class House:
    """What is the landlord's own: its letterhead, and where staff find their bases."""

    landlord: Landlord
    address: str
    path: Callable[[str, str], str] = lambda table, id: ""
    """Of a record's own page, by table and id, after the address (ports.Platform.address_of)."""
    makes_pdfs: bool = False
    """Whether a word processor is there, for the PDF of an edited letter."""

    def page(self, table: str, id: str) -> str:
        """Where staff open a record; their bases, where it has no page of its own."""
        path = self.path(table, id)
        return f"{self.address.rstrip('/')}/{path}" if path else self.address


def decide(case: Case, now: datetime, rules: Rules, house: House) -> list[Effect]:
    """What the procedure asks for on this case now. `now` is aware."""
    now = now.astimezone(UTC).replace(microsecond=0)
    case, said = as_it_counts(case, now, rules)
    owed = list(duties(case, now, rules))
    said += [*gaps(case, owed, now), *(words for duty in owed for words in duty.said)]
    actions = on_case(case, owed, now)
    return [
        *_put_back(case),
        *_bookkeeping(case, now),
        *_rows(actions, {"Case": (case.id,)}),
        *_first_reports(case),
        *checklist(case),
        *developments(case),
        *options_to_ask(case, rules),
        *chronology.developments(case, owed, now),
        *not_for_use.marks(case),
        *_as_far_as_known(letters(case, owed, rules, house.landlord, now)),
        *edited_as_pdf(case, makes_pdfs=house.makes_pdfs),
        *alerts(case, rules.office, now, house.page("Cases", case.id)),
        *_as_far_as_known(notices(case, rules, now)),
        *_as_far_as_known(outgoing(case, owed, rules, now)),
        *packs.taken_away(case, rules, now),
        *would_leave(case, rules, now),
        *told_before.effects(case, rules.office, now),
        *recalls.following(case, rules.office, now),
        *_whole(case, owed, said, explained(actions, Nameless(case, rules.office)), warnings(case, now)),
    ]


def as_it_counts(case: Case, now: datetime, rules: Rules) -> tuple[Case, list[str]]:
    """The case without what cannot be, with its officer and area; and a sentence for each thing a person must see."""
    case, said = refuse_the_impossible(case, now)
    case, early = refuse_the_early(linked(case))
    case, unplaced = _placed(case, rules)
    said = [*said, *early]
    return case, [*case.problems, *said, *faults(case, said), *unlinked(case), *unplaced, *unmade(case),
                  *sent.sentences(case), *without_consent(case), *told_before.sentences(case, rules.office, now),
                  *recalls.sentences(case, now), *disagreements(case, now)]  # fmt: skip


def _as_far_as_known(effects: Iterator[E]) -> Iterator[E]:
    """Those that need no day beyond the known bank holidays; the steps that do say so on the case (duties.py)."""
    with suppress(NotKnown):
        yield from effects


def differing(cells: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that are not yet as they should be. Blank, no tick and None are the same."""
    if cells.items() <= kept.items():
        return {}
    return {name: value for name, value in cells.items() if _plain(value) != _plain(kept.get(name))}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0)
    return str(value) if isinstance(value, str) and value else (value or None)


def _placed(case: Case, rules: Rules) -> tuple[Case, list[str]]:
    """The case with who answers for it now; a closed one still names who did."""
    now, said = placed(case, rules.office)
    if closed_at(case) is None:
        return now, said
    return replace(now, officer=case.officer, supervisor=case.supervisor, area=case.area), []


def _put_back(case: Case) -> Iterator[Write]:
    """Cells of ours that somebody else typed over, and a development that says so (design 2)."""
    for over in case.typed_over:
        words = f"{over.table} {over.id}"
        yield Write(over.table, f"{case.reference}/put-back/{words}", over.cells, record=over.id)
        key = f"{case.reference}/put-back/{over.table}-{over.id}/{over.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield Write("Developments", key, {
            "Key": key, "Case": over.cells.get("Case") or (case.id,), "Happened at": over.at,
            "Development": "Put back: cells that Casewatch keeps were changed by hand",
            "Detail": f"{words}: {', '.join(over.cells)}.",
        })  # fmt: skip


def _bookkeeping(case: Case, now: datetime) -> Iterator[Write]:
    """Numbers and first values, written once so that later edits cannot rewrite them (R-07, R-13)."""
    for i in case.incidents:
        cells = differing(
            {"Number": i.number, "First recorded as": i.first_recorded_as or i.first_stated_at or i.counts_from,
             "Picked up at": i.picked_up_at or now, "Key": i.key or f"{case.reference}/incident-{i.number}"},
            {"Number": i.numbered, "First recorded as": i.first_recorded_as, "Picked up at": i.picked_up_at,
             "Key": i.key},
        )  # fmt: skip
        if cells:
            yield Write("Incidents", f"{case.reference}/incident-{i.number}", cells, record=i.id)
    agreed = [p.agreed_at for p in case.plans if p.agreed_at]
    for row in case.consents:
        refused = row.answer is c.Answer.NO or row.withdrawn_at is not None
        seen = row.last_refused_at
        again = seen is not None and any(seen < at < row.recorded_at for at in agreed)
        at = min(row.recorded_at, now) if refused and (seen is None or again) else seen
        unseen = row.refused_unseen_at
        if unseen and (at is None or unseen - at > SAME_MOMENT):
            at = unseen
        if at != seen:
            yield Write("Consents", f"{case.reference}/consent-{row.id}", {"Last refused at": at}, record=row.id)
        if at and (key := refusals.key_of(case, row, at)) not in case.development_keys:
            yield Write("Developments", key, {
                "Key": key, "Case": (case.id,), "Happened at": at, "Development": "A victim said no, or withdrew",
                "Detail": f"Consents {row.id}{f': {row.option!s}' if row.option else ''}.",
            })  # fmt: skip


def action_rows(
    kept: Iterable[Action],
    owed: Iterable[Duty],
    whose: Callable[[Duty], Whose],
    links: Mapping[str, tuple[str, ...]],
    now: datetime,
    why: Callable[[Action], str],
) -> Iterator[Write]:
    """The Actions rows as they should stand, given those that do. `links` go on new ones; `why` says of one that
    nobody owes any more why it is not needed.
    """
    return _rows(remembered(kept, owed, whose, now, why), links)


def _rows(actions: list[Remembered], links: Mapping[str, tuple[str, ...]]) -> Iterator[Write]:
    for each in actions:
        if each.row is None:
            filled = {name: value for name, value in each.cells.items() if value not in (None, False)}
            yield Write("Actions", each.key, {**filled, **links})
        elif changed := differing(each.cells, each.row.kept):
            yield Write("Actions", each.key, changed, record=each.row.id)


def _first_reports(case: Case) -> Iterator[Write]:
    """The first report as a development of the case (HC-043)."""
    for i in case.incidents:
        key = f"{case.reference}/development/first-report/incident-{i.number}"
        if key not in case.development_keys:
            yield Write("Developments", key, {
                "Key": key, "Case": (case.id,), "Happened at": i.counts_from,
                "Development": "First report" if i.number == 1 else "Further incident reported",
                "Detail": f"Reported {say(i.counts_from)}; on the case log {say(i.created_at)}.",
            })  # fmt: skip


def _ended(case: Case) -> dict[str, Any]:
    """When the case was closed and by which role (HC-145), and until when a case review may be asked for (R-24)."""
    row = closure(case)
    return {
        "Closed at": row.closed_at if row else None,
        "Closed by": row.author.role if row and row.author else case.kept.get("Closed by") if row else None,
        "Case review may be asked until": case_review_until(case),
    }


def _whole(case: Case, owed: list[Duty], said: list[str], every: str, raised: list[Raised]) -> Iterator[Write]:
    """The case's own cells: where it stands, what comes next, what would move it."""
    running = [d for d in owed if d.deadline and not (d.evidence or d.not_needed or d.waits)]
    following = min(
        running, key=lambda d: d.deadline.at if d.deadline else datetime.max.replace(tzinfo=UTC), default=None
    )
    blocked = dict.fromkeys(f"{d.step.title}: {d.blocked_by}" for d in running if d.blocked_by)
    waiting = dict.fromkeys(f"{d.step.title}: {d.waits}" for d in owed if d.waits)
    if closed_at(case):
        state = c.CaseState.CLOSED
    elif said:
        state = c.CaseState.NEEDS_A_PERSON
    else:
        state = c.CaseState.OPEN if any(i.assessed_at for i in case.incidents) else c.CaseState.NEW
    cells = {
        "State": state,
        "First reported at": case.incidents[0].counts_from if case.incidents else None,
        "Officer": case.officer,
        "Supervisor": case.supervisor,
        "Area": case.area,
        "Division": case.division,
        **_ended(case),
        "Victim is not our resident": case.not_our_resident,
        "Next step": following.step.title if following else None,
        "Next due at": following.deadline.at if following and following.deadline else None,
        "What needs a person": "\n".join(dict.fromkeys(said)) or None,
        "What would move it": "\n".join([*blocked, *waiting]) or None,
        "Warnings": "\n".join(filter(None, [household_warning(case), *(each.text for each in raised)])) or None,
        "Every step explained": every or None,
    }
    if changed := differing(cells, case.kept):
        yield Write("Cases", case.reference, changed, record=case.id, column="Reference")
