"""Harbour Row Homes on a real NocoDB: its people at the grid and at the form, its mail server, its partners' desks.

In: the run's server. Out: rows as staff see them, mails and notices as they arrived.
Never here: the runner (tests/e2e/runner_process.py starts it as a process of its own).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import requests

from automations.ports import Record
from casewatch.demo.landlord import EAST_PARTNERSHIP, LANDLORD, NAME, WEST_PARTNERSHIP, email
from casewatch.demo.new_reports import new_reports
from casewatch.demo.show import SENDER, Furnished, furnished
from casewatch.desks.mail import MailDesk
from casewatch.desks.partner import Instead, PartnerDesk
from schema import CASEWORK
from sync.platforms.nocodb import NocoDBPlatform
from tests.server import Started, free_port

PARTNER_TOKEN = "a-token-of-the-partners-desks"
EAST, WEST = "quayside", "kirkinlea"
NOBODY = "Nobody Realperson"


@dataclass
class Partner:
    """A partner's desk that can be shut and opened again at the same address, and can answer oddly."""

    folder: Path
    port: int = field(default_factory=free_port)
    instead: dict[int, Instead] = field(default_factory=dict)
    desk: PartnerDesk | None = None

    def open(self) -> None:
        self.desk = PartnerDesk(self.folder, PARTNER_TOKEN, self.port, answer=self._answer)
        self.desk.__enter__()

    def shut(self) -> None:
        if self.desk:
            self.desk.__exit__(None, None, None)
            self.desk = None

    def _answer(self, number: int) -> Instead | None:
        return self.instead.get(number)

    def odd_answers(self, *instead: Instead | None) -> None:
        """What the next requests are answered, one each; None as it should be."""
        assert self.desk
        self.instead = {self.desk.requests + number: each for number, each in enumerate(instead, 1) if each}

    def notices(self, marker: str = "") -> list[dict[str, Any]]:
        """The notices that count whose text holds the marker."""
        assert self.desk
        return [kept["notice"] for kept in self.desk.kept() if marker in str(kept)]


@dataclass
class Post:
    """A mail server that can be shut and opened again at the same address."""

    folder: Path
    port: int = field(default_factory=free_port)
    desk: MailDesk | None = None

    def open(self) -> None:
        self.desk = MailDesk(self.folder, self.port)
        self.desk.__enter__()

    def shut(self) -> None:
        if self.desk:
            self.desk.__exit__(None, None, None)
            self.desk = None

    def about(self, reference: str) -> list[EmailMessage]:
        """The messages about one case."""
        assert self.desk
        return [m for m in self.desk.messages() if reference in m["Subject"] + m.get_content()]


