"""Views and forms on NocoDB: what they are now, and how each is made or put back.

In: a table as the meta API tells it, and a declared view or form. Out: the view as declared; what is found.
Never here: a form shared without a password, even for a moment.
"""

from schema.parts import NUMBER, Field, Filter, Form, Kind, Link, View
from schema.provisioning import changes as ch
from schema.views import width
from sync.platforms import nocodb_columns as cols
from sync.platforms.nocodb_meta import Json, Meta

SHAPES = {3: "grid", 4: "board", 6: "calendar"}
FORM = 1
PLAIN = {"hide_branding": True, "hide_banner": True}
"""A form without the platform maker's picture and name."""
ROUTES = {"grid": "grids", "board": "kanbans", "calendar": "calendars"}
ASKED = {
    "is": ("eq", None),
    "is not": ("neq", None),
    "is one of": ("anyof", None),
    "blank": ("blank", None),
    "not blank": ("notblank", None),
    "ticked": ("checked", None),
    "not ticked": ("notchecked", None),
    "in the next days": ("isWithin", "nextNumberOfDays"),
}
TESTS = {asked: test for test, asked in ASKED.items()}
TALL = 1
"""The row height in which three lines can be read; 0 is one line."""
WITHOUT_VALUE = frozenset({"blank", "not blank", "ticked", "not ticked"})


