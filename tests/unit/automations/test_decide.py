"""Decide: on any case whatever, what it asks for is there after one look, and a second look asks for nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automations.effects import Attach, Deliver, Ring
from automations.faults import CLOCKS_APART
from schema import choices as c
from tests.house import HarbourRow
from tests.unit.automations.any_history import QUIET, ROWS, lived

SETTINGS = settings(max_examples=40, **QUIET)


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", lambda *_, **__: b"%PDF-")


@SETTINGS
@given(ROWS, st.integers(0, 7), st.sampled_from([0, 25, 400]))
def test_what_one_look_asked_for_a_second_look_does_not_ask_again(rows: Any, who: int, later: int) -> None:
    """Level-triggered: the same case at the same moment owes nothing more, with a runner that remembers nothing."""
    house = lived(list(enumerate(rows)), who, later)
    house.run()
    asked: list[Any] = []
    house.restart()
    perform = house.runner._performer.perform

    def watched(effects: Any) -> Any:
        listed = list(effects)
        asked.extend(listed)
        return perform(listed)

    house.runner._performer.perform = watched  # type: ignore[method-assign]
    house.run()
    assert asked == []


@SETTINGS
@given(ROWS, st.integers(0, 7), st.sampled_from([0, 25, 400]), st.integers(0, 6))
def test_first_promises_and_first_lateness_stay_whatever_is_removed_and_put_back(
    rows: Any, who: int, later: int, which: int
) -> None:
    """R-10: the same states as before, and nothing once written is gone."""
    house = lived(list(enumerate(rows)), who, later)
    house.run()
    made = [(t, r) for t in ("Interviews", "Reviews", "Contacts", "Repairs") for r in house.platform.records(t)]
    if not made:
        return
    table, row = made[which % len(made)]
    times = {k: v for k, v in row.fields.items() if k in ("Happened at", "Held at", "At", "Done at", "Note saved at")}
    kept = ("First due", "First late at", "First done at")
    # A time ahead of its entry was a plan; put back later it says that it happened.
    stated = [*times.values(), row.fields.get("Need known at")]
    planned = any(at and at - (row.updated_at or row.created_at) > CLOCKS_APART for at in stated)

    def memory() -> dict[Any, Any]:
        return {r.fields["Key"]: r.fields for r in house.platform.records("Actions")}

    before = memory()
    house.platform.update(table, [(row.id, dict.fromkeys(times))])
    house.run()
    between = memory()
    with house.platform.as_user("coral@harbour-row.example"):
        house.platform.update(table, [(row.id, times)])
    house.run()
    after = memory()
    for key, was in before.items():
        for name in kept:
            if was[name] is not None:
                assert between[key][name] == was[name], (key, name)
                assert after[key][name] == was[name], (key, name)
        told = str(was["Reopened why"] or "")
        assert told in str(between[key]["Reopened why"] or "")
        assert str(between[key]["Reopened why"] or "") in str(after[key]["Reopened why"] or "")
        if table != "Reviews" and not planned:
            assert after[key]["State"] == was["State"], key


def test_effects_that_leave_the_house_are_asked_for_only_until_they_have_left() -> None:
    house = HarbourRow()
    house.report(tell_the_partnership=c.Answer.YES)
    seen: list[Any] = []
    house.runner._performer.perform = lambda effects: seen.extend(effects) or []  # type: ignore[method-assign,func-returns-value]
    house.run()
    assert not [e for e in seen if isinstance(e, (Attach, Ring, Deliver))]
