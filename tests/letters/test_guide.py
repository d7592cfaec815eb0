"""The guide for whoever changes a letter says what there is, and each letter can be looked at."""

from dataclasses import dataclass

import guide
import pytest

from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AUDIENCES, Facts
from automations.letters.languages import FOLDER
from automations.letters.samples import SAMPLES


def test_the_guide_is_as_the_types_are() -> None:
    """`make docs` writes it anew."""
    assert guide.guide() == guide.GUIDE.read_text("utf-8")


def test_a_new_fact_stands_in_the_guide_with_what_its_field_says(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Line:
        what: str
        """What was agreed."""

    @dataclass(frozen=True, kw_only=True)
    class OtherFacts(Facts):
        agreed: tuple[Line, ...]
        """What was agreed, by line."""
        by_post: bool = False

    monkeypatch.setattr(guide, "get_type_hints", lambda kind: {
        **{n: f.type for n, f in kind.__dataclass_fields__.items()},
        **({"agreed": tuple[Line, ...], "by_post": bool} if kind is OtherFacts else {}),
    })  # fmt: skip
    monkeypatch.setitem(AUDIENCES, "other", OtherFacts)
    written = guide.guide()
    assert "### For `audience: other`" in written
    assert "| `agreed` | What was agreed, by line. | several: use `for` |" in written
    assert "| `agreed[].what` | What was agreed. | no |" in written
    assert "| `by_post` | by post | for `if` only |" in written


def test_every_letter_has_a_sample_and_every_row_of_the_catalogue_a_letter() -> None:
    """A letter without a sample would be looked at by nobody."""
    there = {path.stem for path in FOLDER.glob("en/*.md")}
    assert set(SAMPLES) == there
    assert {entry.template for entry in CATALOGUE.values()} <= there
    assert all(variants for variants in SAMPLES.values())
