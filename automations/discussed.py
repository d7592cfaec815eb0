"""Discussed: a case that was talked over at a partnership's meeting (HC-129).

In: a case with the meetings that name it. Out: a development for each, and a sentence where no agreement stands.
Never here: what was said at the meeting, or an agreement of later taken for one of then.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from automations.calendar import LONDON, end_of
from automations.consent import Says, all_agree
from automations.earlier import as_it_stood
from automations.effects import Write
from automations.model import Case
from automations.rules import override
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
        elif not _covered(case, x.forum, x.held_on):
            said.append(
                f"Forum meetings {x.meeting_id}: the case was discussed without recorded consent. Record the agreement "
                f"to tell that forum (option: {c.Option.AGENCY}) with the day it was given, or an override."
            )
    return said


def _covered(case: Case, forum: str, day: date) -> bool:
    """Whether, for each incident known by then, everybody harmed had agreed on that day that this forum may know,
    or two managers' override stands (A-16).
    """
    then = end_of(day).astimezone(UTC)
    as_it_was = as_it_stood(case, then)
    known = [i for i in case.incidents if i.counts_from <= then] or list(case.incidents[:1])
    return bool(known) and all(
        all_agree(as_it_was, c.Option.AGENCY, i, then, organisation=forum).says is Says.YES
        or override(case, c.Purpose.FORUM, forum, i)
        for i in known
    )
