"""Somebody at a command line before the bases of Harbour Row, with its partners as desks in memory.

In: a story's house. Out: what `casewatch referral` answers there.
Never here: a test, a real partner.
"""

import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casewatch import connect, settings
from casewatch.cli import main
from casewatch.commands import explain
from schema import TABLES
from tests.house import HarbourRow


def ask(*words: str, answer: str = "") -> Result:
    """What the command says; `answer` is what somebody types."""
    return CliRunner().invoke(main, ["referral", *words], input=answer)


def told(*words: str) -> dict[str, Any]:
    """The same as JSON, where all is well."""
    answer = ask(*words, "--json")
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def sit_down(monkeypatch: pytest.MonkeyPatch, house: HarbourRow) -> HarbourRow:
    """The command line looks at that house from now on."""
    kinds = {name: SimpleNamespace(kind="https_json") for name in house.outlet.transports}
    monkeypatch.setattr(settings, "load", lambda _: SimpleNamespace(destinations=kinds))
    monkeypatch.setattr(connect, "platform", lambda _: house.platform)
    monkeypatch.setattr(connect, "outlet", lambda _, __: house.outlet)
    monkeypatch.setattr(connect, "must_be_safe", lambda _: None)
    monkeypatch.setattr(explain, "moment", lambda: house.now)
    return house


def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are a few bytes: no test here looks at one."""
    draft = import_module("automations.letters.draft")
    monkeypatch.setattr(draft, "render_pdf", lambda *_, **__: b"%PDF- a sample")
    monkeypatch.setattr(draft, "render_word", lambda *_, **__: b"PK a sample")


def everything(house: HarbourRow) -> dict[str, Any]:
    """Every row of every table, to see that nothing was written."""
    return {table: house.platform.records(table) for table in TABLES}
