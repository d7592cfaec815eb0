"""After a move: every date and lateness stays as it was, and nothing that a decision opens is open without its author.

In: cases that were lived in memory and moved weeks later. Out: the same cases on the new bases, run there.
Never here: what a copy carries over (tests/contracts/test_copying.py).
"""

from collections.abc import Mapping
from typing import Any

import pytest

from automations.consent import Says, standing
from automations.model import Case
from automations.reading import Cases, office
from automations.statement import Statement, statement
from automations.statement_paper import markdown, plain
from casewatch.commands.explain import Told
from schema import TABLES
from schema import choices as c
from sync.platforms.copying import copy
from sync.platforms.memory import MemoryPlatform
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, a_case, checked, met, needs, reviewed
from tests.stories.test_a_case_from_first_to_last import first_day, interviewed
from tests.stories.test_keeping_in_touch import contact
from tests.stories.test_the_outcome import posted
from tests.stories.test_who_decided import a_lock, decide

pytestmark = pytest.mark.usefixtures("plain_letters")
OF_THE_HOUR = {"Status", "Made by", "Changed by"}


def moved(house: HarbourRow, days: int = 30) -> HarbourRow:
    """The same house on bases that were copied so much later, after a first look by a runner that remembers nothing."""
    house.wait(days=days)
    there = MemoryPlatform(lambda: house.now)
    assert copy(house.platform, there, TABLES, lambda _: None).alike
    house.platform = there
    house.restart()
    house.wait(minutes=1)
    house.wait(hours=1)
    return house


def actions(house: HarbourRow) -> dict[str, Mapping[str, Any]]:
    """What every action says, whatever the hour."""
    return {str(r.fields["Key"]): {name: cell for name, cell in r.fields.items() if name not in OF_THE_HOUR}
            for r in house.platform.records("Actions")}  # fmt: skip


def to_the_outcome() -> HarbourRow:
    """A case with its reviews, its warning letter that was approved, and both outcomes written."""
    house = a_case(**ACCUSED)
    first_day(house)
    interviewed(house, "2026-11-18 14:00")
    house.go_to("2026-11-19 15:00")
    suspect = checked(house)
    met(house, c.InterviewKind.PERPETRATOR, note_saved_at=house.now, at_our_office=c.YesNo.YES, account="Denies it.")
    house.go_to("2026-11-20 10:00")
    posted(house, c.LetterKind.WARNING, suspect)
    house.go_to("2026-12-01 10:00")
    contact(house)
    reviewed(house, covers_the_outcome=True)
    house.go_to("2026-12-02 10:00")
    posted(house, c.LetterKind.VICTIM_OUTCOME)
    posted(house, c.LetterKind.PERPETRATOR_OUTCOME, suspect)
    house.go_to("2026-12-14 10:00")
    contact(house)
    reviewed(house, c.ReviewKind.FORTNIGHTLY)
    return house


def closed() -> HarbourRow:
    """The same, closed with the victim's agreement."""
    house = to_the_outcome()
    house.go_to("2026-12-16 10:00")
    house.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, asked_at=house.now,
                      answered_at=house.now, what_they_said="You kept your word.")  # fmt: skip
    house.staff_write("coral", "Closures", sought_at=house.now, marker=c.Marker.RESOLVED, closed_at=house.now,
                      victim_agrees=c.Answer.YES)  # fmt: skip
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED
    return house


def the_case(house: HarbourRow) -> Case:
    return Cases(house.platform).some(["1"], office(house.platform, house.now))[0]


def stated(house: HarbourRow) -> Statement:
    told = Told(the_case(house), office(house.platform, house.now), house.now)
    return statement(told.case, told.actions, told.said, told.nameless, told.status, told.now)


def test_no_action_reads_otherwise_after_a_move() -> None:
    """HC-036, HC-044, HC-099, HC-109, HC-111, HC-112, R-10: logged in time, reviewed in time, written to in time; what
    was late stays late, and what is open stays due when it was.
    """
    house = to_the_outcome()
    before = actions(house)
    assert before["CW-2026-0001/log_case/incident-1"]["State"] == c.ActionState.DONE
    after = actions(moved(house, days=0))

    assert after == before


def test_a_case_that_was_closed_stays_closed_and_nothing_on_it_was_missed() -> None:
    """HC-142, HC-145, R-22: an author stays behind with the old bases; the closing, and by which role, does not."""
    house = closed()
    house.wait(days=200)
    before, case = actions(house), house.only("Cases").fields
    after = moved(house, days=0)

    assert actions(after) == before
    here = after.only("Cases").fields
    cells = ("State", "Closed at", "Closed by", "What needs a person", "First reported at", "Next step")
    assert {name: here[name] for name in cells} == {name: case[name] for name in cells}
    assert needs(after) == case["What needs a person"]
    after.staff_write("amber", "Closures", "1", checked_again_at=after.now)
    assert after.only("Cases").fields["State"] == c.CaseState.CLOSED
    after.staff_write("amber", "Closures", "1", exception="Typed since.")
    assert after.only("Cases").fields["State"] != c.CaseState.CLOSED, "it is not what was decided any more (R-25)"


def test_a_statement_says_that_the_records_were_moved_and_calls_nothing_late_for_it() -> None:
    """HC-139, R-07: where it comes from that a step was in time stands in the statement itself."""
    house = to_the_outcome()
    old = stated(house)
    new = stated(moved(house, days=0))

    verdicts = [{f.action.key: (f.verdict, f.was_late) for f in of.findings} for of in (old, new)]
    assert verdicts[0] == verdicts[1]
    assert (new.unexplained, new.entered_late) == (old.unexplained, old.entered_late)
    assert "moved here from another platform on" in markdown(new)
    assert "moved here" not in markdown(old)
    assert plain(new)["moved_at"]
    assert {d.by for d in new.decisions} == {
        "The old bases tell who: it opens nothing here, and what was done by it before the move stands"
    }


