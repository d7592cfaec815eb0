"""A landlord's bases on a real NocoDB, with an administrator, a member of staff and the runner's account.

In: an address and an administrator's sign-in. Out: provisioned bases, an editor's token, and staff at the grid.
Never here: the adapter under test.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from schema import BASES
from schema.provisioning import apply
from sync.platforms.nocodb_schema import NocoSchema

FORM_PASSWORD = "at-the-front-desk"


@dataclass
class Signed:
    """One person's session."""

    url: str
    session: requests.Session

    def ask(self, method: str, path: str, **request: Any) -> Any:
        answer = self.session.request(method, f"{self.url}/api/{path}", timeout=60, **request)
        answer.raise_for_status()
        return answer.json()


def sign_in(url: str, email: str, password: str) -> Signed:
    person = Signed(url, requests.Session())
    signed = person.ask("POST", "v1/auth/user/signin", json={"email": email, "password": password})
    person.session.headers["xc-auth"] = signed["token"]
    return person


class NocoDBDesk:
    """One landlord's staff on one server."""

    wait = staticmethod(time.sleep)

    def __init__(self, url: str, email: str, password: str, runner: str = "") -> None:
        mark = secrets.token_hex(4)
        self.url = url.rstrip("/")
        self.name = f"Contract {mark}"
        self.staff = f"manager-{mark}@northfield.example"
        self.runner = runner or f"runner-{mark}@casewatch.example"
        self._admin = sign_in(self.url, email, password)
        token = self._admin.ask("POST", "v1/tokens", json={"description": self.name})["token"]
        self._target = NocoSchema(self.url, token, self.name, FORM_PASSWORD)
        assert not apply(BASES, self._target, lambda _: None).left
        self._places = self._target.tables()
        self._manager = self._join(self.staff)
        self._tokens: dict[str, str] = {}
        self.token = self.token_of(self.runner)

    def token_of(self, email: str) -> str:
        """An editor's token, who joins with the first one."""
        if email not in self._tokens:
            made = self._join(email).ask("POST", "v1/tokens", json={"description": email})
            self._tokens[email] = made["token"]
        return self._tokens[email]

    def bases(self) -> list[str]:
        """The bases' own ids, which are the database's names for them too."""
        return list(self._target.bases().values())

    def remove(self) -> None:
        """The bases, and the accounts of everybody who joined: another landlord may invite the same addresses."""
        for base in self._target.bases().values():
            self._admin.ask("DELETE", f"v2/meta/bases/{base}")
        for account in self._admin.ask("GET", "v1/users", params={"limit": 1000})["list"]:
            if account["email"] in {self.staff, *self._tokens}:
                self._admin.ask("DELETE", f"v1/users/{account['id']}")

    def write(self, table: str, id: str, cells: Mapping[str, Any]) -> None:
        place = self._places[table]
        self._manager.ask("PATCH", f"v1/db/data/noco/{place.base}/{place.table}/{id}", json=dict(cells))

    def link(self, table: str, id: str, column: str, other: str) -> None:
        """By the route of the grid's own page, which the audit names by the hidden column behind the link."""
        place, there = self._places[table], self._column(table, column)
        self._manager.ask("POST", f"v1/db/data/noco/{place.base}/{place.table}/{id}/bt/{there['id']}/{other}")

    def submit(self, table: str, cells: Mapping[str, str]) -> str:
        place = self._places[table]
        views = self._admin.ask("GET", f"v2/meta/tables/{place.table}/views")["list"]
        form = next(view["uuid"] for view in views if view.get("uuid"))
        sent = requests.post(
            f"{self.url}/api/v2/public/shared-view/{form}/rows",
            json={"data": dict(cells)},
            headers={"xc-password": FORM_PASSWORD},
            timeout=30,
        )
        sent.raise_for_status()
        return str(sent.json()["Id"])

    def delete(self, table: str, id: str) -> None:
        self._manager.ask("DELETE", f"v2/tables/{self._places[table].table}/records", json=[{"Id": int(id)}])

    def rename_choice(self, table: str, column: str, old: str, new: str) -> None:
        there = self._column(table, column)
        for option in there["colOptions"]["options"]:
            option["title"] = new if option["title"] == old else option["title"]
        self._admin.ask("PATCH", f"v2/meta/columns/{there['id']}", json=there)

    def spoil(self, table: str, id: str, column: str, raw: str) -> None:
        there = self._column(table, column)
        body = {"title": there["title"], "column_name": there["column_name"], "uidt": "SingleLineText", "dt": "text"}
        self._admin.ask("PATCH", f"v2/meta/columns/{there['id']}", json=body)
        self.write(table, id, {column: raw})

    def add_column(self, table: str, title: str) -> None:
        path = f"v2/meta/tables/{self._places[table].table}/columns"
        self._admin.ask("POST", path, json={"title": title, "uidt": "SingleLineText"})

    def rename_column(self, table: str, old: str, new: str) -> None:
        there = self._column(table, old)
        self._admin.ask("PATCH", f"v2/meta/columns/{there['id']}", json={**there, "title": new})

    def files(self, table: str, id: str, column: str) -> list[dict[str, Any]]:
        row = self._manager.ask("GET", f"v2/tables/{self._places[table].table}/records/{id}")
        return list(row[column])

    def _column(self, table: str, column: str) -> dict[str, Any]:
        columns = self._admin.ask("GET", f"v2/meta/tables/{self._places[table].table}")["columns"]
        return dict(next(each for each in columns if each["title"] == column))

    def _join(self, email: str) -> Signed:
        """Invited as editor of every base, then signed up with the invitation: an editor, and no more."""
        password, invitation = secrets.token_urlsafe(12), ""
        for base in self._target.bases().values():
            self._admin.ask("POST", f"v2/meta/bases/{base}/users", json={"email": email, "roles": "editor"})
            members = self._admin.ask("GET", f"v2/meta/bases/{base}/users")["users"]["list"]
            invitation = next(m["invite_token"] for m in members if m["email"] == email) or invitation
        sign_up = {"email": email, "password": password, "token": invitation}
        requests.post(f"{self.url}/api/v1/auth/user/signup", json=sign_up, timeout=30).raise_for_status()
        return sign_in(self.url, email, password)
