"""Decisions: reviews, approvals, overrides and closures. Each is a row of its own (R-25).

In: a manager's decision. Out: opened gates and completed review steps, once the audit has named the author.
Never here: anything written by the runner; a decision typed by the officer whom it frees.
"""

from schema import choices as c
from schema.parts import Field, Filter, Kind, Link, Table, View, Wall

REVIEWS = Table(
    name="Reviews",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a manager's look at a case. Whoever sets Findings is its author, and must be a line manager.",
    opening=("Case", "Kind", "Held at", "Findings", "Agreed action", "Covers the outcome"),
    fields=(
        Field("Review", help="A neutral label."),
        Field(
            "Kind",
            Kind.CHOICE,
            choices=tuple(c.ReviewKind),
            help="What the manager looked at. The first discussion is the one at once after the report.",
            clause="12.0",
        ),
        Field("Held at", Kind.INSTANT, help="When you talked.", clause="12.0"),
        Field(
            "Findings",
            Kind.LONG_TEXT,
            help="What the manager found. Entering it signs the review, so only the manager does.",
            clause="12.0",
        ),
        Field("Agreed action", Kind.LONG_TEXT, help="What is to be done next, by whom.", clause="12.0"),
        Field("Covers the outcome", Kind.YES, help="Findings and what happens next were settled.", clause="10.0"),
        Field(
            "Plan proposals discussed",
            Kind.YES,
            help="Tick if what is proposed to the victim was talked over.",
            clause="3.2",
        ),
        Field("Repairs and security discussed", Kind.YES, help="Tick if it was talked over.", clause="3.2"),
        Field(
            "Emergency legal action discussed",
            Kind.YES,
            help="Tick if it was talked over. It opens the step with the solicitor.",
            clause="3.2",
        ),
        Field("Plan version covered", help="Which version of the action plan was looked at: 1, 2, 3.", clause="12.0"),
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Incident", to="Incidents", help="Empty means the first, while there is no other."),
        Link("Person", to="People", help="Of a delay review: whose interview is late, where there are several."),
    ),
)

APPROVALS = Table(
    name="Approvals",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a decision. Whoever sets Decision is its author. The runner writes nothing here.",
    opening=("Case", "Matter", "Decision", "Reason", "Decided at", "Person", "Repair"),
    fields=(
        Field("Approval", help="A neutral label."),
        Field(
            "Matter",
            Kind.CHOICE,
            choices=tuple(c.Matter),
            help="A line manager decides, never the case's own officer; rehousing the lettings manager and director.",
        ),
        Field("Asked at", Kind.INSTANT, help="When the officer asked."),
        Field(
            "Decision",
            Kind.CHOICE,
            choices=tuple(c.Decision),
            help="Set by the manager who decides, signed in as themselves: that signs it.",
        ),
        Field("Decided at", Kind.INSTANT, help="When it was decided, if earlier than entered."),
        Field(
            "Reason",
            Kind.LONG_TEXT,
            help="Of Harassment proved: an admission, a court, or the balance of probabilities, and why.",
        ),
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Incident", to="Incidents"),
        Link("Person", to="People"),
        Link("Repair", to="Repairs"),
        Link("Letter", to="Letters", help="Of the matter Letter: which one, as it stands in the row now."),
        Link("Rehousing", to="Rehousing", help="Which request, where there are several."),
    ),
    views=(
        View(
            "Waiting for a decision",
            filters=(Filter("Decision", "blank"),),
            sort=("Asked at",),
            show=("Approval", "Case", "Matter", "Asked at", "Decision", "Decided at", "Reason"),
        ),
    ),
)

OVERRIDES = Table(
    name="Overrides",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a disclosure without consent. It counts once a second manager, another person, has confirmed it.",
    opening=("Case", "Purpose", "Organisation", "Decision", "Second decision", "Reason"),
    fields=(
        Field("Override", help="A neutral label."),
        Field("Purpose", Kind.CHOICE, choices=tuple(c.Purpose), help="What would be told without agreement."),
        Field("Organisation"),
        Field("Lawful basis", help="The law that allows it, in words your data protection officer would accept."),
        Field("Reason", Kind.LONG_TEXT),
        Field("Decision", Kind.CHOICE, choices=tuple(c.Decision), help="Set by the first manager."),
        Field(
            "Second decision",
            Kind.CHOICE,
            choices=tuple(c.Decision),
            help="By another person than the first.",
        ),
        Field(
            "Victim told at",
            Kind.INSTANT,
            help="When you told the victim what was told, and to whom.",
        ),
        Field("Why not told", Kind.LONG_TEXT, help="Where telling the victim puts somebody at risk: whom, and how."),
    ),
    links=(Link("Case", to="Cases"), Link("Incident", to="Incidents"), Link("Person", to="People")),
    views=(
        View(
            "Waiting for the second decision",
            filters=(Filter("Second decision", "blank"),),
            show=("Override", "Case", "Purpose", "Organisation", "Reason", "Decision", "Second decision"),
        ),
    ),
)

CLOSURES = Table(
    name="Closures",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row an attempt to close. Whoever sets Marker is its author: the regional manager or team leader.",
    opening=("Case", "Sought at", "Victim agrees", "Marker", "Closed at", "Exception"),
    fields=(
        Field("Closure", help="A neutral label."),
        Field("Sought at", Kind.INSTANT, help="When closing was first proposed.", clause="17.0"),
        Field(
            "Victim agrees",
            Kind.CHOICE,
            choices=tuple(c.Answer),
            help="What the victim said to closing.",
            clause="17.0",
        ),
        Field("Victim asked at", Kind.INSTANT, help="When they were asked.", clause="17.0"),
        Field(
            "Marker",
            Kind.CHOICE,
            choices=tuple(c.Marker),
            help="Why it is closed. Whoever sets it signs the closure.",
            clause="17.0",
        ),
        Field("Closed at", Kind.INSTANT, help="When the case was closed.", clause="17.0"),
        Field(
            "Exception",
            Kind.LONG_TEXT,
            help="Why without agreement or feedback: for the regional manager.",
            clause="17.0",
        ),
        Field(
            "Exception kind",
            Kind.CHOICE,
            choices=tuple(c.ExceptionKind),
            help="Needed where the victim did not agree. Moving house is none: ask the victim.",
            clause="17.0",
        ),
        Field(
            "How we know",
            Kind.CHOICES,
            choices=tuple(c.Source),
            help="Never the alleged perpetrator or a neighbour alone.",
            clause="17.0",
        ),
        Field("Survey not wanted", Kind.YES, clause="17.0"),
        Field("Checked again at", Kind.INSTANT, help="About four weeks after closing."),
    ),
    links=(Link("Case", to="Cases"),),
    views=(
        View(
            "Not yet closed",
            filters=(Filter("Closed at", "blank"),),
            sort=("Sought at",),
            show=("Closure", "Case", "Sought at", "Victim agrees", "Marker", "Exception kind", "Exception"),
        ),
    ),
)

TENANCY_CHECKS = Table(
    name="Tenancy checks",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a check of a person's tenancy, made before contact.",
    opening=("Case", "Person", "Checked at", "Found"),
    fields=(
        Field("Check", help="A neutral label."),
        Field("Checked at", Kind.INSTANT, clause="3.2"),
        Field(
            "Found",
            Kind.CHOICES,
            choices=tuple(c.Flag),
            help="Tick None of these where nothing was found.",
            clause="3.2",
        ),
        Field("Source", clause="3.2"),
        Field("Detail", Kind.LONG_TEXT, clause="3.2"),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People")),
)
