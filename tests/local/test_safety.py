"""Servers that we did not start: every fault is listed at once, and a fit one passes."""

from __future__ import annotations

import pytest
import responses

from automations.errors import Stop, TryAgainLater
from casewatch.local.safety import check

AT = "https://nocodb.example"
FIT: dict[str, object] = {
    "prodReady": True,
    "inviteOnlySignup": True,
    "auditEnabled": True,
    "allowLocalUrl": False,
    "teleEnabled": False,
    "errorReportingEnabled": False,
    "disableSupportChat": True,
}


def a_server(info: dict[str, object], attachment: str = "Cannot GET /download/no-such-file") -> None:
    responses.get(f"{AT}/api/v2/meta/nocodb/info", json=info)
    responses.get(f"{AT}/download/no-such-file", status=404, body=attachment)


@responses.activate
def test_a_fit_server_passes() -> None:
    a_server(FIT)

    check(AT, "token")


@responses.activate
def test_every_fault_is_said_at_once() -> None:
    """SQLite, open sign-up, audit off and public attachments among them."""
    a_server({name: not value for name, value in FIT.items()}, attachment="File not found")

    with pytest.raises(Stop) as told:
        check(AT, "token")

    said = str(told.value)
    assert said.count("\n  - ") == 8
    for words in ("SQLite", "anybody can sign up", "audit is off", "attachments", "web hooks"):
        assert words in said


@responses.activate
@pytest.mark.parametrize("name", sorted(FIT))
def test_a_fact_that_is_not_told_is_a_fault(name: str) -> None:
    """An older or altered server that keeps quiet is not given the benefit of the doubt."""
    a_server({key: value for key, value in FIT.items() if key != name})

    with pytest.raises(Stop) as told:
        check(AT, "token")

    assert str(told.value).count("\n  - ") == 1


@responses.activate
def test_a_server_that_does_not_answer_may_answer_later() -> None:
    with pytest.raises(TryAgainLater):
        check(AT, "token")
