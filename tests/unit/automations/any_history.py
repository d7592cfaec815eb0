"""Any history of a case: rows of every kind that staff may have entered, and a landlord with its runner that has them.

In: nothing. Out: a strategy of rows, and the house in which a case with those rows was looked at.
Never here: a rule.
"""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck
from hypothesis import strategies as st

from schema import choices as c
from tests.house import HarbourRow

QUIET: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
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


def lived(rows: Any, who: int, later: int) -> HarbourRow:
    """A case with those numbered rows, seen now and again after so many hours."""
    house = HarbourRow("2026-11-18 09:00")
    house.report(**{"Alleged perpetrator's name": "Person Placeholder",
                    "Alleged perpetrator lives in": list(c.LivesIn)[who % 4]})  # fmt: skip
    case = house.only("Cases").id
    people = [r.id for r in house.platform.records("People")]
    column = {"Consents": "Victim", "Letters": "To"}
    for n, (table, told) in rows:
        row = {k: house.now + timedelta(hours=v) if type(v) is int and k != "Number" else v for k, v in told.items()}
        row["With"] = row.pop("With ", None)
        linked = {column.get(table, "Person"): (people[(who + n) % 2],)} if table in LINKED else {}
        with house.platform.as_user(("coral" if n % 2 else "amber") + "@harbour-row.example"):
            row = {k: v for k, v in row.items() if v is not None}
            house.platform.create(table, [row | linked | {"Case": (case,)}])
    house.run()
    house.wait(hours=later)
    return house
