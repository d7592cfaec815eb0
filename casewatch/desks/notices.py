"""The folder of a partner's desk: one file a message, with an index that a person can open.

In: the bytes of a message and the key it came under. Out: a receipt, the same one however often it comes.
Never here: HTTP; a second file for one key; a notice counted beside the one that replaces it; what was called back.
"""

import hashlib
import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from casewatch.desks.refused import MESSAGES, Refused
from casewatch.desks.schemas import Schemas

REPLACED = "replaced"
RECALLED = "recalled"
ABOUT = {"recall": "recalls", "correction": "corrects"}
"""The field of a message about an earlier one that says which."""
FORMS = {"identified": "By name", "statistical": "For statistics only", "counts": "A month's counts"}


class Notices:
    """What the desk holds. Everything it knows is in the files, so that a restart forgets nothing."""

    def __init__(self, folder: Path, schemas: Path | None = None) -> None:
        """`schemas` is a folder of published schemas: what does not fit the one of its message is refused."""
        self.folder = folder
        self._fits = Schemas(schemas) if schemas else None
        for each in (REPLACED, RECALLED):
            (folder / each).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write_index()

    def take(self, body: bytes, key: str) -> tuple[str, bool]:
        """The receipt, and whether it had been given before. Refused where the message is not one."""
        receipt = _receipt(key)
        fingerprint = hashlib.sha256(body).hexdigest()
        held = self._find(receipt)
        if held and held["fingerprint"] not in (fingerprint, ""):
            raise Refused(409, "key_used_before")
        if held and held["status"] == RECALLED:
            raise Refused(409, "recalled")
        if not held:
            notice = _read(body)
            if self._fits:
                self._fits.must_fit(notice)
            recall = notice["message"] == "recall"
            self._keep(receipt, fingerprint, notice, RECALLED if recall else "")
            if recall:
                self._call_back(_receipt(notice["recalls"]["key"]))
        self._set_aside()
        self._write_index()
        return receipt, held is not None

    def status(self, key: str) -> dict[str, str] | None:
        """What became of the message under that key: a person may write another status, or a code, in its file."""
        held = self._find(_receipt(key))
        if held is None:
            return None
        told = {"status": held["status"], "reference": held["receipt"], "code": held.get("code", "")}
        return {name: value for name, value in told.items() if value}

    def kept(self, folder: str = "") -> list[dict[str, Any]]:
        """The messages in the folder itself, or in one inside it, by receipt."""
        return [json.loads(path.read_text("utf-8")) for path in sorted((self.folder / folder).glob("R-*.json"))]

    def _find(self, receipt: str) -> dict[str, Any] | None:
        for folder in ("", REPLACED, RECALLED):
            path = self.folder / folder / f"{receipt}.json"
            if path.exists():
                found: dict[str, Any] = json.loads(path.read_text("utf-8"))
                return found
        return None

    def _keep(self, receipt: str, fingerprint: str, notice: dict[str, Any], folder: str) -> None:
        kept = {"receipt": receipt, "received_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "status": "accepted", "fingerprint": fingerprint, "notice": notice}  # fmt: skip
        text = json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True)
        _write(self.folder / folder / f"{receipt}.json", text)

    def _call_back(self, receipt: str) -> None:
        """Delete what was called back and keep that it was; what comes late under its key is refused."""
        stub = {"receipt": receipt, "status": RECALLED, "fingerprint": "", "notice": None,
                "received_at": datetime.now(UTC).isoformat(timespec="seconds")}  # fmt: skip
        _write(self.folder / RECALLED / f"{receipt}.json", json.dumps(stub, indent=2))
        for folder in ("", REPLACED):
            (self.folder / folder / f"{receipt}.json").unlink(missing_ok=True)

    def _set_aside(self) -> None:
        """Move what another message replaces out of the count, whichever of the two came first."""
        counted = self.kept()
        replaced = {kept["notice"].get("replaces") for kept in counted} - {None}
        corrected = {
            _receipt(x["notice"]["corrects"]["key"]) for x in counted if x["notice"]["message"] == "correction"
        }
        for kept in counted:
            if kept["notice"]["reference"] in replaced or kept["receipt"] in corrected:
                name = f"{kept['receipt']}.json"
                (self.folder / name).replace(self.folder / REPLACED / name)

    def _write_index(self) -> None:
        _write(
            self.folder / "index.html",
            '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Messages received</title></head>\n'
            "<body><h1>What the landlord has told us</h1>\n"
            "<p>Open a receipt to read the message. One by name says who it is about, as they agreed or the law "
            "allows; one for statistics names nobody.</p>\n"
            f"{_table('What stands: each line counts once', self.kept(), '')}\n"
            f"{_table('Replaced by a later message, so not counted again', self.kept(REPLACED), REPLACED)}\n"
            f"{_recalled(self.kept(RECALLED))}\n"
            "</body></html>\n",
        )


def _receipt(key: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise Refused(400, "key")
    return "R-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _read(body: bytes) -> dict[str, Any]:
    """A message in a version that this desk knows."""
    try:
        notice = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if not isinstance(notice, dict) or notice.get("message") not in MESSAGES:
        raise Refused(422, "unknown_message")
    if notice.get("version") != 1:
        raise Refused(422, "unknown_version")
    if notice["message"] != "recall" and notice.get("form") not in FORMS:
        raise Refused(422, "unknown_form")
    reference, replaces = notice.get("reference"), notice.get("replaces")
    if not isinstance(reference, str) or not reference or not isinstance(replaces, str | None):
        raise Refused(422, "no_reference")
    about = notice.get(ABOUT[notice["message"]], {}) if notice["message"] in ABOUT else {"key": ""}
    if not isinstance(about, dict) or not isinstance(about.get("key"), str):
        raise Refused(422, "about_nothing")
    return notice


def _recalled(kept: list[dict[str, Any]]) -> str:
    stubs = [x for x in kept if x["notice"] is None]
    lines = "\n".join(f"<li>{x['receipt']}, {html.escape(_clock(x['received_at']))}</li>" for x in stubs)
    return f"<h2>Called back by the landlord and deleted here ({len(stubs)})</h2>\n<ul>\n{lines}\n</ul>"


def _table(title: str, kept: list[dict[str, Any]], folder: str) -> str:
    """A table of what came, oldest first."""
    prefix = f"{folder}/" if folder else ""
    rows = "\n".join(
        f"<tr><td>{html.escape(_clock(x['received_at']))}</td>"
        f'<td><a href="{prefix}{x["receipt"]}.json">{x["receipt"]}</a></td>'
        f"<td>{html.escape(_what(x['notice']['message']))}</td><td>{FORMS.get(x['notice'].get('form'), '')}</td>"
        f"<td>{html.escape(x['notice']['reference'])}</td></tr>"
        for x in sorted(kept, key=lambda x: (x["received_at"], x["receipt"]))
    )
    titles = ("Received at", "Receipt", "What it is", "What sort", "The landlord's number for it")
    heads = f"<tr>{''.join(f'<th>{each}</th>' for each in titles)}</tr>"
    return f"<h2>{title} ({len(kept)})</h2>\n<table>\n{heads}\n{rows}\n</table>"


def _what(message: str) -> str:
    """A message's name in words: the notice and the update are the partnership's."""
    return message.replace("cdrp_", "partnership_").replace("_", " ").capitalize()


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
