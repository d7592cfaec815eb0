"""Every letter in every variant: the sample facts that golden texts and the measure of reading are made from."""

import letter_cases_accused
from letter_cases import some_facts

from automations.letters.facts import Facts

SAMPLES: dict[str, dict[str, Facts]] = {
    "acknowledgement": {
        "told by the victim": some_facts(),
        "told by somebody else": some_facts(told_by_victim=False, promised_on=None),
    },
    **letter_cases_accused.SAMPLES,
}
"""Template, variant, facts."""

EVERY_SAMPLE = [(name, variant) for name, variants in SAMPLES.items() for variant in variants]
