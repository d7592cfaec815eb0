"""What a tenancy check of the victim found, and until when it stands open."""

from automations.flags import not_talked_over, victims_talked_over
from schema import choices as c
from tests.unit.automations.made_up import approval, case, check
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
