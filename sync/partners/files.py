"""Files: what a file for a partner is called, and in which of the partner's folders it goes (R-26).

In: a payload's key, a Partner row's recipient, the settings. Out: one name that can lead nowhere else.
Never here: a name that tells whose case it is, a folder that the settings do not name.
"""

import re
from collections.abc import Sequence

from automations.errors import NeedsAPerson, Stop
from sync.partners.said import REFUSED, is_key

FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
HELD_OTHERWISE = REFUSED[409]


def named(key: str, ending: str) -> str:
    """The file of a key. Stop where the key is not one of ours."""
    if not is_key(key):
        raise Stop("A notice goes under the key of its payload: any other may tell the partner which case it is.")
    return f"{key}.{ending}"


def recipient(name: str, to: str, allowed: Sequence[str]) -> str:
    """The folder inside the destination: one that the settings list, or none where they list none."""
    if to and not allowed:
        raise NeedsAPerson(f"{name} is one folder: it has no recipients. Nothing was sent.")
    if not to and allowed:
        raise NeedsAPerson(f"{name} has a folder for each recipient: the Partner row says which. Nothing was sent.")
    if to and to not in allowed:
        raise NeedsAPerson(f"The settings of {name} do not list the recipient of the Partner row. Nothing was sent.")
    return to


def faults_of(name: str, to: Sequence[str]) -> list[str]:
    """What is wrong with the recipients in the settings."""
    if all(FOLDER.fullmatch(each) for each in to):
        return []
    return [f"{name}: each folder in `to` is one plain name, of letters, digits, dots, dashes and underscores."]
