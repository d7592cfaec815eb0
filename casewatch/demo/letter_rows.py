"""Letter rows: which letters the older cases have, what staff entered for them, and how far each has come.

In: nothing. Out: rows by the number of the older case (older_cases.py).
Never here: a real person, agency or address; a row that the runner would make by itself.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from types import MappingProxyType

from casewatch.demo.by_hand import Ago, Day, Row, The, Typed
from schema import choices as c

K, YES, NO = c.LetterKind, c.YesNo.YES, c.YesNo.NO
COUNCIL = "Examplemouth Council, Housing Options"
COUNCIL_HALL = "2 Sample Square, Examplemouth, ZZ1 2ZZ"


class Stage(Enum):
    """How far staff took a letter, once its draft was there."""

    LEFT = auto()
    """As the runner made it, or could not make it."""
    APPROVED = auto()
    EDITED = auto()
    SENT = auto()
    APPROVED_AND_SENT = auto()
    RETURNED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter asked for by hand: the older case, the kind, to whom, what an officer writes for that reader."""

    case: int
    kind: c.LetterKind
    to: str = "victim"
    stage: Stage = Stage.LEFT
    words: str = ""
    cells: MappingProxyType[str, Typed] = field(default_factory=lambda: MappingProxyType({}))


def _with(**cells: Typed) -> MappingProxyType[str, Typed]:
    """Cells by keyword: addressed_to is "Addressed to"."""
    return MappingProxyType({name.replace("_", " ").capitalize(): cell for name, cell in cells.items()})


def _home(case: int, address: str, postcode: str, tenant: c.YesNo = YES) -> Row:
    """What staff found out of an alleged perpetrator: where they live, and that it is not with the victim."""
    return Row(case, "People", {"Address": address, "Postcode": postcode, "Is the tenant": tenant,
                                "Lives with the victim": NO}, of="accused")  # fmt: skip


def _said_yes(case: int, option: c.Option, **more: Typed) -> Row:
    """A victim's yes on the older case's plan."""
    said: dict[str, Typed] = {"Answer": c.Answer.YES, "Given at": Ago(30), "Given by": c.GivenBy.VICTIM,
                              "How given": c.HowGiven.SPOKEN, "Victim": The("victim")}  # fmt: skip
    return Row(case, "Consents", {"Option": option, **said, **_with(**more)})


def _met(case: int, result: c.InterviewResult, at: Ago | Day, whom: str = "accused", **more: Typed) -> Row:
    """A meeting with an alleged perpetrator or a witness at our office, booked, held or missed."""
    kind = c.InterviewKind.WITNESS if whom == "witness" else c.InterviewKind.PERPETRATOR
    held = {"Happened at": at} if result is c.InterviewResult.HELD else {}
    return Row(case, "Interviews", {"Interview": f"With the {kind.lower()}", "With": kind, "Person": The(whom),
                                    "Result": result, "Booked for": at, "At our office": YES, **held,
                                    **_with(**more)})  # fmt: skip


ENTERED = (
    Row(2, "Repairs", {"Place of work": "Outside the front door of 1 Example Row, Examplemouth, ZZ1 5CD",
                       "Where": c.Where.OUTSIDE}, of="repair"),
    Row(3, "People", {"Large print": True}, of="victim"),
    _said_yes(3, c.Option.SECURITY),
    _home(4, "7 Example Row, Examplemouth", "ZZ1 4EF"),
    Row(4, "Tenancy checks", {"Check": "Before contact", "Checked at": Ago(26), "Found": (c.Flag.NONE,),
                              "Person": The("accused")}),
    _met(4, c.InterviewResult.BOOKED, Day(3)),
    Row(4, "People", {"Name": "Basalt Lookerby", "Role": c.PersonRole.WITNESS,
                      "Address": "11 Example Row, Examplemouth", "Postcode": "ZZ1 4EF",
                      "Safe ways to contact": (c.Channel.LETTER, c.Channel.TELEPHONE),
                      "Use of evidence": c.WitnessUse.WILLING, "Identified at": Ago(40)}, called="witness"),
    Row(4, "Incidents", {"Are there witnesses": c.Witnesses.KNOWN, "Witnesses": The("witness")}, of="incident"),
    _met(4, c.InterviewResult.BOOKED, Day(2, 14, 0), "witness"),
    Row(7, "People", {"Lives in": c.LivesIn.OTHER_LANDLORD, "Their landlord": "Sample Shore Homes",
                      "Address": "3 Example Reach, Examplemouth", "Postcode": "ZZ1 6JK", "Lives with the victim": NO},
        of="accused"),
    _said_yes(7, c.Option.AGENCY, organisation="Sample Shore Homes"),
    Row(7, "Referrals", {"Referral": "Rang the other landlord", "Purpose": c.Purpose.OTHER_LANDLORD,
                         "Partner": "Sample Shore Homes", "Person": The("accused"), "Made by hand at": Ago(20)}),
    _home(8, "15 Example Row, Examplemouth", "ZZ1 4LM"),
    _met(8, c.InterviewResult.HELD, Day(-2), note_saved_at=Ago(20), complaint_put_to_them=True,
         our_policy_explained=True, told_that_it_must_not_happen_again=True),
    _home(10, "22 Example Row, Examplemouth", "ZZ2 4NP", NO),
    Row(10, "People", {"Date of birth": date(1990, 5, 1)}, of="accused"),
    Row(10, "People", {"Name": "Pebble Tenantley", "Role": c.PersonRole.TENANT,
                       "Address": "22 Example Row, Examplemouth", "Postcode": "ZZ2 4NP",
                       "Lives with the victim": NO}, called="tenant"),
    _met(10, c.InterviewResult.HELD, Day(-2, 14, 0), note_saved_at=Ago(24), tenant_contacted_at=Ago(70),
         both_invited=YES, complaint_put_to_them=True, our_policy_explained=True,
         told_that_it_must_not_happen_again=True),
    Row(11, "Cases", {"Victim fears staying": YES}, of="case"),
    Row(11, "Incidents", {"Reason for delay": "The police asked for time to trace whoever it was."}, of="incident"),
    _said_yes(11, c.Option.HOMELESSNESS, organisation="Examplemouth Council"),
    _said_yes(11, c.Option.SUPPORT, organisation="Sample Listening Service"),
    Row(12, "Incidents", {"Police position": c.PolicePosition.NO_OBJECTION, "Police position known at": Ago(170)},
        of="incident"),
    _home(12, "30 Example Wynd, Kirkinlea", "ZZ9 4DD"),
    _met(12, c.InterviewResult.MISSED, Day(-6)),
    _met(12, c.InterviewResult.MISSED, Day(-3)),
    _home(14, "41 Example Row, Examplemouth", "ZZ1 8UV"),
    _met(14, c.InterviewResult.HELD, Day(-13), note_saved_at=Ago(280)),
)  # fmt: skip
"""What staff entered of these cases beside the letters, in order."""

