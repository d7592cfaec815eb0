"""Small counts: what is held back so that nobody can work out who somebody is from what is counted.

In: one record's bands and place, or a month's counts. Out: the same with less in it, and by which rule.
Never here: a name, a reference, a random number (the same counts always give the same answer).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SMALLEST = 5
"""The smallest count of people that is told. 1 to 4 are held back; nought is told (docs/decisions/0043)."""

Answers = Mapping[str, str | None]
Place = Literal["full", "sector", "outward"]


@dataclass(frozen=True, slots=True)
class OneRecord:
    """What one record may say. `place` is how much of the postcode; `held_back` is (where, by which rule)."""

    victims: tuple[Answers, ...]
    perpetrators: tuple[Answers, ...]
    place: Place
    held_back: tuple[tuple[str, str], ...]


def of_one_record(
    victims: Sequence[Answers],
    perpetrators: Sequence[Answers],
    asked_of_victims: Sequence[str],
    asked_of_perpetrators: Sequence[str],
    full_postcode: bool,
) -> OneRecord:
    """The bands and the place that one record may hold together (A-17).

    `asked_of_...` are the bands that are asked for, most wanted first. With the full postcode no band goes. Of one
    person two bands go at most, of all in one part four. With more than one band of a part goes only the first half of
    the postcode. The rules name where something was held back, and never whether that person had answered.
    """
    asked = (("victims", victims, asked_of_victims), ("perpetrators", perpetrators, asked_of_perpetrators))
    if full_postcode:
        return OneRecord((), (), "full", tuple((part, "full_postcode_is_told") for part, _, _ in asked))
    told: dict[str, tuple[Answers, ...]] = {}
    rules: list[tuple[str, str]] = []
    place: Place = "sector"
    for part, people, wanted in asked:
        rules.append((part, "only_what_the_strands_ask"))
        kept = [_two(answers, wanted) for answers in people]
        bands = sum(map(len, kept))
        if bands > 4:
            rules.append((part, "too_much_together"))
            kept, bands = [], 0
        if bands > 1:
            place = "outward"
        told[part] = tuple(answers for answers in kept if answers)
    if place == "outward":
        rules.append(("postcode", "too_much_together"))
    return OneRecord(told["victims"], told["perpetrators"], place, tuple(rules))


def _two(answers: Answers, wanted: Sequence[str]) -> Answers:
    given = [name for name in dict.fromkeys(wanted) if answers.get(name)]
    return {name: answers[name] for name in given[:2]}


@dataclass(frozen=True, slots=True)
class Counts:
    """A month's counts as they may be told. None: held back. A breakdown in `whole` is held back with its noughts."""

    total: int | None
    rows: Mapping[str, Mapping[str, int | None]]
    whole: frozenset[str] = frozenset()


def held_back(rows: Mapping[str, Mapping[str, int]], total: int, smallest: int = SMALLEST) -> Counts:
    """A month's counts for one area without those that single somebody out, nor any that these follow from.

    `rows` is each breakdown by its name ("strand", "place"), and in it the count of each code, noughts included.
    `total` is how many incidents were counted. Three rules, for each breakdown by itself:

    1. A count from 1 to `smallest` - 1 is held back. Is the total one, everything is, noughts too: in a month with one
       incident the code that is no nought would be that person's, in every breakdown.
    2. One count held back could be found by subtraction from the total. So the next smallest is held back as well,
       until at least two are, and until they add up to more than their number (two counts that add up to two are one
       and one).
    3. Is nothing left to hold back and that is still not so, the whole breakdown is held back, noughts too.

    A breakdown in which an incident stands more than once (strands) is treated as if it added up: that holds back more
    than it must, never less. Ask for breakdowns side by side, never for one of pairs ("strand and place"): a count of
    pairs adds up to two breakdowns, and each would tell what the other holds back. For the same reason tell a month
    once, and no sum of months beside them. ValueError where a count is less than nought.
    """
    if total < 0 or any(n < 0 for counts in rows.values() for n in counts.values()):
        raise ValueError("A count is less than nought.")
    if 0 < total < smallest:
        return Counts(None, {name: _without(counts, set(counts)) for name, counts in rows.items()}, frozenset(rows))
    told: dict[str, Mapping[str, int | None]] = {}
    whole = set()
    for name, counts in rows.items():
        hidden = {code for code, n in counts.items() if 0 < n < smallest}
        more = sorted((x for x, n in counts.items() if n >= smallest), key=lambda x: (counts[x], x))
        while hidden and _can_be_found(counts, hidden) and more:
            hidden.add(more.pop(0))
        if hidden and _can_be_found(counts, hidden):
            hidden = set(counts)
            whole.add(name)
        told[name] = _without(counts, hidden)
    return Counts(total, told, frozenset(whole))


def _can_be_found(counts: Mapping[str, int], hidden: Collection[str]) -> bool:
    """Whether what is hidden follows from its sum, given that none of it is nought."""
    return len(hidden) < 2 or sum(counts[code] for code in hidden) <= len(hidden)


def _without(counts: Mapping[str, int], hidden: Collection[str]) -> Mapping[str, int | None]:
    return {code: None if code in hidden else n for code, n in counts.items()}
