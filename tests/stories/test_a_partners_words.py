"""Stories: what a partner answers may hold a name. Of its words no more than a code stands anywhere in the bases."""

import json
from pathlib import Path
from typing import Any

import pytest

from automations.errors import NeedsAPerson, TryAgainLater
from automations.ports import Receipt
from automations.receipts import LONGEST
from casewatch.desks.partner import Instead, PartnerDesk
from schema import TABLES
from schema import choices as c
from sync.partners.https_json import Destination, HttpsJson
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
SAID = "Thank you, we have noted Ada Marker"
FIELDS = ("receipt", "reference", "code", "error", "detail", "message", "reason", "title")


def everything(house: HarbourRow) -> str:
    """Every cell of every row in the bases."""
    return "\n".join(str(value) for t in TABLES for r in house.platform.records(t) for value in r.fields.values())


@pytest.mark.parametrize("status", [200, 202, 302, 400, 401, 404, 409, 418, 422, 429, 500, 503])
@pytest.mark.parametrize("body", [json.dumps(dict.fromkeys(FIELDS, SAID)), f"<p>{SAID}</p>", SAID * 9999])
def test_no_word_of_an_answer_stands_in_the_bases(tmp_path: Path, status: int, body: str) -> None:
    """R-15, HC-052: neither in Answer, Why or the partner's reference, nor in the run log or on the case."""
    house = HarbourRow()
    headers = {"Location": f"https://partner.example.org/{SAID}", "Retry-After": SAID, "X-Reason": SAID}
    instead = Instead(status, headers=headers, body=body.encode())
    with PartnerDesk(tmp_path, "token", answer={1: instead}.get) as desk:
        house.east.deliver = HttpsJson(Destination("quayside", desk.url, "token")).deliver  # type: ignore[method-assign]
        house.report(tell_the_partnership=c.Answer.YES)

    assert "Marker" not in everything(house)
    row = house.only("Referrals").fields
    assert row["Answer"]
    assert len(str(row["Answer"])) <= LONGEST


def test_a_receipt_number_stands_on_the_row(tmp_path: Path) -> None:
    """It is what the officer quotes when they ring the partner."""
    house = HarbourRow()
    with PartnerDesk(tmp_path, "token", answer={1: Instead(200, body=b'{"receipt": "QS-2026/7"}')}.get) as desk:
        house.east.deliver = HttpsJson(Destination("quayside", desk.url, "token")).deliver  # type: ignore[method-assign]
        house.report(tell_the_partnership=c.Answer.YES)

    assert house.only("Referrals").fields["Partner's reference"] == "QS-2026/7"


@pytest.mark.parametrize(
    "answer",
    [
        Receipt(accepted=False, reason="No.\r\n\t<b>\x00" * 500),
        Receipt(accepted=True, reference="No.\r\n\t<b>\x00" * 500),
        TryAgainLater("No.\r\n\t<b>\x00" * 500),
        NeedsAPerson("No.\r\n\t<b>\x00" * 500),
    ],
    ids=["refused", "accepted", "silent", "a wrong door"],
)
def test_whatever_way_a_partner_is_reached_its_answer_is_one_short_line_of_plain_text(answer: Any) -> None:
    house = HarbourRow()

    def deliver(payload: bytes, key: str) -> Receipt:
        if isinstance(answer, Exception):
            raise answer
        return answer

    house.east.deliver = deliver  # type: ignore[method-assign]
    house.report(tell_the_partnership=c.Answer.YES)

    row = house.only("Referrals").fields
    told = [str(row[cell] or "") for cell in ("Answer", "Why", "Partner's reference")]
    assert any(words.startswith("No. <b>") for words in told)
    assert all(len(words) <= LONGEST and words.isprintable() for words in told)


@pytest.mark.parametrize(("number", "kept"), [("sample-1", False), ("QS-1", True)])
def test_a_receipt_with_a_name_of_the_case_in_it_is_not_kept(number: str, kept: bool) -> None:
    """R-15, HC-052: a number of theirs may be a word, and the word a name; taken or refused, the row says so."""
    for receipt, column in (
        (Receipt(True, number), "Partner's reference"), (Receipt(False, reason=f"No. (422, {number})"), "Answer"),
    ):  # fmt: skip
        house = HarbourRow()
        house.east.deliver = lambda *_, says=receipt: says  # type: ignore[method-assign]
        house.report(tell_the_partnership=c.Answer.YES)
        row = house.only("Referrals").fields
        assert row["State"] == (c.ReferralState.SENT if receipt.accepted else c.ReferralState.REJECTED)
        assert (number in str(row[column])) is kept
