"""A disclosure: what may be told to a partner about one incident, decided from what was just read.

In: automations/consent.py, from a case read moments ago. Out: payloads, and the referral's own row.
Never here: a person's data; this says who may be named and why, not what is said of them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why one person may be named (R-15): which record allows it, and when that was read (UTC)."""

    person_id: str
    basis: str
    record: str
    read_at: datetime
    scope: str = ""
    withhold: str = ""
    expires_on: date | None = None
    """The last day the record holds, in London. After it the record is no basis."""
    organisation: str = ""
    """The organisation that the record names. Another landlord hears of a victim only by a record that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What may leave now. `form` None means that nothing may: `why` says what it waits for.

    `named` holds a basis for each person who may be named; everybody else is left out of an
    identified payload, and a statistical one names nobody.
    """

    purpose: c.Purpose
    partner: str
    form: c.ReferralForm | None
    why: str
    named: tuple[Basis, ...] = ()
    incident_number: int = 1
    key: str = ""
    replaces: str = ""
    """The key of the statistical notice that an identified one replaces (R-14)."""
    about: str = ""
    """The id of the person referred, or of the other landlord's tenant; "" for a message about the incident."""
    answer_by: date | None = None
    """The day by which the partner is asked to act, where the procedure has one (9.0)."""
    rests_on: tuple[str, ...] = ()
    """The answers or the override that it rests on, where they are not those of somebody named (R-15)."""
    refused: bool = False
    """Whether nobody may be named because somebody said no, and not because nobody asked."""
    waits: bool = False
    """Whether it waits for the answer of somebody who has not been asked. Where it is neither refused nor waits, and
    nothing may leave, something on the row or in the record is to be put right."""
