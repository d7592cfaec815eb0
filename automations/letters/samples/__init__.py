"""Samples: made-up facts for every letter in every variant: for the preview, and for the tests that read each letter.

In: nothing. Out: SAMPLES: the template's name, the variant's name, the facts.
Never here: a real person, address or telephone number. A new reader's samples are a module of their own, joined below.
"""

from collections.abc import Mapping

from automations.letters.facts import Facts
from automations.letters.samples import accused, after_the_first, agencies, own_file, victims

SAMPLES: Mapping[str, Mapping[str, Facts]] = {
    **victims.SAMPLES,
    **after_the_first.SAMPLES,
    **accused.SAMPLES,
    **agencies.SAMPLES,
    **own_file.SAMPLES,
}
"""By the name of the template; the first variant is the one that a preview shows unasked."""
