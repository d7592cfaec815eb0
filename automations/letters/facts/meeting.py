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
    time: str | None = None
    """As it is read aloud, London time: 2.30pm."""
    place: str | None = None


NONE_BOOKED = Meeting()
