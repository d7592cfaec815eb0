"""Stories: whatever is typed into the grid, nothing is lost, a sentence says so, and other cases go on."""

from typing import Any

import pytest

from automations.errors import NotWritten
from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import a_case

pytestmark = pytest.mark.usefixtures("plain_letters")


def needs(house: HarbourRow) -> str:
    return str(house.platform.records("Cases")[0].fields["What needs a person"] or "")


def test_text_in_a_date_is_a_sentence_and_is_kept() -> None:
    house = a_case()
    assert needs(house) == ""
    row = house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD)
    house.platform.spoil("Interviews", row, "Happened at", "tuesday-ish")
    house.run()
    assert f"Interviews {row}: Happened at cannot be read" in needs(house)
    assert house.action("interview_victim")["State"] == c.ActionState.OPEN
    assert getattr(house.only("Interviews").fields["Happened at"], "raw", "") == "tuesday-ish"
    assert house.only("Cases").fields["State"] == c.CaseState.NEEDS_A_PERSON
    house.staff_write("amber", "Interviews", row, happened_at=house.now)
    assert house.action("interview_victim")["State"] == c.ActionState.DONE
    assert needs(house) == ""


def test_a_renamed_option_is_a_sentence_and_counts_as_no_answer() -> None:
    """An answer nobody can read is never taken for a yes."""
    house = a_case(tell_the_partnership=c.Answer.NOT_ASKED, speak_to_the_alleged_perpetrator=c.Answer.YES)
    house.platform.rename_choice("Consents", "Answer", "Yes", "Yes, certainly")
    house.run()
    assert "Answer holds an option that Casewatch does not know" in needs(house)
    assert not house.east.notices


def test_an_option_that_the_runner_writes_and_somebody_renamed_stops_one_row_and_is_told() -> None:
    house = a_case()
    house.platform.rename_choice("Actions", "State", "Done", "Finished")
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now)  # fmt: skip
    assert any("put the option 'Done' back" in str(r.fields["Detail"]) for r in house.platform.records("Run log"))
    house.report(victims_name="Another Person")
    assert len(house.platform.records("Cases")) == 2


def test_a_deleted_person_leaves_the_case_going_with_its_history() -> None:
    house = a_case()
    before = len(house.platform.records("Actions"))
    house.platform.delete("People", house.only("People").id)
    house.wait(minutes=1)
    assert "No victim is entered on the case." in needs(house)
    assert len(house.platform.records("Actions")) >= before
    assert house.action("interview_victim")["First due"] == london("2026-11-19 09:00")


def test_a_row_linked_to_no_case_is_told_once_it_has_had_time() -> None:
    house = a_case()
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now, case=())  # fmt: skip
    assert house.action("interview_victim")["State"] == c.ActionState.OPEN
    assert not house.platform.records("Run log")
    house.wait(minutes=11)
    house.wait(minutes=11)
    assert [r.fields["What"] for r in house.platform.records("Run log")] == ["Interviews 1"]


def test_a_key_that_comes_twice_is_said_and_the_first_row_counts() -> None:
    house = a_case()
    twin = dict(house.action("interview_victim"))
    rows = house.platform._rows["Actions"]  # a copy that only another tool could make: the platform keeps keys unique
    id = next(i for i, r in rows.items() if r.cells["Key"] == twin["Key"])
    house.platform._insert("Actions", dict(rows[id].cells))
    house.wait(minutes=1)
    assert f"Actions: {twin['Key']} is there twice" in needs(house)
    assert "is there twice" not in str(a_case().only("Cases").fields["What needs a person"])


def test_an_unreadable_cell_in_the_office_is_told() -> None:
    house = a_case()
    staff = house.platform.records("Staff")[0].id
    house.platform.rename_choice("Staff", "Role", c.StaffRole.OFFICER, "Something else")
    house.run()
    told = [r.fields["Detail"] for r in house.platform.records("Run log")]
    assert f"Staff {staff}: Role holds an option that Casewatch does not know." in told


def test_a_case_that_nobody_foresaw_keeps_help_from_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_case()
    house.report(victims_name="Another Person")
    from automations import runner

    honest = runner.decide

    def broken(case: Any, *more: Any) -> Any:
        if case.reference == "CW-2026-0001":
            raise OverflowError("Sample Person")
        return honest(case, *more)

    monkeypatch.setattr(runner, "decide", broken)
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now, case=(house.platform.records("Cases")[1].id,))  # fmt: skip
    done = [r.fields["State"] for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim"]
    assert done == [c.ActionState.OPEN, c.ActionState.DONE]
    [told] = [str(r.fields) for r in house.platform.records("Run log")]
    assert "OverflowError" in told
    assert "Sample Person" not in told


def test_a_write_that_does_not_take_is_told_and_the_rest_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_case()
    update = house.platform.update

    def stubborn(table: str, rows: Any) -> None:
        if table == "Actions" and any("Blocked by" in cells or "State" in cells for _, cells in rows):
            update(table, rows[:1])
            raise NotWritten("It did not take.")
        update(table, rows)

    monkeypatch.setattr(house.platform, "update", stubborn)
    house.wait(days=30)
    assert house.platform.records("Cases")[0].fields["State"] is not None


def test_a_case_without_an_incident_or_a_victim_says_so() -> None:
    house = a_case()
    house.platform.create("Cases", [{"Reference": "CW-2026-0099"}])
    house.run()
    told = str(house.only("Cases", reference="CW-2026-0099").fields["What needs a person"])
    assert "No incident is on the case: enter one." in told
    assert "No victim is entered on the case." in told


def test_an_anonymous_witness_and_rtl_words_and_markup_come_through_letter_by_letter() -> None:
    """Whatever somebody types is theirs: quotes, markup, right-to-left, emoji and 20,000 characters."""
    words = "<b>\"O'Sample\"</b> {{ victim }} \u202eשלום\u202c مرحبا 🏳️‍🌈 =1+1 'x' -- ;\n\t" + "å" * 20_000
    house = a_case(what_happened=words, victims_name='Ms "Quote" <Sample>')
    assert house.only("Incidents").fields["What happened"] == words
    assert house.only("People").fields["Name"] == 'Ms "Quote" <Sample>'
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    assert not any(words[:20] in text for _, _, text in house.mail.sent)
