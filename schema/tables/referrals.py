"""The outbox: referrals, and the send tokens that keep anything from going twice.

In: staff's decisions and what they did by hand; the runner's doing. Out: who was told what, when, on whose agreement.
Never here: a destination (settings), the words or names that left, a partner's own words.
"""

from schema import choices as c
from schema.parts import HANDS, Field, Filter, Kind, Link, Owner, Table, View, Wall

R = Owner.RUNNER
STATE = c.ReferralState

REFERRALS = Table(
    name="Referrals",
    wall=Wall.CASEWORK,
    hot=True,
    help="One row a thing told, or to be told, to a partner. It is also the outbox.",
    opening=("Case", "State", "Why", "Partner", "Purpose", "Decision", "Sent at", "Made by hand at",
             "Partner asked to stop at"),
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
        Field("State", Kind.CHOICE, owner=R, choices=tuple(STATE)),
        Field("Why", Kind.LONG_TEXT, owner=R, help="Why it may go, waits or was stopped."),
        Field(
            "Decision",
            Kind.CHOICE,
            choices=tuple(c.ReferralDecision),
            help="Send: it goes as it stands, as soon as it may. Changed afterwards, set this again. The notice needs "
            "none.",
        ),
        Field("Not sent: reason", Kind.LONG_TEXT, help="Why it is not to be sent."),
        Field(
            "Words for the partner",
            Kind.LONG_TEXT,
            help="They go to that partner as you write them. Name nobody they must not know of, and never copy a "
            "victim's own account.",
        ),
        Field("Consent", owner=R, help="The consent it rests on, and when that was read."),
        Field(
            "What would leave",
            Kind.LONG_TEXT,
            owner=R,
            help="While it is Ready: the names of the fields and on what ground, and what stays here. No values.",
        ),
        Field("What left", Kind.LONG_TEXT, owner=R, help="The names of the fields, not what was in them."),
        Field("Fingerprint", owner=R, help="Of the exact bytes that left, or that Pack is of."),
        Field("Goes at", Kind.INSTANT, owner=R, help="Of a monthly batch: when it goes."),
        Field("Sent at", Kind.INSTANT, owner=R),
        Field("Handed to", owner=R, help="Who was told, or may have been, whatever Partner says since."),
        Field("Went to", owner=R, help="The destination, and the recipient in it, when it went. A recall goes there."),
        Field("Sent under", owner=R, help="The key it went under. The partner answers under it."),
        Field("Tries", Kind.NUMBER, owner=R),
        Field("Try again at", Kind.INSTANT, owner=R),
        Field("Partner's reference", owner=R),
        Field("Answer", Kind.LONG_TEXT, owner=R),
        Field("Acknowledged at", Kind.INSTANT, owner=R, help="When the partner said that they have it."),
        Field("Partner's answer", owner=R, help="A code of theirs, never their words."),
        Field("Pack", Kind.FILES, owner=R, help="For a partner told by hand: what to put where. Gone: it may not go."),
        Field("Made by hand at", Kind.INSTANT, help="For a referral made by telephone or in person."),
        Field("Proof", Kind.FILES, help="Of what was made by hand: the partner's confirmation, or a note of the call."),
        Field(
            "Partner asked to stop at",
            Kind.INSTANT,
            help="After a no: when you rang the partner and asked them to stop and delete.",
            clause="11.0",
        ),
        Field(
            "Recall because",
            Kind.LONG_TEXT,
            help="What was wrong in what they were told. Put it right first: they are sent it as it is then, not these "
            "words.",
        ),
        Field("Recall sent at", Kind.INSTANT, owner=R),
        Field("Recall sent under", owner=R),
        Field("Partner confirmed at", Kind.INSTANT, help="When they told you that they stopped and deleted it."),
        Field("Recall acknowledged at", Kind.INSTANT, owner=R),
        Field("Agreed at", Kind.INSTANT, help="When the partner agreed to act."),
        Field("Outcome", Kind.LONG_TEXT, help="What came of it."),
        Field("History", Kind.LONG_TEXT, owner=R, help="Each change of State or Pack: when, why and by whom."),
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
            "To decide: send or not",
            filters=(Filter("State", "is", STATE.READY), Filter("Purpose", "is not", c.Purpose.CDRP_NOTICE)),
            sort=("Referral",),
            show=("Referral", "Case", "Why", "Decision", "What would leave", "Words for the partner", "Pack",
                  "Not sent: reason", "Form", "Partner", "Person", "Purpose"),
            help="Read the case, write what that partner needs to know, then set Decision. One that stays although "
            "Decision is set says why.",
        ),
        View(
            "Waiting, held or stopped",
            filters=(
                Filter("State", "is", STATE.WAITING),
                Filter("State", "is", STATE.REFUSED),
                Filter("State", "is", STATE.NOT_READY),
                Filter("State", "is", STATE.HELD),
                Filter("State", "is", STATE.STOPPED),
            ),
            any_of=True,
            sort=("Referral",),
            show=("Referral", "State", "Why", "Decision", "Case", "Partner", "Purpose"),
            help="Nothing goes yet. Why says what to put right, or who must answer first. Nobody who said no is asked "
            "again.",
        ),
        View(
            "Failed, refused or unknown",
            filters=(
                Filter("State", "is", STATE.FAILED),
                Filter("State", "is", STATE.REJECTED),
                Filter("State", "is", STATE.UNKNOWN),
            ),
            any_of=True,
            sort=("-Sent at",),
            show=("Referral", "State", "Answer", "Why", "Case", "Partner", "Made by hand at", "Tries", "Try again at"),
            help="Failed goes again by itself. Of the others a person asks the partner, then enters Made by hand at.",
        ),
        View(
            "Recalls not confirmed yet",
            filters=(Filter("State", "is", STATE.RECALL_SENT),),
            sort=("Recall sent at",),
            show=("Referral", "Case", "Recall sent at", "Partner confirmed at", "Partner", "Why"),
            help="Ring whoever has not said within two working days that they stopped and deleted it.",
        ),
    ),
)  # fmt: skip

SEND_TOKENS = Table(
    name="Send tokens",
    wall=Wall.CASEWORK,
    help="One row before every delivery. It can be made only once, so nothing is sent twice.",
    fields=(
        Field("Token", owner=R, unique=True),
        Field("Key", owner=R),
        Field("Taken at", Kind.INSTANT, owner=R),
        Field("Taken under", owner=R, help="A word made for this one try, so that whoever took it knows its own row."),
        Field("Outcome", owner=R, help="Sent, or not sent. Empty: nobody knows yet."),
    ),
    indexed=("Token", "Key"),
)
