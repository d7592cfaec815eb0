"""Stories: letters are set in type elsewhere; where a test does not look at them they are a few bytes."""

from importlib import import_module

import pytest


@pytest.fixture
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same letters, quick to make."""
    draft = import_module("automations.letters.draft")
    monkeypatch.setattr(draft, "render_pdf", lambda *_, **__: b"%PDF- a sample")
    monkeypatch.setattr(draft, "render_word", lambda *_, **__: b"PK a sample")
