"""Stories: the runner dies after something has left and before the row says so. The next pass says it."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow


class Died(BaseException):
    """The process is gone: nothing in it can catch this."""


def dies_at(house: HarbourRow, monkeypatch: pytest.MonkeyPatch, table: str, cell: str, value: object) -> None:
    """The process dies when it comes to write that."""
    write = house.platform.update

    def update(name: str, rows: Any) -> None:
        if name == table and any(cells.get(cell) == value for _, cells in rows):
            monkeypatch.undo()
            raise Died
        write(name, rows)

    monkeypatch.setattr(house.platform, "update", update)


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [
        ("Referrals", "State", c.ReferralState.STATISTICS_SENT),
        ("Alerts", "State", c.AlertState.SENT),
        ("Send tokens", "Outcome", "Sent"),
        ("Referrals", "State", c.ReferralState.SENDING),
        ("Letters", "State", c.LetterState.DRAFT),
        ("Reports", "Case reference", "CW-2026-0001"),
    ],
)
def test_whatever_is_cut_off_is_said_after_the_next_passes(
    monkeypatch: pytest.MonkeyPatch, table: str, cell: str, value: object
) -> None:
    """The alert, the notice and the letter end as in a pass that nothing cut off, and the partner counts one."""
    house = HarbourRow()
    dies_at(house, monkeypatch, table, cell, value)
    with pytest.raises(Died):
        house.report(tell_the_partnership=c.Answer.NO)
    house.restart()
    house.wait(seconds=1)
    house.wait(minutes=3)

    assert house.only("Alerts").fields["State"] == c.AlertState.SENT
    assert house.only("Referrals").fields["State"] == c.ReferralState.STATISTICS_SENT
    assert house.only("Letters").fields["State"] == c.LetterState.DRAFT
    assert len(house.east.notices) == 1
    assert {to for to, _, _ in house.mail.sent} == {"amber@harbour-row.example", "elder@harbour-row.example"}
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
