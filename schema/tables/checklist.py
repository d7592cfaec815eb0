"""Checklist: what is to be said or asked at a moment of a case, and has no column of its own elsewhere.

In: the prompts of automations/prompts.py, once their moment comes. Out: what was gone through, and when it was ticked.
Never here: anything that holds a step up, falls due or rings. An empty tick is only seen.
"""

from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

CHECKLIST = Table(
    name="Checklist",
    wall=Wall.CASEWORK,
    help="One row a thing to say or ask. Tick it once you have. Nothing waits for it.",
    fields=(
        Field("Prompt", owner=R),
        Field("Done", Kind.YES, help="Tick it once you have said or asked it."),
        Field("Answer or detail", Kind.LONG_TEXT, help="What was said, where that is worth keeping."),
        Field("About", owner=R, help="Which moment: the first contact, or which interview or repair. Never a name."),
        Field("Ticked at", Kind.INSTANT, owner=R, help="When the tick was recorded."),
        Field("Clause", owner=R),
        Field("Key", owner=R, unique=True, help="A sentence that makes this row the only one of its kind."),
        *HANDS,
    ),
    links=(Link("Case", to="Cases", owner=R), Link("Incident", to="Incidents", owner=R)),
    indexed=("Key",),
    views=(
        View(
            "Not yet asked",
            filters=(Filter("Done", "not ticked"),),
            sort=("Key",),
            show=("Prompt", "Case", "Done", "Answer or detail", "About", "Clause"),
        ),
        View(
            "By case",
            sort=("Key",),
            show=("Prompt", "Case", "Done", "Ticked at", "Answer or detail", "About", "Clause"),
            by="Case",
        ),
    ),
)
