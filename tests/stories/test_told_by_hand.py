"""Stories: a partner who has a web form or a telephone alone. What may be told lies in Pack for as long as it may, made
of what may go now; nothing is sent, and staff enter what they did.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

import pytest

from automations.errors import NeedsAPerson
from automations.ports import File, Receipt
from schema import choices as c
from sync.partners.form import form
from sync.partners.manual import ByHand, Manual
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, needs
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision
SEND = {"decision": Decision.SEND}


@dataclass
class AForm:
    """A way that only a person can go. Its packs have one length, whatever is in them."""

    packs: list[dict[str, Any]] = field(default_factory=list)
    once: bool = False
    carries_names: bool = True
    full: bool = False
    """It has no box for this message."""

    def deliver(self, payload: bytes, key: str, to: str = "") -> NoReturn:
        raise AssertionError("nothing goes this way")

    def pack(self, payload: bytes, key: str, at: datetime, first: Sequence[str] = ()) -> bytes:
        if self.full:
            raise NeedsAPerson("The form needs the victim's name.")
        self.packs.append(json.loads(payload))
        return f"%PDF {len(self.packs):04}".encode()


def by_hand(**cells: Any) -> tuple[HarbourRow, AForm]:
    """A case with a referral to the police that may go, to a police that has a web form alone."""
    house, _ = ready(**cells)
    return house, put_in(house, AForm())


def put_in(house: HarbourRow, way: Any) -> Any:
    house.ways[POLICE] = way
    house.restart()
    return way


def pack(house: HarbourRow) -> bytes | None:
    """What is in Pack; None where it is empty."""
    id = house.only("Referrals", purpose=c.Purpose.POLICE).id
    files = row(house)["Pack"]
    assert len(files) < 2
    return house.platform.fetch("Referrals", id, "Pack", files[0].name) if files else None


def london_day(house: HarbourRow) -> str:
    return f"{house.now:%Y-%m-%d}"


def consent(house: HarbourRow, **cells: Any) -> None:
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, **cells)


def test_what_may_go_lies_in_pack_until_staff_have_told_them() -> None:
    """HC-063: begun by the step, decided by staff, told by hand, proved; no token, and nothing left."""
    house, way = by_hand()
    assert pack(house) is None, "nobody has decided yet"
    edit(house, **SEND)
    told = row(house)
    assert (told["State"], told["Answer"], told["Sent at"], told["Sent under"]) == (State.READY, None, None, None)
    assert str(told["Why"]).endswith("Do what the file in Pack says; then attach the confirmation in Proof, and enter "
                                     "Made by hand at.")  # fmt: skip
    [name] = [file.name for file in told["Pack"]]
    assert name == f"Pack {str(told['Fingerprint'])[:8]} made {london_day(house)} 09.00.pdf"
    assert "people.name" in str(told["What left"])
    assert house.action("police_referral")["State"] == STATE.ALERT, "a pack is no referral"
    for _ in range(3):
        house.wait(hours=1)
    assert len(way.packs) == 1
    assert row(house) == told
    tokens = [str(r.fields["Key"]) for r in house.platform.records("Send tokens")]
    assert not [key for key in tokens if "police_referral" in key]

    edit(house, made_by_hand_at=house.now)
    assert house.action("police_referral")["State"] == STATE.DONE
    assert pack(house), "what was used stays"


def test_it_is_made_anew_when_what_may_be_told_changes() -> None:
    """R-13, HC-063: the new one takes the place of the old under a name of its own, and History says which one
    somebody may still have on paper.
    """
    house, way = by_hand()
    edit(house, **SEND)
    first, old = pack(house), row(house)
    assert way.packs[0]["incident"]["postcode"] == "ZZ1 4AB"
    house.staff_write("amber", "People", house.only("People", role=c.PersonRole.VICTIM).id, language="Sampleish")
    assert (len(way.packs), pack(house) == first) == (2, False)
    assert f"Pack replaced: destroy the earlier one ({str(old['Fingerprint'])[:8]})" in str(row(house)["History"])
    assert "Pack replaced" not in str(old["History"]), "the first took nothing's place"
    assert [x.name for x in row(house)["Pack"]] != [x.name for x in old["Pack"]]
    assert way.packs[1]["people"][0]["language"] == "Sampleish"
    consent(house, withhold="My telephone number.")
    assert "language" not in way.packs[2]["people"][0]
    assert pack(house) == b"%PDF 0003"
    assert str(row(house)["History"]).count("Pack replaced: destroy the earlier one") == 2


@pytest.mark.parametrize("how", ["withdrawn", "no", "not to be sent", "switched off", "edited", "no purpose"])
def test_the_pack_goes_in_the_pass_that_says_it_may_not_be_told(how: str) -> None:
    """R-13, HC-108: nobody works from an agreement that was taken back."""
    house, _ = by_hand()
    edit(house, **SEND)
    assert pack(house)
    match how:
        case "withdrawn":
            consent(house, withdrawn_at=house.now)
        case "no":
            consent(house, answer=c.Answer.NO)
        case "not to be sent":
            edit(house, decision=Decision.DO_NOT)
        case "switched off":
            house.staff_write("hazel", "Partners", house.only("Partners", partner=POLICE).id, switched_off=True)
        case "edited":
            house.wait(hours=1)
            edit(house, words_for_the_partner="Please come by day.")
        case "no purpose":
            id = house.only("Referrals", purpose=c.Purpose.POLICE).id
            house.staff_write("amber", "Referrals", id, purpose=None)
            assert house.platform.get("Referrals", [id])[0].fields["Pack"] == ()
            return
    assert pack(house) is None
    assert (row(house)["Fingerprint"], row(house)["What left"]) == (None, None)
    assert "Pack" not in str(row(house)["Why"])
    assert row(house)["State"] == {"withdrawn": State.STOPPED, "no": State.STOPPED, "not to be sent": State.NOT_SENT,
                                   "switched off": State.NOT_READY, "edited": State.READY}[how]  # fmt: skip


def test_withdrawn_while_the_pack_was_made_it_is_not_put_there() -> None:
    """R-13: read again once it is made."""
    house, way = by_hand()
    make = way.pack

    def withdraws(payload: bytes, key: str, at: datetime, first: Sequence[str] = ()) -> bytes:
        id = house.only("Consents", option=c.Option.POLICE).id
        with house.platform.as_user("amber@harbour-row.example"):
            house.platform.update("Consents", [(id, {"Withdrawn at": house.now})])
        return make(payload, key, at)

    way.pack = withdraws
    edit(house, **SEND)
    assert (pack(house), row(house)["State"]) == (None, State.STOPPED)
    history = house.platform.history("Referrals", house.only("Referrals", purpose=c.Purpose.POLICE).id)
    assert "Pack" not in {change.field for change in history}


def test_a_no_after_it_was_told_by_hand_asks_somebody_to_ring_them() -> None:
    """R-13: the pack says what they know; no recall goes this way."""
    house, _ = by_hand()
    edit(house, **SEND)
    house.wait(hours=1)
    edit(house, made_by_hand_at=house.now)
    house.wait(hours=1)
    consent(house, withdrawn_at=house.now)
    assert pack(house)
    assert f"The victim said no after {POLICE} was told by hand" in needs(house)
    assert "ring them and ask them to stop and delete" in needs(house)


def test_what_no_pack_can_be_made_of_is_said_on_the_row() -> None:
    """HC-063: once; put right, the pack is there in the same pass."""
    house, way = by_hand()
    way.full = True
    edit(house, **SEND)
    told = row(house)
    assert (told["State"], told["Answer"], pack(house)) == (State.FAILED, "The form needs the victim's name.", None)
    before = house.only("Referrals", purpose=c.Purpose.POLICE)
    house.wait(hours=1)
    assert house.only("Referrals", purpose=c.Purpose.POLICE) == before, "said once, it is not written again"
    way.full = False
    house.run()
    assert (row(house)["State"], row(house)["Answer"]) == (State.READY, None)
    assert pack(house)
    way.full = True
    house.staff_write("amber", "People", house.only("People", role=c.PersonRole.VICTIM).id, language="Sampleish")
    assert (row(house)["State"], pack(house)) == (State.FAILED, None), "an old pack is no pack"


def test_a_partner_that_gets_a_desk_after_all_is_sent_it_and_the_pack_goes() -> None:
    """HC-063: and back again: what a desk has is not told by hand once more."""
    house, desk = ready()
    way = put_in(house, AForm())
    edit(house, **SEND)
    assert pack(house)
    put_in(house, desk)
    take, seen = desk.deliver, []

    def looks(payload: bytes, key: str, to: str = "") -> Receipt:
        seen.append(pack(house))
        return take(payload, key, to)

    desk.deliver = looks  # type: ignore[method-assign]
    house.run()
    assert (row(house)["State"], pack(house), len(desk.notices), seen) == (State.SENT, None, 1, [None])
    assert "Pack" not in str(row(house)["Why"])
    put_in(house, way)
    house.platform.delete("Referrals", house.only("Referrals", purpose=c.Purpose.POLICE).id)
    house.run()
    edit(house, **SEND)
    assert (row(house)["State"], pack(house), len(way.packs)) == (State.SENT, None, 1)


def test_what_may_have_arrived_another_way_is_not_told_by_hand() -> None:
    """R-13: a person asks them first."""
    house, desk = ready()
    desk.silent = True
    edit(house, **SEND)
    put_in(house, AForm())
    house.wait(hours=1)
    assert (row(house)["State"], pack(house)) == (State.UNKNOWN, None)


def test_the_partnerships_notice_can_be_told_by_hand_too() -> None:
    """HC-052, R-14: in either form, without anybody's decision; a yes later makes another pack."""
    house = HarbourRow()
    way = house.ways["quayside"] = AForm()  # type: ignore[assignment]
    house.restart()
    house.report(tell_the_partnership=c.Answer.NO)
    notice = house.only("Referrals")
    assert (notice.fields["State"], notice.fields["Form"]) == (State.READY, c.ReferralForm.STATISTICAL)
    assert [each["form"] for each in way.packs] == ["statistical"]
    house.now = house.now.replace(hour=11)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    id = house.only("Consents", option=c.Option.CDRP).id
    house.staff_write("amber", "Consents", id, answer=c.Answer.YES, given_at=house.now, given_by=c.GivenBy.VICTIM)
    assert [each["form"] for each in way.packs] == ["statistical", "identified"]
    house.staff_write("amber", "Referrals", notice.id, made_by_hand_at=house.now)
    assert house.action("notify_cdrp")["State"] == STATE.DONE


def test_the_real_pack_is_a_pdf_of_what_may_go() -> None:
    """HC-063: a form that needs a name is filled in with it; the file is a tagged PDF."""
    papers: list[Any] = []

    def paper(of: Any) -> bytes:
        papers.append(of)
        return b"%PDF-1.7 a sample"

    house, _ = ready()
    put_in(house, Manual(ByHand(POLICE, POLICE, "https://police.example", form("police_uk_form")), paper))
    edit(house, **SEND)
    [file] = row(house)["Pack"]
    assert isinstance(file, File)
    assert (file.mimetype, pack(house)) == ("application/pdf", b"%PDF-1.7 a sample")
    mark = str(row(house)["Fingerprint"])[:8]
    assert (papers[-1].mark, papers[-1].called) == (mark, f"Pack {mark}, made 18/11/2026 at 09:00")
    assert file.name.startswith(f"Pack {mark} made ")
    assert ("Sample Person",) in [box.lines for box in papers[-1].boxes]
