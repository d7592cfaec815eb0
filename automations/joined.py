"""Joined: what a case must know of the cases that triage joins it with.

In: the sheets of cases, and the platform for those that are not among them. Out: the case that Attach to names, as
it stands, and the incidents of reports that were taken back. Never here: a write, or what follows from it (rules.py).
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from automations.attaching import FROM, key_of, mark_of
from automations.model import Named
from automations.ports import Platform, Record
from automations.sheets import Sheet, links
from schema import choices as c

JOINS = (c.Triage.ATTACH, c.Triage.DUPLICATE)


class Joined:
    """Looked up once for all the cases of a reading. `platform` None: every case is among the sheets."""

    def __init__(
        self, sheets: Mapping[str, Sheet], platform: Platform | None, believe: Callable[[list[Record]], list[Record]]
    ) -> None:
        here = [sheet for sheet in sheets.values() if sheet.reference]
        self._cases = {sheet.reference: sheet.case for sheet in here}
        incidents = [r for sheet in here for r in sheet.rows["Incidents"]]
        named = {_named(sheet.case): sheet.reference for sheet in here if _named(sheet.case)}
        if platform:
            asked = {*named, *map(_source, incidents)} - self._cases.keys() - {""}
            found = platform.find("Cases", "Reference", sorted(asked)) if asked else []
            self._cases |= {str(r.fields["Reference"]): r for r in believe(found)}
            keys = [key_of(_named(s.case), s.reference) for s in here if _named(s.case) in self._cases]
            incidents += platform.find("Incidents", "Key", sorted(keys)) if keys else []
        self._there = {(str(r.fields.get("Key")), id) for r in incidents if _source(r) for id in links(r, "Case")}

    def named(self, sheet: Sheet) -> Named | None:
        """The case that Attach to names."""
        reference = _named(sheet.case)
        case = self._cases.get(reference) if reference else None
        if case is None:
            return None
        marked = mark_of(reference, sheet.reference) in {r.fields.get("Key") for r in sheet.rows["Developments"]}
        return Named(
            id=case.id,
            reference=reference,
            is_closed=case.fields.get("State") == c.CaseState.CLOSED,
            is_set_aside=case.fields.get("Triage") in JOINS and bool(_named(case)),
            holds_this=marked and (key_of(reference, sheet.reference), case.id) in self._there,
        )

    def taken_back(self, sheet: Sheet) -> set[str]:
        """The incidents of reports that triage put here and does not any more: nothing is owed for them here."""
        return {
            r.id
            for r in sheet.rows["Incidents"]
            if (case := self._cases.get(_source(r)))
            and not (case.fields.get("Triage") == c.Triage.ATTACH and _named(case) == sheet.reference)
        }

    def logged_at(self, incident: Record) -> datetime | None:
        """When the report of an attached incident came onto the case log."""
        case = self._cases.get(_source(incident))
        return case.created_at if case else None


def _named(case: Record) -> str:
    """The reference in Attach to, however it was typed."""
    return "".join(str(case.fields.get("Attach to") or "").split()).upper()


def _source(incident: Record) -> str:
    """The reference of the case whose report an incident was; "" where it was entered here."""
    return str(incident.fields.get("Key") or "").partition(FROM)[2]
