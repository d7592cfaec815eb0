"""The ways out of a letter: PDF, Word, HTML or plain words, to a file or the screen.

In: a template's name and facts. Out: the file.
Never here: where the facts are from.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casewatch.commands.private_file import save_private

if TYPE_CHECKING:
    from automations.letters.facts import Facts

WAYS = ("pdf", "docx", "html", "txt")


def way_out(asked: str | None, output: Path | None) -> str:
    """One of WAYS. UsageError where the file's name says another, or a file that is no text has no name."""
    named = output.suffix.lower().removeprefix(".") if output else ""
    if asked and named in WAYS and named != asked:
        raise click.UsageError(f"{output} is not the name of a .{asked} file.")
    if output and not asked and named not in WAYS:
        raise click.UsageError(
            f"-o {output}: its name ends in {', '.join('.' + way for way in WAYS)}, or say --format."
        )
    way = asked or named or "txt"
    if output is None and way in {"pdf", "docx"}:
        raise click.UsageError(f"A {way} goes into a file: -o letter.{way}.")
    return way


def write(name: str, facts: "Facts", way: str, output: Path | None, *, large: bool, language: str) -> None:
    """The letter of that name from those facts, where it is wanted. It ends with 4 where the letter cannot be made."""
    from automations.errors import CaseworkError

    try:
        made = _made(name, facts, way, large=large, language=language)
    except CaseworkError as error:
        click.echo(error.detail or str(error), err=True)
        sys.exit(4)
    if output is None:
        click.echo(made.decode(), nl=False)
    else:
        save(made, output)


def of_word(file: Path, output: Path, office: str | None) -> None:
    """The PDF of an edited Word letter. It ends with 4, and says why, where there can be none."""
    from automations.errors import CaseworkError
    from sync.word_processor import NOT_INSTALLED, LibreOffice, find

    try:
        program = find(office)
        made = LibreOffice(program).pdf(file.read_bytes()) if program else None
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from None
    except CaseworkError as error:
        click.echo(error.detail or str(error), err=True)
        sys.exit(4)
    if made is None:
        click.echo(NOT_INSTALLED, err=True)
        sys.exit(4)
    save(made, output)


def save(made: bytes, output: Path) -> None:
    """The file, for its owner's eyes alone, and a line that says so. UsageError where it cannot be written."""
    save_private(made, output)
    click.echo(f"{output} is written, for you alone to read. Where it names people, delete it once used.", err=True)


def _made(name: str, facts: "Facts", way: str, *, large: bool, language: str) -> bytes:
    from automations.letters import render_pdf, render_word
    from automations.letters.document import document, words
    from automations.letters.html import page
    from automations.letters.template import template

    if way == "pdf":
        return render_pdf(name, facts, large=large, language=language)
    if way == "docx":
        return render_word(name, facts, large=large, language=language)
    blocks = document(template(name, language), facts)
    return (page(blocks, facts, large=large, language=language) if way == "html" else words(blocks)).encode()
