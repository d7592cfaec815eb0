"""What leaves in each form of a notice to the partnership, field by field."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from partner_cases import (
    ENTERED,
    SECRET,
    a_case,
    a_disclosure,
    a_person,
    an_answer,
    an_area,
    ground,
    identified,
    notice,
    with_person,
)
from pydantic import ValidationError

from automations.errors import NeedsAPerson, Stop
from schema import choices as c
from schema.tables.office import DIVERSITY_ANSWERS
from sync.partners import codes
from sync.partners.payload import (
    Bands,
    CountedIncident,
    IdentifiedNotice,
    Named,
    StatisticalNotice,
    ToldIncident,
    cdrp_notice,
)

STATISTICAL = {
    "form",
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
    "reference",
    "version",
    "victims_not_named",
}
BOTH = (ground("v1"), ground("v2"))


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
        "postcode": "ZZ1 4",
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


@pytest.mark.parametrize("typed", ["Ada Sampleton", "Race", "race; Ada", "ZZ1 1ZZ"])
def test_a_word_is_not_a_code(typed):
    """The statistical form cannot hold a person's words even by mistake."""
    with pytest.raises(ValidationError):
        Bands(sex=typed)
    assert Bands(sex="female").sex == "female"


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


def test_a_person_entered_in_two_parts_is_not_named():
    """A victim who is also linked as the alleged perpetrator is for a person to put right."""
    with pytest.raises(NeedsAPerson, match="two parts"):
        notice(a_case(perpetrator_ids=("p1", "v1")), identified(ground("v1")))

    assert notice(a_case(), identified(ground("v1"))).body


def test_a_case_without_a_reference_or_that_incident_is_refused():
    """A key made of nothing would be the same for every case."""
    for case in (a_case(reference=""), replace(a_case(), incidents=())):
        with pytest.raises(NeedsAPerson):
            cdrp_notice(case, a_case().incidents[0], a_disclosure(), an_area(), (), SECRET)


def test_a_short_secret_is_refused():
    """A reference made with no secret can be worked back to the case."""
    with pytest.raises(Stop):
        cdrp_notice(a_case(), a_case().incidents[0], a_disclosure(), an_area(), (), b"short")


def test_two_victims_who_disagree():
    """The refuser's data stays out, the text about both of them too; that there is another is only counted."""
    payload = notice(a_case(), identified(ground("v1")))

    told = json.loads(payload.body)
    assert [person["name"] for person in told["people"]] == ["Ada Sampleton"]
    assert told["victims_not_named"] == 1
    assert told["incident"]["narrative_left_out"] == "another_victim"
    assert told["incident"]["postcode"] == "ZZ1 4"
    assert "narrative" not in told["incident"]
    assert b"Placeholder" not in payload.body


def test_a_perpetrator_is_named_only_on_grounds_of_their_own():
    """Each person in a notice carries the basis for naming them."""
    without = notice(a_case(), identified(*BOTH))
    payload = notice(a_case(), identified(*BOTH, ground("p1", basis="Prevention of crime", record="Overrides/5")))

    assert b"Madeup" not in without.body
    person = json.loads(payload.body)["people"][2]
    assert person == {
        "part": "alleged_perpetrator",
        "name": "Cyril Madeup",
        "address": "3 Example Street",
        "postcode": "ZZ1 3ZZ",
        "safe_ways": [],
        "withheld": [],
        "ask_us_first": False,
        "grounds": [{"basis": "Prevention of crime", "record": "Overrides/5"}],
    }


def test_a_perpetrator_at_home_does_not_give_away_where_a_victim_lives():
    """Naming him must not tell the address that she holds back."""
    his = {"address": "1 EXAMPLE street", "postcode": None}
    case = with_person(a_case(), "p1", **his)
    shut = identified(ground("v1", withhold="My address."), ground("v2"), ground("p1"))
    open_ = identified(*BOTH, ground("p1"))

    assert b"xample Street" not in notice(with_person(case, "v2", address="Elsewhere"), shut).body
    assert b"1 EXAMPLE street" in notice(case, open_).body
    unsafe = with_person(case, "v1", safe_ways=(c.Channel.TELEPHONE,))
    assert b"xample street" not in notice(unsafe, open_).body.lower().replace(b"2 example street", b"")
    at_home = with_person(a_case(), "p1", lives_with_victim=c.YesNo.YES)
    assert b"3 Example Street" not in notice(at_home, shut).body
    inside = with_person(case, "p1", address="1 Example Street, Exampletown ZZ11ZZ")
    assert b"xample Street, Exampletown" not in notice(inside, shut).body
    assert b"1 Example Street, Exampletown ZZ11ZZ" in notice(inside, open_).body
    assert b"3 Example Street" in notice(at_home, open_).body


@pytest.mark.parametrize("use", [c.WitnessUse.UNWILLING, c.WitnessUse.NOT_ASKED])
def test_a_witness_is_named_only_when_willing(use):
    """HC-080: grounds on paper do not carry a witness who did not say yes."""
    disclosure = identified(*BOTH, ground("w1"))

    assert b"Invented" not in notice(with_person(a_case(), "w1", evidence_use=use), disclosure).body
    assert b"Dora Invented" in notice(a_case(), disclosure).body


