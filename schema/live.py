"""What the platform works out by itself, each time somebody looks: named expressions over a table's own fields.

In: nothing. Out: one text a name, which `Field(kind=LIVE, live=name)` points at.
Never here: a fact of another table, or anything that the runner could not work out from the same cells.

The language is the common ground of spreadsheet-like platforms: {Field} names a field of the same table; texts are in
single quotes; the functions are IF, SWITCH, CONCAT, AND, ISBLANK, ISNOTBLANK and NOW; instants compare with <.
A platform whose own words differ translates in its adapter.
"""

LIVE: dict[str, str] = {
    "status": (
        "SWITCH({State},"
        "'Open',IF({Due at}<NOW(),'Overdue',IF({Warn at}<NOW(),'Due soon','Due')),"
        "'Blocked',IF({Due at}<NOW(),'Overdue','Blocked'),"
        "'Alert',IF({Due at}<NOW(),'Chase','Due'),"
        "'Alert blocked','Blocked',"
        "CONCAT({State},''))"
    ),
    "pick_up": (
        "IF(ISNOTBLANK({What needs a person}),'Needs a person',"
        "IF(ISNOTBLANK({Taken at}),'Taken',"
        "IF(ISBLANK({Made by}),'Not yet picked up',"
        "IF({Send},'Not yet picked up','Not yet sent'))))"
    ),
}
"""`status`: R-11. Only what is still to be done can become late by itself; every other state shows as it is.

`pick_up`: a row from the form has no maker and is taken at once; a row typed in the grid waits for Send.
"""

USED_FIELDS: dict[str, frozenset[str]] = {
    "status": frozenset({"State", "Due at", "Warn at"}),
    "pick_up": frozenset({"What needs a person", "Taken at", "Made by", "Send"}),
}
"""The fields each expression reads: a table that shows it must have them."""
