"""Provisioning: compare what is declared with what is there, and make the difference.

In: BASES and a platform's SchemaTarget. Out: a list of changes, done or only shown.
Never here: a deletion. Staff own their bases; what is not known is reported and left alone.
"""

from schema.provisioning.apply import Applied, apply
from schema.provisioning.changes import Change
from schema.provisioning.diff import diff
from schema.provisioning.found import FoundBase, FoundColumn, FoundTable, SchemaTarget

__all__ = ["Applied", "Change", "FoundBase", "FoundColumn", "FoundTable", "SchemaTarget", "apply", "diff"]
