"""Columns in NocoDB's words: the one translation of each Kind, and the bodies that make and amend them.

In: declared fields and links, and columns as NocoDB tells them. Out: bodies for its meta API.
Never here: a call (nocodb_schema.py makes them).
"""

import re
from collections.abc import Mapping

from schema.colours import colour_of
from schema.live import LIVE
from schema.parts import Field, Kind, Link
from sync.platforms.nocodb_meta import Json

UIDT = {
    Kind.TEXT: "SingleLineText",
    Kind.LONG_TEXT: "LongText",
    Kind.CHOICE: "SingleSelect",
    Kind.CHOICES: "MultiSelect",
    Kind.YES: "Checkbox",
    Kind.NUMBER: "Number",
    Kind.MONEY: "Currency",
    Kind.DATE: "Date",
    Kind.INSTANT: "DateTime",
    Kind.EMAIL: "Email",
    Kind.PHONE: "PhoneNumber",
    Kind.FILES: "Attachment",
    Kind.LIVE: "Formula",
    Kind.MADE_BY: "CreatedBy",
    Kind.CHANGED_BY: "LastModifiedBy",
}
KINDS = {uidt: kind for kind, uidt in UIDT.items()}
LISTS = frozenset({Kind.CHOICE, Kind.CHOICES})
LINKS = frozenset({"Links", "LinkToAnotherRecord"})

SHOWN_AS = {
    Kind.DATE: {"date_format": "DD/MM/YYYY"},
    Kind.INSTANT: {
        "date_format": "DD/MM/YYYY",
        "time_format": "HH:mm",
        "is12hrFormat": False,
        "timezone": "Europe/London",
    },
    Kind.MONEY: {"currency_locale": "en-GB", "currency_code": "GBP"},
}
"""How a cell is shown: London on paper, UTC inside."""


def database_name(title: str) -> str:
    """A plain name for the database: small letters, digits and underscores."""
    return re.sub(r"\W+", "_", title.lower()).strip("_")


def body(field: Field, first: bool = False, ids: Mapping[str, str] | None = None) -> Json:
    """What makes a field. A live one needs the ids of the columns it reads."""
    made: dict[str, Json] = {"title": field.name, "uidt": UIDT[field.kind], "description": field.note}
    if first:
        made["pv"] = True
    if field.unique:
        made["unique"] = True
    if field.kind in SHOWN_AS:
        made["meta"] = SHOWN_AS[field.kind]
    if field.choices:
        made["colOptions"] = {"options": _options([], field)}
    if field.live:
        made["formula_raw"] = formula(field, ids or {})
    return made


def formula(field: Field, ids: Mapping[str, str]) -> str:
    """The expression with ids for names: a name would also find a column that was once called so."""
    return re.sub(r"{([^{}]+)}", lambda name: "{" + ids[name[1]] + "}", LIVE[field.live])


def amended(column: Json, field: Field, ids: Mapping[str, str]) -> Json:
    """What brings a column to its field. It replaces the whole column, so all that is there goes back in."""
    sent = renamed(column, note=field.note)
    sent["unique"] = bool(column.get("unique")) or field.unique
    if field.choices:
        sent["colOptions"] = {"options": _options(column["colOptions"]["options"], field)}
    if field.live:
        sent["formula_raw"] = formula(field, ids)
    return sent


def renamed(column: Json, title: str | None = None, note: str | None = None) -> Json:
    """The same column under another title, or with other words beside it."""
    keep = ("uidt", "column_name", "meta", "cdf", "rqd", "unique", "validate")
    sent = {key: column[key] for key in keep if column.get(key) is not None}
    sent["title"] = column["title"] if title is None else title
    sent["description"] = column["description"] if note is None else note
    return sent


def link_body(link: Link, here: str, there: str) -> Json:
    """What makes a link: belongs-to where it points at one record, many-to-many otherwise."""
    if link.many:
        return {"title": link.name, "uidt": "Links", "parentId": here, "childId": there, "type": "mm"}
    return {"title": link.name, "uidt": "LinkToAnotherRecord", "parentId": there, "childId": here, "type": "bt"}


def named(model: Json, title: str) -> Json:
    """The column of that title."""
    return next(column for column in model["columns"] if column["title"] == title)


def ids(model: Json) -> dict[str, str]:
    """Id of each column of a table, by its present title."""
    return {column["title"]: column["id"] for column in model["columns"]}


def other_side(column: Json, target: Json) -> Json | None:
    """The column of the other table that is the same link seen from there."""
    mine = column["colOptions"]
    for other in target["columns"]:
        if other["uidt"] not in LINKS or other["id"] == column["id"] or other["system"]:
            continue
        its = other["colOptions"]
        if mine["type"] == "mm":
            if its["type"] == "mm" and its["fk_mm_model_id"] == mine["fk_mm_model_id"]:
                return other
        elif its["type"] != mine["type"] and its["fk_child_column_id"] == mine["fk_child_column_id"]:
            return other
    return None


def expression(column: Json, names: Mapping[str, str]) -> str:
    """The formula as it was written; as the server understands it, where that reads other columns."""
    options = column["colOptions"]
    written = re.sub(r"{([^{}]+)}", lambda word: "{" + names.get(word[1], word[1]) + "}", options["formula_raw"] or "")
    understood = re.sub(r"{{(\w+)}}", lambda id: "{" + names.get(id[1], "?") + "}", options["formula"] or "")
    same = set(re.findall(r"{([^{}]+)}", written)) == set(re.findall(r"{([^{}]+)}", understood))
    return written if same else understood


def _options(there: list[Json], field: Field) -> list[Json]:
    """Staff's choices stay as they are, with their ids; ours that are missing follow."""
    have = {option["title"] for option in there}
    kept = [{key: option[key] for key in ("id", "title", "color", "order")} for option in there]
    missing = [choice for choice in field.choices if choice not in have]
    made = [
        {"title": str(choice), "color": colour_of(str(choice), n, field.name)}
        for n, choice in enumerate(missing, len(there))
    ]
    return kept + made
