"""Fixtures for a real NocoDB: its address and administrator come from the environment.

In: CASEWATCH_TEST_NOCODB_URL, _EMAIL and _PASSWORD. Out: the server, and bases of our own on it.
Never here: a server's start (tests/local has that).
"""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import requests

from schema import BASES
from schema.provisioning import Applied, apply
from sync.platforms.nocodb_schema import NocoSchema

FORM_PASSWORD = "a password for forms"
NEEDED = ("CASEWATCH_TEST_NOCODB_URL", "CASEWATCH_TEST_NOCODB_EMAIL", "CASEWATCH_TEST_NOCODB_PASSWORD")


@dataclass(frozen=True)
class Server:
    """A running NocoDB and a token of its administrator."""

    url: str
    token: str
    session: requests.Session


@pytest.fixture(scope="session")
def nocodb() -> Server:
    """A real server. Says what is missing where there is none, and fails in CI."""
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no NocoDB to test on: set {', '.join(missing)}")
    url, email, password = (os.environ[name] for name in NEEDED)
    session = requests.Session()
    session.trust_env = False
    signed = session.post(f"{url}/api/v1/auth/user/signin", json={"email": email, "password": password}, timeout=30)
    session.headers["xc-auth"] = signed.json()["token"]
    token = session.post(f"{url}/api/v1/tokens", json={"description": "tests"}, timeout=30).json()["token"]
    return Server(url, token, session)


@pytest.fixture(scope="session")
def new_target(nocodb: Server) -> Iterator[Callable[[str], NocoSchema]]:
    """Makes a target under a name of its own; its bases are removed when the session ends."""
    made: list[NocoSchema] = []

    def make(what: str, password: str = FORM_PASSWORD) -> NocoSchema:
        target = NocoSchema(nocodb.url, nocodb.token, f"{what} {secrets.token_hex(3)}", password)
        made.append(target)
        return target

    yield make
    for target in made:
        for base in target.bases().values():
            nocodb.session.delete(f"{nocodb.url}/api/v2/meta/bases/{base}", timeout=60)


@dataclass(frozen=True)
class Provisioned:
    """The three bases on a real server, as the first apply left them."""

    target: NocoSchema
    first: Applied


@pytest.fixture(scope="session")
def provisioned(new_target: Callable[[str], NocoSchema]) -> Provisioned:
    """The declared bases, made from nothing once a session."""
    target = new_target("Northfield")
    return Provisioned(target, apply(BASES, target, lambda words: None))
