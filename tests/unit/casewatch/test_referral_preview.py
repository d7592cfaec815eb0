"""`casewatch referral preview`: what would leave, field by field, and nothing written or sent by looking."""

import json
from pathlib import Path
from typing import Any

import pytest

from automations.errors import TryAgainLater
from casewatch import connect
from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.test_a_partner_for_each_purpose import agreed
from tests.stories.test_staff_decide_what_goes import POLICE, edit
from tests.stories.test_where_it_goes_is_confirmed import monthly
from tests.unit.casewatch.referral_desk import ask, everything, plain_letters, sit_down, told

CASE = "CW-2026-0001"
PREVIEW = ("preview", CASE, POLICE)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_letters(monkeypatch)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> HarbourRow:
    """The victim agreed to the police; the referral is begun, and nobody has decided on it."""
    made = a_case(**{"Refer to the police": c.Answer.YES})
    made.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    made.run()
    return sit_down(monkeypatch, made)


def test_what_is_shown_is_what_then_leaves_to_the_byte(house: HarbourRow) -> None:
    """HC-063, R-13: the same bytes and key, before anybody has decided; looking writes and sends nothing."""
    before = everything(house)
    seen = told(*PREVIEW)
    assert everything(house) == before
    assert not house.ways[POLICE].notices
    assert seen["why"] == "It may go. Look it over and set Decision."
    row = edit(house, decision=c.ReferralDecision.SEND)
    assert house.ways[POLICE].notices == {seen["key"]: seen["message"].encode()}
    assert row["Fingerprint"] == seen["fingerprint"]
    assert str(row["Consent"]).partition(",")[0] == seen["rests_on"].partition(",")[0]
    assert seen["to"] == {"partner": POLICE, "destination": POLICE, "kind": "https_json", "recipient": ""}


def test_every_field_says_why_it_may_go_and_what_stays_says_why_too(house: HarbourRow) -> None:
    """HC-063, R-15: each value of the message stands in exactly one line; what is held back is named."""
    seen = told(*PREVIEW)
    leaves = list[Any]()

    def look(at: Any) -> None:
        inside = list(at.values()) if isinstance(at, dict) else at if at and isinstance(at[0], dict) else None
        for each in inside or ():
            look(each) if isinstance(each, dict | list) else leaves.append(each)
        if inside is None:
            leaves.append(at)

    look(json.loads(seen["message"]))
    assert sorted(map(str, leaves)) == sorted(str(x["value"]) for x in seen["fields"])
    assert all(x["why"] for x in (*seen["fields"], *seen["withheld"]))
    assert "Nobody wrote any for this partner." in {x["why"] for x in seen["withheld"]}
    screen = ask(*PREVIEW).stdout
    assert all(x["field"] in screen and x["why"] in screen for x in (*seen["fields"], *seen["withheld"]))
    assert f"Fingerprint: {seen['fingerprint']}" in screen
    assert "Rests on: Consents " in screen


def test_the_file_holds_the_very_bytes_for_its_owner_alone(house: HarbourRow, tmp_path: Path) -> None:
    """HC-063: 0600."""
    there = tmp_path / "message.json"
    answer = ask(*PREVIEW, "-o", str(there))
    assert answer.exit_code == 0
    assert there.read_bytes() == told(*PREVIEW)["message"].encode()
    assert there.stat().st_mode & 0o777 == 0o600


def test_a_no_is_one_sentence_and_nobody_is_named(house: HarbourRow, tmp_path: Path) -> None:
    """R-13, HC-063: read from the platform now, not from the row as the last pass left it."""
    yes = house.only("Consents", option=c.Option.POLICE).id
    house.platform.update("Consents", [(yes, {"Answer": c.Answer.NO})])
    there = tmp_path / "message.json"
    answer = ask(*PREVIEW, "-o", str(there))
    assert answer.exit_code == 1
    assert len(answer.stdout.splitlines()) == 1
    assert "said no" in answer.stdout
    assert "Sample" not in answer.output
    assert not there.exists()
    assert json.loads(ask(*PREVIEW, "--json").stdout)["may_go"] is False


