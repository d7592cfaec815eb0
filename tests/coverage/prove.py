"""Prove that the named tests notice: steps, gates, letters and referrals are taken away, and lengths made longer.

In: the requirements whose kind is CLOCK, GATE, LETTER or REFER and that wait for nothing. Out: one line a pair of
requirement and home; exit code 1 where its tests pass without it. Never here: a layer that needs a server.
"""

import subprocess
import sys
from collections.abc import Iterator

from automations.coverage import Requirement, requirements
from automations.procedure import STEP, Unit
from tests.coverage.page import TESTS, tests_by_requirement
from tests.coverage.without import TAKE_AWAY

CLOCKS = {"CLOCK", "RECUR"}
KINDS = CLOCKS | {"GATE", "LETTER", "REFER"}
QUICK = ("tests/unit/", "tests/stories/", "tests/letters/", "tests/partners/")


def pairs() -> Iterator[tuple[Requirement, str, list[str]]]:
    """Each requirement that must be proved, one of its homes, and the quick tests that name it."""
    named = tests_by_requirement()
    for requirement in requirements():
        kinds = {kind.strip() for kind in requirement.kind.split("/")}
        if not KINDS & kinds or requirement.waits:
            continue
        tests = [test for test in named[requirement.id] if test.startswith(QUICK)]
        for home in requirement.homes:
            kind, _, which = home.partition(" ")
            if kind in TAKE_AWAY:
                yield requirement, home, tests
            if kind == "step" and STEP[which].unit is not Unit.STATED and CLOCKS & kinds:
                yield requirement, f"length {which}", tests


def noticed(home: str, tests: list[str]) -> bool:
    """Whether at least one of the tests fails without the home (pytest's exit code 1)."""
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.coverage.without", "--without", home, *tests]
    return subprocess.run(words, cwd=TESTS.parent, capture_output=True, check=False).returncode == 1


def main() -> int:
    asked = list(pairs())
    missed = 0
    for number, (requirement, home, tests) in enumerate(asked, 1):
        found = bool(tests) and noticed(home, tests)
        missed += not found
        verdict = "fails without it" if found else ("NO TEST NAMES IT" if not tests else "STILL PASSES")
        print(f"{number:3}/{len(asked)}  {requirement.id:8} {home:40} {verdict}", flush=True)
    print(f"{len(asked) - missed} of {len(asked)} noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
