"""Shown: what a message would tell and what stays here, for whoever decides, in the names of its fields alone.

In: the bytes of a message. Out: a few lines of plain words for the referral's row.
Never here: a value of any field, so that nothing is copied about; a reason of its own (messages.py has them).
"""

import re
from collections.abc import Sequence
from itertools import groupby

from sync.partners import reasons
from sync.partners.messages import Line, Packed, because, read, withheld

HEAD = frozenset(("message", "version", "form", "reference", "sender", "replaces", "part", "withheld", "ask_us_first"))
"""Fields of every message, or of the people in it, that tell nothing of anybody."""
PERSON = re.compile(r"people\[(\d+)\]")
STATISTICS = "It names nobody: what would leave is for statistics."
NOTHING_BESIDES = "Nothing else is held back."


def shown(packed: Packed) -> str:
    """A line for each part of the message, then a line for each reason that keeps something of a part here. For
    statistics not even that: which bands are known of somebody is no business of the case's row.
    """
    message = read(packed.body)
    if getattr(message, "form", "") == "statistical":
        return STATISTICS
    people = getattr(message, "people", ())
    called = _called(people)
    lines = []
    for at, fields in groupby(because(packed), lambda line: _part(line.field)):
        names = list(dict.fromkeys(_plain(x.field) for x in fields if x.value != () and _is_told(x)))
        who = PERSON.fullmatch(at)
        of = people[int(who[1]) - 1] if who else None
        if names:
            on = " ".join(["", *reasons.on(of)]) if of else ""
            asks = " They ring us before any contact." if getattr(of, "ask_us_first", False) else ""
            lines.append(f"{called.get(at, _label(at))}: {', '.join(names)}.{on}{asks}")
    kept: dict[tuple[str, str], list[str]] = {}
    for line in withheld(packed):
        kept.setdefault((_part(line.field), line.why), []).append(_plain(line.field))
    stays = [f"{called.get(at, _label(at))}: {', '.join(dict.fromkeys(names))}. {why}"
             for (at, why), names in kept.items()]  # fmt: skip
    return "\n".join(["Would leave:", *lines, "Stays here:", *(stays or [NOTHING_BESIDES])])


def _is_told(line: Line) -> bool:
    last = line.field.rpartition(".")[2]
    return last not in HEAD and not last.endswith("_left_out") and "recall_contact" not in line.field and (
        ".grounds[" not in line.field
    )  # fmt: skip


def _called(people: Sequence[object]) -> dict[str, str]:
    """Each person by their place in the message, as staff say it: Victim 1."""
    said: dict[str, str] = {}
    count: dict[str, int] = {}
    for number, who in enumerate(people, 1):
        part = _label(str(getattr(who, "part", "person")))
        count[part] = count.get(part, 0) + 1
        said[f"people[{number}]"] = f"{part} {count[part]}"
    return said


def _part(field: str) -> str:
    return field.partition(".")[0] if "." in field else ""


def _label(name: str) -> str:
    words = re.sub(r"\[(\d+)\]", r" \1", name).replace("_", " ")
    return words[:1].upper() + words[1:] or "The message"


def _plain(field: str) -> str:
    return field.rpartition(".")[2].removesuffix("_left_out").replace("_", " ")
