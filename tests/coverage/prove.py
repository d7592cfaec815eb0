"""Prove that the named tests notice: steps, gates, rules and letters are taken away, and lengths made longer.

In: the requirements, with what stands today of those that wait. Out: one line a pair of requirement and home; exit
code 1 where its tests pass without it. Fields, views and prompts are not taken away: without them no home is real.
Never here: a layer that needs a server.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from automations.coverage import Requirement, requirements
from automations.procedure import STEP, Unit
from tests.coverage.page import TESTS, naming_tests
from tests.coverage.without import TAKE_AWAY

CLOCKS = {"CLOCK", "RECUR"}
AT_ONCE = 2
"""Test runs beside each other."""
QUICK = ("tests/unit/", "tests/stories/", "tests/letters/", "tests/partners/")


def pairs() -> Iterator[tuple[Requirement, str, list[str]]]:
    """Each requirement that must be proved, one of its homes, and the quick tests that name it."""
    named = naming_tests()
    for requirement in requirements():
        kinds = {kind.strip() for kind in requirement.kind.split("/")}
        tests = [test for test in named.get(requirement.id, []) if test.startswith(QUICK) and "/test_" in test]
        if requirement.waits and not tests:
            continue
        for home in requirement.homes:
            kind, _, which = home.partition(" ")
            if kind in TAKE_AWAY:
                yield requirement, home, tests
            if kind == "step" and STEP[which].unit is not Unit.STATED and CLOCKS & kinds:
                yield requirement, f"length {which}", tests


def _run(tests: list[str], *, without: str = "") -> int:
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.coverage.without", "--without", without, *tests]
    return subprocess.run(words, cwd=TESTS.parent, capture_output=True, check=False).returncode


def noticed(pair: tuple[Requirement, str, list[str]]) -> bool:
    """Whether at least one of the tests fails without the home (pytest's exit code 1)."""
    _, home, tests = pair
    return bool(tests) and _run(tests, without=home) == 1


def main(words: list[str]) -> int:
    """Prove every pair, or those whose requirement or home is named."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.coverage.prove",
        description="Take each step, gate, rule, letter and referral away, and see a test fail. It takes minutes.",
        epilog="For some of it: python -m tests.coverage.prove HC-052 'letter DIRECTOR'",
    )
    parser.add_argument("which", nargs="*", help="requirements (HC-052) or homes ('letter DIRECTOR')")
    words = parser.parse_args(words).which
    asked = [each for each in pairs() if not words or {each[0].id, each[1]} & set(words)]
    if _run(sorted({test for *_, tests in asked for test in tests})):
        print("The tests do not all pass with everything in its place: mend that first.")
        return 1
    missed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, (found, (requirement, home, tests)) in enumerate(zip(pool.map(noticed, asked), asked, strict=True)):
            missed += not found
            verdict = "fails without it" if found else ("NO TEST NAMES IT" if not tests else "STILL PASSES")
            print(f"{number + 1:3}/{len(asked)}  {requirement.id:8} {home:40} {verdict}", flush=True)
    print(f"{len(asked) - missed} of {len(asked)} noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
