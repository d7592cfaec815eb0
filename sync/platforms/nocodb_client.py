"""NocoDB's HTTP calls, one method each: what to send, what came back, and what an answer means.

In: NocoDB's own ids and bodies. Out: NocoDB's own rows; Refused where it says no to one of them.
Never here: a table's name or a cell's meaning (nocodb.py), or what was sent in the words of an error.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from automations.errors import CaseworkError, Stop, TryAgainLater
from sync.http import Session

PAGE = 1000
"""Records a read brings; the server caps it there."""
BATCH = 100
"""Records a v2 write may hold."""
LONGEST_TEXT = 100_000
"""Letters of one cell: one more is answered 422 (measured)."""
LINKED_BATCH = 10
"""Records a v3 write may hold: the only many-row call that takes links to many (measured)."""
LONG_FILTER = 4000
"""Beyond this a filter travels in a body: 16 KB of address is answered 431 (measured)."""

NOT_NOCODB = "Something else answered in NocoDB's place."

Row = dict[str, Any]


class Refused(CaseworkError):
    """NocoDB refused this request."""

    def __init__(self, status: int, code: str, field: str = "") -> None:
        """`code` is NocoDB's own word for it; its message is dropped, as it repeats what was sent."""
        super().__init__(f"(HTTP {status} {code})".replace(" )", ")"))
        self.status = status
        self.code = code
        self.field = field

    @property
    def duplicate(self) -> bool:
        """Whether a unique field already holds the value."""
        return self.code == "FIELD_UNIQUE_CONSTRAINT_VIOLATION"

    @property
    def gone(self) -> bool:
        """Whether a record is no longer there."""
        return self.code == "ERR_RECORD_NOT_FOUND"


