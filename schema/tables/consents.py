"""Consents and the action plan: what the victim has agreed to, option by option and organisation by organisation.

In: a victim's answers, however given. Out: the start conditions and gates of everything that needs them.
Never here: an answer nobody gave (no default is yes).
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

CONSENTS = Table(
    name="Consents",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row an option and organisation. No, or withdrawn, acts the moment it is entered.",
    opening=("Case", "Victim", "Answer", "Given at", "Given by", "Organisation", "How given", "Withdrawn at"),
    fields=(
        Field(
            "Option",
            Kind.CHOICE,
            choices=tuple(c.Option),
            help="What the victim was asked. One row each.",
            clause="3.1",
        ),
        Field("Organisation", help="Who would be told; empty for a step of our own.", clause="3.1"),
        Field(
            "Answer",
            Kind.CHOICE,
            choices=tuple(c.Answer),
            help="What the victim said. Silence is never a yes.",
            clause="3.1",
        ),
        Field("Given at", Kind.INSTANT, help="When they said it. A yes dated ahead is no yes yet.", clause="3.1"),
        Field(
            "Given by",
            Kind.CHOICE,
            choices=tuple(c.GivenBy),
            help="Who answered. An alleged perpetrator never answers for a victim.",
            clause="3.1",
        ),
        Field(
            "How given",
            Kind.CHOICE,
            choices=tuple(c.HowGiven),
            help="Spoken is enough to begin. The signature may follow.",
            clause="3.1",
        ),
        Field(
            "Withdrawn at", Kind.INSTANT, help="When they took it back. It acts the moment you enter it.", clause="11.0"
        ),
        Field(
            "Holds until",
            Kind.DATE,
            help="The last day, where they set one. Nothing goes after it; partners are told it.",
            clause="3.1",
        ),
        Field("Scope", Kind.LONG_TEXT, help="What the agreement covers. Of Something else: what it is.", clause="3.1"),
        Field("Withhold", Kind.LONG_TEXT, help="What must not be told, and to whom.", clause="3.1"),
        Field(
            "What was done",
            Kind.LONG_TEXT,
            help="For the outcome letter. Not needed once its step is done.",
            clause="10.0",
        ),
        Field("Not done: reason", Kind.LONG_TEXT, help="Why what the victim agreed to was not done.", clause="10.0"),
        Field(
            "Contact details of the agency",
            Kind.LONG_TEXT,
            help="Of a support organisation, ready for the victim's interview.",
            clause="3.2",
        ),
        Field("Contact details given at", Kind.INSTANT, help="To the victim, at the interview.", clause="3.4"),
        Field("Last refused at", Kind.INSTANT, owner=R, help="When a no or a withdrawal was last seen."),
        Field("Key", owner=R, unique=True, help="Only on rows that were made for you."),
        *HANDS,
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Victim", to="People", back="Consents given"),
        Link(
            "About",
            to="People",
            help="The alleged perpetrator it concerns. Empty: a no to all, a yes to the one reported or the only one.",
            back="Consents about",
        ),
        Link("Incident", to="Incidents", help="Empty for all."),
    ),
    views=(
        View(
            "Options not yet asked",
            filters=(Filter("Answer", "is", c.Answer.NOT_ASKED), Filter("Answer", "blank")),
            any_of=True,
            sort=("Option",),
            show=("Option", "Case", "Victim", "Incident", "Organisation", "Answer", "Given at", "Given by"),
            by="Case",
            help="Go through every one with the victim. After a further incident each earlier yes is asked again.",
        ),
        View(
            "Refused or withdrawn",
            filters=(Filter("Answer", "is", c.Answer.NO), Filter("Withdrawn at", "not blank")),
            any_of=True,
            sort=("-Last refused at",),
            show=("Option", "Case", "Victim", "Organisation", "Answer", "Withdrawn at", "Scope", "Withhold"),
        ),
    ),
)

ACTION_PLAN = Table(
    name="Action plan",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a version of the plan. The answers themselves are in Consents.",
    opening=("Case", "Victim", "Agreed at", "Signed at"),
    fields=(
        Field("Version", help="1, 2, 3.", clause="3.1"),
        Field(
            "Agreed at", Kind.INSTANT, help="When the victim agreed to this version, spoken or written.", clause="3.1"
        ),
        Field("Signed at", Kind.INSTANT, help="When they signed it.", clause="3.4"),
        Field("Signed copy", Kind.FILES, help="A scan or photograph of the signed plan.", clause="3.4"),
        Field("Reconfirmed at", Kind.INSTANT, help="After a further incident.", clause="11.0"),
        Field("Notes", Kind.LONG_TEXT),
    ),
    links=(Link("Case", to="Cases"), Link("Victim", to="People"), Link("Incident", to="Incidents")),
)
