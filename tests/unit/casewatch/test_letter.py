"""`casewatch letter`: the letters listed, one looked at, and the real one of a case made into a file."""

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from docx import Document

from automations.errors import Stop, TryAgainLater
from automations.letters.catalogue import CATALOGUE
from automations.letters.samples import SAMPLES
from casewatch import connect, settings
from casewatch.cli import main
from casewatch.commands import explain
from casewatch.demo.landlord import LANDLORD
from schema import choices as c
from tests.house import HarbourRow


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["letter", *words])


@dataclass
class Desk:
    """Somebody at a command line, before the bases of Harbour Row."""

    house: HarbourRow
    folder: Path

    def render(self, *words: str, file: str = "letter.pdf") -> tuple[Result, Path]:
        there = self.folder / file
        return ask("render", *words, "-o", str(there)), there

    @property
    def victim(self) -> str:
        return self.house.only("People", role=c.PersonRole.VICTIM).id


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A case whose victim said that a letter to the home is safe."""
    house = HarbourRow("2026-11-18 09:00")
    house.report(**{"Alleged perpetrator's name": "Person Placeholder"})
    monkeypatch.setattr(settings, "load", lambda _: SimpleNamespace())
    monkeypatch.setattr(connect, "platform", lambda _: house.platform)
    monkeypatch.setattr(connect, "landlord", lambda _: LANDLORD)
    monkeypatch.setattr(explain, "moment", lambda: house.now)
    return Desk(house, tmp_path)


def test_every_letter_of_the_catalogue_is_listed_with_what_it_needs() -> None:
    """HC-024: its reader, clause, gates and facts; and that it is made in large print too."""
    told = json.loads(ask("list", "--json").stdout)
    assert {line["kind"] for line in told} == set(CATALOGUE)
    first = next(line for line in told if line["name"] == "acknowledgement")
    assert first["audience"] == "victim"
    assert first["clause"] == "3.0"
    assert first["gates"] == ["safe_to_write"]
    assert first["held"] == "Why no letter may be written to this victim's home, or not in these words"
    assert "the officer's job title" in first["needs"]
    assert all(line["large_print"] and line["samples"] for line in told)
    screen = ask("list").output
    assert "acknowledgement" in screen
    assert "needs: the case number, " in screen
    assert "large print: yes" in screen


def test_a_broken_letter_is_named_and_the_others_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    from automations.letters import template

    whole = template.template

    def broken(name: str, language: str) -> template.Template:
        if name == "acknowledgement":
            raise Stop("letter_templates/en/acknowledgement.md, line 9: x is not a fact for this reader.")
        return whole(name, language)

    monkeypatch.setattr(template, "template", broken)
    answer = ask("list")
    assert answer.exit_code == 4
    assert "acknowledgement.md, line 9: x is not a fact" in answer.stderr
    others = {entry.template for entry in CATALOGUE.values()} - {"acknowledgement"}
    assert all(name in answer.stdout for name in others)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_letter_can_be_looked_at_without_a_platform(name: str, tmp_path: Path) -> None:
    for way, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>"), ("txt", b"# ")):
        there = tmp_path / f"letter.{way}"
        answer = ask("preview", name, "-o", str(there))
        assert answer.exit_code == 0
        assert answer.stderr.startswith(f"{there} is written, for you alone to read.")
        assert there.stat().st_mode & 0o777 == 0o600
        assert there.read_bytes().startswith(begins)
    assert ask("preview", name).stdout == there.read_text("utf-8")


def test_a_preview_can_be_large_of_another_variant_and_of_a_form_that_the_name_does_not_say(tmp_path: Path) -> None:
    there = tmp_path / "draft"
    answer = ask("preview", "acknowledgement", "--large", "--format", "docx", "-o", str(there))
    assert answer.exit_code == 0
    assert Document(io.BytesIO(there.read_bytes())).styles["Normal"].font.size.pt == 18
    told = ask("preview", "acknowledgement", "--variant", "told by somebody else")
    assert "we were told about what happened to you" in told.output
    assert "font: 18pt" in ask("preview", "acknowledgement", "--large", "--format", "html").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("acknowlegement",), "Did you mean acknowledgement"),
        (("acknowledgement", "--variant", "x"), "There is: told by the victim, told by somebody else."),
        (("acknowledgement", "-o", "letter.odt"), "its name ends in .pdf, .docx, .html, .txt"),
        (("acknowledgement", "--format", "pdf"), "A pdf goes into a file: -o letter.pdf"),
        (("acknowledgement", "--format", "pdf", "-o", "letter.docx"), "letter.docx is not the name of a .pdf file"),
        (("acknowledgement", "-o", "/nowhere/letter.pdf"), "cannot be written: No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said(words: tuple[str, ...], says: str) -> None:
    answer = ask("preview", *words)
    assert answer.exit_code == 2
    assert says in answer.stderr


def test_a_language_without_a_folder_is_said() -> None:
    answer = ask("preview", "acknowledgement", "--lang", "pl")
    assert answer.exit_code == 4
    assert answer.stderr == "There is no letter 'acknowledgement' in 'pl'.\n"


def test_the_letter_of_a_case_is_made_and_nothing_is_written_to_the_platform(desk: Desk) -> None:
    """HC-024, HC-025: to the only victim unasked, with the case number; in Word where the file's name says so."""
    before = {table: desk.house.platform.records(table) for table in ("Letters", "Cases", "Developments")}
    answer, there = desk.render("cw-2026-0001", "acknowledgement")
    assert answer.exit_code == 0, answer.output
    assert there.read_bytes().startswith(b"%PDF")
    answer, there = desk.render("CW-2026-0001", "Contact and acknowledgement", "--to", desk.victim, file="x.docx")
    assert answer.exit_code == 0, answer.output
    text = [p.text for p in Document(io.BytesIO(there.read_bytes())).paragraphs]
    assert "Your case with us: CW-2026-0001" in text
    assert {table: desk.house.platform.records(table) for table in before} == before


