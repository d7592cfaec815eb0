"""A PDF of an edited letter: from a program that is started, waited for and ended, and from nothing that could do harm.

Small programs play LibreOffice: one that makes a PDF, one that hangs, one that fails.
"""

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from automations.errors import NeedsAPerson, Stop
from casewatch.commands.letter import letter
from sync import word_processor
from sync.word_processor import (
    FAILED,
    FETCHES,
    MACROS,
    NO_WORD_FILE,
    NOT_INSTALLED,
    LibreOffice,
    find,
    must_be_harmless,
)

MAKES = (
    'printf "%s\\n" "$@" > {notes}; env >> {notes}; cp -r "${{1#-env:UserInstallation=file://}}" {notes}.profile; '
    'printf "%%PDF-1.7 made" > letter.pdf'
)
HANGS = "echo $$ > {notes}; sleep 60 & echo $! >> {notes}; wait"


def a_docx(**parts: str) -> bytes:
    """A letter as Word saves one, and those parts besides; `__` in a name is a stroke."""
    whole = io.BytesIO()
    document = Document()
    document.add_paragraph("Sample words.")
    document.save(whole)
    with zipfile.ZipFile(whole, "a") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return whole.getvalue()


@pytest.fixture
def plays(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a program of that shell script; what it notes is in `notes`."""

    def write(script: str) -> Path:
        program = tmp_path / "soffice"
        program.write_text("#!/bin/sh\n" + script.format(notes=tmp_path / "notes") + "\n")
        program.chmod(0o700)
        return program

    return write


def is_alive(number: int) -> bool:
    """Whether a process of that number runs; one that ended and is not reaped yet does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_pdf_is_made_for_screen_readers_in_a_folder_that_is_gone_afterwards(
    plays: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-121: tagged, without macros, without our secrets, and nothing of the letter is left behind."""
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", "a-secret")
    assert LibreOffice(plays(MAKES)).pdf(a_docx()) == b"%PDF-1.7 made"
    told = (tmp_path / "notes").read_text()
    assert '"PDFUACompliance": {"type": "boolean", "value": "true"}' in told
    assert "--headless" in told
    assert "a-secret" not in told
    assert "https_proxy=http://127.0.0.1:9" in told
    [kept] = tmp_path.glob("notes.profile/user/registrymodifications.xcu")
    assert '"DisableMacrosExecution"' in kept.read_text()
    folder = told.split("UserInstallation=file://")[1].partition("/profile")[0]
    assert not Path(folder).exists()


def test_one_that_hangs_is_ended_with_what_it_started_and_nobody_waits(
    plays: Callable[[str], Path], tmp_path: Path
) -> None:
    """HC-121: by its own id; the letter says that there is no PDF."""
    with pytest.raises(NeedsAPerson) as shut:
        LibreOffice(plays(HANGS), seconds=0.5).pdf(a_docx())
    assert "took longer than 0.5 seconds" in shut.value.detail
    started = [int(line) for line in (tmp_path / "notes").read_text().split()]
    for _ in range(50):
        if not any(map(is_alive, started)):
            break
        time.sleep(0.02)
    assert [is_alive(number) for number in started] == [False, False]
    assert is_alive(os.getpid())


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "echo no picture of it > letter.pdf"])
def test_one_that_fails_or_makes_something_else_is_said(script: str, plays: Callable[[str], Path]) -> None:
    """HC-121."""
    with pytest.raises(NeedsAPerson) as shut:
        LibreOffice(plays(script)).pdf(a_docx())
    assert shut.value.detail == FAILED


RELATION = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OUT = '<Relationship Id="r9" TargetMode="External" Target="http://example.org/" Type="http://example.org/{}"/>'
FIELD = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:p>'
HARM = [
    ({"word__vbaProject.bin": "x"}, MACROS),
    ({"word__activeX__activeX1.bin": "x"}, MACROS),
    ({"word___rels__header1.xml.rels": RELATION.format(OUT.format("image"))}, FETCHES),
    ({"word___rels__header1.xml.rels": RELATION.format(OUT.format("attachedTemplate"))}, FETCHES),
    ({"word___rels__a.rels": RELATION.format('<Relationship Id="r" Target="a.htm" Type="x/aFChunk"/>')}, FETCHES),
    ({"word__header1.xml": FIELD.format("<w:instrText>INCLUDE</w:instrText><w:instrText>TEXT</w:instrText>")}, FETCHES),
    ({"word__header1.xml": FIELD.format('<w:fldSimple w:instr="DDEAUTO c d"/>')}, FETCHES),
    ({"word__header1.xml": "<w:p>"}, NO_WORD_FILE),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "says"), HARM, ids=range(len(HARM)))
def test_what_could_run_or_fetch_something_is_refused_in_a_sentence(parts: dict[str, str], says: str) -> None:
    """HC-121: a letter needs neither; an ordinary one, and one with a link to follow, pass."""
    with pytest.raises(NeedsAPerson) as shut:
        must_be_harmless(a_docx(**parts))
    assert shut.value.detail == says
    must_be_harmless(a_docx())
    must_be_harmless(a_docx(**{"word___rels__header1.xml.rels": RELATION.format(OUT.format("hyperlink"))}))


def test_what_is_no_word_file_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121."""
    for other in (b"", b"PK nonsense", b"\xd0\xcf\x11\xe0 an old .doc"):
        with pytest.raises(NeedsAPerson) as shut:
            must_be_harmless(other)
        assert shut.value.detail == NO_WORD_FILE
    monkeypatch.setattr(word_processor, "MOST_UNPACKED", 1000)
    with pytest.raises(NeedsAPerson) as shut:
        must_be_harmless(a_docx())
    assert "too large" in shut.value.detail


def test_the_command_makes_the_pdf_or_says_what_to_do_instead(
    plays: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-121: beside the Word file, or where it is wanted; 4 where there can be none."""
    edited = tmp_path / "edited.docx"
    edited.write_bytes(a_docx())
    made = CliRunner().invoke(letter, ["pdf", str(edited), "--office", str(plays(MAKES))])
    assert (made.exit_code, (tmp_path / "edited.pdf").read_bytes()[:5]) == (0, b"%PDF-")
    edited.write_bytes(a_docx(**{"word__vbaProject.bin": "x"}))
    refused = CliRunner().invoke(letter, ["pdf", str(edited), "-o", str(tmp_path / "other.pdf"), "--office",
                                          str(plays(MAKES))])  # fmt: skip
    assert (refused.exit_code, MACROS in refused.output, (tmp_path / "other.pdf").exists()) == (4, True, False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    without = CliRunner().invoke(letter, ["pdf", str(edited)])
    assert (without.exit_code, NOT_INSTALLED in without.output) == (4, True)


def test_it_is_found_by_its_name_and_a_setting_that_is_wrong_is_said(
    plays: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-121."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find(None) is None
    program = plays("exit 0")
    assert (find(None), find(str(program))) == (program, program)
    with pytest.raises(Stop, match=r"letters\.office"):
        find(str(tmp_path / "nowhere"))
