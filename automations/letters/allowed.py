"""Allowed: who may be named to an organisation and what of them, and whether an officer's words keep to that.

In: what a letter is written from, and what it rests on. Out: a ground a person (R-15), facts, or a sentence.
Never here: a yes that nobody gave, one victim's yes for another, or a way of contact that nobody called safe.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from automations.calendar import LONDON
from automations.consent import Says, Standing, limits, standing, victims_of, who_must_agree
from automations.letters.addressee import OF_ITS_KIND, about, is_listed, organisations
from automations.letters.facts import Told
from automations.letters.reader import address, known
from automations.letters.writing import Writing
from automations.model import Office, Override, Person
from automations.model.contacts import LEAST, dialled, figures, lines_of_home, may_share_telephone, share_mailbox
from automations.model.homes import may_show_home
from automations.nameless import NO_NAMES, Nameless
from automations.options import everybody_harmed
from automations.rules import override
from schema import choices as c

NO_NAME_WILL_DO = (c.Option.HOMELESSNESS,)
"""The option says that it is the council; an answer that names another one is to that one."""
NOBODY_TO_GO_TO = "Say to which organisation it goes (Addressed to)."
NOT_A_VICTIM = "To names somebody who is not a victim of this incident: say whom it is about, or leave it empty."
NAMES_OTHERS = (
    "Words for the reader name somebody whom this reader may not be told of, or say where one of them lives or how to "
    "reach them. Write it without that."
)


@dataclass(frozen=True, slots=True)
class Rests:
    """What letters of one kind rest on: the option that the victim answers, and the purpose of an override, if any.

    `of_all`: one victim's yes is not enough. `nobody_will_do`: it may be written without naming anybody.
    `may_speak_of`: whom an officer's words may name beside the victims who agreed; a witness only where willing.
    """

    option: c.Option
    purpose: c.Purpose | None = None
    of_all: bool = False
    nobody_will_do: bool = False
    may_speak_of: frozenset[c.PersonRole] = frozenset()


class Ground(NamedTuple):
    """Why one person may be named. `limited`: they hold something back, or their yes says what it covers."""

    person: Person
    agreed: Standing | None
    overridden: Override | None
    limited: bool


def stands(of: Writing, option: c.Option, victim: Person) -> Standing:
    """What a victim's answers allow for this reader. A yes fits one of its names; a no to any is a no (R-12)."""
    names = organisations(of.row)
    found = [standing(of.case, option, victim, of.incident, of.now, organisation=name) for name in names]
    if option in OF_ITS_KIND or option in NO_NAME_WILL_DO:
        unnamed = standing(of.case, option, victim, of.incident, of.now)
        if unnamed.says is not Says.YES or _needs_no_name(of, option, unnamed):
            found.append(unnamed)
    for says in (Says.NO, Says.YES):
        if first := next((x for x in found if x.says is says), None):
            return first
    return found[-1] if found else Standing(Says.NOT_ASKED, NOBODY_TO_GO_TO)


def not_of_its_kind(of: Writing, rests: Rests) -> str:
    """A sentence where nothing says that this reader is the police, or a solicitor of ours: no victim's yes names it,
    no override, and no row of the office; "" where something does, or the option is to any organisation (R-14, R-26).
    """
    if rests.option not in OF_ITS_KIND or is_listed(of, rests.option) or overridden(of, rests):
        return ""
    named = any(
        standing(of.case, rests.option, victim, of.incident, of.now, organisation=name).says is Says.YES
        for victim in victims_of(of.case, of.incident) for name in organisations(of.row)
    )  # fmt: skip
    return "" if named else OF_ITS_KIND[rests.option][1]


def overridden(of: Writing, rests: Rests) -> Override | None:
    """The disclosure without agreement that two managers decided on for this reader, in force now (A-16)."""
    if rests.purpose is None:
        return None
    rows = (override(of.case, rests.purpose, name, of.incident) for name in organisations(of.row))
    return next(filter(None, rows), None)


def grounds(of: Writing, rests: Rests) -> tuple[Ground, ...]:
    """A ground for each victim who may be named: their own yes, or the override. Nobody else is."""
    row, found = overridden(of, rests), list[Ground]()
    for victim in _whom(of):
        says = stands(of, rests.option, victim)
        limited = any(words.strip() for words in limits(of.case, victim, rests.option))
        if says.says is Says.YES:
            found.append(Ground(victim, says, None, limited))
        elif row:
            found.append(Ground(victim, None, row, limited))
    return tuple(found)


def why_shut(of: Writing, rests: Rests) -> str | None:
    """Why a letter that rests on this may not be written now, in a sentence without a name; None where it may."""
    if not organisations(of.row):
        return NOBODY_TO_GO_TO
    whom = about(of)
    if whom and whom not in victims_of(of.case, of.incident):
        return NOT_A_VICTIM
    if why := not_of_its_kind(of, rests):
        return why
    named = grounds(of, rests)
    asked = who_must_agree(of.case, of.incident) if rests.of_all else _whom(of)
    says = [stands(of, rests.option, victim) for victim in asked]
    short = overridden(of, rests) is None and (
        not named or (rests.of_all and any(x.says is not Says.YES for x in says))
    )
    if short and not rests.nobody_will_do:
        unsaid = min((x for x in says if x.says is not Says.YES), key=lambda x: x.says is not Says.NO, default=None)
        return (
            f"Nothing may be told to this reader yet. {unsaid.why if unsaid else 'No victim is entered on the case.'}"
        )
    if speaks_of_others(of, named, rests.may_speak_of):
        return NAMES_OTHERS
    return None


