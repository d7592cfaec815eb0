"""The day's post: every letter that may be posted, in one file to print, and what was left out and why.

In: the settings, perhaps a file's name. Out: the file, and a line a letter.
Never here: a write to the platform (printed is not sent), a name on the screen.
"""

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewatch.commands.private_file import save_private

if TYPE_CHECKING:
    from automations.ports import Platform
    from automations.to_post import LeftOut, ToPost


@dataclass
class _Pack:
    """What is in it: each letter with its PDF and its pages."""

    inside: "list[tuple[ToPost, bytes, int]]" = field(default_factory=list)
    left_out: "list[LeftOut]" = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def first_pages(self, after: int) -> list[int]:
        """Where each begins in the file; `after`: the pages before the first, and a sheet has two."""
        found, at = list[int](), after + after % 2 + 1
        for *_, pages in self.inside:
            found.append(at)
            at += pages + pages % 2
        return found


def the_pack(output: Path | None, as_json: bool, settings: Path | None) -> None:
    """Make it, or only tell it where there is no `output`. It ends with 1 where a case could not be read."""
    from automations import binding, pack_paper
    from automations.calendar import LONDON
    from casewatch import connect
    from casewatch.commands.explain import moment
    from casewatch.commands.plain import plain_errors
    from casewatch.settings import load

    with plain_errors():
        loaded, now = load(settings), moment()
        landlord = connect.landlord(loaded)
        pack = _read(connect.platform(loaded), landlord, now)
        written, before = None, 0
        if pack.inside:
            counted, on = [(x, pages) for x, _, pages in pack.inside], now.astimezone(LONDON).date()
            cover = pack_paper.cover(counted, pack.left_out, landlord, on)
            before = binding.pages(cover)
            if output:
                save_private(binding.bound([cover, *(pdf for _, pdf, _ in pack.inside)]), output)
                written = output
    _tell(pack, pack.first_pages(before), written, as_json)
    sys.exit(1 if pack.unread else 0)


def _read(bases: "Platform", landlord: Any, now: Any) -> _Pack:
    """Every case as it stands, by reference, and the files of what may be posted."""
    from automations.correspondence import makes
    from automations.decide import as_it_counts
    from automations.duties import duties
    from automations.errors import CaseworkError, TryAgainLater, unforeseen
    from automations.reading import Cases, office
    from automations.rules import Rules
    from automations.to_post import LeftOut, to_post

    pack, cases, rules = _Pack(), Cases(bases), Rules(office(bases, now))
    found = [case for case in cases.all(rules.office) if any(not x.decision for x in case.letters)]
    pack.unread += [f"{which}: {why}" for which, why in cases.unread]
    for each in sorted(found, key=lambda case: (case.reference, case.id)):
        try:
            case, _ = as_it_counts(each, now, rules)
            lines = list(to_post(case, makes(case, list(duties(case, now, rules)), rules, landlord, now), now))
        except TryAgainLater:
            raise
        except Exception as error:  # one case that nobody foresaw must not keep the post of the others
            why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
            pack.unread.append(f"Cases {each.id}: {why}")
            continue
        for line in lines:
            if isinstance(line, LeftOut):
                pack.left_out.append(line)
            else:
                _fetch(bases, line, pack)
    return pack


def _fetch(bases: "Platform", line: "ToPost", pack: _Pack) -> None:
    from automations.binding import pages
    from automations.errors import NeedsAPerson
    from automations.to_post import LeftOut

    try:
        pdf = bases.fetch("Letters", line.row, line.file.column, line.file.name)
        pack.inside.append((line, pdf, pages(pdf)))
    except (KeyError, NeedsAPerson):
        why = "Its file is no longer there, or cannot be opened as a PDF."
        pack.left_out.append(LeftOut(line.row, line.reference, line.title, why))


def _tell(pack: _Pack, first: list[int], written: Path | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({
            "file": str(written) if written else None,
            "letters": [
                {"row": x.row, "reference": x.reference, "title": x.title, "postcode": x.to, "pages": pages, "page": at}
                for (x, _, pages), at in zip(pack.inside, first, strict=True)
            ],
            "left_out": [asdict(x) for x in pack.left_out],
            "not_read": pack.unread,
        }))  # fmt: skip
        return
    for (x, _, pages), at in zip(pack.inside, first, strict=True):
        click.echo(f"Letters {x.row}  {x.reference}  {x.title}: {pages} page{'s' * (pages > 1)}, from page {at}")
    if not pack.inside:
        click.echo("No letter waits for the post.")
    for out in pack.left_out:
        click.echo(f"Left out: Letters {out.row}  {out.reference}  {out.title}: {out.why}")
    for said in pack.unread:
        click.echo(f"Could not be read: {said}", err=True)
    if written:
        click.echo(f"{written} is written. Nothing is marked as sent: say on each row when it was posted.", err=True)