def test_a_purpose_without_a_row_is_judged_by_the_same_rule(house: HarbourRow) -> None:
    """HC-129, R-15: a meeting hears of it once every victim agreed to that; the yes to refer is not it."""
    forum = (*PREVIEW, "--purpose", "forum_discussion")
    answer = ask(*forum)
    assert answer.exit_code == 1
    assert "not been asked" in answer.stdout
    agreed(house, c.Option.AGENCY, organisation=POLICE)
    seen = told(*forum)
    assert (seen["purpose"], seen["row"], seen["key"]) == (c.Purpose.FORUM, None, None)
    assert "Key: none yet" in ask(*forum).stdout
    assert [r.fields["Purpose"] for r in house.platform.records("Referrals")].count(c.Purpose.FORUM) == 0
    cells = {"purpose": c.Purpose.FORUM, "decision": c.ReferralDecision.SEND}
    id = house.staff_write("amber", "Referrals", partner=POLICE, **cells)
    [row] = house.platform.get("Referrals", [id])
    assert row.fields["Fingerprint"] == seen["fingerprint"]


def test_a_referral_that_went_says_so(house: HarbourRow) -> None:
    """HC-063: nothing goes twice."""
    edit(house, decision=c.ReferralDecision.SEND)
    answer = ask(*PREVIEW)
    assert answer.exit_code == 1
    assert "went before: Sent" in answer.stdout
    assert "It went on Wednesday 18 November" in answer.stdout
    assert "It rested on: Consents " in answer.stdout
    assert "  people.name\n      They agreed to be known to this partner" in answer.stdout
    assert "Sample Person" not in answer.stdout, "values were not kept"
    said = json.loads(ask(*PREVIEW, "--json").stdout)
    assert "people.name" in {x["field"] for x in said["left"]}
    assert all(x["why"] for x in said["left"])


def test_what_waits_for_its_day_is_shown_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-052: a monthly batch; on the day the same bytes leave."""
    house = sit_down(monkeypatch, monthly())
    house.report(tell_the_partnership=c.Answer.YES)
    seen = told("preview", CASE, EAST_PARTNERSHIP)
    assert "monthly batch on Tuesday 1 December 2026" in seen["why"]
    assert not house.east.notices
    house.go_to("2026-12-01 09:00")
    assert house.east.notices == {seen["key"]: seen["message"].encode()}


def test_nothing_is_shown_for_a_recipient_that_one_person_entered(house: HarbourRow) -> None:
    """R-26: held until a second person confirms it."""
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update("Partners", [(house.only("Partners", partner=POLICE).id, {"Recipient": "desk"})])
    answer = ask(*PREVIEW)
    assert answer.exit_code == 1
    assert "Recipient confirmations" in answer.stdout


def test_words_of_a_reporter_cannot_command_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-27: what somebody typed is shown as text."""
    house = a_case(victims_name="Sample\x9b31m Person", **{"Refer to the police": c.Answer.YES})
    house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    house.run()
    sit_down(monkeypatch, house)
    screen = ask(*PREVIEW).stdout
    assert "Sample" in screen
    assert all(x.isprintable() or x == "\n" for x in screen)


@pytest.mark.parametrize(("words", "said"), [
    (("preview", "CW-2026-0009", POLICE), "There is no case 'CW-2026-0009'."),
    (("preview", CASE, "Sample Polic"), "Did you mean Sample Police?"),
    ((*PREVIEW, "--purpose", "gossip"), "There is no purpose 'gossip'."),
    ((*PREVIEW, "--row", "999"), "no referral 999"),
    ((*PREVIEW, "--person", "abc"), "'abc' is no person of this case: --person takes a number of: "),
    ((*PREVIEW, "--purpose", "forum_discussion", "--incident", "7"), "The case has: 1."),
])  # fmt: skip
def test_what_is_not_there_is_a_usage_error(house: HarbourRow, words: tuple[str, ...], said: str) -> None:
    answer = ask(*words)
    assert answer.exit_code == 2
    assert said in " ".join(answer.stderr.split())


def test_a_platform_that_is_down_is_tried_again_later(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Any) -> Any:
        raise TryAgainLater

    monkeypatch.setattr(connect, "platform", down)
    assert [ask(*words).exit_code for words in (PREVIEW, ("outbox",), ("send", "1"), ("recall", "1"))] == [3, 3, 3, 3]
