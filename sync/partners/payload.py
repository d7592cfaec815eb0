"""Payload: the only place that says which fields may leave the building, for each form of a notice.

In: a case read moments ago, and a Disclosure that says who may be named. Out: the bytes, and what is in them.
Never here: who may be named (automations/consent.py decides), how it travels, a clock (a retry is the same bytes).
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, StringConstraints

from automations.errors import NeedsAPerson, Stop
from automations.model import Area, Case, Disclosure, Diversity, Incident
from schema import choices as c
from sync.partners import codes, people
from sync.partners.narrative import postcode, speaks_of

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,32}$")]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,4} [0-9]([A-Z]{2})?$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
LeftOut = Literal["withheld", "limited", "another_victim", "speaks_of_others", "not_written"]


class Part(BaseModel):
    """A part of a message: only the fields named, and never a value in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Bands(Part):
    """Voluntary answers about one person nobody names."""

    age_band: Code | None = None
    sex: Code | None = None
    ethnic_group: Code | None = None
    religion: Code | None = None
    orientation: Code | None = None
    disability: Code | None = None
    gender_identity: Code | None = None


class CountedIncident(Part):
    """An incident as it is counted. By their types none of these can hold a person's words."""

    month_happened: Month | None
    month_reported: Month
    postcode: Postcode | None
    place: Code | None
    strands: tuple[Code, ...]
    kinds: tuple[Code, ...]
    police_told: Code
    perpetrator_known: bool
    witnesses: int


class StatisticalNotice(Part):
    """Statistics only: nobody is named, and our own number for the case stays with us."""

    message: Literal["cdrp_notice"] = "cdrp_notice"
    version: Literal[1] = 1
    form: Literal["statistical"] = "statistical"
    reference: Reference
    incident: CountedIncident
    victims: tuple[Bands, ...]
    perpetrators: tuple[Bands, ...]


class Ground(Part):
    """Why a person may be named, and the record that says so (R-15)."""

    basis: str
    record: str


class Named(Part):
    """A person who may be named. What is held back is absent, and `withheld` says that it is."""

    part: Literal["victim", "alleged_perpetrator", "witness"]
    name: str | None
    born_on: date | None = None
    address: str | None = None
    postcode: str | None = None
    telephone: str | None = None
    email: str | None = None
    language: str | None = None
    safe_ways: tuple[Code, ...] = ()
    withheld: tuple[Literal["contact", "details", "narrative", "strands"], ...] = ()
    ask_us_first: bool
    grounds: tuple[Ground, ...]


class ToldIncident(Part):
    """An incident as it is told. `narrative_left_out` says why there are no words of it.

    `strands` is empty where a person's `withheld` says so.
    """

    number: int
    happened_at: datetime | None
    reported_at: datetime
    postcode: Postcode | None
    place: Code | None
    strands: tuple[Code, ...]
    kinds: tuple[Code, ...]
    police_told: Code
    police_reference: str | None
    narrative: str | None
    narrative_left_out: LeftOut | None


class IdentifiedNotice(Part):
    """Names those who may be named. `replaces` is the reference of the statistics it stands in for (R-14)."""

    message: Literal["cdrp_notice"] = "cdrp_notice"
    version: Literal[1] = 1
    form: Literal["identified"] = "identified"
    reference: str
    replaces: Reference | None
    incident: ToldIncident
    people: tuple[Named, ...]
    victims_not_named: int


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes ready to leave, the names of the fields in them, and the key (a hash, so it tells nothing) to go under."""

    body: bytes
    fields: tuple[str, ...]
    fingerprint: str
    key: str


def cdrp_notice(
    case: Case, incident: Incident, disclosure: Disclosure, area: Area, diversity: Sequence[Diversity], secret: bytes
) -> Payload:
    """What the area's partnership is told of one incident (HC-052), in the form that the disclosure allows."""
    if len(secret) < 16:
        raise Stop("The secret that partners' references are made with needs 16 bytes or more.")
    if disclosure.form is None:
        raise NeedsAPerson("Nothing may be told to a partner about this incident yet.")
    if disclosure.purpose is not c.Purpose.CDRP_NOTICE or disclosure.incident_number != incident.number:
        raise NeedsAPerson("This disclosure was decided for another purpose or another incident.")
    if not case.reference or all(incident.id != known.id for known in case.incidents):
        raise NeedsAPerson("The incident is not on this case, or the case has no reference.")
    reference = f"{case.reference}/incident-{incident.number}"
    counted_as = _keyed(secret, "statistics", reference)
    if disclosure.form is c.ReferralForm.IDENTIFIED:
        replaces = counted_as if disclosure.replaces else None
        told = _identified(case, incident, disclosure)
        notice: Part = IdentifiedNotice(reference=reference, replaces=replaces, **told)
    else:
        notice = _statistical(case, incident, area, diversity, counted_as)
    content = notice.model_dump(mode="json", exclude_none=True)
    body = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    key = _keyed(secret, "key", disclosure.key or f"{reference}/{disclosure.form}")
    return Payload(body, tuple(sorted(set(_leaves(content)))), hashlib.sha256(body).hexdigest(), key)


