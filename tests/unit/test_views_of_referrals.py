"""The views of Referrals: whatever needs a person stands in one, also where a Decision does not count."""

from schema import choices as c
from schema.tables.referrals import REFERRALS

S = c.ReferralState
NEEDS_NOBODY = {S.SENDING, S.SENT, S.STATISTICS_SENT, S.ACKNOWLEDGED, S.RECALLED, S.CORRECTED, S.NOT_SENT, S.BY_HAND}


def test_every_state_that_waits_for_somebody_is_in_one_view() -> None:
    """HC-052, R-13: and what is over, or under way, is in none."""
    shown = [f.value for view in REFERRALS.views for f in view.filters if f.field == "State" and f.test == "is"]
    assert sorted(shown) == sorted(set(S) - NEEDS_NOBODY)


def test_what_does_not_go_shows_whether_it_was_decided_on() -> None:
    """HC-063, R-25: beside why."""
    view = next(view for view in REFERRALS.views if view.name == "Waiting, held or stopped")
    assert view.show[:4] == ("Referral", "State", "Why", "Decision")


def test_a_decision_that_does_not_count_stays_to_be_seen() -> None:
    """R-25: Ready although Decision is set; Why says what is wrong with it. The notice needs no Decision."""
    view = next(view for view in REFERRALS.views if view.name == "To decide: send or not")
    assert {(f.field, f.test, f.value) for f in view.filters} == {
        ("State", "is", S.READY), ("Purpose", "is not", c.Purpose.CDRP_NOTICE),
    }  # fmt: skip
    assert view.show[:4] == ("Referral", "Case", "Why", "Decision")
