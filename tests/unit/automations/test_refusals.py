"""Refusals taken at their widest, and what a row that leaves something blank may open: nothing, or help."""

from dataclasses import replace
from typing import Any

import pytest

from automations.calendar import calendar_for
from automations.consent import Says, all_agree, any_agrees, cdrp_notice, standing
from automations.faults import faults
from automations.model import Case, Partner, Plan
from schema import choices as c
from tests.unit.automations.made_up import case, consent, incident
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, NOW, SECOND, VICTIM, person

ENGLAND = calendar_for(c.Division.ENGLAND_AND_WALES)
DESK = Partner(id="b1", created_at=NINE, name="Quayside Community Safety Partnership", police_body=c.YesNo.NO)
P, CDRP, POLICE, AGENCY = c.Option.PERPETRATOR, c.Option.CDRP, c.Option.POLICE, c.Option.AGENCY
FOUND_LATER = person("p2", c.PersonRole.PERPETRATOR)
BOTH: dict[str, Any] = {"people": (VICTIM, SECOND, ACCUSED), "incidents": (incident(victim_ids=("v1", "v2")),)}


def refusal(option: c.Option | None, **cells: Any) -> Any:
    told = {"id": "c2", "created_at": NINE + HOUR, "given_at": NINE + HOUR, **cells}
    return replace(consent(answer=c.Answer.NO, **told), option=option)


def form(of: Case) -> c.ReferralForm | None:
    return cdrp_notice(of, of.incidents[0], DESK, ENGLAND, NOW).form


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_refusal_that_names_a_person_is_a_refusal_where_nobody_in_particular_is_asked_for(withdrawn: bool) -> None:
    """R-13, HC-052: About filled in on a no to the partnership does not hide the no."""
    yes = consent(CDRP, organisation=DESK.name)
    no = refusal(CDRP, about_id="p1", organisation=DESK.name)
    if withdrawn:
        no = replace(no, answer=c.Answer.YES, withdrawn_at=NINE + HOUR)
    assert form(case(consents=(yes,))) is c.ReferralForm.IDENTIFIED
    assert form(case(consents=(yes, no))) is c.ReferralForm.STATISTICAL


def test_a_refusal_about_one_alleged_perpetrator_is_not_about_another() -> None:
    """R-12, HC-028."""
    on = case(consents=(consent(about_id="p1"), refusal(P, about_id="p2")))
    assert standing(on, P, VICTIM, on.incidents[0], NOW, about=ACCUSED).says is Says.YES
    general = replace(on, consents=(consent(about_id="p1"), refusal(P)))
    assert standing(general, P, VICTIM, general.incidents[0], NOW, about=ACCUSED).says is Says.NO


@pytest.mark.parametrize("organisation", ["Quayside CSP", "the desk", None])
def test_a_no_to_the_partnership_or_the_police_counts_by_whatever_name_they_go(organisation: str | None) -> None:
    """R-13, R-14, HC-052: there is one partnership and one police; another agency is another agency."""
    for option in (CDRP, POLICE):
        rows = (consent(option, organisation=DESK.name), refusal(option, organisation=organisation))
        assert standing(case(consents=rows[:1]), option, VICTIM, incident(), NOW, organisation=DESK.name).says is (
            Says.YES
        )
        assert standing(case(consents=rows), option, VICTIM, incident(), NOW, organisation=DESK.name).says is Says.NO
    other = (consent(AGENCY, organisation=DESK.name), refusal(AGENCY, organisation="Another Body"))
    assert standing(case(consents=other), AGENCY, VICTIM, incident(), NOW, organisation=DESK.name).says is Says.YES


def test_of_two_victims_a_plan_that_names_nobody_turns_nobodys_no_into_a_yes() -> None:
    """HC-107, HC-108, R-13: it is about the only victim there is, or about nobody, and says so."""
    turned = consent(given_at=NINE + 2 * HOUR, last_refused_at=NINE + HOUR)
    theirs = consent(id="c2", victim_id="v2")
    plan = Plan(id="n1", created_at=NINE, agreed_at=NINE + 2 * HOUR)

    def says(**parts: Any) -> Says:
        on = case(**parts)
        return all_agree(on, P, on.incidents[0], NOW, about=ACCUSED).says

    assert says(consents=(turned,), plans=(plan,)) is Says.YES
    assert says(consents=(turned, theirs), plans=(plan,), **BOTH) is Says.NO
    assert says(consents=(turned, theirs), plans=(replace(plan, victim_id="v1"),), **BOTH) is Says.YES
    assert "Action plan n1: say with which victim; until then it does not count." in faults(case(plans=(plan,), **BOTH))
    assert not [x for x in faults(case(plans=(plan,))) if "say with which victim" in x]


