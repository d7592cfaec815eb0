"""Recipients: where inside a destination a partner's messages go, once a second person has confirmed it (R-26).

In: the office base's partners and confirmations, and their histories. Out: partners, each with why it is held.
Never here: a recipient believed because one person typed it, whoever that was and whenever.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from automations.authors import decided_by
from automations.histories import History, same_address
from automations.in_step import in_step
from automations.model import Confirmation, Office, Partner
from automations.ports import Record
from automations.records import value
from schema.choices import LINE_MANAGERS, Decision

HELD = (
    "The regional housing manager confirms its recipient first. They do so in the office base, in Recipient "
    "confirmations; or another line manager who may edit that base does. It must be somebody else than whoever entered "
    "or changed the recipient. Until then nothing goes there."
)


def confirmed(
    partners: Iterable[tuple[Record, Partner]],
    confirmations: Sequence[Record],
    history: Callable[[Record], History],
    office: Office,
) -> tuple[Partner, ...]:
    """The partners, each with why nothing goes to its recipient. One without a recipient is held by nobody.

    `office` names the staff: roles and addresses are read there and nowhere else.
    """
    words: list[Confirmation] | None = None
    out: list[Partner] = []
    for record, partner in partners:
        if not (partner.recipient or "").strip():
            out.append(partner)
            continue
        if words is None:
            words = [_confirmation(r, history(r), office) for r in confirmations]
        out.append(replace(partner, held="" if _is_confirmed(partner, record, history(record), words) else HELD))
    return tuple(out)


def _is_confirmed(partner: Partner, record: Record, history: History, confirmations: Sequence[Confirmation]) -> bool:
    """Whether a second person agreed to this recipient since it was entered, and nobody refused it."""
    entered = next((x for x in reversed(history) if x.field == "Recipient"), None)
    if entered is None or not in_step(record, "Recipient", history):
        return False
    mine = [x for x in confirmations if x.partner_id == partner.id and _same(x.recipient, partner.recipient)]
    since = [x for x in mine if x.decided_recorded_at and x.decided_recorded_at >= entered.at]
    agreed = any(x.decision is Decision.AGREED and _may_confirm(x, entered.by) for x in since)
    return agreed and not any(x.decision is Decision.REFUSED for x in mine)


def _confirmation(record: Record, history: History, office: Office) -> Confirmation:
    return value(Confirmation, record, [], **decided_by(record, Confirmation, "Decision", history, office))


def _may_confirm(row: Confirmation, entered_by: str | None) -> bool:
    """Whether its author is a line manager of the office base and not whoever entered the recipient."""
    author = row.author
    return (
        author is not None
        and author.role in LINE_MANAGERS
        and not author.has_left
        and bool(entered_by)
        and not same_address(author.email, entered_by)
    )


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").strip() == (other or "").strip()
