"""Area profiles: whether a landlord's local rule counts, and why not (14.0).

In: the office base. Out: for each profile "", or what keeps it from counting, in a sentence.
Never here: a gate relaxed. A profile has no cell for one: it changes a length; a recipient is the area's Partnership.
"""

from automations.model import Office, Profile, Staff
from automations.procedure import STEP
from schema.choices import StaffRole

MAY_DECIDE = frozenset({StaffRole.REGIONAL, StaffRole.ASB_MANAGER, StaffRole.DIRECTOR, StaffRole.OPERATIONS})
"""Who may follow a local rule, or set it aside (HC-127, HC-128, A-38)."""


def why_not(profile: Profile, office: Office) -> str:
    """Why a profile does not count; "" where it does. The role is read in the office base only (R-26)."""
    if profile.step not in STEP:
        return "it names no step of the procedure"
    if profile.length is None or profile.length < 1:
        return "its length is not a number above nought"
    if not profile.decided_by or not profile.decided_on:
        return "it does not say who decided it and when"
    if profile.area_id is None:
        return "it names no area"
    who = _named(profile.decided_by, office)
    if not who:
        return "whoever decided it is not in Staff"
    if not all(s.role in MAY_DECIDE for s in who):
        return "a regional manager, an ASB manager or a director decides it"
    return ""


def problems(office: Office) -> list[str]:
    """A sentence for each profile that does not count, by its record; no name of whoever decided."""
    told = ((p, why_not(p, office)) for p in office.profiles)
    return [f"Area profiles {p.id}: {why}, so it does not count." for p, why in told if why]


def _named(words: str, office: Office) -> list[Staff]:
    """Everybody of that name or address, also who has left since: what they decided stands."""
    wanted = " ".join(words.lower().split())
    return [s for s in office.staff if wanted in (" ".join((s.name or "").lower().split()), (s.email or "").lower())]
