"""Lost people: victims and alleged perpetrators who were on a case once, as what was made for them still tells.

In: the rows of a case. Out: the parts whose people are not all there any more.
Never here: who they were; what follows from it (consent.py).
"""

from collections.abc import Iterable

from automations.model import Action, Consent, Person
from automations.procedure import STEP, Scope
from schema.choices import PersonRole

PARTS = {
    Scope.VICTIM: PersonRole.VICTIM, Scope.PERSON: PersonRole.VICTIM, Scope.PERPETRATOR: PersonRole.PERPETRATOR,
}  # fmt: skip


def lost(people: Iterable[Person], consents: Iterable[Consent], actions: Iterable[Action]) -> frozenset[PersonRole]:
    """The parts of which somebody is gone: the platform blanks every link to a deleted row, so that an answer of
    theirs looks like one that names nobody. Each answer made by us named its victim, and each action its person.
    """
    there = {p.id for p in people} | {""}
    found = {PARTS[STEP[a.step].scope] for a in actions
             if a.step in STEP and STEP[a.step].scope in PARTS and _person(a.key) not in there}  # fmt: skip
    if any("/consent/" in (x.key or "") and (x.victim_id or "gone") not in there for x in consents):
        found.add(PersonRole.VICTIM)
    return frozenset(found)


def _person(key: str | None) -> str:
    """The id in the key of an action; "" where it names nobody."""
    return (key or "").partition("/person-")[2].partition("/")[0]
