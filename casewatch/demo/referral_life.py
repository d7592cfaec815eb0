"""Referral life: staff refer people on the older cases, decide what is sent and, later, enter that somebody said no.

In: the bases, signed in as an officer and as a line manager. Out: rows and decisions.
Never here: a State, a receipt or a recall (the runner's); a decision by anybody but whoever is signed in (R-25).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from automations.ports import Platform
from casewatch.demo.by_hand import Row, The, cells, own_rows
from casewatch.demo.referral_rows import AGREED, REFERRALS, WAYS_BACK, By, Referred
from schema import choices as c

PROOF = b"Examplemouth Police, report line. Taken by telephone. Their number: EP-2041.\n"


def refer(officer: Platform, manager: Platform, now: datetime) -> Iterator[str]:
    """Make the referrals that are not there yet, saying each: what staff entered for them first."""
    cases = {str(r.fields["Report"]): r.id for r in officer.records("Cases")}
    labels = [each.label for each in REFERRALS]
    there = {(_case(r.fields["Case"]), str(r.fields["Referral"])) for r in
             officer.find("Referrals", "Referral", labels)}  # fmt: skip
    for number in dict.fromkeys(each.case for each in REFERRALS):
        case = cases[f"older-{number}"]
        missing = [x for x in REFERRALS if x.case == number and (case, x.label) not in there]
        if not missing:
            continue
        rows = own_rows(officer, case)
        for row in (x for x in AGREED if x.case == number):
            _enter(officer, row, case, cells(row.cells, rows, now), rows)
        for each in missing:
            whose = manager if each.by is By.MANAGER else officer
            [made] = whose.create("Referrals", [_typed(each, case, rows, now)])
            if each.by_hand:
                officer.attach("Referrals", made, "Proof", "note-of-the-call.txt", PROOF, "text/plain")
            yield each.label


def _enter(officer: Platform, row: Row, case: str, typed: Mapping[str, Any], rows: Mapping[str, str]) -> None:
    """A row of staff's, unless an earlier start that was cut off made it."""
    if row.of:
        officer.update(row.table, [(rows[row.of], typed)])
        return
    same = ("Option", "Organisation", "Victim")
    there = [[x.fields[name] for name in same] for x in officer.find(row.table, "Case", [case])]
    if [typed[name] for name in same] not in there:
        officer.create(row.table, [{"Case": (case,), **typed}])


def take_back(officer: Platform, now: datetime) -> Iterator[str]:
    """Enter the no of each victim who takes their agreement back, once the partner has been told."""
    back = {(f"older-{x.case}", x.label): x for x in REFERRALS if x.taken_back}
    cases = {r.id: str(r.fields["Report"]) for r in officer.records("Cases")}
    for row in officer.find("Referrals", "Referral", [label for _, label in back]):
        each = back.get((cases[_case(row.fields["Case"])], str(row.fields["Referral"])))
        if each is None or row.fields["State"] not in (c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED):
            continue
        for said in officer.find("Consents", "Case", [_case(row.fields["Case"])]):
            mine = said.fields["Option"] == WAYS_BACK[each.purpose] and said.fields["Organisation"] == each.partner
            if mine and not said.fields["Withdrawn at"]:
                officer.update("Consents", [(said.id, {"Withdrawn at": now})])
                yield each.label


def _typed(each: Referred, case: str, rows: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The row as staff fill it in, Decision with the rest."""
    row: dict[str, Any] = {
        "Case": (case,), "Referral": each.label, "Purpose": each.purpose, "Partner": each.partner,
        "Incident": The("incident"), "Words for the partner": each.words, "Not sent: reason": each.because,
        "Person": The(each.person) if each.person else "", "Made by hand at": each.by_hand or "",
        "Decision": "" if each.by is By.NOBODY else each.decision,
    }  # fmt: skip
    return cells({name: cell for name, cell in row.items() if cell != ""}, rows, now)


def _case(link: object) -> str:
    return next((x for x in link if isinstance(x, str)), "") if isinstance(link, tuple) else ""
