"""To the partnership, by name: the notice of an incident, the update on it, a case for its meeting.

In: what one message is made from. Out: the identified messages, with those who may be named.
Never here: anybody's own words (R-15): of an incident goes what an officer wrote for the partnership.
"""

from sync.partners import people
from sync.partners.counted import STATISTICS
from sync.partners.models import Incident, Named
from sync.partners.models_partnership import IdentifiedDiscussion, IdentifiedNotice, IdentifiedUpdate, ToldIncident
from sync.partners.telling import Telling, course, left_out, named_in_it, told_of, words


def notice(of: Telling) -> IdentifiedNotice:
    """The incident, with those who may be named (HC-052). It stands in for its statistics, where they went (R-14)."""
    named, not_named = named_in_it(of)
    account = people.said(of.incident.account)
    is_there = account or people.said(of.incident.what_happened)
    held = left_out(account, of, named, not_named) if is_there else None
    return IdentifiedNotice(
        replaces=of.counted_as(STATISTICS) if of.disclosure.replaces else None,
        incident=ToldIncident(
            narrative=None if held else account,
            narrative_left_out=held,
            **told_of(of, named, not_named),
        ),
        people=tuple(Named(**people.told(of.case, may, named)) for may in named.values()),
        victims_not_named=len(not_named),
        **of.signed(),
    )


def update(of: Telling) -> IdentifiedUpdate:
    """What is proposed and done about it, with those who may be named (HC-117)."""
    named, not_named = named_in_it(of)
    return IdentifiedUpdate(
        incident=Incident(**told_of(of, named, not_named)),
        people=tuple(Named(**people.told(of.case, may, named)) for may in named.values()),
        victims_not_named=len(not_named),
        **course(of),
        **words(of, named, not_named),
        **of.signed(),
    )


def discussion(of: Telling) -> IdentifiedDiscussion:
    """A case for a meeting, with those who may be named there (HC-129)."""
    named, not_named = named_in_it(of)
    return IdentifiedDiscussion(
        incident=Incident(**told_of(of, named, not_named)),
        people=tuple(Named(**people.told(of.case, may, named)) for may in named.values()),
        victims_not_named=len(not_named),
        **course(of),
        **words(of, named, not_named),
        **of.signed(),
    )
