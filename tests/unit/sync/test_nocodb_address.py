"""The way to NocoDB: every place that asks it keeps its token from the open network and from other addresses."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import responses
from click.testing import CliRunner

from automations.errors import Stop, TryAgainLater
from casewatch.cli import main
from casewatch.local import safety
from sync.http import unfit
from sync.platforms import nocodb_rights
from sync.platforms.nocodb_client import Client
from sync.platforms.nocodb_meta import Meta

ASKED: dict[str, Callable[[str], Any]] = {
    "the bases' creator": lambda url: Meta(url, "token", "Northfield").bases(),
    "the runner": lambda url: list(Client(url, "token").rows("t", ("Id",))),
    "a file": lambda url: Client(url, "token").download("dltemp/a/letter.pdf"),
    "what it says of itself": lambda url: safety.check(url, "token"),
    "what the account may do": lambda url: nocodb_rights.check(url, "token", "Northfield"),
}
ways = pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@ways
@pytest.mark.parametrize(
    "url", ["http://nocodb.example.test", "http://192.0.2.2:8080", "http://localhost.example.test"]
)
def test_nothing_is_sent_in_the_clear_to_another_machine(
    server: responses.RequestsMock, ask: Callable[[str], Any], url: str
) -> None:
    """The token opens every case. By https, or on this machine alone, the same question is sent."""
    server.get(re.compile(".*"), json={"list": []})
    with pytest.raises(Stop, match="must begin with https"):
        ask(url)
    assert len(server.calls) == 0

    for allowed in ("https://nocodb.example.test", "http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:80"):
        before = len(server.calls)
        with suppress(Stop):  # this server is not fit to hold cases
            ask(allowed)
        assert len(server.calls) > before


@ways
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_answer_that_leads_elsewhere_is_not_followed(
    server: responses.RequestsMock, ask: Callable[[str], Any], status: int
) -> None:
    """Only `Authorization` is dropped on the way to another host; NocoDB's token has a header of its own."""
    server.get(re.compile(".*nocodb.*"), status=status, headers={"Location": "https://elsewhere.test/"})
    server.get("https://elsewhere.test/", json={"list": []})

    with pytest.raises(Stop, match="another address"):
        ask("https://nocodb.example.test")

    assert [call.request.url.partition("/api")[0] for call in server.calls if "elsewhere" in call.request.url] == []
    assert len(server.calls) == 1


@pytest.mark.parametrize("body", [b"<html><body>Sign in</body></html>", b'{"list": [', b"[]", b'{"bases": 1}', b'"x"'])
def test_something_else_in_nocodbs_place_is_tried_again_later(server: responses.RequestsMock, body: bytes) -> None:
    """A proxy's page answers 200: one sentence and exit 3, no traceback."""
    server.get("http://127.0.0.1:8080/api/v2/meta/bases", body=body, status=200)
    environment = {"CASEWATCH_NOCODB_TOKEN": "token"}

    told = CliRunner().invoke(main, ["schema", "plan", "--url", "http://127.0.0.1:8080"], env=environment)

    assert (told.exit_code, told.output.count("\n")) == (3, 1)
    assert "Something else answered in NocoDB's place." in told.output
    with pytest.raises(TryAgainLater, match="Something else"):
        nocodb_rights.check("http://127.0.0.1:8080", "token", "Northfield")


@pytest.mark.parametrize(("given", "says"), [
    ({"url": "http://192.0.2.2:8080"}, "CASEWATCH_NOCODB_URL must begin with https"),
    ({"url": "nocodb.example.test"}, "CASEWATCH_NOCODB_URL must begin with https"),
    ({"url": "https://nocodb.example.test:99999"}, "CASEWATCH_NOCODB_URL is not one that can be asked"),
        ({"url": "https://nocodb..example.test"}, "CASEWATCH_NOCODB_URL is not one that can be asked"),
        ({"url": "https://me@nocodb.example.test"}, "CASEWATCH_NOCODB_URL must be in plain letters"),
    ({"token": "to\u2019ken"}, "CASEWATCH_NOCODB_TOKEN must be letters"),
    ({"token": "token\n"}, "CASEWATCH_NOCODB_TOKEN must be letters"),
    ({"token": ""}, "There is no token: set CASEWATCH_NOCODB_TOKEN"),
])  # fmt: skip
def test_the_schema_command_says_which_of_its_settings_is_wrong(
    server: responses.RequestsMock, given: dict[str, str], says: str
) -> None:
    """One sentence, exit 4, and the creator's token stays here; right ones get as far as the server."""
    server.get("https://nocodb.example.test/api/v2/meta/bases", status=503)
    good = {"url": "https://nocodb.example.test", "token": "token"}

    def plan(words: dict[str, str]) -> Any:
        environment = {"CASEWATCH_NOCODB_TOKEN": words["token"]}
        return CliRunner().invoke(main, ["schema", "plan", "--url", words["url"]], env=environment)

    told = plan(good | given)
    assert (told.exit_code, told.output.count("\n")) == (4, 1)
    assert says in told.output
    assert len(server.calls) == 0
    assert plan(good).exit_code == 3


@pytest.mark.parametrize("url", [
    "", "https://", "https:///path", "ftp://127.0.0.1", "http://127.0.0.1\\@other.test", "http://127.0.0.1@other.test",
    "https://name:password@nocodb.example.test", "https://nocodb.example.test/a b", "http://0.0.0.0:80",
    "http://127.0.0.1.other.test", "https://nocodb.example.test\n", "//nocodb.example.test",
])  # fmt: skip
def test_an_address_that_only_looks_protected_is_not(url: str) -> None:
    assert unfit(url)
    assert unfit("https://nocodb.example.test/base") == unfit("HTTP://LOCALHOST:8080") == ""
