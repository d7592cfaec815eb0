"""By hand: a partner who has a web form or a telephone and nothing else. We cannot send; we say what to put where.

In: bytes that payload.py made, and the partner's form. Out: a pack for whoever fills the form in or rings.
Never here: a form filled in by a machine, a field dropped because the form has no box for it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from automations.errors import NeedsAPerson, Stop
from automations.model.pack import Box, Pack, mark_of
from sync.partners.form import Form
from sync.partners.in_words import Line, lines

HEAD = ("message", "form", "version")
"""What the message is: it stands at the top of the pack, and in no box."""
LEFT_OUT = {
    "withheld": "somebody who may be named holds it back",
    "limited": "an agreement says what it covers, and only a person can read whether this is within it",
    "another victim": "it is about another victim too, who may not be named",
    "speaks of others": "it speaks of somebody who may not be named",
    "not written": "nobody has written an account for this partner",
}
STATISTICS = "Everything that names anybody: the message is for statistics. Add no name, address or day."


@dataclass(frozen=True, slots=True)
class ByHand:
    """One partner, from the settings. `where` is the page to open or the number to ring; a telephone has no form."""

    name: str
    partner: str
    where: str
    form: Form | None = None


class Manual:
    """The way that only a person can go."""

    once = False
    carries_names = True

    def __init__(self, destination: ByHand, paper: Callable[[Pack], bytes]) -> None:
        """Stop where nobody could tell where to go. `paper` sets a pack on paper."""
        if not destination.where.strip():
            raise Stop(f"destinations.{destination.name}.where says what to open or whom to ring.")
        self._destination = destination
        self._paper = paper

    def deliver(self, payload: bytes, key: str, to: str = "") -> NoReturn:
        """Never: what a person does instead."""
        raise NeedsAPerson(
            f"{self._destination.name} is told by hand. Do what the file in Pack says; then enter Made by hand at and "
            "attach the confirmation in Proof. Nothing was sent."
        )

    def pack(self, payload: bytes, key: str, at: datetime, first: Sequence[str] = ()) -> bytes:
        """The pack as a PDF, with when it is made and what to know `first`. NeedsAPerson where the form needs what
        may not be told, or a sign has no type.
        """
        if not re.fullmatch(r"[0-9a-f]{32,64}", key):
            raise Stop("A pack goes under the key of its payload: any other may tell the partner which case it is.")
        mark = mark_of(hashlib.sha256(payload).hexdigest())
        return self._paper(replace(packed(lines(payload), key, self._destination), mark=mark, made_at=at,
                                   first=tuple(first)))  # fmt: skip


def packed(told: Sequence[Line], key: str, at: ByHand) -> Pack:
    """Every field that says something, in one place of the pack: a box, the list of those without, what is withheld."""
    known = {line.field: line for line in told if line.words}
    head, kept = [known[name] for name in HEAD if name in known], [line for line in known.values() if _kept_back(line)]
    rest = [
        line for line in known.values() if line not in head and line not in kept and not line.field.endswith(".part")
    ]
    if at.form is None:
        boxes = [Box(line.under or "The message", line.label, tuple(line.words.splitlines())) for line in rest]
        placed = {line.field for line in rest}
    else:
        if gone := [name for name in at.form.needs if name not in known]:
            raise NeedsAPerson(f"{at.form.title} needs {', '.join(map(_say, gone))}. {at.form.instead}")
        boxes = [_box(box.page, box.label, box.say, box.fields, box.required, known) for box in at.form.boxes]
        placed = {field for box in at.form.boxes for field in box.fields}
    return Pack(
        partner=at.partner,
        where=at.where,
        what=", ".join(line.words if line.field != "version" else f"version {line.words}" for line in head),
        key=key,
        boxes=tuple(boxes),
        on_a_form=at.form is not None,
        no_place=tuple((_place(line), line.words) for line in rest if line.field not in placed),
        withheld=tuple(_withheld(kept, head)),
    )


def _box(page: str, label: str, say: str, fields: Sequence[str], required: bool, known: dict[str, Line]) -> Box:
    found = [known[field].words for field in fields if field in known]
    said = [say] if say else [line for words in found for line in words.splitlines()]
    return Box(page, label, tuple(said), required)


def _place(line: Line) -> str:
    return f"{line.under}: {line.label[0].lower()}{line.label[1:]}" if line.under else line.label


def _kept_back(line: Line) -> bool:
    """Whether a field says what is not told. It is for us, and for no box."""
    return line.field.rpartition(".")[2] in ("withheld", "narrative_left_out", "victims_not_named", "ask_us_first")


def _withheld(kept: Sequence[Line], head: Sequence[Line]) -> Iterator[str]:
    if any(line.field == "form" and line.words == "statistical" for line in head):
        yield STATISTICS
    for line in kept:
        match line.field.rpartition(".")[2], line.words:
            case "withheld", words:
                yield f"{line.under}: {words}. What they agreed to has a limit, so the name alone is told."
            case "ask_us_first", "yes":
                yield f"{line.under}: how to reach them is ours to say. The partner is to ring us first."
            case "victims_not_named", words if words != "0":
                yield f"Victims not named: {words}. They have not agreed. Give nothing that tells who they are."
            case "narrative_left_out", words:
                yield f"What happened, in words: {LEFT_OUT.get(words, words)}."


def _say(field: str) -> str:
    """A field in words: victim.name is the victim's name."""
    of, _, name = field.rpartition(".")
    said = name.replace("_", " ")
    return f"the {of.replace('_', ' ')}'s {said}" if of else f"the {said}"
