"""Apply: make the difference, change by change, and look again until there is none.

In: declared bases and a target. Out: what was done, what did not take, what a person should know.
Never here: a change that diff() did not name. Interrupted, it is simply run again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schema.parts import Base
from schema.provisioning.changes import Change
from schema.provisioning.diff import diff
from schema.provisioning.found import SchemaTarget


@dataclass(frozen=True, slots=True)
class Applied:
    """How it went."""

    done: tuple[Change, ...]
    left: tuple[Change, ...]
    """Changes that were made and did not take."""
    told: tuple[Change, ...]
    by_hand: tuple[Change, ...] = ()
    """Changes that the platform has no way to make: a person's to do."""


def apply(bases: Sequence[Base], target: SchemaTarget, say: Callable[[str], None]) -> Applied:
    """Make the bases as declared. Columns first, then views and forms, each checked by describing again."""
    done: list[Change] = []
    made: set[Change] = set()
    while True:
        changes = diff(bases, target.describe(), target.can_share)
        by_hand = [change for change in changes if change.todo and target.by_hand(change)]
        todo = [change for change in changes if change.todo and change not in by_hand]
        untried = [change for change in todo if change not in made]
        now = [change for change in untried if not change.looks] or untried
        if not now:
            told = tuple(change for change in changes if not change.todo)
            return Applied(tuple(done), tuple(todo), told, tuple(by_hand))
        for change in now:
            say(str(change))
            target.make(change)
            done.append(change)
            made.add(change)
