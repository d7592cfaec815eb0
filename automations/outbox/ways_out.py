"""Ways out: what packs a message, what carries it, and one thing that may go by them.

In: nothing. Out: the values that ready.py fills and delivery.py hands over.
Never here: who may be named, what is in a message, how it travels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from automations.consent import same_words
from automations.model import Area, Case, Disclosure, Incident, Partner, Person, Referral
from automations.ports import Transport
from schema import choices as c

NOT_IN_SETTINGS = "The partner's destination is not in the settings: add it there."
NOT_THEIRS = "By the settings that destination is another organisation's, so nothing goes there: put right which."


class Packed(Protocol):
    """Bytes that may leave, what they hold, and a key for them that tells the partner nothing."""

    @property
    def body(self) -> bytes: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def key(self) -> str: ...


class Counts(Protocol):
    """A month of an area, counted: the message, the same as a table, and the message's SHA-256."""

    @property
    def json(self) -> bytes: ...
    @property
    def csv(self) -> bytes: ...
    @property
    def fingerprint(self) -> str: ...


class Packer(Protocol):
    """Makes what leaves. `about` is the id of whom the row's Person names, `under` the key of the earlier message."""

    def message(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: str | None
    ) -> Packed:
        """The message of the disclosure's purpose, with an officer's words."""

    def correction(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: str | None, under: str
    ) -> Packed:
        """The record as it should be, for whoever got that message."""

    def recall(self, case: Case, incident: Incident, purpose: c.Purpose, under: str, by: date) -> Packed:
        """That message called back: they are asked to say by that day that they stopped. It names nobody."""

    def shown(self, packed: Packed) -> str:
        """What that would tell and on what ground, and what stays here and why, by field and without a value."""

    def counts(self, cases: Sequence[Case], area: Area, month: str) -> Counts:
        """The counts of the area's cases in that month: the same bytes for the same records."""

    def counts_key(self, of: str) -> str:
        """The key that the return of that row goes under."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """The ways out: a transport by the partner's destination, whose each destination is, and the one packer."""

    transports: Mapping[str, Transport]
    owners: Mapping[str, str]
    """The organisation behind each destination, by the settings: a Partner row cannot point at another's (R-26)."""
    packer: Packer

    def way(self, partner: Partner) -> Transport | str:
        """The transport to the partner's destination; a sentence where there is none of theirs."""
        way = self.transports.get(partner.destination or "")
        theirs = same_words(self.owners.get(partner.destination or ""), partner.name)
        if way is not None and theirs:
            return way
        return NOT_IN_SETTINGS if way is None else NOT_THEIRS


@dataclass(frozen=True, slots=True)
class Ready:
    """Something that may go, and the way it goes."""

    row: Referral
    token: str
    packed: Packed
    transport: Transport
    destination: str
    to: str
    partner: str
    follows: str = ""
    form: c.ReferralForm | None = None
    why: str = ""
    consent: str = ""
    by: str = ""
    people: tuple[Person, ...] = ()
    """Everybody on the case: a word of the partner's that is a name of theirs is not kept."""

    @property
    def place(self) -> str:
        """The destination and the recipient in it."""
        return f"{self.destination} {self.to}".strip()

    @property
    def same_as(self) -> tuple[object, ...]:
        """What must not change between two readings: what goes, its bytes, to whom, and on whose word."""
        return self.token, self.packed.fingerprint, self.partner, self.destination, self.to, self.by


@dataclass(frozen=True, slots=True)
class Unready:
    """Something that may not go now, and what its row says instead."""

    row: Referral
    cells: dict[str, Any]
