"""Decide: on any case whatever, what it asks for is there after one look, and a second look asks for nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automations.effects import Attach, Deliver, Ring
from schema import choices as c
from tests.house import HarbourRow

HOURS = st.sampled_from([None, -900, -30, -3, 0, 2, 26, 300])


def cells(**columns: Any) -> Any:
    """Any of these columns, each with any of its values."""
    return st.fixed_dictionaries({}, optional={k.replace("_", " ").capitalize(): v for k, v in columns.items()})


def one_of(options: Any) -> Any:
    return st.sampled_from(list(options))


ROWS = st.lists(
    st.one_of(
        st.tuples(st.just("Interviews"), cells(with_=one_of(c.InterviewKind), result=one_of(c.InterviewResult),
            booked_for=HOURS, happened_at=HOURS, ended_at=HOURS, moved_to=HOURS, note_saved_at=HOURS)),
        st.tuples(st.just("Consents"), cells(option=one_of([c.Option.PERPETRATOR, c.Option.POLICE, c.Option.CDRP,
            c.Option.SUPPORT, c.Option.AGENCY, c.Option.SECURITY, c.Option.OTHER]),
            answer=one_of(c.Answer), given_at=HOURS, withdrawn_at=HOURS,
            given_by=one_of(c.GivenBy),
            organisation=one_of(["Quayside Community Safety Partnership", "Another Landlord"]))),
        st.tuples(st.just("Reviews"), cells(kind=one_of(c.ReviewKind), held_at=HOURS, findings=st.just("In hand."),
            covers_the_outcome=st.booleans())),
        st.tuples(st.just("Approvals"), cells(matter=one_of(c.Matter), decision=one_of(c.Decision), decided_at=HOURS)),
        st.tuples(st.just("Repairs"), cells(kind=one_of(c.RepairKind), where=one_of(c.Where), need_known_at=HOURS,
            done_at=HOURS)),
        st.tuples(st.just("Contacts"), cells(at=HOURS, how=one_of(c.Channel), result=one_of(c.ContactResult),
            agencies_deliver=one_of(c.YesNo), agency_chased_at=HOURS)),
        st.tuples(st.just("Letters"), cells(kind=one_of(c.LetterKind), decision=one_of(c.LetterDecision),
            sent_at=HOURS, revised_target=HOURS)),
        st.tuples(st.just("Referrals"), cells(purpose=one_of(c.Purpose), made_by_hand_at=HOURS)),
        st.tuples(st.just("Closures"), cells(marker=one_of(c.Marker), sought_at=HOURS, closed_at=HOURS,
            exception=st.just("Moved away."), victim_agrees=one_of(c.Answer), exception_kind=one_of(c.ExceptionKind),
            how_we_know=st.tuples(one_of(c.Source)))),
        st.tuples(st.just("Action plan"), cells(version=one_of(["1", "2", "two"]), agreed_at=HOURS, signed_at=HOURS,
            reconfirmed_at=HOURS)),
        st.tuples(st.just("Tenancy checks"), cells(checked_at=HOURS, found=st.tuples(one_of(c.Flag)))),
        st.tuples(st.just("Incidents"), cells(first_reported_at=HOURS, children_at_risk=one_of(c.YesNo),
            safe_at_home=one_of(c.YesNo), police_know=one_of(c.PoliceTold), number=st.integers(0, 2))),
    ),
    max_size=7,
)  # fmt: skip
LINKED = {"Interviews", "Consents", "Contacts", "Letters", "Approvals", "Tenancy checks", "Referrals"}
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", lambda *_, **__: b"%PDF-")


def lived(rows: Any, who: int, later: int) -> HarbourRow:
    """A case with those rows, seen now and again after so many hours."""
    house = HarbourRow("2026-11-18 09:00")
    house.report(**{"Alleged perpetrator's name": "Person Placeholder",
                    "Alleged perpetrator lives in": list(c.LivesIn)[who % 4]})  # fmt: skip
    case = house.only("Cases").id
    people = [r.id for r in house.platform.records("People")]
    column = {"Consents": "Victim", "Letters": "To"}
    for n, (table, told) in enumerate(rows):
        row = {k: house.now + timedelta(hours=v) if type(v) is int and k != "Number" else v for k, v in told.items()}
        row["With"] = row.pop("With ", None)
        linked = {column.get(table, "Person"): (people[(who + n) % 2],)} if table in LINKED else {}
        with house.platform.as_user(("coral" if n % 2 else "amber") + "@harbour-row.example"):
            row = {k: v for k, v in row.items() if v is not None}
            house.platform.create(table, [row | linked | {"Case": (case,)}])
    house.run()
    house.wait(hours=later)
    return house


@SETTINGS
@given(ROWS, st.integers(0, 7), st.sampled_from([0, 25, 400]))
def test_what_one_look_asked_for_a_second_look_does_not_ask_again(rows: Any, who: int, later: int) -> None:
    """Level-triggered: the same case at the same moment owes nothing more, with a runner that remembers nothing."""
    house = lived(rows, who, later)
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
    house = lived(rows, who, later)
    house.run()
    made = [(t, r) for t in ("Interviews", "Reviews", "Contacts", "Repairs") for r in house.platform.records(t)]
    if not made:
        return
    table, row = made[which % len(made)]
    times = {k: v for k, v in row.fields.items() if k in ("Happened at", "Held at", "At", "Done at", "Note saved at")}
    kept = ("First due", "First late at", "First done at")

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
        if table != "Reviews":
            assert after[key]["State"] == was["State"], key


def test_effects_that_leave_the_house_are_asked_for_only_until_they_have_left() -> None:
    house = HarbourRow()
    house.report(tell_the_partnership=c.Answer.YES)
    seen: list[Any] = []
    house.runner._performer.perform = lambda effects: seen.extend(effects) or []  # type: ignore[method-assign,func-returns-value]
    house.run()
    assert not [e for e in seen if isinstance(e, (Attach, Ring, Deliver))]
