"""Letters: words that people read, made safely. `draft` is the door; `render_pdf` and `render_word` make a sample."""

from automations.letters.draft import Draft, Held, Missing, Untranslated, draft, render_pdf, render_word
from automations.letters.facts import Landlord, OfficerFacts, VictimFacts

__all__ = [
    "Draft", "Held", "Landlord", "Missing", "OfficerFacts", "Untranslated", "VictimFacts", "draft", "render_pdf",
    "render_word",
]  # fmt: skip
