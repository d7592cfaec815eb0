"""Called: what else a name is in everyday talk: shortened, as a pet name, of a whole family.

In: the parts of a name, in small letters and without accents; words as they stand in a letter. Out: forms; figures.
Never here: a nickname that is no part of the name (Bill, Peggy): those are an officer's to leave out.
"""

import re
from collections.abc import Iterator, Sequence

LEAST = 3
"""Letters of a name that its shortened form keeps at least."""
NEVER = frozenset((
    # Words without a meaning of their own, with which sentences begin.
    "the", "and", "any", "all", "are", "but", "can", "did", "for", "from", "get", "got", "had", "has", "have", "her",
    "hers", "him", "his", "how", "its", "may", "more", "most", "much", "must", "nor", "not", "now", "off", "one",
    "ones", "our", "ours", "out", "over", "own", "per", "she", "some", "than", "that", "them", "then", "they", "this",
    "too", "two", "ten", "was", "were", "what", "when", "who", "why", "with", "yes", "yet", "you", "your", "yours",
    "many", "also", "both", "even", "ever", "here", "just", "last", "like", "only", "other", "others", "same", "such",
    "there", "these", "those", "very", "please", "let", "say", "see", "set", "put", "use", "ask", "every", "happy",
    "sorry", "early", "carry", "marry", "merry", "mummy", "daddy", "law", "stay", "well", "where", "which", "while",
    "will", "would", "shall", "should", "could",
    # Dates.
    "jan", "feb", "mar", "march", "apr", "april", "jun", "june", "jul", "july", "aug", "august", "sep", "sept", "oct",
    "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "fri", "sat", "sun", "monday", "sunday",
    # What an address, an office and a letter have in it.
    "bar", "car", "cars", "close", "court", "courts", "east", "end", "flat", "flats", "ground", "grove", "hall",
    "hill", "home", "homes", "house", "lane", "lord", "mill", "new", "north", "old", "park", "parks", "place", "road",
    "roads", "row", "saint", "south", "street", "streets", "tenant", "tenants", "victoria", "ward", "west", "wood",
    "dear", "sir", "mother", "father", "man", "men", "child", "person", "persons", "people", "police", "christ",
    "christian", "god", "lady", "miss", "mister", "party", "body", "money", "key", "keys", "letter", "letters",
    "bills", "marks", "stones", "words", "notes", "days", "nights", "mays", "wills", "notices", "works", "windows",
    "doors", "walls",
))  # fmt: skip
"""Words of everyday, of dates and of addresses: as a form of somebody's name they stand for nobody."""
FIGURES = {
    word: str(figure) for figure, word in enumerate((
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ))
} | {"oh": "0", "o": "0", "nought": "0", "naught": "0"}  # fmt: skip
TENS = {word: str(figure) for figure, word in enumerate(
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}  # fmt: skip
TIMES = {"double": 2, "treble": 3, "triple": 3}
SAID = re.compile(r"[^\W\d_]+|\d+|[\W_]+")


def shortened(first_names: Sequence[str]) -> Iterator[str]:
    """Each beginning of a first name, and the pet names made of it: sam, sammy, sammie of samira."""
    for name in first_names:
        for end in range(LEAST, len(name)):
            stem = name[:end]
            yield stem
            for pet in (stem, stem + stem[-1]):
                yield from (pet + "y", pet + "ie")


def of_a_family(parts: Sequence[str]) -> Iterator[str]:
    """Each name as it is said of several: the samples, the joneses."""
    for part in parts:
        yield part + ("es" if part.endswith(("s", "x", "z", "ch", "sh")) else "s")


def forms(parts: Sequence[str], first_names: Sequence[str]) -> frozenset[str]:
    """What somebody of that name may be called besides, as far as it is no word of everyday."""
    found = {form for form in (*shortened(first_names), *of_a_family(parts)) if len(form) >= LEAST}
    return frozenset(found - NEVER - set(parts))


def in_figures(text: str) -> str:
    """The same words with numbers in figures: "fourteen", "twenty-one", "oh one six double three"."""
    parts = SAID.findall(text)
    said, done = "", 0
    while done < len(parts):
        figures, took = _number([part.casefold() for part in parts[done : done + 3]])
        said += figures or parts[done]
        done += took
    return said


def _number(parts: Sequence[str]) -> tuple[str, int]:
    """The figures that the first of these parts begin with, and how many parts they are; none is ("", 1)."""
    first, *more = parts
    third = more[1] if len(more) > 1 else ""
    if first in TENS:
        if third in FIGURES and 1 <= int(FIGURES[third]) <= 9 and more[0] in ("-", " "):
            return TENS[first] + FIGURES[third], 3
        return TENS[first] + "0", 1
    if first in TIMES and (third in FIGURES or (third.isdecimal() and len(third) == 1)):
        return FIGURES.get(third, third) * TIMES[first], 3
    return FIGURES.get(first, ""), 1
