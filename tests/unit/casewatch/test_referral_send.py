"""`casewatch referral send` and `recall`: one handed over now, as the runner would, and no way round anything."""

from datetime import timedelta

import pytest

from automations.ports import Receipt
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.test_called_back import told as told_by_name
from tests.stories.test_called_back import withdraw
from tests.stories.test_staff_decide_what_goes import POLICE, row
from tests.unit.casewatch.referral_desk import ask, everything, plain_letters, sit_down

State, Decision = c.ReferralState, c.ReferralDecision


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_letters(monkeypatch)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> HarbourRow:
    """A referral to the police that may go; the runner is not running."""
    made = a_case(**{"Refer to the police": c.Answer.YES})
    made.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    made.run()
    return sit_down(monkeypatch, made)


def which(house: HarbourRow) -> str:
    return house.only("Referrals", purpose=c.Purpose.POLICE).id


def decide(house: HarbourRow, who: str = "amber") -> None:
    """Somebody decides, and no runner looks."""
    with house.platform.as_user(f"{who}@harbour-row.example"):
        house.platform.update("Referrals", [(which(house), {"Decision": Decision.SEND})])


def test_what_staff_decided_goes_now_and_once(house: HarbourRow) -> None:
    """HC-063, R-25: by its number, and never a second time; the runner afterwards has nothing left to do."""
    decide(house)
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, answer.stdout) == (0, f"It went. Referrals {which(house)}: Sent.\n")
    assert f"to {POLICE} by https_json" in answer.stderr
    assert "Sample Person" not in answer.output
    again = ask("send", which(house), "--yes")
    assert again.exit_code == 1
    assert "went before: Sent" in again.stderr
    house.run()
    assert house.ways[POLICE].deliveries == 1
    assert str(row(house)["History"]).splitlines()[-1].endswith("(Casewatch, on Amber Testwood's decision)")


def test_a_sending_that_takes_a_while_is_told_as_it_ended(house: HarbourRow) -> None:
    """HC-063: the clock goes on between the look and the receipt."""
    decide(house)
    desk = house.ways[POLICE]
    deliver = desk.deliver

    def slowly(payload: bytes, key: str, to: str = "") -> Receipt:
        house.now += timedelta(seconds=20)
        return deliver(payload, key, to)

    desk.deliver = slowly  # type: ignore[method-assign]
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, answer.stdout) == (0, f"It went. Referrals {which(house)}: Sent.\n")


def test_without_a_decision_of_staff_nothing_goes(house: HarbourRow) -> None:
    """R-25, R-26: nor on a stranger's; it says which is missing and writes nothing."""
    before = everything(house)
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, everything(house)) == (1, before)
    assert "set Decision" in answer.stderr
    decide(house, who="stranger")
    answer = ask("send", which(house), "--yes")
    assert answer.exit_code == 1
    assert "names no member of staff" in answer.stderr
    assert not house.ways[POLICE].notices


def test_a_no_since_the_last_pass_stops_it(house: HarbourRow) -> None:
    """R-13, HC-063: read again before the bytes leave."""
    decide(house)
    yes = house.only("Consents", option=c.Option.POLICE).id
    house.platform.update("Consents", [(yes, {"Withdrawn at": house.now})])
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, house.ways[POLICE].notices) == (1, {})


def test_a_dry_run_and_a_no_at_the_question_send_and_write_nothing(house: HarbourRow) -> None:
    """HC-063: by its key; then a yes sends it."""
    decide(house)
    before, key = everything(house), str(row(house)["Key"])
    for words, typed in ((("--dry-run",), ""), (("--dry-run", "--yes"), ""), ((), "n\n")):
        answer = ask("send", key, *words, answer=typed)
        assert (answer.exit_code, everything(house)) == (0, before)
        assert "Nothing was sent." in answer.stdout
    assert ask("send", key, answer="y\n").exit_code == 0
    assert len(house.ways[POLICE].notices) == 1


def test_a_partner_that_is_left_alone_stays_so(house: HarbourRow) -> None:
    """HC-063: it failed, and is tried at its own time; then it goes."""
    decide(house)
    desk = house.ways[POLICE]
    desk.down = True
    answer = ask("send", which(house), "--yes")
    assert answer.exit_code == 3
    assert "It did not go." in answer.stderr
    desk.down = False
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, desk.deliveries) == (3, 0)
    assert "left alone until Wednesday 18 November 2026 09:" in answer.stderr
    house.now = row(house)["Try again at"]
    assert ask("send", which(house), "--yes").exit_code == 0


def test_what_nobody_knows_and_what_was_refused_is_a_persons(house: HarbourRow) -> None:
    """HC-063: by a way that may count it twice an unknown outcome is not tried again."""
    decide(house)
    desk = house.ways[POLICE]
    desk.deliver = lambda *_: Receipt(accepted=False, reason="No\x9bthanks.")  # type: ignore[method-assign]
    answer = ask("send", which(house), "--yes")
    assert answer.exit_code == 4
    assert f"Referrals {which(house)}: Rejected. No thanks." in answer.stderr
    assert ask("send", which(house), "--yes").exit_code == 1


