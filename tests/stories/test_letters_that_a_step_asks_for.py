"""Stories: a draft lies ready when its step may be taken, and never before a gate on the alleged perpetrator opens."""

from importlib import import_module
from typing import Any

import pytest

from automations.letters.document import document, words
from automations.letters.facts import Facts
from automations.letters.template import template
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, Kind, a_case, checked, due, met, needs
from tests.stories.made_up_letters import offered, offered_to_the_accused
from tests.stories.test_letters_that_staff_ask_for import asked, row
from tests.stories.test_the_options_of_the_plan import answers, the_row
from tests.stories.test_the_outcome import outcome_reviewed, posted

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.LetterState
WARNING, OUTCOME, PROGRESS = c.LetterKind.WARNING, c.LetterKind.VICTIM_OUTCOME, c.LetterKind.PROGRESS


def of(house: HarbourRow, kind: c.LetterKind) -> list[tuple[str, int]]:
    """The id and number of files of every letter of a kind."""
    return [(r.id, len(r.fields["Document"])) for r in house.platform.records("Letters") if r.fields["Kind"] == kind]


def test_a_warning_is_drafted_once_the_interview_was_held_and_every_gate_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-093, R-17: with its reader, its incident and a key that is a sentence; looked at again, never twice."""
    offered_to_the_accused(monkeypatch, WARNING)
    house = a_case(**ACCUSED)
    who = at_home(house)
    met(house)
    assert of(house, WARNING) == [], "nobody has met the alleged perpetrator"
    met(house, Kind.PERPETRATOR)
    [(id, files)] = of(house, WARNING)
    made = row(house, id)
    assert (files, made["To"], made["Incident"]) == (1, (who,), (house.only("Incidents").id,))
    assert made["Key"] == "CW-2026-0001/letter/warning_letter/interview-2"
    house.wait(hours=5)
    assert len(of(house, WARNING)) == 1


def test_the_warning_that_the_step_asks_for_says_how_serious_it_is_and_that_it_may_be_a_crime(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-093, HC-094: made once the officer has written what is said to have happened, and never without both."""
    told: list[str] = []

    def set_in_type(name: str, facts: Facts, **_: Any) -> bytes:
        told.append(words(document(template(name, "en"), facts)))
        return b"%PDF-"

    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", set_in_type)
    house = a_case(**ACCUSED)
    at_home(house)
    met(house)
    met(house, Kind.PERPETRATOR)
    [(id, files)] = of(house, WARNING)
    assert files == 0, "nobody has written yet what this is about"
    house.staff_write("amber", "Letters", id, words_for_the_reader="On Sunday evening somebody shouted in the yard.")
    house.wait(minutes=6)
    assert of(house, WARNING) == [(id, 1)]
    assert "somebody shouted in the yard" in told[-1]
    assert "This is a very serious matter" in told[-1]
    assert "You could face criminal proceedings" in told[-1]


def at_home(house: HarbourRow) -> str:
    """The alleged perpetrator's id, checked, with an address to write to."""
    who = checked(house)
    house.staff_write("amber", "People", who, address="77 Sample Street", postcode="ZZ1 9XX")
    return who


