"""Older cases: fifteen that Harbour Row Homes had before Casewatch, at every stage, marked Imported (R-08).

In: the bases, signed in as an administrator and as a line manager. Out: cases whose steps are done, due, overdue
or blocked today. Never here: a real person or event, or a row that the runner would make by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from automations.effects import Write
from automations.intake import take
from automations.model import Office, Report
from automations.perform import Performer
from automations.ports import Platform
from casewatch.demo.landlord import EAST_PARTNERSHIP, WEST_PARTNERSHIP
from casewatch.demo.letter_life import ask
from schema import choices as c

YES, NO, UNASKED = c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Older:
    """One older case: how long ago it was reported (hours), whom it concerns, and how far it has come."""

    hours_ago: int
    name: str
    postcode: str
    strand: c.Strand
    kind: c.IncidentType
    stage: str
    perpetrator: str = ""
    partnership: c.Answer = YES
    police: c.Answer = NO
    contact: c.Answer = YES
    graffiti: bool = False
    letters: bool = True
    """Whether a letter to the home is safe, as well as a call."""


STRANDS = c.Strand
KINDS = c.IncidentType
OLDER = (
    Older(20, "Indigo Examplewell", "ZZ1 4AB", STRANDS.RACE, KINDS.VERBAL, "new"),
    Older(30, "Jasper Notreal", "ZZ1 5CD", STRANDS.DISABILITY, KINDS.THREAT, "new", graffiti=True),
    Older(46, "Clover Testaby", "ZZ9 1AA", STRANDS.ORIENTATION, KINDS.GRAFFITI, "discussed", graffiti=True),
    Older(70, "Lavender Sham", "ZZ1 4EF", STRANDS.RELIGION, KINDS.DAMAGE, "interviewed", "Mister Nobody"),
    Older(90, "Marigold Phoney", "ZZ2 4GH", STRANDS.RACE, KINDS.VERBAL, "interviewed", "Ms Anyone", contact=UNASKED),
    Older(120, "Nettle Dummy", "ZZ9 2BB", STRANDS.TRANS, KINDS.ONLINE, "interviewed", partnership=NO, letters=False),
    Older(170, "Olive Standin", "ZZ1 6JK", STRANDS.RACE, KINDS.RUBBISH, "interviewed", "Mx Unknownson", police=YES),
    Older(200, "Parsley Mockup", "ZZ1 4LM", STRANDS.RELIGION, KINDS.WRITTEN, "checked", "Mr Imaginary"),
    Older(240, "Quince Pretend", "ZZ9 3CC", STRANDS.DISABILITY, KINDS.THREAT, "checked", "Mrs Invented"),
    Older(290, "Rowan Fable", "ZZ2 4NP", STRANDS.ORIENTATION, KINDS.VERBAL, "reviewed", "Mr Fabricated"),
    Older(330, "Sage Fiction", "ZZ1 7QR", STRANDS.RACE, KINDS.ASSAULT, "reviewed", police=YES),
    Older(400, "Thyme Notional", "ZZ9 4DD", STRANDS.TRANS, KINDS.VERBAL, "written", "Ms Pretender"),
    Older(500, "Umber Specimen", "ZZ1 4ST", STRANDS.RACE, KINDS.DAMAGE, "written"),
    Older(700, "Violet Trial", "ZZ1 8UV", STRANDS.RELIGION, KINDS.VERBAL, "written", "Mr Sample"),
    Older(900, "Willow Rehearsal", "ZZ9 5EE", STRANDS.DISABILITY, KINDS.VERBAL, "closed"),
)
STAGES = ("new", "discussed", "interviewed", "checked", "reviewed", "written", "closed")


def make_older_cases(
    admin: Platform, manager: Platform, officer: Platform, performer: Performer, office: Office, now: datetime
) -> Iterator[str]:
    """Make those that are not there yet, saying each. What a manager decides and an officer asks for is written by
    their own sign-ins.
    """
    cases = admin.records("Cases")
    there = {r.fields["Report"] for r in cases}
    taken = [int(tail) for r in cases if (tail := str(r.fields["Reference"]).rpartition("-")[2]).isdigit()]
    following = max(taken, default=0)
    for number, older in enumerate(OLDER, 1):
        if f"older-{number}" in there:
            continue
        following += 1
        reference = f"CW-{now.year}-{following:04d}"
        at = (now - timedelta(hours=older.hours_ago)).replace(microsecond=0, second=0)
        performer.perform(_imported(w, number) for w in take(_report(older, at), office, reference, at))
        case = admin.find("Cases", "Reference", [reference])[0].id
        people = {str(r.fields["Role"]): r.id for r in admin.find("People", "Case", [case])}
        incident = admin.find("Incidents", "Case", [case])[0].id
        _first_day(admin, older, case, incident, at)
        for table, by_manager, row in _life(older, at, now, people):
            (manager if by_manager else admin).create(table, [{"Case": (case,), **row}])
        ask(officer, number, case, now)
        yield f"{reference}: {older.stage}"


def _first_day(admin: Platform, older: Older, case: str, incident: str, at: datetime) -> None:
    """What every case but the newest had within the first day."""
    if STAGES.index(older.stage) == 0:
        return
    admin.update("Incidents", [(incident, {
        "Emergency assessment": c.Assessment.NONE, "Assessed at": at + timedelta(minutes=40),
        "Are there witnesses": c.Witnesses.NONE if older.perpetrator else c.Witnesses.LIKELY,
    })])  # fmt: skip
    admin.update("Cases", [(case, {
        "Initial report form completed at": at + timedelta(hours=4), "Emergency legal action": c.YesNo.NO,
        "Details given to the victim at": at + timedelta(hours=4),
    })])  # fmt: skip
    if STAGES.index(older.stage) >= STAGES.index("checked"):
        suspects = admin.find("People", "Case", [case])
        admin.update("People", [(p.id, {"Is the tenant": c.YesNo.YES}) for p in suspects
                                if p.fields["Role"] == c.PersonRole.PERPETRATOR])  # fmt: skip
    for repair in admin.find("Repairs", "Case", [case]):
        admin.update("Repairs", [(repair.id, {"Photographed at": at + timedelta(hours=2),
                                              "Done at": at + timedelta(hours=19)})])  # fmt: skip


def _report(older: Older, at: datetime) -> Report:
    town = "Kirkinlea" if older.postcode.startswith("ZZ9") else "Examplemouth"
    return Report(
        id="0", created_at=at, victim_name=older.name, address=f"1 Example Row, {town}", postcode=older.postcode,
        safe_ways=(c.Channel.TELEPHONE, *((c.Channel.LETTER,) if older.letters else ())),
        first_reported_at=at, received_by="Before Casewatch",
        how_reported=c.HowReported.TELEPHONE, reporter=c.Reporter.VICTIM, happened_at=at - timedelta(hours=2),
        happened_where=c.Place.HOME, what_happened="Taken over from the older records.", kinds=(older.kind,),
        because_of=(older.strand,), safe_at_home=c.YesNo.YES, children_at_risk=c.YesNo.NO,
        graffiti=c.YesNo.YES if older.graffiti else c.YesNo.NO, repair_needed=c.YesNo.NO,
        police_know=c.PoliceTold.NO, perpetrator_name=older.perpetrator or None,
        perpetrator_lives_in=c.LivesIn.OURS if older.perpetrator else None, tell_partnership=older.partnership,
        refer_to_police=older.police, speak_to_perpetrator=older.contact, refer_for_support=UNASKED,
    )  # fmt: skip


def _imported(w: Write, number: int) -> Write:
    """The same record, marked Imported, and as coming from no report but the older list."""
    if w.table != "Cases":
        return w
    cells = {**w.cells, "Report": f"older-{number}", "Imported": True}
    return Write(w.table, w.key, cells, column=w.column)


def _life(
    older: Older, at: datetime, now: datetime, people: dict[str, str]
) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """What had been done by then: the table, whether a manager did it, and the row."""
    stage = STAGES.index(older.stage)
    victim = people[c.PersonRole.VICTIM]
    suspect = people.get(c.PersonRole.PERPETRATOR)

    def after(hours: float) -> datetime:
        return min(at + timedelta(hours=hours), now - timedelta(minutes=5)).astimezone(UTC)

    if stage >= 1:
        yield "Reviews", True, {"Review": "First discussion", "Kind": c.ReviewKind.FIRST, "Held at": after(0.5),
                                "Findings": "Plan agreed.", "Plan proposals discussed": True,
                                "Repairs and security discussed": True,
                                "Emergency legal action discussed": True}  # fmt: skip
        partnership = WEST_PARTNERSHIP if older.postcode.startswith("ZZ9") else EAST_PARTNERSHIP
        yield "Referrals", False, {"Referral": "Told by telephone", "Purpose": c.Purpose.CDRP_NOTICE,
                                   "Partner": partnership, "Made by hand at": after(3)}  # fmt: skip
    if stage >= 2:
        yield "Interviews", False, {
            "Interview": "With the victim", "With": c.InterviewKind.VICTIM, "Result": c.InterviewResult.HELD,
            "Happened at": after(20), "Ended at": after(21), "Note saved at": after(40), "Person": (victim,),
            "Account": "As reported. A neighbour saw it.", "Impact": "They no longer use the front door.",
        }  # fmt: skip
        yield (
            "Action plan",
            False,
            {"Version": "1", "Agreed at": after(20), "Signed at": after(21), "Victim": (victim,)},
        )
    if stage >= 3 and suspect:
        yield "Tenancy checks", False, {"Check": "Before contact", "Checked at": after(24), "Found": (c.Flag.NONE,),
                                        "Person": (suspect,)}  # fmt: skip
    if stage >= 4:
        yield "Reviews", True, {"Review": "Progress", "Kind": c.ReviewKind.PROGRESS, "Held at": after(200),
                                "Findings": "On course.", "Covers the outcome": True}  # fmt: skip
    if stage >= 5:
        yield "Letters", False, {"Letter": "Outcome", "Kind": c.LetterKind.VICTIM_OUTCOME, "To": (victim,),
                                 "Decision": c.LetterDecision.POSTED, "Sent at": after(300)}  # fmt: skip
        yield "Contacts", False, {"Contact": "Call", "At": after(320), "Result": c.ContactResult.MADE,
                                  "How": c.Channel.TELEPHONE, "Person": (victim,)}  # fmt: skip
    if stage >= 6:
        yield "Feedback", False, {"Feedback": "Before closing", "Kind": c.FeedbackKind.BEFORE_CLOSING,
                                  "Asked at": after(700), "Answered at": after(701), "Person": (victim,)}  # fmt: skip
        yield "Closures", True, {"Closure": "Closed", "Sought at": after(700), "Victim agrees": YES,
                                 "Marker": c.Marker.RESOLVED, "Closed at": after(750)}  # fmt: skip
