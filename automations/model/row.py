"""What every record has, and how a value says which column it comes from.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


def cell(column: str, default: Any = None) -> Any:
    """A value read from the column of that name; `default` where the cell is blank."""
    return field(default=default, metadata={"column": column})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every record has. Both instants are the platform's own, in UTC."""

    id: str
    created_at: datetime
    updated_at: datetime | None = None

    @property
    def recorded_at(self) -> datetime:
        """When the record was last written: the latest that its content can have been entered."""
        return self.updated_at or self.created_at


@dataclass(frozen=True, slots=True)
class TypedOver:
    """Cells of ours that somebody else typed over, as they should stand, and when the row was last touched."""

    table: str
    id: str
    cells: Mapping[str, Any]
    at: datetime
