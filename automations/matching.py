"""Matching: which open cases may be about the same people, looked up before anybody works on a new one (search first).

In: people and what is known of them. Out: references of cases, never a name.
Never here: a decision. Triage makes it; a like telephone number proves nothing.
"""

from collections.abc import Iterable, Mapping

from automations.model import Person
from automations.model.contacts import dialled, plain
from schema import choices as c


def marks(people: Iterable[Person]) -> frozenset[str]:
    """What a case may be known again by: its victims' telephone, e-mail, or name with postcode; the alleged
    perpetrators' address. Whatever the case, spaces and punctuation.
    """
    found: set[str] = set()
    for p in people:
        if p.role is c.PersonRole.VICTIM:
            found |= {f"telephone {dialled(p.telephone)}", f"e-mail {plain(p.email)}"} - {"telephone ", "e-mail "}
            if plain(p.name) and plain(p.postcode):
                found.add(f"victim {plain(p.name)} {plain(p.postcode)}")
        elif p.role is c.PersonRole.PERPETRATOR and plain(p.address):
            found.add(f"address {plain(p.address)}")
    return frozenset(found)


def alike(known: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """For each case the references of the others that share a mark with it, in order; "" for none."""
    by_mark: dict[str, set[str]] = {}
    for reference, own in known.items():
        for each in own:
            by_mark.setdefault(each, set()).add(reference)
    return {
        reference: ", ".join(sorted(set().union(*(by_mark[each] for each in own)) - {reference}))
        for reference, own in known.items()
    }


def same_person(one: Person, other: Person) -> bool:
    """Whether two people of one role, on cases that belong together, are the same: by name, or by telephone or e-mail
    where one of them has no name. Two names with one telephone may be a household.
    """
    mine, theirs = plain(one.name), plain(other.name)
    return mine == theirs if mine and theirs else share_contact(one, other)


def share_contact(one: Person, other: Person) -> bool:
    """Whether they are reached by the same telephone or e-mail."""
    return any(
        mine and mine == theirs
        for mine, theirs in (
            (dialled(one.telephone), dialled(other.telephone)),
            (plain(one.email), plain(other.email)),
        )
    )
