"""A pack on paper: what to put where, what is withheld, and how it is recorded that it was done.

In: a Pack. Out: blocks for the letters' own engine, and a tagged PDF.
Never here: what may be told (payload.py), which box takes what (sync/partners/manual.py), a second way to set type.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from automations.letters.document import Block, Break, Heading, Listing, Paragraph, Runs, Table, Text
from automations.letters.facts import Facts, Landlord, OfficerFacts
from automations.letters.pdf import set_in_type
from automations.letters.words import HUGE, fitted
from automations.model.pack import Box, Pack
from schema.choices import ReferralState

EMPTY = "(Leave this empty.)"
ASKED = "(Leave this empty, and make nothing up.)"
IN_ONE = "(One word, with nothing between its signs: look at it once it is pasted.)"


def pdf(of: Pack, landlord: Landlord) -> bytes:
    """The pack as a tagged PDF. NeedsAPerson where a sign in it cannot be shown."""
    called = of.called
    facts = Facts(
        landlord=landlord, reference=called, recipient_name=None, recipient_address=(), officer=OfficerFacts()
    )
    return set_in_type(tuple(blocks(of)), facts, large=False, language="en", title=called)


def blocks(of: Pack) -> Iterator[Block]:
    """Everything, in the order it is done."""
    yield Heading(1, _runs("To be told by hand"))
    yield Table((_runs("What"), _runs("This time")), (
        (_runs("Partner"), _runs(of.partner)), (_runs("Where"), _runs(of.where)), (_runs("Message"), _runs(of.what)),
        (_runs("This pack"), _runs(of.called.removeprefix("Pack "))), (_runs("Its reference"), _runs(of.key)),
    ), (1, 3))  # fmt: skip
    for words in of.first:
        yield Paragraph((Text(fitted(words), strong=True),))
    yield Heading(2, _runs("Before you begin"))
    yield Listing(True, tuple(map(_runs, _before(of))))
    yield Heading(2, _runs("What to put where" if of.on_a_form else "What to say"))
    for page, boxes in groupby(of.boxes, lambda box: box.page):
        yield Heading(3, _runs(page))
        yield Table(
            (_runs("Box on the form" if of.on_a_form else "About"), _runs("Put there" if of.on_a_form else "Say")),
            tuple((_runs(box.label), _in(box)) for box in boxes),
            (2, 3),
        )
    if of.no_place:
        yield Heading(2, _runs("What the form has no place for"))
        rows = tuple((_runs(label), _lines(words.splitlines())) for label, words in of.no_place)
        yield Table((_runs("What"), _runs("Put under anything else, or ring them with it")), rows, (2, 3))
    yield Heading(2, _runs("What is withheld, and why"))
    if of.withheld:
        yield Listing(False, tuple(map(_runs, of.withheld)))
    yield _par("What does not stand in this pack is not for this partner, even where you know it and they ask.")
    yield Heading(2, _runs("When it is done"))
    yield Listing(True, tuple(map(_runs, _after(of))))


def _before(of: Pack) -> Iterator[str]:
    yield (f"Look at the row in Referrals. Go on only while its State is {ReferralState.READY} and the row shows pack "
           f"{of.mark} in Pack. With another pack there, or none, something in this one may no longer be told: destroy "
           "it.")  # fmt: skip
    yield f"{'Open' if of.on_a_form else 'Ring'} {of.where}. Check that it is {of.partner}."
    if gone := [box.label for box in of.boxes if box.required and not box.lines]:
        yield (f"The form asks for what this message does not hold: {'; '.join(gone)}. If it does not go on without, "
               "stop, and tell your line manager. Make nothing up.")  # fmt: skip
    yield "Give it as it stands here, and nothing besides."


def _after(of: Pack) -> Iterator[str]:
    if of.on_a_form:
        yield "Keep what the form shows at the end: save the page as a file, or take a picture of the screen."
    else:
        yield "Write down who took it, when, and the number that they gave; save that as a file."
    yield "On the row in Referrals, attach that file in Proof."
    yield "Enter the day and time in Made by hand at. From then on the step counts as done."
    yield "Delete what you saved of this pack, and shred it if you printed it."


def _in(box: Box) -> Runs:
    """What goes into a box. What to mind with it is in bold and in brackets, so that nobody pastes it."""
    if not box.lines:
        return (Text(ASKED if box.required else EMPTY, strong=True),)
    note = (Break(), Text(IN_ONE, strong=True)) if any(map(HUGE.search, box.lines)) else ()
    return (*_lines(box.lines), *note)


def _lines(said: Iterable[str]) -> Runs:
    found: list[Text | Break] = []
    for line in said:
        found += [*([Break()] if found else []), Text(fitted(line))]
    return tuple(found)


def _runs(said: str) -> Runs:
    return (Text(fitted(said)),)


def _par(said: str) -> Paragraph:
    return Paragraph(_runs(said))
