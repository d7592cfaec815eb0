"""`casewatch referral return`: a month's counts from the records as they stand, and nothing sent by making them."""

import json
from pathlib import Path

import pytest

from automations.reading import Cases
from schema import choices as c
from tests.house import HarbourRow
from tests.unit.casewatch.referral_desk import ask, everything, plain_letters, sit_down

EAST = "Harbour East"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> HarbourRow:
    """Six reports in October, one in November; it is November."""
    plain_letters(monkeypatch)
    made = HarbourRow("2026-10-20 09:00")
    for number in range(6):
        made.report(victims_name=f"Sample {number}", tell_the_partnership=c.Answer.NO)
    made.now = HarbourRow("2026-11-18 09:00").now
    made.report(victims_name="Sample Seven", tell_the_partnership=c.Answer.NO)
    return sit_down(monkeypatch, made)


def test_a_month_that_is_over_is_counted_in_both_forms_and_the_same_each_time(
    house: HarbourRow, tmp_path: Path
) -> None:
    """HC-052, R-16: for its owner alone; nothing is written to the bases and nothing sent."""
    before, sent = everything(house), dict(house.east.notices)
    one, two, table = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "one.csv"
    answer = ask("return", EAST, "2026-10", "--json", str(one), "--csv", str(table))
    assert answer.exit_code == 0, answer.output
    assert ask("return", EAST.lower(), "2026-10", "--json", str(two)).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    assert [x.stat().st_mode & 0o777 for x in (one, table)] == [0o600, 0o600]
    told = json.loads(one.read_bytes())
    assert (told["message"], told["area"], told["month"], told["incidents"]) == ("monthly_return", EAST, "2026-10", 6)
    assert (everything(house), house.east.notices) == (before, sent)
    screen = ask("return", EAST, "2026-10")
    assert screen.stdout.splitlines() == table.read_text("utf-8").splitlines()
    assert "Sample" not in screen.output
    assert "every number is held back" not in screen.stderr


def test_a_month_of_so_little_says_first_that_all_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-16: before a table of lines that say nothing else."""
    plain_letters(monkeypatch)
    made = HarbourRow("2026-10-20 09:00")
    made.report(victims_name="Sample One", tell_the_partnership=c.Answer.NO)
    made.now = HarbourRow("2026-11-18 09:00").now
    answer = ask("return", EAST, "2026-10") if sit_down(monkeypatch, made) else None
    assert answer
    assert answer.stderr.startswith("So little was reported in 2026-10 that every number is held back")
    assert "held back" not in answer.stdout.splitlines()[0]


@pytest.mark.parametrize(("words", "said"), [
    ((EAST, "2026-11"), "is not over yet"),
    ((EAST, "2026-13"), "is no month"),
    ((EAST, "October"), "is no month"),
    (("Nowhere", "2026-10"), "has no area"),
])  # fmt: skip
def test_what_cannot_be_counted_is_a_usage_error(house: HarbourRow, words: tuple[str, str], said: str) -> None:
    """HC-052: a month is counted once, when it is over: two counts of one month could be taken from each other."""
    answer = ask("return", *words)
    assert answer.exit_code == 2
    assert said in " ".join(answer.stderr.split())


def test_there_is_no_return_where_a_case_could_not_be_read(
    house: HarbourRow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """HC-052: it would leave one out."""
    real = Cases._case

    def broken(self: Cases, sheet: object, *more: object) -> object:
        if sheet.reference == "CW-2026-0002":  # type: ignore[attr-defined]
            raise ValueError("Sample Person")
        return real(self, sheet, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Cases, "_case", broken)
    answer = ask("return", EAST, "2026-10", "--json", str(tmp_path / "one.json"))
    assert answer.exit_code == 1
    assert not list(tmp_path.iterdir())
    assert "Sample" not in answer.output
