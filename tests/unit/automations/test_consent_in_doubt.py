"""Consent in doubt: a version of the plan that is too old, what is held back elsewhere, rows that name nobody."""

from datetime import timedelta

import pytest

from automations.consent import Says
from automations.gates import shut
from automations.model import Consent, TenancyCheck
from schema import choices as c
from tests.unit.automations.made_up import case, check, consent, incident, subject
from tests.unit.automations.test_consent import CDRP, POLICE_DESK, plan, says, told
from tests.unit.automations.who_and_when import ACCUSED, NINE, NOW, SECOND, VICTIM

HOUR = timedelta(hours=1)


def test_a_version_of_the_plan_from_before_the_day_of_the_yes_knew_only_the_no() -> None:
    """R-13, HC-108: agreed to while the answer was still no, it says nothing of the yes of two days later."""
    no = consent(answer=c.Answer.NO, id="c0")
    yes = consent(given_at=NINE + 50 * HOUR, created_at=NINE + 50 * HOUR)
    later = NINE + 60 * HOUR
    assert says(no, yes, now=later, plans=(plan(NINE + HOUR),)) is Says.NO
    assert says(no, yes, now=later, plans=(plan(NINE + 49 * HOUR),)) is Says.YES, "of one visit, in either order"
    assert says(no, yes, now=later, plans=(plan(NINE + 51 * HOUR),)) is Says.YES


@pytest.mark.parametrize(
    ("row", "held_back"),
    [
        (consent(CDRP, id="c2", incident_id="i9", withhold="Where I live."), "Where I live."),
        (consent(c.Option.POLICE, id="c3", withhold="My number."), "My number."),
        (consent(c.Option.POLICE, id="c3", victim_id="v2", withhold="My number."), ""),
        (consent(c.Option.SUPPORT, id="c4", withhold="My number."), ""),
    ],
    ids=["in an earlier answer", "from the police", "by somebody else", "from somebody else"],
)
def test_what_a_victim_holds_back_anywhere_is_held_back(row: Consent, held_back: str) -> None:
    """R-12, R-14, HC-052: a yes to another incident, or to the police who read it, lifts nothing."""
    agreed = consent(CDRP, organisation=POLICE_DESK.name), consent(c.Option.POLICE, id="c5")
    [basis] = told(*agreed, row, partner=POLICE_DESK).named
    assert (basis.record, basis.withhold) == ("Consents c1", held_back)


def test_an_answer_that_names_nobody_is_nobodys_once_somebody_is_gone() -> None:
    """R-12, R-13: it may have been theirs. A no still counts."""
    gone = frozenset({c.PersonRole.VICTIM})
    assert says(consent(victim_id=None)) is Says.YES
    assert says(consent(victim_id=None), lost=gone) is Says.NOT_ASKED
    assert says(consent(victim_id=None, answer=c.Answer.NO), lost=gone) is Says.NO
    assert says(consent(about_id="p1"), lost=frozenset({c.PersonRole.PERPETRATOR})) is Says.YES
    assert says(consent(), lost=frozenset({c.PersonRole.PERPETRATOR})) is Says.NOT_ASKED


def test_a_victim_who_is_linked_to_no_incident_is_asked_of_the_police_and_for_flags_too() -> None:
    """R-12, R-17, HC-041, HC-062: before anybody speaks to the alleged perpetrator."""
    agreed = [consent(option, said, id=f"{who}-{option}", victim_id=who) for who in ("v1", "v2")
              for option, said in ((c.Option.PERPETRATOR, c.Answer.YES), (c.Option.POLICE, c.Answer.NO))]  # fmt: skip
    parts = {"people": (VICTIM, SECOND, ACCUSED), "incidents": (incident(police_know=c.PoliceTold.NO),)}

    def contact(*more: Consent, checks: tuple[TenancyCheck, ...] = ()) -> str:
        on = case(consents=(*agreed[: 4 - len(more)], *more), checks=(check(), *checks), **parts)
        return shut(("perpetrator_contact",), on, subject(on), NOW)

    assert contact() == ""
    assert "refer to them before" in contact(consent(c.Option.POLICE, id="c9", victim_id="v2"))
    assert "do not visit alone" in contact(checks=(check(c.Flag.NOT_ALONE, id="t2", person_id="v2"),))
