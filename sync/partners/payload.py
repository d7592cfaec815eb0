"""Payload: the only exit. It says which message a purpose has, and turns what a builder named into bytes.

In: a case read moments ago, and a Disclosure that says who may be named. Out: the bytes, and what is in them.
Never here: who may be named (automations/consent.py decides), how it travels, a clock (a retry is the same bytes).
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from automations.errors import NeedsAPerson, Stop
from automations.model import Area, Case, Disclosure, Diversity, Incident
from schema import choices as c
from sync.partners import counted, telling, to_agencies, to_landlords, to_partnership
from sync.partners.messages import Line, because, withheld
from sync.partners.models import Part, RecallContact
from sync.partners.models_afterwards import Correction, Earlier, Recall
from sync.partners.telling import Letterhead, Telling

__all__ = ["Line", "Payload", "because", "correction", "message", "recall", "withheld"]

NAMES: Mapping[c.Purpose, str] = {
    c.Purpose.CDRP_NOTICE: "cdrp_notice",
    c.Purpose.CDRP_UPDATE: "cdrp_update",
    c.Purpose.POLICE: "police_referral",
    c.Purpose.POLICE_INFORMATION: "police_information_request",
    c.Purpose.SUPPORT: "support_referral",
    c.Purpose.HOMELESSNESS: "homelessness_referral",
    c.Purpose.SAFEGUARDING: "safeguarding_referral",
    c.Purpose.OTHER_LANDLORD: "landlord_request",
    c.Purpose.DIRECTOR: "director_notice",
    c.Purpose.FORUM: "forum_discussion",
}
BY_NAME: Mapping[c.Purpose, Callable[[Telling], Part]] = {
    c.Purpose.CDRP_NOTICE: to_partnership.notice,
    c.Purpose.CDRP_UPDATE: to_partnership.update,
    c.Purpose.POLICE: to_agencies.police_referral,
    c.Purpose.POLICE_INFORMATION: to_agencies.police_information_request,
    c.Purpose.SUPPORT: to_agencies.support_referral,
    c.Purpose.HOMELESSNESS: to_agencies.homelessness_referral,
    c.Purpose.SAFEGUARDING: to_agencies.safeguarding_referral,
    c.Purpose.OTHER_LANDLORD: to_landlords.landlord_request,
    c.Purpose.DIRECTOR: to_landlords.director_notice,
    c.Purpose.FORUM: to_partnership.discussion,
}
WITHOUT_NAMES: Mapping[c.Purpose, Callable[[Telling], Part]] = {
    c.Purpose.CDRP_NOTICE: counted.notice,
    c.Purpose.CDRP_UPDATE: counted.update,
    c.Purpose.FORUM: counted.discussion,
}


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes ready to leave, the names of the fields in them, and the key (a hash, so it tells nothing) to go under."""

    body: bytes
    fields: tuple[str, ...]
    fingerprint: str
    key: str


def message(
    case: Case, incident: Incident, disclosure: Disclosure, area: Area, landlord: Letterhead,
    diversity: Sequence[Diversity], secret: bytes, words: str | None = "", about: str | None = None,
) -> Payload:  # fmt: skip
    """What the disclosure's purpose tells its partner, in the form that the disclosure allows.

    `words` are an officer's, for that partner alone. `about` is the id of the person whom the referral's row names;
    without it, whom the disclosure names. NeedsAPerson where nothing may leave, with the reason and no name in it.
    """
    of = _telling(case, incident, disclosure, area, landlord, diversity, secret, words, about)
    key = disclosure.key or f"{of.reference}/{disclosure.purpose}/{disclosure.form}"
    return _packed(_built(of), telling.keyed(secret, "key", key))


