"""The project itself: our own packages, locks without addresses, documents that say what is there."""

import re
from pathlib import Path

import pytest

import schema
from automations.procedure import STEP
from casewatch.cli import COMMANDS
from schema import TABLES

ROOT = Path(__file__).parents[2]


def test_schema_is_our_own_package() -> None:
    """A package of that name on the index would take its place."""
    assert Path(schema.__file__).is_relative_to(ROOT)


@pytest.mark.parametrize(("lock", "address"), [
    ("requirements.lock", "://"), ("casewatch/local/package-lock.json", '"resolved": "http'),
])  # fmt: skip
def test_locks_hold_hashes_and_no_registry_address(lock: str, address: str) -> None:
    """Whoever installs decides where from; the hash decides what."""
    text = (ROOT / lock).read_text()

    assert re.search(r"sha256:|sha512-", text)
    assert address not in text


def test_every_file_the_readme_sends_people_to_is_there() -> None:
    """The table of what to change where, and the pictures."""
    readme = (ROOT / "README.md").read_text()
    named = re.findall(r"`((?:automations|schema|sync|letter_templates|casewatch|docs|tests)/[\w./]*)`", readme)
    linked = re.findall(r"\]\((?!http)([^)]+)\)", readme)

    assert len(named) >= 8
    assert [path for path in (*named, *linked) if not (ROOT / path).exists()] == []


def test_every_command_the_readme_shows_exists() -> None:
    """And every step that it names."""
    readme = (ROOT / "README.md").read_text()
    commands = set(re.findall(r"^(?:\.venv/bin/)?casewatch (\w+)", readme, re.MULTILINE))

    assert commands <= set(COMMANDS)
    assert set(re.findall(r"casewatch due (\w+)", readme)) <= set(STEP)
    assert "schema" in commands


def test_decisions_are_numbered_without_a_gap() -> None:
    """So that nothing is missing between two of them."""
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs/decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_view_and_field_that_the_officers_guide_names_is_there() -> None:
    """**Views** and *fields* in the guide are those of the bases: a guide must not send people nowhere."""
    guide = (ROOT / "docs" / "guide-for-officers.md").read_text()
    views = {view.name for table in TABLES.values() for view in table.views}
    columns = {column.name for table in TABLES.values() for column in table.columns}
    rows = [line for line in guide.splitlines() if line.startswith("| ")]

    named = [name for line in rows for name in re.findall(r"\*\*([^*]+)\*\*", line)]
    assert len(named) >= 6
    assert [name for name in named if name not in views] == []
    plain = re.sub(r"^\* |\*\*", "", guide, flags=re.MULTILINE)
    fields = set(re.findall(r"\*([^*]+)\*", plain)) - {"Overdue", "Chase"}
    assert len(fields) >= 8
    assert fields - columns == set()
