"""A letter in another language: it has each point of ours, or it is not made; without one a translator is asked."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from letter_cases import a_case, a_victim, the_letter
from samples import SAMPLES

from automations.errors import Stop
from automations.letters import Draft, Missing, Untranslated, languages, render_pdf, render_word
from automations.letters.document import document, words
from automations.letters.languages import folder_of, folders, language, listed
from automations.letters.template import template
from casewatch.commands.letter import letter
from casewatch.commands.letter_check import checked

NAME = "acknowledgement"
KEPT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\*\*|[^\W\d_]+)")
"""What a translator leaves as it is, and each word."""
CACHES = (template, language, listed)


def put(words: str) -> str:
    """Those words in a language that does not exist: each of them backwards."""
    return KEPT.sub(lambda found: found.group()[::-1] if found.group().isalpha() else found.group(), words)


def put_letter(source: str) -> str:
    head, body = source.split("---\n", 2)[1:]
    return f"---\n{re.sub(r'title: (.*)', lambda found: 'title: ' + put(found.group(1)), head)}---\n{put(body)}"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A made-up language, Backwards, beside English, with every letter in it."""
    there = copytree(languages.FOLDER, tmp_path / "letter_templates")
    monkeypatch.setattr(languages, "FOLDER", there)
    made = there / "qaa"
    made.mkdir()
    for path in (there / "en").glob("*.md"):
        (made / path.name).write_text(put_letter(path.read_text("utf-8")), "utf-8")
    for name in languages.LISTS:
        lines = (there / "en" / name).read_text("utf-8").split("\n")
        turned = [re.sub(r": (.*)", lambda found: ": " + put(found.group(1)), line) for line in lines]
        (made / name).write_text("\n".join(turned), "utf-8")
    around = (there / "en" / "language.yaml").read_text("utf-8")
    for ours, theirs in (
        ("name: English", "name: Backwards"),
        ("en-GB", "qaa"),
        ("Page {", "Egap {"),
        ("Monday", "Yadnom"),
    ):
        around = around.replace(ours, theirs)
    (made / "language.yaml").write_text(around, "utf-8")
    for cache in CACHES:
        cache.cache_clear()
    yield made
    for cache in CACHES:
        cache.cache_clear()


def test_we_ship_english_and_every_letter_of_it_passes_the_check() -> None:
    """HC-054: no language but ours is ours to answer for."""
    assert folders() == ("en",)
    told, faults = checked()
    assert (told, faults) == ([f"en: {len(SAMPLES)} of {len(SAMPLES)} letters."], [])


