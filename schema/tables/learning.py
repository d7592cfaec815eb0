"""Beyond one case: area reviews, forums and their meetings, training, prevention, policy reviews.

In: managers. Out: what sections 14 to 18 of the procedure ask the landlord to show.
Never here: a victim's or a perpetrator's name (cases are linked by reference).
"""

from schema import choices as c
from schema.parts import Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

AREA_REVIEWS = Table(
    name="Area reviews",
    wall=Wall.CASEWORK,
    help="One row a fortnightly look at all the hate cases of an area.",
    fields=(
        Field("Area review", help="A label, such as the area and the day."),
        Field("Area", help="As the office base names it.", clause="16.0"),
        Field("Held at", Kind.INSTANT, clause="16.0"),
        Field("Plans followed through", Kind.CHOICE, choices=tuple(c.YesNo), clause="16.0"),
        Field("Records adequate", Kind.CHOICE, choices=tuple(c.YesNo), clause="16.0"),
        Field("Variances and reasons", Kind.LONG_TEXT, help="Each step late or left out, and why.", clause="16.0"),
        Field("Findings", Kind.LONG_TEXT, help="Entered by the manager who held it: that signs it.", clause="16.0"),
        Field("Compared with other areas", Kind.LONG_TEXT, clause="16.0"),
        Field(
            "What is missing",
            Kind.LONG_TEXT,
            owner=R,
            help="What the review lacks before it is signed off. Empty: it counts.",
            clause="16.0",
        ),
        Field(
            "Late or left out",
            Kind.LONG_TEXT,
            owner=R,
            help="Cases and steps to look at, and whether a reason is given.",
            clause="16.0",
        ),
        Field("Partnership work", Kind.LONG_TEXT, owner=R, help="What the forum register lacks here.", clause="14.0"),
    ),
    links=(Link("Cases covered", to="Cases", many=True, back="Area reviews", clause="16.0"),),
    views=(
        View(
            "Latest first", sort=("-Held at",), show=("Area review", "Area", "Held at", "What is missing", "Findings")
        ),
        View(
            "Not signed off",
            filters=(Filter("What is missing", "not blank"),),
            sort=("-Held at",),
            show=("Area review", "What is missing", "Late or left out", "Area", "Held at", "Cases covered"),
        ),
        View(
            "Area by area",
            sort=("-Held at",),
            show=("Area review", "Area", "Held at", "Late or left out", "Compared with other areas", "Findings"),
            by="Area",
            help="Whether the procedure is followed alike everywhere.",
        ),
    ),
)

FORUMS = Table(
    name="Forums",
    wall=Wall.CASEWORK,
    help="One row a multi-agency group on equality or hate crime.",
    fields=(
        Field("Forum", clause="14.0"),
        Field("Council area", clause="14.0"),
        Field("Our areas", Kind.LONG_TEXT, help="As the office base names them, one a line.", clause="14.0"),
        Field("Our part", Kind.CHOICE, choices=tuple(c.ForumPart), clause="14.0"),
        Field("Why we take part", help="Homes there, or incidents before.", clause="14.0"),
        Field("Who attends for us", clause="14.0"),
        Field("Contacts", Kind.LONG_TEXT, clause="14.0"),
        Field("Protocols and procedures", Kind.FILES, clause="14.0"),
        Field("Their rule differs from ours", Kind.LONG_TEXT, clause="14.0"),
        Field("Rule we follow and who decided", Kind.LONG_TEXT, clause="14.0"),
    ),
)

FORUM_MEETINGS = Table(
    name="Forum meetings",
    wall=Wall.CASEWORK,
    help="One row a meeting of a forum, with its papers.",
    fields=(
        Field("Meeting", help="A label, such as the forum and the day."),
        Field("Held on", Kind.DATE, clause="14.0"),
        Field("Who went", clause="14.0"),
        Field("Minutes", Kind.FILES, clause="14.0"),
        Field("What we promised", Kind.LONG_TEXT, clause="14.0"),
        Field("Outcome", Kind.LONG_TEXT, clause="14.0"),
    ),
    links=(
        Link("Forum", to="Forums"),
        Link("Cases discussed", to="Cases", many=True, back="Forum meetings", help="Only with consent.", clause="14.0"),
    ),
)

TRAINING = Table(
    name="Training",
    wall=Wall.CASEWORK,
    help="One row a briefing or course of one member of staff.",
    fields=(
        Field("Member of staff", help="Name or e-mail address, as the office base has it.", clause="18.0"),
        Field("Kind", Kind.CHOICE, choices=tuple(c.TrainingKind), clause="18.0"),
        Field("Started work on", Kind.DATE, clause="18.0"),
        Field("Done on", Kind.DATE, clause="18.0"),
        Field("Version of the procedure", clause="18.0"),
        Field("Given by", clause="18.0"),
        Field("What is missing", Kind.LONG_TEXT, owner=R, help="Why the row does not count."),
    ),
    views=(
        View(
            "Not yet done",
            filters=(Filter("Done on", "blank"),),
            sort=("Started work on",),
            show=("Member of staff", "Kind", "Started work on", "Done on"),
        ),
    ),
)

PREVENTION = Table(
    name="Prevention",
    wall=Wall.CASEWORK,
    help="One row a piece of work to keep hate incidents from happening.",
    fields=(
        Field("What was done", clause="15.0"),
        Field("Kind", Kind.CHOICE, choices=tuple(c.PreventionKind), clause="15.0"),
        Field("Done on", Kind.DATE, clause="15.0"),
        Field("Area"),
        Field("With whom", clause="15.0"),
        Field("Nobody can be recognised", Kind.YES, help="For publicity.", clause="15.0"),
        Field("Approved by", help="For publicity: the manager who approves it enters this.", clause="15.0"),
        Field("Papers", Kind.FILES),
        Field("Outcome", Kind.LONG_TEXT),
        Field("What is missing", Kind.LONG_TEXT, owner=R, help="Why the row does not count.", clause="15.0"),
    ),
)

POLICY_REVIEWS = Table(
    name="Policy reviews",
    wall=Wall.CASEWORK,
    help="One row a review of the policy and this procedure.",
    fields=(
        Field("Review", help="A label, such as the year."),
        Field("Reviewed on", Kind.DATE, help="Entered by the operations director: that signs it.", clause="16.0"),
        Field("Next due on", Kind.DATE, help="No later than three years on.", clause="16.0"),
        Field("Led by", clause="16.0"),
        Field("What changed", Kind.LONG_TEXT, clause="18.0"),
        Field("Staff briefed on", Kind.DATE, clause="18.0"),
        Field("Papers", Kind.FILES),
        Field(
            "What is missing",
            Kind.LONG_TEXT,
            owner=R,
            help="Why the review does not count, or who is still to be briefed.",
            clause="18.0",
        ),
    ),
)
