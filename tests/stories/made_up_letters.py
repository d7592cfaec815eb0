"""Made-up letters: kinds that stand in the catalogue for one test, written from a victim's facts.

In: the test's monkeypatch, kinds. Out: entries of the catalogue, gone again after the test.
Never here: a test.
"""

import pytest

from automations.contact import perpetrator_contact, perpetrator_letter
from automations.letters.catalogue import CATALOGUE
from automations.letters.to_victims import facts, held
from automations.letters.writing import Entry, Writing
from automations.subjects import Subject
from schema import choices as c


def offered(monkeypatch: pytest.MonkeyPatch, *kinds: c.LetterKind) -> None:
    """Letters to victims of those kinds alone, and the first letter: of no other kind a draft is made."""
    _stand(monkeypatch, [Entry(kind, "acknowledgement", facts, held) for kind in kinds])


def offered_to_the_accused(monkeypatch: pytest.MonkeyPatch, *kinds: c.LetterKind) -> None:
    """The same of letters that reach an alleged perpetrator, behind their gates (R-17, R-18)."""

    def shut(of: Writing) -> str | None:
        about = Subject("", "", of.incident, of.to)
        return perpetrator_contact(of.case, about, of.now) or perpetrator_letter(of.case, about, of.now) or None

    _stand(monkeypatch, [Entry(kind, "acknowledgement", facts, shut) for kind in kinds])


def _stand(monkeypatch: pytest.MonkeyPatch, entries: list[Entry]) -> None:
    for kind in set(CATALOGUE) - {c.LetterKind.ACKNOWLEDGEMENT} - {entry.kind for entry in entries}:
        monkeypatch.delitem(CATALOGUE, kind)  # type: ignore[arg-type]
    for entry in entries:
        monkeypatch.setitem(CATALOGUE, entry.kind, entry)  # type: ignore[arg-type]