def test_a_server_that_is_not_safe_sends_nothing(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-26: the same look at the server and the account as the runner's."""
    from automations.errors import Stop
    from casewatch import connect

    def unsafe(_: object) -> None:
        raise Stop("The account may do more than it needs.")

    monkeypatch.setattr(connect, "must_be_safe", unsafe)
    decide(house)
    answer = ask("send", which(house), "--yes")
    assert (answer.exit_code, house.ways[POLICE].notices) == (4, {})


def test_a_referral_that_is_not_there_is_a_usage_error(house: HarbourRow) -> None:
    for words in (("send", "999"), ("recall", "no such key"), ("send", "")):
        answer = ask(*words)
        assert answer.exit_code == 2
        assert "There is no referral" in answer.stderr


def test_a_recall_that_is_owed_goes_now_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-13, HC-052: the victim took it back and no runner has looked; a dry run sends nothing."""
    house = sit_down(monkeypatch, told_by_name())
    id = house.only("Referrals").id
    yes = house.only("Consents", option=c.Option.CDRP).id
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Consents", [(yes, {"Withdrawn at": house.now})])
    before = everything(house)
    assert ask("recall", id, "--dry-run").exit_code == 0
    assert everything(house) == before
    answer = ask("recall", id, "--yes")
    assert (answer.exit_code, answer.stdout) == (0, f"It went. Referrals {id}: Recall sent.\n")
    assert [x["message"] for x in house.east.told()] == ["cdrp_notice", "recall"]
    again = ask("recall", id, "--yes")
    assert again.exit_code == 1
    assert "When the partner confirms it, enter Partner confirmed at." in again.stderr
    house.run()
    assert house.east.deliveries == 2


def test_a_recall_that_is_not_owed_says_what_to_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-13: a recall rests on the record, so nobody sends one by hand."""
    house = sit_down(monkeypatch, told_by_name())
    id = house.only("Referrals").id
    answer = ask("recall", id, "--yes")
    assert (answer.exit_code, len(house.east.notices)) == (1, 1)
    assert "enter Withdrawn at in Consents" in answer.stderr
    assert "enter Recall because" in answer.stderr


def test_a_recall_of_what_somebody_rang_about_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-13: they were asked by telephone; without that the recall is owed."""
    house = sit_down(monkeypatch, told_by_name())
    house.east.down = True
    withdraw(house)
    id = house.only("Referrals").id
    house.now += (house.only("Referrals").fields["Try again at"] or house.now) - house.now
    assert ask("recall", id, "--dry-run").exit_code == 0
    house.staff_write("amber", "Referrals", id, partner_asked_to_stop_at=house.now)
    answer = ask("recall", id, "--yes")
    assert answer.exit_code == 1
    assert "Somebody asked the partner to stop." in answer.stderr


def test_what_was_told_by_hand_is_called_back_by_hand(house: HarbourRow) -> None:
    """R-13: nothing of it went by us."""
    cells = {"purpose": c.Purpose.SUPPORT, "partner": "Sample Support", "made_by_hand_at": house.now}
    yes = {"option": c.Option.SUPPORT, "answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM, "given_at": house.now}
    agreed = house.staff_write("amber", "Consents", organisation="Sample Support", **yes)
    told = house.staff_write("amber", "Referrals", **cells)
    answer = ask("recall", told, "--dry-run")
    assert (answer.exit_code, "No victim has taken back what it rests on" in answer.stderr) == (1, True)
    assert "rings them" not in answer.stderr
    house.wait(minutes=5)
    house.staff_write("amber", "Consents", agreed, withdrawn_at=house.now)
    answer = ask("recall", told, "--yes")
    assert answer.exit_code == 1
    assert "a person rings them" in answer.stderr


def test_what_has_not_gone_and_what_names_nobody_has_no_recall(
    house: HarbourRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-13, R-14: the one is stopped by a Decision, the other is put right."""
    assert "set Decision to Do not send" in ask("recall", which(house)).stderr
    counted = sit_down(monkeypatch, a_case(tell_the_partnership=c.Answer.NO))
    answer = ask("recall", counted.only("Referrals").id)
    assert answer.exit_code == 1
    assert "names nobody" in answer.stderr


def test_what_the_partner_refused_says_what_to_do(house: HarbourRow) -> None:
    """HC-063: as the case does; what was accepted says no such thing."""
    decide(house)
    desk = house.ways[POLICE]
    desk.deliver = lambda *words: Receipt(accepted=False, reason="E-1")  # type: ignore[method-assign]
    answer = ask("send", which(house), "--yes")
    assert answer.exit_code == 4
    assert "E-1 The partner refused it (see Answer): tell them another way and enter Made by hand at." in answer.stderr


@pytest.mark.parametrize("why", ["by hand", "brought over"])
def test_why_nothing_goes_of_a_later_notice_is_told_by_its_row(house: HarbourRow, why: str) -> None:
    """HC-052: which earlier one tells the same, by its number; or that the case was brought over."""
    first = house.only("Referrals", purpose=c.Purpose.CDRP_NOTICE)
    key = f"{first.fields['Key']}/identified"
    told = {"Case": first.fields["Case"], "Incident": first.fields["Incident"], "Purpose": c.Purpose.CDRP_NOTICE}
    later = house.platform.create("Referrals", [{**told, "Key": key}])[0]
    before = ask("send", later, "--dry-run").stderr
    assert "Nothing goes of it" not in before
    if why == "by hand":
        house.platform.update("Referrals", [(first.id, {"Made by hand at": house.now})])
        words = f"Referrals {first.id} says that they were told the same by hand."
    else:
        house.platform.update("Cases", [(house.only("Cases").id, {"Imported": True})])
        words = "CW-2026-0001 was brought over"
    assert words in ask("send", later, "--dry-run").stderr
