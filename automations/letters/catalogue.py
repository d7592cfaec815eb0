"""Catalogue: every letter that the procedure names, a row each.

In: nothing. Out: one row a kind of letter.
Never here: wording (letter_templates), or which step asks for it (procedure.py).
"""

from collections.abc import Mapping

from automations.letters import (
    for_the_file,
    to_agencies,
    to_landlords,
    to_neighbours,
    to_perpetrators,
    to_tenants,
    to_victims,
    to_witnesses,
)
from automations.letters.writing import Entry
from schema import choices as c

ROWS = (
    *to_victims.LETTERS, *to_witnesses.LETTERS, *to_perpetrators.LETTERS, *to_tenants.LETTERS, *to_neighbours.LETTERS,
    *to_agencies.LETTERS, *to_landlords.LETTERS, *for_the_file.PAPERS,
)  # fmt: skip
CATALOGUE: Mapping[c.LetterKind, Entry] = {entry.kind: entry for entry in ROWS}
"""Each kind of letter by its kind. A kind without a row is written by hand."""
