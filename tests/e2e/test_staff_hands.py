"""What staff do to their own bases: renamed options, copied and deleted rows, odd words in odd places.

In: edits through the grid and the form. Out: nothing lost, other cases untouched, one sentence where a person sees it.
Never here: an edit that a person could not make.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from automations.ports import Record
from schema import choices as c
from tests.e2e.runner_process import RunnerProcess, one_pass
from tests.landlord import Landlord, iso, until

ODD = "<script>alert(1)</script> \"both\" 'quotes' \\ {{ name }} \u202eback\u202c سلام 🙂 \ttab\nline "
LONG = (ODD * 400)[:20_000]


def rename(landlord: Landlord, table: str, column: str, old: str, new: str) -> None:
    """An option under another name, as the bases' creator would do it."""
    place = next(
        t["id"] for base in landlord.home.bases.values()
        for t in landlord.ask("GET", f"v2/meta/bases/{base}/tables")["list"] if t["title"] == table
    )  # fmt: skip
    there = next(x for x in landlord.ask("GET", f"v2/meta/tables/{place}")["columns"] if x["title"] == column)
    for option in there["colOptions"]["options"]:
        option["title"] = new if option["title"] == old else option["title"]
    landlord.ask("PATCH", f"v2/meta/columns/{there['id']}", there)


def test_an_option_that_staff_renamed_is_named_once_and_repairs_itself_when_put_back(landlord: Landlord) -> None:
    """The case that needs it says so in Run log; a case that does not goes on."""
    words = "Referrals, field State: put the option 'Statistics sent' back."
    rename(landlord, "Referrals", "State", c.ReferralState.STATISTICS_SENT, "Sent, figures only")
    try:
        needs_it = landlord.report(tell_the_partnership=c.Answer.NO)
        does_not = landlord.report(tell_the_partnership=c.Answer.YES)
        broken = [one_pass(landlord), one_pass(landlord)]
        lines = [r.fields for r in landlord.admin.records("Run log") if words in str(r.fields["Detail"])]
        other = _only(landlord, "Referrals", does_not)
    finally:
        rename(landlord, "Referrals", "State", "Sent, figures only", c.ReferralState.STATISTICS_SENT)

    assert [said.code for said in broken] == [1, 1]
    said_of = [line["What"] for line in lines]
    assert said_of.count(f"{landlord.reference_of(needs_it)}/notify_cdrp/incident-1") == 1
    assert len(said_of) == len(set(said_of))
    assert f"{landlord.reference_of(does_not)}/notify_cdrp/incident-1" not in said_of
    assert other.fields["State"] in (c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED)
    told = len(landlord.east.notices())
    assert one_pass(landlord).code == 0
    assert _only(landlord, "Referrals", needs_it).fields["State"] in (
        c.ReferralState.STATISTICS_SENT,
        c.ReferralState.ACKNOWLEDGED,
    )
    assert len(landlord.east.notices()) == told


def test_a_row_copied_in_the_grid_is_said_and_a_deleted_incident_too(landlord: Landlord) -> None:
    """Three cases: a copied action is never obeyed, an incident that is gone is missed, the third is as it was."""
    reports = [landlord.report() for _ in range(3)]
    assert one_pass(landlord).code == 0
    copied, bereft, calm = (_case(landlord, report) for report in reports)
    action = next(r for r in landlord.rows("Actions", copied) if r.fields["Step"] == "interview_victim")
    landlord.admin.create("Actions", [{"Title": action.fields["Title"], "Case": (copied.id,), "State": "Done"}])
    (incident,) = landlord.rows("Incidents", bereft)
    _delete(landlord, "Incidents", incident.id)

    assert one_pass(landlord).code == 0

    assert landlord.says(bereft) == "No incident is on the case: enter one."
    assert landlord.says(copied) == ""
    kept = [r for r in landlord.rows("Actions", copied) if r.fields["Step"] == "interview_victim"]
    assert [(r.id, r.fields["State"]) for r in kept] == [(action.id, action.fields["State"])]
    assert landlord.says(calm) == ""
    assert _shown(landlord, calm) == _shown(landlord, copied)


@pytest.fixture(scope="module")
def odd(landlord: Landlord) -> dict[str, str]:
    """Reports in which something is not as it should be, and one in which everything is; taken in one pass."""
    ahead = iso(-timedelta(days=40))
    west = landlord.admin.find("Patches", "Patch", ["Kirkinlea homes"])[0]
    held = west.fields["Officer"]
    landlord.admin.update("Patches", [(west.id, {"Officer": ()})])
    sent = {
        "words": landlord.report(what_happened=LONG, address=ODD, **{"Victim's name": ODD[:200], "Contact notes": ODD}),
        "area": landlord.report(postcode="AB1 2CD", area="Nowhere-on-Sea"),
        "officer": landlord.report(postcode="ZZ9 7QQ"),
        "time": landlord.report(first_reported_at=None),
        "future": landlord.report(first_reported_at=ahead, happened_at=ahead),
        "nothing": landlord.report(**dict.fromkeys(EVERYTHING)),
        "calm": landlord.report(),
    }
    said = one_pass(landlord)
    landlord.admin.update("Patches", [(west.id, {"Officer": held})])
    assert said.code == 0, said.text
    return sent


EVERYTHING = ("Victim's name", "Address", "Postcode", "Telephone", "Safe ways to contact", "First reported at",
              "Received by", "How reported", "Reporter is", "Happened at", "Happened where", "Children at risk",
              "Police know", "What happened", "Kind of incident", "Because of", "Safe at home",
              "Tell the partnership", "Refer to the police", "Refer for support",
              "Speak to the alleged perpetrator")  # fmt: skip