@pytest.mark.parametrize("shut", ["consent", "police", "checks", "home"])
def test_nothing_is_drafted_to_an_alleged_perpetrator_while_a_gate_is_shut(
    shut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-028, HC-062, HC-088, HC-093, R-17, R-18: no row, no document; what was drafted before is taken away."""
    offered_to_the_accused(monkeypatch, WARNING)
    told = {"Police know": c.PoliceTold.YES} if shut == "police" else {}
    house = a_case(**(ACCUSED | told))
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    if shut == "checks":
        house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES, lives_with_the_victim=c.YesNo.NO)
    else:
        checked(house)
    if shut == "home":
        house.staff_write("amber", "People", who, lives_with_the_victim=c.YesNo.YES)
    agreed = the_row(house, c.Option.PERPETRATOR)
    if shut == "consent":
        answers(house, agreed, c.Answer.NO)
    met(house)
    met(house, Kind.PERPETRATOR)
    assert of(house, WARNING) == []


def test_a_no_takes_the_draft_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-028, R-13: the row stays and says that nobody needs it."""
    offered_to_the_accused(monkeypatch, WARNING)
    house = a_case(**ACCUSED)
    at_home(house)
    met(house)
    met(house, Kind.PERPETRATOR)
    [(id, files)] = of(house, WARNING)
    assert files == 1
    agreed = the_row(house, c.Option.PERPETRATOR)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", agreed, withdrawn_at=house.now)
    assert of(house, WARNING) == [(id, 0)]
    assert row(house, id)["What is missing"].startswith("Nobody needs it any more")
    assert "Letters" not in needs(house), "there is nothing to put right"


def test_the_victim_is_written_to_in_the_last_two_working_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-100, HC-103, HC-056h: a progress letter, or the outcome where its gates are open; never both."""
    offered(monkeypatch, PROGRESS, OUTCOME)
    house = a_case()
    assert due(house, "victim_written_to") == "Wed 02 Dec 23:59"
    house.go_to("2026-11-29 20:00")
    assert of(house, PROGRESS) == of(house, OUTCOME) == []
    house.go_to("2026-11-30 00:05")
    assert ([n for _, n in of(house, PROGRESS)], of(house, OUTCOME)) == ([1], []), "Monday: two working days are left"
    house.go_to("2026-12-01 10:00")
    outcome_reviewed(house)
    assert len(of(house, PROGRESS)) == len(of(house, OUTCOME)) == 1, "the officer cancels the one that is too much"

    other = a_case()
    outcome_reviewed(other)
    other.go_to("2026-11-30 10:00")
    assert (of(other, PROGRESS), len(of(other, OUTCOME))) == ([], 1)


def test_a_draft_that_another_letter_made_needless_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-103, HC-100: the officer wrote of the delay instead; nobody posts both by mistake."""
    offered(monkeypatch, PROGRESS)
    house = a_case()
    house.go_to("2026-12-01 10:00")
    [(id, files)] = of(house, PROGRESS)
    assert files == 1
    late = posted(house, c.LetterKind.DELAY)
    assert of(house, PROGRESS) == [(id, 0)]
    house.staff_write("amber", "Letters", late, decision=None, sent_at=None)
    assert of(house, PROGRESS) == [(id, 1)], "it had not gone after all"


def test_a_letter_that_wants_an_officers_words_has_its_row_and_says_so_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-103: the step is on the case; the row says which cell is to be filled in, and then there is the draft."""
    offered(monkeypatch, PROGRESS)
    house = a_case()
    who = house.only("People").id
    house.staff_write("amber", "People", who, address=None)
    before = needs(house)
    house.go_to("2026-12-01 10:00")
    [(id, files)] = of(house, PROGRESS)
    assert (files, row(house, id)["What is missing"][:9], needs(house)) == (0, "Missing: ", before)
    house.staff_write("amber", "People", who, address="12 Example Row")
    assert of(house, PROGRESS) == [(id, 1)]


def test_a_letter_that_an_officer_has_in_hand_is_not_made_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-103: a delay letter is an officer's to ask for, and then no progress letter is drafted."""
    offered(monkeypatch, PROGRESS, OUTCOME)
    house = a_case()
    asked(house, c.LetterKind.DELAY)
    house.go_to("2026-12-01 10:00")
    assert of(house, PROGRESS) == []
    outcome = asked(house, OUTCOME)
    outcome_reviewed(house)
    assert [id for id, _ in of(house, OUTCOME)] == [outcome]


def test_a_cancelled_draft_is_made_again_for_other_facts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-100: as the first letter is."""
    offered(monkeypatch, PROGRESS)
    house = a_case()
    house.go_to("2026-12-01 10:00")
    [(id, _)] = of(house, PROGRESS)
    house.staff_write("amber", "Letters", id, decision=c.LetterDecision.CANCELLED)
    house.wait(hours=2)
    assert len(of(house, PROGRESS)) == 1
    house.staff_write("amber", "People", house.only("People").id, address="14 Example Row")
    assert [n for _, n in of(house, PROGRESS)] == [1, 1]
    house.wait(hours=2)
    assert len(of(house, PROGRESS)) == 2


@pytest.mark.parametrize("brought_over", [False, True])
def test_nothing_is_drafted_by_itself_on_a_case_that_was_brought_over(
    brought_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-103, R-08: its letters went long ago. What an officer asks for is made all the same."""
    offered(monkeypatch, PROGRESS)
    house = a_case()
    house.platform.update("Cases", [(house.only("Cases").id, {"Imported": brought_over})])
    house.go_to("2026-12-01 10:00")
    assert len(of(house, PROGRESS)) == (not brought_over)
    if brought_over:
        assert row(house, asked(house, PROGRESS))["State"] == STATE.DRAFT


@pytest.mark.parametrize(("safe", "rows"), [((c.Channel.TELEPHONE,), 0), ((c.Channel.LETTER,), 1)])
def test_no_row_is_begun_for_a_letter_that_is_not_safe_to_write(
    safe: tuple[c.Channel, ...], rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-024, HC-103: the victim asked for no post, so only the step itself says what is owed."""
    offered(monkeypatch, PROGRESS)
    house = a_case(safe_ways_to_contact=safe)
    house.go_to("2026-12-01 10:00")
    assert len(of(house, PROGRESS)) == rows


def test_a_draft_whose_step_is_blocked_again_is_taken_away_until_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-101: a thing agreed since has neither result nor reason, so the outcome letter would leave it out."""
    offered(monkeypatch, OUTCOME)
    house = a_case()
    outcome_reviewed(house)
    house.go_to("2026-12-01 10:00")
    [(id, files)] = of(house, OUTCOME)
    assert files == 1
    legal = the_row(house, c.Option.LEGAL)
    answers(house, legal, c.Answer.YES)
    assert of(house, OUTCOME) == [(id, 0)]
    assert row(house, id)["What is missing"] == "Say on Consents what was done, or why not, for: Take legal action."
    house.staff_write("amber", "Consents", legal, **{"Not done: reason": "Nobody could be named."})
    assert of(house, OUTCOME) == [(id, 1)]


def test_a_letter_to_somebody_of_another_case_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: a link to a wrong person is said; it is not taken for a letter to nobody in particular."""
    offered(monkeypatch, PROGRESS)
    house = a_case()
    mine = house.only("People").id
    house.report(victims_name="Other Sample")
    [stranger] = [r.id for r in house.platform.records("People") if r.id != mine]
    wrong, right = [house.staff_write("amber", "Letters", kind=PROGRESS, to=(who,)) for who in (stranger, mine)]
    assert row(house, wrong)["What is missing"] == "The person whom it is to is not on this case (To)."
    assert row(house, right)["State"] == STATE.DRAFT
