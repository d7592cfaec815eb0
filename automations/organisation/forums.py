"""Forums: what the register of multi-agency groups lacks for an area (HC-123 to HC-126, HC-128, HC-130).

In: the organisation, an area. Out: sentences for that area's next review.
Never here: an alarm. What is lacking is told to the manager who reviews the area, and rings nowhere.
"""

import re

from automations.consent import same_words
from automations.model import Area, Forum
from automations.organisation.whole import Organisation
from schema.choices import ForumPart

NONE_NAMED = "No forum is named for this area: find out whether there is one, and enter it in Forums (Our areas)."


def lacks(org: Organisation, area: Area) -> list[str]:
    """What is to be done about the forums of an area. Nothing where the landlord has neither homes nor cases there."""
    had_incidents = bool(org.of_area(area))
    if not had_incidents and not any(p.area_id == area.id for p in org.office.patches):
        return []
    here = [x for x in org.forums if any(same_words(line, area.name) for line in re.split(r"[\n,;]", x.areas or ""))]
    return [said for x in here for said in _of(org, x, had_incidents)] or ([] if here else [NONE_NAMED])


def _of(org: Organisation, forum: Forum, had_incidents: bool) -> list[str]:
    said: list[str] = []
    if had_incidents and forum.part is not ForumPart.ACTIVE:
        said.append("there have been incidents here, so we take an active part: say so once we do")
    elif forum.part in (None, ForumPart.NONE_YET):
        said.append("we co-operate with it: say so once we do")
    if not forum.attends:
        said.append("say who attends for us")
    if not forum.contacts:
        said.append("enter its contacts")
    if forum.differs and not forum.rule_followed:
        said.append("its rule differs from ours: say which we follow, and who decided")
    meetings = [x for x in org.meetings if x.forum_id == forum.id and x.held_on]
    said += [f"Forum meetings {x.id}: keep the minutes there" for x in meetings if not x.has_minutes]
    said += [f"Forum meetings {x.id}: say what came of our promise" for x in meetings if x.promised and not x.outcome]
    return [f"Forums {forum.id}: {each}." for each in said]