def test_a_letter_that_may_not_be_written_is_held_with_its_sentence_and_no_file(desk: Desk) -> None:
    """HC-024: nobody asked the victim whether a letter is safe; once somebody has, it is made."""
    desk.house.platform.update("People", [(desk.victim, {"Safe ways to contact": ()})])
    answer, there = desk.render("CW-2026-0001", "acknowledgement")
    assert answer.exit_code == 4
    assert answer.stderr == "Nobody has asked the victim which ways to reach them are safe.\n"
    assert not there.exists()
    desk.house.platform.update("People", [(desk.victim, {"Safe ways to contact": (c.Channel.LETTER,)})])
    assert desk.render("CW-2026-0001", "acknowledgement")[0].exit_code == 0


def test_a_letter_with_a_hole_in_it_is_not_made_and_the_hole_is_named(desk: Desk) -> None:
    desk.house.platform.update("People", [(desk.victim, {"Postcode": None})])
    answer, there = desk.render("CW-2026-0001", "acknowledgement")
    assert answer.exit_code == 4
    assert "Missing: the victim's address and postcode" in answer.stderr
    assert not there.exists()


def test_whom_it_is_to_must_be_on_the_case_and_is_never_repeated(desk: Desk) -> None:
    """A name that was typed is said by nobody else; the name of somebody on the case will do."""
    answer, _ = desk.render("CW-2026-0001", "acknowledgement", "--to", "Nobody Inparticular")
    assert answer.exit_code == 2
    assert "--to names nobody on this case." in answer.stderr
    assert "Inparticular" not in answer.stderr
    name = desk.house.only("People", role=c.PersonRole.VICTIM).fields["Name"]
    assert desk.render("CW-2026-0001", "acknowledgement", "--to", str(name).upper())[0].exit_code == 0
    accused, _ = desk.render("CW-2026-0001", "acknowledgement", "--to", "Person Placeholder")
    assert accused.exit_code == 4
    assert "not entered as one" in accused.stderr


@pytest.mark.parametrize(
    ("words", "file", "says"),
    [
        (("CW-2026-0009", "acknowledgement"), "letter.pdf", "There is no case 'CW-2026-0009'"),
        (("CW-2026-0001", "valentine"), "letter.pdf", "There is no letter 'valentine'"),
        (("CW-2026-0001", "acknowledgement"), "letter.txt", "A real letter is a .pdf or a .docx"),
    ],
)  # fmt: skip
def test_a_case_or_a_letter_that_is_not_there_is_said(desk: Desk, words: tuple[str, ...], file: str, says: str) -> None:
    answer, there = desk.render(*words, file=file)
    assert answer.exit_code == 2
    assert says in answer.stderr
    assert not there.exists()


def test_a_platform_that_is_down_is_try_again_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: object) -> None:
        raise TryAgainLater("NocoDB")

    monkeypatch.setattr(connect, "platform", down)
    assert desk.render("CW-2026-0001", "acknowledgement")[0].exit_code == 3


def test_what_an_officer_wrote_for_this_reader_is_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest row of that kind which nobody has decided about; and the incident that it names."""
    seen = []
    entry = CATALOGUE[c.LetterKind.ACKNOWLEDGEMENT]
    monkeypatch.setitem(CATALOGUE, entry.kind, replace(entry, held=lambda of: seen.append(of) or "Held."))  # type: ignore[arg-type]
    row = desk.house.platform.records("Letters")[0]
    assert desk.render("CW-2026-0001", "acknowledgement")[0].exit_code == 4
    assert seen[0].row.id == row.id
    assert seen[0].to.id == desk.victim
    desk.house.platform.update("Letters", [(row.id, {"Decision": c.LetterDecision.CANCELLED})])
    desk.render("CW-2026-0001", "acknowledgement")
    assert seen[1].row is None
    assert seen[1].to.id == desk.victim


def test_words_on_a_row_that_names_nobody_are_for_nobody_where_two_could_be_meant() -> None:
    """R-17, HC-093: a warning that was written for one alleged perpetrator is not made out to the other."""
    from datetime import UTC, datetime

    from automations.model import Case, Letter, Person
    from casewatch.commands.letter_render import _row

    at, kind = datetime(2026, 11, 18, 9, 0, tzinfo=UTC), c.LetterKind.WARNING
    one, two = (Person(id=f"p{n}", created_at=at, role=c.PersonRole.PERPETRATOR) for n in (1, 2))
    unnamed = Letter(id="l1", created_at=at, kind=kind, words="You shouted.")
    case = Case(id="c1", created_at=at, reference="CW-2026-0007", people=(one, two), letters=(unnamed,))
    assert _row(case, kind, two) is None
    assert _row(replace(case, letters=(replace(unnamed, to_id="p2"),)), kind, two) is not None
    assert _row(replace(case, people=(two,)), kind, two) == unnamed
    agency = replace(unnamed, kind=c.LetterKind.POLICE_REFERRAL)
    assert _row(replace(case, letters=(agency,)), c.LetterKind.POLICE_REFERRAL, two) == agency
