"""Addressee: the organisation that a letter goes to, as its own row says, and whom on the case it is about.

In: a letter's row, or what a letter is written from. Out: its names, whether the office lists it, lines, a person.
Never here: a name or an address guessed or mended. Without a postcode there is no address.
"""

import re
from collections.abc import Callable, Mapping

from automations.consent import same_words
from automations.letters.words import clean
from automations.letters.writing import Writing
from automations.model import Letter, Partner, Person
from automations.postcodes import WHOLE, written
from schema import choices as c

OF_ITS_KIND: Mapping[c.Option, tuple[Callable[[Partner], bool], str]] = {
    c.Option.POLICE: (
        lambda partner: partner.police_body is c.YesNo.YES,
        "Addressed to must be whom the agreement names, or a police body that the office lists (Partners).",
    ),
    c.Option.LEGAL: (
        lambda partner: partner.our_solicitor,
        "Addressed to must be whom the agreement names, or a solicitor of ours that the office lists (Partners).",
    ),
}
"""Options that say themselves who is told: which partner of the office that is, and why a letter to another is held.
Whoever can write an address could otherwise send it anywhere (R-26)."""
ENDS = re.compile(r"[,\n]")


def organisations(row: Letter | None) -> tuple[str, ...]:
    """What the reader is called: the whole of `Addressed to`, and each beginning of it that ends a line or at a comma.

    "Sample Advice, Housing team" is written to Sample Advice: a yes to either covers it, a no to either shuts it.
    """
    whole = (row.addressed_to if row else None) or ""
    ends = [*(found.start() for found in ENDS.finditer(whole)), len(whole)]
    return tuple(dict.fromkeys(name for end in ends if (name := clean(whole[:end]))))


def is_listed(of: Writing, option: c.Option) -> bool:
    """Whether the office base, which no reader of this case can edit, lists the reader as what the option says."""
    is_one = OF_ITS_KIND[option][0]
    return any(
        is_one(partner) and not partner.is_off and any(same_words(partner.name, name) for name in organisations(of.row))
        for partner in of.partners
    )


def envelope(row: Letter | None) -> tuple[str | None, tuple[str, ...]]:
    """The name and the lines under it, the postcode last; no lines where the address or its postcode is not there."""
    named = _lines(r"\n", (row.addressed_to if row else None) or "")
    name = named[0] if named else None
    lines = _lines(r"[,\n]", (row.address if row else None) or "")
    last = lines[-1].upper() if lines else ""
    code = next((found for found in WHOLE.finditer(last) if found.end() == len(last)), None)
    if code is None or (not (before := lines[-1][: code.start()].strip()) and len(lines) < 2):
        return name, ()
    return name, (*named[1:], *lines[:-1], *filter(None, (before,)), written(code.group()))


def about(of: Writing) -> Person | None:
    """Whom on the case a letter to an organisation, or a paper for our own file, is about: its To."""
    return of.to or of.case.person(of.row.to_id if of.row else None)


def _lines(at: str, text: str) -> list[str]:
    return [line for part in re.split(at, text) if (line := clean(part))]
