"""Word processor: an edited Word letter made into a PDF by LibreOffice, where it is installed.

In: the bytes of a .docx. Out: the bytes of a tagged PDF; a sentence for staff where there is none.
Never here: a macro run, a file fetched from elsewhere, a word of the letter in a log, a process that is not ours.
"""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx.oxml import parse_xml

from automations.errors import NeedsAPerson, Stop

BY_HAND = "open it in Word and save it as a PDF, and attach that to Edited document."
NOT_INSTALLED = f"LibreOffice, which makes a PDF of an edited letter, is not installed here: {BY_HAND}"
NO_WORD_FILE = f"It is not a Word document (.docx) that can be read: {BY_HAND}"
MACROS = "It has macros in it, which no letter needs: save it as a .docx without them, and attach that instead."
FETCHES = "It shows something that is kept outside the document: put that into the document itself, and attach it anew."
FAILED = f"LibreOffice could not make a PDF of it: {BY_HAND}"
SECONDS = 30
"""How long a letter may take. A cold start takes one."""
MOST, MOST_UNPACKED = 20_000_000, 200_000_000
"""Bytes of a document, packed and unpacked."""
PDF = "pdf:writer_pdf_Export:" + json.dumps({
    name: {"type": "boolean", "value": "true"} for name in ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
})  # fmt: skip
"""PDF/UA: tags, language and title, for screen readers."""
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Settings of a profile made for one letter: nothing is run, and nothing outside the document is asked for."""
SURROUNDINGS = ("PATH", "LANG", "LC_ALL", "TZ")
"""What it is told of where it runs: no secret is among them."""
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
"""Should it ask the network all the same, it finds nobody."""
MACRO = re.compile(r"vbaProject|vbaData|macrosheet|activeX", re.IGNORECASE)
FIELD = re.compile(r"INCLUDEPICTURE|INCLUDETEXT|DDE|DATABASE", re.IGNORECASE)
"""Fields of Word that fetch something. A link that a reader may follow fetches nothing by itself."""
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, SyntaxError, NotImplementedError, RuntimeError, EOFError, OSError, KeyError,
)  # fmt: skip
"""What a file that is no Word document brings about."""


class LibreOffice:
    """LibreOffice at that path, started anew for each letter with a folder of its own."""

    def __init__(self, program: Path, seconds: float = SECONDS) -> None:
        self._program, self._seconds = program, seconds

    def pdf(self, docx: bytes) -> bytes:
        """The letter as a PDF. NeedsAPerson, with a sentence for staff, where there can be none."""
        must_be_harmless(docx)
        with TemporaryDirectory(prefix="casewatch-letter-") as name:
            folder = Path(name)
            (folder / "profile" / "user").mkdir(parents=True)
            (folder / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
            (folder / "letter.docx").write_bytes(docx)
            self._run(folder)
            try:
                made = (folder / "letter.pdf").read_bytes()
            except OSError:
                raise NeedsAPerson(FAILED) from None
        if not made.startswith(b"%PDF-"):
            raise NeedsAPerson(FAILED)
        return made

    def _run(self, folder: Path) -> None:
        profile = (folder / "profile").as_uri()
        command = (
            str(self._program), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--convert-to", PDF, "--outdir", str(folder), str(folder / "letter.docx"),
        )  # fmt: skip
        quiet = subprocess.DEVNULL  # what it says may quote the letter
        around = {name: os.environ[name] for name in SURROUNDINGS if name in os.environ}
        try:
            running = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder,
                                       env={**around, **NOWHERE, "HOME": str(folder)},
                                       start_new_session=True)  # fmt: skip
        except OSError:
            raise NeedsAPerson(NOT_INSTALLED) from None
        try:
            failed = running.wait(self._seconds)
        except BaseException as cut_off:
            _end(running)
            if isinstance(cut_off, subprocess.TimeoutExpired):
                took = f"LibreOffice took longer than {self._seconds:g} seconds over it: {BY_HAND}"
                raise NeedsAPerson(took) from None
            raise
        if failed:
            raise NeedsAPerson(FAILED)


def find(named: str | None) -> Path | None:
    """The program that the settings name, else the one on the PATH; None where it is not installed. Stop where the
    settings name what is not there.
    """
    found = shutil.which(named) if named else shutil.which("soffice") or shutil.which("libreoffice")
    if named and not found:
        raise Stop("letters.office names no program: give the whole path of soffice, or leave it out.")
    return Path(found).absolute() if found else None


def must_be_harmless(docx: bytes) -> None:
    """NeedsAPerson where it is no .docx of a sensible size, can run something, or would fetch from elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as parts:
            inside = parts.infolist()
            if len(docx) > MOST or sum(part.file_size for part in inside) > MOST_UNPACKED:
                raise NeedsAPerson(f"It is too large for a letter: {BY_HAND}")
            names = {part.filename for part in inside}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise NeedsAPerson(NO_WORD_FILE)
            if any(map(MACRO.search, names)) or b"macroEnabled" in parts.read("[Content_Types].xml"):
                raise NeedsAPerson(MACROS)
            read = [parse_xml(parts.read(name)) for name in names if name.endswith((".rels", ".xml"))]
    except UNREADABLE:
        raise NeedsAPerson(NO_WORD_FILE) from None
    if any(map(_fetches, read)):
        raise NeedsAPerson(FETCHES)


def _fetches(part: Any) -> bool:
    """Whether a part of the document leads to something outside it that is fetched unasked."""
    said = ""
    for each in part.iter("*"):
        kind = each.get("Type", "")
        if each.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
            return True
        if kind.endswith("/aFChunk"):
            return True  # a page within the document, which may fetch what it likes
        name = each.tag.rpartition("}")[2]
        said += (each.text or "") if name == "instrText" else ""
        said += next((value for key, value in each.attrib.items() if key.endswith("}instr")), "")
    return bool(FIELD.search(said))


def _end(running: "subprocess.Popen[bytes]") -> None:
    """End what we started, with whatever it started: the session is its own, named by its id."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