class Landlord:
    """The landlord. `admin` reads and writes as the bases' owner, `signed_in` as somebody else."""

    def __init__(self, started: Started, home: Furnished, folder: Path) -> None:
        self.started = started
        self.url = started.running.url
        self.home = home
        self.folder = folder
        self.admin = home.admin
        self.post = Post(folder / "mail")
        self.east, self.west = Partner(folder / EAST), Partner(folder / WEST)
        self._tokens: dict[str, str] = {}

    @classmethod
    @contextmanager
    def opened(cls, started: Started, folder: Path) -> Iterator[Landlord]:
        """Everything made and open; shut at the end."""
        house = cls(started, furnished(started.running, folder, print), folder)
        with ExitStack() as stack:
            for each in (house.post, house.east, house.west):
                each.open()
                stack.callback(each.shut)
            yield house

    # --- what the runner is told ------------------------------------------------------------------

    def settings(self) -> str:
        """The settings file, without any secret."""
        address = ", ".join(f'"{line}"' for line in LANDLORD.address)
        return "\n".join(
            (
                "poll_seconds = 1",
                f'[landlord]\nname = "{LANDLORD.name}"\naddress = [{address}]\ntelephone = "{LANDLORD.telephone}"',
                f'email = "{LANDLORD.email}"\nneutral_sender = "{LANDLORD.neutral_sender}"',
                f'[nocodb]\nurl = "{self.url}"\nname = "{NAME}"',
                f'[mail]\nhost = "localhost"\nport = {self.post.port}\nsender = "{SENDER}"\nmode = "plain"',
                *(
                    f'[destinations.{name}]\nurl = "http://localhost:{partner.port}/notices"\npartner = "{owner}"'
                    for name, partner, owner in (
                        (EAST, self.east, EAST_PARTNERSHIP),
                        (WEST, self.west, WEST_PARTNERSHIP),
                    )
                ),
            )
        )

    def secrets(self) -> dict[str, str]:
        """The secrets, as the environment holds them."""
        return {
            "CASEWATCH_NOCODB_TOKEN": self.home.accounts.runner_token,
            "CASEWATCH_REFERENCE_SECRET": "a secret of sixteen characters or more",
            "CASEWATCH_PARTNER_QUAYSIDE_TOKEN": PARTNER_TOKEN,
            "CASEWATCH_PARTNER_KIRKINLEA_TOKEN": PARTNER_TOKEN,
        }

    # --- what people do ---------------------------------------------------------------------------

    def report(self, **cells: Any) -> str:
        """Somebody sends the shared form, without a sign-in. The report's id. None leaves a question empty."""
        told = dict(new_reports(datetime.now(UTC))[0]) | {"Victim's name": NOBODY} | _columns(cells)
        sent = requests.post(
            f"{self.url}/api/v2/public/shared-view/{self.home.form}/rows",
            json={"data": {name: value for name, value in told.items() if value is not None}},
            headers={"xc-password": self.home.accounts.form_password},
            timeout=60,
        )
        sent.raise_for_status()
        return str(sent.json()["Id"])

    def signed_in(self, first: str) -> NocoDBPlatform:
        """The Casework base as a member of staff reads and writes it."""
        if first not in self._tokens:
            told = {"email": email(first), "password": self.home.accounts.passwords[email(first)]}
            session = self.ask("POST", "v1/auth/user/signin", told)["token"]
            made = self.ask("POST", "v1/tokens", {"description": "tests"}, session)
            self._tokens[first] = made["token"]
        return NocoDBPlatform(self.url, self._tokens[first], NAME, {t.name: t for t in CASEWORK.tables})

    def ask(self, method: str, path: str, body: Any = None, session: str = "") -> Any:
        """One call of the server's own interface, the administrator's where no session is given."""
        headers = {"xc-auth": session or self.started.token}
        answer = requests.request(method, f"{self.url}/api/{path}", json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    # --- what there is to see ---------------------------------------------------------------------

    def taken(self, report: str) -> Record | None:
        """The report's row, once the runner has taken it."""
        (row,) = self.admin.get("Reports", [report])
        return row if row.fields["Taken at"] else None

    def case_of(self, report: str) -> Record | None:
        """The case that a report became."""
        return next(iter(self.admin.find("Cases", "Report", [f"report-{report}"])), None)

    def reference_of(self, report: str) -> str:
        """Its reference."""
        case = self.case_of(report)
        assert case, "the report has no case"
        return str(case.fields["Reference"])

    def rows(self, table: str, case: Record) -> list[Record]:
        """The rows of a table that hang from a case."""
        return self.admin.find(table, "Case", [case.id])

    def says(self, case: Record) -> str:
        """What needs a person on the case now."""
        (now,) = self.admin.get("Cases", [case.id])
        return str(now.fields["What needs a person"] or "")


def until(what: str, holds: Callable[[], Any], seconds: float = 90, every: float = 0.2) -> Any:
    """Whatever `holds` gives once it is true. Fails with what was waited for."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if found := holds():
            return found
        time.sleep(every)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


def iso(ago: timedelta) -> str:
    """That long ago as the form sends it."""
    return f"{datetime.now(UTC) - ago:%Y-%m-%dT%H:%M:%SZ}"


def _columns(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Keywords as questions of the form: what_happened is "What happened"."""
    return {k if " " in k else k.replace("_", " ").capitalize(): v for k, v in cells.items()}