class Client:
    """One signed-in connection to one NocoDB. For one thread only."""

    def __init__(self, url: str, token: str) -> None:
        """`token` is an API token of an account that is editor of the bases, and no more."""
        self._url = url.rstrip("/")
        self._session = Session("NocoDB")
        self._session.headers["xc-token"] = token
        self.when_unread: Callable[[], None] = lambda: None
        """Called when a column or table is not where it was: it was renamed or deleted while we ran."""

    def call(self, method: str, path: str, **request: Any) -> Any:
        """One request; the JSON of its answer. Refused, TryAgainLater or Stop by what the answer means."""
        answer = self._session.request(method, self._url + path, **request)
        try:
            said = answer.json()
        except ValueError:
            if answer.ok:
                raise TryAgainLater(NOT_NOCODB) from None
            said = {}
        if answer.ok:
            return said
        code = str(said.get("error", "")) if isinstance(said, dict) else ""
        field = str(said.get("fieldName", "")) if isinstance(said, dict) else ""
        if answer.status_code in (401, 403):
            raise Stop(
                f"NocoDB does not let this account do that (HTTP {answer.status_code}): check its token and role."
            )
        if answer.status_code >= 500 or answer.status_code == 429:
            raise TryAgainLater(f"NocoDB answered HTTP {answer.status_code}.")
        raise Refused(answer.status_code, code if code.isupper() else "", field)

    # --- what there is --------------------------------------------------------------------------

    def bases(self) -> list[Row]:
        """The bases this account may see."""
        return listed(self.call("GET", "/api/v2/meta/bases"))

    def tables(self, base: str) -> list[Row]:
        """The tables of a base, without their columns."""
        return list(self.call("GET", f"/api/v2/meta/bases/{base}/tables")["list"])

    def columns(self, table: str) -> list[Row]:
        """A table's columns; a junction's too."""
        return list(self.call("GET", f"/api/v2/meta/tables/{table}")["columns"])

    def workspace(self) -> str:
        """The id the audit is asked under."""
        return str(self.call("GET", "/api/v2/meta/nocodb/info")["ncDefaultWorkspaceId"])

    def account(self) -> str:
        """The e-mail address that this account signs in with."""
        return str(self.call("GET", "/api/v1/auth/user/me")["email"])

    def roles(self, base: str) -> tuple[set[str], set[str]]:
        """What this account is on the server, and in one base."""
        me = self.call("GET", "/api/v1/auth/user/me", params={"base_id": base})
        return _roles(me.get("roles")), _roles(me.get("base_roles"))

    # --- reading --------------------------------------------------------------------------------

    def rows(self, table: str, fields: Sequence[str], where: str = "") -> Iterator[Row]:
        """Every record that fits, by rising Id: no offset, so a record made meanwhile moves nothing."""
        last = 0
        while True:
            after = f'("Id",gt,"{last}")' if last else ""
            page = self._page(table, fields, "~and".join(filter(None, (where, after))), "Id", 0)["list"]
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1]["Id"]

    def pairs(self, junction: str, mine: str, theirs: str, where: str = "") -> Iterator[Row]:
        """The rows of a junction table, which has no Id. One query for a thousand links, where asking
        for nested links costs one query a record (measured: 4.4 s for 1,000 records against 0.1 s)."""
        offset = 0
        while True:
            answer = self._page(junction, (mine, theirs), where, f"{mine},{theirs}", offset)
            yield from answer["list"]
            if len(answer["list"]) < PAGE or answer["pageInfo"]["isLastPage"]:
                return
            offset += PAGE

    def _page(self, table: str, fields: Sequence[str], where: str, sort: str, offset: int) -> Row:
        ask: Row = {"fields": ",".join(fields), "sort": sort, "limit": PAGE}
        if where:
            ask["where"] = "@" + where
        if offset:
            ask["offset"] = offset
        try:
            if len(where) < LONG_FILTER:
                return dict(self.call("GET", f"/api/v2/tables/{table}/records", params=ask))
            body = [{"alias": "page", **ask}]
            return dict(self.call("POST", f"/api/v2/tables/{table}/bulk/datalist", json=body)["page"])
        except Refused as refused:
            self.when_unread()
            raise Stop(f"NocoDB would not be read {refused.detail}.") from None

    def count(self, table: str, where: str) -> int:
        """How many records fit; three times as quick as reading their ids (measured)."""
        return int(self.call("GET", f"/api/v2/tables/{table}/records/count", params={"where": "@" + where})["count"])

    def audit(self, workspace: str, base: str, table: str, id: int) -> Iterator[Row]:
        """What the record audit holds of one record, newest first."""
        ask = {"operation": "recordAuditList", "fk_model_id": table, "row_id": str(id)}
        while True:
            answer = self.call("GET", f"/api/v2/internal/{workspace}/{base}", params=ask)
            yield from answer["list"]
            if not answer["list"] or answer.get("pageInfo", {}).get("isLastPage", True):
                return
            ask["cursor"] = answer["list"][-1]["id"]

    # --- writing --------------------------------------------------------------------------------

    def create(self, table: str, rows: Sequence[Row]) -> list[int]:
        """Up to BATCH records, all or none, without links to many (which this call drops in silence)."""
        made = self.call("POST", f"/api/v2/tables/{table}/records", json=list(rows))
        return [row["Id"] for row in made]

    def create_linked(self, base: str, table: str, rows: Sequence[Row]) -> list[int]:
        """Up to LINKED_BATCH records, all or none, links to many included."""
        body = [{"fields": row} for row in rows]
        made = self.call("POST", f"/api/v3/data/{base}/{table}/records", json=body)
        return [row["id"] for row in made["records"]]

    def change(self, table: str, rows: Sequence[Row]) -> None:
        """Up to BATCH records at once. An answer of 200 proves nothing: read them back."""
        self.call("PATCH", f"/api/v2/tables/{table}/records", json=list(rows))

    def change_one(self, base: str, table: str, id: int, cells: Row) -> None:
        """One record, by the one call that says so when the database refuses."""
        self.call("PATCH", f"/api/v1/db/data/noco/{base}/{table}/{id}", json=cells)

    def delete(self, table: str, ids: Sequence[int]) -> None:
        """Delete records, a hundred at a time."""
        for at in range(0, len(ids), BATCH):
            body = [{"Id": id} for id in ids[at : at + BATCH]]
            self.call("DELETE", f"/api/v2/tables/{table}/records", json=body)

    def link(self, method: str, table: str, column: str, id: int, others: Sequence[int]) -> None:
        """Make (POST) or undo (DELETE) the links of one record. Doing it twice does no harm."""
        path = f"/api/v2/tables/{table}/links/{column}/records/{id}"
        self.call(method, path, json=[{"Id": other} for other in others])

    # --- files ----------------------------------------------------------------------------------

    def upload(self, base: str, table: str, column: str, name: str, content: bytes, mimetype: str) -> list[Row]:
        """Store a file; what to put in the cell."""
        path = f"noco/{base}/{table}/{column}"
        files = {"files": (name, content, mimetype)}
        return list(self.call("POST", "/api/v2/storage/upload", params={"path": path}, files=files))

    def download(self, signed_path: str) -> bytes:
        """A file's content by the address that its cell gave a moment ago."""
        answer = self._session.get(f"{self._url}/{quote(signed_path)}")
        if not answer.ok:
            raise TryAgainLater(f"NocoDB answered HTTP {answer.status_code} for a file.")
        return answer.content


def listed(said: Any) -> list[Row]:
    """The list in NocoDB's answer to the first thing asked. TryAgainLater where something else answered."""
    if isinstance(said, dict) and isinstance(said.get("list"), list):
        return list(said["list"])
    raise TryAgainLater(NOT_NOCODB)


def _roles(told: Any) -> set[str]:
    """NocoDB tells roles as a mapping to true or false, or as words with commas between."""
    if isinstance(told, str):
        return {word for word in told.split(",") if word}
    return {role for role, held in (told or {}).items() if held}
