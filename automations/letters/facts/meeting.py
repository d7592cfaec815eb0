"""Facts of a meeting: when and where somebody is asked to come.

In: nothing. Out: a type that the facts of several readers hold.
Never here: who else was asked, or what it is about.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The next meeting that is booked (HC-084, HC-097). None: not known."""

    on: date | None = None
    """The day of the meeting."""
    time: str | None = None
    """Its time as it is read aloud, London time: 2.30pm."""
    place: str | None = None
    """Where it is."""


NONE_BOOKED = Meeting()
