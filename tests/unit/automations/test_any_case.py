"""Whatever the case: nobody is named and no alleged perpetrator approached but on rows that allow it.

The rules are read here a second time, in few and simple words, from the rows as staff entered them.
"""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from automations import model as m
from automations.decide import House, decide
from automations.effects import Deliver, Effect, Write
from automations.model import Case
from automations.procedure import STEP
from automations.rules import Rules
from casewatch.demo.landlord import LANDLORD
from schema import choices as c
from tests.unit.automations.any_case import CASES, DESK, OPEN
from tests.unit.automations.made_up import MANAGER, NINE, NOW, OFFICER, VICTIM

TO_PERPETRATOR = [id for id, step in STEP.items() if "perpetrator_contact" in step.gates]


def asked(on: Case, police: c.YesNo = c.YesNo.NO) -> list[Effect]:
    """What is to be done on that case now, with a partnership that is a police body, is none, or nobody knows."""
    partner = m.Partner(id="o1", created_at=NINE, name=DESK, destination="quayside", police_body=police)
    area = m.Area(id="o2", created_at=NINE, name="Harbour East", partner_id="o1")
    patch = m.Patch(id="o3", created_at=NINE, name="Homes", postcodes="ZZ1", area_id="o2", officer_id="s2",
                    supervisor_id="s1")  # fmt: skip
    office = m.Office(staff=(MANAGER, OFFICER), areas=(area,), patches=(patch,), partners=(partner,), read_at=NOW)
    return decide(on, NOW, Rules(office), House(LANDLORD, "http://127.0.0.1/base"))


def rows(effects: list[Effect], table: str) -> list[Any]:
    return [e.cells for e in effects if isinstance(e, Write) and e.table == table]


def contacts(effects: list[Effect]) -> list[str]:
    """The steps that reach an alleged perpetrator and are to be done now."""
    return [r["Step"] for r in rows(effects, "Actions")
            if r["Step"] in TO_PERPETRATOR and r["State"] == c.ActionState.OPEN]  # fmt: skip


def named(effects: list[Effect]) -> list[Any]:
    return [r for r in rows(effects, "Referrals") if r.get("Form") == c.ReferralForm.IDENTIFIED]


def said_yes(of: Case, option: c.Option, victim: str, **fits: Any) -> bool:
    """Whether some row says yes, from somebody who may, by now and not withdrawn, and none of theirs says no.

    Simpler than the rule: where some row says no, any agreed version of the plan will do.
    """
    alone = sum(p.role is c.PersonRole.VICTIM for p in of.people) == 1
    rows = [x for x in of.consents if x.option is option]
    theirs = [x for x in rows if x.victim_id == victim or (x.victim_id is None and alone)]
    may = (c.GivenBy.VICTIM, c.GivenBy.GUARDIAN, c.GivenBy.ATTORNEY)
    yes = [x for x in theirs if x.answer is c.Answer.YES and not x.withdrawn_at and x.given_by in may
           and (x.given_at or x.created_at) <= NOW and all(getattr(x, k) in v for k, v in fits.items())]  # fmt: skip
    nobodys = [x for x in rows if x.victim_id is None]
    no = [x for x in (*theirs, *nobodys) if x.answer is c.Answer.NO or x.withdrawn_at]
    if option is c.Option.PERPETRATOR:
        no = [x for x in no if x.about_id in (None, "p1")]
    return bool(yes) and (not no or any(p.agreed_at and p.agreed_at <= NOW for p in of.plans))


def managers(of: Case, matter: c.Matter) -> list[m.Approval]:
    return [a for a in of.approvals if a.matter is matter and a.author is MANAGER and a.decision is c.Decision.AGREED]


def police_allow(of: Case, victims: list[str]) -> bool:
    """R-17 in the paper's words. They never ask us to wait; they were heard, or do not know and should not."""
    here = of.incidents[0]
    if here.police_position is c.PolicePosition.WAIT:
        return False
    reasoned = any(a.reason for a in managers(of, c.Matter.POLICE_POSITION))
    heard = here.police_position is c.PolicePosition.NO_OBJECTION or reasoned
    yes = any(said_yes(of, c.Option.POLICE, v) for v in victims)
    return heard or (here.police_know is c.PoliceTold.NO and not yes)


@settings(max_examples=250, deadline=None)
@given(CASES)
def test_no_contact_with_an_alleged_perpetrator_is_asked_for_while_anything_shuts_the_gate(on: Case) -> None:
    """R-17, R-18, HC-084 to HC-089: every action on them that is to be done now has its rows."""
    effects = asked(on)
    [accused] = on.perpetrators
    if contacts(effects):
        victims = [p.id for p in on.people if p.role is c.PersonRole.VICTIM]
        checks = [x for x in on.checks if x.person_id == accused.id and x.checked_at and x.checked_at <= NOW]
        flags = {flag for x in checks for flag in x.found} - {c.Flag.NONE}
        assert all(said_yes(on, c.Option.PERPETRATOR, v, about_id=(None, accused.id)) for v in victims)
        assert checks
        assert not flags or managers(on, c.Matter.FLAGS)
        assert accused.is_tenant is c.YesNo.YES or accused.born_on
        assert not accused.born_on or accused.born_on.year < 2012
        assert police_allow(on, victims)
    drafts = rows(effects, "Letters")
    assert not [d for d in drafts if accused.id in d.get("To", ())], "no letter to them is ever drafted by itself"


@settings(max_examples=250, deadline=None)
@given(CASES, st.sampled_from(list(c.YesNo)))
def test_no_notice_goes_by_name_but_of_a_victim_who_said_yes_to_that_partner(on: Case, police: c.YesNo) -> None:
    """R-12 to R-15: where it is, or may be, a police body they said yes to the police too."""
    effects = asked(on, police)
    for row in named(effects):
        told = [x for x in on.consents if f"Consents {x.id}" in row["Consent"].split(", ")]
        assert told
        for x in told:
            victim = x.victim_id or VICTIM.id
            assert said_yes(on, c.Option.CDRP, victim, organisation=(DESK,))
            assert police is c.YesNo.NO or said_yes(on, c.Option.POLICE, victim)
    if any(isinstance(e, Deliver) for e in effects):
        assert rows(effects, "Referrals"), "nothing is handed over without its row in the outbox"


def test_where_everything_allows_it_contact_is_asked_for_and_the_notice_goes_by_name() -> None:
    effects = asked(OPEN)
    assert contacts(effects) == ["interview_perpetrator"]
    assert [r["State"] for r in named(effects)] == [c.ReferralState.READY]
    assert any(isinstance(e, Deliver) for e in effects)
