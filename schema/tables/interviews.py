"""Interviews: every booking, meeting, miss and waiver, with its note and statement.

In: officers. Out: the ends of the interview clocks and the starts of the note, letter and missed-meeting clocks.
Never here: a booking that counts as an interview held.
"""

from schema import choices as c
from schema.parts import Field, Filter, Kind, Link, Owner, Table, View, Wall

INTERVIEWS = Table(
    name="Interviews",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a booking. When it has happened, say how it ended and when.",
    opening=("Case", "With", "Person", "Booked for", "Result", "Happened at", "Note saved at"),
    fields=(
        Field("Interview", help="A neutral label. No names."),
        Field(
            "With",
            Kind.CHOICE,
            choices=tuple(c.InterviewKind),
            help="Whose interview it is: each has a clock of its own.",
        ),
        Field("Preferred place", help="Home, office, or somewhere safe.", clause="3.1"),
        Field("Booked at", Kind.INSTANT, help="When the booking was made.", clause="3.1"),
        Field(
            "Booked for", Kind.INSTANT, help="The day and time agreed. A booking is not yet an interview.", clause="3.1"
        ),
        Field(
            "Result",
            Kind.CHOICE,
            choices=tuple(c.InterviewResult),
            help="How it ended. Only Held counts as an interview.",
        ),
        Field(
            "Happened at",
            Kind.INSTANT,
            help="When it began, or when the waiver, miss or refusal was.",
            clause="3.4",
        ),
        Field("Ended at", Kind.INSTANT, help="Empty means as it began.", clause="3.4"),
        Field(
            "Moved to",
            Kind.INSTANT,
            help="Another time at the person's wish, recorded before the due time.",
            clause="3.4",
        ),
        Field("Place", help="Where it was, or is to be. The letter about the appointment says it.", clause="9.0"),
        Field(
            "At our office",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="For the alleged perpetrator: anywhere else needs a manager's approval.",
            clause="9.0",
        ),
        Field("Present", Kind.LONG_TEXT, help="Who else was in the room.", clause="3.4"),
        Field(
            "Account",
            Kind.LONG_TEXT,
            help="Who said and did what, when and where, and who saw it, as they tell it.",
            clause="3.4",
        ),
        Field("Impact", Kind.LONG_TEXT, help="In the person's own words.", clause="3.4"),
        Field("What to do if it happens again", Kind.LONG_TEXT, help="What you and the person agreed.", clause="3.4"),
        Field(
            "Complaint put to them",
            Kind.YES,
            help="Of an alleged perpetrator. Say no more than the victims agreed to.",
            clause="9.0",
        ),
        Field("Our policy explained", Kind.YES, clause="9.0"),
        Field("Told that it must not happen again", Kind.YES, clause="9.0"),
        Field(
            "Tenant contacted at",
            Kind.INSTANT,
            help="Where the alleged perpetrator is not the tenant of the home.",
            clause="9.0",
        ),
        Field(
            "Both invited",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="The tenant and the alleged perpetrator together. Under 14 the tenant alone will do.",
            clause="9.0",
        ),
        Field(
            "Note saved at",
            Kind.INSTANT,
            help="A victim's counts once Impact is filled, and Account too or a Note attached.",
            clause="3.4",
        ),
        Field("Note", Kind.FILES, help="The written note itself.", clause="3.4"),
        Field("Statement signed at", Kind.INSTANT, help="When the witness signed their statement.", clause="8.0"),
        Field("Statement", Kind.FILES, help="The signed statement.", clause="8.0"),
        Field("Interpreter", help="Which language, and who interpreted.", clause="3.4"),
        Field("Not for use", Kind.YES, owner=Owner.RUNNER, help="The witness does not want it used.", clause="8.0"),
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Person", to="People"),
        Link("Incident", to="Incidents", help="Empty means the first, while there is no other."),
    ),
    views=(
        View("Diary", shape="calendar", by="Booked for", show=("Interview", "Case", "With", "Place")),
        View(
            "Held, note still to save",
            filters=(Filter("Result", "is", c.InterviewResult.HELD), Filter("Note saved at", "blank")),
            sort=("Happened at",),
            show=("Interview", "Case", "With", "Happened at", "Note saved at", "Note"),
        ),
    ),
)

CONTACTS = Table(
    name="Contacts",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a contact with the victim, made or tried.",
    opening=("Case", "Person", "At", "How", "Result"),
    fields=(
        Field("Contact", help="A neutral label."),
        Field("At", Kind.INSTANT, help="When it was.", clause="6.0"),
        Field(
            "How", Kind.CHOICE, choices=tuple(c.Channel), help="By a way that the victim says is safe.", clause="6.0"
        ),
        Field(
            "Result",
            Kind.CHOICE,
            choices=tuple(c.ContactResult),
            help="Only Spoke or met counts as keeping in touch.",
            clause="6.0",
        ),
        Field("Progress told", Kind.YES, help="Tick once you have said how the case stands.", clause="6.0"),
        Field("How the victim is coping", Kind.LONG_TEXT, clause="6.0"),
        Field(
            "Agencies deliver",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="No: the agency is chased within two working days.",
            clause="6.0",
        ),
        Field("Are other agencies delivering", Kind.LONG_TEXT, help="Which, and what is missing.", clause="6.0"),
        Field("Agency chased at", Kind.INSTANT, help="When we chased the agency.", clause="6.0"),
        Field("Further action needed", Kind.LONG_TEXT, help="None, where there is none.", clause="6.0"),
    ),
    links=(Link("Case", to="Cases"), Link("Person", to="People")),
    views=(
        View(
            "By case",
            sort=("-At",),
            show=("Contact", "Case", "At", "How", "Result", "Further action needed"),
            by="Case",
        ),
    ),
)
