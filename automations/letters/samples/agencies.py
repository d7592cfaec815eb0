"""Samples of letters to organisations and to another landlord.

In: nothing. Out: facts for each such letter, by template and variant.
Never here: a real organisation, person, address or telephone number.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from automations.letters.facts import AgencyFacts, Facts, OtherLandlordFacts, Told
from automations.letters.samples.harbour_row import AN_OFFICER, HARBOUR_ROW, REFERENCE, WRITTEN

COMMON: dict[str, Any] = {
    "landlord": HARBOUR_ROW,
    "reference": REFERENCE,
    "officer": AN_OFFICER,
    "dated": WRITTEN,
    "recipient_name": "Sample Advice",
    "recipient_address": ("5 Elsewhere Street", "Sampletown", "ZZ5 5ZZ"),
}
ONE = Told(name="Sample Person", born_on=date(1987, 4, 2), home="Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ",
           telephone="01632 960123", language="Polish", agreed_on=date(2026, 11, 4))  # fmt: skip
BY_NAME = Told(name="Quentin Madeupson", agreed_on=date(2026, 11, 4), ask_first=True)
WORDS = "Somebody shouted at the door at night, twice. On the third night a window was broken."


def to_agency(**given: Any) -> AgencyFacts:
    """What an organisation is told of one person who agreed."""
    filled: dict[str, Any] = {"people": (ONE,), "words": WORDS, "happened_on": date(2026, 11, 3)}
    return AgencyFacts(**{**COMMON, **filled, **given})


def to_landlord(**given: Any) -> OtherLandlordFacts:
    """What another landlord is told of somebody who lives in one of its homes."""
    filled: dict[str, Any] = {
        "recipient_name": "Another Landlord", "resident_name": "Nobody Inparticular",
        "resident_home": "99 Elsewhere Street, Sampletown, ZZ9 9ZZ", "words": WORDS, "happened_on": date(2026, 11, 3),
        "called_on": date(2026, 11, 4), "interview_by": date(2026, 11, 6),
    }  # fmt: skip
    return OtherLandlordFacts(**{**COMMON, **filled, **given})


SAMPLES: dict[str, dict[str, Facts]] = {
    "homelessness_referral": {
        "not safe at home": to_agency(unsafe_at_home=True),
        "one by name alone, no words": to_agency(people=(ONE, BY_NAME), words=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "support_referral": {
        "agreed": to_agency(),
        "one by name alone, no words": to_agency(people=(ONE, BY_NAME), words=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "police_referral": {
        "agreed": to_agency(),
        "they have a reference": to_agency(police_reference="ZZ/0001/26", happened_on=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "police_information": {
        "agreed": to_agency(police_reference="ZZ/0001/26"),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests",
                                       happened_on=None),
    },
    "information_request": {"agreed": to_agency(), "by name alone": to_agency(people=(BY_NAME,))},
    "solicitor_instruction": {
        "somebody agreed": to_agency(),
        "nobody is named": to_agency(people=(), happened_on=None),
    },
    "safeguarding_referral": {
        "a child": to_agency(children_at_risk=True, people=(replace(ONE, agreed_on=None, ask_first=True),)),
        "an adult": to_agency(adult_at_risk=True, people=(replace(ONE, agreed_on=None),), happened_on=None),
    },
    "landlord_request": {
        "by a day": to_landlord(),
        "no day yet": to_landlord(called_on=None, interview_by=None, resident_home=None, happened_on=None),
    },
    "director_notice": {
        "after the call": to_landlord(),
        "before the call": to_landlord(called_on=None, resident_home=None, happened_on=None),
    },
}  # fmt: skip
"""Template, variant, facts."""
