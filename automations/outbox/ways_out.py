"""Ways out: what packs a message, what carries it, and one thing that may go by them.

In: nothing. Out: the values that ready.py fills and delivery.py hands over.
Never here: who may be named, what is in a message, how it travels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from automations.model import Area, Case, Disclosure, Incident, Referral
from automations.ports import Transport
from schema import choices as c


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


@dataclass(frozen=True, slots=True)
class Outlet:
    """The ways out: a transport by the partner's destination, whose each destination is, and the one packer."""

    transports: Mapping[str, Transport]
    owners: Mapping[str, str]
    """The organisation behind each destination, by the settings: a Partner row cannot point at another's (R-26)."""
    packer: Packer


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

    @property
    def same_as(self) -> tuple[object, ...]:
        """What must not change between two readings: what goes, its bytes, to whom, and on whose word."""
        return self.token, self.packed.fingerprint, self.partner, self.destination, self.to, self.by


@dataclass(frozen=True, slots=True)
class Unready:
    """Something that may not go now, and what its row says instead."""

    row: Referral
    cells: dict[str, Any]
