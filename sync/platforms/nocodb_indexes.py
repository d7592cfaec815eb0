"""Database indexes, which NocoDB has no way to add: PostgreSQL is told directly.

In: declared tables, where they are, and a database address. Out: statements, or the indexes themselves.
Never here: an index that NocoDB makes itself (keys, unique columns and the columns behind links have one).
"""

from collections.abc import Iterable, Mapping

from automations.errors import Stop, TryAgainLater
from schema.parts import Field, Table
from sync.platforms.nocodb_meta import Place

POLLED = ("CreatedAt", "UpdatedAt")
"""NocoDB's own columns by which changes are found."""


def statements(tables: Iterable[Table], places: Mapping[str, Place]) -> list[str]:
    """What to tell the database. Each may be run again without harm."""
    said = []
    for table in tables:
        place = places.get(table.name)
        if place is None:
            raise Stop(f"The table {table.name} is not there yet: run schema apply first.")
        for name in (*_declared(table), *(POLLED if table.hot else ())):
            column = place.columns[name].database
            index = f"cw_{place.database}_{column}".lower()[:63]
            said.append(f'CREATE INDEX IF NOT EXISTS "{index}" ON "{place.base}"."{place.database}" ("{column}")')
    return said


def make(address: str, said: Iterable[str]) -> None:
    """Run them, each by itself, on the database at that address."""
    try:
        import psycopg
    except ImportError:
        raise Stop("Indexes need the package psycopg: install casewatch with its `local` extra.") from None
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as database:
            for statement in said:
                database.execute(statement.encode())
    except psycopg.OperationalError:
        raise TryAgainLater("The database did not answer.") from None
    except psycopg.Error as error:
        raise Stop(f"The database refused an index: {type(error).__name__}.") from None


def _declared(table: Table) -> list[str]:
    """The fields to index that are not unique already."""
    columns = [table.column(name) for name in table.indexed]
    return [column.name for column in columns if not (isinstance(column, Field) and column.unique)]
