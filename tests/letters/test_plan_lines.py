"""The action plan in letters: every answer as the victim gave it, and of everything agreed what became of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from letter_cases import HARBOUR_ROW, OFFICER, REPORTED, a_case, a_perpetrator, a_victim
from samples import SAMPLES
from test_to_victims import NOW, REVIEWED, letter, ready, the_words, why

from automations.letters import Draft
from automations.letters.languages import listed
from automations.letters.plan_lines import Answers, answers, results
from automations.letters.to_victims import action_plan, outcome
from automations.letters.writing import Writing
from automations.model import Case, Consent, Interview, Plan
from schema import choices as c

K, Asked = c.LetterKind, c.Option
AT = REPORTED + timedelta(hours=3)


def answer(option: c.Option, said: c.Answer = c.Answer.YES, **cells: Any) -> Consent:
    told = {"id": f"{option.name}-{said.name}", "created_at": AT, "given_at": AT, "given_by": c.GivenBy.VICTIM,
            "victim_id": "victim-1", **cells}  # fmt: skip
    return Consent(option=option, answer=said, **told)


def about(case: Case, **given: Any) -> Writing:
    return Writing(case=case, incident=case.incidents[0], to=case.people[0], officer=OFFICER, landlord=HARBOUR_ROW,
                   now=NOW, **given)  # fmt: skip


def plan(*consents: Consent, **parts: Any) -> Answers:
    return answers(about(a_case(consents=consents, **parts)))


def called(lines: tuple[Any, ...]) -> list[str]:
    return [line.what for line in lines]


def test_every_option_has_its_name_for_the_victim() -> None:
    """HC-026: in words that doubt nobody."""
    told = listed("en", "options.yaml")
    assert set(told) == {option.name for option in c.Option}
    assert len(set(told.values())) == len(told)
    assert not any("alleged" in words.casefold() for words in told.values())


def test_each_answer_stands_under_what_the_victim_said() -> None:
    """HC-023, HC-026."""
    found = plan(
        answer(Asked.POLICE), answer(Asked.NEIGHBOURS, c.Answer.NO), answer(Asked.LEGAL, c.Answer.NOT_ASKED),
        answer(Asked.HOMELESSNESS, c.Answer.NOT_APPLICABLE),
        answer(Asked.SECURITY, withdrawn_at=AT + timedelta(hours=1)),
    )  # fmt: skip
    assert called(found.agreed) == ["Tell the police"]
    assert called(found.refused) == ["Ask neighbours what they saw", "Make your home more secure"]
    assert called(found.undecided) == ["Take legal action"]
    assert called(found.not_for_them) == ["Ask the council to help you as homeless"]


@pytest.mark.parametrize(
    "cells",
    [{"given_by": c.GivenBy.PERPETRATOR}, {"given_by": None}, {"given_at": NOW + timedelta(days=1)}, {"unread": True}],
    ids=["by the other side", "by nobody known", "dated ahead", "unreadable"],
)
def test_a_yes_that_does_not_count_is_still_to_be_asked(cells: dict[str, Any]) -> None:
    """HC-027: nothing is put before the victim as agreed that they did not agree to."""
    found = plan(answer(Asked.POLICE, **cells))
    assert (called(found.agreed), called(found.undecided)) == ([], ["Tell the police"])
    assert called(plan(answer(Asked.POLICE)).agreed) == ["Tell the police"]


def test_a_yes_after_a_no_stands_as_a_yes_on_the_version_that_is_to_be_signed() -> None:
    """HC-108, R-13: it opens nothing before that version is agreed; this letter is that version."""
    found = plan(answer(Asked.POLICE, given_at=AT + timedelta(days=1), last_refused_at=AT))
    assert called(found.agreed) == ["Tell the police"]
    later_no = (answer(Asked.POLICE), answer(Asked.POLICE, c.Answer.NO, given_at=AT + timedelta(days=1)))
    assert (plan(*later_no).agreed, called(plan(*later_no).refused)) == ((), ["Tell the police"])


def test_the_plan_of_one_victim_says_nothing_of_another() -> None:
    """R-12."""
    people = (a_victim(), a_victim(id="victim-2", name="Fictional Other"), a_perpetrator())
    case = a_case(*people, consents=(answer(Asked.POLICE, victim_id="victim-2"), answer(Asked.LEGAL)))
    assert [called(lines) for lines in answers(about(case))] == [["Take legal action"], [], [], []]
    assert called(results(about(case))) == ["Take legal action"]


def test_what_is_covered_and_held_back_stands_beside_the_yes() -> None:
    """HC-026, HC-030."""
    [line] = plan(answer(Asked.SUPPORT, organisation="Listening Ear", scope=" my name ", withhold="My address")).agreed
    assert (line.organisation, line.scope, line.withhold) == ("Listening Ear", "my name", "My address")
    assert "What we do not pass on: Where my sister lives." in the_words(K.ACTION_PLAN)


def test_one_line_under_two_answers_is_no_plan_to_sign() -> None:
    """HC-108: whom an answer is about is not in the letter, so its scope must tell the two apart."""
    two = (a_victim(), a_perpetrator(), a_perpetrator(id="perpetrator-2"))
    yes = answer(Asked.PERPETRATOR, about_id="perpetrator-1")
    no = answer(Asked.PERPETRATOR, c.Answer.NO, about_id="perpetrator-2")
    assert "read alike" in why(letter(K.ACTION_PLAN, a_case(*two, consents=(yes, no))))
    apart = (replace(yes, scope="the first one"), replace(no, scope="the second one"))
    assert isinstance(letter(K.ACTION_PLAN, a_case(*two, consents=apart)), Draft)


def test_what_was_agreed_for_when_it_happens_again_is_the_latest_interviews() -> None:
    """HC-056g."""

    def told(id: str, hours: int, **cells: Any) -> Interview:
        at = AT + timedelta(hours=hours)
        filled = {"with_": c.InterviewKind.VICTIM, "result": c.InterviewResult.HELD, "person_id": "victim-1", **cells}
        return Interview(id=id, created_at=at, happened_at=at, **filled)

    rows = (
        told("1", 1, if_again="Go to number 11."), told("2", 2, if_again="Ring me."), told("3", 3),
        told("4", 4, if_again="Not theirs.", with_=c.InterviewKind.WITNESS),
        told("5", 5, if_again="Not theirs.", person_id="perpetrator-1"),
    )  # fmt: skip
    assert action_plan(about(a_case(interviews=rows))).if_again == "Ring me."
    assert action_plan(about(a_case())).if_again is None


def test_the_plan_to_sign_has_a_place_to_sign_and_what_happens_if_it_happens_again() -> None:
    """HC-023, HC-056j, HC-108."""
    said = the_words(K.ACTION_PLAN)
    for words in ("## You said yes to", "## You said no to", "## Not yet", "| Name | Signature | Date |",
                  "go through this plan with you again", "You go to number 11"):  # fmt: skip
        assert words in said
    assert "said yes" not in the_words(K.ACTION_PLAN, 1)


def test_the_outcome_waits_until_each_thing_agreed_has_its_result_or_its_reason() -> None:
    """HC-101: and a no, or a yes taken back, needs none."""
    agreed = answer(Asked.SECURITY)
    assert "Fit security measures" in why(letter(K.VICTIM_OUTCOME, ready(consents=(agreed,))))
    for told in ({"done": "New locks."}, {"not_done": "No permit."}, {"withdrawn_at": AT + timedelta(hours=1)}):
        assert isinstance(letter(K.VICTIM_OUTCOME, ready(consents=(replace(agreed, **told),))), Draft)
    assert isinstance(letter(K.VICTIM_OUTCOME, ready(consents=(answer(Asked.SECURITY, c.Answer.NO),))), Draft)


def test_the_outcome_lists_each_thing_agreed_once_with_what_became_of_it() -> None:
    """HC-100, HC-101."""
    rows = (
        answer(Asked.SUPPORT, id="1", organisation="Listening Ear", done="They rang you.", scope="my name"),
        answer(Asked.SUPPORT, id="2", organisation=" listening ear", not_done="No place."),
        answer(Asked.POLICE, done="We told them."), answer(Asked.OTHER, scope="a key", done="You have it."),
        answer(Asked.LEGAL, c.Answer.NO),
    )  # fmt: skip
    found = outcome(about(ready(consents=rows))).agreed
    assert called(found) == ["Tell the police", "Ask a support organisation to help you", "Something else"]
    assert [(x.done, x.not_done, x.scope) for x in found] == [
        ("We told them.", None, None), ("They rang you.", "No place.", None), ("You have it.", None, "a key"),
    ]  # fmt: skip


def test_the_outcome_letter_tells_of_each_line_what_was_done_or_why_not() -> None:
    """HC-101."""
    said = the_words(K.VICTIM_OUTCOME)
    for words in (
        "- Tell the police: We told them on 5 November",
        "(Sampletown Listening Ear): We did not do this, and this is why: They have no free place",
        "New locks on 6 November. What we did not do, and why: The light needs a permit.",
        "- Mend or clean inside your home: We have done this.",
        "- Something else, a second key for the bin store: You have had it",
    ):
        assert words in said
    assert len(SAMPLES["victim_outcome"]["of each thing what became of it"].agreed) == 5
    assert "You have not asked us to do any of the things" in the_words(K.VICTIM_OUTCOME, 1)


def test_a_further_incident_asks_afresh() -> None:
    """HC-107: what was agreed before it is still to be heard again, until the plan is reconfirmed."""
    second = replace(a_case().incidents[0], id="incident-2", number=2, stated_at=AT + timedelta(days=2),
                     created_at=AT + timedelta(days=2))  # fmt: skip
    case = a_case(consents=(answer(Asked.POLICE),), reviews=(REVIEWED,))
    case = replace(case, incidents=(*case.incidents, second), has_had_others=True)
    of = replace(about(case), incident=second)
    assert called(answers(of).undecided) == ["Tell the police"]
    again = Plan(id="p1", created_at=NOW, reconfirmed_at=AT + timedelta(days=3), victim_id="victim-1")
    assert called(answers(replace(of, case=replace(case, plans=(again,)))).agreed) == ["Tell the police"]
