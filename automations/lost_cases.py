"""Lost cases: what is said and done once a whole case was deleted and its rows hang from nothing.

In: the rows that hang from no case, the reports, the platform to ask. Out: what to write, and a sentence a case.
Never here: a row removed, a case made again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from automations.effects import Write
from automations.ports import Platform, Record
from automations.sheets import links
from schema import TABLES
from schema import choices as c

WHY = "Its case is no longer there."
ON_REPORT = f"{WHY} If it was deleted by mistake, send a new report."
IN_LOG = "The case is no longer there. What hung from it is kept, and nothing is worked out from it."


@dataclass(frozen=True, slots=True)
class Lost:
    """What to write and to say (a line a case), and the rows that hang from no case for another reason."""

    writes: list[Write]
    said: list[tuple[str, str]]
    others: list[Record]


def found(platform: Platform, adrift: Sequence[Record], known: Collection[str], reports: Iterable[Record]) -> Lost:
    """What became of cases that are gone. The platform is asked after each reference that is not `known`."""
    home, reports = _homes(adrift), list(reports)
    asked = {*home.values(), *(str(r.fields.get("Case reference") or "") for r in reports)} - {*known, ""}
    there = {*known, *(str(r.fields["Reference"]) for r in platform.find("Cases", "Reference", sorted(asked)))}
    gone = set(home.values()) - there
    return Lost(
        writes=[*_set_to_rest([r for r in adrift if home.get((r.table, r.id)) in gone]), *_on_reports(reports, there)],
        said=[(reference, IN_LOG) for reference in sorted(gone)],
        others=[r for r in adrift if home.get((r.table, r.id)) not in gone],
    )


def _homes(adrift: Sequence[Record]) -> dict[tuple[str, str], str]:
    """The reference of the case that each row hung from, by table and id, where its key or its people tell it."""
    keyed = {(r.table, r.id): key.partition("/")[0] for r in adrift if "/" in (key := str(r.fields.get("Key") or ""))}
    return {(r.table, r.id): home for r in adrift if (home := keyed.get((r.table, r.id)) or _by_link(r, keyed))}


def _set_to_rest(lost: Iterable[Record]) -> Iterator[Write]:
    """The actions of cases that are gone: not needed, so that no view of what is due shows them."""
    for r in lost:
        if r.table == "Actions" and r.fields.get("State") != c.ActionState.NOT_NEEDED:
            cells = {"State": c.ActionState.NOT_NEEDED, "Why": WHY, "Blocked by": None}
            yield Write("Actions", str(r.fields.get("Key") or f"Actions {r.id}"), cells, record=r.id)


def _on_reports(reports: Iterable[Record], there: Collection[str]) -> Iterator[Write]:
    """The sentence on the report of a case that is gone, and none where it is there (again)."""
    for r in reports:
        reference, said = str(r.fields.get("Case reference") or ""), str(r.fields.get("What needs a person") or "")
        lines = said.split("\n") if said else []
        if not reference or (reference in there) is (ON_REPORT not in lines):
            continue
        lines = [line for line in lines if line != ON_REPORT] if reference in there else [*lines, ON_REPORT]
        yield Write("Reports", f"report-{r.id}", {"What needs a person": "\n".join(lines) or None}, record=r.id)


def _by_link(r: Record, keyed: Mapping[tuple[str, str], str]) -> str:
    """The reference by the people, incidents or repairs that a row without a key names."""
    named = ((link.to, id) for link in TABLES[r.table].links for id in links(r, link.name))
    return next((keyed[one] for one in named if one in keyed), "")
