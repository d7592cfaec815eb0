"""Actions: one step on one case, with its due date and its history. The table that managers filter.

In: what decide() says the procedure asks for. Out: the live status that every overdue view reads.
Never here: a person's name; a due date that somebody typed.
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

ACTIONS = Table(
    name="Actions",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a step. The runner works it out; you record what happened and it follows.",
    opening=("Case", "Status", "Due at", "Officer", "Blocked by", "How to finish it", "About"),
    fields=(
        Field("Title", owner=R),
        Field("Key", owner=R, unique=True, help="A sentence that makes this row the only one of its kind."),
        Field(
            "Status",
            Kind.LIVE,
            owner=Owner.PLATFORM,
            live="status",
            help="Live: right even while the runner is down.",
        ),
        Field("Due at", Kind.INSTANT, owner=R),
        Field("About", owner=R, help="Which incident, interview or repair. Never a name."),
        Field("Blocked by", Kind.LONG_TEXT, owner=R, help="What must be true first."),
        Field(
            "How to finish it", Kind.LONG_TEXT, owner=R, help="What you enter, and where, so that it counts as done."
        ),
        Field("Officer", owner=R),
        Field("Area", owner=R),
        Field("Owner role", owner=R),
        Field("How worked out", Kind.LONG_TEXT, owner=R),
        Field("Why", Kind.LONG_TEXT, owner=R, help="Why it waits, or is not needed."),
        Field("Clause", owner=R),
        Field("Step", owner=R),
        Field("Target", Kind.CHOICE, owner=R, choices=tuple(c.Target)),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(c.ActionState)),
        Field("Warn at", Kind.INSTANT, owner=R),
        Field("First due", Kind.INSTANT, owner=R, help="The first promise. It stays."),
        Field("First late at", Kind.INSTANT, owner=R),
        Field("First done at", Kind.INSTANT, owner=R),
        Field("Done at", Kind.INSTANT, owner=R, help="When it happened, as staff recorded it."),
        Field("Entered late", Kind.YES, owner=R, help="Recorded more than 24 hours after it happened."),
        Field("Evidence key", owner=R, help="The record that shows it was done."),
        Field("Reopened at", Kind.INSTANT, owner=R),
        Field("Reopened why", Kind.LONG_TEXT, owner=R),
        Field(
            "Done while blocked",
            Kind.LONG_TEXT,
            owner=R,
            help="What still stood in the way when it was done. It stays.",
        ),
        Field("Calendar", owner=R, help="The bank holidays it was counted with."),
        Field("Imported", Kind.YES, owner=R),
        Field(
            "Reason for lateness",
            Kind.LONG_TEXT,
            help="Yours to fill: why it was late or left out.",
            clause="16.0",
        ),
        *HANDS,
    ),
    links=(Link("Case", to="Cases", owner=R),),
    indexed=("Key", "Due at", "State"),
    views=(
        View(
            "Overdue",
            filters=(Filter("Status", "is", "Overdue"), Filter("Status", "is", "Chase")),
            any_of=True,
            sort=("Due at",),
            show=(
                "Title",
                "Case",
                "Status",
                "Due at",
                "How to finish it",
                "Blocked by",
                "Officer",
                "About",
                "Area",
                "Reason for lateness",
            ),
            help="Past their time: Overdue is a target missed, Chase an alert nobody has answered yet.",
        ),
        View(
            "Due today or soon",
            filters=(
                Filter("State", "is one of", f"{c.ActionState.OPEN},{c.ActionState.BLOCKED},{c.ActionState.ALERT}"),
                Filter("Status", "is not", "Overdue"),
                Filter("Status", "is not", "Chase"),
                Filter("Due at", "in the next days", "3"),
            ),
            sort=("Due at",),
            show=(
                "Title",
                "Case",
                "Status",
                "Due at",
                "How to finish it",
                "Blocked by",
                "Officer",
                "About",
                "Area",
                "How worked out",
            ),
            help="Not yet late, and due within three days; what is blocked says what opens it.",
        ),
        View(
            "Within the hour",
            filters=(Filter("State", "is one of", f"{c.ActionState.ALERT},{c.ActionState.ALERT_BLOCKED}"),),
            sort=("Due at",),
            show=("Title", "Case", "Status", "Due at", "How to finish it", "Blocked by", "Officer", "About", "Area"),
            help="What the procedure wants done immediately.",
        ),
        View(
            "Blocked: what opens it",
            filters=(Filter("State", "is one of", f"{c.ActionState.BLOCKED},{c.ActionState.ALERT_BLOCKED}"),),
            sort=("Due at",),
            show=("Title", "Case", "Blocked by", "Due at", "Officer", "About", "Status"),
        ),
        View(
            "Waiting",
            filters=(Filter("State", "is", c.ActionState.WAITING),),
            sort=("Title",),
            show=("Title", "Case", "Why", "Officer", "About", "Clause"),
        ),
        View(
            "Done late: give the reason",
            filters=(Filter("State", "is", c.ActionState.DONE_LATE), Filter("Reason for lateness", "blank")),
            sort=("-Done at",),
            show=("Title", "Case", "First due", "Done at", "Reason for lateness", "Officer", "About"),
        ),
        View(
            "Done while it was blocked",
            filters=(Filter("Done while blocked", "not blank"),),
            sort=("-Done at",),
            show=("Title", "Case", "Done at", "Done while blocked", "Officer", "About", "Area", "Reason for lateness"),
        ),
        View(
            "All by case",
            sort=("Due at",),
            show=("Title", "Case", "About", "Status", "Due at", "Done at", "Why", "How to finish it", "Officer"),
            by="Case",
        ),
        View("When things are due", shape="calendar", by="Due at", show=("Title", "Case", "Status", "Officer")),
        View("Where things stand", shape="board", by="State", show=("Title", "About", "Due at", "Officer", "Case")),
    ),
)
