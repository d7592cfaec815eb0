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
    fields=(
        Field("Option", Kind.CHOICE, choices=tuple(c.Option), clause="3.1"),
        Field("Organisation", help="Who would be told; empty for a step of our own.", clause="3.1"),
        Field("Answer", Kind.CHOICE, choices=tuple(c.Answer), clause="3.1"),
        Field("Given at", Kind.INSTANT, clause="3.1"),
        Field("Given by", Kind.CHOICE, choices=tuple(c.GivenBy), clause="3.1"),
        Field("How given", Kind.CHOICE, choices=tuple(c.HowGiven), clause="3.1"),
        Field("Withdrawn at", Kind.INSTANT, clause="11.0"),
        Field("Scope", Kind.LONG_TEXT, help="What the agreement covers.", clause="3.1"),
        Field("Withhold", Kind.LONG_TEXT, help="What must not be told, and to whom.", clause="3.1"),
        Field(
            "Contact details of the agency",
            Kind.LONG_TEXT,
            help="Of a support organisation, ready for the victim's interview.",
            clause="3.2",
        ),
        Field("Contact details given at", Kind.INSTANT, help="To the victim, at the interview.", clause="3.4"),
        Field("Last refused at", Kind.INSTANT, owner=R, help="When a no or a withdrawal was last seen."),
        Field("Key", owner=R, unique=True, help="Only on rows that intake made."),
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
    fields=(
        Field("Version", help="1, 2, 3.", clause="3.1"),
        Field("Agreed at", Kind.INSTANT, clause="3.1"),
        Field("Signed at", Kind.INSTANT, clause="3.4"),
        Field("Signed copy", Kind.FILES, clause="3.4"),
        Field("Reconfirmed at", Kind.INSTANT, help="After a further incident.", clause="11.0"),
        Field("Notes", Kind.LONG_TEXT),
    ),
    links=(Link("Case", to="Cases"), Link("Victim", to="People"), Link("Incident", to="Incidents")),
)