class Views:
    """The views of one table."""

    def __init__(self, meta: Meta, model: Json, password: str) -> None:
        """`model` is the table as the meta API tells it; `password` protects what is shared."""
        self.meta, self.model, self.password = meta, model, password
        self.names = {column["id"]: column["title"] for column in model["columns"]}
        self.ids = {column["title"]: column["id"] for column in model["columns"]}

    def found(self) -> tuple[dict[str, View], dict[str, Form], dict[str, bool]]:
        """Views, forms, and which of both are shared (True: with a password)."""
        views, forms, shared = {}, {}, {}
        for view in self.model["views"]:
            if view["type"] in SHAPES:
                views[view["title"]] = self._found_view(view)
            elif view["type"] == FORM:
                forms[view["title"]] = self._found_form(view)
            if view["uuid"]:
                shared[view["title"]] = bool(view["password"])
        return views, forms, shared

    def make(self, change: ch.AddView | ch.AmendView | ch.AddForm | ch.AmendForm) -> None:
        """Make it, or bring what is there to it; half-made ones are taken up."""
        wanted = change.view if isinstance(change, ch.AddView | ch.AmendView) else change.form
        same = [view for view in self.model["views"] if view["title"] == wanted.name]
        if isinstance(wanted, View):
            self._view(wanted, next((view for view in same if SHAPES.get(view["type"]) == wanted.shape), None))
        else:
            self._form(wanted, next((view for view in same if view["type"] == FORM), None))

    def _view(self, view: View, there: Json | None) -> None:
        new = there is None
        if there is None:
            there = self.meta.ask(
                "POST", f"v2/meta/tables/{self.model['id']}/{ROUTES[view.shape]}", self._made_by(view)
            )
        id = there["id"]
        self._columns(view, id)
        if view.filters or not new:
            self._filters(view, id)
        if view.sort or not new:
            self._sorts(view, id)
        if view.tall:
            self.meta.ask("PATCH", f"v2/meta/grids/{id}", {"row_height": TALL})
        lock = "collaborative" if view.free else "locked"
        words: dict[str, Json] = {"lock_type": lock, "description": view.help}
        if NUMBER in view.show:
            words["show_system_fields"] = True  # else it is hidden, shown or not; the others stay hidden each by itself
        if any((there.get(key) or "") != value for key, value in words.items()):
            self.meta.ask("PATCH", f"v2/meta/views/{id}", words)

    def _made_by(self, view: View) -> Json:
        body: dict[str, Json] = {"title": view.name, "description": view.help}
        if view.shape == "board":
            body["fk_grp_col_id"] = self.ids[view.by]
            body["fk_cover_image_col_id"] = None  # unsaid, each card opens with an empty picture
        if view.shape == "calendar":
            body["calendar_range"] = [{"fk_from_column_id": self.ids[view.by]}]
        return body

    def _columns(self, view: View, id: str) -> None:
        order = {name: number for number, name in enumerate(view.show, 1)}
        rows: list[dict[str, Json]] = []
        for column in self.model["columns"]:
            name = column["title"]
            shown = {"id": column["id"], "show": name in order, "order": order.get(name, 100 + len(rows))}
            if view.shape == "grid":
                if name in order:
                    shown["width"] = f"{_width(column, order[name] == 1)}px"
                shown |= {"group_by": True, "group_by_order": 1} if name == view.by else {"group_by": False}
            rows.append(shown)
        self.meta.ask("PATCH", f"v3/meta/views/{id}/columns", rows)

    def _filters(self, view: View, id: str) -> None:
        base = self.model["base_id"]
        path = f"v3/meta/bases/{base}/views/{id}/filters"
        filters = [self._filter(one) for one in view.filters]
        self.meta.ask("PUT", path, {"group_operator": "OR" if view.any_of else "AND", "filters": filters})

    def _filter(self, one: Filter) -> Json:
        operator, sub = ASKED[one.test]
        asked = {"field_id": self.ids[one.field], "operator": operator}
        if sub:
            asked["sub_operator"] = sub
        if one.test not in WITHOUT_VALUE:
            asked["value"] = str(one.value)
        return asked

    def _sorts(self, view: View, id: str) -> None:
        if self._found_sorts(id) == view.sort:
            return
        for sort in self.meta.ask("GET", f"v2/meta/views/{id}/sorts")["list"]:
            self.meta.ask("DELETE", f"v2/meta/sorts/{sort['id']}")
        for name in view.sort:
            body = {"fk_column_id": self.ids[name.removeprefix("-")], "direction": "desc" if name[0] == "-" else "asc"}
            self.meta.ask("POST", f"v2/meta/views/{id}/sorts", body)

    def _form(self, form: Form, there: Json | None) -> None:
        if there is None:
            there = self.meta.ask("POST", f"v2/meta/tables/{self.model['id']}/forms", {"title": form.name})
        id = there["id"]
        words = {"heading": form.heading, "subheading": form.intro, "success_msg": form.thanks}
        self.meta.ask("PATCH", f"v2/meta/forms/{id}", words | {"meta": PLAIN})
        order = {name: number for number, name in enumerate(form.asks, 1)}
        helps = dict(zip(form.asks, form.helps, strict=True))
        labels = dict(form.labels)
        rows = [
            {
                "id": column["id"],
                "show": column["title"] in order,
                "order": order.get(column["title"], 100 + number),
                "required": column["title"] in form.required,
                "description": helps.get(column["title"]) or None,
                "label": labels.get(column["title"]),
            }
            for number, column in enumerate(self.model["columns"])
        ]
        self.meta.ask("PATCH", f"v3/meta/views/{id}/columns", rows)
        if self.password and not (there["uuid"] and there["password"]):
            self.meta.ask("PATCH", f"v2/meta/views/{id}/share", {"password": self.password})
            self.meta.ask("POST", f"v2/meta/views/{id}/share", {})

    def _found_view(self, view: Json) -> View:
        id, shape = view["id"], SHAPES[view["type"]]
        rows = self.meta.ask("GET", f"v3/meta/views/{id}/columns")["fields"]
        shown = sorted((row for row in rows.values() if row["show"]), key=lambda row: row["order"] or 0)
        filters, any_of = self._found_filters(id)
        return View(
            view["title"],
            filters=filters,
            sort=self._found_sorts(id),
            show=tuple(self.names.get(row["fk_column_id"], "?") for row in shown),
            shape=shape,
            by=self._found_by(view, rows),
            any_of=any_of,
            help=view["description"] or "",
            free=view["lock_type"] != "locked",
        )

    def _found_by(self, view: Json, rows: Json) -> str:
        if view["type"] == 4:
            return str(self.names.get(view["view"]["fk_grp_col_id"], "?"))
        if view["type"] == 6:
            ranges = view["view"].get("calendar_range") or []
            return str(self.names.get(ranges[0]["fk_from_column_id"], "?")) if ranges else ""
        return "".join(self.names.get(row["fk_column_id"], "?") for row in rows.values() if row.get("group_by"))

    def _found_filters(self, id: str) -> tuple[tuple[Filter, ...], bool]:
        listed = self.meta.ask("GET", f"v2/meta/views/{id}/filters")["list"]
        found = []
        for one in sorted(listed, key=lambda one: one["order"] or 0):
            asked = (one["comparison_op"], one["comparison_sub_op"])
            test = TESTS.get(asked, " ".join(filter(None, asked)) or "a group of conditions")
            value = "" if test in WITHOUT_VALUE else str(one["value"] or "")
            found.append(Filter(self.names.get(one["fk_column_id"], "?"), test, value))
        return tuple(found), len(listed) > 1 and listed[-1]["logical_op"] == "or"

    def _found_sorts(self, id: str) -> tuple[str, ...]:
        listed = sorted(self.meta.ask("GET", f"v2/meta/views/{id}/sorts")["list"], key=lambda sort: sort["order"] or 0)
        minus = {"desc": "-"}
        return tuple(minus.get(one["direction"], "") + self.names.get(one["fk_column_id"], "?") for one in listed)

    def _found_form(self, view: Json) -> Form:
        words = view["view"]
        rows = self.meta.ask("GET", f"v3/meta/views/{view['id']}/columns")["fields"]
        shown = sorted((row for row in rows.values() if row["show"]), key=lambda row: row["order"] or 0)
        asks = tuple(self.names.get(row["fk_column_id"], "?") for row in shown)
        return Form(
            view["title"],
            heading=words["heading"] or "",
            intro=words["subheading"] or "",
            thanks=words["success_msg"] or "",
            asks=asks,
            required=tuple(name for name, row in zip(asks, shown, strict=True) if row["required"]),
            labels=tuple((name, row["label"]) for name, row in zip(asks, shown, strict=True) if row["label"]),
            helps=tuple(row["description"] or "" for row in shown),
        )


def _width(column: Json, first: bool) -> int:
    if column["uidt"] in cols.LINKS:
        return width(Link(column["title"], ""), first)
    return width(Field(column["title"], cols.KINDS.get(column["uidt"], Kind.TEXT)), first)
