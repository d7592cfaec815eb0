"""Partners: whom something may be told, and that a second person confirmed where inside a destination it goes.

In: administrators, and managers who confirm. Out: which destination of the settings, which recipient in it (R-26).
Never here: a destination itself (host, key, certificate): those are settings, a partner row only names one.
"""

from schema import choices as c
from schema.parts import Field, Kind, Link, Table, Wall

PARTNERS = Table(
    name="Partners",
    wall=Wall.OFFICE,
    help="Organisations that may be told something. Where it goes is in the settings; this row only names it.",
    fields=(
        Field("Partner", unique=True),
        Field("Destination", help="The name of a destination in the settings."),
        Field(
            "Recipient",
            help="The mailbox or folder inside the destination. Nothing goes to it until a second person confirms it.",
        ),
        Field(
            "Is it a police body",
            Kind.CHOICE,
            choices=tuple(c.YesNo),
            help="Yes, or nobody has said: a notice by name also needs the victim's agreement to the police.",
        ),
        Field("Switched off", Kind.YES),
        Field(
            "Supports victims",
            Kind.YES,
            help="Its name and Contact stand in the list of support organisations that victims are given.",
            clause="3.2",
        ),
        Field(
            "Our solicitor",
            Kind.YES,
            help="It acts for us: an instruction may go to it whether or not an agreement names it.",
            clause="3.2",
        ),
        Field("Contact", Kind.LONG_TEXT),
    ),
)

RECIPIENT_CONFIRMATIONS = Table(
    name="Recipient confirmations",
    wall=Wall.OFFICE,
    help="One row a recipient of a partner that a line manager confirmed: not whoever entered it. Until then it holds.",
    fields=(
        Field("Confirmation", help="A label."),
        Field("Recipient", help="Exactly as it stands on the partner's row. Another one needs another row."),
        Field(
            "Decision",
            Kind.CHOICE,
            choices=tuple(c.Decision),
            help="Set by the manager who asked the partner, signed in as themselves: that signs it.",
        ),
        Field("How we know", Kind.LONG_TEXT, help="Whom you asked, by a number you had before."),
    ),
    links=(Link("Partner", to="Partners"),),
)
