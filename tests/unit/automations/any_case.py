"""Any case whatever: made-up cases with rows of every kind, many of them such that contact or a name is allowed.

In: nothing. Out: strategies of cases for the tests of what may never happen.
Never here: a rule.
"""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from automations.model import Consent, Plan, Referral
from schema import choices as c
from tests.unit.automations.made_up import approval, case, check, consent, incident, interview
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, SECOND, VICTIM

DESK, OTHER_DESK = "Quayside Community Safety Partnership", "Another Partnership"


def mostly(usual: Any, *others: Any) -> Any:
    """The usual value most of the time: with a dozen such choices the gates are then open on many cases."""
    return st.sampled_from((*[usual] * 4 * len(others), *others))


TIME = mostly(NINE, NINE - 20 * HOUR, NINE + 2 * HOUR, NINE + 5 * HOUR, NOW + 30 * HOUR)
ANSWERS = st.builds(
    lambda option, answer, at, by, to, victim, withdrawn, about: Consent(
        id="", created_at=NINE, option=option, answer=answer, given_at=at, given_by=by, organisation=to,
        victim_id=victim, withdrawn_at=withdrawn, about_id=about),
    st.sampled_from([c.Option.CDRP, c.Option.PERPETRATOR, c.Option.POLICE, None]),
    mostly(c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED), TIME,
    mostly(c.GivenBy.VICTIM, c.GivenBy.PERPETRATOR, c.GivenBy.GUARDIAN, None), mostly(DESK, OTHER_DESK, None),
    mostly("v1", "v2", None), mostly(None, NINE + HOUR), mostly(None, "p1", "p2"),
)  # fmt: skip
PLANS = st.builds(lambda at, victim: Plan(id="", created_at=NINE, agreed_at=at, victim_id=victim),
                  st.sampled_from([None, NINE + HOUR, NOW]), mostly("v1", "v2", None))  # fmt: skip
CHECKS = st.builds(lambda who, at, found: replace(check(found), person_id=who, checked_at=at),
                   mostly("p1", "p2", None), TIME, mostly(c.Flag.NONE, c.Flag.NOT_ALONE))  # fmt: skip
POLICE_ROWS = st.builds(lambda purpose, hand, state: Referral(id="", created_at=NINE, purpose=purpose, by_hand_at=hand,
                                                              state=state, incident_id="i1"),
                        mostly(c.Purpose.POLICE, c.Purpose.SUPPORT), mostly(NINE + HOUR, None, NOW + HOUR),
                        st.just(None))  # fmt: skip
DECISIONS = st.builds(lambda matter, said, who, why: replace(approval(matter), decision=said, author=who, reason=why,
                                                             person_id="p1", incident_id="i1"),
                      st.sampled_from([c.Matter.FLAGS, c.Matter.POLICE_POSITION, c.Matter.OFF_OFFICE]),
                      mostly(c.Decision.AGREED, c.Decision.REFUSED), mostly(MANAGER, OFFICER, None),
                      mostly("Talked over.", None))  # fmt: skip
PEOPLE = st.builds(lambda tenant, born, two: (replace(VICTIM, postcode="ZZ1 4AB"), *((SECOND,) if two else ()),
                                              replace(ACCUSED, is_tenant=tenant, born_on=born)),
                   mostly(c.YesNo.YES, c.YesNo.NO, c.YesNo.NOT_KNOWN),
                   mostly(None, NINE.date().replace(year=2016), NINE.date().replace(year=1990)),
                   mostly(False, True))  # fmt: skip
MEETINGS = st.builds(lambda kind, result, place: interview(kind, result, at_our_office=place),
                     st.sampled_from([c.InterviewKind.VICTIM, c.InterviewKind.PERPETRATOR]),
                     mostly(c.InterviewResult.HELD, c.InterviewResult.MISSED, c.InterviewResult.BOOKED),
                     mostly(c.YesNo.YES, c.YesNo.NO, c.YesNo.NOT_KNOWN))  # fmt: skip
USUAL = (consent(), consent(c.Option.POLICE, c.Answer.NO), consent(c.Option.CDRP, organisation=DESK))
TO_POLICE = (USUAL[0], consent(c.Option.POLICE), USUAL[2])
WITHDRAWN = tuple(replace(x, withdrawn_at=NINE + HOUR) if x.answer is c.Answer.YES else x for x in USUAL)


def sometimes(rows: Any, *always: Any) -> Any:
    """What is always there, and now and then one or two odd rows beside it."""
    return mostly(0, 1, 2).flatmap(lambda odd: st.tuples(*map(st.just, always), *[rows] * odd))


def numbered(rows: Any) -> tuple[Any, ...]:
    return tuple(replace(row, id=str(n)) for n, row in enumerate(rows, 1))


CASES = st.builds(
    lambda people, know, position, yes, answers, plans, checks, told, decided, met: case(
        people=people, consents=numbered([*yes, *answers]), plans=numbered(plans), checks=numbered(checks),
        referrals=numbered(told), approvals=numbered(decided), interviews=numbered(met),
        incidents=(incident(police_know=know, police_position=position,
                            victim_ids=tuple(p.id for p in people if p.role is c.PersonRole.VICTIM)),)),
    PEOPLE, mostly(c.PoliceTold.NO, c.PoliceTold.YES, c.PoliceTold.NOT_KNOWN),
    st.sampled_from([c.PolicePosition.NOT_KNOWN, c.PolicePosition.WAIT, *c.PolicePosition]),
    st.sampled_from([USUAL, USUAL, USUAL, USUAL[1:], TO_POLICE, WITHDRAWN]),
    sometimes(ANSWERS), sometimes(PLANS), st.one_of(sometimes(CHECKS, check()), sometimes(CHECKS)),
    sometimes(POLICE_ROWS), sometimes(DECISIONS), sometimes(MEETINGS, interview()),
)  # fmt: skip
OPEN = case(people=(replace(VICTIM, postcode="ZZ1 4AB"), ACCUSED), checks=(check(),), consents=numbered(USUAL),
            incidents=(incident(police_know=c.PoliceTold.NO),), interviews=(interview(),))  # fmt: skip
"""A case on which everything allows contact, and the partnership may be told by name."""
