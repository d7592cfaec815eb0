"""The audit of Airtable where cells are not plain: links and their other sides, choices, fields made anew.

In: the wire-rule server, staff at its grid, its clock. Out: one test a promise; each shows what counts as well.
Never here: what was missed altogether (test_airtable_audit.py).
"""

import pytest

from tests.contracts.airtable_decisions import STAFF, decided, two_hands
from tests.contracts.platform import a_key


@pytest.mark.parametrize("told", ["on one side", "on both", "on both, in two payloads"])
def test_a_link_made_from_its_other_side_has_an_author(desk, platform, casework, told):
    """In the case's own row; Airtable may tell both sides of it, one after the other, or what was typed in alone."""
    (case,) = platform.create("Cases", [{"Reference": a_key()}])
    (id,) = platform.create("Approvals", [{"Approval": "a"}])
    bound, row = platform._bound("Approvals"), desk.row("Approvals", id)
    desk.write("Cases", case, {bound.back["Case"]: [row.id]})
    if "both" in told:
        cells = [{"cellValuesByFieldId": {bound.columns["Case"]: cell}} for cell in
                 ([{"id": desk.row("Cases", case).id, "name": "x"}], None)]  # fmt: skip
        ours = {bound.id: {"changedRecordsById": {row.id: dict(zip(("current", "previous"), cells, strict=True))}}}
        if "two" in told:
            casework.payloads.append(casework.payloads[-1] | {"changedTablesById": ours})
        else:
            casework.payloads[-1]["changedTablesById"] |= ours

    links = [x for x in platform.history("Approvals", id) if x.field == "Case"]
    assert [(x.before, x.after, x.by) for x in links] == [((), (case,), STAFF)]


def test_a_record_that_was_deleted_leaves_the_links_to_it_and_no_doubt(at, desk, platform):
    """Nobody may tell that the row which pointed at it changed; its decision stays its author's."""
    one, two = platform.create("Cases", [{"Reference": a_key()}, {"Reference": a_key()}])
    (id,) = platform.create("Approvals", [{"Approval": "a", "Case": (one,)}])
    desk.write("Approvals", id, {"Decision": "Agreed"})
    at.clock.sleep(60)
    desk.delete("Cases", one)
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]

    desk.link("Approvals", id, "Case", two)
    told = platform.history("Approvals", id)
    assert [(x.after, x.by) for x in told if x.field == "Case"] == [((two,), STAFF)]
    assert decided(told) == [("Agreed", STAFF)]


def test_a_choice_that_staff_renamed_waits_until_it_is_called_as_it_was(desk, platform):
    """The cell shows another word than the one that was chosen."""
    id = two_hands(platform, desk)
    desk.rename_choice("Approvals", "Decision", "Agreed", "Fine")
    platform.get("Approvals", [id])
    assert platform.history("Approvals", id) == []

    desk.rename_choice("Approvals", "Decision", "Fine", "Agreed")
    platform.get("Approvals", [id])
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]


def test_a_field_that_was_deleted_and_made_again_has_no_past(desk, platform, ledger):
    """Its cells are others, though they are called the same."""
    id = two_hands(platform, desk)
    field = desk.found("Approvals")[1].field("Decision")
    row = desk.row("Approvals", id)
    row.cells["fldMadeAnew"], field.id = row.cells.pop(field.id), "fldMadeAnew"
    later = desk.platform(ledger=ledger)
    assert later.history("Approvals", id) == []

    assert two_hands(later, desk)
