"""Stories: another landlord's tenant, harassment proved, a move. Each decision by its author."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, met

pytestmark = pytest.mark.usefixtures("plain_letters")
LANDLORD = "Another Landlord"
ABROAD = {"Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OTHER_LANDLORD,
          "Refer to the police": c.Answer.NO, "Police know": c.PoliceTold.NO}  # fmt: skip


def consented(house: HarbourRow, option: c.Option, **cells: Any) -> str:
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    told = {"option": option, "answer": c.Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM,
            "victim": (victim,), **cells}  # fmt: skip
    return house.staff_write("amber", "Consents", **told)


def chronology(house: HarbourRow) -> list[str]:
    return [str(r.fields["Development"]) for r in house.platform.records("Developments")]


def test_another_landlord_is_called_asked_in_our_own_time_and_weighed_up() -> None:
    """HC-095, HC-096, HC-118, A-14: their interview within 48 hours of the victim's; then is what they did enough?"""
    house = a_case(**ABROAD)
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, their_landlord=LANDLORD)
    consented(house, c.Option.AGENCY, organisation=LANDLORD)
    met(house)
    assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED
    house.wait(minutes=30)
    call = house.staff_write("amber", "Referrals", purpose=c.Purpose.OTHER_LANDLORD, partner=LANDLORD, person=(who,),
                             made_by_hand_at=house.now)  # fmt: skip
    how = str(house.action("landlord_request")["How worked out"])
    assert "asked to interview by Friday 20 November 2026 09:00: 48 hours after the victim's interview" in how
    assert house.action("landlord_reply_reviewed")["State"] == STATE.WAITING
    house.staff_write("amber", "Letters", kind=c.LetterKind.LANDLORD_REQUEST, to=(who,), sent_at=house.now,
                      decision=c.LetterDecision.POSTED)  # fmt: skip
    assert due(house, "landlord_reply_reviewed") == "Wed 02 Dec 23:59"

    house.go_to("2026-11-30 10:00")
    decided = {"matter": c.Matter.LANDLORD_ACTION, "decision": c.Decision.REFUSED, "decided_at": house.now,
               "reason": "Nothing was done: we act with the partnership.", "person": (who,)}  # fmt: skip
    house.staff_write("amber", "Approvals", **decided)
    house.staff_write("amber", "Referrals", call, outcome="They wrote that they will not act.")
    assert house.action("landlord_reply_reviewed")["State"] == STATE.OPEN, "an officer's word is no manager's"
    house.staff_write("coral", "Approvals", **decided)
    assert house.action("landlord_reply_reviewed")["State"] == STATE.DONE
    assert "Decided: Other landlord's action reviewed, refused" in chronology(house)


def test_a_reply_that_nobody_entered_cannot_have_been_weighed_up() -> None:
    """HC-118."""
    house = a_case(**ABROAD)
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, their_landlord=LANDLORD)
    consented(house, c.Option.AGENCY, organisation=LANDLORD)
    house.staff_write("amber", "Letters", kind=c.LetterKind.LANDLORD_REQUEST, to=(who,), sent_at=house.now,
                      decision=c.LetterDecision.POSTED)  # fmt: skip
    house.staff_write("coral", "Approvals", matter=c.Matter.LANDLORD_ACTION, decision=c.Decision.AGREED,
                      decided_at=house.now, reason="Enough.", person=(who,))  # fmt: skip
    assert house.action("landlord_reply_reviewed")["State"] == STATE.OPEN


def test_harassment_proved_leads_to_legal_action_and_each_step_is_on_the_chronology() -> None:
    """HC-114, HC-115, HC-120, HC-122, A-39."""
    house = a_case()
    house.go_to("2026-11-23 10:00")
    house.staff_write("coral", "Approvals", matter=c.Matter.WARRANTED, decision=c.Decision.AGREED, decided_at=house.now,
                      reason="Admitted at the interview.")  # fmt: skip
    assert house.action("legal_action")["State"] == STATE.WAITING, "the victim has not been asked"
    consented(house, c.Option.LEGAL)
    assert due(house, "legal_action") == "Mon 30 Nov 23:59"
    house.wait(hours=5)
    house.staff_write("amber", "Legal", kind=c.LegalKind.STEP, step_taken="Notice seeking possession",
                      taken_at=house.now)  # fmt: skip
    assert house.action("legal_action")["State"] == STATE.DONE
    told = chronology(house)
    assert told.count("Legal step taken: Notice seeking possession") == 1
    assert told.count("Decided: Harassment proved, agreed") == 1
    assert told.count("Done: Take legal action, or decide not to") == 1
    house.restart()
    house.run()
    assert chronology(house) == told, "each once"


def test_no_consent_is_no_legal_action_and_the_reason_stands_there() -> None:
    """HC-114, HC-031."""
    house = a_case()
    house.staff_write("coral", "Approvals", matter=c.Matter.WARRANTED, decision=c.Decision.AGREED, decided_at=house.now,
                      reason="On the balance of probabilities.")  # fmt: skip
    consented(house, c.Option.LEGAL, answer=c.Answer.NO)
    row = house.action("legal_action")
    assert (row["State"], row["Why"]) == (STATE.NOT_NEEDED, "The victim said no.")


def test_an_officers_approval_is_no_decision_on_the_chronology() -> None:
    """HC-120, R-25."""
    house = a_case()
    cells = {"matter": c.Matter.PLAN, "decision": c.Decision.AGREED, "decided_at": house.now}
    house.staff_write("amber", "Approvals", **cells)
    assert "Decided: Course of action agreed, agreed" not in chronology(house)
    house.staff_write("coral", "Approvals", **cells)
    assert chronology(house).count("Decided: Course of action agreed, agreed") == 1


def test_a_management_transfer_is_the_panels_by_the_audit() -> None:
    """HC-034, HC-071, HC-072, A-40, R-25, R-26: the lettings manager and the director, whatever anybody else types."""
    house = a_case()
    consented(house, c.Option.MANAGEMENT_TRANSFER)
    wanted = house.staff_write("amber", "Rehousing", kind=c.RehousingKind.MANAGEMENT_TRANSFER)
    assert "report" in str(house.action("transfer_panel")["Why"])
    house.go_to("2026-11-19 10:00")
    house.staff_write("amber", "Rehousing", wanted, report_attached_at=house.now)
    assert "attach the officer's report" in house.action("transfer_panel")["Blocked by"]
    house.platform.attach("Rehousing", wanted, "Report", "report.pdf", b"%PDF- a report", "application/pdf")
    house.run()
    assert due(house, "transfer_panel") == "Thu 03 Dec 23:59"
    assert not house.action("transfer_panel")["Blocked by"]

    house.go_to("2026-11-24 10:00")
    cells = {"matter": c.Matter.TRANSFER, "decision": c.Decision.AGREED, "decided_at": house.now,
             "reason": "Their safety cannot be had where they live."}  # fmt: skip
    for who in ("coral", "dahlia"):
        row = house.staff_write(who, "Approvals", **cells)
        assert f"Approvals {row}: Management transfer is decided by" in str(
            house.only("Cases").fields["What needs a person"]
        )
    house.staff_write("juniper", "Approvals", **cells)
    assert house.action("transfer_panel")["State"] == STATE.OPEN
    house.staff_write("fern", "Approvals", **cells)
    assert house.action("transfer_panel")["State"] == STATE.DONE
    assert chronology(house).count("Decided: Management transfer, agreed") == 2
    assert "not a line manager" not in str(house.only("Cases").fields["What needs a person"])
