"""Template: one file of letter_templates, checked once and kept ready.

In: `letter_templates/<language>/<name>.md`. Out: its head, and its Markdown with a token for each fact.
Never here: a fact's own words (document.py puts those back, inside text only); logic beyond `if` and `for`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any

import jinja2
import yaml
from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from automations.errors import NeedsAPerson, Stop
from automations.letters import languages
from automations.letters.facts import AUDIENCES, Facts, paths
from automations.letters.facts.shared import EACH
from automations.letters.languages import OURS, Language
from automations.letters.translated import unlike
from automations.letters.words import clean

FACT = re.compile(r"\{\{.*?\}\}")
HEAD = frozenset({"title", "audience", "clause", "needs"})
OPEN, CLOSE = "\ue000", "\ue001"
"""A token is a number between these two private signs. Markdown sees in it neither space nor punctuation."""

PUT_ASIDE, SPEAKS = "put aside", "how it says a day"
"""Where the facts' words wait while Markdown is read, and the language. No template can name what has a space."""

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
    source: str = field(repr=False)

    def fill(self, facts: Facts) -> tuple[str, list[str]]:
        """Markdown with a token for each fact, and the facts' words in order. TypeError: another reader's facts."""
        wanted = AUDIENCES[self.audience]
        if type(facts) is not wanted:
            raise TypeError(f"{self.name} is written from {wanted.__name__}, not from {type(facts).__name__}.")
        aside: list[str] = []
        known = {one.name: getattr(facts, one.name) for one in fields(facts)}
        speaks = languages.language(self.language)
        return self.body.render({**known, PUT_ASIDE: aside, SPEAKS: speaks}), aside

    def place(self, written: str) -> str:
        """The file, and which of its lines a line of the letter is, each fact in it written `{{}}`."""
        lines = [FACT.sub("{{}}", line).strip() for line in self.source.split("\n")]
        return place(self.name, self.language, lines.index(written.strip()) + 1 if written.strip() in lines else None)


def place(name: str, language: str, line: int | None = None) -> str:
    """Where in letter_templates something stands, for whoever must mend it."""
    return f"letter_templates/{language}/{name}.md" + (f", line {line}" if line else "")


@jinja2.pass_context
def _put_aside(context: Context, value: Any) -> str:
    """A token in the place of a fact. `pass_context` also keeps Jinja from doing this once, at compile time."""
    speaks: Language = context[SPEAKS]
    words = speaks.day(value) if isinstance(value, date) else value
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
    """That letter in that language, compiled once. Stop, with every fault, where it is not a letter.

    In another language it has each point of ours, in its order and with its facts, or it is not made.
    """
    there = languages.letters(language)
    if name not in there:
        raise Stop(f"There is no letter {name!r} in {language!r}.")
    try:
        made = read(there[name].read_text(encoding="utf-8-sig"), name, language)
    except UnicodeDecodeError:
        raise Stop(f"{place(name, language)}: it is not saved as UTF-8.") from None
    if language != OURS and (found := unlike(made.source, template(name, OURS).source)):
        raise Stop(" ".join(f"{place(name, language, line)}: {what}" for line, what in found))
    return made


def read(source: str, name: str, language: str) -> Template:
    """A template from its text. Stop, with the file and its lines, where it is not what a letter may be."""
    parts = source.split("---\n", 2)
    try:
        head = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else None
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        raise Stop(f"{place(name, language, at.line + 2 if at else None)}: the head cannot be read.") from None
    if not isinstance(head, dict) or set(head) != HEAD or head["audience"] not in AUDIENCES or not _needs(head):
        raise Stop(
            f"{place(name, language, 1)}: a letter needs a head with {', '.join(sorted(HEAD))}, a reader that we know, "
            "and under `needs` each fact with its words."
        )
    above = parts[1].count("\n") + 2
    try:
        tree = _environment().parse(parts[2])
    except jinja2.TemplateSyntaxError as error:
        raise Stop(f"{place(name, language, above + error.lineno)}: {error.message}") from error
    audience = AUDIENCES[head["audience"]]
    faults = [*_faults(tree, audience, above), *_unknown_needs(head["needs"], audience, parts[1])]
    if OPEN in source or CLOSE in source:
        before = re.split(f"[{OPEN}{CLOSE}]", source)[0]
        faults.append((before.count("\n") + 1, "It holds a private sign."))
    if faults:
        raise Stop(" ".join(f"{place(name, language, line)}: {what}" for line, what in sorted(set(faults))))
    compiled = _environment().from_string(tree)
    return Template(
        name, language, head["title"], head["audience"], str(head["clause"]), head["needs"], compiled, source
    )


def _needs(head: Mapping[str, Any]) -> bool:
    return isinstance(head["needs"], dict) and all(isinstance(w, str) for pair in head["needs"].items() for w in pair)


def _unknown_needs(needs: Mapping[str, str], audience: type[Facts], head: str) -> Iterator[tuple[int, str]]:
    """The line and the sentence for each fact that the head asks for and this reader has not."""
    for path in sorted(set(needs) - set(paths(audience))):
        line = next((n for n, each in enumerate(head.split("\n"), 2) if each.strip().startswith(path)), 1)
        yield line, f"{path} is not a fact for this reader."


def _faults(tree: nodes.Template, audience: type[Facts], above: int) -> Iterator[tuple[int, str]]:
    """What keeps this from being a letter: a fact of another reader, or more logic than `if` and `for`."""
    for line, what in _not_facts(tree, {}, frozenset(paths(audience))):
        yield above + line, what
    for node in (tree, *tree.find_all(nodes.Node)):
        if not isinstance(node, ALLOWED):
            yield above + node.lineno, f"{type(node).__name__} is more than `if` and `for`."


def _not_facts(node: nodes.Node, bound: Mapping[str, str], known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Each name that is no fact of this reader. `bound` says of a name in a `for` what it is each of."""
    match node:
        case nodes.Name() | nodes.Getattr():
            path = _path(node, bound)
            if path not in known:
                yield node.lineno, f"{path} is not a fact for this reader."
        case nodes.For():
            yield from _not_facts(node.iter, bound, known)
            path = _path(node.iter, bound)
            if path in known and not _has(path + EACH, known):
                yield node.lineno, f"{path} is one fact: `for` cannot go through it."
            each = {node.target.name: path + EACH} if isinstance(node.target, nodes.Name) else {}
            for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
                yield from _not_facts(child, {**bound, **each}, known)
        case _:
            for child in node.iter_child_nodes():
                path = _path(child, bound)
                if isinstance(node, nodes.Output) and _has(path + EACH, known):
                    yield child.lineno, f"{path} is several facts: print each of them with `for`."
                elif isinstance(node, nodes.Output) and path in known and _has(path + ".", known):
                    yield child.lineno, f"{path} is not one fact: name one within it."
                yield from _not_facts(child, bound, known)


def _has(start: str, known: frozenset[str]) -> bool:
    return any(path.startswith(start) for path in known)


def _path(node: nodes.Node, bound: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node, bound)}.{node.attr}"
    return bound.get(node.name, node.name) if isinstance(node, nodes.Name) else "?"
