"""The folder of a partner's desk: one file a notice, with an index that a person can open.

In: the bytes of a notice and the key it came under. Out: a receipt, the same one however often it comes.
Never here: HTTP; a second file for one key; a notice counted beside the one that replaces it.
"""

import hashlib
import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

REPLACED = "replaced"
FORMS = {"identified": "By name", "statistical": "For statistics only"}


class Refused(Exception):
    """A notice the desk does not take, with the status and the short code it answers."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class Notices:
    """What the desk holds. Everything it knows is in the files, so that a restart forgets nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / REPLACED).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write_index()

    def take(self, body: bytes, key: str) -> tuple[str, bool]:
        """The receipt, and whether it had been given before. Refused where the notice is not one."""
        if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
            raise Refused(400, "key")
        receipt = "R-" + hashlib.sha256(key.encode()).hexdigest()[:16]
        fingerprint = hashlib.sha256(body).hexdigest()
        held = self._find(receipt)
        if held and held["fingerprint"] != fingerprint:
            raise Refused(409, "key_used_before")
        notice = held["notice"] if held else _read(body)
        if not held:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            kept = {"receipt": receipt, "received_at": now, "fingerprint": fingerprint, "notice": notice}
            _write(self.folder / f"{receipt}.json", json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True))
        self._set_aside()
        self._write_index()
        return receipt, held is not None

    def kept(self, folder: str = "") -> list[dict[str, Any]]:
        """The notices in the folder itself, or in one inside it, by receipt."""
        return [json.loads(path.read_text("utf-8")) for path in sorted((self.folder / folder).glob("R-*.json"))]

    def _find(self, receipt: str) -> dict[str, Any] | None:
        for kept in (*self.kept(), *self.kept(REPLACED)):
            if kept["receipt"] == receipt:
                return kept
        return None

    def _set_aside(self) -> None:
        """Move what another notice replaces out of the count, whichever of the two came first."""
        counted = self.kept()
        replaced = {kept["notice"].get("replaces") for kept in counted} - {None}
        for kept in counted:
            if kept["notice"]["reference"] in replaced:
                name = f"{kept['receipt']}.json"
                (self.folder / name).replace(self.folder / REPLACED / name)

    def _write_index(self) -> None:
        _write(
            self.folder / "index.html",
            '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Notices received</title></head>\n'
            "<body><h1>What the landlord has told us</h1>\n"
            "<p>One line an incident. Open a receipt to read the notice. One by name says who was harmed, as they have "
            "agreed; one for statistics names nobody.</p>\n"
            f"{_table('Incidents to count', self.kept(), '')}\n"
            f"{_table('Replaced by a later notice, so not counted again', self.kept(REPLACED), REPLACED)}\n"
            "</body></html>\n",
        )


def _read(body: bytes) -> dict[str, Any]:
    """A notice in a version that this desk knows."""
    try:
        notice = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if not isinstance(notice, dict) or notice.get("message") != "cdrp_notice":
        raise Refused(422, "unknown_message")
    if notice.get("version") != 1:
        raise Refused(422, "unknown_version")
    if notice.get("form") not in FORMS:
        raise Refused(422, "unknown_form")
    reference, replaces = notice.get("reference"), notice.get("replaces")
    if not isinstance(reference, str) or not reference or not isinstance(replaces, str | None):
        raise Refused(422, "no_reference")
    return notice


def _table(title: str, kept: list[dict[str, Any]], folder: str) -> str:
    """A table of what came, oldest first."""
    prefix = f"{folder}/" if folder else ""
    rows = "\n".join(
        f"<tr><td>{html.escape(_clock(x['received_at']))}</td>"
        f'<td><a href="{prefix}{x["receipt"]}.json">{x["receipt"]}</a></td>'
        f"<td>{FORMS[x['notice']['form']]}</td><td>{html.escape(x['notice']['reference'])}</td></tr>"
        for x in sorted(kept, key=lambda x: (x["received_at"], x["receipt"]))
    )
    heads = "<tr><th>Received at</th><th>Receipt</th><th>What sort</th><th>The landlord's number for it</th></tr>"
    return f"<h2>{title} ({len(kept)})</h2>\n<table>\n{heads}\n{rows}\n</table>"


def _clock(received_at: str) -> str:
    """The day and time on a clock in London."""
    there = datetime.fromisoformat(received_at).astimezone(ZoneInfo("Europe/London"))
    return f"{there:%d/%m/%Y %H:%M}"


def _write(path: Path, text: str) -> None:
    """The whole file or none of it, readable by its owner alone."""
    half = path.with_suffix(".part")
    half.touch(mode=0o600)
    half.write_text(text, "utf-8")
    half.replace(path)
