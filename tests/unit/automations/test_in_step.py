"""Whose a decision is, where the row was read at one moment and its history at another (R-25, R-26)."""

from datetime import timedelta
from typing import Any

import pytest

from automations import model as m
from automations.authors import decided_by
from automations.histories import History
from automations.in_step import in_step
from automations.model import Office, Partner, Referral, Staff
from automations.outbox.decisions import with_authors
from automations.outbox.recipients import confirmed
from automations.ports import Change, Record
from automations.records import value
from schema import choices as c
from sync.platforms.memory import RUNNER, MemoryPlatform
from tests.unit.automations.test_overrides import REGIONAL
from tests.unit.automations.who_and_when import MANAGER, NINE, OFFICER

OFFICE = Office(staff=(MANAGER, OFFICER, REGIONAL))
AGREED, REFUSED, SEND, DO_NOT = (
    c.Decision.AGREED,
    c.Decision.REFUSED,
    c.ReferralDecision.SEND,
    c.ReferralDecision.DO_NOT,
)


class Rows:
    """Rows in memory, a minute passing with each thing that somebody does."""

    def __init__(self) -> None:
        self.now = NINE
        self.platform = MemoryPlatform(lambda: self.now)

    def writes(self, who: Staff, table: str, id: str, **cells: Any) -> None:
        self.now += timedelta(minutes=1)
        with self.platform.as_user(who.email):
            self.platform.update(table, [(id, {name.replace("_", " "): cell for name, cell in cells.items()})])

    def read(self, table: str, id: str) -> Record:
        return self.platform.get(table, [id])[0]

    def history(self, table: str, id: str) -> History:
        return tuple(self.platform.history(table, id))


@pytest.fixture
def rows() -> Rows:
    return Rows()


def test_what_an_officer_agreed_to_is_not_the_managers_who_refused_it_since(rows: Rows) -> None:
    """R-25: nobody's yet. Read again it is the manager's, and refused."""
    [id] = rows.platform.create("Approvals", [{"Matter": c.Matter.SECURITY}])
    rows.writes(OFFICER, "Approvals", id, Decision=AGREED)
    read = rows.read("Approvals", id)
    rows.writes(MANAGER, "Approvals", id, Decision=REFUSED)
    history = rows.history("Approvals", id)

    assert decided_by(read, m.Approval, "Decision", history, OFFICE) == {}
    again = rows.read("Approvals", id)
    assert again.fields["Decision"] == REFUSED
    assert decided_by(again, m.Approval, "Decision", history, OFFICE)["author"] == MANAGER


def test_a_second_decision_is_whose_it_was_when_the_row_was_read(rows: Rows) -> None:
    """A-16, R-25: the officer's second yes is not the regional manager's no."""
    [id] = rows.platform.create("Overrides", [{"Organisation": "Sample Council"}])
    rows.writes(MANAGER, "Overrides", id, Decision=AGREED)
    rows.writes(OFFICER, "Overrides", id, Second_decision=AGREED)
    read = rows.read("Overrides", id)
    rows.writes(REGIONAL, "Overrides", id, Second_decision=REFUSED)
    history = rows.history("Overrides", id)

    told = decided_by(read, m.Override, "Decision", history, OFFICE)
    assert (told["author"], told.get("second_author")) == (MANAGER, None)
    told = decided_by(rows.read("Overrides", id), m.Override, "Decision", history, OFFICE)
    assert told["second_author"] == REGIONAL


