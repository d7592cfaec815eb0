"""What would leave now, field by field: why each may go, what stays here, to whom, and on which record.

In: a case, a partner, perhaps a purpose. Out: the screen, JSON, or a file with the very bytes.
Never here: a write to the platform, a sending, a rule: the reading is that of the last instant (outbox/ready.py).
"""

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewatch.commands.plain import plain_errors
from casewatch.commands.referral_rows import Desk, Found, case_called, opened, partner_called, purpose_called, why_not

if TYPE_CHECKING:
    from automations.model import Case, Incident, Partner, Referral
    from automations.outbox.ways_out import Ready
    from automations.rules import Rules

NOT_YET = "none yet: it has one once its row is there"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see; "" where they did not say."""

    reference: str
    partner: str
    purpose: str = ""
    row: str = ""
    incident: int | None = None
    person: str = ""


def the_preview(asked: Asked, as_json: bool, output: Path | None, settings: Path | None) -> None:
    """Show it, or end with 1 and one sentence where nothing may go."""
    with plain_errors():
        desk = opened(settings)
        case, rules = case_called(desk, asked.reference)
        found = _row(asked, case, rules)
        ready = desk.readings.look(found.case, found.row, found.rules, desk.now)
    from automations.outbox.ways_out import Ready

    if not isinstance(ready, Ready):
        why = why_not(ready, found.row)
        said = {"may_go": False, "row": found.row.id or None, "why": why}
        if ready is None and (found.row.sent_at or found.row.by_hand_at):
            with plain_errors():
                said |= what_went(desk, found.row)
        click.echo(json.dumps(said) if as_json else "\n".join(_gone(said)))
        sys.exit(1)
    if output:
        from casewatch.commands.private_file import save_private

        save_private(ready.packed.body, output)
        click.echo(f"{output} is written. It names whom the message names: delete it once you have looked.", err=True)
    told = as_told(desk, found, ready)
    click.echo(json.dumps(told) if as_json else "\n".join(on_screen(told)))


def what_went(desk: Desk, row: "Referral") -> dict[str, Any]:
    """What left, by the names of its fields and why each may, on what ground, and when. Its values were not kept."""
    from automations.deadlines import say
    from schema.choices import Purpose
    from sync.partners.messages import published_why
    from sync.partners.payload import NAMES

    there = desk.bases.get("Referrals", [row.id])
    fields = [x for record in there for x in str(record.fields.get("What left") or "").split(", ")]
    whys = published_why(NAMES[row.purpose or Purpose.CDRP_NOTICE])
    at = row.sent_at or row.by_hand_at
    return {
        "went_at": at.isoformat() if at else None,
        "went": f"It went on {say(at)}" if at else "",
        "rested_on": row.consent,
        "left": [{"field": x, "why": whys.get(x, "")} for x in fields if x],
    }


def _gone(said: dict[str, Any]) -> list[str]:
    """What cannot go, or went, as lines."""
    if "left" not in said:
        return [said["why"]]
    lines = [said["why"], f"{said['went']}.", f"It rested on: {said['rested_on'] or 'nobody is named in it'}", ""]
    lines.append("What left, and why it might (its values were not kept):" if said["left"] else
                 "Which fields left is not on the row.")  # fmt: skip
    return [*lines, *(line for x in said["left"] for line in (f"  {x['field']}", f"      {x['why']}"))]


def as_told(desk: Desk, found: Found, ready: "Ready") -> dict[str, Any]:
    """Everything that there is to say of a message, in plain values."""
    from pydantic_core import to_jsonable_python as as_sent

    from sync.partners.messages import because, withheld

    return {
        "may_go": True,
        "row": found.row.id or None,
        "reference": found.case.reference,
        "purpose": found.row.purpose,
        "form": ready.form,
        "why": ready.why,
        "rests_on": ready.consent,
        "to": desk.to(ready),
        "fingerprint": ready.packed.fingerprint,
        "key": ready.packed.key if found.has_a_key else None,
        "fields": [line._asdict() | {"value": as_sent(line.value)} for line in because(ready.packed)],
        "withheld": [line._asdict() for line in withheld(ready.packed)],
        "message": ready.packed.body.decode(),
    }


def on_screen(told: dict[str, Any]) -> list[str]:
    """The same as lines. Nothing in them can command a terminal."""
    to = told["to"]
    lines = [
        f"{told['purpose']} of {told['reference']}, {str(told['form']).lower()}: {told['why']}",
        f"To: {to['partner']}, by {to['kind']} ({to['destination']}"
        + (f", recipient {to['recipient']})" if to["recipient"] else ")"),
        f"Rests on: {told['rests_on'] or 'nobody is named in it'}",
        f"Fingerprint: {told['fingerprint']}",
        f"Key: {told['key'] or NOT_YET}",
        "",
        "What would leave, and why it may:",
    ]
    for each in told["fields"]:
        lines += [f"  {each['field']}: {json.dumps(each['value'], ensure_ascii=False)}",
                  f"      {each['why']}"]  # fmt: skip
    lines += ["", "What stays here, and why:" if told["withheld"] else "Nothing is held back."]
    lines += [f"  {each['field']}: {each['why']}" for each in told["withheld"]]
    lines += ["", f"{len(told['message'].encode())} bytes. -o FILE keeps them as they would leave."]
    return ["".join(x if x.isprintable() else f"\\u{ord(x):04x}" for x in line) for line in lines]


def _row(asked: Asked, case: "Case", rules: "Rules") -> Found:
    """The referral that is meant; one that is not there yet where none is. UsageError where several could be."""
    from automations.outbox.rows import key_of_row
    from automations.outbox.standing import TO_GO

    partner = partner_called(rules, asked.partner)
    if asked.person and case.person(asked.person) is None:
        numbers = ", ".join(x.id for x in case.people) or "none"
        raise click.UsageError(f"{asked.person!r} is no person of this case: --person takes a number of: {numbers}.")
    purpose = purpose_called(asked.purpose) if asked.purpose else None
    rows = [x for x in case.referrals if rules.office.partner_called(x.whom) == partner
            and purpose in (None, x.purpose) and asked.row in ("", x.id)
            and (asked.incident is None or getattr(case.incident_of(x.incident_id), "number", 0) == asked.incident)
            and asked.person in ("", x.person_id)]  # fmt: skip
    rows = [x for x in rows if x.state in TO_GO and not x.by_hand_at] or rows[-1:]
    if len(rows) > 1:
        which = ", ".join(f"{x.id} ({x.purpose})" for x in rows)
        raise click.UsageError(f"That could be several referrals. Say which with --row: {which}.")
    if rows:
        return Found(case, replace(rows[0], key=key_of_row(case, rows[0])), rules)
    if asked.row:
        raise click.UsageError(f"This case has no referral {asked.row} to that partner.")
    return Found(case, _not_yet(asked, case, partner), rules)


def _not_yet(asked: Asked, case: "Case", partner: "Partner") -> "Referral":
    """The row as it would be begun."""
    from automations.model import Referral
    from automations.referrals import key_of
    from schema.choices import Purpose

    incident = _incident(asked, case)
    notified = case.area_is is not None and case.area_is.partner_id == partner.id
    if not asked.purpose and not notified:
        raise click.UsageError("No referral to that partner is there yet. Say what it would be for with --purpose.")
    purpose = purpose_called(asked.purpose) if asked.purpose else Purpose.CDRP_NOTICE
    notice = purpose is Purpose.CDRP_NOTICE
    key = key_of(case, incident) if notice else f"{case.reference}/referral-not-there-yet"
    return Referral(id="", created_at=incident.created_at, purpose=purpose, partner=partner.name, key=key,
                    incident_id=incident.id, person_id=asked.person or None)  # fmt: skip


def _incident(asked: Asked, case: "Case") -> "Incident":
    found = [x for x in case.incidents if asked.incident in (None, x.number)]
    if len(found) == 1:
        return found[0]
    numbers = ", ".join(str(x.number) for x in case.incidents) or "none"
    raise click.UsageError(f"Say which incident it is about with --incident. The case has: {numbers}.")
