"""Sent: which letters count as gone, and what a person must see to once one went wrong.

In: a case. Out: whether a letter counts, the approval that it lacks, sentences without a name.
Never here: a draft taken for a letter sent (A-33); an approval of other words than those that went (R-25).
"""

from collections.abc import Iterator
from datetime import datetime

from automations.contact import below_responsibility
from automations.model import Case, Letter, Person
from automations.model.homes import same_home
from automations.moved import came_along
from automations.rules import manager_agreed, manager_decided
from automations.subjects import is_theirs
from schema import choices as c

Kind = c.LetterKind
APPROVED_FIRST = frozenset({
    Kind.WARNING, Kind.TENANT_WARNING, Kind.GUARDIAN_WARNING, Kind.PERPETRATOR_OUTCOME, Kind.TENANT_OUTCOME,
    Kind.DIRECTOR,
})  # fmt: skip
"""Letters that a line manager approves as they stand, each of them, before it goes."""
ASK = f"a line manager approves it first (Approvals, matter: {c.Matter.LETTER}, with this letter)"


def was_posted(case: Case, x: Letter) -> bool:
    """Staff said that it went, and when, and it lacked no approval."""
    return x.decision is c.LetterDecision.POSTED and x.sent_at is not None and not unapproved(case, x)


def unapproved(case: Case, x: Letter) -> str:
    """The approval that a letter lacks, in words; "" where it needs none or has it.

    Of one that went to a shared address or a child, or before the bases were moved, the row keeps what it lacked when
    staff said so: whom the reader lives with may change afterwards, and a letter that counted does not cease to.
    """
    kept = x.state is c.LetterState.SENT and not x.typed_over
    if kept and came_along(case, x):
        lacks = x.missing or ""  # who approved it is told in the old bases alone
    elif x.kind in APPROVED_FIRST:
        lacks = ASK
    elif x.decision is not c.LetterDecision.POSTED:
        return ""
    else:
        lacks = (x.missing or "") if kept else _person_lacks(case, x)
    return "" if not lacks or _before_our_time(case, x) or _approved(case, x) else lacks


def sentences(case: Case) -> list[str]:
    """What a person must see to: a letter that went without its approval, in an unsafe way, or that came back."""
    return [f"Letters {x.id}: {why}" for x in case.letters if x.decision for why in _wrong(case, x)]


def _wrong(case: Case, x: Letter) -> Iterator[str]:
    reader = case.person(x.to_id)
    if x.decision is c.LetterDecision.POSTED:
        if lacks := unapproved(case, x):
            yield f"it went without its approval, so it does not count: {lacks}."
        if x.sent_at and reader and is_unsafe(case, x, reader) and not _spoken_to(case, reader, x.sent_at):
            yield (f"it went by {str(x.sent_how).lower()}, which the reader has not said is safe. Check at once, in a "
                   "way that is, that all is well with them, and record it in Contacts.")  # fmt: skip
    elif x.decision is c.LetterDecision.BY_EMAIL:
        if x.email_said and (x.state in (c.LetterState.UNKNOWN, c.LetterState.REFUSED) or x.email_tried_at is None):
            yield x.email_said[0].lower() + x.email_said[1:]
    elif x.decision is c.LetterDecision.RETURNED and not _seen_to(case, x, reader):
        yield ("it came back, so nobody was told. Ask again which ways of reaching the reader are safe and whether the "
               "address is right, record it in People or Contacts, and write anew.")  # fmt: skip


def is_unsafe(case: Case, x: Letter, reader: Person) -> bool:
    """Whether it went by a way that is not among the reader's. Only victims are always asked: for them unknown is no.

    A letter about somebody to their landlord is read by others.
    """
    asked = reader in case.victims or bool(reader.safe_ways)
    return asked and x.sent_how is not None and not x.addressed_to and x.sent_how not in reader.safe_ways


def _spoken_to(case: Case, reader: Person, since: datetime) -> bool:
    return any(
        y.result is c.ContactResult.MADE and y.at and y.at > since and is_theirs(case, reader, y.person_id)
        for y in case.contacts
    )


def _seen_to(case: Case, x: Letter, reader: Person | None) -> bool:
    """Whether the reader's row was put right or somebody spoke to them since, or a later letter of that kind went."""
    again = any(
        y.kind is x.kind and y.to_id == x.to_id and was_posted(case, y) and y.sent_at and x.sent_at
        and y.sent_at > x.sent_at
        for y in case.letters
    )  # fmt: skip
    if again or reader is None:
        return again
    spoken = any(
        y.result is c.ContactResult.MADE and y.recorded_at > x.recorded_at and is_theirs(case, reader, y.person_id)
        for y in case.contacts
    )
    return spoken or reader.recorded_at > x.recorded_at


def _person_lacks(case: Case, x: Letter) -> str:
    """What a letter to this reader needs, whatever it says (R-18)."""
    reader = case.person(x.to_id)
    if reader is None or x.addressed_to:
        return ""
    by_post = x.sent_how in (None, c.Channel.LETTER)
    if by_post and _shared(case, reader) and not manager_agreed(case, c.Matter.SHARED_ADDRESS, person=reader):
        return f"the address is shared with the other side, so {ASK}"
    about = case.incident_of(x.incident_id)
    child = reader in case.perpetrators and any(
        below_responsibility(case, reader, i, x.sent_at or x.recorded_at)
        for i in ((about,) if about else case.incidents)
    )
    if child and not manager_agreed(case, c.Matter.UNDER_AGE_LETTER, person=reader):
        return f"the reader is a child below the age of criminal responsibility, so {ASK}"
    return ""


def _shared(case: Case, reader: Person) -> bool:
    """Whether a victim and an alleged perpetrator are known to live where it goes."""
    accused = case.perpetrators
    if reader not in accused and reader not in case.victims:
        return False
    return case.perpetrator_at_home is c.YesNo.YES or any(
        p.lives_with_victim is c.YesNo.YES or same_home(p, v)
        for p in accused for v in case.victims if reader in (p, v)
    )  # fmt: skip


def _approved(case: Case, x: Letter) -> bool:
    """Whether a line manager agreed to this letter since its words last changed (R-25, R-26)."""
    row = manager_decided(case, c.Matter.LETTER, letter_id=x.id)
    if row is None or row.decision is not c.Decision.AGREED:
        return False
    return x.made_at is None or (row.decided_recorded_at or row.recorded_at) > x.made_at


def _before_our_time(case: Case, x: Letter) -> bool:
    """Whether it is an older record's, whose approval nobody kept here (R-08)."""
    brought, at = case.brought_over_at, x.sent_at or x.created_at
    return brought is not None and at < brought
