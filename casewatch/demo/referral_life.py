"""Referral life: staff refer people on the older cases, decide what is sent and, later, enter that somebody said no.

In: the bases, signed in as an officer and as a line manager. Out: rows and decisions.
Never here: a State, a receipt or a recall (the runner's); a decision by anybody but whoever is signed in (R-25).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from automations.ports import Platform, Record
from casewatch.demo.by_hand import ROLES, Row, The, cells
from casewatch.demo.referral_rows import AGREED, REFERRALS, WAYS_BACK, By, Referred
from schema import choices as c

PROOF = b"Examplemouth Police, report line. Taken by telephone. Their number: EP-2041.\n"


def refer(officer: Platform, manager: Platform, now: datetime) -> Iterator[str]:
    """Make the referrals that are not there yet, saying each: what staff entered for them first."""
    cases = {str(r.fields["Report"]): r.id for r in officer.records("Cases")}
    there = {(_case(r), str(r.fields["Referral"])) for r in
             officer.find("Referrals", "Referral", [each.label for each in REFERRALS])}  # fmt: skip
    missing = [x for x in REFERRALS if (cases[f"older-{x.case}"], x.label) not in there]
    if not missing:
        return
    rows = _rows(officer, {number: cases[f"older-{number}"] for number in {x.case for x in missing}})
    _enter(officer, [row for row in AGREED if row.case in rows], rows, now)
    for by in By:
        mine = [each for each in missing if each.by is by]
        made = (manager if by is By.MANAGER else officer).create(
            "Referrals", [_typed(each, rows[each.case], now) for each in mine]
        )
        for id, each in zip(made, mine, strict=True):
            if each.by_hand:
                officer.attach("Referrals", id, "Proof", "note-of-the-call.txt", PROOF, "text/plain")
            yield each.label


def _rows(officer: Platform, cases: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """The ids of each older case's own rows, by what they are called here, asked for in one go."""
    found = {number: {"case": case} for number, case in cases.items()}
    numbers = {case: number for number, case in cases.items()}
    for person in officer.find("People", "Case", list(numbers)):
        if called := ROLES.get(str(person.fields["Role"])):
            found[numbers[_case(person)]][called] = person.id
    for incident in officer.find("Incidents", "Case", list(numbers)):
        found[numbers[_case(incident)]]["incident"] = incident.id
    return found


def _enter(officer: Platform, typed: Sequence[Row], rows: Mapping[int, Mapping[str, str]], now: datetime) -> None:
    """What staff entered for them, but for answers that an earlier start, cut off, has made."""
    for row in (x for x in typed if x.of):
        officer.update(row.table, [(rows[row.case][row.of], cells(row.cells, rows[row.case], now))])
    same = ("Option", "Organisation", "Victim")
    there = [[x.fields[name] for name in same] for x in
             officer.find("Consents", "Case", [rows[x.case]["case"] for x in typed])]  # fmt: skip
    said = [{"Case": (rows[x.case]["case"],), **cells(x.cells, rows[x.case], now)} for x in typed if not x.of]
    if new := [each for each in said if [each[name] for name in same] not in there]:
        officer.create("Consents", new)


def take_back(officer: Platform, now: datetime) -> Iterator[str]:
    """Enter the no of each victim who takes their agreement back, once the partner has been told."""
    back = {(f"older-{x.case}", x.label): x for x in REFERRALS if x.taken_back}
    cases = {r.id: str(r.fields["Report"]) for r in officer.records("Cases")}
    for row in officer.find("Referrals", "Referral", [label for _, label in back]):
        each = back.get((cases[_case(row)], str(row.fields["Referral"])))
        if each is None or row.fields["State"] not in (c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED):
            continue
        for said in officer.find("Consents", "Case", [_case(row)]):
            mine = said.fields["Option"] == WAYS_BACK[each.purpose] and said.fields["Organisation"] == each.partner
            if mine and not said.fields["Withdrawn at"]:
                officer.update("Consents", [(said.id, {"Withdrawn at": now})])
                yield each.label


def _typed(each: Referred, rows: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The row as staff fill it in, Decision with the rest."""
    row: dict[str, Any] = {
        "Case": The("case"), "Referral": each.label, "Purpose": each.purpose, "Partner": each.partner,
        "Incident": The("incident"), "Words for the partner": each.words, "Not sent: reason": each.because,
        "Person": The(each.person) if each.person else "", "Made by hand at": each.by_hand or "",
        "Decision": "" if each.by is By.NOBODY else each.decision,
    }  # fmt: skip
    return cells({name: cell for name, cell in row.items() if cell != ""}, rows, now)


def _case(row: Record) -> str:
    link = row.fields["Case"]
    return next((x for x in link if isinstance(x, str)), "") if isinstance(link, tuple) else ""