def _statistical(
    case: Case, incident: Incident, area: Area, diversity: Sequence[Diversity], reference: str
) -> StatisticalNotice:
    """No name, address, free text or reference of ours; a month and half a postcode (R-16)."""
    perpetrators = people.of(case, incident, c.PersonRole.PERPETRATOR)
    return StatisticalNotice(
        reference=reference,
        incident=CountedIncident(
            month_happened=_month(incident.happened_at) if incident.happened_at else None,
            month_reported=_month(incident.counts_from),
            postcode=postcode(incident.postcode, full=area.full_postcode_agreed),
            perpetrator_known=any((person.name or "").strip() for person in perpetrators),
            witnesses=len(people.of(case, incident, c.PersonRole.WITNESS)),
            **_classified(incident),
        ),
        victims=_bands(case, diversity, c.PersonRole.VICTIM),
        perpetrators=_bands(case, diversity, c.PersonRole.PERPETRATOR),
    )


def _identified(case: Case, incident: Incident, disclosure: Disclosure) -> dict[str, Any]:
    """Those who may be named, and of the incident what none of its victims holds back.

    The words of it are those that an officer wrote for the partnership: nobody's own words leave (R-15).
    """
    named = people.named(case, incident, disclosure)
    not_named = [x for x in people.of(case, incident, c.PersonRole.VICTIM) if x.id not in named]
    by_name_alone = any(may.by_name_alone for may in named.values())
    left_out: LeftOut | None = None
    text = people.said(incident.account)
    if text or people.said(incident.what_happened):
        others = [person for person in case.people if person.id not in named]
        if not_named:
            left_out = "another_victim"
        elif any(may.withheld for may in named.values()):
            left_out = "withheld"
        elif by_name_alone:
            left_out = "limited"
        elif not text:
            left_out = "not_written"
        elif speaks_of(text, others):
            left_out = "speaks_of_others"
    police = incident.police_reference if incident.police_know is c.PoliceTold.YES else None
    exact = not (not_named or by_name_alone)
    classified = _classified(incident) | ({"strands": ()} if by_name_alone else {})
    return {
        "incident": ToldIncident(
            number=incident.number,
            happened_at=incident.happened_at,
            reported_at=incident.counts_from,
            postcode=postcode(incident.postcode, full=exact),
            police_reference=people.said(police) if exact else None,
            narrative=None if left_out else text,
            narrative_left_out=left_out,
            **classified,
        ),
        "people": tuple(Named(**people.told(case, may, named)) for may in named.values()),
        "victims_not_named": len(not_named),
    }


def _classified(incident: Incident) -> dict[str, Any]:
    """What both forms count by: codes only."""
    return {
        "place": codes.PLACE.get(incident.happened_where or ""),
        "strands": tuple(sorted(codes.STRAND[strand] for strand in set(incident.because_of))),
        "kinds": tuple(sorted(codes.KIND[kind] for kind in set(incident.kinds))),
        "police_told": codes.POLICE_TOLD[incident.police_know],
    }


def _bands(case: Case, diversity: Sequence[Diversity], whose: c.PersonRole) -> tuple[Bands, ...]:
    """The answers that somebody gave and that have a code, in no order that tells who is who."""
    rows = [x for x in diversity if (x.reference or "").strip() == case.reference and x.whose is whose]
    answers = [{name: code.get(getattr(row, name)) for name, (_, code) in codes.BANDS.items()} for row in rows]
    given = [Bands(**answer) for answer in answers if any(answer.values())]
    return tuple(sorted(given, key=lambda bands: bands.model_dump_json()))


def _month(at: datetime) -> str:
    return at.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m")


def _keyed(secret: bytes, use: str, text: str) -> str:
    return hmac.new(secret, f"casewatch/{use}/{text}".encode(), hashlib.sha256).hexdigest()[:32]


def _leaves(told: Any, path: str = "") -> list[str]:
    """The dotted names of the fields that hold something."""
    if isinstance(told, dict):
        return [leaf for name, value in told.items() for leaf in _leaves(value, f"{path}.{name}".lstrip("."))]
    if isinstance(told, list):
        return [leaf for value in told for leaf in _leaves(value, path)]
    return [path]
