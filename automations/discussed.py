"""Discussed: a case that was talked over at a partnership's meeting (HC-129).

In: a case with the meetings that name it. Out: a development for each, and a sentence where no agreement stands.
Never here: what was said at the meeting, or an agreement of later taken for one of then.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from automations.calendar import LONDON, end_of
from automations.consent import Says, all_agree, same_words
from automations.effects import Write
from automations.model import Case, Consent, Discussed, Override
from schema import choices as c


def developments(case: Case) -> Iterator[Write]:
    """Each discussion as a development of the case, once the meeting says when it was."""
    for x in case.discussed:
        key = f"{case.reference}/development/forum-meeting-{x.meeting_id}"
        if x.held_on and key not in case.development_keys:
            yield Write("Developments", key, {
                "Key": key, "Case": (case.id,), "Development": "Discussed at a partnership meeting",
                "Happened at": datetime.combine(x.held_on, time(12), LONDON).astimezone(UTC),
                "Detail": f"Forum meetings {x.meeting_id}: the forum, the papers and the outcome are there.",
            })  # fmt: skip


def without_consent(case: Case) -> list[str]:
    """A sentence for each discussion that no agreement of the victims and no override covers (HC-129, R-15)."""
    said: list[str] = []
    for x in case.discussed:
        if x.held_on is None:
            said.append(f"Forum meetings {x.meeting_id}: say when it was held, for the case was discussed there.")
        elif not x.forum:
            said.append(f"Forum meetings {x.meeting_id}: say which forum it was of, for the case was discussed there.")
        elif not _agreed(case, x.forum, x.held_on) and not any(_overrides(o, x) for o in case.overrides):
            said.append(
                f"Forum meetings {x.meeting_id}: the case was discussed without recorded consent. Record the agreement "
                f"to tell that forum (option: {c.Option.AGENCY}) with the day it was given, or an override."
            )
    return said


def _agreed(case: Case, forum: str, day: date) -> bool:
    """Whether everybody harmed in what was known by then had agreed that this forum may know, on that day."""
    then = end_of(day).astimezone(UTC)
    as_it_was = replace(case, consents=tuple(_as_of(x, then) for x in case.consents))
    known = [i for i in case.incidents if i.counts_from <= then] or list(case.incidents[:1])
    says = [all_agree(as_it_was, c.Option.AGENCY, i, then, organisation=forum).says for i in known]
    return bool(says) and all(each is Says.YES for each in says)


def _as_of(row: Consent, then: datetime) -> Consent:
    """The answer as it stood: taken back afterwards, it had been given."""
    if row.withdrawn_at and row.withdrawn_at > then:
        return replace(row, withdrawn_at=None, last_refused_at=None)
    return row


def _overrides(row: Override, x: Discussed) -> bool:
    """A recorded override for that forum: its reason and basis, and two different managers who agreed."""
    whole = row.purpose is c.Purpose.FORUM and same_words(row.organisation, x.forum) and row.reason and row.lawful_basis
    both = row.decision is c.Decision.AGREED and row.second_decision is c.Decision.AGREED
    one, two = row.author, row.second_author
    managers = one and two and one.id != two.id and {one.role, two.role} <= c.LINE_MANAGERS
    return bool(whole and both and managers)
