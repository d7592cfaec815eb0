"""Stories: partners say later what became of what they took. They are asked every few minutes, each for itself; what
they say stands on the row, in its History and in the chronology, and is never guessed.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

import pytest

from automations.errors import NeedsAPerson, TryAgainLater
from automations.ports import Answer
from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State = c.ReferralState
NOBODYS = "0" * 32


class Answers(Desk):
    """A desk that answers what it is told to, and keeps what it was asked."""

    def __init__(self, desk: Desk | None = None) -> None:
        super().__init__()
        self.notices = desk.notices if desk else {}
        self.asked: list[list[str]] = []
        self.says: list[Answer] = []
        self.trouble: Exception | None = None

    def answers(self, keys: Sequence[str]) -> list[Answer]:
        self.asked.append(list(keys))
        if self.trouble:
            raise self.trouble
        return list(self.says)


def told() -> tuple[HarbourRow, Answers, str]:
    """A case whose partnership was told by name and answers; the key of the notice."""
    house = HarbourRow()
    house.east = Answers()
    house.restart()
    house.report(tell_the_partnership=c.Answer.YES)
    assert notice(house)["State"] == State.SENT
    return house, house.east, next(iter(house.east.notices))


def both() -> tuple[HarbourRow, Answers, Answers]:
    """The same, and the police were told too; both answer."""
    house = HarbourRow()
    house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    east, police = Answers(), Answers()
    house.east, house.ways[POLICE] = east, police
    house.restart()
    house.report(tell_the_partnership=c.Answer.YES, **{"Refer to the police": c.Answer.YES})
    edit(house, decision=c.ReferralDecision.SEND)
    assert (len(east.notices), len(police.notices)) == (1, 1)
    return house, east, police


def notice(house: HarbourRow) -> Mapping[str, Any]:
    return house.only("Referrals", purpose=c.Purpose.CDRP_NOTICE).fields


def says(house: HarbourRow, desk: Answers, *answers: Answer) -> None:
    """That is what they say when they are asked next."""
    desk.says = list(answers)
    house.wait(minutes=5)


def chronology(house: HarbourRow) -> list[str]:
    return [str(r.fields["Development"]) for r in house.platform.records("Developments")]


def run_log(house: HarbourRow) -> list[tuple[str, str]]:
    return [(str(r.fields["What"]), str(r.fields["Detail"])) for r in house.platform.records("Run log")]


def test_what_they_say_later_stands_on_the_row_and_in_the_chronology() -> None:
    """HC-052, HC-117: accepted, then what came of it; each told once however often they say it."""
    house, desk, key = told()
    for _ in range(2):
        says(house, desk, Answer(key, "accepted", "QS/7", "logged", house.now))
    assert (notice(house)["State"], notice(house)["Partner's reference"]) == (State.ACKNOWLEDGED, "QS/7")
    assert str(notice(house)["History"]).splitlines()[-1].endswith("(the partner)")
    says(house, desk, Answer(key, "outcome", "", "discussed"))
    assert notice(house)["Partner's answer"] == "discussed"
    assert [each for each in chronology(house) if each.startswith("A partner")] == [
        "A partner has what was sent", "A partner told what came of it",
    ]  # fmt: skip
    asked = len(desk.asked)
    house.wait(hours=1)
    assert len(desk.asked) == asked, "nothing is open any more"


def test_they_are_asked_every_five_minutes_and_not_in_between() -> None:
    """HC-052: with the keys that are still open, and those alone."""
    house, desk, key = told()
    first = len(desk.asked)
    house.wait(minutes=4)
    assert len(desk.asked) == first
    house.wait(minutes=1)
    assert desk.asked[first:] == [[key]]


def test_a_refusal_stops_at_a_person_and_the_step_is_open_again() -> None:
    """HC-052."""
    house, desk, key = told()
    says(house, desk, Answer(key, "rejected", code="not_our_area"))
    assert (notice(house)["State"], notice(house)["Partner's answer"]) == (State.REJECTED, "not_our_area")


def test_a_recall_is_followed_until_they_say_that_it_is_done() -> None:
    """R-13, HC-108: under its own key or that of the message."""
    house, desk, key = told()
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=house.now)
    assert notice(house)["State"] == State.RECALL_SENT
    says(house, desk, Answer(key, "recalled"))
    assert desk.asked[-1] == [notice(house)["Recall sent under"], key]
    assert notice(house)["State"] == State.RECALLED


@pytest.mark.parametrize("said", ["accepted", "outcome", "recalled"])
def test_an_answer_to_nothing_is_said_once_and_never_guessed(
    said: Literal["accepted", "outcome", "recalled"],
) -> None:
    """R-26: a key that nobody knows, with none of its content; the row it may have been meant for stands as it was."""
    house, desk, _ = told()
    before = house.only("Referrals")
    for _ in range(3):
        says(house, desk, Answer(NOBODYS, said, "QS/9", "visited"), Answer("Sample Person", said))
    log = [(what, why) for what, why in run_log(house) if what == "quayside"]
    assert len(log) == 2
    assert f"({NOBODYS})" in log[0][1]
    assert not [why for _, why in log for word in ("visited", "QS/9", "Sample Person") if word in why]
    assert house.only("Referrals") == before


def test_very_many_answers_to_nothing_do_not_fill_the_run_log() -> None:
    """R-26: the first few by their keys, the others as a number."""
    house, desk, _ = told()
    says(house, desk, *(Answer(f"{n:032x}", "accepted") for n in range(60)))
    log = [why for what, why in run_log(house) if what == "quayside"]
    assert (len(log), log[-1][-3:]) == (6, "55.")


def test_the_row_is_read_again_before_an_answer_is_written_on_it() -> None:
    """R-13: what somebody else wrote while the partner was asked stands."""
    house, desk, key = told()
    id = house.only("Referrals").id

    def answers(keys: Sequence[str]) -> list[Answer]:
        house.platform.update("Referrals", [(id, {"State": State.REJECTED})])
        return [Answer(key, "accepted")]

    desk.answers = answers  # type: ignore[method-assign]
    house.wait(minutes=5)
    assert notice(house)["State"] == State.REJECTED


def test_a_partner_answers_for_itself_alone() -> None:
    """R-26: under another partner's key it is as if nobody knew it."""
    house, east, police = both()
    [theirs], [ours] = police.notices, east.notices
    says(house, police, Answer(ours, "rejected"))
    assert (police.asked[-1], notice(house)["State"]) == ([theirs], State.SENT)
    assert [what for what, why in run_log(house) if ours in why] == [POLICE]
    says(house, police, Answer(theirs, "accepted"))
    assert row(house)["State"] == State.ACKNOWLEDGED


