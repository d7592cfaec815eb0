"""The office: staff and roles, rota, patches, areas, profiles, partners. Administrators only.

In: administrators. Out: who may decide, who is told, which calendar and which partner (R-26).
Never here: a destination (host, key, certificate): those are settings, a partner row only names one.
"""

from schema import choices as c
from schema.parts import Field, Form, Kind, Link, Table, Wall

STAFF = Table(
    name="Staff",
    wall=Wall.OFFICE,
    help="One row a member of staff. The e-mail address is the one they sign in with.",
    fields=(
        Field("Name"),
        Field("E-mail", Kind.EMAIL, unique=True),
        Field("Role", Kind.CHOICE, choices=tuple(c.StaffRole)),
        Field("Job title"),
        Field("Office address", Kind.LONG_TEXT),
        Field("Telephone", Kind.PHONE),
        Field("Mobile", Kind.PHONE, help="Given to a victim only where this is filled."),
        Field("Away", Kind.YES, help="Alerts go to the supervisor instead."),
        Field("Has left", Kind.YES),
        Field(
            "Started on", Kind.DATE, help="For new staff: the briefing at induction counts from here.", clause="18.0"
        ),
    ),
)

DUTY_ROTA = Table(
    name="Duty rota",
    wall=Wall.OFFICE,
    help="Who is on duty, day and night.",
    fields=(
        Field("Duty", help="A label, such as the week."),
        Field("From", Kind.INSTANT),
        Field("Until", Kind.INSTANT),
    ),
    links=(Link("Person on duty", to="Staff"),),
)

AREAS = Table(
    name="Areas",
    wall=Wall.OFFICE,
    help="One row an area the landlord works in.",
    fields=(
        Field("Area", unique=True),
        Field("Division", Kind.CHOICE, choices=tuple(c.Division), help="Whose bank holidays count."),
        Field("Full postcode agreed", Kind.YES, help="The landlord has signed off full postcodes in statistics."),
        Field(
            "Sends",
            Kind.CHOICE,
            choices=tuple(c.Arrangement),
            help="How the partnership takes notices: at once (also where empty), or on a month's first working day.",
        ),
        Field(
            "Fields left out",
            Kind.CHOICES,
            choices=tuple(c.FieldGroup),
            help="What the partnership here has agreed not to be sent. Empty: nothing is left out.",
        ),
    ),
    links=(
        Link("Partnership", to="Partners", help="Who collects incidents here."),
        Link("Police", to="Partners", help="Who takes referrals to the police here.", back="Police of"),
        Link("Homeless persons unit", to="Partners", help="The council's, for homes here.", back="Homeless persons of"),
        Link(
            "Social services",
            to="Partners",
            help="Who takes reports of a child or adult at risk here.",
            back="Social services of",
        ),
    ),
)

PATCHES = Table(
    name="Patches",
    wall=Wall.OFFICE,
    help="Which officer answers for which homes.",
    fields=(
        Field("Patch", unique=True),
        Field(
            "Postcodes",
            Kind.LONG_TEXT,
            help="Beginnings of postcodes, one a line. The longest that fits wins.",
        ),
    ),
    links=(
        Link("Area", to="Areas"),
        Link("Officer", to="Staff", back="Officer of"),
        Link("Supervisor", to="Staff", back="Supervisor of"),
    ),
)

AREA_PROFILES = Table(
    name="Area profiles",
    wall=Wall.OFFICE,
    help="Where a local procedure differs, with who decided. Safety gates cannot be relaxed.",
    fields=(
        Field("Profile"),
        Field("Step", help="The id of the step it changes.", clause="14.0"),
        Field("Length", Kind.NUMBER, clause="14.0"),
        Field("From", Kind.DATE, clause="14.0"),
        Field("Until", Kind.DATE, clause="14.0"),
        Field(
            "Decided by",
            help="Name or e-mail address of the regional manager, ASB manager or director. Nobody else's counts.",
            clause="14.0",
        ),
        Field("Decided on", Kind.DATE, clause="14.0"),
        Field("Reason", Kind.LONG_TEXT, clause="14.0"),
    ),
    links=(Link("Area", to="Areas"),),
)

DIVERSITY_ANSWERS = Table(
    name="Diversity answers",
    wall=Wall.OFFICE,
    help="One row a person, by case reference, entered through a write-only form. Every answer is voluntary.",
    fields=(
        Field("Case reference", clause="3.0"),
        Field("Whose", Kind.CHOICE, choices=(c.PersonRole.VICTIM, c.PersonRole.PERPETRATOR)),
        Field(
            "Age band",
            Kind.CHOICE,
            choices=("Under 18", "18 to 24", "25 to 44", "45 to 64", "65 or over", "Prefer not to say"),
        ),
        Field(
            "Sex or gender",
            Kind.CHOICE,
            choices=("Female", "Male", "Another description", "Prefer not to say"),
        ),
        Field(
            "Ethnic group",
            Kind.CHOICE,
            choices=(
                "Asian or Asian British",
                "Black or Black British",
                "Mixed",
                "White",
                "Another group",
                "Prefer not to say",
            ),
        ),
        Field(
            "Religion or belief",
            Kind.CHOICE,
            choices=(
                "None",
                "Buddhist",
                "Christian",
                "Hindu",
                "Jewish",
                "Muslim",
                "Sikh",
                "Another",
                "Prefer not to say",
            ),
        ),
        Field(
            "Sexual orientation",
            Kind.CHOICE,
            choices=("Straight", "Gay or lesbian", "Bisexual", "Another description", "Prefer not to say"),
        ),
        Field("Disability", Kind.CHOICE, choices=("Yes", "No", "Prefer not to say")),
        Field(
            "Gender identity differs from sex at birth",
            Kind.CHOICE,
            choices=("Yes", "No", "Prefer not to say"),
        ),
    ),
    forms=(
        Form(
            "Give diversity answers",
            heading="Diversity answers",
            intro="Every answer is voluntary. They are kept apart from the case and used for counting only.",
            thanks="Thank you. The answers are kept apart from the case.",
            asks=(
                "Case reference",
                "Whose",
                "Age band",
                "Sex or gender",
                "Ethnic group",
                "Religion or belief",
                "Sexual orientation",
                "Disability",
                "Gender identity differs from sex at birth",
            ),
        ),
    ),
)
