"""`casewatch explain`: what an officer, a manager or an ombudsman asks of one case."""

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from automations.errors import TryAgainLater
from casewatch import connect, settings
from casewatch.cli import main
from casewatch.demo.landlord import LANDLORD
from schema import choices as c
from tests.house import HarbourRow

NAMES = ("Sample", "Placeholder", "Amber", "Testwood", "Coral", "Mockford", "Dahlia", "Elder")


@dataclass
class Desk:
    """Somebody at a command line, before the bases of Harbour Row."""

    house: HarbourRow

    def ask(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["explain", *words])

    def json(self, *words: str) -> Any:
        return json.loads(self.ask(*words, "--json").stdout)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A case of 18 November whose interview was late, looked at on the 20th."""
    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", lambda *_, **__: b"%PDF-")
    house = HarbourRow("2026-11-18 09:00")
    house.report(**{"Alleged perpetrator's name": "Person Placeholder", "Graffiti to remove": c.YesNo.YES,
                    "Tell the partnership": c.Answer.YES})  # fmt: skip
    house.wait(hours=30)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now, person=(victim,))  # fmt: skip
    house.staff_write("coral", "Approvals", matter=c.Matter.FLAGS, decision=c.Decision.AGREED, decided_at=house.now,
                      reason="Talked over with Amber.")  # fmt: skip
    house.staff_write("amber", "Approvals", matter=c.Matter.SECURITY, decision=c.Decision.AGREED, decided_at=house.now)
    house.staff_write("dahlia", "Overrides", purpose=c.Purpose.SAFEGUARDING, organisation="The council",
                      lawful_basis="Protecting a child", reason="At risk", decision=c.Decision.AGREED)  # fmt: skip
    house.wait(hours=20)
    monkeypatch.setattr(settings, "load", lambda _: SimpleNamespace())
    monkeypatch.setattr(connect, "platform", lambda _: house.platform)
    monkeypatch.setattr(connect, "landlord", lambda _: LANDLORD)
    monkeypatch.setattr(import_module("casewatch.commands.explain"), "moment", lambda: house.now)
    return Desk(house)


def standing(told: Any, requirement: str) -> str:
    found = [r for clause in told["clauses"] for r in clause["requirements"] if r["id"] == requirement]
    return str(found[0]["stands"])


def test_every_step_is_told_with_its_live_status_and_something_overdue_is_exit_code_1(desk: Desk) -> None:
    """HC-003: the same paragraphs as on the case, with Overdue where it is by now."""
    answer = desk.ask("cw-2026-0001")

    assert answer.exit_code == 1
    assert "Interview the victim (Incident 1, clause 3.4). Done late Thursday 19 November 2026 15:00" in answer.output
    assert "Remove the graffiti (Repair 1, incident 1, clause 4.0). Overdue, due" in answer.output
    assert "Warning: " in answer.output
    assert not [name for name in NAMES if name in answer.output]


def test_it_says_what_is_to_do_and_what_a_person_must_put_right(desk: Desk) -> None:
    """HC-003: no step reads "Due, due", and what counts for nothing is told as on the case, also to a program."""
    before = desk.ask("CW-2026-0001").output
    assert "To do, due" in before
    assert "Due, due" not in before
    assert "To do at once, to be done by" not in before, "its hour has passed: Chase"
    assert "Needs a person: Letters" not in before

    letter = desk.house.only("Letters").id
    desk.house.staff_write("amber", "Letters", letter, decision=c.LetterDecision.POSTED)
    lacks = f"Letters {letter}: say when it went (Sent at); until then it does not count."
    assert f"\n\nNeeds a person: {lacks}" in desk.ask("CW-2026-0001").output
    assert lacks in desk.json("CW-2026-0001")["needs_a_person"]


def test_nothing_overdue_is_exit_code_0(desk: Desk) -> None:
    """The same bases on another day: nothing of a new case is late in its first minute."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()
    desk.house.platform, desk.house.now = house.platform, house.now
    assert desk.ask("CW-2026-0001").exit_code == 0


def test_another_program_reads_the_dates_and_the_reasons(desk: Desk) -> None:
    """HC-003: instants are ISO 8601."""
    told = desk.json("CW-2026-0001")
    step = next(s for s in told["steps"] if s["step"] == "interview_victim")

    assert (step["status"], step["due"]) == ("Done late", "2026-11-19T09:00:00+00:00")
    assert step["evidence"] == "Interviews 1"
    assert step["text"].startswith("Interview the victim")