def test_only_ways_of_contact_that_are_safe_are_told():
    """Empty means that nobody has asked, so a partner is given no way to reach them."""
    unasked = json.loads(notice(with_person(a_case(), "v1", safe_ways=()), identified(*BOTH)).body)["people"][0]
    by_text = json.loads(notice(with_person(a_case(), "v1", safe_ways=(c.Channel.TEXT,)), identified(*BOTH)).body)[
        "people"
    ][0]

    assert not {"address", "postcode", "telephone", "email"} & unasked.keys()
    assert by_text["telephone"] == "01632 960001"
    assert not {"address", "postcode", "email"} & by_text.keys()


def test_an_address_or_mailbox_in_the_name_of_somebody_else_stays_here():
    """The one who agreed is reached some other way; a surname they share is no reason to hold theirs back."""
    for held, own in (
        ({"address": "c/o B. Placeholder, 2 Example Street"}, {"address": "Sampleton House"}),
        ({"email": "bert.placeholder@example.org"}, {"email": "ada.sampleton@example.org"}),
    ):
        shut = notice(with_person(a_case(), "v1", **held), identified(ground("v1")))
        family = with_person(with_person(a_case(), "v2", name="Bert Sampleton"), "v1", **own)

        assert b"laceholder" not in shut.body
        assert json.loads(shut.body)["people"][0]["ask_us_first"] is True
        assert next(iter(own.values())) in notice(family, identified(ground("v1"))).body.decode()


def test_notes_about_contact_are_not_told_but_said_to_exist():
    """They may name anybody; the partner asks us first."""
    payload = notice(with_person(a_case(), "v1", contact_notes="Never after six: he is home."), identified(*BOTH))

    assert b"after six" not in payload.body
    assert [person["ask_us_first"] for person in json.loads(payload.body)["people"]] == [True, False]


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
    other = cdrp_notice(a_case(), a_case().incidents[0], a_disclosure(), an_area(), (), SECRET + b"2")

    assert b"CW-2026" not in payload.body
    assert "CW-2026" not in payload.key
    assert json.loads(payload.body)["reference"] != json.loads(other.body)["reference"]
    assert len({payload.key, other.key, notice(a_case(), identified(*BOTH)).key}) == 3
    assert payload.key not in payload.body.decode()


@pytest.mark.parametrize(
    ("typed", "reduced", "full"),
    [
        ("ZZ1 1ZZ", "ZZ1 1", "ZZ1 1ZZ"),
        ("zz11zz", "ZZ1 1", "ZZ1 1ZZ"),
        ("Z9Z 9ZZ", "Z9Z 9", "Z9Z 9ZZ"),
        ("ZZ99 3VZ", "ZZ99 3", "ZZ99 3VZ"),
        ("ZZ1", None, None),
        ("12 Example Street, ZZ1 1ZZ", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_postcode_is_reduced_unless_the_area_agreed(typed, reduced, full):
    """R-16. What is not a postcode is left out rather than guessed at."""
    case = a_case(postcode=typed)

    assert json.loads(notice(case, a_disclosure()).body)["incident"].get("postcode") == reduced
    assert json.loads(notice(case, a_disclosure(), full=True).body)["incident"].get("postcode") == full


def test_the_month_is_londons():
    """Half past midnight on 1 April in London is still March in UTC."""
    at = ENTERED.replace(month=3, day=31, hour=23, minute=30)

    assert json.loads(notice(a_case(happened_at=at), a_disclosure()).body)["incident"]["month_happened"] == "2026-04"


def test_answers_not_given_are_not_told():
    """Prefer not to say, words not in the list and other cases' rows leave nothing."""
    rows = (
        an_answer(religion="Prefer not to say", sex="Ada Sampleton"),
        an_answer(reference="CW-2026-0008", sex="Female"),
        an_answer(c.PersonRole.WITNESS, sex="Female"),
    )

    assert json.loads(notice(a_case(), a_disclosure(), *rows).body)["victims"] == []
    assert json.loads(notice(a_case(), a_disclosure(), an_answer(sex="Female")).body)["victims"] == [{"sex": "female"}]
    assert "victims" not in json.loads(notice(a_case(), identified(*BOTH), an_answer(sex="Female")).body)


def test_an_unnamed_perpetrator_is_not_known():
    """A row with no name, and no row at all, say the same."""
    nobody = a_case(people=(a_person("v1", c.PersonRole.VICTIM, "Ada Sampleton", 1),), perpetrator_ids=())

    for case in (nobody, with_person(a_case(), "p1", name=" ")):
        assert json.loads(notice(case, a_disclosure()).body)["incident"]["perpetrator_known"] is False


@pytest.mark.parametrize(
    ("choices", "table"),
    [
        (c.Strand, codes.STRAND),
        (c.IncidentType, codes.KIND),
        (c.Place, codes.PLACE),
        (c.PoliceTold, codes.POLICE_TOLD),
        (c.Channel, codes.SAFE_WAY),
    ],
)
def test_every_choice_has_a_code_of_its_own(choices, table):
    """A new choice needs a code before it can be counted."""
    assert set(table) == set(choices)
    assert len(set(table.values())) == len(choices)


@pytest.mark.parametrize(("column", "table"), codes.BANDS.values(), ids=list(codes.BANDS))
def test_every_answer_but_one_has_a_code(column, table):
    """The one without is: prefer not to say."""
    assert {*table, "Prefer not to say"} == set(DIVERSITY_ANSWERS.column(column).choices)
