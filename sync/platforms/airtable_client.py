"""Airtable's HTTP calls, one method each, by pyairtable on a session of ours.

In: Airtable's own ids and bodies. Out: Airtable's own rows; Refused where it says no to one of them.
Never here: a table's name or a cell's meaning (airtable.py), or what was sent in the words of an error.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import requests
from pyairtable import Api

from automations.errors import CaseworkError, Stop, TryAgainLater
from sync.http import Session
from sync.platforms.airtable_pace import SHARED, Pace, Paced

API = "https://api.airtable.com"
CONTENT = "https://content.airtable.com"
TIMEOUT = (5, 30)
"""Seconds to connect and to wait for an answer."""
PAGE = 100
BATCH = 10
LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of one upload."""
LONGEST_TEXT = 100_000
"""Letters of one cell."""

NOT_AIRTABLE = "Something else answered in Airtable's place."
USED_UP = "The plan's calls of this month are used up: they begin anew next month, or with a larger plan."

Row = dict[str, Any]
T = TypeVar("T")


class Refused(CaseworkError):
    """Airtable refused this request."""

    def __init__(self, status: int, code: str) -> None:
        """`code` is Airtable's own word for it; its message is dropped, as it repeats what was sent."""
        super().__init__(f"(HTTP {status} {code})".replace(" )", ")"))
        self.status = status
        self.code = code


class Client:
    """One token's connection to Airtable. For one thread only."""

    def __init__(self, token: str, pace: Pace = SHARED, endpoint: str = API, content: str = CONTENT,
                 timeout: tuple[int, int] = TIMEOUT) -> None:  # fmt: skip
        """pyairtable's own session would repeat a POST whose answer is late, and gives up after 3 s of a 30 s wait."""
        self.pace = pace
        self._content = content
        self._api = Api(token, timeout=timeout, retry_strategy=None, endpoint_url=endpoint)
        session = Session("Airtable")
        session.headers.update(self._api.session.headers)
        session.mount("https://", Paced(pace))
        session.mount("http://", Paced(pace))
        self._api.session = session
        self._files = Session("Airtable")
        self.when_unread: Callable[[], None] = lambda: None
        """Called when a table or column is not where it was: it was renamed or deleted while we ran."""

    def call(self, method: str, *path: str, body: Row | None = None, ask: Row | None = None) -> Any:
        """One request; the JSON of its answer. Refused, TryAgainLater or Stop by what the answer means."""
        return self._said(lambda: self._api.request(method, self._api.build_url(*path), params=ask, json=body))

    def _said(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except requests.HTTPError as error:
            raise _meaning(error.response) from None
        except requests.JSONDecodeError:
            raise TryAgainLater(NOT_AIRTABLE) from None

    # --- what there is --------------------------------------------------------------------------

    def whoami(self) -> Row:
        """The account's id, and its address where the token may tell it."""
        return dict(self.call("GET", "meta", "whoami"))

    def bases(self) -> list[Row]:
        """The bases that this token may see."""
        found, ask = list[Row](), Row()
        while True:
            page = self.call("GET", "meta", "bases", ask=ask)
            if not isinstance(page, dict) or "bases" not in page:
                raise TryAgainLater(NOT_AIRTABLE)
            found += page["bases"]
            if not page.get("offset"):
                return found
            ask = {"offset": page["offset"]}

    def tables(self, base: str) -> list[Row]:
        """The tables of a base with their fields and views."""
        return list(self.call("GET", "meta", "bases", base, "tables")["tables"])

    # --- reading --------------------------------------------------------------------------------

    def rows(self, base: str, table: str, fields: Sequence[str], formula: str = "") -> Iterator[Row]:
        """Every record that fits, a hundred a request. A column that is not there: Stop, with its name."""
        options: Row = {"fields": list(fields), "page_size": PAGE} | ({"formula": formula} if formula else {})
        pages = iter(self._api.table(base, table).iterate(**options))
        while True:
            try:
                page = self._said(lambda: next(pages, None))
            except Refused as refused:
                self.when_unread()
                raise Stop(f"Airtable would not be read {refused.detail}.") from None
            if page is None:
                return
            yield from (dict(row) for row in page)

    # --- writing --------------------------------------------------------------------------------

    def create(self, base: str, table: str, rows: Sequence[Row]) -> list[Row]:
        """Up to BATCH records, all or none, as they stand afterwards."""
        return [dict(row) for row in self._said(lambda: self._api.table(base, table).batch_create(rows))]

    def change(self, base: str, table: str, rows: Iterable[tuple[str, Row]]) -> list[Row]:
        """Up to BATCH records, all or none, as they stand afterwards."""
        changes: Any = [{"id": id, "fields": cells} for id, cells in rows]
        return [dict(row) for row in self._said(lambda: self._api.table(base, table).batch_update(changes))]

    def delete(self, base: str, table: str, ids: Sequence[str]) -> None:
        """Records that this process made and that must not be."""
        self._said(lambda: self._api.table(base, table).batch_delete(ids))

    # --- files ----------------------------------------------------------------------------------

    def upload(self, base: str, id: str, column: str, name: str, content: bytes, mimetype: str) -> list[Row]:
        """Put a file into a cell, next to what is there; all that it holds then. `column` is the field's id."""
        url = f"{self._content}/v0/{base}/{id}/{column}/uploadAttachment"
        body = {"contentType": mimetype, "filename": name, "file": base64.b64encode(content).decode()}
        answer = self._said(lambda: self._api.request("POST", url, json=body))
        return [file for cell in answer["fields"].values() for file in cell or ()]

    def download(self, url: str) -> bytes:
        """A file's content by the address that its cell gave a moment ago. Our token does not go along."""
        answer = self._files.get(url)
        if not answer.ok:
            raise TryAgainLater(f"Airtable answered HTTP {answer.status_code} for a file.")
        return answer.content


def _meaning(answer: requests.Response) -> CaseworkError:
    """What an answer other than 200 means for us."""
    code = _code(answer)
    if answer.status_code == 401:
        return Stop("Airtable does not know the token: it was revoked, or mistyped.")
    if "BILLING_LIMIT" in code:
        return TryAgainLater(USED_UP)
    if answer.status_code == 429 or answer.status_code >= 500:
        return TryAgainLater(f"Airtable answered HTTP {answer.status_code}.")
    return Refused(answer.status_code, code)


def _code(answer: requests.Response) -> str:
    """Airtable's word for its refusal, in each of the three shapes it comes in; "" where there is none."""
    try:
        said = answer.json()
    except ValueError:
        return ""
    if isinstance(said, dict) and isinstance(said.get("errors"), list) and said["errors"]:
        said = said["errors"][0]
    error = said.get("error") if isinstance(said, dict) else None
    word = error.get("type") if isinstance(error, dict) else error
    return word if isinstance(word, str) and word.replace("_", "").isupper() else ""
