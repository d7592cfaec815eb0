"""Meetings: at which forum meetings each case was discussed (HC-129).

In: the forums and their meetings, from the platform. Out: the discussions by the record id of the case.
Never here: whether the victim agreed to it (discussed.py).
"""

from automations import model as m
from automations.ports import Platform
from automations.records import value


def discussions(platform: Platform) -> dict[str, tuple[m.Discussed, ...]]:
    """The meetings at which each case was discussed, in order of entry."""
    forums = {r.id: str(r.fields.get("Forum") or "") for r in platform.records("Forums")}
    found: dict[str, tuple[m.Discussed, ...]] = {}
    for meeting in (value(m.Meeting, r, []) for r in platform.records("Forum meetings")):
        told = m.Discussed(meeting.id, forums.get(meeting.forum_id or "", ""), meeting.held_on)
        for case in meeting.discussed_ids:
            found[case] = (*found.get(case, ()), told)
    return found
