"""Prevention: which work to keep hate incidents from happening counts, and what a row lacks (HC-131 to HC-137).

In: the organisation, a row of the log. Out: sentences.
Never here: publicity that may show who a victim is, or that no manager approved (HC-134): unknown is shut.
"""

from automations.model import Prevention
from automations.organisation.whole import Organisation, unsigned
from schema import choices as c


def lacks(org: Organisation, row: Prevention) -> list[str]:
    """Why a row does not count, a sentence each."""
    said = org.said_of("Prevention", row.id)
    if row.kind is None:
        said.append("Say which kind it is.")
    if row.done_on is None:
        said.append("Say when it was done.")
    if row.kind is c.PreventionKind.PUBLICITY:
        if not row.nobody_recognised:
            said.append("Publicity counts only once it is ticked that nobody can be recognised.")
        if not row.approved_by:
            said.append("Publicity counts only once a manager has entered their approval.")
        elif why := unsigned(row, "Approved by", c.LINE_MANAGERS, "a manager"):
            said.append(why)
    return said
