"""What the tests on a real NocoDB share: reading and writing a few rows, and a small town to build.

In: a target. Out: rows and ids, straight from the server.
Never here: the adapter for records (that has tests of its own).
"""

from schema.parts import Base, Field, Kind, Link, Table, View, Wall


def quiet(words: str) -> None:
    """Say nothing."""


def column_of(target, table, name):
    """One column as the server tells it."""
    model = target.meta.model(target.tables()[table].table)
    return next(column for column in model["columns"] if column["title"] == name)


def view_of(target, table, name):
    """The id of one view."""
    model = target.meta.model(target.tables()[table].table)
    return next(view["id"] for view in model["views"] if view["title"] == name)


def write(target, table, *rows):
    """Put rows in, and read back what the server made of them."""
    place = target.tables()[table]
    path = f"v3/data/{place.base}/{place.table}/records"
    records = []
    for row in rows:
        records += target.meta.ask("POST", path, {"fields": row})["records"]
    return [record["fields"] | {"Id": record["id"]} for record in records]


def seen_in(target, table, view):
    """The rows somebody sees who opens that view."""
    place = target.tables()[table]
    found = target.meta.ask("GET", f"v2/tables/{place.table}/records?viewId={view_of(target, table, view)}&limit=1000")
    return found["list"]


def shared_form(target):
    """The address of the report form's public part."""
    model = target.meta.model(target.tables()["Reports"].table)
    form = next(view for view in model["views"] if view["type"] == 1)
    return f"{target.meta.url}/api/v2/public/shared-view/{form['uuid']}"


SMALL = (
    Base(
        "Front desk",
        "Houses and doors.",
        (
            Table("Houses", Wall.FRONT_DESK, "One row a house.", (Field("House", unique=True),)),
            Table(
                "Doors",
                Wall.FRONT_DESK,
                "One row a door.",
                (Field("Door"), Field("State", Kind.CHOICE, choices=("Open", "Shut")), Field("Due at", Kind.INSTANT),
                 Field("Warn at", Kind.INSTANT), Field("Status", Kind.LIVE, live="status")),
                links=(Link("House", to="Houses", help="Where it hangs."),
                       Link("Seen from", to="Houses", many=True, back="Doors in sight")),
                views=(View("Overdue", sort=("-Due at",), show=("Door", "Status")),),
            ),
        ),
    ),
)  # fmt: skip
