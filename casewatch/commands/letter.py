"""`casewatch letter`: which letters there are, what each looks like, and the real one of a case.

In: a name, or a case and a kind, or neither. Out: a list or a file; nothing is written to the platform, nothing sent.
Never here: what a letter says (letter_templates/), or a rule about who may be written to.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casewatch.commands.letter_list import Line, lines
from casewatch.commands.letter_ways import WAYS, way_out, write

if TYPE_CHECKING:
    from automations.letters.facts import Facts

EXAMPLES = """
\b
Examples:
  casewatch letter list
  casewatch letter preview acknowledgement -o letter.pdf
  casewatch letter render CW-2026-0007 acknowledgement -o letter.docx
  casewatch letter pack -o post.pdf
"""
LIST_EXAMPLES = """
\b
Examples:
  casewatch letter list
  casewatch letter list --json
"""
CHECK_EXAMPLES = """
\b
Examples:
  casewatch letter check
"""
PREVIEW_EXAMPLES = """
\b
Examples:
  casewatch letter preview acknowledgement
  casewatch letter preview acknowledgement -o letter.pdf
  casewatch letter preview acknowledgement --large -o letter.docx
  casewatch letter preview acknowledgement --variant "told by somebody else" -o letter.html
"""
PDF_EXAMPLES = """
\b
Examples:
  casewatch letter pdf edited.docx
  casewatch letter pdf edited.docx -o letter.pdf
"""
RENDER_EXAMPLES = """
\b
Examples:
  casewatch letter render CW-2026-0007 acknowledgement -o letter.pdf
  casewatch letter render CW-2026-0007 acknowledgement --to 12 -o letter.docx
"""
PACK_EXAMPLES = """
\b
Examples:
  casewatch letter pack
  casewatch letter pack -o post.pdf
  casewatch letter pack -o post.pdf --json
"""


@click.group(epilog=EXAMPLES)
def letter() -> None:
    """The letters that the procedure names: list and check them, look at one, make a case's, print the post."""


