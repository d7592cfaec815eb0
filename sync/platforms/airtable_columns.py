"""Columns in Airtable's words: the one translation of each Kind, and the columns that Airtable needs besides.

In: declared fields and links. Out: bodies for the schema API, and what a field is called there.
Never here: a call (airtable_schema.py makes them), or a step for a person (airtable_by_hand.py).
"""

from collections.abc import Mapping
from typing import Any

from schema.parts import NUMBER, Field, Kind, Link, Owner, Table

Body = dict[str, Any]

TYPE: Mapping[Kind, str] = {
    Kind.TEXT: "singleLineText",
    Kind.LONG_TEXT: "multilineText",
    Kind.CHOICE: "singleSelect",
    Kind.CHOICES: "multipleSelects",
    Kind.YES: "checkbox",
    Kind.NUMBER: "number",
    Kind.MONEY: "currency",
    Kind.DATE: "date",
    Kind.INSTANT: "dateTime",
    Kind.EMAIL: "email",
    Kind.PHONE: "phoneNumber",
    Kind.FILES: "multipleAttachments",
    Kind.LIVE: "singleLineText",
    Kind.MADE_BY: "createdBy",
    Kind.CHANGED_BY: "lastModifiedBy",
}
"""A live field is plain text there: the API makes no formula, so the runner writes what it shows."""

LINK = "multipleRecordLinks"
STANDS_FOR_A_RECORD = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.NUMBER, Kind.DATE})
"""Kinds that may be a table's first field."""
NAME = Field("Name", Kind.TEXT, "What other tables show of this row.", Owner.PLATFORM)
"""The first field of a table whose own first may not stand there; a person makes it a formula."""

CHANGED_AT = "Changed at"
MADE_BY, CHANGED_BY = "Made by", "Changed by"
NUMBERED, STAMPED, MAKER, CHANGER = "autoNumber", "lastModifiedTime", "createdBy", "lastModifiedBy"
KEPT_BY_AIRTABLE = frozenset({NUMBERED, STAMPED, MAKER, CHANGER})
"""Types that Airtable fills in by itself, and that only its page makes."""

AUTHORED = frozenset(
    {"Reviews", "Approvals", "Overrides", "Closures", "Area reviews", "Policy reviews", "Recipient confirmations",
     "Prevention", "Partners", "Interviews", "Reports"}
)  # fmt: skip
"""Tables of decisions, and of what only staff fill: without an audit feed, who made a row and who touched it last
is all that tells an author."""

SHOWN: Mapping[str, Body] = {
    "checkbox": {"icon": "check", "color": "greenBright"},
    "number": {"precision": 0},
    "currency": {"precision": 2, "symbol": "\N{POUND SIGN}"},
    "date": {"dateFormat": {"name": "european"}},
    "dateTime": {
        "dateFormat": {"name": "european"},
        "timeFormat": {"name": "24hour"},
        "timeZone": "Europe/London",
    },
}
"""How a cell is shown: London on paper, UTC inside."""


def added(table: Table) -> dict[str, str]:
    """The columns that a table has on Airtable and nowhere else, with their type. The API makes none of them."""
    declared = {field.name for field in table.fields}
    hands = {MADE_BY: MAKER, CHANGED_BY: CHANGER} if table.name in AUTHORED else {}
    return {name: kind for name, kind in {NUMBER: NUMBERED, CHANGED_AT: STAMPED, **hands}.items()
            if name not in declared}  # fmt: skip


def made_by_hand(field: Field) -> bool:
    """Whether the API does not make such a field."""
    return field.kind in (Kind.MADE_BY, Kind.CHANGED_BY)


def body(field: Field) -> Body:
    """What makes a field."""
    kind = TYPE[field.kind]
    made: Body = {"name": field.name, "type": kind}
    if field.note:
        made["description"] = field.note
    if field.choices:
        made["options"] = {"choices": [{"name": str(choice)} for choice in field.choices]}
    elif kind in SHOWN:
        made["options"] = dict(SHOWN[kind])
    return made


def link_body(link: Link, there: str) -> Body:
    """What makes a link. Airtable makes the other side by itself, under a name of its own."""
    return {"name": link.name, "type": LINK, "description": link.note, "options": {"linkedTableId": there}}