@pytest.mark.parametrize(("trouble", "said"), [
    (TryAgainLater("down"), []), (NeedsAPerson("quayside: no such address."), ["quayside: no such address."]),
    (ValueError("Sample Person"), ["Casewatch has a fault (ValueError"]),
])  # fmt: skip
def test_a_partner_that_fails_to_answer_holds_up_nobody(trouble: Exception, said: list[str]) -> None:
    """HC-052, HC-063: neither another partner's answer nor what is to be delivered to the same one."""
    house, desk, police = both()
    desk.trouble = trouble
    for _ in range(2):
        says(house, police, Answer(next(iter(police.notices)), "accepted"))
    assert row(house)["State"] == State.ACKNOWLEDGED
    log = [why for what, why in run_log(house) if what == "quayside"]
    assert [why.startswith(words) for why, words in zip(log, said, strict=True)] == [True] * len(said)
    house.report(victims_name="Other Sample", tell_the_partnership=c.Answer.YES)
    assert len(desk.notices) == 2
    assert not [r for r in house.platform.records("Referrals") if r.fields["Try again at"]]


def test_partners_that_hang_are_asked_in_turn() -> None:
    """R-19: after half a minute no other is asked in that round; the next begins where it ended."""
    house, east, police = both()

    def hangs(keys: Sequence[str]) -> list[Answer]:
        east.asked.append(list(keys))
        house.now += timedelta(seconds=31)
        return []

    east.answers = hangs  # type: ignore[method-assign]
    east.asked.clear()
    police.asked.clear()
    house.wait(minutes=5)
    assert (len(east.asked), len(police.asked)) == (1, 0)
    house.wait(minutes=5)
    assert (len(east.asked), len(police.asked)) == (2, 1)


def test_where_very_many_are_open_they_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-052: each is asked about in the end."""
    monkeypatch.setattr("automations.outbox.asking.MOST", 2)
    house, desk, _ = told()
    for name in ("Other Sample", "Third Sample"):
        house.report(victims_name=name, tell_the_partnership=c.Answer.YES)
    desk.asked.clear()
    for _ in range(2):
        house.wait(minutes=5)
    assert [len(keys) for keys in desk.asked] == [2, 2]
    assert {key for keys in desk.asked for key in keys} == set(desk.notices)


def test_nobody_is_asked_about_a_case_that_is_over_or_by_a_partner_that_is_switched_off() -> None:
    """R-23."""
    house, desk, _ = told()
    partner = house.only("Partners", partner=EAST_PARTNERSHIP).id
    house.staff_write("hazel", "Partners", partner, switched_off=True)
    desk.asked.clear()
    house.wait(minutes=6)
    assert not desk.asked
    house.staff_write("hazel", "Partners", partner, switched_off=False)
    house.wait(minutes=6)
    assert desk.asked
    house.close()
    desk.asked.clear()
    house.wait(minutes=6)
    assert not desk.asked


def test_an_answer_tells_that_what_nobody_knew_of_arrived() -> None:
    """HC-063: then it is not told again."""
    house, desk = ready()
    desk.once, desk.silent = False, True
    way: Any = Answers(desk)
    way.once, way.silent = False, True
    house.ways[POLICE] = way
    house.restart()
    edit(house, decision=c.ReferralDecision.SEND)
    assert row(house)["State"] == State.UNKNOWN
    says(house, way, Answer(next(iter(way.notices)), "accepted"))
    assert row(house)["State"] == State.ACKNOWLEDGED
