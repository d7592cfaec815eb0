"""What officers need from the office base, copied by the runner for reading.

In: the runner, from Staff, Areas and Partners. Out: names to look up while working a case.
Never here: a role, a destination or an e-mail address that decides anything (those are read in the office base only).
"""

from schema import choices as c
from schema.parts import Field, Kind, Owner, Table, Wall

R = Owner.RUNNER

STAFF_LIST = Table(
    name="Staff list",
    wall=Wall.CASEWORK,
    help="Who works here, for looking up. A change here counts for nothing and is put back.",
    fields=(
        Field("Name", owner=R),
        Field("Job title", owner=R),
        Field("Telephone", Kind.PHONE, owner=R),
        Field("Areas", owner=R),
        Field("Key", owner=R, unique=True),
    ),
)

AREAS_LIST = Table(
    name="Areas list",
    wall=Wall.CASEWORK,
    help="The areas, for looking up. A change here counts for nothing and is put back.",
    fields=(
        Field("Area", owner=R),
        Field("Division", Kind.CHOICE, owner=R, choices=tuple(c.Division)),
        Field("Partnership", owner=R),
        Field("Key", owner=R, unique=True),
    ),
)

PARTNERS_LIST = Table(
    name="Partners list",
    wall=Wall.CASEWORK,
    help="The partners' names, for writing them as the office does. A change here is put back.",
    fields=(Field("Partner", owner=R), Field("Key", owner=R, unique=True)),
)
