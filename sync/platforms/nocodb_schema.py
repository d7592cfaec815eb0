"""The SchemaTarget on NocoDB: says what its bases look like, and makes one change at a time.

In: NocoDB's meta API and changes from schema/provisioning. Out: found bases; columns, links, views and forms made.
Never here: which change is needed (schema/provisioning/diff.py); a deletion of anything that staff could see.
"""

from collections.abc import Iterable, Mapping, Sequence

from automations.errors import Stop
from schema.parts import Kind
from schema.provisioning import changes as ch
from schema.provisioning.changes import Change
from schema.provisioning.found import FoundBase, FoundColumn, FoundTable
from sync.platforms import nocodb_columns as cols
from sync.platforms.nocodb_meta import Json, Meta, Place, is_system
from sync.platforms.nocodb_views import FORM, Views


class NocoSchema:
    """One landlord's bases on one NocoDB."""

    def __init__(self, url: str, token: str, name: str, form_password: str = "") -> None:
        """`form_password` protects the shared forms; without it a form is made but not shared."""
        self.meta = Meta(url, token, name)
        self.form_password = form_password
        self.can_share = bool(form_password)
        self._ids: dict[tuple[str, str], str] = {}
        self._bases: dict[str, str] = {}
        self._models: dict[str, Json] = {}

    def bases(self) -> dict[str, str]:
        """Id of each base, by our name for it."""
        return self.meta.bases()

    def tables(self) -> dict[str, Place]:
        """Where every table and column is."""
        return self.meta.tables()

    def shared_form(self, table: str) -> str:
        """The id under which a table's form is shared, as it stands in the form's address. Stop without one."""
        for view in self.meta.model(self.meta.tables()[table].table)["views"]:
            if view["type"] == FORM and view["uuid"] and view["password"]:
                return str(view["uuid"])
        raise Stop(f"The form of {table} is not shared: run `casewatch schema apply` with its password.")

    def pages(self, views: Iterable[tuple[str, str]]) -> list[str]:
        """The path of each view's page, by table and name, after the workspace in a dashboard's address."""
        places = self.meta.tables()
        found = []
        for table, name in views:
            place = places[table]
            id = next(view["id"] for view in self.meta.model(place.table)["views"] if view["title"] == name)
            found.append(f"{place.base}/{place.table}/{id}")
        return found

    def describe(self) -> Sequence[FoundBase]:
        """The bases as they are now."""
        self._bases = self.meta.bases()
        self._ids, self._models = {}, {}
        found = []
        for base, base_id in self._bases.items():
            listed = self.meta.listed(base_id)
            self._ids |= {(base, name): id for name, id in listed.items()}
            models = {id: self.meta.model(id) for id in listed.values()}
            self._models |= models
            tables = {model["title"]: self._table(model, models) for model in models.values()}
            found.append(FoundBase(base, tables))
        return found

    def make(self, change: Change) -> None:
        """Make one change."""
        match change:
            case ch.AddBase():
                self._add_base(change)
            case ch.AddTable():
                self._add_table(change)
            case ch.AmendTable():
                self.meta.ask("PATCH", f"v2/meta/tables/{self._id(change)}", {"description": change.help})
            case ch.AddField():
                self._add_field(change)
            case ch.AmendField():
                self._amend_field(change)
            case ch.AddLink():
                self._add_link(change)
            case ch.AmendLink():
                self._amend_link(change, self._model(change))
            case ch.SetFirst():
                column = cols.named(self._model(change), change.name)
                self.meta.ask("POST", f"v2/meta/columns/{column['id']}/primary")
            case ch.AddView() | ch.AmendView() | ch.AddForm() | ch.AmendForm():
                # Views come once every column is there, so the table as described will do.
                model = self._models.get(self._id(change)) or self._model(change)
                Views(self.meta, model, self.form_password).make(change)
        if isinstance(change, ch.OfTable) and not change.looks:
            self._models.clear()

    def by_hand(self, _: Change) -> str:
        """Nothing: NocoDB has a way to make everything that is declared."""
        return ""

    def _id(self, change: ch.OfTable) -> str:
        return self._ids[change.base, change.table]

    def _model(self, change: ch.OfTable) -> Json:
        return self.meta.model(self._id(change))

    def _add_base(self, change: ch.AddBase) -> None:
        """NocoDB makes a second base of the same title without a word, so look first."""
        self._bases = self.meta.bases()
        if change.base not in self._bases:
            body = {"title": self.meta.title(change.base), "description": change.help}
            self._bases[change.base] = self.meta.ask("POST", "v2/meta/bases", body)["id"]

    def _add_table(self, change: ch.AddTable) -> None:
        columns = [cols.body(field, first=number == 0) for number, field in enumerate(change.fields)]
        body = {
            "title": change.table,
            "table_name": cols.database_name(change.table),
            "description": change.help,
            "columns": columns,
        }
        made = self.meta.ask("POST", f"v2/meta/bases/{self._bases[change.base]}/tables", body)
        self._ids[change.base, change.table] = made["id"]

    def _add_field(self, change: ch.AddField) -> None:
        ids = cols.ids(self._model(change)) if change.field.live else {}
        body = cols.body(change.field, ids=ids)
        self.meta.ask("POST", f"v2/meta/tables/{self._id(change)}/columns", body)

    def _amend_field(self, change: ch.AmendField) -> None:
        model = self._model(change)
        column = cols.named(model, change.field.name)
        self.meta.ask("PATCH", f"v2/meta/columns/{column['id']}", cols.amended(column, change.field, cols.ids(model)))

    def _add_link(self, change: ch.AddLink) -> None:
        here, there = self._id(change), self._ids[change.base, change.link.to]
        model = self.meta.ask("POST", f"v2/meta/tables/{here}/columns", cols.link_body(change.link, here, there))
        self._amend_link(change, model)

    def _amend_link(self, change: ch.AddLink | ch.AmendLink, model: Json) -> None:
        """The words beside a link cannot be given when it is made, nor the name of its other side."""
        column = cols.named(model, change.link.name)
        if (column["description"] or "") != change.link.note:
            self.meta.ask("PATCH", f"v2/meta/columns/{column['id']}", cols.renamed(column, note=change.link.note))
        other = cols.other_side(column, self.meta.model(self._ids[change.base, change.link.to]))
        if other is not None and other["title"] != change.back:
            self.meta.ask("PATCH", f"v2/meta/columns/{other['id']}", cols.renamed(other, title=change.back))

    def _table(self, model: Json, models: Mapping[str, Json]) -> FoundTable:
        names = {column["id"]: column["title"] for column in model["columns"]}
        columns = [_column(column, names, models) for column in model["columns"] if not is_system(column)]
        first = next((column["title"] for column in model["columns"] if column["pv"]), "")
        views, forms, shared = Views(self.meta, model, self.form_password).found()
        by_name = {column.name: column for column in columns}
        return FoundTable(model["title"], model["description"] or "", first, by_name, views, forms, shared)


def _column(column: Json, names: Mapping[str, str], models: Mapping[str, Json]) -> FoundColumn:
    name, note, uidt = column["title"], column["description"] or "", column["uidt"]
    options = column.get("colOptions") or {}
    if uidt in cols.LINKS:
        target = models.get(options.get("fk_related_model_id") or "")
        if target is None:
            return FoundColumn(name, None, word=uidt, note=note)
        other = cols.other_side(column, target)
        return FoundColumn(
            name,
            None,
            word="a link's other side" if options["type"] == "hm" else uidt,
            note=note,
            to="" if options["type"] == "hm" else target["title"],
            many=options["type"] == "mm",
            back=other["title"] if other else "",
        )
    kind: Kind | None = cols.KINDS.get(uidt)
    if uidt == "LongText" and (column["meta"] or {}).get("richMode"):
        kind = None
    return FoundColumn(
        name,
        kind,
        word=uidt,
        note=note,
        choices=tuple(choice["title"] for choice in options.get("options", ())) if kind in cols.LISTS else (),
        unique=bool(column.get("unique")),
        expression=cols.expression(column, names) if kind is Kind.LIVE else "",
    )
