"""Not for use: what a witness gave who does not want it used is marked so, wherever it stands (HC-080).

In: a case. Out: the marks on interviews, with their statements, and on evidence, as they should stand.
Never here: anything taken away. It stays on record, and no letter or notice has a place for it.
"""

from collections.abc import Iterator

from automations.effects import Write
from automations.model import Case
from schema import choices as c


def marks(case: Case) -> Iterator[Write]:
    """Each mark that must change. Willing again, it goes; a thing that its giver holds back keeps it."""
    unwilling = {p.id for p in case.people if p.evidence_use is c.WitnessUse.UNWILLING}
    for x in case.interviews:
        refused = x.with_ is c.InterviewKind.WITNESS and x.person_id in unwilling
        if x.not_for_use != refused:
            yield _mark(case, "Interviews", x.id, refused)
    for proof in case.proofs:
        refused = proof.person_id in unwilling or proof.may_be_used is c.YesNo.NO
        if proof.not_for_use != refused:
            yield _mark(case, "Evidence", proof.id, refused)


def _mark(case: Case, table: str, id: str, refused: bool) -> Write:
    return Write(table, f"{case.reference}/not-for-use/{table}-{id}", {"Not for use": refused}, record=id)
