"""The organisation's own rows: one forum, one area review that lacks a reason, one policy review.

In: the bases, signed in as a manager and as the operations director. Out: three rows, made once.
Never here: a row that the runner would make by itself (what each of them lacks is the runner's to say).
"""

from datetime import datetime, timedelta

from automations.calendar import LONDON
from automations.ports import Platform
from schema import choices as c

AREA = "Harbour East"


def make_organisation(manager: Platform, operations: Platform, now: datetime) -> list[str]:
    """Make what is not there yet, by the sign-in of whoever answers for it; what was made, in words."""
    made: list[str] = []
    today = now.astimezone(LONDON).date()
    if not manager.records("Forums"):
        manager.create("Forums", [{
            "Forum": "Quayside Hate Crime Forum", "Council area": "Examplemouth", "Our areas": AREA,
            "Our part": c.ForumPart.ACTIVE, "Why we take part": "Homes there, and incidents before.",
            "Who attends for us": "The ASB manager",
        }])  # fmt: skip
        made.append("a forum")
    if not manager.records("Area reviews"):
        closed = {case for r in manager.records("Closures") for case in _cases(r.fields["Case"])}
        covered = tuple(r.id for r in manager.records("Cases") if r.fields["Area"] == AREA and r.id not in closed)
        manager.create("Area reviews", [{
            "Area review": f"{AREA}, {today:%d %B %Y}", "Area": AREA, "Held at": now,
            "Plans followed through": c.YesNo.YES, "Records adequate": c.YesNo.YES,
            "Findings": "Interviews are held; two letters went late.", "Cases covered": covered,
        }])  # fmt: skip
        made.append("an area review")
    if not operations.records("Policy reviews"):
        operations.create("Policy reviews", [{
            "Review": f"Review of {today:%Y}", "Reviewed on": today - timedelta(days=14),
            "Led by": "Operations Director",
            "What changed": "Online incidents are named.",
        }])  # fmt: skip
        made.append("a policy review")
    return made


def _cases(link: object) -> tuple[str, ...]:
    return tuple(x for x in link if isinstance(x, str)) if isinstance(link, tuple) else ()
