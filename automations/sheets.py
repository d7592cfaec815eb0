"""Sheets: which rows belong to which case, before anything is made of them.

In: the records of cases and of the tables that hang from them. Out: a Sheet for each case, its own rows on it.
Never here: a row lost because somebody hung it under another case, or a second row made in its place.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from automations.model import TypedOver
from automations.ports import Platform, Record


@dataclass(slots=True)
class Sheet:
    """One case and its rows by table, and what is to be put back on any of them."""

    case: Record
    rows: dict[str, list[Record]]
    over: list[TypedOver] = field(default_factory=list)
    broken: bool = False

    @property
    def reference(self) -> str:
        """The case's reference; "" where it has none."""
        return str(self.case.fields.get("Reference") or "")

    def put(self, record: Record, cells: Mapping[str, Any]) -> None:
        """Note cells to put back. The case itself reads as if they stood already."""
        self.over.append(TypedOver(record.table, record.id, dict(cells), record.updated_at or record.created_at))
        if record.table == "Cases":
            self.case = replace(self.case, fields={**self.case.fields, **cells})


def lay_out(sheets: Mapping[str, Sheet], records: Mapping[str, Sequence[Record]]) -> None:
    """Each row on the sheet of the case it hangs from, in order of entry.

    A victim's answer is the victim's case's as well, whatever its own Case link says: a no must not be missed.
    """
    for table, rows in records.items():
        for record in sorted(rows, key=_by_number):
            for case in links(record, "Case")[:1]:
                if case in sheets:
                    sheets[case].rows[table].append(record)
    homes = {person.id: sheet for sheet in sheets.values() for person in sheet.rows["People"]}
    for record in sorted(records["Consents"], key=_by_number):
        for victim in links(record, "Victim")[:1]:
            sheet = homes.get(victim)
            if sheet and record not in sheet.rows["Consents"]:
                sheet.rows["Consents"] = sorted([*sheet.rows["Consents"], record], key=_by_number)


def bring_home(sheets: Mapping[str, Sheet], platform: Platform | None) -> None:
    """Actions under the case whose reference their key begins with, to be hung there again.

    `platform` finds a case that is not among the sheets; None where every case is.
    """
    by_reference = {sheet.reference: sheet for sheet in sheets.values() if sheet.reference}
    for sheet in sheets.values():
        for record in list(sheet.rows["Actions"]):
            reference = str(record.fields.get("Key") or "").partition("/")[0]
            if not reference or reference == sheet.reference:
                continue
            own = by_reference.get(reference)
            id = own.case.id if own else _case_of(reference, platform)
            if id is None:
                continue
            sheet.rows["Actions"].remove(record)
            (own or sheet).put(record, {"Case": (id,)})
            if own:
                own.rows["Actions"] = sorted([*own.rows["Actions"], record], key=_by_number)


def reference_of(rows: Mapping[str, Sequence[Record]]) -> str:
    """The reference that the keys of a case's rows begin with; "" where they name none."""
    begin = Counter(
        key.partition("/")[0]
        for records in rows.values()
        for r in records
        if "/" in (key := str(r.fields.get("Key") or ""))
    )
    return begin.most_common(1)[0][0] if begin else ""


def links(record: Record, name: str) -> tuple[str, ...]:
    """The ids that a link cell holds."""
    cell = record.fields.get(name)
    return tuple(x for x in cell if isinstance(x, str)) if isinstance(cell, tuple) else ()


def _case_of(reference: str, platform: Platform | None) -> str | None:
    found = platform.find("Cases", "Reference", [reference]) if platform else []
    return found[0].id if found else None


def _by_number(record: Record) -> tuple[int, str]:
    return (int(record.id) if record.id.isdecimal() else 0, record.id)
