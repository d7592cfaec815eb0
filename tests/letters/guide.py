"""The tables of facts in letter_templates/README.md, from the types and what their fields say. `make docs` writes them.

In: automations/letters/facts. Out: the guide, its tables anew.
Never here: the rest of the guide, which people write.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from automations.letters.facts import AUDIENCES, Facts
from automations.letters.facts.shared import EACH
from automations.letters.languages import FOLDER

GUIDE = FOLDER / "README.md"
BEGINS = "<!-- Written by `make docs` from automations/letters/facts. Do not edit it here. -->\n"
ENDS = "<!-- End of what `make docs` writes. -->\n"
HEAD = "| Fact | What it is | May be unknown |\n|---|---|---|\n"


def guide() -> str:
    """The whole guide, with its tables as the types are now."""
    before, _, rest = GUIDE.read_text("utf-8").partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n{_tables()}\n{ENDS}{after}"


def _tables() -> str:
    shared = {one.name for one in fields(Facts)}
    parts = ["### In every letter\n\n" + HEAD + "".join(_rows(Facts))]
    for audience, kind in AUDIENCES.items():
        own = "".join(_rows(kind, without=shared))
        none = "Nothing but what is in every letter.\n"
        parts.append(f"### For `audience: {audience}`\n\n{HEAD + own if own else none}")
    return "\n".join(parts)


def _rows(kind: type[Any], before: str = "", without: AbstractSet[str] = frozenset()) -> Iterator[str]:
    hints, said = get_type_hints(kind), words_of(kind)
    for one in fields(kind):
        if one.name in without:
            continue
        path, hint = before + one.name, hints[one.name]
        inner = _several(hint)
        words = said.get(one.name, one.name.replace("_", " ")).replace("|", r"\|")
        empty = "several: use `for`" if inner else _unknown(hint, one.default)
        yield f"| `{path}` | {words} | {empty} |\n"
        item = inner or next((each for each in (hint, *get_args(hint)) if is_dataclass(each)), None)
        if isinstance(item, type) and is_dataclass(item):
            yield from _rows(item, f"{path}{EACH if inner else ''}.")
        elif inner:
            yield f"| `{path}{EACH}` | Each of them. | no |\n"


def _several(hint: Any) -> Any:
    """What there is several of; None where there is one."""
    for each in get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,):
        if get_origin(each) is tuple:
            return get_args(each)[0]
    return None


def _unknown(hint: Any, default: Any) -> str:
    if hint is bool:
        return "for `if` only"
    return "yes" if type(None) in get_args(hint) or default not in {MISSING, ""} else "no"


@cache
def words_of(kind: type[Any]) -> dict[str, str]:
    """What the string under each field says, on one line."""
    said: dict[str, str] = {}
    for each in reversed([each for each in kind.__mro__ if is_dataclass(each)]):
        [tree] = ast.parse(textwrap.dedent(inspect.getsource(each))).body
        assert isinstance(tree, ast.ClassDef)
        for one, after in zip(tree.body, tree.body[1:], strict=False):
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(after, ast.Expr):
                assert isinstance(after.value, ast.Constant)
                said[one.target.id] = " ".join(str(after.value.value).split())
    return said


if __name__ == "__main__":
    GUIDE.write_text(guide(), "utf-8")
