"""Consent: a yes must fit exactly, a no is taken widely, and nobody's silence is an answer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.calendar import LONDON, calendar_for
from automations.consent import Says, all_agree, any_agrees, cdrp_notice, standing
from automations.model import Case, Consent, Disclosure, Partner, Plan
from schema import choices as c
from tests.unit.automations.made_up import case, consent, incident
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, NOW, SECOND, VICTIM

DESK = Partner(id="b1", created_at=NINE, name="Quayside Partnership", police_body=c.YesNo.NO)
POLICE_DESK = replace(DESK, name="Kirkinlea Police Desk", police_body=c.YesNo.YES)
ENGLAND = calendar_for(c.Division.ENGLAND_AND_WALES)
P, CDRP = c.Option.PERPETRATOR, c.Option.CDRP


def says(*rows: Consent, option: c.Option = P, now: datetime = NOW, number: int = 1, organisation: str | None = None,
         **parts: Any) -> Says:  # fmt: skip
    on = case(consents=rows, **parts)
    return standing(on, option, VICTIM, on.incidents[number - 1], now, organisation=organisation, about=ACCUSED).says


def plan(at: datetime, **cells: Any) -> Plan:
    return Plan(id="n1", created_at=at, version="2", agreed_at=at, **cells)


def told(*rows: Consent, now: datetime = NOW, partner: Partner = DESK, **parts: Any) -> Disclosure:
    on = case(consents=rows, **parts)
    return cdrp_notice(on, on.incidents[0], partner, ENGLAND, now)


def test_nobody_asked_is_not_asked() -> None:
    assert says() is Says.NOT_ASKED
    assert says(consent(answer=c.Answer.NOT_ASKED)) is Says.NOT_ASKED
    assert says(consent(answer=c.Answer.NOT_APPLICABLE)) is Says.NOT_ASKED
    assert says(consent()) is Says.YES


@pytest.mark.parametrize(
    ("given_by", "counts"),
    [(c.GivenBy.VICTIM, True), (c.GivenBy.GUARDIAN, True), (c.GivenBy.ATTORNEY, True),
     (c.GivenBy.PERPETRATOR, False), (None, False)],
)  # fmt: skip
def test_only_who_may_agree_can_agree_and_anybody_can_refuse(given_by: c.GivenBy | None, counts: bool) -> None:
    """R-12, R-13, R-21: an alleged perpetrator never answers for a child; a third party's yes does not count."""
    assert (says(consent(given_by=given_by)) is Says.YES) == counts
    assert says(consent(given_by=given_by, answer=c.Answer.NO)) is Says.NO


def test_a_yes_dated_in_the_future_is_no_yes_yet_and_a_no_acts_whatever_its_date() -> None:
    """R-07, R-13."""
    ahead = NOW + HOUR
    assert says(consent(given_at=ahead)) is Says.NOT_ASKED
    assert says(consent(given_at=ahead), now=ahead) is Says.YES
    assert says(consent(), consent(id="c2", answer=c.Answer.NO, given_at=ahead)) is Says.NO
    assert says(consent(withdrawn_at=ahead)) is Says.NO


def test_a_no_that_is_dated_back_acts_from_when_it_was_entered() -> None:
    """R-13: entered after the yes, whatever day it names."""
    for option in (P, c.Option.SECURITY):
        older = consent(option, c.Answer.NO, id="c2", given_at=NINE - 5 * HOUR, updated_at=NINE + HOUR)
        assert says(consent(option), older, option=option) is Says.NO
    earlier = consent(c.Option.SECURITY, c.Answer.NO, id="c2", given_at=NINE - 5 * HOUR, last_refused_at=NINE - HOUR)
    assert says(consent(c.Option.SECURITY), earlier, option=c.Option.SECURITY) is Says.YES


def test_no_or_withdrawn_stands_until_a_later_version_of_the_plan_is_agreed() -> None:
    """R-13, HC-108: only no to yes on a significant option waits."""
    refused = consent(given_at=NINE + 2 * HOUR, last_refused_at=NINE + HOUR)
    assert says(refused) is Says.NO
    assert says(refused, plans=(plan(NINE),)) is Says.NO
    assert says(refused, plans=(plan(NINE + HOUR + HOUR),)) is Says.YES
    assert says(refused, plans=(plan(NINE + 2 * HOUR, victim_id="v2"),)) is Says.NO, "another victim's plan"
    assert says(refused, plans=(plan(NOW + HOUR),)) is Says.NO, "a plan agreed in the future"
    security = replace(refused, option=c.Option.SECURITY)
    assert says(security, option=c.Option.SECURITY) is Says.YES


