"""The referrals behind `casewatch referral`: the bases opened, the row or the partner that somebody means, found.

In: the settings, words from a command line. Out: a case as just read and one row of its outbox.
Never here: a write, a rule about what may go (automations/outbox decides), a person's name in a message.
"""

import difflib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from automations.model import Case, Partner, Referral
    from automations.outbox.ready import Readings
    from automations.outbox.ways_out import Outlet, Ready, Unready
    from automations.ports import Platform, Record
    from automations.rules import Rules
    from casewatch.settings import Settings
    from schema.choices import Purpose


@dataclass(frozen=True)
class Desk:
    """Somebody at a command line, before the bases and the ways to partners of the settings."""

    settings: "Settings"
    bases: "Platform"
    outlet: "Outlet"
    readings: "Readings"

    @property
    def now(self) -> datetime:
        """This moment: what is read after a sending was written after the command began."""
        from casewatch.commands import explain

        return explain.moment()

    def way(self, destination: str) -> str:
        """The kind of that destination, by the settings."""
        at = self.settings.destinations.get(destination)
        return at.kind if at else "not in the settings"

    def to(self, ready: "Ready") -> dict[str, str]:
        """Whom it goes to, and how."""
        return {"partner": ready.partner, "destination": ready.destination, "kind": self.way(ready.destination),
                "recipient": ready.to}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A referral, or one that is not there yet (it has no id), with its case as just read."""

    case: "Case"
    row: "Referral"
    rules: "Rules"

    @property
    def has_a_key(self) -> bool:
        """Whether the key that it goes under is known. Of one that is not there only the notice's is."""
        from schema.choices import Purpose

        return bool(self.row.id) or self.row.purpose is Purpose.CDRP_NOTICE


def opened(settings: Path | None) -> Desk:
    """Everything that reads and sends as the runner does. Stop, with every fault, where the settings are wrong."""
    from automations.outbox.ready import Readings
    from automations.tokens import Tokens
    from casewatch import connect
    from casewatch.commands import explain
    from casewatch.settings import load

    loaded = load(settings)
    bases = connect.platform(loaded)
    ways = connect.outlet(loaded, bases)
    return Desk(loaded, bases, ways, Readings(bases, ways, Tokens(bases, explain.moment)))


def case_called(desk: Desk, reference: str) -> "tuple[Case, Rules]":
    """The case of that reference. UsageError where there is none."""
    rows = desk.bases.find("Cases", "Reference", [reference.strip().upper()])
    case, rules = desk.readings.case(rows[0].id, desk.now) if rows else (None, None)
    if case is None or rules is None:
        raise click.UsageError(f"There is no case {reference!r}.")
    return case, rules


def row_called(desk: Desk, words: str) -> Found:
    """The referral of that key, or of that number in Referrals. UsageError where there is none, or it has no case."""
    words = words.strip()
    rows = desk.bases.find("Referrals", "Key", [words]) or (
        desk.bases.get("Referrals", [words]) if words.isdecimal() else []
    )
    if not rows:
        raise click.UsageError(f"There is no referral {words!r}. `casewatch referral outbox` lists them.")
    case, rules = desk.readings.case(_case_of(rows[0]), desk.now)
    row = next((x for x in case.referrals if x.id == rows[0].id), None) if case else None
    if case is None or row is None:
        raise click.UsageError(f"Referrals {rows[0].id} hangs from no case that can be read: put its Case right.")
    return Found(case, row, rules)


def _case_of(row: "Record") -> str:
    case = row.fields.get("Case")
    return str(case[0]) if isinstance(case, tuple) and case else ""


def partner_called(rules: "Rules", words: str) -> "Partner":
    """The partner of that name, or of that number in Partners. UsageError where there is none."""
    found = rules.office.partner_called(words) or rules.office.partner(words.strip())
    if found is None:
        near = difflib.get_close_matches(words, [x.name for x in rules.office.partners], n=3, cutoff=0.4)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"The office base names no partner {words!r}.{meant}")
    return found


def purpose_called(words: str) -> "Purpose":
    """A purpose by its words in the bases or its message's name. UsageError where there is none."""
    from schema.choices import Purpose
    from sync.partners.payload import NAMES

    asked = _plain(words)
    found = next((x for x in Purpose if asked in {_plain(x), _plain(x.name), _plain(NAMES[x])}), None)
    if found is None:
        raise click.UsageError(f"There is no purpose {words!r}. There is: {', '.join(NAMES.values())}.")
    return found


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").replace("-", " ").split())


def why_not(found: "Unready | None", row: "Referral", case: "Case | None" = None) -> str:
    """One sentence why nothing goes. `case`: where the row hangs, for what else on it keeps it back."""
    from schema.choices import WENT, ReferralState

    if found is not None:
        return str(found.cells.get("Answer") or found.cells.get("Why") or f"It is {found.cells.get('State')}.")
    if row.by_hand_at:
        return f"Referrals {row.id} was made by hand, so nothing goes."
    if row.state in WENT or row.state in (ReferralState.REJECTED, ReferralState.UNKNOWN):
        return f"Referrals {row.id} went before: {row.state}. Nothing more goes of it."
    if case is not None and case.imported:
        return f"Nothing goes of it: {case.reference} was brought over, with who was told before."
    told = [x for x in case.referrals if x.id != row.id and x.purpose is row.purpose and x.by_hand_at
            and case.incident_of(x.incident_id) == case.incident_of(row.incident_id)] if case else []  # fmt: skip
    if told:
        return f"Nothing goes of it: Referrals {told[0].id} says that they were told the same by hand."
    return "Nothing goes of it as its row stands: look at Purpose, Partner and Decision."
