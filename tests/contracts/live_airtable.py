"""The platform's contract on Airtable itself. `make test-airtable` runs it; no other run does.

In: two tokens and the name of three bases that are there for this alone, made by `casewatch schema apply --platform
airtable` and finished by its checklist. Out: one test a promise, at five requests a second and some thousand calls.
Never here: what only Airtable's page can do (a renamed option, a form): the wire-rule server stands in for that.
"""

import os
import time
from collections.abc import Mapping
from typing import Any

import pytest

from schema import TABLES
from schema.parts import Link
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_client import Client
from sync.platforms.airtable_ledger import Ledger
from tests.contracts.platform.cells import WhatIsWritten
from tests.contracts.platform.files import Errors, Files
from tests.contracts.platform.finding import Finding, Linking
from tests.contracts.platform.making import Changing, Making
from tests.contracts.platform.watching import Histories

NEEDED = {
    "CASEWATCH_TEST_AIRTABLE_TOKEN": "the runner's token, which may edit the bases and no more",
    "CASEWATCH_TEST_AIRTABLE_STAFF_TOKEN": "another account's, for what staff do meanwhile",
    "CASEWATCH_TEST_AIRTABLE_NAME": "what ends the title of each of the three bases",
}


def told(name: str) -> str:
    """What the environment says; the run fails, and says what is missing, where it says nothing."""
    missing = [f"{each}: {why}" for each, why in NEEDED.items() if not os.environ.get(each)]
    if missing:
        pytest.exit("The live contract needs\n  " + "\n  ".join(missing), returncode=2)
    return os.environ[name]


class LiveDesk:
    """Another account, through the API: the page's own doings are beyond a test."""

    wait = staticmethod(time.sleep)

    def __init__(self, platform: AirtablePlatform, staff: AirtablePlatform) -> None:
        self._runner, self._staff = platform, staff
        self.runner, self.staff = platform.account(), staff.account()

    def write(self, table: str, id: str, cells: Mapping[str, Any]) -> None:
        self._staff.update(table, [(id, cells)])

    def add(self, table: str, cells: Mapping[str, Any]) -> str:
        return self._staff.create(table, [cells])[0]

    def link(self, table: str, id: str, column: str, other: str) -> None:
        assert isinstance(TABLES[table].column(column), Link)
        self.write(table, id, {column: (other,)})

    def delete(self, table: str, id: str) -> None:
        bound = self._staff._bound(table)
        own = self._staff._reader.own_ids(bound, [id])[id]
        self._staff._client.delete(bound.base, bound.id, [own])


@pytest.fixture(scope="module")
def platform() -> AirtablePlatform:
    client = Client(told("CASEWATCH_TEST_AIRTABLE_TOKEN"))
    return AirtablePlatform(client, told("CASEWATCH_TEST_AIRTABLE_NAME"), fresh=0, ledger=Ledger(":memory:"))


@pytest.fixture(scope="module")
def desk(platform: AirtablePlatform) -> LiveDesk:
    client = Client(told("CASEWATCH_TEST_AIRTABLE_STAFF_TOKEN"))
    return LiveDesk(platform, AirtablePlatform(client, told("CASEWATCH_TEST_AIRTABLE_NAME"), fresh=0))


class TestAirtableItself(WhatIsWritten, Making, Finding, Linking, Changing, Files, Errors, Histories):
    """Every promise that another account can bring about over the API; the feeds are begun by `schema apply`."""
