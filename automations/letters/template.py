"""Template: one file of letter_templates, checked once and kept ready.

In: `letter_templates/<language>/<name>.md`. Out: its head, and its Markdown with a token for each fact.
Never here: a fact's own words (document.py puts those back, inside text only); logic beyond `if` and `for`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import yaml
from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from automations.errors import NeedsAPerson, Stop
from automations.letters.facts import AUDIENCES, Facts, paths
from automations.letters.words import clean, day

FOLDER = Path(str(files("letter_templates")))
HEAD = frozenset({"title", "audience", "clause", "needs"})
OPEN, CLOSE = "\ue000", "\ue001"
"""A token is a number between these two private signs. Markdown sees in it neither space nor punctuation."""

PUT_ASIDE = "put aside"
"""Where the facts' words wait while Markdown is read. No template can name it: it has a space."""

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Getattr,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """One letter in one language. `needs` says in staff's words what it cannot be written without."""

    name: str
    language: str
    title: str
    audience: str
    clause: str
    needs: Mapping[str, str]
    body: jinja2.Template

    def fill(self, facts: Facts) -> tuple[str, list[str]]:
        """Markdown with a token for each fact, and the facts' words in order. TypeError: another reader's facts."""
        wanted = AUDIENCES[self.audience]
        if type(facts) is not wanted:
            raise TypeError(f"{self.name} is written from {wanted.__name__}, not from {type(facts).__name__}.")
        aside: list[str] = []
        known = {one.name: getattr(facts, one.name) for one in fields(facts)}
        return self.body.render({**known, PUT_ASIDE: aside}), aside


@jinja2.pass_context
def _put_aside(context: Context, value: Any) -> str:
    """A token in the place of a fact. `pass_context` also keeps Jinja from doing this once, at compile time."""
    words = day(value) if isinstance(value, date) else value
    if not isinstance(words, str) or not clean(words):
        raise NeedsAPerson("A letter would have a hole in it; nothing was made.")
    aside: list[str] = context[PUT_ASIDE]
    aside.append(words)
    return f"{OPEN}{len(aside) - 1}{CLOSE}"


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        finalize=_put_aside,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def template(name: str, language: str) -> Template:
    """That letter in that language, compiled once. Stop, with every fault, where it is not a letter."""
    there = {path.stem: path for path in FOLDER.glob("*/*.md") if path.parent.name == language}
    if name not in there:
        raise Stop(f"There is no letter {name!r} in {language!r}.")
    return read(there[name].read_text(encoding="utf-8"), name, language)


def read(source: str, name: str, language: str) -> Template:
    """A template from its text. Stop where the head or the body is not what a letter may be."""
    parts = source.split("---\n", 2)
    head = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else None
    if not isinstance(head, dict) or set(head) != HEAD or head["audience"] not in AUDIENCES:
        raise Stop(f"The letter {name} needs a head with {', '.join(sorted(HEAD))}, and a reader that we know.")
    try:
        tree = _environment().parse(parts[2])
    except jinja2.TemplateSyntaxError as error:
        raise Stop(f"The letter {name}, line {error.lineno} under the head: {error.message}") from error
    if faults := [*_faults(tree, head["needs"], AUDIENCES[head["audience"]], parts[2])]:
        raise Stop(f"The letter {name}: " + " ".join(faults))
    compiled = _environment().from_string(tree)
    return Template(name, language, head["title"], head["audience"], str(head["clause"]), head["needs"], compiled)


def _faults(tree: nodes.Template, needs: Mapping[str, str], audience: type[Facts], body: str) -> list[str]:
    """What keeps this from being a letter: a fact of another reader, or more logic than `if` and `for`."""
    known = set(paths(audience))
    local = {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    asked = {_path(node) for node in tree.find_all((nodes.Name, nodes.Getattr))}
    unknown = {path for path in asked | set(needs) if path not in known and path.split(".")[0] not in local}
    return [
        *(f"{path} is not a fact for this reader." for path in sorted(unknown)),
        *sorted({f"{type(n).__name__} is more than `if` and `for`." for n in _all(tree) if not isinstance(n, ALLOWED)}),
        *(["It holds a private sign."] if OPEN in body or CLOSE in body else []),
    ]


def _all(node: nodes.Node) -> list[nodes.Node]:
    return [node, *(inner for child in node.iter_child_nodes() for inner in _all(child))]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "?"
