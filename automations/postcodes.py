"""Postcodes: which patch one lies in, whatever the spaces and letter case.

In: what somebody typed. Out: how it is written, and whether it lies under the beginning that a patch names.
Never here: whether a postcode exists.
"""

import re
from functools import lru_cache
from itertools import takewhile

WHOLE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b")


def parts(postcode: str) -> tuple[str, str]:
    """The outward and inward halves: "zz1 4ab" is ("ZZ1", "4AB"). Half a code typed with its space keeps it."""
    halves = postcode.upper().split()
    if len(halves) == 2 and halves[1][0].isdigit() and len(halves[1]) < 3:
        return halves[0], halves[1]
    whole = "".join(ch for ch in postcode.upper() if ch.isalnum())
    return (whole[:-3], whole[-3:]) if len(whole) > 4 else (whole, "")


def written(postcode: str) -> str:
    """As it stands on an envelope: "zz14ab" is "ZZ1 4AB". What is no whole postcode stays as typed, in capitals."""
    whole = " ".join(parts(postcode))
    return whole if WHOLE.fullmatch(whole) else " ".join(postcode.upper().split())


@lru_cache(maxsize=65536)  # the same homes and patches on every pass
def begins(postcode: str, start: str) -> bool:
    """Whether a postcode lies under a beginning: an area (ZZ), a district (ZZ1), a sector (ZZ1 4) or all of it.

    ZZ1 does not take in ZZ10 4AB, nor ZZ1 1 the district ZZ11: a figure is never cut in two.
    """
    outward, inward = parts(postcode)
    typed = start.upper().split()
    if len(typed) == 2:
        return outward == typed[0] and inward.startswith(typed[1])
    if len(typed) != 1 or not outward:
        return False
    letters = "".join(takewhile(str.isalpha, outward))
    whole = outward + inward if len(inward) == 3 else outward
    return typed[0] in (outward, whole) or (typed[0].isalpha() and letters == typed[0])


def in_text(address: str | None) -> str | None:
    """The last postcode in an address; None where it holds none."""
    found = WHOLE.findall((address or "").upper())
    return found[-1] if found else None
