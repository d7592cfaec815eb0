"""Messages: every message that a partner can be sent, by its name, and what a given one says.

In: the bytes of a message. Out: its type, each field in it with why it may go, and what was held back.
Never here: a message that no builder makes, a reason that is not the one in the published schema.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol, get_args

from pydantic import BaseModel, TypeAdapter

from sync.partners import reasons
from sync.partners.models import Part, Reached
from sync.partners.models_afterwards import Correction, Recall, Record
from sync.partners.models_agencies import (
    HomelessnessReferral,
    PoliceInformationRequest,
    PoliceReferral,
    SafeguardingReferral,
    SupportReferral,
)
from sync.partners.models_counted import ForumDiscussion, HeldBack, StatisticalNotice, StatisticalUpdate
from sync.partners.models_landlords import DirectorNotice, LandlordRequest
from sync.partners.models_partnership import IdentifiedDiscussion, IdentifiedNotice, IdentifiedUpdate
from sync.partners.monthly import Count, MonthlyReturn

Message = Record | Recall | Correction | MonthlyReturn
ANY: TypeAdapter[Part] = TypeAdapter(Message)

BY_MESSAGE: Mapping[str, tuple[type[Part], ...]] = {
    "cdrp_notice": (IdentifiedNotice, StatisticalNotice),
    "cdrp_update": (IdentifiedUpdate, StatisticalUpdate),
    "police_referral": (PoliceReferral,),
    "police_information_request": (PoliceInformationRequest,),
    "support_referral": (SupportReferral,),
    "homelessness_referral": (HomelessnessReferral,),
    "safeguarding_referral": (SafeguardingReferral,),
    "landlord_request": (LandlordRequest,),
    "director_notice": (DirectorNotice,),
    "forum_discussion": (IdentifiedDiscussion, ForumDiscussion),
    "recall": (Recall,),
    "correction": (Correction,),
    "monthly_return": (MonthlyReturn,),
}

LEFT_OUT: Mapping[str, str] = {
    "withheld": "Somebody named holds something back, and only a person can read what.",
    "limited": "The agreement of somebody named is limited, and only a person can read how.",
    "another_victim": "Another victim of the incident did not agree to this partner.",
    "speaks_of_others": "They speak of somebody who may not be named to this partner.",
    "not_written": "Nobody wrote any for this partner.",
    "only_what_the_strands_ask": "Bands that the strands of the incident do not ask for stay here.",
    "full_postcode_is_told": "The full postcode is agreed for this area, so no band goes with it.",
    "too_much_together": "The more is said of a person, the less is said of the place.",
}
KEPT: Mapping[str, str] = {
    "contact": "How to reach them: they hold something back or limit what they agreed to.",
    "details": "What else is known of them: they hold something back or limit what they agreed to.",
    "narrative": "Words about the incident: they hold something back or limit what they agreed to.",
    "strands": "What it was because of: they hold something back or limit what they agreed to.",
}
SMALL = "The number is so small that it may tell who, or another one that is."
NOTHING = "Nothing is on record, or there is no leave or no safe way to tell it."


class Packed(Protocol):
    """Bytes that may leave."""

    @property
    def body(self) -> bytes: ...


class Line(NamedTuple):
    """One field of a message: where it stands, what it says, and why it may go or why it stays."""

    field: str
    value: Any
    why: str


def read(body: bytes) -> Part:
    """The message in those bytes. ValidationError, without a value in it, where it is none of ours."""
    return ANY.validate_json(body)


def because(payload: Packed) -> tuple[Line, ...]:
    """Each field that leaves, its value and why it may; read from the very bytes."""
    message = read(payload.body)
    return tuple(Line(field, value, reasons.may_go(message, part, name) or why)
                 for part, name, field, value, why in _leaves(message) if value is not None)  # fmt: skip


def withheld(payload: Packed) -> tuple[Line, ...]:
    """What stays here: by whose wish or by which rule, and the fields with nothing to tell."""
    message = read(payload.body)
    said = [Line(field, value, LEFT_OUT[value]) for _, _, field, value, _ in _leaves(message)
            if field.endswith("_left_out") and value]  # fmt: skip
    for path, part in _parts(message):
        if isinstance(part, Reached):
            said += [Line(f"{path}.{kept}", None, KEPT[kept]) for kept in part.withheld]
        if isinstance(part, HeldBack):
            said.append(Line(part.field, None, LEFT_OUT[part.why]))
        if isinstance(part, Count) and part.count is None:
            said.append(Line(f"{path}.count", None, SMALL))
        if not_named := getattr(part, "victims_not_named", 0):
            said.append(Line("people", None, f"Victims who did not agree: {not_named}."))
    left = {line.field for line in said}
    empty = [Line(field, None, reasons.stays(message, part, name) or NOTHING)
             for part, name, field, value, _ in _leaves(message)
             if value is None and not field.endswith("_left_out") and f"{field}_left_out" not in left
             and not reasons.is_technical(part, name)]  # fmt: skip
    return (*said, *empty)


Leaf = tuple[BaseModel, str, str, Any, str]
"""The part that a field is of, its name there, its place in the message, what it holds, and the published words."""


def _leaves(part: BaseModel, path: str = "") -> Iterator[Leaf]:
    for name, field in type(part).model_fields.items():
        value, at = getattr(part, name), f"{path}.{name}".lstrip(".")
        if isinstance(value, BaseModel):
            yield from _leaves(value, at)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for number, each in enumerate(value, 1):
                yield from _leaves(each, f"{at}[{number}]")
        else:
            yield part, name, at, value, field.description or ""


def _parts(part: BaseModel, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    yield path, part
    for name in type(part).model_fields:
        value, at = getattr(part, name), f"{path}.{name}".lstrip(".")
        if isinstance(value, BaseModel):
            yield from _parts(value, at)
        elif isinstance(value, tuple):
            for number, each in enumerate(value, 1):
                if isinstance(each, BaseModel):
                    yield from _parts(each, f"{at}[{number}]")


def published_why(message: str) -> dict[str, str]:
    """Why each field of that message may go, in the published words, by the names as What left has them."""
    return {name: why for part in reversed(BY_MESSAGE[message]) for name, why in _described(part, "")}


def _described(part: type[BaseModel], path: str) -> Iterator[tuple[str, str]]:
    for name, field in part.model_fields.items():
        at = f"{path}.{name}".lstrip(".")
        inside = list(_parts_in(field.annotation))
        if not inside:
            yield at, field.description or ""
        for each in inside:
            yield from _described(each, at)


def _parts_in(told: Any) -> Iterator[type[BaseModel]]:
    if isinstance(told, type) and issubclass(told, BaseModel):
        yield told
    for each in get_args(told):
        yield from _parts_in(each)
