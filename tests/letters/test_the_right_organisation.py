"""A letter to the police, to our solicitor or with a question goes to whoever may have it, and to nobody else."""

from dataclasses import replace
from typing import Any

import pytest
from letter_cases import a_victim
from letter_cases_agencies import (
    LISTED,
    NOW,
    SECOND,
    a_review,
    a_row,
    a_yes,
    an_incident_of_both,
    an_override,
    of,
    the_case,
)

from automations.letters import Draft, Held, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AgencyFacts
from automations.letters.writing import Writing
from schema import choices as c

Kind, Option = c.LetterKind, c.Option
POLICE = replace(LISTED, our_solicitor=False)
SOLICITOR = replace(LISTED, police_body=c.YesNo.NO)
OF_ITS_KIND = [
    (Kind.POLICE_REFERRAL, Option.POLICE, POLICE, SOLICITOR),
    (Kind.POLICE_INFORMATION, Option.POLICE, POLICE, replace(LISTED, police_body=c.YesNo.NOT_KNOWN)),
    (Kind.SOLICITOR, Option.LEGAL, SOLICITOR, POLICE),
]
"""A letter, the option, a partner of the office of the right kind, and one of another."""
IDS = [kind.name for kind, *_ in OF_ITS_KIND]


def writing(option: c.Option, *partners: Any, row: Any = None, **answer: Any) -> Writing:
    """That letter on a case where the victim agreed and legal action was talked over."""
    case = replace(the_case(a_yes(option, **answer)), legal_considered=c.YesNo.YES, reviews=(a_review(),))
    return of(case, row, partners=partners)


def named(on: Writing, kind: c.LetterKind) -> list[str]:
    facts = CATALOGUE[kind].gather(on)
    assert isinstance(facts, AgencyFacts)
    return [person.name for person in facts.people]


@pytest.mark.parametrize(("kind", "option", "right", "wrong"), OF_ITS_KIND, ids=IDS)
def test_a_yes_to_the_police_or_to_legal_action_is_no_yes_to_whoever_is_written_to(
    kind: c.LetterKind, option: c.Option, right: Any, wrong: Any
) -> None:
    """HC-048, HC-055, HC-062, HC-063, R-14, R-26: the agreement names it, or the office lists it; unknown is shut."""
    assert isinstance(draft(writing(option, right), kind), Draft)
    team = a_row(addressed_to="sample  ADVICE, Example team")
    assert isinstance(draft(writing(option, right, row=team), kind), Draft)
    assert isinstance(draft(writing(option, organisation="Sample Advice"), kind), Draft)
    for partners in ((), (wrong,), (replace(right, is_off=True),), (replace(right, name="Another Advice"),)):
        shut = writing(option, *partners)
        made = draft(shut, kind)
        assert isinstance(made, Held)
        assert made.why.startswith("Addressed to must be whom the agreement names")
        assert named(shut, kind) == []
    assert isinstance(draft(writing(option, organisation="Another Advice"), kind), Held)


@pytest.mark.parametrize(("kind", "option", "right", "wrong"), OF_ITS_KIND, ids=IDS)
def test_whoever_is_listed_is_told_nothing_after_a_no(
    kind: c.LetterKind, option: c.Option, right: Any, wrong: Any
) -> None:
    """R-12, R-13: a no that names nobody, or this organisation, is a no."""
    for said in (None, "Sample Advice"):
        assert named(writing(option, right, organisation=said), kind) == ["Sample Person"]
        assert named(writing(option, right, organisation=said, answer=c.Answer.NO), kind) == []
        assert named(writing(option, right, organisation=said, withdrawn_at=NOW), kind) == []


def test_two_managers_may_name_the_police_body_themselves() -> None:
    """A-16, HC-055: the override names whom it is to; another reader is not opened by it."""
    decided = (an_override(c.Purpose.POLICE, "Sample Advice"),)
    case = replace(the_case(), overrides=decided)
    assert isinstance(draft(of(case, partners=()), Kind.POLICE_REFERRAL), Draft)
    elsewhere = a_row(addressed_to="Another Advice")
    assert isinstance(draft(of(case, elsewhere, partners=()), Kind.POLICE_REFERRAL), Held)


@pytest.mark.parametrize(("agreed", "may_go"), [("Sample Advice", True), (None, False), ("Another Advice", False)])
def test_a_question_goes_to_the_organisation_that_the_agreement_names(agreed: str | None, may_go: bool) -> None:
    """HC-033, HC-051: a partner of the office's is not who the victim said may be asked."""
    made = draft(writing(Option.INFORMATION, LISTED, organisation=agreed), Kind.INFORMATION)
    assert isinstance(made, Draft if may_go else Held)


SAFE = (c.Channel.TELEPHONE, c.Channel.EMAIL)
WAYS = {"telephone": "01632 960123", "email": "both@example.org"}
TYPED_OTHERWISE = {"telephone": "+44 (0)1632-960 123", "email": " Both@Example.org "}


@pytest.mark.parametrize("answer", [c.Answer.NO, c.Answer.NOT_ASKED, c.Answer.YES])
def test_a_telephone_or_mailbox_that_somebody_who_did_not_agree_shares_is_not_told(answer: c.Answer) -> None:
    """R-12, R-15: whoever answers it may be the one who said no. Both agreed: it is told."""
    mine = a_yes(Option.SUPPORT, organisation="Sample Advice")
    theirs = replace(mine, id="consent-2", victim_id="victim-2", answer=answer)
    me = a_victim(safe_ways=SAFE, **WAYS)
    for ways, is_told in ((TYPED_OTHERWISE, answer is c.Answer.YES), ({"telephone": "01632 960222"}, True)):
        people = (me, replace(SECOND, safe_ways=SAFE, **ways))
        on = of(the_case(mine, theirs, people=people, incident=an_incident_of_both()))
        facts = CATALOGUE[Kind.SUPPORT_REFERRAL].gather(on)
        assert isinstance(facts, AgencyFacts)
        told = facts.people[0]
        assert (told.telephone, told.email) == (tuple(WAYS.values()) if is_told else (None, None))
        said = replace(on, row=a_row(words="Ring 01632 960 123 on a Friday, or write to both@example.org."))
        assert isinstance(draft(said, Kind.SUPPORT_REFERRAL), Draft if is_told else Held)


@pytest.mark.parametrize(
    "words", ["Ring +44 1632 960222.", "Ring ٠١٦٣٢ ٩٦٠٢٢٢.", "Call at 3 Faraway Road.", "Ring +441632960123"]
)
def test_a_number_dialled_otherwise_or_a_line_of_an_address_is_somebodys(words: str) -> None:
    """R-12, R-15: of somebody who did not agree it holds the letter; the reader's own, or an office's, does not."""
    me = a_victim(safe_ways=SAFE, **WAYS)
    yes = a_yes(Option.SUPPORT, organisation="Sample Advice")
    on = of(the_case(yes, people=(me, SECOND), incident=an_incident_of_both()))
    made = draft(replace(on, row=a_row(words=words)), Kind.SUPPORT_REFERRAL)
    assert isinstance(made, Draft if "960123" in words else Held)
