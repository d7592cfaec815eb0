"""Homes: whether two people live at one address, however it was typed.

In: two people, their Address and Postcode. Out: whether it is one home, may be one, or may show where the other is.
Never here: any other address on the case, or a guess at what somebody meant to type.
"""

import re

from automations.model.people import Person

POSTCODE = re.compile(r"(?<![a-z0-9])([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})(?![a-z0-9])")
"""A whole UK postcode inside small letters, with its space or without."""
WORD = r"[^\W_]+"


def same_home(one: Person, other: Person) -> bool:
    """One address is the beginning of the other, or both have one house number or name and one postcode.

    An empty postcode does not make it another home; two different ones do.
    """
    codes, other_codes = _codes(one), _codes(other)
    if codes and other_codes and not codes & other_codes:
        return False
    return _begin_alike(one, other) or (bool(codes & other_codes) and _same_house(one, other))


def may_be_same_home(one: Person, other: Person) -> bool:
    """The same home, or one postcode and an address without a house number to tell them apart."""
    told_apart = _numbers(one) and _numbers(other)
    return same_home(one, other) or (bool(_codes(one) & _codes(other)) and not told_apart)


def may_show_home(one: Person, other: Person) -> bool:
    """Whether the address of one may show where the other lives: alike so far as it goes, or near by."""
    near = (_codes(one) | _cell(one)) & (_codes(other) | _cell(other))
    return bool(near) or _begin_alike(one, other)


def _codes(person: Person) -> set[str]:
    """The whole postcodes in the address and in the cell of their own, without spaces."""
    found = POSTCODE.findall(_small(person.address)) + POSTCODE.findall(_small(person.postcode))
    return {outward + inward for outward, inward in found}


def _cell(person: Person) -> set[str]:
    return {"".join(ch for ch in _small(person.postcode) if ch.isalnum())} - {""}


def _words(person: Person) -> list[str]:
    """The address without its postcode, word by word."""
    return re.findall(WORD, POSTCODE.sub(" ", _small(person.address)))


def _begin_alike(one: Person, other: Person) -> bool:
    """Whatever the spaces; but a house number is never cut in two: 1 is not the beginning of 12."""
    short, long = sorted(("".join(_words(one)), "".join(_words(other))), key=len)
    cut = long[len(short) :]
    return bool(short) and long.startswith(short) and not (short[-1].isdigit() and cut[:1].isdigit())


def _same_house(one: Person, other: Person) -> bool:
    """Number 14, and flat 2 at number 14, may be one home; flat 2 and flat 3 are not. A name, where there is none."""
    first, second = _numbers(one), _numbers(other)
    if first and second:
        return first <= second or second <= first
    return bool(_name(one)) and _name(one) == _name(other)


def _numbers(person: Person) -> set[str]:
    return {word for word in _words(person) if any(ch.isdigit() for ch in word)}


def _name(person: Person) -> str:
    """What stands before the first comma, where no number does."""
    line = re.split(r"[,\n]", POSTCODE.sub(" ", _small(person.address)))[0]
    return "" if any(ch.isdigit() for ch in line) else "".join(re.findall(WORD, line))


def _small(text: str | None) -> str:
    return (text or "").casefold()
