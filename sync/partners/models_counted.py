"""Models of what is counted: an incident, and voluntary answers about people nobody names.

In: codes, months and shortened postcodes. Out: the statistical messages.
Never here: a type that could hold a person's words, a day, a number of the landlord's own.
"""

from typing import Annotated, Literal

from sync.partners.models import Code, Counted, Month, Part, Postcode, Statistical, Version, why

Band = Annotated[Code | None, why("A voluntary answer, as a band: only what the strands of the incident ask for.")]


class Bands(Part):
    """Voluntary answers about one person nobody names."""

    age_band: Band = None
    sex: Band = None
    ethnic_group: Band = None
    religion: Band = None
    orientation: Band = None
    disability: Band = None
    gender_identity: Band = None


class HeldBack(Part):
    """What the guard against finding out who it was kept here, and by which rule."""

    field: Literal["victims", "perpetrators", "postcode"] = why("Where less is said than was known.")
    why: Literal["only_what_the_strands_ask", "full_postcode_is_told", "too_much_together"] = why(
        "The rule: bands that the strands do not ask for stay here; where the full postcode is agreed no band goes; "
        "the more is said of a person, the less is said of the place."
    )


class CountedIncident(Part):
    """An incident as it is counted. By their types none of these can hold a person's words."""

    month_happened: Month | None = why("The month, not the day: a day singles out.", default=None)
    month_reported: Month = why("The month, not the day: a day singles out.")
    postcode: Postcode | None = why(
        "Where it happened, by the beginning of the postcode; whole only where the landlord agreed to that for the "
        "area (R-16), and then without bands.",
        default=None,
    )
    place: Code | None = why("The kind of place, from a list.", default=None)
    strands: tuple[Code, ...] = why("What it was believed to be because of, from a list.")
    kinds: tuple[Code, ...] = why("What kind of incident it was, from a list.")
    police_told: Code = why("Whether the police know, so that they can be counted once.")
    perpetrator_known: bool = why("Whether anybody is alleged to have done it; not who.")
    witnesses: int = why("How many saw it; not who.")


class StatisticalNotice(Part):
    """Statistics only: nobody is named, and our own number for the case stays with us."""

    message: Literal["cdrp_notice"] = why("What this is: an incident, told to the partnership.", default="cdrp_notice")
    version: Version = 1
    form: Statistical = "statistical"
    reference: Counted
    incident: CountedIncident = why("What the procedure asks to be counted where there is no agreement (3.2).")
    victims: tuple[Bands, ...] = why("Diversity of the victims, as far as it singles nobody out (3.2).")
    perpetrators: tuple[Bands, ...] = why("Diversity of the alleged perpetrators, as far as it singles nobody out.")
    held_back: tuple[HeldBack, ...] = why("Where less is said than was known, and by which rule.")


class StatisticalUpdate(Part):
    """What is done about an incident that is counted. No bands: the notice of this reference has what may be told."""

    message: Literal["cdrp_update"] = why("What this is: what is done about an incident.", default="cdrp_update")
    version: Version = 1
    form: Statistical = "statistical"
    reference: Counted
    incident: CountedIncident = why("What the procedure asks to be counted where there is no agreement (13.0).")
    proposed: tuple[Code, ...] = why("The course of action proposed, from a list (13.0).")
    taken: tuple[Code, ...] = why("What has been done of it, from a list (13.0).")
    held_back: tuple[HeldBack, ...] = why("Where less is said than was known, and by which rule.")


class DiscussedIncident(Part):
    """An incident as a meeting may hear of it: people there may know the area, so it has no place on a map."""

    month_reported: Month = why("The month, not the day: a day singles out.")
    strands: tuple[Code, ...] = why("What it was believed to be because of, from a list.")
    kinds: tuple[Code, ...] = why("What kind of incident it was, from a list.")
    police_told: Code = why("Whether the police know.")


class ForumDiscussion(Part):
    """A case for a partnership's meeting, without names: the form unless every name has a ground of its own."""

    message: Literal["forum_discussion"] = why("What this is: a case for a meeting.", default="forum_discussion")
    version: Version = 1
    form: Statistical = "statistical"
    reference: Counted
    incident: DiscussedIncident = why("What the meeting needs to see what kind of case it is (14.0).")
    proposed: tuple[Code, ...] = why("The course of action proposed, from a list.")
    taken: tuple[Code, ...] = why("What has been done of it, from a list.")
