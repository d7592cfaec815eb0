"""Stories: a copy that broke off, was called twice, or of which a part is gone. What is not known opens nothing.

In: cases in memory, moved in more than one go, or robbed of a part of Moves. Out: what runs, what a yes still gives.
Never here: a move that went well (test_after_a_move.py).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from automations.consent import Says, Standing, standing
from automations.errors import NotWritten, Stop, TryAgainLater
from automations.model.moves import ENTERED, TABLE, UNDER_WAY
from automations.reading import office
from schema import TABLES
from schema import choices as c
from sync.platforms.copying import copy
from sync.platforms.kept_by import must_be_ours
from sync.platforms.memory import MemoryPlatform
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.test_after_a_move import actions, closed, moved, the_case

pytestmark = pytest.mark.usefixtures("plain_letters")


def cut_off(house: HarbourRow) -> MemoryPlatform:
    """Bases into which everything was copied but for what Moves tells of it."""
    there = MemoryPlatform(lambda: house.now)
    create = there.create

    def broken(table: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        if table == TABLE and there.ids(TABLE):
            raise TryAgainLater("down")
        return create(table, rows)

    there.create = broken  # type: ignore[method-assign]
    with pytest.raises(TryAgainLater):
        copy(house.platform, there, TABLES, lambda _: None)
    there.create = create  # type: ignore[method-assign]
    return there


def test_nothing_runs_where_a_copy_is_not_finished_and_called_again_it_goes_on() -> None:
    """R-25, R-26, HC-145: half of a case reads as a case that never was, and one closed long ago as open."""
    house = closed()
    house.wait(days=200)
    before, mails = actions(house), len(house.mail.sent)
    old, there = house.platform, cut_off(house)
    assert [r.fields[ENTERED] for r in there.records(TABLE)] == [UNDER_WAY]
    house.platform = there
    house.restart()
    for starting in (lambda: must_be_ours(there), house.run):
        with pytest.raises(Stop, match="begun and is not finished: call casewatch copy again"):
            starting()
    with pytest.raises(Stop, match="not finished"):
        copy(there, MemoryPlatform(lambda: house.now), TABLES, lambda _: None)
    must_be_ours(there, copying=True)
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED
    assert len(house.mail.sent) == mails

    assert copy(old, there, TABLES, lambda _: None).alike
    must_be_ours(there)
    house.wait(minutes=1)
    house.wait(hours=1)
    assert actions(house) == before
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED


def test_whoever_types_that_a_copy_is_under_way_stops_nothing() -> None:
    """R-26: the copy wrote otherwise, as the audit tells; the runner goes on."""
    house = moved(a_case())
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update(TABLE, [("1", {ENTERED: UNDER_WAY})])
    must_be_ours(house.platform)
    house.restart()
    house.run()
    assert office(house.platform, house.now).moves.is_whole


# --- a part that is gone ----------------------------------------------------------------------------


def a_yes_and_a_later_no() -> HarbourRow:
    """To the police a yes that nobody dated, then a no; to support such a yes alone, to security measures one dated."""
    house = a_case()
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    told = {"given_by": c.GivenBy.VICTIM, "victim": (victim,), "organisation": "Quayside", "answer": c.Answer.YES}
    house.staff_write("amber", "Consents", option=c.Option.POLICE, **told)
    house.staff_write("amber", "Consents", option=c.Option.SUPPORT, **told)
    house.staff_write("amber", "Consents", option=c.Option.SECURITY, given_at=house.now, **told)
    house.wait(hours=2)
    house.staff_write("amber", "Consents", option=c.Option.POLICE, given_at=house.now,
                      **(told | {"answer": c.Answer.NO}))  # fmt: skip
    return house


def says(house: HarbourRow, option: c.Option) -> Standing:
    case = the_case(house)
    return standing(case, option, case.victims[0], case.incidents[0], house.now, organisation="Quayside")


def robbed(house: HarbourRow, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the part of Moves about Consents."""
    [part] = [r.id for r in house.platform.records(TABLE) if str(r.fields["Rows"]).startswith("Consents")]
    if how == "deleted":
        house.platform.delete(TABLE, part)
    elif how == "touched, and no audit":
        with house.platform.as_user("hazel@harbour-row.example"):
            house.platform.update(TABLE, [(part, {"Rows": "x"})])
        monkeypatch.setattr(house.platform, "history", lambda table, id: [])
    elif how == "moved on with another token":
        first, house.platform = house.platform, MemoryPlatform(lambda: house.now)
        monkeypatch.setattr(first, "account", lambda: "reader@casewatch.example")
        [*_, left] = copy(first, house.platform, TABLES, lambda _: None).left
        assert left.startswith("Moves: not every part is there")
    house.restart()
    house.wait(days=1)