def test_what_an_officer_changed_is_not_decided_on_by_who_put_it_right_since(rows: Rows) -> None:
    """R-26: the row was read with the officer's organisation in it; the manager agreed to another."""
    [id] = rows.platform.create("Overrides", [{"Organisation": "Sample Council"}])
    rows.writes(OFFICER, "Overrides", id, Organisation="Somebody Else", Decision=AGREED)
    read = rows.read("Overrides", id)
    rows.writes(MANAGER, "Overrides", id, Organisation="Sample Council", Decision=None)
    rows.writes(MANAGER, "Overrides", id, Decision=AGREED)
    history = rows.history("Overrides", id)

    told = decided_by(read, m.Override, "Decision", history, OFFICE)
    assert (told["author"], told["altered"]) == (None, "Organisation")
    told = decided_by(rows.read("Overrides", id), m.Override, "Decision", history, OFFICE)
    assert (told["author"], told["altered"]) == (MANAGER, "")


def test_what_was_altered_in_the_second_of_the_decision_counts_by_the_order_of_the_audit(rows: Rows) -> None:
    """R-26: some platforms keep whole seconds. Altered before the decision it was decided on; after it, it was not."""
    for first, then, altered in ((MANAGER, OFFICER, "Reason"), (OFFICER, MANAGER, "")):
        [id] = rows.platform.create("Approvals", [{"Matter": c.Matter.SECURITY}])
        for who in (first, then):
            rows.now -= timedelta(minutes=1)
            rows.writes(who, "Approvals", id, **({"Decision": AGREED} if who is MANAGER else {"Reason": "Another"}))

        told = decided_by(rows.read("Approvals", id), m.Approval, "Decision", rows.history("Approvals", id), OFFICE)
        assert (told["author"], told["altered"]) == (None if altered else MANAGER, altered)


def sent(rows: Rows, read: Record) -> Referral:
    row = value(Referral, read, [])
    return with_authors(row, read, rows.history("Referrals", read.id), OFFICE, RUNNER)


def test_a_referral_that_an_officer_sends_is_not_sent_by_the_manager_who_says_no(rows: Rows) -> None:
    """HC-116, R-25: nobody's word yet; read again it is the manager's, who says no."""
    [id] = rows.platform.create("Referrals", [{"Partner": "Sample Police"}])
    rows.writes(OFFICER, "Referrals", id, Decision=SEND)
    read = rows.read("Referrals", id)
    rows.writes(MANAGER, "Referrals", id, Decision=DO_NOT)

    assert (sent(rows, read).decision, sent(rows, read).decided_by) == (SEND, None)
    again = sent(rows, rows.read("Referrals", id))
    assert (again.decision, again.decided_by, again.decided_at) == (DO_NOT, MANAGER, rows.now)


@pytest.mark.parametrize("field", ["Partner", "Case"])
def test_a_referral_is_decided_on_as_it_was_read_or_not_at_all(rows: Rows, field: str) -> None:
    """R-25, R-26: it was read under the officer's words; the manager put them right and then decided."""
    one, two = ((each,) for each in rows.platform.create("Cases", [{}, {}]))
    right, wrong = (one, two) if field == "Case" else ("Sample Police", "Somebody Else")
    [id] = rows.platform.create("Referrals", [{}])
    rows.writes(OFFICER, "Referrals", id, **{field: wrong, "Decision": SEND})
    read = rows.read("Referrals", id)
    rows.writes(MANAGER, "Referrals", id, **{field: right, "Decision": None})
    rows.writes(MANAGER, "Referrals", id, Decision=SEND)

    assert sent(rows, read).altered == field
    again = sent(rows, rows.read("Referrals", id))
    assert (again.altered, again.decided_by) == ("", MANAGER)


def test_a_confirmation_that_was_entered_anew_since_the_row_was_read_is_none_yet(rows: Rows) -> None:
    """R-13: it was entered before the recall; another one, entered after it, is not read yet. An Outcome is as old as
    when it was first told, whoever changes it since.
    """
    [id] = rows.platform.create("Referrals", [{}])
    rows.writes(OFFICER, "Referrals", id, Partner_confirmed_at=NINE, Outcome="They came.")
    entered, read = rows.now, rows.read("Referrals", id)
    rows.writes(MANAGER, "Referrals", id, Partner_confirmed_at=rows.now, Outcome="They came twice.")

    told = sent(rows, read)
    assert (told.confirmed_at, told.confirmed_by, told.confirmed_recorded_at) == (None, None, None)
    assert told.outcome_at == entered
    told = sent(rows, rows.read("Referrals", id))
    assert (told.confirmed_at, told.confirmed_by, told.confirmed_recorded_at) == (entered, MANAGER, rows.now)
    assert told.outcome_at == entered


