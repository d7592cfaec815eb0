"""The schema endpoints: bases, tables and fields, with what the API can make and what it refuses to.

In: bodies as pyairtable sends them. Out: Airtable's bodies.
Never here: views and forms, which the API does not make; `by_hand` is what a person does in the page.
"""

from collections.abc import Mapping
from typing import Any

from tests.contracts.airtable_server.rows import COMPUTED, Base, Field, Person, Refusal, Table, new_id

PRIMARY = frozenset({"singleLineText", "multilineText", "email", "url", "phoneNumber", "number", "currency", "date",
                     "dateTime", "percent", "duration", "barcode"})  # fmt: skip
NEEDED: Mapping[str, frozenset[str]] = {
    "checkbox": frozenset({"icon", "color"}),
    "number": frozenset({"precision"}),
    "currency": frozenset({"precision", "symbol"}),
    "date": frozenset({"dateFormat"}),
    "dateTime": frozenset({"dateFormat", "timeFormat", "timeZone"}),
    "singleSelect": frozenset({"choices"}),
    "multipleSelects": frozenset({"choices"}),
    "multipleRecordLinks": frozenset({"linkedTableId"}),
}
PLAIN = frozenset({"singleLineText", "multilineText", "richText", "email", "url", "phoneNumber", "multipleAttachments"})
LONGEST_DESCRIPTION = 20_000

Body = Mapping[str, Any]


def may_make(person: Person) -> None:
    """403 unless the person is creator of the base."""
    if person.level != "create":
        raise Refusal(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation")


def make_base(body: Body) -> Base:
    if not body.get("workspaceId", "").startswith("wsp") or not body.get("tables"):
        raise Refusal(422, "INVALID_REQUEST_MISSING_FIELDS", "Could not find fields in the request body")
    base = Base(body["name"])
    for table in body["tables"]:
        make_table(base, table)
    return base


def make_table(base: Base, body: Body) -> Table:
    if any(body["name"].casefold() == table.name.casefold() for table in base.tables):
        raise Refusal(422, "DUPLICATE_TABLE_NAME")
    if not body.get("fields"):
        raise Refusal(422, "INVALID_REQUEST_MISSING_FIELDS")
    if body["fields"][0]["type"] not in PRIMARY:
        raise Refusal(422, "INVALID_FIELD_TYPE_FOR_PRIMARY_FIELD")
    table = Table(body["name"], body.get("description") or "")
    table.views.append({"id": new_id("viw"), "name": "Grid view", "type": "grid"})
    base.tables.append(table)
    try:
        for field in body["fields"]:
            make_field(base, table, field)
    except Refusal:
        base.tables.remove(table)
        raise
    return table


def amend_table(table: Table, body: Body) -> dict[str, Any]:
    table.name = body.get("name", table.name)
    table.description = body.get("description", table.description)
    return table.told()


def make_field(base: Base, table: Table, body: Body) -> Field:
    """A field, with its other side where it is a link. 422 for a kind that only the page makes."""
    kind, options = body["type"], dict(body.get("options") or {})
    if any(body["name"].casefold() == field.name.casefold() for field in table.fields):
        raise Refusal(422, "DUPLICATE_OR_EMPTY_FIELD_NAME")
    if kind in COMPUTED:
        raise Refusal(422, "UNSUPPORTED_FIELD_TYPE_FOR_CREATE", f"Creating {kind} fields is not supported at this time")
    if kind not in PLAIN | set(NEEDED) or (kind in PLAIN and options):
        raise Refusal(422, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE")
    if not NEEDED.get(kind, frozenset()) <= set(options):
        raise Refusal(422, "INVALID_OPTIONS_FOR_FIELD_CREATE")
    if len(body.get("description") or "") > LONGEST_DESCRIPTION:
        raise Refusal(422, "INVALID_DESCRIPTION")
    if "choices" in options:
        names = [choice["name"] for choice in options["choices"]]
        if len(set(names)) != len(names):
            raise Refusal(422, "DUPLICATE_CHOICE_NAME")
        options["choices"] = [{"id": new_id("sel"), **choice} for choice in options["choices"]]
    field = Field(body["name"], kind, body.get("description") or "", options)
    if kind == "multipleRecordLinks":
        if set(options) - {"linkedTableId", "viewIdForRecordSelection"}:
            raise Refusal(422, "INVALID_OPTIONS_FOR_FIELD_CREATE")
        _link(base, table, field)
    table.fields.append(field)
    return field


def amend_field(table: Table, field: Field, body: Body) -> dict[str, Any]:
    """The name and the description; nothing else of a field can be changed over the API."""
    if set(body) - {"name", "description"} or not body:
        raise Refusal(422, "INVALID_REQUEST_UNKNOWN", "Only the name and the description may be changed")
    if any(each is not field and each.name.casefold() == body.get("name", "").casefold() for each in table.fields):
        raise Refusal(422, "DUPLICATE_OR_EMPTY_FIELD_NAME")
    field.name = body.get("name", field.name)
    field.description = body.get("description", field.description)
    return field.told()


def _link(base: Base, table: Table, field: Field) -> None:
    other = base.table(field.options["linkedTableId"])
    taken = {each.name for each in other.fields}
    name, number = table.name, 1
    while name in taken:
        number += 1
        name = f"{table.name} {number}"
    back = Field(name, "multipleRecordLinks", "", {
        "linkedTableId": table.id, "isReversed": False, "prefersSingleRecordLink": False,
        "inverseLinkFieldId": field.id,
    })  # fmt: skip
    field.options |= {"isReversed": False, "prefersSingleRecordLink": False, "inverseLinkFieldId": back.id}
    other.fields.append(back)


# --- what only a person does in the page --------------------------------------------------------


def add_by_hand(table: Table, name: str, kind: str, description: str = "", **options: Any) -> Field:
    """A field of a kind that the API does not make."""
    field = Field(name, kind, description, options)
    table.fields.append(field)
    return field


def add_view(table: Table, name: str, shape: str) -> None:
    """A view, or a form. The first grid of a new table is renamed by adding over it."""
    table.views.append({"id": new_id("viw"), "name": name, "type": shape})
