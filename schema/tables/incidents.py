"""Incidents: one thing that happened. Each has a clock set of its own.

In: intake, and officers for a further incident. Out: the moment every deadline counts from.
Never here: a field that asks for proof.
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

INCIDENTS = Table(
    name="Incidents",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row an incident. Add a row for a further incident: the investigation starts again for it.",
    opening=(
        "Case",
        "First reported at",
        "Emergency assessment",
        "Assessed at",
        "Safe at home",
        "Children at risk",
        "What happened",
    ),
    fields=(
        Field("Incident", help="A neutral label, such as the day. No names."),
        Field("Number", Kind.NUMBER, owner=R, help="In order on the case."),
        Field(
            "First reported at",
            Kind.INSTANT,
            help="When anybody working for us was first told.",
            clause="3.4",
        ),
        Field(
            "First recorded as",
            Kind.INSTANT,
            owner=R,
            help="What First reported at said when we first read it. It stays.",
        ),
        Field(
            "Reason for changing it",
            help="A change of First reported at counts only with a reason.",
            clause="3.4",
        ),
        Field("Received by", clause="3.0"),
        Field("How reported", Kind.CHOICE, choices=tuple(c.HowReported), clause="3.0"),
        Field("Reporter is", Kind.CHOICE, choices=tuple(c.Reporter), clause="3.0"),
        Field("Picked up at", Kind.INSTANT, owner=R, help="When it reached the officer's list.", clause="3.0"),
        Field("Happened at", Kind.INSTANT),
        Field("Happened where", Kind.CHOICE, choices=tuple(c.Place)),
        Field("Postcode", help="Of the place.", clause="3.2"),
        Field("What happened", Kind.LONG_TEXT, help="It stays with us: no partner is sent these words."),
        Field(
            "Account for the partnership",
            Kind.LONG_TEXT,
            help="Goes word for word in a notice that names the victim. Say nothing that tells of anybody else. "
            "Empty: only the answers from the lists go.",
            clause="3.2",
        ),
        Field("Kind of incident", Kind.CHOICES, choices=tuple(c.IncidentType)),
        Field("Because of", Kind.CHOICES, choices=tuple(c.Strand), clause="3.0"),
        Field(
            "Perceived by",
            Kind.CHOICES,
            choices=tuple(c.PerceivedBy),
            help="Anybody's perception counts.",
            clause="3.0",
        ),
        Field("Emergency assessment", Kind.CHOICE, choices=tuple(c.Assessment), clause="3.0"),
        Field("Assessed at", Kind.INSTANT, clause="3.0"),
        Field("Safe at home", Kind.CHOICE, choices=tuple(c.YesNo), clause="3.0"),
        Field("Children at risk", Kind.CHOICE, choices=tuple(c.YesNo), clause="3.0"),
        Field("Adult at risk", Kind.CHOICE, choices=tuple(c.YesNo), clause="3.0"),
        Field("Risk known at", Kind.INSTANT, help="Empty means at the first report.", clause="3.0"),
        Field("Police know", Kind.CHOICE, choices=tuple(c.PoliceTold), clause="3.0"),
        Field("Police reference", clause="3.0"),
        Field("Police officer and station", clause="5.0"),
        Field("Police position", Kind.CHOICE, choices=tuple(c.PolicePosition), clause="5.0"),
        Field("Police position known at", Kind.INSTANT, clause="5.0"),
        Field("Are there witnesses", Kind.CHOICE, choices=tuple(c.Witnesses), clause="8.0"),
        Field("Reason for delay", Kind.LONG_TEXT, help="Why the perpetrator interview is late.", clause="9.0"),
        Field("Key", owner=R, unique=True, help="Only on rows that intake made."),
        *HANDS,
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Victims", to="People", many=True, back="Victim in"),
        Link("Alleged perpetrators", to="People", many=True, back="Alleged perpetrator in"),
        Link("Witnesses", to="People", many=True, back="Witness of"),
    ),
    views=(
        View(
            "Not yet assessed",
            filters=(Filter("Emergency assessment", "blank"),),
            sort=("First reported at",),
            show=("Incident", "Case", "First reported at", "Emergency assessment", "Safe at home", "Children at risk"),
        ),
        View(
            "Not safe, or a child at risk",
            filters=(
                Filter("Safe at home", "is", c.YesNo.NO),
                Filter("Children at risk", "is", c.YesNo.YES),
                Filter("Adult at risk", "is", c.YesNo.YES),
            ),
            any_of=True,
            sort=("-First reported at",),
            show=("Incident", "Case", "Safe at home", "Children at risk", "Adult at risk", "First reported at"),
        ),
    ),
)