def test_what_a_decision_opens_is_shut_after_a_move_until_it_is_made_anew() -> None:
    """HC-060e, HC-099, R-25: a step that was done by it stays done; the gate that it opened waits for an author."""
    house, lock = a_lock()
    decide(house, "coral", lock)
    assert house.action("security_measures")["Blocked by"] is None
    after = moved(house, days=0)

    assert after.action("security_approval")["State"] == c.ActionState.DONE
    assert "A line manager must approve" in str(after.action("security_measures")["Blocked by"])
    assert "Approvals 1: decided before the bases were moved" in needs(after)
    decide(after, "coral", lock)
    assert after.action("security_measures")["Blocked by"] is None
    assert after.action("security_approval")["Evidence key"] == "Approvals 1"
    assert after.action("security_approval")["State"] == c.ActionState.DONE


def test_a_no_after_a_yes_that_nobody_dated_is_still_a_no_after_a_move() -> None:
    """HC-028, R-13: a yes counts from when it was entered; a move does not make it the later word."""
    house = a_case()
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    told = {"option": c.Option.SECURITY, "given_by": c.GivenBy.VICTIM, "victim": (victim,)}
    house.staff_write("amber", "Consents", answer=c.Answer.YES, **told)
    house.wait(days=1)
    no = house.staff_write("amber", "Consents", answer=c.Answer.NO, given_at=house.now, **told)
    after = the_case(moved(house))

    says = standing(after, c.Option.SECURITY, after.victims[0], after.incidents[0], house.now)
    assert (says.says, says.consent and says.consent.id) == (Says.NO, no)
    assert standing(after, c.Option.CDRP, after.victims[0], after.incidents[0], house.now).says is Says.NOT_ASKED


def test_details_given_while_there_was_one_victim_are_not_given_to_the_second_by_a_move() -> None:
    """A-30, HC-024: who was on the case when the cell was filled is known after a move as before."""
    house = a_case()
    house.staff_write("amber", "Cases", "1", details_given_to_the_victim_at=house.now)
    house.wait(days=2)
    house.staff_write("amber", "People", name="Second Sample", role=c.PersonRole.VICTIM)
    before = actions(house)
    told = [cells["State"] for cells in before.values() if cells["Step"] == "details_to_victim"]
    assert sorted(map(str, told)) == ["Blocked", "Done"]

    assert actions(moved(house, days=0)) == before


def test_a_wish_recorded_in_time_holds_after_a_move_though_the_row_was_touched_later() -> None:
    """HC-056f, R-05: when the cell was set is kept, not only when the row was last changed."""
    house = a_case()
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    row = house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, person=(victim,),
                            booked_for=house.now, moved_to=house.now.replace(day=25))  # fmt: skip
    due = house.action("interview_victim")["Due at"]
    house.wait(days=3)
    house.staff_write("amber", "Interviews", row, place="At home, as she asked.")
    assert house.action("interview_victim")["Due at"] == due
    after = moved(house, days=0)

    assert (after.action("interview_victim")["Due at"], after.action("interview_victim")["First late at"]) == (
        due,
        None,
    )


def test_times_are_those_of_the_first_bases_however_often_they_were_moved() -> None:
    """R-07: a second move tells on what the first kept, and what was entered in between."""
    house = a_case()
    logged = house.only("Incidents").created_at
    house = moved(house)
    house.report(victims_name="Another Person")
    second = house.platform.get("Incidents", ["2"])[0].created_at
    house = moved(house)

    entered = {r.id: r.created_at for r in office(house.platform, house.now).moves.as_entered(
        house.platform.records("Incidents"))}  # fmt: skip
    assert entered == {"1": logged, "2": second}
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update("Moves", [("2", {"Rows": "Touched by hand."})])
    told = copy(house.platform, MemoryPlatform(lambda: house.now), TABLES, lambda _: None).left
    assert told == [
        "Moves 2: it is not as the copy before left it, so when its rows were entered is not known.",
        "Moves: not every part is there as the copy before left it. Of what came with it a yes without a Given at will "
        "count for nothing.",
    ]
    [third] = house.platform.create("Incidents", [{}])
    [new] = office(house.platform, house.now).moves.as_entered(house.platform.get("Incidents", [third]))
    assert new.created_at == house.now.replace(microsecond=0), "a row made here keeps its own time"


@pytest.mark.parametrize("audited", [True, False])
def test_what_somebody_writes_in_moves_hides_no_lateness(audited: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-26, R-07: as the audit tells it, else not at all, and the office is told; a row of their own never does."""
    house = moved(a_case())
    before = actions(house)
    rows = [r for r in house.platform.records("Moves") if "Incidents" in str(r.fields["Rows"])]
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update(
            "Moves", [(rows[0].id, {"Entered": '{"Incidents":{"1":["2020-01-01T00:00:00+00:00",null]}}'})]
        )
        house.platform.create("Moves", [{"Entered": '{"Cases":{"1":["2020-01-01T00:00:00+00:00",null]}}'}])
    if not audited:
        monkeypatch.setattr(house.platform, "history", lambda table, id: [])
    house.restart()
    house.run()

    said = " ".join(str(r.fields["Detail"]) for r in house.platform.records("Run log"))
    key = "CW-2026-0001/log_case/incident-1"
    assert (actions(house)[key] == before[key]) is audited
    assert actions(house)[key]["State"] == (c.ActionState.DONE if audited else c.ActionState.DONE_LATE)
    assert (f"Moves {rows[0].id}: it is not as casewatch copy left it" in said) is not audited
    assert "of 2020" not in str(actions(house))