HOW_FAR = "I have spoken with people who live near by, and I meet others next week.\nI will ring you on Friday."
LETTERS = (
    Written(1, K.ACKNOWLEDGEMENT),
    Written(1, K.SUPPORT_LIST, words="Sample Listening Service: 01632 960301, at any hour\n"
            "Examplemouth Law Centre: 01632 960302, weekdays from 9am to 5pm"),
    Written(2, K.REPAIR_ORDER, to="", words="The paint is still fresh.", cells=_with(
            addressed_to="Sample Works Ltd", address="5 Sample Yard, Examplemouth, ZZ1 3ZZ", repair=The("repair"))),
    Written(3, K.ACTION_PLAN),
    Written(4, K.APPOINTMENT, to="accused", stage=Stage.SENT),
    Written(4, K.WITNESS_APPOINTMENT, to="witness", stage=Stage.SENT),
    Written(4, K.STATEMENT, to="witness"),
    Written(4, K.PERPETRATOR_NOTE, to="accused",
            words="On two evenings somebody hit a front door in your street with a stick. We were told it was you."),
    Written(4, K.PROGRESS),
    Written(5, K.PROGRESS, stage=Stage.RETURNED, words=HOW_FAR),
    Written(5, K.APPOINTMENT, to="accused"),
    Written(6, K.PROGRESS, words=HOW_FAR),
    Written(7, K.POLICE_REFERRAL, to="", words="Rubbish was left at the same door four mornings in a row, with notes "
            "about where the family comes from.", cells=_with(
            addressed_to="Examplemouth Police, Community Team", address="4 Sample Square, Examplemouth, ZZ1 2ZZ")),
    Written(7, K.LANDLORD_REQUEST, to="accused", words="We were told that your resident left rubbish at a front door "
            "near by, on four mornings, because of where the people there come from.", cells=_with(
            addressed_to="Sample Shore Homes, Neighbourhoods", address="6 Sample Quay, Examplemouth, ZZ1 1ZZ")),
    Written(7, K.LOAN, words="One doorbell with a camera\nOne charger for it"),
    Written(8, K.WARNING, to="accused", stage=Stage.APPROVED,
            words="You put notes with threats through a letterbox in your street, on several days."),
    Written(8, K.TRANSFER_FORM, stage=Stage.CANCELLED),
    Written(10, K.VICTIM_OUTCOME, stage=Stage.EDITED,
            words="We find that it happened as you told us. The person has been seen, and will be warned in writing."),
    Written(10, K.WARNING, to="accused", words="You shouted abuse from your window on several evenings."),
    Written(10, K.TENANT_WARNING, to="tenant", words="Abuse was shouted from your window on several evenings."),
    Written(11, K.DELAY, stage=Stage.SENT, words="The police have asked us for more time before we go on.",
            cells=_with(revised_target=Day(8, 17, 0))),
    Written(11, K.HOMELESSNESS, to="", stage=Stage.SENT, words="A bag is packed, and any evening will do.",
            cells=_with(addressed_to=COUNCIL, address=COUNCIL_HALL)),
    Written(11, K.SUPPORT_REFERRAL, to="", cells=_with(
            addressed_to="Sample Listening Service", address="8 Sample Square, Examplemouth, ZZ1 2ZZ")),
    Written(12, K.NON_ATTENDANCE, to="accused"),
    Written(14, K.PERPETRATOR_OUTCOME, to="accused", stage=Stage.APPROVED_AND_SENT,
            words="We find that you left leaflets with abuse in a shared hall. We have noted it on your tenancy."),
    Written(15, K.CLOSING, stage=Stage.SENT,
            words="Nothing more has happened since the lock of the shared door was changed."),
    Written(15, K.SURVEY),
)  # fmt: skip
"""The letters, in the order in which staff asked for them."""