def test_a_yes_is_for_the_organisation_it_names_and_a_no_that_names_none_is_for_all() -> None:
    """R-12, R-14."""
    yes = consent(CDRP, organisation=" quayside  PARTNERSHIP ")
    assert says(yes, option=CDRP, organisation=DESK.name) is Says.YES
    assert says(yes, option=CDRP, organisation="Another Body") is Says.NOT_ASKED
    assert says(consent(CDRP), option=CDRP, organisation=DESK.name) is Says.NOT_ASKED
    general = consent(CDRP, c.Answer.NO, id="c2", given_at=NINE + HOUR)
    assert says(yes, general, option=CDRP, organisation=DESK.name) is Says.NO
    agency = replace(yes, option=c.Option.AGENCY)
    elsewhere = replace(general, option=c.Option.AGENCY, organisation="Another Body")
    assert says(agency, elsewhere, option=c.Option.AGENCY, organisation=DESK.name) is Says.YES
    assert says(agency, elsewhere, option=c.Option.AGENCY, organisation="Another Body") is Says.NO


def test_a_further_incident_needs_the_answer_again() -> None:
    """HC-107: an earlier yes is not used for what happened since, until it is reconfirmed."""
    later = NINE + 3 * HOUR
    two = (incident(), incident("i2", 2, later))
    assert says(consent(), incidents=two, number=1) is Says.YES
    assert says(consent(), incidents=two, number=2) is Says.NOT_ASKED
    assert says(consent(given_at=later), incidents=two, number=2) is Says.YES
    again = Plan(id="n1", created_at=later, reconfirmed_at=later)
    assert says(consent(), incidents=two, number=2, plans=(again,)) is Says.YES
    assert says(consent(), incidents=two, number=2, plans=(replace(again, reconfirmed_at=NINE),)) is Says.NOT_ASKED
    assert says(consent(), incidents=two, number=2, plans=(replace(again, victim_id="v2"),)) is Says.NOT_ASKED
    assert says(consent(incident_id="i2"), incidents=two, number=1) is Says.NOT_ASKED
    assert says(consent(), consent(id="c2", answer=c.Answer.NO), incidents=two, number=2) is Says.NO


def test_a_yes_about_one_alleged_perpetrator_is_not_about_another() -> None:
    assert says(consent(about_id="p1")) is Says.YES
    assert says(consent(about_id="p2")) is Says.NOT_ASKED


def test_two_victims_who_disagree() -> None:
    """R-12: contact needs both; help needs one."""
    both = {"people": (VICTIM, SECOND, ACCUSED), "incidents": (incident(victim_ids=("v1", "v2")),)}
    yes, no = consent(), consent(id="c2", victim_id="v2", answer=c.Answer.NO)
    split, agreed = case(consents=(yes, no), **both), case(consents=(yes, replace(no, answer=c.Answer.YES)), **both)
    half = case(consents=(yes,), **both)

    assert all_agree(split, P, split.incidents[0], NOW, about=ACCUSED).says is Says.NO
    assert all_agree(half, P, half.incidents[0], NOW, about=ACCUSED).says is Says.NOT_ASKED
    assert all_agree(agreed, P, agreed.incidents[0], NOW, about=ACCUSED).says is Says.YES
    assert any_agrees(split, P, split.incidents[0], NOW).says is Says.YES
    nobody = case(consents=(replace(yes, victim_id=None),), **both)
    assert all_agree(nobody, P, nobody.incidents[0], NOW, about=ACCUSED).says is Says.NOT_ASKED
    refused = case(consents=(yes, replace(no, victim_id=None)), **both)
    assert all_agree(refused, P, refused.incidents[0], NOW, about=ACCUSED).says is Says.NO


def test_the_refusers_data_stay_out_of_the_notice() -> None:
    """R-12, R-15."""
    both = {"people": (VICTIM, SECOND), "incidents": (incident(victim_ids=("v1", "v2")),)}
    yes = consent(CDRP, organisation=DESK.name, withhold="Not the telephone number.")
    no = consent(CDRP, c.Answer.NO, id="c2", victim_id="v2")
    says = told(yes, no, **both)
    assert says.form is c.ReferralForm.IDENTIFIED
    assert [(b.person_id, b.record, b.withhold, b.organisation) for b in says.named] == [
        ("v1", "Consents c1", "Not the telephone number.", DESK.name)
    ]
    assert told(no, replace(no, id="c3", victim_id="v1"), **both).named == ()


