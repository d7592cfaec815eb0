"""`casewatch run` with every pause 120 times shorter, so that an hour of rest is half a minute. The clock is the real
one: when something was said and when something went are compared to the second.

In: the command line of `casewatch`. Out: the same as the product's own.
Never here: anything else changed.
"""

from automations import rests

FASTER = 120
rests.PAUSES = tuple(each / FASTER for each in rests.PAUSES)

from automations import delivery  # noqa: E402 (they take the pauses by name)

delivery.HUNG /= FASTER
delivery.A_DAY /= FASTER * 24

from casewatch.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
