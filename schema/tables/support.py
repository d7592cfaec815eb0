"""Support and proof: risk assessments, evidence, feedback and things lent.

In: officers and managers. Out: what a court, a victim or an inspector may ask to see.
Never here: the original of a photograph once it is shared (the copy loses its metadata elsewhere).
"""

from schema import choices as c
from schema.parts import Field, Filter, Kind, Link, Owner, Table, View, Wall

RISK_ASSESSMENTS = Table(
    name="Risk assessments",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a look at the risk to somebody, or to staff who visit.",
    fields=(
        Field("Assessment", help="A neutral label."),
        Field("Assessed at", Kind.INSTANT, clause="9.0"),
        Field("Risk to", Kind.CHOICE, choices=tuple(c.RiskTo), clause="3.2"),
        Field("Level", Kind.CHOICE, choices=tuple(c.RiskLevel)),
        Field("Risk", Kind.LONG_TEXT, clause="9.0"),
        Field("Protection agreed", Kind.LONG_TEXT, help="What will be done about it.", clause="9.0"),
        Field("Look again on", Kind.DATE),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People"), Link("Incident", to="Incidents")),
    views=(
        View(
            "High risk",
            filters=(Filter("Level", "is", c.RiskLevel.HIGH),),
            sort=("-Assessed at",),
            show=("Assessment", "Case", "Person", "Risk to", "Risk", "Protection agreed", "Look again on"),
        ),
    ),
)

EVIDENCE = Table(
    name="Evidence",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a thing kept as proof, or an enquiry made to find some. Originals stay as they came.",
    fields=(
        Field("Evidence", help="A neutral label. No names."),
        Field("Kind", Kind.CHOICE, choices=tuple(c.EvidenceKind), clause="8.0"),
        Field("Got at", Kind.INSTANT, clause="8.0"),
        Field("From whom", clause="8.0"),
        Field("Files", Kind.FILES, clause="13.0"),
        Field("What it shows", Kind.LONG_TEXT),
        Field("May be used", Kind.CHOICE, choices=tuple(c.YesNo), help="As its giver wishes.", clause="8.0"),
        Field("Where it is kept", help="For something that is not a file."),
        Field("Not for use", Kind.YES, owner=Owner.RUNNER, help="Its giver does not want it used.", clause="8.0"),
    ),
    links=(Link("Case", to="Cases"), Link("Incident", to="Incidents"), Link("Person", to="People")),
)

FEEDBACK = Table(
    name="Feedback",
    wall=Wall.CASEWORK,
    help="One row a time the victim was asked what they think, or an attempt to ask.",
    fields=(
        Field("Feedback", help="A neutral label."),
        Field("Kind", Kind.CHOICE, choices=tuple(c.FeedbackKind), clause="16.0"),
        Field("Asked at", Kind.INSTANT, clause="16.0"),
        Field("How", Kind.CHOICE, choices=tuple(c.Channel), clause="16.0"),
        Field("Answered at", Kind.INSTANT, clause="16.0"),
        Field("What they said", Kind.LONG_TEXT, clause="16.0"),
        Field("Score", Kind.NUMBER, help="From the survey, 1 to 5.", clause="17.0"),
        Field("Not got: reason", help="After the attempts; then the manager decides.", clause="16.0"),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People")),
    views=(
        View(
            "Asked, not answered",
            filters=(Filter("Answered at", "blank"), Filter("Not got: reason", "blank")),
            sort=("Asked at",),
            show=("Feedback", "Case", "Kind", "Asked at", "How", "Answered at"),
        ),
    ),
)

LOANS = Table(
    name="Loans",
    wall=Wall.CASEWORK,
    help="One row a thing lent to a victim or witness, such as a telephone or a camera.",
    fields=(
        Field("Loan", help="What was lent."),
        Field("Offered at", Kind.INSTANT, clause="6.0"),
        Field("Accepted", Kind.CHOICE, choices=tuple(c.YesNo), clause="6.0"),
        Field("Lent at", Kind.INSTANT, clause="6.0"),
        Field("Agreement", Kind.FILES, clause="6.0"),
        Field("Returned at", Kind.INSTANT, clause="6.0"),
        Field("Notes", Kind.LONG_TEXT),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People")),
    views=(
        View(
            "Out on loan",
            filters=(Filter("Lent at", "not blank"), Filter("Returned at", "blank")),
            sort=("Lent at",),
            show=("Loan", "Case", "Person", "Lent at", "Returned at"),
        ),
    ),
)
