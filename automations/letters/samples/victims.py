"""Samples of letters to victims.

In: nothing. Out: facts for each letter to a victim, by template and variant.
Never here: a real person, or words that any victim said.
"""

from dataclasses import replace
from datetime import date

from automations.letters.facts import Facts, VictimFacts
from automations.letters.samples.harbour_row import AN_OFFICER, HARBOUR_ROW, PROMISED, REFERENCE, WRITTEN

A_VICTIM = VictimFacts(
    landlord=HARBOUR_ROW,
    reference=REFERENCE,
    recipient_name="Sample Person",
    recipient_address=("Flat 2", "14 Harbour Row", "Sampletown", "ZZ1 4ZZ"),
    officer=AN_OFFICER,
    first_told_on=date(2026, 11, 3),
    told_by_victim=True,
    promised_on=PROMISED,
    dated=WRITTEN,
)

SAMPLES: dict[str, dict[str, Facts]] = {
    "acknowledgement": {
        "told by the victim": A_VICTIM,
        "told by somebody else": replace(A_VICTIM, told_by_victim=False, promised_on=None),
    },
}
"""Template, variant, facts."""
