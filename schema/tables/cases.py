"""Cases: our file about harm to one person or household.

In: a report, or a further incident after closure. Out: everything else in Casework hangs from it.
Never here: a person's name (the reference is neutral on an envelope).
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Owner, Table, View, Wall

R = Owner.RUNNER

CASES = Table(
    name="Cases",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a case. The runner keeps the state; what would move it stands beside it.",
    opening=("State", "Officer", "Next step", "Next due at", "What needs a person"),
    fields=(
        Field(
            "Reference",
            owner=R,
            unique=True,
            help="Neutral on an envelope, in a subject, in a file name.",
            clause="3.0",
        ),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(c.CaseState)),
        Field(
            "First reported at",
            Kind.INSTANT,
            owner=R,
            help="Of the first incident. Change it there, with a reason.",
            clause="3.4",
        ),
        Field("Opened at", Kind.INSTANT, owner=R),
        Field("Area", owner=R, clause="2.0"),
        Field("Division", Kind.CHOICE, owner=R, choices=tuple(c.Division), help="Whose bank holidays count."),
        Field("Officer", owner=R, help="By the patch of the victim's address.", clause="2.0"),
        Field("Supervisor", owner=R, clause="2.0"),
        Field("Reallocate to", help="The e-mail address of the officer who takes the case over.", clause="2.0"),
        Field("Victim is not our resident", Kind.YES, owner=R, clause="2.0"),
        Field("Next step", owner=R),
        Field("Next due at", Kind.INSTANT, owner=R),
        Field(
            "What needs a person",
            Kind.LONG_TEXT,
            owner=R,
            help="Each sentence names a record and what to put right.",
        ),
        Field("What would move it", Kind.LONG_TEXT, owner=R, help="Why the case stands where it stands."),
        Field(
            "Warnings",
            Kind.LONG_TEXT,
            owner=R,
            help="What to know before any contact, and what has gone wrong elsewhere. It blocks nothing.",
        ),
        Field(
            "Every step explained",
            Kind.LONG_TEXT,
            owner=R,
            help="Each step with its date, its first promise and its reasons. Nobody is named.",
        ),
        Field("Triage", Kind.CHOICE, choices=tuple(c.Triage), clause="3.0"),
        Field("Attach to", help="The reference of the case this one belongs to, repeats or follows.", clause="3.0"),
        Field(
            "May be the same as",
            owner=R,
            help="Open cases with a like victim or home, looked up while Triage is empty.",
        ),
        Field("Linked case", owner=R, help="Cases that Attach to names, here or there.", clause="11.0"),
        Field("Initial report form completed at", Kind.INSTANT, clause="3.0"),
        Field("Initial report form", Kind.FILES, clause="3.2"),
        Field(
            "Details given to the victim at",
            Kind.INSTANT,
            help="Officer's details and the case number.",
            clause="3.0",
        ),
        Field("Alleged perpetrator lives with the victim", Kind.CHOICE, choices=tuple(c.YesNo)),
        Field(
            "Contact every (days)",
            Kind.NUMBER,
            help="As agreed with the victim; 14 where nothing is agreed.",
            clause="6.0",
        ),
        Field(
            "Longer interval is the victim's wish",
            Kind.YES,
            help="Needed for more than 14 days.",
            clause="6.0",
        ),
        Field(
            "Agreed pattern",
            Kind.LONG_TEXT,
            help="How the victim wants to hear from us: which way, which times are safe.",
            clause="3.4",
        ),
        Field(
            "Told of the ASB Case Review at",
            Kind.INSTANT,
            help="When the victim was told that they may ask for one. England and Wales only.",
            clause="6.0",
        ),
        Field(
            "Case review may be asked until",
            Kind.DATE,
            owner=R,
            help="Six months after the latest report. England and Wales only.",
            clause="6.0",
        ),
        Field("Closed at", Kind.INSTANT, owner=R, help="Of the closure that counts.", clause="17.0"),
        Field("Closed by", owner=R, help="The role of whoever set the marker.", clause="17.0"),
        Field(
            "Emergency legal action",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="Is it being considered?",
            clause="3.2",
        ),
        Field("Victim fears staying", Kind.CHOICE, choices=tuple(c.YesNo), clause="7.0"),
        Field("Imported", Kind.YES, owner=R, help="Brought over from older records by an administrator."),
        Field("Report", owner=R, unique=True, help="The report it came from."),
        *HANDS,
    ),
    views=(
        View(
            "Open cases",
            filters=(Filter("State", "is not", c.CaseState.CLOSED),),
            sort=("Next due at",),
            show=("Reference", "State", "Next step", "Next due at", "What needs a person", "Officer", "Area"),
        ),
        View(
            "Needs a person",
            filters=(Filter("What needs a person", "not blank"),),
            sort=("Next due at",),
            show=("Reference", "What needs a person", "State", "Officer", "Area"),
        ),
        View(
            "With a warning",
            filters=(Filter("Warnings", "not blank"),),
            sort=("Next due at",),
            show=("Reference", "Warnings", "State", "Next step", "Next due at", "Officer", "Area"),
        ),
        View(
            "New: triage",
            filters=(Filter("State", "is", c.CaseState.NEW), Filter("Triage", "blank")),
            sort=("First reported at",),
            show=(
                "Reference",
                "First reported at",
                "Triage",
                "May be the same as",
                "Attach to",
                "Officer",
                "Area",
                "What needs a person",
            ),
        ),
        View(
            "Where cases stand",
            shape="board",
            by="State",
            show=("Reference", "Officer", "Next step", "Next due at", "What would move it"),
        ),
    ),
)
