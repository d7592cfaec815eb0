"""Harbour Row: the landlord that never was, an officer of theirs, and the days of a sample letter.

In: nothing. Out: the facts that every sample has.
Never here: a real person, street, postcode or telephone number.
"""

from datetime import date

from automations.letters.facts import Landlord, OfficerFacts

HARBOUR_ROW = Landlord(
    name="Harbour Row Homes",
    address=("1 Harbour Row", "Sampletown", "ZZ1 1ZZ"),
    telephone="01632 960000",
    email="hello@example.org",
    neutral_sender="HRH Post Room",
    out_of_hours="01632 960999",
)
AN_OFFICER = OfficerFacts(
    name="Example Officer",
    job_title="Housing officer",
    office="1 Harbour Row, Sampletown, ZZ1 1ZZ",
    email="officer@example.org",
    telephone="01632 960001",
    mobile="07700 900001",
)
REFERENCE = "CW-2026-0007"
PROMISED = date(2026, 11, 17)
WRITTEN = date(2026, 11, 4)
