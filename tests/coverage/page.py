"""The coverage page: each requirement with its homes and the tests that name it. `make docs` writes it.

In: automations/coverage.py, and the docstrings of the tests. Out: docs/procedure-coverage.md.
Never here: a test counted that does not name the requirement (HC-nnn) literally.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from automations.coverage import requirements

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "procedure-coverage.md"
ID = re.compile(r"HC-\d{3}[a-j]?")

HEAD = """# What fulfils each requirement, and which tests show it

Written by `make docs` from `automations/data/requirements.csv` and the tests' own words. Do not edit it here.

| Requirement | Clause | Kind | It asks | Its home | Tests |
|---|---|---|---|---|---|
"""


@cache
def naming_tests() -> Mapping[str, list[str]]:
    """Every test that names a requirement in its docstring, as "file::test", by requirement."""
    named: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("*.py")):
        for name, words in _tests(ast.parse(path.read_text("utf-8"))):
            for id in dict.fromkeys(ID.findall(words)):
                named[id].append(f"{path.relative_to(TESTS.parent).as_posix()}::{name}")
    return dict(named)


def _tests(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _tests(node, f"{node.name}::")
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield inside + node.name, ast.get_docstring(node) or ""


def page() -> str:
    """The whole page."""
    named = naming_tests()
    lines = []
    for r in requirements():
        tests = [test.removeprefix("tests/").replace("_", r"\_") for test in named.get(r.id, [])]
        lines.append(f"| {r.id} | {r.clause} | {r.kind} | {r.asks} | {'<br>'.join(r.homes)} | {'<br>'.join(tests)} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
