"""The outbox as a list: what waits, what is held, what failed, what went, which recalls are open; oldest first.

In: every case as it stands, perhaps an area or a state. Out: one line a referral, or JSON.
Never here: a person's name, a word that staff or a partner wrote, a write.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewatch.commands.plain import plain_errors

if TYPE_CHECKING:
    from datetime import datetime

    from automations.model import Case, Referral
    from automations.rules import Rules

OWED = "Recall owed"
NO_STATE = "Not looked at yet"
NOT_OURS = "a partner that the office base does not name"


def the_outbox(area: str | None, state: str | None, as_json: bool, settings: Path | None) -> None:
    """List it. It ends with 1 where something needs a person, or a case could not be read."""
    from casewatch import connect
    from casewatch.commands import explain
    from casewatch.settings import load

    with plain_errors():
        bases, now = connect.platform(load(settings)), explain.moment()
        lines, unread = _read(bases, area, now)
    wanted = _state(state) if state else None
    lines = [x for x in lines if wanted in (None, x["state"])]
    if as_json:
        click.echo(json.dumps({"referrals": lines, "not_read": unread}))
    else:
        _print(lines)
    for said in unread:
        click.echo(f"Could not be read: {said}", err=True)
    sys.exit(1 if unread or any(x["needs_a_person"] for x in lines) else 0)


def _read(bases: Any, area: str | None, now: "datetime") -> tuple[list[dict[str, Any]], list[str]]:
    from automations.allocation import placed
    from automations.errors import CaseworkError, TryAgainLater, unforeseen
    from automations.faults import refuse_the_impossible
    from automations.reading import Cases, office
    from automations.rules import Rules

    cases, rules = Cases(bases), Rules(office(bases, now))
    where = rules.office.area(area) if area else None
    if area and where is None:
        raise click.UsageError(
            f"The office base has no area {area!r}: {', '.join(x.name for x in rules.office.areas)}."
        )
    found = cases.all(rules.office)
    unread = [f"{which}: {why}" for which, why in cases.unread]
    lines: list[dict[str, Any]] = []
    for each in found:
        try:
            case = placed(refuse_the_impossible(each, now)[0], rules.office)[0]
            if where is None or case.area_is == where:
                lines += [_line(case, row, rules, now) for row in case.referrals]
        except TryAgainLater:
            raise
        except Exception as error:  # one case that nobody foresaw must not hide the referrals of the others
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            unread.append(f"Cases {each.id}: {why}")
    return sorted(lines, key=lambda x: (x["since"], x["reference"], x["row"])), unread


def _line(case: "Case", row: "Referral", rules: "Rules", now: "datetime") -> dict[str, Any]:
    """One referral: what it is and where it stands, by its number and the case's."""
    from automations.outbox import recalls
    from schema.choices import ReferralState as State

    needs = (State.NOT_READY, State.HELD, State.FAILED, State.REJECTED, State.UNKNOWN)
    owed = recalls.owed(case, rules.office, row, now) == "recall"
    partner = rules.office.partner_called(row.whom)
    late = f"Referrals {row.id}:" in " ".join(recalls.sentences(case, now))
    words_of_staffs = row.state is State.NOT_SENT or row.by_hand_at is not None
    return {
        "row": row.id,
        "key": row.key,
        "reference": case.reference,
        "area": case.area_is.name if case.area_is else None,
        "purpose": row.purpose,
        "partner": partner.name if partner else NOT_OURS,
        "state": OWED if owed else row.state or NO_STATE,
        "why": None if words_of_staffs else row.why,
        "by_hand": row.by_hand_at is not None,
        "since": (row.recall_sent_at or row.sent_at or row.by_hand_at or row.created_at).isoformat(),
        "try_again_at": row.try_again_at.isoformat() if row.try_again_at else None,
        "needs_a_person": owed or late or row.state in needs,
    }


def _state(words: str) -> str:
    """A state by its words, or by the beginning of them. UsageError where there is none."""
    from schema.choices import ReferralState

    asked = words.strip().casefold()
    known = [*ReferralState, OWED, NO_STATE]
    found = [x for x in known if x.casefold() == asked] or [x for x in known if x.casefold().startswith(asked)]
    if len(found) != 1:
        raise click.UsageError(f"There is no one state {words!r}. There is: {', '.join(known)}.")
    return str(found[0])


def _print(lines: list[dict[str, Any]]) -> None:
    """By state, in the order of the procedure: what waits first, what is over last."""
    from schema.choices import ReferralState

    for state in (NO_STATE, *ReferralState, OWED):
        here = [x for x in lines if x["state"] == state]
        if here:
            click.echo(f"{state} ({len(here)})")
        for x in here:
            hand = ", made by hand" if x["by_hand"] else ""
            click.echo(
                f"  Referrals {x['row']}  {x['reference']}  {x['since'][:10]}  {x['purpose']} to {x['partner']}{hand}"
            )
            if x["why"]:
                click.echo(f"      {x['why']}")
    if not lines:
        click.echo("There is no referral.")
