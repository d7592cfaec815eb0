"""How fast Casewatch is, told as ratios measured in one run: against peers, and against the floor.

In: nothing. Out: tables on the screen, exit code 1 where a target is missed.
Never here: a timed test; a number from another run or another machine.
"""
