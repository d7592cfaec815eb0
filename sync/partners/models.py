"""Models: the parts that messages to partners are made of, each field with the reason why it may go.

In: what a builder names, field by field. Out: types that refuse any other field, and that never repeat a value.
Never here: a field without its reason (the preview and the published schema both say it), a builder.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,32}$")]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,4}( [0-9]([A-Z]{2})?)?$")]
Keyed = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^\S{1,60}/incident-[0-9]{1,6}$")]
LeftOut = Literal["withheld", "limited", "another_victim", "speaks_of_others", "not_written"]


def why(reason: str, **given: Any) -> Any:
    """A field and why it may go: one text for the published schema and for the preview."""
    return Field(description=reason, **given)


Version = Annotated[Literal[1], why("The version of this message: another one may hold other fields.")]
Identified = Annotated[Literal["identified"], why("This message names people.")]
Statistical = Annotated[Literal["statistical"], why("This message names nobody.")]
OurReference = Annotated[
    Reference, why("The landlord's number for the incident, to quote when you ring or write. It tells nothing.")
]
Counted = Annotated[
    Keyed, why("Made for this purpose with a secret: nobody but the landlord can tell which case it is.")
]
Words = Annotated[
    str | None,
    why("What an officer wrote for this partner alone. A victim's own account never leaves."),
]
WordsLeftOut = Annotated[
    LeftOut | None,
    why(
        "Why there are no words: a victim holds something back (withheld), the agreement is limited (limited), "
        "another victim did not agree (another_victim), they speak of somebody who may not be named "
        "(speaks_of_others), or nobody wrote any (not_written)."
    ),
]


class Part(BaseModel):
    """A part of a message: only the fields named, and never a value in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class RecallContact(Part):
    """Whom a partner rings or writes to about a message, a recall among them."""

    telephone: str = why("The landlord's own number: to ask, and to say that a recall was carried out.")
    email: str = why("The landlord's own address, for the same.")


class Ground(Part):
    """Why a person may be named, and the record that says so (R-15)."""

    basis: str = why("On what each person is named: their consent, or another lawful basis (R-15).")
    record: str = why("The landlord's record of that basis, by its number, so that it can be asked about.")
    scope: Code | None = why(
        "limited: they said what may be told, and only that is here. Absent: no limit is on record.", default=None
    )
    expires_on: date | None = why("The last day it holds: after it, stop and delete or ask.", default=None)


class Reached(Part):
    """Somebody named, and how they may be reached safely. What is held back is absent; `withheld` says that it is."""

    name: str | None = why(
        "They agreed to be known to this partner, or another basis of their own allows it.", default=None
    )
    address: str | None = why("They call letters or visits to their home safe.", default=None)
    postcode: str | None = why("It goes with the address.", default=None)
    telephone: str | None = why("They call the telephone or text messages safe.", default=None)
    email: str | None = why("They call e-mail safe.", default=None)
    language: str | None = why("So that the partner can speak with them.", default=None)
    safe_ways: tuple[Code, ...] = why("The only ways that are safe; empty: nobody has asked, so ask us.", default=())
    withheld: tuple[Literal["contact", "details", "narrative", "strands"], ...] = why(
        "What stays with the landlord because they hold something back or limit what they agreed to.", default=()
    )
    ask_us_first: bool = why("Whether to ring the landlord before any contact: not every way is safe.")
    grounds: tuple[Ground, ...] = why("Why this person may be named (R-15).")


class Named(Reached):
    """A person with a part in the incident."""

    part: Literal["victim", "alleged_perpetrator", "witness"] = why("Their part in it: nothing is decided by it.")
    born_on: date | None = why("Of a victim, to tell them from others of the same name.", default=None)


class Incident(Part):
    """An incident as it is told. `strands` is empty where a person's `withheld` says so."""

    number: int = why("Which of the incidents on the case it is.")
    happened_at: datetime | None = why("When it happened: everybody named in it agreed that it is told.", default=None)
    reported_at: datetime = why("When the landlord first heard of it.")
    postcode: Postcode | None = why(
        "Where it happened; whole only where every victim is named and holds nothing back.", default=None
    )
    place: Code | None = why("The kind of place, from a list.", default=None)
    strands: tuple[Code, ...] = why("What it was believed to be because of, from a list.")
    kinds: tuple[Code, ...] = why("What kind of incident it was, from a list.")
    police_told: Code = why("Whether the police know, so that nobody reports it twice.")
    police_reference: str | None = why(
        "The police's own number, where every victim is named and holds nothing back.", default=None
    )


class Told(Part):
    """What every message that names people has: whose it is, and whom to ask about it."""

    version: Version = 1
    form: Identified = "identified"
    reference: OurReference
    sender: str = why("The landlord whose message it is.")
    recall_contact: RecallContact = why("Whom to ask, and whom to tell that a recall was carried out.")
