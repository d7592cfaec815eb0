"""Changes: each thing provisioning may do, or can only tell a person about.

In: nothing. Out: small frozen values; `str(change)` is the sentence staff read.
Never here: a removal of anything.
"""

from dataclasses import dataclass
from typing import ClassVar

from schema.parts import Field, Form, Link, Table, View


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `stage` orders the work; a stage above the last is only told."""

    base: str
    stage: ClassVar[int] = 0
    todo: ClassVar[bool] = True
    looks: ClassVar[bool] = False
    """Views and forms: made once every column is there."""

    def __str__(self) -> str:
        return f"add the base {self.base}"


@dataclass(frozen=True, slots=True)
class AddBase(Change):
    help: str


@dataclass(frozen=True, slots=True)
class OfTable(Change):
    """A difference within one table."""

    table: str


@dataclass(frozen=True, slots=True)
class AddTable(OfTable):
    """A table with its plain fields; links and live fields follow as changes of their own."""

    help: str
    fields: tuple[Field, ...]
    stage: ClassVar[int] = 1

    def __str__(self) -> str:
        return f"{self.base}: add the table {self.table} ({len(self.fields)} fields)"


@dataclass(frozen=True, slots=True)
class AmendTable(OfTable):
    help: str
    stage: ClassVar[int] = 2

    def __str__(self) -> str:
        return f"{self.table}: change the description"


@dataclass(frozen=True, slots=True)
class AddField(OfTable):
    field: Field
    stage: ClassVar[int] = 2

    def __str__(self) -> str:
        return f"{self.table}: add the field {self.field.name} ({self.field.kind})"


@dataclass(frozen=True, slots=True)
class AddLiveField(AddField):
    """A field the platform works out: it needs the others to be there."""

    stage: ClassVar[int] = 4


@dataclass(frozen=True, slots=True)
class AmendField(OfTable):
    field: Field
    what: tuple[str, ...]
    stage: ClassVar[int] = 4

    def __str__(self) -> str:
        return f"{self.table}: {self.field.name}: {', '.join(self.what)}"


@dataclass(frozen=True, slots=True)
class AddLink(OfTable):
    link: Link
    back: str
    stage: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"{self.table}: add the link {self.link.name} to {self.link.to}"


@dataclass(frozen=True, slots=True)
class AmendLink(OfTable):
    """The words beside a link, or what the other table calls its side."""

    link: Link
    back: str
    what: tuple[str, ...]
    stage: ClassVar[int] = 4

    def __str__(self) -> str:
        return f"{self.table}: {self.link.name}: {', '.join(self.what)}"


@dataclass(frozen=True, slots=True)
class SetFirst(OfTable):
    name: str
    stage: ClassVar[int] = 4

    def __str__(self) -> str:
        return f"{self.table}: let {self.name} stand for the record"


@dataclass(frozen=True, slots=True)
class AddView(OfTable):
    view: View
    stage: ClassVar[int] = 5
    looks: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.table}: add the view {self.view.name}"


@dataclass(frozen=True, slots=True)
class AmendView(OfTable):
    view: View
    what: tuple[str, ...]
    stage: ClassVar[int] = 6
    looks: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.table}: the view {self.view.name}: put back {', '.join(self.what)}"


@dataclass(frozen=True, slots=True)
class AddForm(OfTable):
    form: Form
    stage: ClassVar[int] = 7
    looks: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.table}: add the form {self.form.name}"


@dataclass(frozen=True, slots=True)
class AmendForm(OfTable):
    form: Form
    what: tuple[str, ...]
    stage: ClassVar[int] = 7
    looks: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.table}: the form {self.form.name}: put back {', '.join(self.what)}"


@dataclass(frozen=True, slots=True)
class Unknown(OfTable):
    """Something staff added. Reported, never touched."""

    what: str
    stage: ClassVar[int] = 8
    todo: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"{self.table or self.base}: {self.what} is not ours; left alone"


@dataclass(frozen=True, slots=True)
class Conflict(OfTable):
    """Something that stands in the way and that no addition can mend."""

    why: str
    stage: ClassVar[int] = 9
    todo: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"{self.table or self.base}: {self.why}"


def plain(table: Table) -> tuple[Field, ...]:
    """The fields that can be made together with their table."""
    return tuple(field for field in table.fields if not field.live)
