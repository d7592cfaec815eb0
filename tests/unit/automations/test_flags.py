"""What a tenancy check of the victim found, and until when it stands open."""

from dataclasses import replace

from automations.contact import perpetrator_contact
from automations.flags import not_talked_over, victims_talked_over
from schema import choices as c
from tests.unit.automations.any_case import OPEN
from tests.unit.automations.made_up import approval, case, check, subject
from tests.unit.automations.who_and_when import HOUR, NINE, NOW, OFFICER, VICTIM

FLAGGED = check(c.Flag.NOT_ALONE, person_id="v1", checked_at=NINE + 2 * HOUR)


def test_a_flag_stands_open_until_a_line_manager_agreed_about_that_person_since() -> None:
    """HC-038, HC-039, HC-040, HC-041: not the officer, not before the check, and for nobody else."""

    def opens(**cells: object) -> bool:
        talked = approval(c.Matter.FLAGS, **{"person_id": "v1", "decided_at": NINE + 3 * HOUR, **cells})
        return not_talked_over(case(checks=(FLAGGED,), approvals=(talked,)), VICTIM) == ""

    assert "do not visit alone" in not_talked_over(case(checks=(FLAGGED,)), VICTIM)
    assert opens()
    assert not opens(author=OFFICER)
    assert not opens(decided_at=NINE + HOUR)
    assert not opens(person_id="p1")
    assert not opens(decision=c.Decision.REFUSED)


def test_nothing_found_or_found_later_holds_nobody_up() -> None:
    """HC-041: a meeting is judged by what was known of that moment."""
    of = case(checks=(FLAGGED,))
    assert victims_talked_over(of, of.incidents[0], NOW)
    assert victims_talked_over(of, of.incidents[0], NINE + HOUR) == ""
    clean = case(checks=(check(c.Flag.NONE, person_id="v1"),))
    assert victims_talked_over(clean, clean.incidents[0], NOW) == ""


def test_a_flag_stands_though_the_time_of_its_check_cannot_be() -> None:
    """HC-089, R-17: another check of the same person that found nothing, in time, does not take its place; with the
    flag talked over since it was entered, contact is open again.
    """
    entered = NINE + 3 * HOUR
    flagged = replace(check(c.Flag.NOT_ALONE), id="t2", created_at=entered, checked_at=None)
    on = replace(OPEN, checks=(check(), flagged))
    before = approval(c.Matter.FLAGS, decided_at=entered - HOUR, created_at=entered - HOUR, person_id="p1")
    since = replace(before, decided_at=entered + HOUR, created_at=entered + HOUR)

    assert "talk it over" in perpetrator_contact(on, subject(on), NOW)
    assert "talk that over too" in perpetrator_contact(replace(on, approvals=(before,)), subject(on), NOW)
    assert perpetrator_contact(replace(on, approvals=(since,)), subject(on), NOW) == ""
    assert perpetrator_contact(replace(on, checks=(check(),)), subject(on), NOW) == ""
