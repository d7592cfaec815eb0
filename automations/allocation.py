"""Allocation: which officer, supervisor and area answer for a home (2.0).

In: a postcode or an area's name, and the office base. Out: who answers, and what could not be told, in sentences.
Never here: a name typed on the case (staff's wish is Reallocate to, an address the office base must know).
"""

from dataclasses import dataclass, replace

from automations.model import Area, Case, Office, Patch, Staff
from automations.postcodes import begins, in_text
from schema import choices as c

NO_PATCH = "No patch fits the postcode: an administrator adds it to Patches, or a manager fills Reallocate to."
NO_POSTCODE = "The report has no postcode: enter it on the victim's row of People, or a manager fills Reallocate to."


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who answers, and a sentence for each thing that could not be told."""

    officer: Staff | None
    supervisor: Staff | None
    area: Area | None
    patch: Patch | None = None
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
        said.append(NO_PATCH if postcode else NO_POSTCODE)
    elif officer is None:
        said.append("The patch has no officer: an administrator names one, or a manager fills Reallocate to.")
    if area is None or area.division is None:
        said.append("The area or its division is not known, so dates count by the bank holidays of England and Wales.")
    return Allocation(officer, office.by_id(patch.supervisor_id) if patch else None, area, patch, tuple(said))


def placed(case: Case, office: Office) -> tuple[Case, list[str]]:
    """The case with its officer, supervisor, area and division, worked out anew, and what could not be told.

    By the victim's home; failing that by the alleged perpetrator's home or the place of the incident (A-34);
    failing that by the only patch of the area that stands on the case. `Reallocate to` names another officer.
    Whoever answers for a patch now answers for its open cases.
    """
    codes = postcodes_of(case)
    fitting = next((code for code in codes if _patch(code, office)), None)
    # Without one that fits, the area on the case may tell; the first that does not fit is only spoken of.
    who = allocate(fitting, None, office) if fitting else allocate(next(iter(codes), None), case.area, office)
    said = list(who.problems)
    area = who.area.name if who.area else case.area
    known = office.area(area)
    officer = who.officer
    if case.reallocate_to:
        named = office.by_email(case.reallocate_to)
        if named is None:
            said.append("Reallocate to: the office base has no member of staff with that address.")
            officer = _only(case.officer, office) or officer  # a slip of the pen moves no case
        else:
            officer = named
            said = [s for s in said if "officer" not in s and s not in (NO_PATCH, NO_POSTCODE)]
    case = replace(
        case,
        officer=officer.name if officer else None,
        supervisor=who.supervisor.name if who.supervisor else None,
        area=area,
        division=(known.division if known else None) or case.division,
        officer_is=officer,
        supervisor_is=who.supervisor,
        area_is=who.area if who.patch else None,
        not_our_resident=_lives_elsewhere(case, who, office),
    )
    return case, said


def _lives_elsewhere(case: Case, who: Allocation, office: Office) -> bool:
    """Whether the victim is not our resident: by Lives in, or as the home lies in no patch and another place does."""
    if any(v.lives_in in (c.LivesIn.OTHER_LANDLORD, c.LivesIn.PRIVATE) for v in case.victims):
        return True
    home = next((v.postcode for v in case.victims if v.postcode), None)
    ours = any(v.lives_in is c.LivesIn.OURS for v in case.victims)
    return bool(home and who.patch) and not ours and _patch(home, office) is None


def _only(name: str | None, office: Office) -> Staff | None:
    """The one member of staff of that name; nobody where there are two."""
    found = [s for s in office.staff if name and s.name == name and not s.has_left]
    return found[0] if len(found) == 1 else None


def postcodes_of(case: Case) -> list[str]:
    """Each postcode on the case: the first victim's, the alleged perpetrators', the incidents'."""
    suspects = [p for p in case.people if p.role is c.PersonRole.PERPETRATOR]
    codes = [p.postcode for p in case.victims[:1]]
    codes += [p.postcode or in_text(p.address) for p in suspects]
    codes += [i.postcode for i in case.incidents]
    return [code for code in codes if code]


def _patch(postcode: str | None, office: Office) -> Patch | None:
    fits = [
        (len(start), patch)
        for patch in office.patches
        for start in (line.strip() for line in (patch.postcodes or "").splitlines())
        if postcode and start and begins(postcode, start)
    ]
    return max(fits, key=lambda fit: fit[0], default=(0, None))[1]