@letter.command("list", epilog=LIST_EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
def list_(as_json: bool) -> None:
    """Each letter: its name, reader, clause and title; what asks for it, what holds it back, the facts it needs.

    Exit code 4: a template must be put right first; all other letters are listed.
    """
    table, faults = lines()
    if as_json:
        click.echo(json.dumps([line._asdict() for line in table]))
    else:
        _print(table)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(4 if faults else 0)


def _print(table: list[Line]) -> None:
    widths = [
        max((len(getattr(line, column)) for line in table), default=0) for column in ("name", "audience", "clause")
    ]
    for line in table:
        columns = zip((line.name, line.audience, line.clause), widths, strict=True)
        click.echo("  ".join([*(word.ljust(width) for word, width in columns), line.title]))
        for said in _more(line):
            click.echo(f"    {said}")


def _more(line: Line) -> list[str]:
    return [
        f"kind: {line.kind}",
        f"asked for by: {', '.join(line.steps) or 'staff'}",
        f"gates: {', '.join(line.gates) or 'none of a step'}" + (f"; {line.held}" if line.held else ""),
        f"needs: {', '.join(line.needs) or 'nothing'}",
        f"large print: {'yes' if line.large_print else 'no'}",
    ]


@letter.command(epilog=CHECK_EXAMPLES)
def check() -> None:
    """Whether every letter, in each language that has a folder, can be made and has each point of the English one.

    Exit code 4: something must be put right first, and it says in which file. A letter that is not there in another
    language is no fault: until it is, a translator writes it for its reader.
    """
    from casewatch.commands.letter_check import checked

    told, faults = checked()
    for line in told:
        click.echo(line)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(4 if faults else 0)


@letter.command(epilog=PREVIEW_EXAMPLES)
@click.argument("name")
@click.option("--variant", help="Which of the samples, by its name [the first].")
@click.option("--large", is_flag=True, help="Large print: 18 points.")
@click.option("--lang", default="en", show_default=True, help="The folder of letter_templates.")
@click.option("--format", "way", type=click.Choice(WAYS), help="What to make [by the file's name; else txt].")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write it [the screen, for txt and html].")  # fmt: skip
def preview(name: str, variant: str | None, large: bool, lang: str, way: str | None, output: Path | None) -> None:
    """The letter of that NAME from sample facts: nobody in it exists, and no platform is needed.

    Exit code 0: here it is. 2: there is no such letter or sample. 4: the template must be put right first.
    """
    write(name, _sample(name, variant), way_out(way, output), output, large=large, language=lang)


def _sample(name: str, variant: str | None) -> "Facts":
    """Made-up facts for that letter. UsageError where there are none."""
    import difflib

    from automations.letters.samples import SAMPLES

    if name not in SAMPLES:
        near = difflib.get_close_matches(name.lower().replace("-", "_"), SAMPLES, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise click.UsageError(f"There is no letter {name!r}. {meant}`casewatch letter list` names them all.")
    variants = SAMPLES[name]
    if variant is not None and variant not in variants:
        raise click.UsageError(f"There is no sample {variant!r} of it. There is: {', '.join(variants)}.")
    return variants[variant] if variant else next(iter(variants.values()))


@letter.command(epilog=PDF_EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.pdf",
              help="Where to write it [beside FILE, under its name].")  # fmt: skip
@click.option("--office", metavar="PROGRAM", help="Where soffice of LibreOffice is [found by its name].")
def pdf(file: Path, output: Path | None, office: str | None) -> None:
    """A PDF of a letter that was edited in Word: FILE.docx. LibreOffice makes it, without macros or the network.

    Exit code 0: here it is. 2: the file cannot be read or written. 4: there can be none, and it says why.
    """
    from casewatch.commands.letter_ways import of_word

    of_word(file, output or file.with_suffix(".pdf"), office)


@letter.command(epilog=RENDER_EXAMPLES)
@click.argument("case")
@click.argument("kind")
@click.option("--to", "person", metavar="PERSON", help="Whom it is to: the row's number in People, or the name.")
@click.option("--format", "way", type=click.Choice([way for way in WAYS if way in {"pdf", "docx"}]),
              help="What to make [by the file's name].")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write it.")  # fmt: skip
@click.option("--settings", type=click.Path(dir_okay=False, path_type=Path), help="The settings file [casewatch.toml].")
def render(case: str, kind: str, person: str | None, way: str | None, output: Path, settings: Path | None) -> None:
    """The letter of that KIND (as `casewatch letter list` names it) of a real CASE, as its facts stand now.

    It is read from the platform and made into a file; nothing is written there and nothing is sent.

    Exit code 0: here it is. 2: there is no such case or letter. 3: the platform is down, try again later. 4: it may not
    be written or facts are missing, and it says which.
    """
    from casewatch.commands.letter_render import the_letter

    made = way_out(way, output)
    if made not in {"pdf", "docx"}:
        raise click.UsageError("A real letter is a .pdf or a .docx.")
    the_letter(case, kind, person, made, output, settings)


@letter.command(epilog=PACK_EXAMPLES)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.pdf",
              help="Where to write it; without it the letters are only listed.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
@click.option("--settings", type=click.Path(dir_okay=False, path_type=Path), help="The settings file [casewatch.toml].")
def pack(output: Path | None, as_json: bool, settings: Path | None) -> None:
    """One PDF of every letter that may be posted, to print on both sides; each begins on a new sheet.

    A cover sheet says what is in it, and what was left out and why. Nothing is marked as sent: say on each row in
    Letters when it was posted. The file can be read by you alone; delete it once it is printed. It keeps the tags of
    each letter, but for whoever listens to a letter the single PDF on its row is the accessible one.

    Exit code 0: here it is, or no letter waits. 1: a case could not be read, and it says which. 3: the platform is
    down, try again later. 4: the settings must be put right first.
    """
    from casewatch.commands.letter_pack import the_pack

    if output and output.suffix.lower() != ".pdf":
        raise click.UsageError(f"-o {output}: its name ends in .pdf.")
    the_pack(output, as_json, settings)
