"""What left the building and what was said: developments, letters, referrals, send tokens, alerts, the run log.

In: the runner's own doing, and what staff add. Out: the chronology a court could read.
Never here: a second row for one thing (keys are unique), a name in a key or a subject.
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER

DEVELOPMENTS = Table(
    name="Developments",
    wall=Wall.CASEWORK,
    hot=True,
    help="The chronology: anything done, decided or learned. Add rows freely; the runner adds its own.",
    opening=("Case", "Happened at", "Detail"),
    fields=(
        Field("Development", clause="13.0"),
        Field("Happened at", Kind.INSTANT, clause="13.0"),
        Field("Detail", Kind.LONG_TEXT, clause="13.0"),
        Field("Key", owner=R, unique=True, help="Only on rows the runner made."),
    ),
    links=(Link("Case", to="Cases"),),
    indexed=("Key",),
    views=(
        View(
            "Chronology by case",
            sort=("Happened at",),
            show=("Development", "Case", "Happened at", "Detail"),
            by="Case",
        ),
    ),
)

LETTERS = Table(
    name="Letters",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a letter. Made is not sent: say when and how it went.",
    opening=(
        "Kind",
        "Case",
        "To",
        "State",
        "What is missing",
        "Words for the reader",
        "Document",
        "Decision",
        "Sent at",
        "Sent how",
    ),
    fields=(
        Field("Letter", help="Neutral: no names. Left empty, it is filled in once."),
        Field("Key", owner=R, unique=True),
        Field(
            "Kind",
            Kind.CHOICE,
            choices=tuple(c.LetterKind),
            help="Which letter it is: a draft of it is made. One of your own goes into Edited document.",
        ),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(c.LetterState)),
        Field("Document", Kind.FILES, owner=R),
        Field("Draft in Word", Kind.FILES, owner=R, help="The same letter, to change: save it under the name it has."),
        Field(
            "Edited document",
            Kind.FILES,
            help="Your own letter, or the draft as you changed it. It goes in place of Document.",
        ),
        Field(
            "What is missing",
            Kind.LONG_TEXT,
            owner=R,
            help="Why there is no document, or why it must not be sent.",
        ),
        Field("Made at", Kind.INSTANT, owner=R),
        Field("Made from", owner=R, help="Fingerprint of the facts in it."),
        Field("Edited from", owner=R, help="Mark of the edited file, and of the draft it was made from."),
        Field("Hash", owner=R, help="SHA-256 of the document as it went: whoever has a copy can prove which it was."),
        Field("Audience", owner=R),
        Field("Decision", Kind.CHOICE, choices=tuple(c.LetterDecision), help="Sent, cancelled, or came back."),
        Field("Sent at", Kind.INSTANT, help="When it left. Made is not sent."),
        Field("Sent how", Kind.CHOICE, choices=tuple(c.Channel), help="A way that the reader says is safe."),
        Field("Revised target", Kind.INSTANT, help="The new date a delay letter gives.", clause="10.0"),
        Field(
            "Words for the reader",
            Kind.LONG_TEXT,
            help="What this letter says of the matter. Whoever it goes to reads it: name nobody they must not know of.",
        ),
        Field("Addressed to", help="Of a letter to an organisation: its name, and whoever deals with it there."),
        Field("Address", Kind.LONG_TEXT, help="Of a letter to an organisation, with the postcode."),
        *HANDS,
    ),
    links=(
        Link("Case", to="Cases"),
        Link("To", to="People"),
        Link("Incident", to="Incidents", help="Empty means the first, while there is no other."),
        Link("Repair", to="Repairs", help="Of a repair order or a charge: which work it is about."),
    ),
    indexed=("Key",),
    views=(
        View(
            "Drafts to send",
            filters=(
                Filter("State", "is one of", f"{c.LetterState.DRAFT},{c.LetterState.APPROVED}"),
                Filter("What is missing", "blank"),
                Filter("Decision", "blank"),
            ),
            sort=("Made at",),
            show=(
                "Letter",
                "Kind",
                "To",
                "Case",
                "State",
                "Document",
                "Decision",
                "Sent at",
                "Sent how",
                "Draft in Word",
                "Edited document",
                "Words for the reader",
            ),
        ),
        View(
            "Not to be sent yet",
            filters=(
                Filter("State", "is", c.LetterState.DRAFT),
                Filter("What is missing", "not blank"),
                Filter("Decision", "blank"),
            ),
            sort=("Made at",),
            show=(
                "Letter",
                "Kind",
                "What is missing",
                "To",
                "Case",
                "Document",
                "Words for the reader",
                "Draft in Word",
                "Edited document",
                "Made at",
            ),
        ),
        View(
            "Not made: what is missing",
            filters=(Filter("State", "is", c.LetterState.NOT_MADE), Filter("State", "is", c.LetterState.HELD)),
            any_of=True,
            sort=("Letter",),
            show=(
                "Letter",
                "Kind",
                "What is missing",
                "Words for the reader",
                "To",
                "Case",
                "State",
                "Revised target",
                "Addressed to",
                "Address",
                "Repair",
                "Incident",
                "Decision",
            ),
        ),
        View(
            "Sent, or came back",
            filters=(Filter("State", "is one of", f"{c.LetterState.SENT},{c.LetterState.RETURNED}"),),
            sort=("-Sent at",),
            show=(
                "Letter",
                "Kind",
                "To",
                "Case",
                "State",
                "Sent at",
                "Sent how",
                "What is missing",
                "Document",
                "Edited document",
                "Decision",
                "Hash",
            ),
        ),
    ),
)

REFERRALS = Table(
    name="Referrals",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a thing told, or to be told, to a partner. It is also the outbox.",
    opening=("Case", "State", "Why", "Partner", "Purpose", "Sent at", "Made by hand at", "Partner asked to stop at"),
    fields=(
        Field("Referral", help="Neutral: no names."),
        Field("Key", owner=R, unique=True),
        Field(
            "Purpose",
            Kind.CHOICE,
            choices=tuple(c.Purpose),
            help="CDRP is the community safety partnership: the notice, and the update on what is proposed.",
        ),
        Field("Partner", help="As the office base names it."),
        Field("Form", Kind.CHOICE, owner=R, choices=tuple(c.ReferralForm)),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(c.ReferralState)),
        Field("Why", Kind.LONG_TEXT, owner=R, help="Why it may go, waits or was stopped."),
        Field("Consent", owner=R, help="The consent it rests on, and when that was read."),
        Field("What left", Kind.LONG_TEXT, owner=R, help="The names of the fields, not what was in them."),
        Field("Fingerprint", owner=R, help="Of the exact bytes that left."),
        Field("Sent at", Kind.INSTANT, owner=R),
        Field("Tries", Kind.NUMBER, owner=R),
        Field("Try again at", Kind.INSTANT, owner=R),
        Field("Partner's reference", owner=R),
        Field("Answer", Kind.LONG_TEXT, owner=R),
        Field("Made by hand at", Kind.INSTANT, help="For a referral made by telephone or in person."),
        Field(
            "Partner asked to stop at",
            Kind.INSTANT,
            help="After a no: when you rang the partner and asked them to stop and delete.",
            clause="11.0",
        ),
        Field("Agreed at", Kind.INSTANT, help="When the partner agreed to act."),
        Field("Outcome", Kind.LONG_TEXT, help="What came of it."),
        *HANDS,
    ),
    links=(
        Link("Case", to="Cases"),
        Link("Incident", to="Incidents", help="Empty means the first, while there is no other."),
        Link("Person", to="People", help="The other landlord's tenant, or the person referred."),
    ),
    indexed=("Key",),
    views=(
        View(
            "Waiting for consent",
            filters=(Filter("State", "is", c.ReferralState.WAITING), Filter("State", "is", c.ReferralState.HELD)),
            any_of=True,
            sort=("Referral",),
            show=("Referral", "Case", "Partner", "Purpose", "State", "Why"),
        ),
        View(
            "Failed or unknown",
            filters=(
                Filter("State", "is", c.ReferralState.FAILED),
                Filter("State", "is", c.ReferralState.REJECTED),
                Filter("State", "is", c.ReferralState.UNKNOWN),
            ),
            any_of=True,
            sort=("-Sent at",),
            show=("Referral", "State", "Why", "Answer", "Tries", "Try again at", "Case", "Partner"),
        ),
    ),
)

SEND_TOKENS = Table(
    name="Send tokens",
    wall=Wall.CASEWORK,
    help="One row before every delivery. It can be made only once, so nothing is sent twice.",
    fields=(
        Field("Token", owner=R, unique=True),
        Field("Key", owner=R),
        Field("Taken at", Kind.INSTANT, owner=R),
        Field("Outcome", owner=R, help="Sent, or not sent. Empty: nobody knows yet."),
    ),
    indexed=("Token",),
)

ALERTS = Table(
    name="Alerts",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row an alert. Tick Acknowledged, or it goes to the next person up.",
    opening=("Case", "Acknowledged", "State", "Raised at"),
    fields=(
        Field("Alert", owner=R, help="Says only that a case needs somebody."),
        Field("Acknowledged", Kind.YES, clause="3.0"),
        Field("State", Kind.CHOICE, owner=R, choices=tuple(c.AlertState)),
        Field("Raised at", Kind.INSTANT, owner=R),
        Field("Sent to", Kind.LONG_TEXT, owner=R),
        Field("Sent at", Kind.INSTANT, owner=R),
        Field("Goes up at", Kind.INSTANT, owner=R),
        Field("Escalated at", Kind.INSTANT, owner=R),
        Field("Problem", Kind.LONG_TEXT, owner=R),
        Field("Key", owner=R, unique=True),
        *HANDS,
    ),
    links=(Link("Case", to="Cases"),),
    indexed=("Key",),
    views=(
        View(
            "Not acknowledged",
            filters=(Filter("Acknowledged", "not ticked"),),
            sort=("Raised at",),
            show=("Alert", "Acknowledged", "State", "Raised at", "Goes up at", "Sent to", "Problem", "Case"),
        ),
    ),
)

RUN_LOG = Table(
    name="Run log",
    wall=Wall.CASEWORK,
    help="What the runner met: a system down or back, a row it could not use. Not every pass.",
    fields=(
        Field("What", owner=R),
        Field("At", Kind.INSTANT, owner=R),
        Field("Detail", Kind.LONG_TEXT, owner=R),
        Field("Key", owner=R, unique=True),
    ),
    views=(View("Latest first", sort=("-At",), show=("What", "At", "Detail")),),
)
