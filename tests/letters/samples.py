"""Every letter in every variant: the sample facts that golden texts and the measure of reading are made from."""

from automations.letters.samples import SAMPLES

__all__ = ["EVERY_SAMPLE", "SAMPLES"]

EVERY_SAMPLE = [(name, variant) for name, variants in SAMPLES.items() for variant in variants]
