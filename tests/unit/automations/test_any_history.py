"""Any history of a case: nothing is lost, nothing made better by deleting a row, no order of entry matters."""

from collections import Counter
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from automations.decide import as_it_counts
from automations.duties import duties
from automations.procedure import Scope
from automations.reading import Cases, office
from automations.rules import Rules
from schema import choices as c
from tests.house import HarbourRow
from tests.unit.automations.any_history import QUIET, ROWS, lived

WHO, LATER = st.integers(0, 7), st.sampled_from([0, 25, 400])
PARTNER = {"option": c.Option.CDRP, "organisation": "Quayside Community Safety Partnership"}
EVENTS = st.lists(st.sampled_from(["yes", "no", "withdrawn", "plan", "incident", "incident"]), max_size=7)
STAFF_ROWS = ("Interviews", "Consents", "Reviews", "Approvals", "Repairs", "Contacts", "Letters", "Closures",
              "Action plan", "Tenancy checks", "Incidents")  # fmt: skip
State = c.ActionState


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", lambda *_, **__: b"%PDF-")


def actions(house: HarbourRow) -> dict[str, dict[str, Any]]:
    return {str(r.fields["Key"]): dict(r.fields) for r in house.platform.records("Actions")}


def staff_rows(house: HarbourRow) -> list[tuple[str, str]]:
    return [(table, r.id) for table in STAFF_ROWS for r in house.platform.records(table)]


@settings(max_examples=30, **QUIET)
@given(ROWS, WHO, LATER, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_were_entered_does_not_matter(rows: Any, who: int, later: int, order: Any) -> None:
    """What stands in the bases decides, never what came first in one and the same minute (design 2)."""
    numbered = list(enumerate(rows))
    shuffled = list(numbered)
    order.shuffle(shuffled)

    def told(entered: Any) -> Counter[tuple[Any, ...]]:
        house = lived(entered, who, later)
        return Counter(
            (
                a["Step"],
                a["State"],
                a["Due at"],
                a["First due"],
                a["First late at"],
                a["Done at"],
                bool(a["Blocked by"]),
            )
            for a in actions(house).values()
        )

    assert told(shuffled) == told(numbered)


@settings(max_examples=30, **QUIET)
@given(ROWS, WHO, LATER, st.integers(0, 40), st.sampled_from([0, 50, 900]))
def test_no_step_disappears_and_what_is_not_needed_says_why(
    rows: Any, who: int, later: int, which: int, hours: int
) -> None:
    """R-10: whatever staff delete and however long it takes, every action once made is there with its first promise."""
    house = lived(list(enumerate(rows)), who, later)
    before = actions(house)
    found = staff_rows(house)
    house.platform.delete(*found[which % len(found)])
    house.run()
    house.wait(hours=hours)

    after = actions(house)
    assert before.keys() <= after.keys()
    for key, action in after.items():
        assert action["State"] != State.NOT_NEEDED or action["Why"], key
        assert action["State"] != State.WAITING or action["Why"], key
        if key in before and before[key]["First due"]:
            assert action["First due"] == before[key]["First due"], key


@settings(max_examples=40, **QUIET)
@given(ROWS, WHO, st.sampled_from([25, 400]), st.integers(0, 40))
def test_deleting_a_row_never_makes_late_work_look_done_in_time(rows: Any, who: int, later: int, which: int) -> None:
    """R-10, R-11: late stays late, or is not done at all."""
    house = lived(list(enumerate(rows)), who, later)
    house.run()
    late = [key for key, a in actions(house).items() if a["State"] == State.DONE_LATE]
    found = staff_rows(house)
    house.platform.delete(*found[which % len(found)])
    house.run()
    after = actions(house)
    assert [key for key in late if after[key]["State"] == State.DONE] == []


@settings(max_examples=40, **QUIET)
@given(ROWS, WHO, LATER)
def test_nothing_is_due_before_it_began_to_count_or_before_anybody_had_told_us(rows: Any, who: int, later: int) -> None:
    """A-02, A-04, R-07. Damage may have been known before the report, so repairs are measured by their own time."""
    house = lived(list(enumerate(rows)), who, later)
    rules = Rules(office(house.platform, house.now))
    for case in Cases(house.platform).all(rules.office):
        counted, _ = as_it_counts(case, house.now, rules)
        told = min(i.counts_from for i in counted.incidents)
        for duty in duties(counted, house.now, rules):
            if duty.deadline and duty.began_at:
                assert duty.deadline.at >= duty.began_at, duty.key
                assert duty.deadline.at >= told or duty.step.scope is Scope.REPAIR, duty.key


@settings(max_examples=20, **QUIET)
@given(EVENTS)
@example(["yes", "no", "incident", "yes", "plan"])
@example(["no", "incident", "plan", "withdrawn", "plan", "yes"])
def test_after_a_no_nothing_goes_by_name_until_a_new_version_of_the_plan_is_agreed(events: list[str]) -> None:
    """R-13, HC-062: step by step, and told again in few words: a yes, and since the last no a plan and a yes."""
    house = HarbourRow()
    house.report()
    victim = house.only("People").id
    yes_at = no_at = plan_at = 0
    for hour, event in enumerate(events, 1):
        before = by_name(house)
        house.now += timedelta(hours=1)
        answer: dict[str, Any] = {"victim": (victim,), "given_at": house.now, "given_by": c.GivenBy.VICTIM, **PARTNER}
        if event == "yes":
            house.staff_write("amber", "Consents", answer=c.Answer.YES, **answer)
            yes_at = hour
        elif event == "plan":
            house.staff_write("amber", "Action plan", victim=(victim,), agreed_at=house.now)
            plan_at = hour
        elif event == "incident":
            house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(victim,))
        else:
            said = {"answer": c.Answer.NO} if event == "no" else {"answer": c.Answer.YES, "withdrawn_at": house.now}
            house.staff_write("amber", "Consents", **answer, **said)
            no_at = hour
        allowed = yes_at > no_at and (not no_at or plan_at > no_at)
        assert allowed or by_name(house) == before, events[:hour]
    if events[:3] == ["yes", "no", "incident"] and events[3:] == ["yes", "plan"]:
        assert by_name(house) == 2, "before the no, and after the new plan and the new yes"


def by_name(house: HarbourRow) -> int:
    """How many notices went by name."""
    return sum(b"identified" in body for body in house.east.notices.values())
