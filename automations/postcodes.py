"""Postcodes: which patch one lies in, whatever the spaces and letter case.

In: what somebody typed. Out: whether it lies under the beginning that a patch names.
Never here: whether a postcode exists.
"""


def parts(postcode: str) -> tuple[str, str]:
    """The outward and inward halves: "zz1 4ab" is ("ZZ1", "4AB"). The inward half has three characters."""
    whole = "".join(ch for ch in postcode.upper() if ch.isalnum())
    return (whole[:-3], whole[-3:]) if len(whole) > 4 else (whole, "")


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
    return typed[0] in (outward, outward + inward) or (typed[0].isalpha() and outward.rstrip("0123456789") == typed[0])
