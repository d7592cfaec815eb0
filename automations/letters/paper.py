"""Paper: what stands around a letter's words, whichever way it leaves: letterhead, window, day, reference, pages.

In: facts of any reader. Out: those words, clean, and the size of type.
Never here: what the letter says, or how a way out lays it on a page.
"""

from dataclasses import dataclass
from pathlib import Path

from automations.letters import languages
from automations.letters.facts import Facts
from automations.letters.words import clean, fitted, printable

NORMAL, LARGE = 12, 18
"""Points. 12 is the least that gov.uk advises for anybody; 18 is large print."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on the page that is not the letter itself. `recipient` is empty where it is to nobody."""

    size: int
    tag: str
    """The language with its country, as files say it: en-GB."""
    title: str
    """What a file shows before it is opened: nothing but the reference."""
    author: str
    sender: str
    sender_lines: tuple[str, ...]
    logo: Path | None
    recipient: tuple[str, ...]
    dated: str | None
    reference: str
    page_words: tuple[str, str, str]


def paper(facts: Facts, *, large: bool, language: str, title: str | None = None) -> Paper:
    """The paper for these facts, or for another document with its own `title`.

    NeedsAPerson where a sign cannot be printed; Stop where nobody has said how this language counts pages.
    """
    ours = languages.language(language)
    sender = facts.landlord
    return Paper(
        size=LARGE if large else NORMAL,
        tag=ours.tag,
        title=printable(clean(title or ours.title.format(reference=facts.reference))),
        author=printable(clean(sender.neutral_sender)),
        sender=_shown(sender.name),
        sender_lines=(_shown(", ".join(sender.address)), _shown(f"{sender.telephone} · {sender.email}")),
        logo=sender.logo,
        recipient=tuple(map(_shown, filter(None, (facts.recipient_name, *facts.recipient_address)))),
        dated=ours.day(facts.dated) if facts.dated else None,
        reference=_shown(facts.reference),
        page_words=ours.page_words,
    )


def _shown(words: str) -> str:
    return printable(fitted(words))
