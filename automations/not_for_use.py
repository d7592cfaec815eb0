"""Not for use: what a witness gave who does not want it used is marked so, wherever it stands (HC-080).

In: a case. Out: the marks on interviews, with their statements, and on evidence, as they should stand.
Never here: anything taken away. It stays on record, and no letter or notice has a place for it.
"""

from collections.abc import Iterator

from automations.effects import Write
from automations.model import Case
from schema import choices as c


def marks(case: Case) -> Iterator[Write]:
    """Each mark that must change. Willing again, it goes; a thing that its giver holds back keeps it.

    Only a yes takes it away: not that the witness's row is gone, or that nobody knows what they say now.
    """
    use = {p.id: p.evidence_use for p in case.people}
    for x in case.interviews:
        said = use.get(x.person_id or "")
        refused = x.with_ is c.InterviewKind.WITNESS and said is c.WitnessUse.UNWILLING
        if x.not_for_use != refused and (refused or said is c.WitnessUse.WILLING):
            yield _mark(case, "Interviews", x.id, refused)
    for proof in case.proofs:
        said = use.get(proof.person_id or "")
        refused = c.WitnessUse.UNWILLING is said or proof.may_be_used is c.YesNo.NO
        agreed = said is c.WitnessUse.WILLING or (said is None and proof.may_be_used is c.YesNo.YES)
        if proof.not_for_use != refused and (refused or agreed):
            yield _mark(case, "Evidence", proof.id, refused)


def _mark(case: Case, table: str, id: str, refused: bool) -> Write:
    return Write(table, f"{case.reference}/not-for-use/{table}-{id}", {"Not for use": refused}, record=id)
