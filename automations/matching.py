"""Matching: which open cases may be about the same people, looked up before anybody works on a new one (search first).

In: people and what is known of them. Out: references of cases, never a name.
Never here: a decision. Triage makes it; a like telephone number proves nothing.
"""

from collections.abc import Iterable, Mapping

from automations.model import Person
from schema import choices as c

LEAST = 7
"""Figures that a telephone number has at least; shorter ones are notes."""


def marks(people: Iterable[Person]) -> frozenset[str]:
    """What a case may be known again by: its victims' telephone, e-mail, or name with postcode; the alleged
    perpetrators' address. Whatever the case, spaces and punctuation.
    """
    found: set[str] = set()
    for p in people:
        if p.role is c.PersonRole.VICTIM:
            found |= {f"telephone {_number(p.telephone)}", f"e-mail {_plain(p.email)}"} - {"telephone ", "e-mail "}
            if _plain(p.name) and _plain(p.postcode):
                found.add(f"victim {_plain(p.name)} {_plain(p.postcode)}")
        elif p.role is c.PersonRole.PERPETRATOR and _plain(p.address):
            found.add(f"address {_plain(p.address)}")
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
    mine, theirs = _plain(one.name), _plain(other.name)
    return mine == theirs if mine and theirs else share_contact(one, other)


def may_share_telephone(one: Person, other: Person) -> bool:
    """Whether a number of one's may be rung to reach the other: it stands there too, alone or beside another."""
    mine, theirs = _number(one.telephone), _number(other.telephone)
    return bool(mine and theirs) and (mine[-LEAST:] in theirs or theirs[-LEAST:] in mine)


def share_mailbox(one: Person, other: Person) -> bool:
    """Whether both are written to at the same e-mail address."""
    return bool(_plain(one.email)) and _plain(one.email) == _plain(other.email)


def share_contact(one: Person, other: Person) -> bool:
    """Whether they are reached by the same telephone or e-mail."""
    return any(
        mine and mine == theirs
        for mine, theirs in (
            (_number(one.telephone), _number(other.telephone)),
            (_plain(one.email), _plain(other.email)),
        )
    )


def _plain(text: str | None) -> str:
    return "".join(ch for ch in (text or "").casefold() if ch.isalnum())


def _number(text: str | None) -> str:
    """The figures of a telephone number as they are dialled in this country."""
    figures = "".join(ch for ch in text or "" if ch.isascii() and ch.isdigit()).removeprefix("00")
    figures = figures.removeprefix("44").removeprefix("0")
    return figures if len(figures) >= LEAST else ""
