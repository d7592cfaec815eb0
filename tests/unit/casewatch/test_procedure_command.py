"""`casewatch procedure`: what a housing manager reads beside the paper."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from automations.clauses import ELSEWHERE, clauses, counted_from
from automations.organisation.starts import STARTS as OF_THE_ORGANISATION
from automations.procedure import STEP, STEPS, Step
from automations.starts import STARTS
from casewatch.cli import main


def told(*words: str) -> str:
    answer = CliRunner().invoke(main, ["procedure", *words])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_there_is_one_line_a_step_in_the_order_of_the_procedure() -> None:
    """HC-053 and all the others: the clause first, then the step's own name."""
    lines = told().splitlines()
    assert [line.split()[:2] for line in lines] == [[step.clause, step.id] for step in STEPS]


def test_a_line_says_target_length_start_gates_evidence_and_letter() -> None:
    """HC-093: a step that has everything, and one that has no gate and no letter."""
    lines = {line.split()[1]: re.sub(r"  +", "  ", line) for line in told().splitlines()}
    assert lines["warning_letter"] == (
        "9.0  warning_letter  Procedure  48 hours  Send the warning letter | from: The end of an alleged "
        "perpetrator's interview, while the victim agrees to what follows from it | "
        "gates: perpetrator_contact, perpetrator_letter | evidence: warning_sent | letter: Warning letter"
    )
    assert lines["interview_witnesses"].startswith("8.0  interview_witnesses  Procedure  5 working days")
    assert "gates" not in lines["log_case"]
    assert "letter" not in lines["log_case"]
    assert "The end of the same working day" in lines["landlord_request"]
    assert "The date given" in lines["revised_target"]


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.id)
def test_every_start_can_be_read_without_knowing_our_readings(step: Step) -> None:
    """A sentence, and no id of a requirement or a reading in it."""
    words = counted_from(step)
    assert re.fullmatch(r"[A-Z].*\.", words)
    assert not re.search(r"\b(HC|R|A|C)-\d", words)


def test_no_start_is_told_twice() -> None:
    assert set(ELSEWHERE) == {s.start for s in STEPS} - set(STARTS) - set(OF_THE_ORGANISATION)


def test_json_holds_the_same_and_what_there_is_no_room_for_on_a_line() -> None:
    """R-03: another program must know a House target from one in the paper."""
    table = json.loads(told("--json"))
    assert [row["id"] for row in table] == list(STEP) == [line.id for line in clauses()]
    row = next(row for row in table if row["id"] == "interview_victim")
    assert (row["clause"], row["length"], row["unit"], row["target"]) == ("3.4", 24, "hours", "Procedure")
    assert row["counted_from"].startswith("The first report")
    assert row["requirements"] == ["HC-036", "HC-053", "HC-056a"]
    assert {"title", "gates", "evidence", "letter", "owner", "scope", "exceptions", "repeats"} <= set(row)


def test_help_shows_examples_and_is_quick() -> None:
    """The list of commands imports none of them."""
    assert "casewatch procedure --json" in told("--help")
    code = (
        "import sys, casewatch.cli as c; c.main(['--help'], standalone_mode=False); print('automations' in sys.modules)"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "procedure" in asked.stdout
    assert asked.stdout.endswith("False\n")
