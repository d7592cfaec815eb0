"""Allocation: which officer, supervisor and area answer for a home (2.0).

In: a postcode or an area's name, and the office base. Out: who answers, and what could not be told, in sentences.
Never here: a name typed on the case (staff's wish is Reallocate to, an address the office base must know).
"""

from dataclasses import dataclass

from automations.model import Area, Office, Patch, Staff
from automations.postcodes import begins


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who answers, and a sentence for each thing that could not be told."""

    officer: Staff | None
    supervisor: Staff | None
    area: Area | None
    problems: tuple[str, ...] = ()


def allocate(postcode: str | None, area_name: str | None, office: Office) -> Allocation:
    """By the patch with the longest beginning that fits; failing that, by the only patch of the area named."""
    said: list[str] = []
    named = office.area(area_name)
    if area_name and named is None:
        said.append("The area given is not in the office base; check its spelling.")
    patch = _patch(postcode, office)
    if patch is None and named is not None:
        in_area = [p for p in office.patches if p.area_id == named.id]
        patch = in_area[0] if len(in_area) == 1 else None
    area = next((a for a in office.areas if patch and a.id == patch.area_id), None) or named
    if named and area is not named:
        said.append("The area given is not the one that the postcode lies in; the postcode decides.")
    officer = office.by_id(patch.officer_id) if patch else None
    if patch is None:
        said.append(
            "No patch fits the postcode: an administrator adds it to Patches, or a manager fills Reallocate to."
        )
    elif officer is None:
        said.append("The patch has no officer: an administrator names one, or a manager fills Reallocate to.")
    if area is None or area.division is None:
        said.append("The area or its division is not known, so dates count by the bank holidays of England and Wales.")
    return Allocation(officer, office.by_id(patch.supervisor_id) if patch else None, area, tuple(said))


def _patch(postcode: str | None, office: Office) -> Patch | None:
    fits = [
        (len(start), patch)
        for patch in office.patches
        for start in (line.strip() for line in (patch.postcodes or "").splitlines())
        if postcode and start and begins(postcode, start)
    ]
    return max(fits, key=lambda fit: fit[0], default=(0, None))[1]