def test_whoever_reads_another_language_has_the_letter_in_it(folder: Path) -> None:
    """HC-054, HC-024: with days, page numbers and title of that language."""
    told, faults = checked()
    assert (folders(), faults, told[1]) == (("en", "qaa"), [], f"qaa: {len(SAMPLES)} of {len(SAMPLES)} letters.")
    made = the_letter(a_case(a_victim(language=" backwards")))
    english = the_letter()
    assert isinstance(made, Draft)
    assert isinstance(english, Draft)
    assert made.fingerprint != english.fingerprint
    assert made.render()[:5] == b"%PDF-"
    assert language("qaa").day(date(2026, 11, 2)) == "Yadnom 2 November 2026"
    assert language("qaa").page_words == ("Egap ", " of ", "")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_letter_can_be_made_in_another_language(name: str, folder: Path) -> None:
    """HC-054: its points are ours, one for one."""
    for facts in SAMPLES[name].values():
        theirs, ours = (words(document(template(name, each), facts)) for each in ("qaa", "en"))
        assert theirs != ours
        assert len(theirs.split("\n")) == len(ours.split("\n"))
    assert render_pdf(name, facts, large=False, language="qaa")[:5] == b"%PDF-"
    assert render_word(name, facts, large=True, language="qaa")[:2] == b"PK"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: re.sub(r"\nclause: .*", "\nclause: 99.9", text), "clause is not as in"),
        (lambda text: re.sub(r"\n  reference: .*", "", text), "needs does not name the same facts"),
        (lambda text: re.sub(r"\n\{\{ officer.name \}\}.*", "", text, count=1), "where the English letter has"),
        (lambda text: re.sub(r"\n- [^\n]*", "", text, count=1), "where the English letter has"),
        (lambda text: text + "\nEromeno tniop.\n", "where the English letter has on its end"),
        (lambda text: text.rsplit("\n\n", 1)[0] + "\n", "is missing that the English letter has"),
        (lambda text: text.replace("{% if ", "{% if not ", 1), "where the English letter has"),
        (lambda text: text.replace("\n## ", "\n## \U0001f600 ", 1), "cannot show the sign"),
    ],
    ids=["clause", "needs", "fact", "point", "more", "less", "logic", "sign"],
)  # fmt: skip
def test_a_letter_that_lacks_a_point_or_a_fact_is_not_made_and_costs_no_other(
    change: object, says: str, folder: Path
) -> None:
    """HC-054, HC-094, HC-101: what the letter must say it says in every language."""
    assert callable(change)
    here = folder / f"{NAME}.md"
    spoilt = change(here.read_text("utf-8"))
    assert spoilt != here.read_text("utf-8")
    here.write_text(spoilt, "utf-8")
    made = the_letter(a_case(a_victim(language="Backwards")))
    assert isinstance(made, Missing)
    assert says in made.facts[0]
    assert f"letter_templates/qaa/{NAME}.md" in made.facts[0]
    assert isinstance(the_letter(), Draft), "in English it is made as ever"
    [fault] = checked()[1]
    assert says in fault


def test_a_letter_that_nobody_translated_is_no_translation(folder: Path) -> None:
    """HC-054: a copy of the English file, put into the folder and forgotten."""
    (folder / f"{NAME}.md").write_text((folder.parent / "en" / f"{NAME}.md").read_text("utf-8"), "utf-8")
    assert "It is still in English." in checked()[1][0]


def test_a_letter_that_is_not_there_yet_needs_a_translator(folder: Path) -> None:
    """HC-054: the folder is there, the letter is not."""
    reader = a_case(a_victim(language="Backwards"))
    assert isinstance(the_letter(reader), Draft)
    (folder / f"{NAME}.md").unlink()
    assert the_letter(reader) == Untranslated("A letter in Backwards needs a translator.")
    told, faults = checked()
    assert (told[2], faults) == (f"  Not there yet: {NAME}.", [])


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("language.yaml", "{day} ", ""), ("language.yaml", "{page}", "{0}"), ("language.yaml", ", December", ""),
        ("language.yaml", "tag: qaa", "tag:"), ("options.yaml", "POLICE:", "POLISE:"),
        ("works.yaml", "OTHER:", "MORE:"),
    ],
)  # fmt: skip
def test_what_stands_around_a_letter_is_checked_too(file: str, old: str, new: str, folder: Path) -> None:
    """HC-026, HC-054: the fault is named, and English letters are made as ever."""
    here = folder / file
    here.write_text(here.read_text("utf-8").replace(old, new, 1), "utf-8")
    faults = checked()[1]
    assert faults[0].startswith(f"letter_templates/qaa/{file}:")
    assert isinstance(the_letter(), Draft)
    assert folder_of("Backwards") == (None if file == "language.yaml" else "qaa")
    with pytest.raises(Stop):
        (language("qaa"), *(listed("qaa", each) for each in languages.LISTS))


def test_the_check_is_a_command_whose_exit_code_says_whether_all_is_well(folder: Path) -> None:
    """HC-054: 0, or 4 with the file and the line."""
    whole = CliRunner().invoke(letter, ["check"])
    assert (whole.exit_code, "qaa: " in whole.output) == (0, True)
    (folder / f"{NAME}.md").write_text((folder.parent / "en" / f"{NAME}.md").read_text("utf-8"), "utf-8")
    for cache in CACHES:
        cache.cache_clear()
    broken = CliRunner().invoke(letter, ["check"])
    assert (broken.exit_code, f"letter_templates/qaa/{NAME}.md, line" in broken.output) == (4, True)