def test_where_the_police_collect_the_name_needs_the_police_too() -> None:
    """R-14."""
    yes = consent(CDRP, organisation=POLICE_DESK.name)
    police = consent(c.Option.POLICE, id="c2")
    assert told(yes, partner=POLICE_DESK).form is None
    assert told(yes, police, partner=POLICE_DESK).form is c.ReferralForm.IDENTIFIED
    assert told(yes, replace(police, answer=c.Answer.NO), partner=POLICE_DESK).form is c.ReferralForm.STATISTICAL


def test_not_asked_waits_until_working_day_ten() -> None:
    """R-14: reported on Wednesday 18 November, decided again on Wednesday 2 December."""
    before, ten = (datetime(2026, 12, d, h, tzinfo=LONDON) for d, h in ((1, 23), (2, 0)))
    assert told(now=before).form is None
    assert told(now=ten).form is c.ReferralForm.STATISTICAL
    assert told(consent(CDRP, c.Answer.NO), now=NOW).form is c.ReferralForm.STATISTICAL


def test_an_anonymous_report_is_counted_at_once() -> None:
    """R-21."""
    assert told(people=(replace(VICTIM, name=None),)).form is c.ReferralForm.STATISTICAL
    named = consent(CDRP, organisation=DESK.name)
    assert told(named, people=(replace(VICTIM, name=None),)).named == ()
    assert told(named).form is c.ReferralForm.IDENTIFIED


answers = st.builds(
    consent, st.sampled_from([P, CDRP, c.Option.POLICE]), st.sampled_from(list(c.Answer)),
    id=st.sampled_from(["c1", "c2", "c3"]),
    given_at=st.sampled_from([None, NINE, NINE + HOUR, NOW, NOW + HOUR]),
    given_by=st.sampled_from([None, *c.GivenBy]), withdrawn_at=st.sampled_from([None, NINE, NOW + HOUR]),
    organisation=st.sampled_from([None, DESK.name, "Another Body"]), incident_id=st.sampled_from([None, "i1", "i2"]),
    victim_id=st.sampled_from([None, "v1", "v2"]), last_refused_at=st.sampled_from([None, NINE + HOUR]),
)  # fmt: skip


@given(st.lists(answers, max_size=4), st.sampled_from([P, CDRP, c.Option.POLICE]), st.sampled_from([None, DESK.name]))
def test_a_yes_rests_on_a_row_that_says_yes_given_by_who_may_and_not_withdrawn(
    rows: list[Consent], option: c.Option, organisation: str | None
) -> None:
    on = case(consents=tuple(rows), incidents=(incident(), incident("i2", 2)))
    result = standing(on, option, VICTIM, on.incidents[0], NOW, organisation=organisation)
    if result.says is Says.YES:
        row = result.consent
        assert row is not None
        assert (row.option, row.answer, row.withdrawn_at) == (option, c.Answer.YES, None)
        assert row.given_by in (c.GivenBy.VICTIM, c.GivenBy.GUARDIAN, c.GivenBy.ATTORNEY)
        assert (row.given_at or row.created_at) <= NOW
        assert row.victim_id in (None, "v1")
        assert organisation is None or row.organisation == organisation
        assert row.incident_id in (None, "i1")


@given(st.lists(answers, max_size=3), st.sampled_from([P, CDRP, c.Option.POLICE]))
def test_a_new_no_always_ends_a_yes(rows: list[Consent], option: c.Option) -> None:
    """R-13: acts the moment it is entered, however given."""
    no = consent(option, c.Answer.NO, id="c9", given_at=None, created_at=NOW, given_by=None)
    on: Case = case(consents=(*rows, no))
    assert standing(on, option, VICTIM, on.incidents[0], NOW).says is Says.NO


def test_a_no_to_the_police_is_the_reason_where_the_partnership_is_theirs() -> None:
    """HC-052, R-14: the victim who agreed to the partnership is not written down as having said no to it."""
    no = consent(c.Option.POLICE, c.Answer.NO, id="c2")
    theirs = told(consent(CDRP, organisation=POLICE_DESK.name), no, partner=POLICE_DESK)
    ours = told(consent(CDRP, c.Answer.NO, organisation=DESK.name), no)

    assert theirs.form is ours.form is c.ReferralForm.STATISTICAL
    assert theirs.why == (
        "The victim did not agree to the police, to whom this partnership's reports go or may go: statistics only."
    )
    assert ours.why == "The victim did not agree: statistics only."


def test_what_the_victim_was_not_asked_is_named() -> None:
    """HC-027, R-11: an officer sees which row of Consents waits for an answer."""
    on = case()
    for option in (P, c.Option.NEIGHBOURS):
        why = standing(on, option, VICTIM, on.incidents[0], NOW).why
        assert why == f"The victim has not been asked yet (Consents: {option})."
