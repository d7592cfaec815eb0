"""Samples of letters to an alleged perpetrator, their tenant and guardian, a neighbour and a contractor.

In: nothing. Out: facts for each of those letters, by template and variant.
Never here: a real person, street, postcode or telephone number, or words that anybody said.
"""

from datetime import date
from typing import Any

from automations.letters.facts import (
    ContractorFacts,
    Facts,
    GuardianFacts,
    Meeting,
    NeighbourFacts,
    PerpetratorFacts,
    TenantFacts,
)
from automations.letters.samples.harbour_row import AN_OFFICER, HARBOUR_ROW, REFERENCE

MEETING = Meeting(on=date(2026, 11, 19), time="2.30pm", place="1 Harbour Row, Sampletown, ZZ1 1ZZ")
MISSED = (date(2026, 11, 9), date(2026, 11, 12))
TOLD = "On the evening of Sunday 1 November 2026 you shouted threats outside a home in Long Harbour Row."
TOLD_OF = "On the evening of Sunday 1 November 2026 threats were shouted outside a home in Long Harbour Row."
FOUND = "We found that the shouting took place. We have added it to the record of the tenancy."
COMMON: dict[str, Any] = {
    "landlord": HARBOUR_ROW, "reference": REFERENCE, "officer": AN_OFFICER, "dated": date(2026, 11, 13),
    "recipient_name": "Nobody Inparticular",
    "recipient_address": ("99 Elsewhere Street", "Sampletown", "ZZ9 9ZZ"),
}  # fmt: skip


def to_perpetrator(**given: Any) -> PerpetratorFacts:
    return PerpetratorFacts(**{**COMMON, "is_the_tenant": True, **given})


def to_tenant(**given: Any) -> TenantFacts:
    return TenantFacts(**{**COMMON, "recipient_name": "Elder Inparticular", "resident": "Nobody Inparticular", **given})


def to_guardian(**given: Any) -> GuardianFacts:
    return GuardianFacts(
        **{**COMMON, "recipient_name": "Elder Inparticular", "young_person": "Young Inparticular", **given}
    )


def to_neighbour(**given: Any) -> NeighbourFacts:
    words = "Long Harbour Row, from Sunday 1 to Tuesday 3 November 2026"
    return NeighbourFacts(**{**COMMON, "recipient_name": "The occupier", "words": (words,), **given})


def to_contractor(**given: Any) -> ContractorFacts:
    filled: dict[str, Any] = {
        "recipient_name": "Mending & Sons", "work": "Re-glaze", "place": "Flat 2, 14 Harbour Row, Sampletown",
        "inside": False, "due_on": date(2026, 11, 14), "due_time": "9.30am",
    }  # fmt: skip
    return ContractorFacts(**{**COMMON, **filled, **given})


SAMPLES: dict[str, dict[str, Facts]] = {
    "appointment": {
        "tenant": to_perpetrator(meeting=MEETING),
        "not tenant": to_perpetrator(meeting=MEETING, is_the_tenant=False),
    },
    "second_appointment": {
        "tenant": to_perpetrator(meeting=MEETING, missed_on=date(2026, 11, 9)),
        "not tenant": to_perpetrator(meeting=MEETING, missed_on=date(2026, 11, 9), is_the_tenant=False),
    },
    "non_attendance": {
        "missed": to_perpetrator(missed=MISSED),
        "refused": to_perpetrator(refused=True, is_the_tenant=False),
    },
    "warning": {
        "met": to_perpetrator(words=(TOLD,), met_on=date(2026, 11, 12)),
        "not tenant": to_perpetrator(words=(TOLD,), is_the_tenant=False),
    },
    "perpetrator_outcome": {
        "tenant": to_perpetrator(words=(FOUND,)),
        "not tenant": to_perpetrator(words=(FOUND,), is_the_tenant=False),
    },
    "recharge": {
        "proved": to_perpetrator(
            work="new glass", cost="£184.50", proved_on=date(2026, 11, 12), words=("A camera of ours shows it.",)
        ),
    },
    "tenant_appointment": {
        "together": to_tenant(meeting=MEETING),
        "child": to_tenant(meeting=MEETING, instead_of_a_child=True),
    },
    "tenant_non_attendance": {"missed": to_tenant(missed=MISSED), "refused": to_tenant(refused=True)},
    "tenant_warning": {
        "adult": to_tenant(words=(TOLD_OF,)),
        "child": to_tenant(words=(TOLD_OF,), instead_of_a_child=True),
        "under age": to_tenant(words=(TOLD_OF,), instead_of_a_child=True, tenancy_only=True),
    },
    "tenant_outcome": {"found": to_tenant(words=(FOUND,))},
    "guardian_appointment": {"copy": to_guardian(meeting=MEETING)},
    "guardian_warning": {"copy": to_guardian(words=(TOLD_OF,))},
    "neighbour_enquiry": {"street": to_neighbour()},
    "repair_order": {
        "outside": to_contractor(photographed=True),
        "inside": to_contractor(inside=True, way_in="Ring the bell of the office downstairs, from 8am to 6pm."),
        "late": to_contractor(late=True, due_on=date(2026, 11, 12)),
        "no way in": to_contractor(inside=True, words=("The pane beside the door, about 40 by 90 centimetres.",)),
    },
}
"""Template, variant, facts."""
