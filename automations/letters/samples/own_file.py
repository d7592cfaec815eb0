"""Samples of papers for our own file, much of them known and next to nothing.

In: nothing. Out: facts for each paper, by template and variant.
Never here: a real person, address or telephone number.
"""

from datetime import date
from typing import Any

from automations.letters.facts import AreaFacts, Facts, Happened, OwnFileFacts, Reviewed
from automations.letters.samples.agencies import WORDS
from automations.letters.samples.harbour_row import AN_OFFICER, HARBOUR_ROW, REFERENCE

PAPER: dict[str, Any] = {
    "landlord": HARBOUR_ROW,
    "reference": REFERENCE,
    "officer": AN_OFFICER,
    "recipient_name": None,
    "recipient_address": (),
}


def a_paper(**given: Any) -> OwnFileFacts:
    """A paper for our own file, with little known."""
    return OwnFileFacts(**{**PAPER, **given})


KNOWN: dict[str, Any] = {
    "person_name": "Sample Person", "person_home": "Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ",
    "person_telephone": "01632 960123", "person_email": "sample@example.org", "person_born_on": date(1987, 4, 2),
    "person_language": "Polish", "person_arrangement": "A made-up agency, booked", "safe_ways": "Letter to the home",
    "first_told_on": date(2026, 11, 3), "booked_on": date(2026, 11, 4),
}  # fmt: skip
INCIDENTS = (
    Happened(number="1", told_on=date(2026, 11, 3), happened_on=date(2026, 11, 2), what="Threats", because_of="Race"),
    Happened(number="2", told_on=date(2026, 11, 9)),
)

SAMPLES: dict[str, dict[str, Facts]] = {
    "report_form": {
        "much is known": a_paper(**KNOWN, received_by="Front desk", how_reported="Telephone", what_happened=WORDS,
                                 happened_on=date(2026, 11, 2), happened_where="In the shared hall", because_of="Race",
                                 perpetrators="Nobody Inparticular", police_reference="ZZ/0001/26",
                                 police_contact="Sergeant Sample"),
        "nothing is known": a_paper(),
    },
    "diversity_form": {"only the number": a_paper()},
    "victim_note": {
        "much is known": a_paper(**KNOWN, promised_on=date(2026, 11, 17), contact_days="7", plan_version="2"),
        "little is known": a_paper(person_name="Sample Person"),
    },
    "witness_note": {"a name": a_paper(**{**KNOWN, "person_name": "Dora Invented"})},
    "perpetrator_note": {"a name": a_paper(**{**KNOWN, "person_name": "Nobody Inparticular"}, words=WORDS)},
    "transfer_report": {
        "a victim": a_paper(**KNOWN, words=WORDS, agreed_on=date(2026, 11, 4), incidents=INCIDENTS,
                            police_reference="ZZ/0001/26", unsafe_at_home=True, fears_staying=True),
        "a witness": a_paper(**{**KNOWN, "person_name": "Dora Invented"}, words=WORDS, incidents=INCIDENTS[:1]),
    },
    "area_review": {
        "cases": AreaFacts(**{**PAPER, "reference": "Sampletown North"}, references=("CW-2026-0007", "CW-2026-0009"),
                           cases=(Reviewed(case="CW-2026-0007", late="Interview the victim (no reason yet)"),
                                  Reviewed(case="CW-2026-0009")),
                           partnership=("No forum is registered for this area.",)),
        "no case": AreaFacts(**{**PAPER, "reference": "Sampletown North"}),
    },
}  # fmt: skip
"""Template, variant, facts."""
