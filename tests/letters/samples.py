"""Every sample letter: template name, then variant, then what it is written from."""

import letter_cases_accused
from letter_cases import some_facts

from automations.letters.facts import Facts

SAMPLES: dict[str, dict[str, Facts]] = {
    "acknowledgement": {"told": some_facts(), "told-by-another": some_facts(told_by_victim=False)},
    **letter_cases_accused.SAMPLES,
}
VARIANTS = [(name, variant) for name, variants in sorted(SAMPLES.items()) for variant in variants]
