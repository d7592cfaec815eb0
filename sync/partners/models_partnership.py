"""Models for the partnership, by name: the notice of an incident, the update on it, and a case for a meeting.

In: what to_partnership.py names, field by field. Out: the identified messages to the partnership and its forum.
Never here: a person without grounds of their own (R-15), what the front desk was told.
"""

from typing import Literal

from sync.partners.models import Code, Incident, Keyed, LeftOut, Named, Told, Words, WordsLeftOut, why


class ToldIncident(Incident):
    """An incident with an officer's account of it. `narrative_left_out` says why there are no words of it."""

    narrative: str | None = why("The account that an officer wrote for the partnership, word for word.", default=None)
    narrative_left_out: LeftOut | None = why("Why there are no words of it.", default=None)


class IdentifiedNotice(Told):
    """Names those who may be named. `replaces` is the reference of the statistics it stands in for (R-14)."""

    message: Literal["cdrp_notice"] = why("What this is: an incident, told to the partnership.", default="cdrp_notice")
    replaces: Keyed | None = why("The statistics that this one stands in for, so that you count once.", default=None)
    incident: ToldIncident = why("What happened, as far as it may be told (3.2).")
    people: tuple[Named, ...] = why("Those who may be named, each on grounds of their own.")
    victims_not_named: int = why("How many victims did not agree; not who.")


class IdentifiedUpdate(Told):
    """What is done about an incident that names those who may be named (13.0)."""

    message: Literal["cdrp_update"] = why("What this is: what is done about an incident.", default="cdrp_update")
    incident: Incident = why("What happened, as far as it may be told (13.0).")
    people: tuple[Named, ...] = why("Those who may be named, each on grounds of their own.")
    victims_not_named: int = why("How many victims did not agree; not who.")
    proposed: tuple[Code, ...] = why("The course of action proposed, from a list (13.0).")
    taken: tuple[Code, ...] = why("What has been done of it, from a list (13.0).")
    words: Words = None
    words_left_out: WordsLeftOut = None


class IdentifiedDiscussion(Told):
    """A case for a meeting where everybody named has a ground of their own for that (14.0)."""

    message: Literal["forum_discussion"] = why("What this is: a case for a meeting.", default="forum_discussion")
    incident: Incident = why("What happened, as far as it may be told (14.0).")
    people: tuple[Named, ...] = why("Those who may be named at the meeting, each on grounds of their own.")
    victims_not_named: int = why("How many victims did not agree; not who.")
    proposed: tuple[Code, ...] = why("The course of action proposed, from a list.")
    taken: tuple[Code, ...] = why("What has been done of it, from a list.")
    words: Words = None
    words_left_out: WordsLeftOut = None
