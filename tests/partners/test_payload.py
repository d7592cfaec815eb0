"""What leaves in each form of a notice to the partnership, field by field, and when none is made."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from partner_cases import (
    BOTH,
    ENTERED,
    LANDLORD,
    SECRET,
    a_case,
    a_disclosure,
    an_answer,
    an_area,
    ground,
    identified,
    notice,
)
from pydantic import ValidationError

from automations.errors import NeedsAPerson, Stop
from schema import choices as c
from sync.partners.models import Named
from sync.partners.models_counted import Bands, CountedIncident, StatisticalNotice
from sync.partners.models_partnership import IdentifiedNotice, ToldIncident
from sync.partners.payload import message

STATISTICAL = {
    "form",
    "held_back.field",
    "held_back.why",
    "incident.kinds",
    "incident.month_happened",
    "incident.month_reported",
    "incident.perpetrator_known",
    "incident.place",
    "incident.police_told",
    "incident.postcode",
    "incident.strands",
    "incident.witnesses",
    "message",
    "perpetrators.sex",
    "reference",
    "version",
    "victims.age_band",
    "victims.religion",
}
IDENTIFIED = {
    "form",
    "incident.happened_at",
    "incident.kinds",
    "incident.narrative",
    "incident.number",
    "incident.place",
    "incident.police_reference",
    "incident.police_told",
    "incident.postcode",
    "incident.reported_at",
    "incident.strands",
    "message",
    "people.address",
    "people.ask_us_first",
    "people.born_on",
    "people.email",
    "people.grounds.basis",
    "people.grounds.record",
    "people.language",
    "people.name",
    "people.part",
    "people.postcode",
    "people.safe_ways",
    "people.telephone",
    "recall_contact.email",
    "recall_contact.telephone",
    "reference",
    "sender",
    "version",
    "victims_not_named",
}


def test_statistics_hold_these_fields_and_no_others():
    """A field may be added to what leaves only by changing this list."""
    answers = an_answer(age_band="25 to 44", religion="Sikh"), an_answer(c.PersonRole.PERPETRATOR, sex="Male")

    payload = notice(a_case(), a_disclosure(), *answers)

    assert set(payload.fields) == STATISTICAL
    assert json.loads(payload.body)["incident"] == {
        "kinds": ["damage", "verbal_abuse"],
        "month_happened": "2026-02",
        "month_reported": "2026-03",
        "perpetrator_known": True,
        "place": "home",
        "police_told": "yes",
        "postcode": "ZZ1",
        "strands": ["race", "religion"],
        "witnesses": 1,
    }


def test_an_identified_notice_holds_these_fields_and_no_others():
    """A field may be added to what leaves only by changing this list."""
    payload = notice(a_case(), identified(*BOTH))

    assert set(payload.fields) == IDENTIFIED
    told = json.loads(payload.body)
    assert told["reference"] == "CW-2026-0007/incident-1"
    assert told["incident"]["postcode"] == "ZZ1 4ZZ"
    assert [person["name"] for person in told["people"]] == ["Ada Sampleton", "Bert Placeholder"]


@pytest.mark.parametrize("part", [StatisticalNotice, CountedIncident, Bands, IdentifiedNotice, ToldIncident, Named])
def test_a_field_nobody_declared_cannot_be_added(part):
    """Nor does the refusal repeat what was in it."""
    with pytest.raises(ValidationError) as refused:
        part.model_validate({"nickname": "Ada"})

    assert "nickname" in str(refused.value)
    assert "Ada" not in str(refused.value)


def test_the_bytes_are_canonical_and_fingerprinted():
    """Two runs make the same bytes, whatever order the answers were typed in."""
    answers = an_answer(sex="Male"), an_answer(age_band="18 to 24")

    one, two = (notice(a_case(), a_disclosure(), *rows) for rows in (answers, answers[::-1]))

    assert one == two
    assert one.fingerprint == hashlib.sha256(one.body).hexdigest()
    assert (
        one.body == json.dumps(json.loads(one.body), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )


def test_reading_the_consent_again_does_not_change_the_bytes():
    """Each try reads the consent again; a partner who has the first must see the second as the same notice."""
    later = tuple(replace(may, read_at=ENTERED + timedelta(days=1)) for may in BOTH)

    assert notice(a_case(), identified(*BOTH)) == notice(a_case(), identified(*later))


@pytest.mark.parametrize(
    "disclosure",
    [
        a_disclosure(form=None),
        a_disclosure(purpose=c.Purpose.POLICE),
        a_disclosure(incident_number=2),
        identified(),
        identified(ground("v1", basis=" ")),
        identified(ground("v1", record="")),
        identified(ground("p1")),
        identified(ground("v1"), ground("nobody")),
    ],
    ids=["nothing may leave", "another purpose", "another incident", "nobody named", "no basis", "no record",
         "no victim", "a stranger"],
)  # fmt: skip
def test_a_notice_that_may_not_leave_is_not_made(disclosure):
    """Whatever asks for it. The same case with grounds in order passes."""
    with pytest.raises(NeedsAPerson) as refused:
        notice(a_case(), disclosure)

    assert "Sampleton" not in str(refused.value)
    assert notice(a_case(), a_disclosure()).body
    assert notice(a_case(), identified(*BOTH)).body


def test_a_case_without_a_reference_or_that_incident_is_refused():
    """A key made of nothing would be the same for every case."""
    for case in (a_case(reference=""), replace(a_case(), incidents=())):
        with pytest.raises(NeedsAPerson):
            message(case, a_case().incidents[0], a_disclosure(), an_area(), LANDLORD, (), SECRET)


def test_a_short_secret_is_refused():
    """A reference made with no secret can be worked back to the case."""
    with pytest.raises(Stop):
        message(a_case(), a_case().incidents[0], a_disclosure(), an_area(), LANDLORD, (), b"short")


def test_a_later_yes_replaces_the_statistics():
    """The identified notice carries the reference of the statistical one, so the partnership counts once (R-14)."""
    first = json.loads(notice(a_case(), a_disclosure()).body)
    second = json.loads(notice(a_case(), identified(*BOTH, replaces=a_disclosure().key)).body)
    fresh = json.loads(notice(a_case(), identified(*BOTH)).body)

    assert second["replaces"] == first["reference"]
    assert "replaces" not in fresh


def test_a_reference_and_a_key_tell_nothing_of_the_case():
    """Both are keyed: whoever lacks the secret cannot try every number of ours."""
    payload = notice(a_case(), a_disclosure())
    other = message(a_case(), a_case().incidents[0], a_disclosure(), an_area(), LANDLORD, (), SECRET + b"2")

    assert b"CW-2026" not in payload.body
    assert "CW-2026" not in payload.key
    assert json.loads(payload.body)["reference"] != json.loads(other.body)["reference"]
    assert len({payload.key, other.key, notice(a_case(), identified(*BOTH)).key}) == 3
    assert payload.key not in payload.body.decode()