@pytest.mark.parametrize(("words", "said"), [
    (["CW-2026-0009"], "There is no case 'CW-2026-0009'."),
    (["CW-2026-0001", "-o", "statement.pdf"], "-o FILE.pdf goes with --statement"),
    (["CW-2026-0001", "--statement", "-o", "statement.doc"], "ends in .pdf"),
    (["CW-2026-0001", "--statement", "-o", "no such folder/statement.pdf"], "cannot be written"),
])  # fmt: skip
def test_what_cannot_be_answered_is_one_sentence(desk: Desk, words: list[str], said: str) -> None:
    answer = desk.ask(*words)
    assert answer.exit_code == 2
    assert said in answer.output


def test_a_platform_that_is_down_is_exit_code_3(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise TryAgainLater

    monkeypatch.setattr(desk.house.platform, "records", down)
    answer = desk.ask("CW-2026-0001")
    assert answer.exit_code == 3
    assert "did not answer" in answer.output


def test_the_statement_says_how_each_requirement_stands(desk: Desk) -> None:
    """HC-003, HC-139, HC-140: from met to not applicable, each with its reason, and the counts."""
    told = desk.json("CW-2026-0001", "--statement")

    assert standing(told, "HC-042") == "Met"
    assert standing(told, "HC-053") == "Met late"
    assert standing(told, "HC-060d") == "Open, overdue"
    assert standing(told, "HC-078") == "Open"
    assert standing(told, "HC-111") == "Waiting"
    assert standing(told, "HC-138") == "Not applicable"
    assert standing(told, "HC-097") == "Not called for yet"
    assert told["late_without_a_reason"] >= 2
    assert sum(of["requirements"] for of in told["counts"].values()) == sum(
        len(clause["requirements"]) for clause in told["clauses"]
    )
    assert told["calendars"][0].startswith("england-and-wales to ")
    assert {"table": "Interviews", "rows": 1, "last_written_at": "2026-11-19T15:00:00+00:00"} in told["records"]


def test_a_reason_takes_the_place_of_no_reason_recorded(desk: Desk) -> None:
    """HC-139: on the screen, with what staff entered and without the names in it."""
    assert "Due Thursday 19 November 2026 09:00. No reason recorded." in desk.ask("CW-2026-0001", "--statement").output
    action = next(r for r in desk.house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    desk.house.staff_write("amber", "Actions", action.id, reason_for_lateness="Sample Person was away")

    told = desk.ask("CW-2026-0001", "--statement").output
    assert "Due Thursday 19 November 2026 09:00. Reason: [Victim] was away." in told
    assert not [name for name in NAMES if name in told]


def test_decisions_and_overrides_are_told_by_role_and_whether_they_count(desk: Desk) -> None:
    """HC-120, R-25: an officer's own approval and an override with one person behind it count for nothing."""
    told = desk.json("CW-2026-0001", "--statement")
    by = {d["matter"]: (d["by"], d["reason"]) for d in told["decisions"]}

    assert by["Tenancy flags talked over"] == (
        "Senior housing officer or ASB team leader", "Talked over with [Housing or ASB officer].",
    )  # fmt: skip
    assert by["Security measure"] == ("Housing or ASB officer (may not decide on this case)", "")
    assert told["overrides"][0]["decided"] == "It does not count: a second line manager must confirm it as it stands"
    row = desk.house.only("Overrides").id
    desk.house.staff_write("dahlia", "Overrides", row, second_decision=c.Decision.AGREED)
    told = desk.json("CW-2026-0001", "--statement")
    assert told["overrides"][0]["decided"] == "It does not count: the second decision must be another person's"
    desk.house.staff_write("dahlia", "Overrides", row, second_decision=None)
    desk.house.staff_write("elder", "Overrides", row, second_decision=c.Decision.AGREED)
    told = desk.json("CW-2026-0001", "--statement")
    assert told["overrides"][0]["decided"] == "Two managers agreed"
    assert told["overrides"][0]["by"] == "Regional housing manager and ASB manager"


def test_the_statement_is_written_as_a_pdf(desk: Desk, tmp_path: Path) -> None:
    """By the engine that sets the letters; the screen says where it is."""
    file = tmp_path / "statement.pdf"
    answer = desk.ask("CW-2026-0001", "--statement", "-o", str(file))
    assert file.stat().st_mode & 0o777 == 0o600

    assert answer.exit_code == 1
    assert file.read_bytes().startswith(b"%PDF-")
    assert answer.stdout == ""


def test_help_shows_examples_and_every_exit_code() -> None:
    told = " ".join(CliRunner().invoke(main, ["explain", "--help"]).output.split())
    assert "casewatch explain CW-2026-0007 --statement -o statement.pdf" in told
    assert all(said in told for said in ("Exit code 0:", "1: something is", "2: there is", "3: the", "4: the"))
