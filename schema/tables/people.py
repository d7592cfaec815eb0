"""People: the victim, the alleged perpetrator, witnesses and others on one case.

In: intake and officers. Out: who may be written to, and how; whose agreement is whose.
Never here: diversity answers (the office base keeps them apart).
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

PEOPLE = Table(
    name="People",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a person on a case.",
    opening=("Case", "Role", "Safe ways to contact", "Telephone", "E-mail", "Address", "Postcode"),
    fields=(
        Field("Name", help="Leave empty if not known."),
        Field("Role", Kind.CHOICE, choices=tuple(c.PersonRole)),
        Field("Address"),
        Field("Postcode"),
        Field("Telephone", Kind.PHONE),
        Field("E-mail", Kind.EMAIL),
        Field(
            "Safe ways to contact",
            Kind.CHOICES,
            choices=tuple(c.Channel),
            help="Only these are used. Empty means nobody has asked: then nothing is written.",
            clause="3.0",
        ),
        Field(
            "Letters by e-mail",
            Kind.YES,
            help="They asked for it. E-mail must be among the safe ways too, and nobody else on the case may have it.",
            clause="3.0",
        ),
        Field("Contact notes", Kind.LONG_TEXT),
        Field("Lives in", Kind.CHOICE, choices=tuple(c.LivesIn), clause="9.0"),
        Field("Their landlord", help="Where it is another landlord.", clause="9.0"),
        Field("Is the tenant", Kind.CHOICE, choices=tuple(c.YesNo), clause="9.0"),
        Field("Date of birth", Kind.DATE, clause="9.0"),
        Field("Lives with the victim", Kind.CHOICE, choices=tuple(c.YesNo)),
        Field(
            "Identified at",
            Kind.INSTANT,
            help="For somebody found later than the first report.",
            clause="8.0",
        ),
        Field("Use of evidence", Kind.CHOICE, choices=tuple(c.WitnessUse), clause="8.0"),
        Field(
            "Support offered at",
            Kind.INSTANT,
            help="Of a witness who will give evidence: the same support as the victim has.",
            clause="8.0",
        ),
        Field("Large print", Kind.YES),
        Field("Language", help="Empty means English."),
        Field(
            "Needs an interpreter or other help",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="To be spoken with, to read, to hear, or to get there.",
            clause="3.2",
        ),
        Field(
            "Interpreter or other arrangement",
            Kind.LONG_TEXT,
            help="Who or what is booked, for every dealing with them. Never a family member by default.",
            clause="3.2",
        ),
        Field("Key", owner=R, unique=True, help="Only on rows that intake made."),
        *HANDS,
    ),
    links=(Link("Case", to="Cases"),),
    views=(
        View(
            "Nobody has asked how to reach them",
            filters=(Filter("Safe ways to contact", "blank"), Filter("Role", "is", c.PersonRole.VICTIM)),
            show=("Name", "Case", "Role", "Safe ways to contact", "Contact notes"),
        ),
    ),
)