def held(rows: Rows, partner: Record, words: list[Record]) -> str:
    read = [(partner, value(Partner, partner, []))]
    [told] = confirmed(read, words, lambda r: rows.history(r.table, r.id), OFFICE)
    return told.held


def test_a_recipient_is_held_while_its_confirmation_or_itself_changes_under_our_eyes(rows: Rows) -> None:
    """R-26: what an officer agreed to and a manager refuses; and a recipient that is another one by now."""
    [partner] = rows.platform.create("Partners", [{"Partner": "Sample Police"}])
    rows.writes(OFFICER, "Partners", partner, Recipient="a@police.example")
    [word] = rows.platform.create("Recipient confirmations", [{"Recipient": "a@police.example", "Partner": (partner,)}])
    rows.writes(OFFICER, "Recipient confirmations", word, Decision=AGREED)
    read = rows.read("Recipient confirmations", word)
    rows.writes(MANAGER, "Recipient confirmations", word, Decision=REFUSED)
    assert held(rows, rows.read("Partners", partner), [read])

    rows.writes(MANAGER, "Recipient confirmations", word, Decision=AGREED)
    words, as_it_was = [rows.read("Recipient confirmations", word)], rows.read("Partners", partner)
    assert not held(rows, as_it_was, words)
    rows.writes(OFFICER, "Partners", partner, Recipient="b@police.example")
    rows.writes(MANAGER, "Recipient confirmations", word, Decision=None)
    rows.writes(MANAGER, "Recipient confirmations", word, Decision=AGREED)
    assert held(rows, as_it_was, [rows.read("Recipient confirmations", word)])


def told(field: str, *cells: tuple[Any, Any]) -> History:
    return tuple(Change(field, before, after, "a@example.org", NINE) for before, after in cells)


@pytest.mark.parametrize(
    ("table", "field", "cell", "told_as", "same"),
    [
        ("Approvals", "Decided at", NINE, [(None, NINE.replace(microsecond=5))], True),
        ("Approvals", "Decided at", NINE, [(None, NINE + timedelta(seconds=1))], False),
        ("Reviews", "Findings", "Safe.", [(None, " Safe.\n")], True),
        ("Reviews", "Findings", "Safe.", [(None, "Unsafe.")], False),
        ("Reviews", "Findings", None, [(None, "Safe."), ("Safe.", "")], True),
        ("Closures", "How we know", ("a", "b"), [((), ("b", "a"))], True),
        ("Closures", "How we know", ("a",), [((), ("b", "a"))], False),
        ("Approvals", "Case", ("2",), [((), ("1",)), ((), ("2",)), (("1",), ())], True),
        ("Approvals", "Case", ("1",), [((), ("1",)), (("1",), ()), ((), ("2",))], False),
        ("Approvals", "Case", (), [((), ("1",)), (("1",), ())], True),
        ("Approvals", "Case", ("1",), [((), ("1",)), (("1",), ())], False),
        ("Approvals", "Case", ("3",), [(("1",), ())], False),
        ("Approvals", "Case", ("3",), [], True),
    ],
)
def test_a_cell_is_the_one_that_the_history_ends_in_whatever_its_shape(
    table: str, field: str, cell: Any, told_as: list[tuple[Any, Any]], same: bool
) -> None:
    """R-25: parts of a second, white space and order are no difference; a grid tells of two links in either order."""
    record = Record(table, "1", {field: cell}, NINE)
    assert in_step(record, field, told(field, *told_as)) is same