@pytest.mark.parametrize("how", ["whole", "deleted", "touched, and no audit", "moved on with another token"])
def test_a_yes_of_which_nobody_knows_when_it_was_given_gives_nothing_and_help_goes_on(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-13, R-14, HC-028: it would outlive the no that came after it. One that says when it was given counts as before.
    What rests on nobody's answer goes on: a report is taken, its alert goes out.
    """
    house = a_yes_and_a_later_no()
    assert [says(house, each).says for each in (c.Option.POLICE, c.Option.SUPPORT, c.Option.SECURITY)] == [
        Says.NO, Says.YES, Says.YES]  # fmt: skip
    moved(house, days=3)
    robbed(house, how, monkeypatch)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Action plan", agreed_at=house.now, victim=(victim,))
    house.wait(hours=1)

    assert says(house, c.Option.POLICE).says is Says.NO, "agreed to in no plan: nobody said yes since"
    assert says(house, c.Option.SECURITY).says is Says.YES
    support = says(house, c.Option.SUPPORT)
    said = " ".join(str(r.fields["Detail"]) for r in house.platform.records("Run log"))
    assert ("Moves: not every part of it is there" in said) is (how != "whole")
    if how == "whole":
        assert support.says is Says.YES
    else:
        assert (support.says, support.to_mend) == (Says.NOT_ASKED, True)
        assert "when it was given is not known since the bases were moved" in support.why
        [row] = re.findall(r"Consents (\d+): when it was given is not known", support.why)
        assert f"Consents {row}: when it was given is not known" in needs(house)
        house.staff_write("amber", "Consents", row, given_at=house.now)
        assert says(house, c.Option.SUPPORT).says is Says.YES
    mails = len(house.mail.sent)
    house.report(victims_name="Another Person")
    assert len(house.mail.sent) > mails


def test_a_yes_entered_here_since_needs_no_date_though_a_part_of_moves_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-13: when it was entered is known. One with a part of the copy gone that says when the copy ended."""
    house = moved(a_case(), days=1)
    robbed(house, "deleted", monkeypatch)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Consents", option=c.Option.SUPPORT, given_by=c.GivenBy.VICTIM, victim=(victim,),
                      organisation="Quayside", answer=c.Answer.YES)  # fmt: skip
    assert says(house, c.Option.SUPPORT).says is Says.YES


# --- called twice -----------------------------------------------------------------------------------


def test_what_the_second_call_fills_counts_from_when_it_was_entered_in_the_old_bases() -> None:
    """HC-056f, R-05: a wish that the first call could not write was recorded in time all the same. A call that writes
    nothing moves nothing.
    """
    house = a_case()
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, person=(victim,), booked_for=house.now,
                      moved_to=house.now.replace(day=25))  # fmt: skip
    house.wait(hours=1)
    due = house.action("interview_victim")["Due at"]
    old, there = house.platform, MemoryPlatform(lambda: house.now)
    update, create = there.update, there.create

    def refuses(table: str, rows: Sequence[Any]) -> None:
        cells = [row[1] if isinstance(row, tuple) else row for row in rows]
        if table == "Interviews" and any(row.get("Moved to") for row in cells):
            raise NotWritten("no such cell", tuple(row[0] for row in rows if isinstance(row, tuple)))

    there.update = lambda table, rows: refuses(table, rows) or update(table, rows)  # type: ignore[method-assign]
    there.create = lambda table, rows: refuses(table, rows) or create(table, rows)  # type: ignore[method-assign]
    left = copy(old, there, TABLES, lambda _: None).left
    assert left == ["Interviews 1, field Moved to: the other platform does not hold it."]
    must_be_ours(there)

    def down(table: str, rows: Sequence[Any]) -> None:
        if table == "Interviews":
            raise TryAgainLater("down")
        update(table, rows)

    there.update = down  # type: ignore[method-assign]
    with pytest.raises(TryAgainLater):
        copy(old, there, TABLES, lambda _: None)
    with pytest.raises(Stop, match="not finished"):
        must_be_ours(there)
    there.update, there.create = update, create  # type: ignore[method-assign]
    house.now += timedelta(days=3)
    assert copy(old, there, TABLES, lambda _: None).alike
    ended = house.now
    house.now += timedelta(hours=1)
    assert copy(old, there, TABLES, lambda _: None).alike
    assert office(there, house.now).moves.at == ended
    house.platform = there
    house.restart()
    house.run()
    house.wait(hours=1)

    assert (house.action("interview_victim")["Due at"], house.action("interview_victim")["First late at"]) == (
        due,
        None,
    )


def test_what_a_longer_copy_told_before_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-07: its last texts are emptied; the others are as long as a cell of any platform takes, and all are told of."""
    monkeypatch.setattr("sync.platforms.copying_moves.LONGEST", 2000)
    house = a_case()
    house.platform.create("Contacts", [{"Contact": str(each)} for each in range(100)])
    there = MemoryPlatform(lambda: house.now)
    assert copy(house.platform, there, TABLES, lambda _: None).alike
    first = office(there, house.now).moves
    assert max(len(str(r.fields[ENTERED])) for r in there.records(TABLE)) <= 2000
    assert {id for table, id in first.rows if table == "Contacts"} == house.platform.ids("Contacts")
    for each in range(20, 101):
        house.platform.delete("Contacts", str(each))
        there.delete("Contacts", str(each))
    assert copy(house.platform, there, TABLES, lambda _: None).alike

    second = office(there, house.now).moves
    assert (first.is_whole, second.is_whole) == (True, True)
    assert {id for table, id in second.rows if table == "Contacts"} == house.platform.ids("Contacts")
    assert there.records(TABLE)[-1].fields[ENTERED] is None
