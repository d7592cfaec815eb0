"""Counted: the messages that name nobody, for statistics or for a meeting.

In: what one message is made from. Out: codes, months, and as much of the place as the bands beside it allow.
Never here: a name, an address, free text, a number of ours.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from automations.model import Incident
from schema import choices as c
from sync.partners import codes, people
from sync.partners.models_counted import (
    Bands,
    CountedIncident,
    DiscussedIncident,
    ForumDiscussion,
    HeldBack,
    StatisticalNotice,
    StatisticalUpdate,
)
from sync.partners.narrative import outward, postcode
from sync.partners.small_counts import Answers, OneRecord, of_one_record
from sync.partners.telling import Telling, classified, course

STATISTICS = "statistics"
OF_PERPETRATORS = ("sex", "age_band", "ethnic_group")
"""What a partnership counts of an alleged perpetrator, most wanted first."""


def notice(of: Telling) -> StatisticalNotice:
    """The incident for statistics only (HC-052): a month and a part of the postcode (R-16, A-17)."""
    may = guarded(of)
    return StatisticalNotice(
        reference=of.counted_as(STATISTICS),
        incident=_incident(of, may),
        victims=_bands(may.victims),
        perpetrators=_bands(may.perpetrators),
        held_back=_held_back(may),
    )


def update(of: Telling) -> StatisticalUpdate:
    """What is done about it (HC-117), under the reference of its notice, and with no more of the place than that."""
    may = guarded(of)
    return StatisticalUpdate(
        reference=of.counted_as(STATISTICS),
        incident=_incident(of, may),
        held_back=_held_back(may),
        **course(of),
    )


def discussion(of: Telling) -> ForumDiscussion:
    """A case for a meeting without names (HC-129). Its reference cannot be tied to the statistics."""
    said = classified(of.incident)
    return ForumDiscussion(
        reference=of.counted_as("forum"),
        incident=DiscussedIncident(
            month_reported=_month(of.incident.counts_from),
            strands=said["strands"],
            kinds=said["kinds"],
            police_told=said["police_told"],
        ),
        **course(of),
    )


def guarded(of: Telling) -> OneRecord:
    """The bands and the place that may be told of this incident together."""
    return of_one_record(
        _answers(of, c.PersonRole.VICTIM),
        _answers(of, c.PersonRole.PERPETRATOR),
        asked_of_victims(of.incident),
        OF_PERPETRATORS,
        of.area.full_postcode_agreed,
    )


def asked_of_victims(incident: Incident) -> tuple[str, ...]:
    """The bands that the strands of the incident are about, and then how old they are."""
    about = [codes.ASKED_FOR_BY[x] for x in c.Strand if x in incident.because_of and x in codes.ASKED_FOR_BY]
    return tuple(dict.fromkeys((*about, "age_band")))


def _answers(of: Telling, whose: c.PersonRole) -> list[Answers]:
    """The answers that somebody gave and that have a code."""
    rows = [x for x in of.diversity if (x.reference or "").strip() == of.case.reference and x.whose is whose]
    return [{name: code.get(getattr(row, name)) for name, (_, code) in codes.BANDS.items()} for row in rows]


def _incident(of: Telling, may: OneRecord) -> CountedIncident:
    perpetrators = people.of(of.case, of.incident, c.PersonRole.PERPETRATOR)
    typed = of.incident.postcode
    return CountedIncident(
        month_happened=_month(of.incident.happened_at) if of.incident.happened_at else None,
        month_reported=_month(of.incident.counts_from),
        postcode=outward(typed) if may.place == "outward" else postcode(typed, full=may.place == "full"),
        perpetrator_known=any((person.name or "").strip() for person in perpetrators),
        witnesses=len(people.of(of.case, of.incident, c.PersonRole.WITNESS)),
        **classified(of.incident),
    )


def _bands(answers: Sequence[Answers]) -> tuple[Bands, ...]:
    """In no order that tells who is who."""
    made = [Bands(**{name: each.get(name) for name in codes.BANDS}) for each in answers]
    return tuple(sorted(made, key=lambda bands: bands.model_dump_json()))


def _held_back(may: OneRecord) -> tuple[HeldBack, ...]:
    return tuple(HeldBack.model_validate({"field": field, "why": rule}) for field, rule in may.held_back)


def _month(at: datetime) -> str:
    return at.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m")
