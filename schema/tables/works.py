"""Works and help: repairs, rehousing and legal steps.

In: officers and maintenance. Out: the 24-hour repair clocks and the chronology of help given.
Never here: a gate on help in danger (consent is asked for entering a home only).
"""

from schema import choices as c
from schema.parts import Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

REPAIRS = Table(
    name="Repairs",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a piece of work. Photograph first, or say why not.",
    opening=("Case", "Kind", "Where", "Need known at", "Photographed at", "Done at", "Occupier agrees to entry"),
    fields=(
        Field("Repair", help="A neutral label."),
        Field(
            "Kind",
            Kind.CHOICE,
            choices=tuple(c.RepairKind),
            help="What is to be done. Security measures wait for a manager.",
            clause="4.0",
        ),
        Field(
            "Where",
            Kind.CHOICE,
            choices=tuple(c.Where),
            help="Inside needs the occupier's agreement. Outside needs nobody's.",
            clause="4.0",
        ),
        Field(
            "Reported at",
            Kind.INSTANT,
            help="When somebody told us. The 24 hours count from the earlier of this and the next.",
            clause="4.0",
        ),
        Field("Need known at", Kind.INSTANT, help="When we knew of it, however we learned.", clause="4.0"),
        Field(
            "Place of work",
            help="The address for the contractor's order, which says no more of it. No name.",
            clause="4.0",
        ),
        Field(
            "Getting in",
            Kind.LONG_TEXT,
            help="How and when the contractor gets in. The order says this as it stands: no name, and never why.",
            clause="4.0",
        ),
        Field("Ordered at", Kind.INSTANT, help="When the contractor was told.", clause="4.0"),
        Field("Done at", Kind.INSTANT, help="When the work was finished.", clause="4.0"),
        Field("Photographed at", Kind.INSTANT, help="Before the work begins.", clause="4.0"),
        Field("Photographs", Kind.FILES, clause="4.0"),
        Field("No photograph: reason", help="Opens the work where no photograph can be had.", clause="4.0"),
        Field("Occupier agrees to entry", Kind.CHOICE, choices=tuple(c.YesNo), clause="4.0"),
        Field(
            "Contractor told to be prompt and kind",
            Kind.YES,
            help="Tick once you have asked it of them. They need not know why.",
            clause="4.0",
        ),
        Field("Not needed: reason"),
        Field("Cost", Kind.MONEY, help="Of damage that somebody is to be charged for.", clause="13.0"),
        Field(
            "Proof of who did it",
            Kind.LONG_TEXT,
            help="What shows it. Without it nobody is charged.",
            clause="13.0",
        ),
        Field("Proved at", Kind.INSTANT, clause="13.0"),
        Field("Recharged at", Kind.INSTANT, help="When the charge was told to them.", clause="13.0"),
        Field("Key", owner=R, unique=True, help="Only on rows that intake made."),
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Incident", to="Incidents", help="Empty means the first."),
        Link("Recharge to", to="People", help="The alleged perpetrator who is charged."),
    ),
    views=(
        View(
            "Not yet done",
            filters=(Filter("Done at", "blank"), Filter("Not needed: reason", "blank")),
            sort=("Reported at",),
            show=("Repair", "Case", "Kind", "Where", "Reported at", "Ordered at", "Photographed at", "Done at"),
        ),
    ),
)

REHOUSING = Table(
    name="Rehousing",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a way tried: homelessness referral, somewhere temporary, a transfer.",
    fields=(
        Field("Rehousing", help="A neutral label."),
        Field("Kind", Kind.CHOICE, choices=tuple(c.RehousingKind), clause="7.0"),
        Field(
            "Called at",
            Kind.INSTANT,
            help="The council's homeless persons unit, or whoever was asked.",
            clause="3.0",
        ),
        Field("Asked", Kind.CHOICE, choices=tuple(c.TemporaryFrom), help="For somewhere temporary.", clause="7.0"),
        Field("Spoke to", clause="3.0"),
        Field("Letter given at", Kind.INSTANT, clause="3.0"),
        Field("Form given at", Kind.INSTANT, clause="7.0"),
        Field("Form returned at", Kind.INSTANT, clause="7.0"),
        Field("High priority", Kind.YES, clause="7.0"),
        Field("Report", Kind.FILES, help="The officer's, with the reasons for the recommendation.", clause="7.0"),
        Field("Report attached at", Kind.INSTANT, help="When it was ready for the decision.", clause="7.0"),
        Field("Outcome", Kind.LONG_TEXT, clause="7.0"),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People"), Link("Incident", to="Incidents")),
)

LEGAL = Table(
    name="Legal",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a piece of advice, a decision or a legal step, with its reasons.",
    fields=(
        Field("Legal", help="A neutral label."),
        Field("Kind", Kind.CHOICE, choices=tuple(c.LegalKind), clause="13.0"),
        Field("Solicitor", clause="3.2"),
        Field("Asked at", Kind.INSTANT, clause="3.2"),
        Field("Received at", Kind.INSTANT, clause="3.2"),
        Field("Advice", Kind.LONG_TEXT, clause="3.2"),
        Field("Decided", Kind.LONG_TEXT, clause="3.2"),
        Field("Decided at", Kind.INSTANT, clause="3.2"),
        Field("Reason", Kind.LONG_TEXT, help="Also where the decision is to do nothing.", clause="3.2"),
        Field("Step taken", clause="13.0"),
        Field("Taken at", Kind.INSTANT, clause="13.0"),
    ),
    links=(Link("Case", to="Cases"), Link("Incident", to="Incidents")),
)
