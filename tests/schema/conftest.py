"""Fixtures for provisioning: the run's server with an administrator's token, and bases of our own on it.

In: the server that tests/conftest.py started. Out: targets, and the declared bases made once.
Never here: a server's start (tests/local has that).
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import requests

from schema import BASES
from schema.provisioning import Applied, apply
from sync.platforms.nocodb_schema import NocoSchema
from tests.server import Started

FORM_PASSWORD = "a password for forms"


@dataclass(frozen=True)
class Server:
    """A running NocoDB and a token of its administrator."""

    url: str
    token: str
    session: requests.Session


@pytest.fixture(scope="session")
def nocodb(started: Started) -> Server:
    """The run's server, with an API token of its administrator."""
    session = requests.Session()
    session.trust_env = False
    session.headers["xc-auth"] = started.token
    url = started.running.url
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