def correction(
    case: Case, incident: Incident, disclosure: Disclosure, area: Area, landlord: Letterhead,
    diversity: Sequence[Diversity], secret: bytes, corrects: str, words: str | None = "", about: str | None = None,
) -> Payload:  # fmt: skip
    """The record as it should be, to take the place of the message sent under the key `corrects`.

    It is made, and refused, as `message` would be now. The same record again has the same key.
    """
    of = _telling(case, incident, disclosure, area, landlord, diversity, secret, words, about)
    record = _built(of)
    told = _content(record)
    earlier = _earlier(disclosure.purpose, told["reference"], corrects)
    corrected = Correction.model_validate(
        {"form": told["form"], "reference": told["reference"], "corrects": earlier, "record": record}
    )
    fingerprint = hashlib.sha256(_canonical(told)).hexdigest()
    return _packed(corrected, telling.keyed(secret, "correction", f"{corrects}/{fingerprint}"))


def recall(
    case: Case, incident: Incident, purpose: c.Purpose, recalls: str, by: date, landlord: Letterhead, secret: bytes
) -> Payload:
    """The message sent under the key `recalls` called back: stop, delete, and say so by that day. It names nobody.

    A message for statistics names nobody either, so there is nothing in it to call back.
    """
    _must_be_of(case, incident, secret)
    reference = telling.reference(case, incident)
    sender = telling.sender(landlord)
    called_back = Recall(
        reference=reference,
        sender=sender["sender"],
        recall_contact=RecallContact(**sender["recall_contact"]),
        recalls=_earlier(purpose, reference, recalls),
        asked=("stop", "delete"),
        asked_by=by,
    )
    return _packed(called_back, telling.keyed(secret, "recall", recalls))


def _telling(
    case: Case, incident: Incident, disclosure: Disclosure, area: Area, landlord: Letterhead,
    diversity: Sequence[Diversity], secret: bytes, words: str | None, about: str | None,
) -> Telling:  # fmt: skip
    """What the message is made from; refused where the parts do not belong together."""
    _must_be_of(case, incident, secret)
    if disclosure.incident_number != incident.number:
        raise NeedsAPerson("This disclosure was decided for another incident.")
    wanted = about or disclosure.about
    person = case.person(wanted) if wanted else None
    if wanted and person is None:
        raise NeedsAPerson("The person on the referral is not on this case.")
    return Telling(case=case, incident=incident, disclosure=disclosure, area=area, landlord=landlord,
                   diversity=diversity, secret=secret, words=words, about=person)  # fmt: skip


def _earlier(purpose: c.Purpose, reference: str, key: str) -> Earlier:
    if not re.fullmatch(r"[0-9a-f]{32}", key):
        raise NeedsAPerson("The key that the message left under is not on its row: ring the partner about it.")
    return Earlier(message=NAMES[purpose], reference=reference, key=key)


def _must_be_of(case: Case, incident: Incident, secret: bytes) -> None:
    if len(secret) < 16:
        raise Stop("The secret that partners' references are made with needs 16 bytes or more.")
    if not case.reference or all(incident.id != known.id for known in case.incidents):
        raise NeedsAPerson("The incident is not on this case, or the case has no reference.")


def _built(of: Telling) -> Part:
    form, purpose = of.disclosure.form, of.disclosure.purpose
    if form is None:
        raise NeedsAPerson("Nothing may be told to a partner about this incident yet.")
    builders = BY_NAME if form is c.ReferralForm.IDENTIFIED else WITHOUT_NAMES
    if purpose not in builders:
        raise NeedsAPerson("There is no form of this message without names.")
    return builders[purpose](of)


def _packed(told: Part, key: str) -> Payload:
    content = _content(told)
    body = _canonical(content)
    return Payload(body, tuple(sorted(set(_leaves(content)))), hashlib.sha256(body).hexdigest(), key)


def _content(told: Part) -> dict[str, Any]:
    return told.model_dump(mode="json", exclude_none=True)


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _leaves(told: Any, path: str = "") -> list[str]:
    """The dotted names of the fields that hold something."""
    if isinstance(told, dict):
        return [leaf for name, value in told.items() for leaf in _leaves(value, f"{path}.{name}".lstrip("."))]
    if isinstance(told, list):
        return [leaf for value in told for leaf in _leaves(value, path)]
    return [path]
