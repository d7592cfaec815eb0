"""One referral, or its recall, handed over now, exactly as the runner would.

In: a row. Out: it is handed over once in effect, and a sentence says what became of it.
Never here: a way round a Decision, a gate, a consent or a partner's rest: the outbox decides, again and again.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from casewatch.commands.plain import plain_errors
from casewatch.commands.referral_rows import Desk, Found, opened, row_called, why_not

if TYPE_CHECKING:
    from automations.effects import Deliver
    from automations.model import Referral
    from automations.outbox.ways_out import Ready

NO_KEY = "The runner has not looked at it yet. Its next pass does; then try again."
NOTHING = "Nothing was sent."
TRY = "Something has changed meanwhile, or another runner is at it. Look at its row."


def the_sending(words: str, dry_run: bool, yes: bool, settings: Path | None) -> None:
    """Hand it over. It ends with 1 where nothing may go, 3 where it is to be tried later, 4 where a person decides."""
    from automations.effects import Deliver
    from automations.outbox.ways_out import Ready

    with plain_errors():
        desk = opened(settings)
        found = row_called(desk, words)
        incident = found.case.incident_of(found.row.incident_id)
        if not found.row.key or incident is None:
            _end(NO_KEY if incident else "Say which incident it is about (Incident).", 3 if incident else 4)
        effect = Deliver(found.row.key, found.case.id, incident)
        _rests(desk, found.row)
        ready = desk.readings.read(effect, desk.now)
        if not isinstance(ready, Ready):
            _end(f"{NOTHING} {why_not(ready, found.row, found.case)}", 1)
        _hand_over(desk, found, effect, ready, dry_run=dry_run, yes=yes)


def the_recall(words: str, dry_run: bool, yes: bool, settings: Path | None) -> None:
    """Call it back where that is owed. It ends with 1 where it is not, and says what would make it so."""
    from automations.effects import Deliver
    from automations.outbox.recalls import owed
    from automations.outbox.ways_out import Ready
    from automations.told_before import told_of

    with plain_errors():
        desk = opened(settings)
        found = row_called(desk, words)
        case, row = found.case, found.row
        incident = told_of(case, row)
        if owed(case, found.rules.office, row, desk.now) != "recall" or incident is None or not row.key:
            _end(f"{NOTHING} {none_owed(found, desk)}", 1)
        _rests(desk, row)
        effect = Deliver(f"{row.key}/recall", case.id, incident, "recall")
        ready = desk.readings.read(effect, desk.now)
        if not isinstance(ready, Ready):
            why = why_not(ready, row) if ready else "Nothing can be sent to that partner now."
            _end(f"{NOTHING} {why} Ring them, then enter Partner asked to stop at.", 4)
        _hand_over(desk, found, effect, ready, dry_run=dry_run, yes=yes)


def none_owed(found: Found, desk: Desk) -> str:
    """Why no recall is owed, and what to enter in the base."""
    from automations.deadlines import say
    from automations.outbox.recalls import owed
    from automations.told_before import OPTIONS, taken_back
    from schema.choices import WENT, ReferralForm, ReferralState

    row = found.row
    said_no = next((x for x in taken_back(found.case, found.rules.office, desk.now) if x.row.id == row.id), None)
    if row.state is ReferralState.RECALLED:
        return "The partner has confirmed its recall."
    if row.state is ReferralState.RECALL_SENT:
        at = f" ({say(row.recall_sent_at)})" if row.recall_sent_at else ""
        return f"Its recall went{at}. When the partner confirms it, enter Partner confirmed at."
    if said_no and said_no.was_rung:
        return "Somebody asked the partner to stop. When they confirm it, enter Partner confirmed at."
    by_hand = row.by_hand_at is not None and row.sent_at is None
    if by_hand and said_no:
        return "It was told by hand, so a person rings them: then enter Partner asked to stop at."
    if row.state not in WENT and not by_hand:
        return "It has not gone. To keep it from going, set Decision to Do not send."
    if row.form is ReferralForm.STATISTICAL:
        return "It names nobody: statistics are put right (Recall because), never called back."
    if not row.sent_under and said_no:
        return "The key that it went under is not on its row: ring them, then enter Partner asked to stop at."
    if owed(found.case, found.rules.office, row, desk.now) == "correction":
        return "A correction is owed and no recall: the runner sends it."
    if row.purpose not in OPTIONS or "Overrides " in (row.consent or ""):
        return "It does not rest on a victim's answer. If what they were told is wrong, enter Recall because."
    return (
        f"No victim has taken back what it rests on ({row.consent or 'Consents'}). If one does, enter Withdrawn at in "
        "Consents, and it is called back. If what they were told is wrong, enter Recall because."
    )


def _rests(desk: Desk, row: "Referral") -> None:
    from automations.deadlines import say

    if row.try_again_at and row.try_again_at > desk.now:
        _end(f"{NOTHING} The partner is left alone until {say(row.try_again_at)}. {_plain(row.answer)}", 3)


def _hand_over(desk: Desk, found: Found, effect: "Deliver", ready: "Ready", *, dry_run: bool, yes: bool) -> None:
    from automations.delivery import Delivery
    from casewatch import connect
    from casewatch.commands import explain

    to = desk.to(ready)
    click.echo(
        f"Referrals {found.row.id} of {found.case.reference}, {ready.follows or found.row.purpose}: to {to['partner']} "
        f"by {to['kind']} ({to['destination']}), {len(ready.packed.body)} bytes, under {ready.packed.key}.", err=True,
    )  # fmt: skip
    if dry_run:
        _end(f"{NOTHING} Without --dry-run it would go.", 0)
    if not yes and not click.confirm("Hand it over?", err=True):
        _end(NOTHING, 0)
    connect.must_be_safe(desk.settings)
    delivery = Delivery(desk.bases, desk.outlet, explain.moment)
    delivery.begin()
    delivery.deliver(effect)
    _end(*_became(row_called(desk, found.row.id).row, ready))


def _became(row: "Referral", ready: "Ready") -> tuple[str, int]:
    """What its row says now, and the exit code for it."""
    from schema.choices import ReferralState as State

    here = f"Referrals {row.id}: {row.state}."
    went = row.recall_under == ready.packed.key if ready.follows else (
        row.sent_under == ready.packed.key and row.sent_at is not None
    )  # fmt: skip
    if went:
        return f"It went. {here}", 0
    if row.state in (State.REJECTED, State.UNKNOWN):
        return " ".join(filter(None, (here, _plain(row.answer), _plain(row.why)))), 4
    if row.try_again_at:
        return f"It did not go. {here} {_plain(row.answer)}", 3
    return f"It did not go. {here} {TRY}", 1


def _plain(text: str | None) -> str:
    return "".join(x if x.isprintable() else " " for x in text or "").strip()


def _end(words: str, code: int) -> NoReturn:
    click.echo(words.strip(), err=bool(code))
    sys.exit(code)
