"""Pack on paper: the cover sheet of the letters to post, with no more than the envelopes need.

In: the letters that are in the pack and those left out. Out: a tagged PDF.
Never here: a name, or an address beyond its postcode.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from automations.letters.blocks import Block, Heading, Paragraph, Runs, Table, Text
from automations.letters.facts import Facts, Landlord, OfficerFacts
from automations.letters.languages import language
from automations.letters.pdf import set_in_type
from automations.letters.words import fitted
from automations.to_post import LeftOut, ToPost

SENT_LATER = (
    "Nothing here is marked as sent. Once they are posted, set Decision to Sent on each row in Letters, and say when "
    "and how it went. Then destroy this sheet."
)


def cover(inside: Sequence[tuple[ToPost, int]], left_out: Sequence[LeftOut], landlord: Landlord, on: date) -> bytes:
    """The first sheet. Of each letter how many pages it has, so that each envelope gets all of its own."""
    title = f"Letters to post, {language('en').day(on)}"
    facts = Facts(landlord=landlord, reference="Letters to post", recipient_name=None, recipient_address=(),
                  officer=OfficerFacts())  # fmt: skip
    blocks = (*_inside(title, inside), *_left_out(left_out))
    return set_in_type(blocks, facts, large=False, language="en", title=title)


def _inside(title: str, inside: Sequence[tuple[ToPost, int]]) -> Iterable[Block]:
    yield Heading(1, _runs(title))
    yield Paragraph(_runs(SENT_LATER))
    yield _table(("Row", "Case", "Letter", "Postcode", "Pages"), [
        (f"Letters {x.row}", x.reference, x.title, x.to or "see the letter", str(pages)) for x, pages in inside
    ], (2, 3, 5, 2, 1))  # fmt: skip


def _left_out(left_out: Sequence[LeftOut]) -> Iterable[Block]:
    if left_out:
        yield Heading(2, _runs("Left out"))
        rows = [(f"Letters {x.row}", x.reference, x.title, x.why) for x in left_out]
        yield _table(("Row", "Case", "Letter", "Why"), rows, (2, 3, 3, 5))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], widths: tuple[int, ...]) -> Table:
    return Table(tuple(map(_runs, header)), tuple(tuple(map(_runs, row)) for row in rows), widths)


def _runs(said: str) -> Runs:
    return (Text(fitted(said)),)
