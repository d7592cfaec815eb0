"""Accounts: real NocoDB sign-ins for the demo's staff and for the runner, each on its own side of the walls.

In: a local NocoDB and its administrator. Out: sign-ins by base, and the runner's API token.
Never here: a password on the screen that the demo does not need, or more rights than a role has.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from automations.errors import Stop
from casewatch.demo.landlord import STAFF, email
from casewatch.local.server import Running
from schema.choices import LINE_MANAGERS, StaffRole
from sync.http import Session

RUNNER = "runner@harbour-row.example"
FRONT_DESK, CASEWORK, OFFICE = "Front desk", "Casework", "Office"


def bases_of(role: StaffRole) -> tuple[str, ...]:
    """The bases a role may open. Advisers who only report need no account: the form is theirs.

    The regional manager is in Office to confirm where a partner's messages go (R-26).
    """
    if role is StaffRole.ADMINISTRATOR:
        return (OFFICE,)
    if role is StaffRole.ADVISER:
        return (FRONT_DESK,)
    if role is StaffRole.LETTINGS:
        return (CASEWORK,)
    if role is StaffRole.REGIONAL:
        return (FRONT_DESK, CASEWORK, OFFICE)
    return (FRONT_DESK, CASEWORK) if role in LINE_MANAGERS or role is StaffRole.OFFICER else ()


@dataclass(frozen=True, slots=True)
class Accounts:
    """Passwords by e-mail address, and the runner's token."""

    passwords: dict[str, str] = field(repr=False)
    runner_token: str = field(repr=False)
    form_password: str = field(repr=False)


class Registrar:
    """Makes the accounts that are not there yet; passwords are random and kept in the demo's own folder."""

    def __init__(self, running: Running, folder: Path) -> None:
        """`folder` keeps accounts.json, closed to others."""
        self._url = running.url
        self._file = folder / "accounts.json"
        self._http = Session("NocoDB")
        self._admin = self._sign_in(running.admin_email, running.admin_password)
        self._known: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def form_password(self) -> str:
        """What an adviser types to open the report form."""
        return self._secret("form password")

    def make(self, bases: dict[str, str]) -> Accounts:
        """Staff and the runner, each as editor of their own bases. `bases` holds base ids by table-set name."""
        wanted = {email(first): bases_of(role) for _, first, role, _, _ in STAFF}
        wanted[RUNNER] = (FRONT_DESK, CASEWORK, OFFICE)
        for address, names in wanted.items():
            self._account(address, [bases[name] for name in names])
        passwords = {address: self._known[address] for address in wanted if address != RUNNER}
        return Accounts(passwords, self.api_token(RUNNER), self.form_password())

    def api_token(self, address: str = "") -> str:
        """An API token of an account, the administrator's where none is named. Made once."""
        name = f"token {address}"
        if name not in self._known:
            signed_in = self._sign_in(address, self._known[address]) if address else self._admin
            self._known[name] = self._ask("POST", "v1/tokens", signed_in, {"description": "Casewatch demo"})["token"]
            self._keep()
        return self._known[name]

    def workspace(self) -> str:
        """The id that stands in every address of the server's pages."""
        return str(self._ask("GET", "v2/meta/nocodb/info", self._admin)["ncDefaultWorkspaceId"])

    def _account(self, address: str, bases: list[str]) -> None:
        """Invite to each base, then set the password with the invitation; what is there already is left."""
        for base in bases:
            members = self._ask("GET", f"v2/meta/bases/{base}/users", self._admin)["users"]["list"]
            mine = next((m for m in members if m["email"] == address), None)
            if mine is None or not mine.get("roles"):
                self._ask("POST", f"v2/meta/bases/{base}/users", self._admin, {"email": address, "roles": "editor"})
            if address not in self._known:
                members = self._ask("GET", f"v2/meta/bases/{base}/users", self._admin)["users"]["list"]
                invited = next(m for m in members if m["email"] == address)
                password = secrets.token_urlsafe(12)
                body = {"email": address, "password": password, "token": invited["invite_token"]}
                self._ask("POST", "v1/auth/user/signup", None, body)
                self._known[address] = password
                self._keep()

    def _secret(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = secrets.token_urlsafe(9)
            self._keep()
        return self._known[name]

    def _keep(self) -> None:
        self._file.touch(mode=0o600, exist_ok=True)
        self._file.write_text(json.dumps(self._known, indent=1))

    def _sign_in(self, address: str, password: str) -> str:
        body = {"email": address, "password": password}
        return str(self._ask("POST", "v1/auth/user/signin", None, body)["token"])

    def _ask(self, method: str, path: str, token: str | None, body: dict[str, str] | None = None) -> Any:
        headers = {"xc-auth": token} if token else {}
        answer = self._http.request(method, f"{self._url}/api/{path}", json=body, headers=headers)
        if not answer.ok:
            raise Stop(f"NocoDB refused to make the demo's accounts ({path}: {answer.status_code}).")
        return answer.json()
