"""Statistics returns: the counts of an area's month, for a partnership that collects by the month.

In: a manager's decision. Out: what was told, kept as it was told.
Never here: a person, a case, a count so small that it tells who.
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Owner, Table, View, Wall

R = Owner.RUNNER
STATE = c.ReferralState

STATISTICS_RETURNS = Table(
    name="Statistics returns",
    wall=Wall.CASEWORK,
    help="One row an area and month whose partnership collects by the month. It names nobody.",
    opening=("State", "Why", "Message", "Table", "Decision", "Sent at", "Differs"),
    fields=(
        Field("Return", owner=R),
        Field("Key", owner=R, unique=True),
        Field("Area", owner=R),
        Field("Month", owner=R, help="The calendar month in London of the first reports.", clause="3.2"),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(STATE)),
        Field("Why", Kind.LONG_TEXT, owner=R, help="What it waits for."),
        Field(
            "Message", Kind.FILES, owner=R, help="The counts as the partnership gets them. Small ones are held back."
        ),
        Field("Table", Kind.FILES, owner=R, help="The same for a spreadsheet."),
        Field(
            "Decision",
            Kind.CHOICE,
            choices=tuple(c.ReferralDecision),
            help="A line manager's. Send: it goes as it stands. Made anew since, set this again.",
        ),
        Field("Made by hand at", Kind.INSTANT, help="When you gave it to the partnership another way."),
        Field("Fingerprint", owner=R, help="Of the message: once it went it stays."),
        Field("Sent at", Kind.INSTANT, owner=R),
        Field("Handed to", owner=R),
        Field("Sent under", owner=R, help="The key it went under."),
        Field("Partner's reference", owner=R),
        Field("Tries", Kind.NUMBER, owner=R),
        Field("Try again at", Kind.INSTANT, owner=R),
        Field("Answer", Kind.LONG_TEXT, owner=R),
        Field("Differs", Kind.LONG_TEXT, owner=R, help="Whether the records would give other counts today."),
        *HANDS,
    ),
    indexed=("Key",),
    views=(
        View(
            "To decide: send or not",
            filters=(Filter("State", "is", STATE.READY), Filter("Decision", "blank")),
            sort=("Month",),
            show=("Return", "Why", "Message", "Table", "Decision"),
        ),
        View("Latest first", sort=("-Month",), show=("Return", "State", "Why", "Sent at", "Answer", "Differs")),
    ),
)
