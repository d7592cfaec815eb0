"""Stories: an action that is not needed any more says why: somebody took its place, it went, or nothing is owed."""

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, STATE, a_case, checked, met

pytestmark = pytest.mark.usefixtures("plain_letters")


def whys(house: HarbourRow, step: str) -> dict[str, tuple[str, str]]:
    """State and Why of each action of a step, by what its key ends with."""
    return {
        str(r.fields["Key"]).partition(f"/{step}/")[2]: (str(r.fields["State"]), str(r.fields["Why"] or ""))
        for r in house.platform.records("Actions") if r.fields["Step"] == step
    }  # fmt: skip


def test_the_action_of_a_witness_nobody_knew_is_replaced_once_one_is_named() -> None:
    """HC-077, R-10: the row of before says so; the one of the witness takes over."""
    house = HarbourRow()
    house.report()
    incident = house.only("Incidents").id
    house.staff_write("amber", "Incidents", incident, are_there_witnesses=c.Witnesses.LIKELY)
    assert whys(house, "interview_witnesses")["incident-1"][0] != STATE.NOT_NEEDED

    witness = house.staff_write("amber", "People", role=c.PersonRole.WITNESS, name="Sample Onlooker")
    house.staff_write("amber", "Incidents", incident, witnesses=(witness,))

    told = whys(house, "interview_witnesses")
    assert told["incident-1"] == (STATE.NOT_NEEDED, "Replaced: a witness is now named.")
    assert told[f"incident-1/person-{witness}"][0] != STATE.NOT_NEEDED


def test_what_went_and_what_is_no_longer_owed_are_told_apart() -> None:
    """R-10: the interview's row deleted; or still there, and only booked after all."""
    house = HarbourRow()
    house.report()
    first, second = met(house), met(house)
    house.platform.delete("Interviews", first)
    house.run()
    house.staff_write("amber", "Interviews", second, result=c.InterviewResult.BOOKED)

    assert whys(house, "victim_interview_note") == {
        f"interview-{first}": (STATE.NOT_NEEDED, "What it was about is no longer on the case."),
        f"interview-{second}": (STATE.NOT_NEEDED, "Nothing is owed for it now."),
    }


@pytest.mark.parametrize(("hours", "late"), [(60, False), (120, True)])
def test_a_step_that_was_late_when_it_fell_away_still_says_so(hours: int, late: bool) -> None:
    """R-10, HC-086: the delay was never reviewed and the interview was held after all; in time, nothing is held up."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=hours)
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.PERPETRATOR, result=c.InterviewResult.HELD,
                      happened_at=house.now, person=(who,))  # fmt: skip

    [(state, why)] = whys(house, "perpetrator_delay_review").values()
    assert (state, why.partition(" It was due ")[0]) == (STATE.NOT_NEEDED, "Nothing is owed for it now.")
    assert why.endswith(" and was not done by then.") == late