def test_markup_quotes_and_twenty_thousand_characters_arrive_as_they_were(
    landlord: Landlord, odd: dict[str, str]
) -> None:
    """Nothing lost, nothing obeyed; a letter to such an address is not made, and says which fact is wrong."""
    case = _case(landlord, odd["words"])
    (victim,) = [p for p in landlord.rows("People", case) if p.fields["Role"] == c.PersonRole.VICTIM]

    assert str(landlord.rows("Incidents", case)[0].fields["What happened"]).strip() == LONG.strip()
    assert victim.fields["Contact notes"] == ODD
    letter = _only(landlord, "Letters", odd["words"])
    assert letter.fields["State"] == c.LetterState.NOT_MADE
    assert _only(landlord, "Letters", odd["calm"]).fields["State"] == c.LetterState.DRAFT
    assert landlord.says(case) == f"Letters {letter.id}: not made. {letter.fields['What is missing']}"


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("area", "The area given is not in the office base"),
        ("officer", "The patch has no officer"),
        ("time", "First reported at is missing"),
        ("future", "First reported at is later than the report itself"),
        ("future", "Happened at is in the future"),
        ("nothing", "The report has no postcode"),
    ],
)
def test_what_cannot_be_used_is_said_on_the_report(
    landlord: Landlord, odd: dict[str, str], which: str, words: str
) -> None:
    """The case is made all the same, and somebody is told; a report without a fault says nothing."""
    row = landlord.taken(odd[which])
    assert row
    case = _case(landlord, odd[which])

    assert words in str(row.fields["What needs a person"])
    assert row.fields["Pick-up"] == "Needs a person"
    assert row.fields["Case reference"] == case.fields["Reference"]
    assert landlord.rows("Actions", case)
    assert _only(landlord, "Alerts", odd[which]).fields["Sent to"]
    calm = landlord.taken(odd["calm"])
    assert calm
    assert calm.fields["What needs a person"] is None


@pytest.mark.parametrize(
    ("which", "words"), [("area", "No patch fits the postcode"), ("nothing", "The report has no postcode")]
)
def test_a_case_without_an_officer_says_so_until_it_has_one(
    landlord: Landlord, odd: dict[str, str], which: str, words: str
) -> None:
    """It needs a person, and a manager's Reallocate to is enough."""
    case = _case(landlord, odd[which])
    assert words in landlord.says(case)
    landlord.signed_in("coral").update("Cases", [(case.id, {"Reallocate to": "basil@harbour-row.example"})])
    one_pass(landlord)

    assert words not in landlord.says(case)
    assert _case(landlord, odd[which]).fields["Officer"] == "Basil Sampleton"


def test_a_gate_opens_by_a_managers_own_sign_in_and_not_by_the_officers(landlord: Landlord) -> None:
    """R-25: who set Decision is told by the server's own audit. One case, approved first by the wrong person."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    report = landlord.report(speak_to_the_alleged_perpetrator=c.Answer.YES, **{
        "Alleged perpetrator's name": "Mx Standin", "Alleged perpetrator lives in": c.LivesIn.OURS})  # fmt: skip
    officer, manager = landlord.signed_in("amber"), landlord.signed_in("coral")
    with RunnerProcess(landlord) as runner:
        until("it is taken", lambda: landlord.taken(report))
        case = _case(landlord, report)
        (suspect,) = [p for p in landlord.rows("People", case) if p.fields["Role"] == c.PersonRole.PERPETRATOR]
        officer.update("People", [(suspect.id, {"Is the tenant": c.YesNo.YES})])
        officer.create("Interviews", [{"Case": (case.id,), "With": c.InterviewKind.VICTIM, "Happened at": now,
                                       "Result": c.InterviewResult.HELD}])  # fmt: skip
        officer.create("Tenancy checks", [{"Case": (case.id,), "Person": (suspect.id,), "Checked at": now,
                                           "Found": (c.Flag.STARTER,)}])  # fmt: skip
        until("the gate asks for a manager", lambda: "line manager" in _blocked(landlord, case))
        agreed: dict[str, Any] = {"Case": (case.id,), "Person": (suspect.id,), "Matter": c.Matter.FLAGS,
                                  "Decision": c.Decision.AGREED, "Decided at": now,
                                  "Reason": "Two go together."}  # fmt: skip
        (own,) = officer.create("Approvals", [agreed])
        until("it says why not", lambda: f"Approvals {own}: its author is not a line manager" in landlord.says(case))
        assert "line manager" in _blocked(landlord, case)
        manager.create("Approvals", [agreed])
        until("the gate is open", lambda: not _blocked(landlord, case))
        assert runner.text


def _blocked(landlord: Landlord, case: Record) -> str:
    row = next((r for r in landlord.rows("Actions", case) if r.fields["Step"] == "interview_perpetrator"), None)
    if row is None or row.fields["State"] not in (c.ActionState.OPEN, c.ActionState.BLOCKED):
        return "It has not begun."
    return str(row.fields["Blocked by"] or "")


def _case(landlord: Landlord, report: str) -> Record:
    case = landlord.case_of(report)
    assert case
    return case


def _only(landlord: Landlord, table: str, report: str) -> Record:
    (row,) = landlord.rows(table, _case(landlord, report))
    return row


def _shown(landlord: Landlord, case: Record) -> list[object]:
    steps = [r.fields for r in landlord.rows("Actions", case) if r.fields["Step"]]
    return sorted(f"{row['Step']} {row['State']}" for row in steps)


def _delete(landlord: Landlord, table: str, id: str) -> None:
    base = landlord.home.bases["Casework"]
    place = next(t["id"] for t in landlord.ask("GET", f"v2/meta/bases/{base}/tables")["list"] if t["title"] == table)
    landlord.ask("DELETE", f"v2/tables/{place}/records", [{"Id": int(id)}])
