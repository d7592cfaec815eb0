"""The runner refuses a server or an account that is not safe to work with, and works once it is put right.

In: a right too many, an open door. Out: exit 4 and one sentence, before anything is read or written.
Never here: a server of another kind (tests/local/test_safety.py has every fault).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casewatch.demo.accounts import RUNNER
from tests.e2e.runner_process import RunnerProcess, one_pass
from tests.landlord import Landlord


@contextmanager
def more_rights(landlord: Landlord) -> Iterator[None]:
    """The runner's account may change the bases, for a while."""
    base = landlord.home.bases["Casework"]
    members = landlord.ask("GET", f"v2/meta/bases/{base}/users")["users"]["list"]
    member = next(each for each in members if each["email"] == RUNNER)
    path = f"v2/meta/bases/{base}/users/{member['id']}"
    landlord.ask("PATCH", path, {"email": RUNNER, "roles": "creator"})
    try:
        yield
    finally:
        landlord.ask("PATCH", path, {"email": RUNNER, "roles": "editor"})


@contextmanager
def open_sign_up(landlord: Landlord) -> Iterator[None]:
    """Anybody may sign up, for a while."""
    landlord.ask("POST", "v1/app-settings", {"invite_only_signup": False})
    try:
        yield
    finally:
        landlord.ask("POST", "v1/app-settings", {"invite_only_signup": True})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(more_rights, "it is creator of Casework – Harbour Row Homes, not editor"), (open_sign_up, "anybody can sign up")],
)
def test_with_more_rights_or_an_open_door_nothing_is_done(landlord: Landlord, wrong, words: str) -> None:
    """One pass or for ever: exit 4; the same server and account run again once it is put right."""
    with wrong(landlord):
        report = landlord.report()
        refused = one_pass(landlord)
        with RunnerProcess(landlord) as process:
            for_ever = process.ended()
        assert (refused.code, for_ever.code) == (4, 4)
        assert words in refused.text
        assert words in for_ever.text
        assert landlord.taken(report) is None

    allowed = one_pass(landlord)

    assert allowed.code == 0, allowed.text
    assert landlord.taken(report)


@pytest.mark.parametrize("path", ["v1/db/meta/nocodb/info", "v2/meta/nocodb/info"])
def test_pages_are_not_told_to_show_the_makers_banner(landlord: Landlord, path: str) -> None:
    """Eight staff are enough for it; everything else that a page asks of the server is there."""
    told = landlord.ask("GET", path)

    assert "giftUrl" not in told
    assert told["inviteOnlySignup"] is True
