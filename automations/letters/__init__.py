"""Letters: words that people read, made safely. `draft` is the door; `render_pdf` makes a sample."""

from automations.letters.draft import Draft, Held, Missing, draft, render_pdf
from automations.letters.facts import Landlord, OfficerFacts, VictimFacts

__all__ = ["Draft", "Held", "Landlord", "Missing", "OfficerFacts", "VictimFacts", "draft", "render_pdf"]
