"""Moves: what a copy of the bases kept of the old ones, as no platform lets anybody say when another's row was made.

In: `casewatch copy`, once. Out: when each row that it brought was entered there, and last changed.
Never here: who wrote or decided anything, what a cell held, or a row that staff make.
"""

from schema.parts import HANDS, Field, Kind, Owner, Table, View, Wall

R = Owner.RUNNER

MOVES = Table(
    name="Moves",
    wall=Wall.OFFICE,
    help="Made by casewatch copy where these bases were brought from another platform. Change nothing here.",
    fields=(
        Field("Rows", owner=R, help="Which rows of which table it is about."),
        Field("Entered", Kind.LONG_TEXT, owner=R, help="When each was entered and last changed in the old bases."),
        *HANDS,
    ),
    views=(View("All", sort=("Rows",), show=("Rows", "Entered", "Made by", "Changed by")),),
)