def people(of: Writing, named: Collection[Ground]) -> tuple[Told, ...]:
    """What this reader is told of each. Whoever holds anything back is told of by name alone (R-12)."""
    return tuple(_told(of, ground, named) for ground in named if known(ground.person.name))


def may_be_reached(of: Writing, person: Person, kept: Iterable[Person]) -> Told:
    """A person with the ways to reach them that they called safe. A home that may show another's is left out, and so
    is a telephone or a mailbox that one of `kept` answers too.
    """
    safe, kept = set(person.safe_ways), tuple(kept)
    rings = safe & {c.Channel.TELEPHONE, c.Channel.TEXT} and not any(may_share_telephone(person, x) for x in kept)
    mails = c.Channel.EMAIL in safe and not any(share_mailbox(person, x) for x in kept)
    by_home = {c.Channel.LETTER, c.Channel.IN_PERSON} & safe and not any(may_show_home(person, x) for x in kept)
    return Told(
        name=known(person.name) or "",
        born_on=person.born_on,
        home=", ".join(address(person)) or None if by_home else None,
        telephone=known(person.telephone) if rings else None,
        email=known(person.email) if mails else None,
        language=known(person.language),
        ask_first=bool(known(person.contact_notes)) or not safe,
    )


def not_fully_told(of: Writing, named: Collection[Ground]) -> list[Person]:
    """Everybody harmed who is not named here, or holds something back."""
    whole = {x.person.id for x in named if not x.limited}
    return [x for x in everybody_harmed(of.case) if x.id not in whole]


def speaks_of_others(of: Writing, named: Collection[Ground], parts: frozenset[c.PersonRole] = frozenset(),
                     also: Collection[Person] = ()) -> bool:  # fmt: skip
    """Whether the officer's words have a name, an address or a number of anybody whom this reader may not be told of.

    It finds what is spelt as on their own record, and no nickname, slip of the pen or description.
    """
    words = (of.row.words if of.row else None) or ""
    free = [p for p in of.case.people if p in also or any(p is x.person for x in named) or _part(of, p) in parts]
    limited = [x.person for x in named if x.limited]
    others = [p for p in of.case.people if p not in free]
    said = Nameless(replace(of.case, people=tuple(free)), Office()).said(words)
    if Nameless(replace(of.case, people=tuple(others)), Office()).said(said) != " ".join(said.split()):
        return True
    short = {word for p in others for word in _words(p.name) if len(word) == 2 and word.casefold() not in NO_NAMES}
    kept = [*limited, *not_fully_told(of, named)]
    theirs = {sign for p in free if p not in limited for sign in _signs(p, [x for x in kept if x.id != p.id])}
    there = f"{_together(words)} {figures(words)}"
    return bool(short & set(_words(said))) or any(x in there for p in (*others, *limited) for x in _signs(p) - theirs)


def _needs_no_name(of: Writing, option: c.Option, agreed: Standing) -> bool:
    """Whether a yes by itself says that this reader may be told, whatever organisation stands on it, if any."""
    if option in OF_ITS_KIND:
        return is_listed(of, option)
    return not (agreed.consent and agreed.consent.organisation)


def _whom(of: Writing) -> tuple[Person, ...]:
    """The victims it is about: the one whom To names, or everybody whom the incident harmed."""
    victims, whom = victims_of(of.case, of.incident), about(of)
    return tuple(v for v in victims if whom is None or v.id == whom.id)


def _told(of: Writing, ground: Ground, named: Collection[Ground]) -> Told:
    since = ground.agreed.since if ground.agreed else None
    agreed_on = since.astimezone(LONDON).date() if since else None
    if ground.limited:
        return Told(name=known(ground.person.name) or "", agreed_on=agreed_on, ask_first=True)
    kept = [x for x in not_fully_told(of, named) if x.id != ground.person.id]
    return replace(may_be_reached(of, ground.person, kept), agreed_on=agreed_on)


def _part(of: Writing, person: Person) -> c.PersonRole | None:
    """The part a person plays; whoever was harmed is a victim first, and a witness who is not willing has none."""
    if person in everybody_harmed(of.case):
        return c.PersonRole.VICTIM
    if person in of.case.perpetrators:
        return c.PersonRole.PERPETRATOR
    unwilling = person.role is c.PersonRole.WITNESS and person.evidence_use is not c.WitnessUse.WILLING
    return None if unwilling else person.role


def _words(text: str | None) -> list[str]:
    return re.findall(r"[^\W\d_]+", text or "")


def _together(text: str | None) -> str:
    return "".join(re.findall(r"[^\W_]", (text or "").casefold()))


def _signs(person: Person, kept: Collection[Person] = ()) -> set[str]:
    """The address, each line of it, postcode, number and e-mail address, each without spaces; what is too short to
    tell is left out, and so is a telephone or a mailbox that one of `kept` answers too.
    """
    telephone = None if any(may_share_telephone(person, x) for x in kept) else person.telephone
    mailbox = None if any(share_mailbox(person, x) for x in kept) else person.email
    cells = (person.address, person.postcode, telephone, mailbox, dialled(telephone)[-LEAST:], *lines_of_home(person))
    return {sign for cell in cells if len(sign := _together(cell)) > 4}