def test_of_two_victims_an_answer_reconfirmed_for_nobody_is_reconfirmed_by_none() -> None:
    """HC-107."""
    at = NINE + 2 * HOUR
    two = (incident(victim_ids=("v1", "v2")), incident("i2", 2, at, victim_ids=("v1", "v2")))
    again = Plan(id="n1", created_at=at, reconfirmed_at=at + HOUR)
    on = case(people=BOTH["people"], incidents=two, consents=(consent(), consent(id="c2", victim_id="v2")))

    def says(*plans: Plan) -> Says:
        return all_agree(replace(on, plans=plans), P, two[1], NOW, about=ACCUSED).says

    assert says(again) is Says.NOT_ASKED
    assert says(replace(again, victim_id="v1"), replace(again, id="n2", victim_id="v2")) is Says.YES


def test_a_second_victim_who_is_only_linked_to_the_incident_is_another_victim_too() -> None:
    """R-12: whoever is linked as harmed has answers of their own, whatever stands in Role."""
    linked = replace(SECOND, role=c.PersonRole.OTHER)
    nobodys = consent(victim_id=None)
    alone = case(consents=(nobodys,))
    assert standing(alone, P, VICTIM, alone.incidents[0], NOW, about=ACCUSED).says is Says.YES
    on = case(people=(VICTIM, linked, ACCUSED), incidents=BOTH["incidents"], consents=(nobodys,))
    assert standing(on, P, VICTIM, on.incidents[0], NOW, about=ACCUSED).says is Says.NOT_ASKED


def test_a_yes_that_names_no_alleged_perpetrator_is_not_about_one_found_later() -> None:
    """HC-028, R-12: it is about the one reported, or the only one there is."""
    reported = replace(ACCUSED, key="CW-2026-0007/alleged-perpetrator")
    linked = (incident(perpetrator_ids=("p1", "p2")),)

    def says(about: Any, *people: Any, whom: str | None = None, incidents: Any = linked) -> Says:
        on = case(people=(VICTIM, *people), consents=(consent(about_id=whom),), incidents=incidents)
        return standing(on, P, VICTIM, on.incidents[0], NOW, about=about).says

    assert says(FOUND_LATER, reported, FOUND_LATER) is Says.NOT_ASKED
    assert says(reported, reported, FOUND_LATER) is Says.YES
    assert says(ACCUSED, ACCUSED, FOUND_LATER) is Says.NOT_ASKED
    assert says(ACCUSED, ACCUSED, incidents=(incident(),)) is Says.YES
    assert says(FOUND_LATER, reported, FOUND_LATER, whom="p2") is Says.YES
    assert says(FOUND_LATER, reported, FOUND_LATER, incidents=(incident(perpetrator_ids=()),)) is Says.NOT_ASKED


def test_a_refusal_that_does_not_say_of_what_holds_all_that_is_told_and_no_help() -> None:
    """R-13, R-19, HC-027: until its Option is filled in; the case says so."""
    nothing = refusal(None)
    yes = tuple(consent(o, id=f"c-{o.name}", organisation=DESK.name)
                for o in (CDRP, P, c.Option.SECURITY, c.Option.HOMELESSNESS))  # fmt: skip
    on, held = case(consents=yes), case(consents=(*yes, nothing))

    assert form(on) is c.ReferralForm.IDENTIFIED
    assert form(held) is None
    assert "fill in its Option" in cdrp_notice(held, held.incidents[0], DESK, ENGLAND, NOW).why
    for option, stays in ((P, False), (CDRP, False), (c.Option.SECURITY, True)):
        assert any_agrees(on, option, on.incidents[0], NOW).says is Says.YES
        assert (any_agrees(held, option, held.incidents[0], NOW).says is Says.YES) == stays
    assert any_agrees(held, c.Option.HOMELESSNESS, held.incidents[0], NOW).says is not Says.NO
    assert any(x.startswith("Consents c2: a refusal that does not say of what") for x in faults(held))
    assert not [x for x in faults(on) if "does not say of what" in x]
    put_right = case(consents=(*yes, replace(nothing, option=c.Option.NEIGHBOURS)))
    assert form(put_right) is c.ReferralForm.IDENTIFIED
    another = case(consents=(*yes, replace(nothing, victim_id="v2")), people=BOTH["people"])
    assert form(another) is c.ReferralForm.IDENTIFIED
