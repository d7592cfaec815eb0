"""The check of every letter in every language that has a folder in letter_templates.

In: the templates. Out: a line a language, and what must be put right.
Never here: a case, a fact of anybody, a judgement of a translation's words.
"""

from collections.abc import Callable
from functools import partial


def checked() -> tuple[list[str], list[str]]:
    """What there is in each language, and every fault with its file and line."""
    from automations.errors import Stop
    from automations.letters.languages import LISTS, OURS, folders, language, letters, listed
    from automations.letters.template import template

    told, faults = list[str](), list[str]()
    ours = set(letters(OURS))
    for folder in folders():
        found = sorted(letters(folder))
        reads: list[Callable[[], object]] = [partial(language, folder)]
        reads += [partial(listed, folder, file) for file in LISTS]
        reads += [partial(template, name, folder) for name in found]
        for read in reads:
            try:
                read()
            except Stop as broken:
                faults.append(broken.detail)
        told.append(f"{folder}: {len(found)} of {len(ours)} letters.")
        if missing := ", ".join(sorted(ours - set(found))):
            told.append(f"  Not there yet: {missing}.")
    return told, faults
