"""Reports: what an adviser, or anybody in the landlord's offices, enters when somebody tells us of an incident.

In: a write-only form, or a row typed by a duty officer. Out: one case a report, whose reference comes back here.
Never here: an answer that must exist before a report may be sent; a question about proof.
"""

from schema import choices as c
from schema.parts import Field, Filter, Form, Kind, Owner, Table, View, Wall

R = Owner.RUNNER

REPORTS = Table(
    name="Reports",
    wall=Wall.FRONT_DESK,
    hot=True,
    help="One row a report. A row from the form is taken at once; a row typed here is taken when Send is ticked.",
    fields=(
        Field("Victim's name", help="Leave empty for an anonymous report."),
        Field("Address", help="The victim's home.", clause="2.0"),
        Field("Postcode", help="Of the victim's home. It decides which officer is told.", clause="2.0"),
        Field("Area", help="The area's name, if you know it. Otherwise the postcode decides.", clause="2.0"),
        Field("Telephone", Kind.PHONE, clause="3.0"),
        Field("E-mail", Kind.EMAIL, clause="3.0"),
        Field(
            "Safe ways to contact",
            Kind.CHOICES,
            choices=tuple(c.Channel),
            help="Only these are used. Leave empty if nobody has asked yet: then we write to nobody.",
            clause="3.0",
        ),
        Field("Contact notes", Kind.LONG_TEXT, help="Times, voicemail, who must not know.", clause="3.0"),
        Field(
            "First reported at",
            Kind.INSTANT,
            help="When anybody working for us was first told. Every deadline counts from here.",
            clause="3.0",
        ),
        Field("Received by", help="Who took the report: a name or a desk.", clause="3.0"),
        Field("How reported", Kind.CHOICE, choices=tuple(c.HowReported), clause="3.0"),
        Field("Reporter is", Kind.CHOICE, choices=tuple(c.Reporter), clause="3.0"),
        Field("Reporter's name", help="Where it is not the victim.", clause="3.0"),
        Field("Happened at", Kind.INSTANT, help="Leave empty if not known.", clause="3.0"),
        Field("Happened where", Kind.CHOICE, choices=tuple(c.Place), clause="3.0"),
        Field("Postcode of the incident", help="Leave empty if at the victim's home.", clause="3.2"),
        Field("What happened", Kind.LONG_TEXT, help="In the person's own words.", clause="3.0"),
        Field("Kind of incident", Kind.CHOICES, choices=tuple(c.IncidentType), clause="3.0"),
        Field(
            "Because of",
            Kind.CHOICES,
            choices=tuple(c.Strand),
            help="As the victim or anybody else perceives it. Nobody has to prove it.",
            clause="3.0",
        ),
        Field("Safe at home", Kind.CHOICE, choices=tuple(c.YesNo), clause="3.0"),
        Field("Children at risk", Kind.CHOICE, choices=tuple(c.YesNo), clause="3.0"),
        Field("Graffiti to remove", Kind.CHOICE, choices=tuple(c.YesNo), clause="4.0"),
        Field("Emergency repair needed", Kind.CHOICE, choices=tuple(c.YesNo), clause="4.0"),
        Field("Police know", Kind.CHOICE, choices=tuple(c.PoliceTold), clause="3.0"),
        Field("Police reference", clause="3.0"),
        Field("Alleged perpetrator's name", help="Leave empty if not known.", clause="3.0"),
        Field("Alleged perpetrator's address", clause="3.0"),
        Field("Alleged perpetrator lives in", Kind.CHOICE, choices=tuple(c.LivesIn), clause="9.0"),
        Field(
            "Tell the partnership",
            Kind.CHOICE,
            choices=tuple(c.Answer),
            help="May the community safety partnership know who the victim is?",
            clause="3.2",
        ),
        Field("Refer to the police", Kind.CHOICE, choices=tuple(c.Answer), clause="5.0"),
        Field("Speak to the alleged perpetrator", Kind.CHOICE, choices=tuple(c.Answer), clause="3.1"),
        Field("Refer for support", Kind.CHOICE, choices=tuple(c.Answer), clause="3.1"),
        Field("Large print", Kind.YES, help="Letters in 18 point."),
        Field("Send", Kind.YES, help="For a row typed here: tick when it is complete, and it is taken."),
        Field("Made by", Kind.MADE_BY, owner=Owner.PLATFORM),
        Field("Case reference", owner=R, help="The case this report became."),
        Field("Taken at", Kind.INSTANT, owner=R),
        Field(
            "What needs a person",
            Kind.LONG_TEXT,
            owner=R,
            help="Why something in this report could not be used as it is.",
        ),
        Field("Pick-up", Kind.LIVE, owner=Owner.PLATFORM, live="pick_up"),
    ),
    views=(
        View(
            "Not yet picked up",
            filters=(Filter("Taken at", "blank"),),
            sort=("First reported at",),
            show=("Victim's name", "First reported at", "Pick-up", "Postcode", "Send", "What needs a person"),
        ),
        View(
            "What needs a person",
            filters=(Filter("What needs a person", "not blank"),),
            sort=("-First reported at",),
            show=("Victim's name", "What needs a person", "Pick-up", "Case reference", "First reported at"),
        ),
    ),
    forms=(
        Form(
            "Report a hate incident",
            heading="Report a hate incident",
            intro=(
                "Fill in what you know and leave the rest. Nothing is compulsory and nobody has to prove anything. "
                "If somebody is in danger now, ring 999 first. "
                "After sending, nobody can read the report through this page."
            ),
            thanks="Thank you. The report has gone to the duty officer. Nothing more is needed here.",
            asks=(
                "First reported at",
                "Received by",
                "How reported",
                "Reporter is",
                "Reporter's name",
                "Victim's name",
                "Address",
                "Postcode",
                "Area",
                "Telephone",
                "E-mail",
                "Safe ways to contact",
                "Contact notes",
                "Large print",
                "What happened",
                "Happened at",
                "Happened where",
                "Postcode of the incident",
                "Kind of incident",
                "Because of",
                "Safe at home",
                "Children at risk",
                "Graffiti to remove",
                "Emergency repair needed",
                "Police know",
                "Police reference",
                "Alleged perpetrator's name",
                "Alleged perpetrator's address",
                "Alleged perpetrator lives in",
                "Tell the partnership",
                "Refer to the police",
                "Speak to the alleged perpetrator",
                "Refer for support",
            ),
        ),
    ),
)
