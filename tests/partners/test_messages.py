"""What each purpose may hold: who is in it, what is said of them, and when it is not made at all."""

import json
from dataclasses import replace
from datetime import date

import pytest
from message_cases import CRIME, DUTY, OTHER_LANDLORD, SAID, TENANT, WITHOUT_NAMES, WORDS, a_full_case, sent
from partner_cases import LANDLORD, ground, with_person

from automations.errors import NeedsAPerson
from automations.procedure import STEP
from schema import choices as c
from sync.partners import codes

P = c.Purpose


def told(purpose, *args, **given):
    return json.loads(sent(purpose, *args, **given).body)


def names(message):
    return [person["name"] for person in message["people"]]


@pytest.mark.parametrize("purpose", list(P))
def test_every_message_by_name_says_whose_it_is_and_on_what_ground_each_is_named(purpose):
    """R-15: message, version, form, reference, sender, whom to ask, and a ground for each person."""
    message = told(purpose)

    assert (message["version"], message["form"], message["reference"]) == (1, "identified", "CW-2026-0007/incident-1")
    assert message["sender"] == LANDLORD.name
    assert message["recall_contact"] == {"telephone": LANDLORD.telephone, "email": LANDLORD.email}
    assert all(person["grounds"] for person in message["people"])


@pytest.mark.parametrize("purpose", [x for x in P if x not in WITHOUT_NAMES])
def test_what_can_only_be_told_by_name_has_no_form_for_statistics(purpose):
    """HC-052: statistics instead of a name are for the partnership alone."""
    with pytest.raises(NeedsAPerson, match="without names"):
        sent(purpose, c.ReferralForm.STATISTICAL)

    assert sent(purpose).body


def test_a_police_referral_tells_who_what_happened_and_what_the_police_know():
    """HC-063: with an officer's words for the police; the account written for the partnership stays here."""
    message = told(P.POLICE)

    assert names(message) == ["Ada Sampleton", "Bert Placeholder", "Cyril Madeup", "Dora Invented"]
    assert (message["incident"]["police_told"], message["incident"]["police_reference"]) == ("yes", "ZZ/0001/26")
    assert message["words"] == WORDS
    assert message["people"][0]["grounds"][0]["expires_on"] == "2026-12-31"
    assert "letterbox" not in json.dumps(message)


def test_a_police_information_request_goes_only_about_victims_who_all_agreed_and_says_what_is_asked():
    """HC-055, R-14: one victim's yes is no yes of the other; without words there is nothing asked."""
    with pytest.raises(NeedsAPerson, match="Another victim"):
        sent(P.POLICE_INFORMATION, named=(ground("v1"),))
    with pytest.raises(NeedsAPerson, match="Write what is asked"):
        sent(P.POLICE_INFORMATION, words=" ")

    assert told(P.POLICE_INFORMATION)["asked"] == WORDS


@pytest.mark.parametrize("purpose", [P.SUPPORT, P.HOMELESSNESS])
def test_a_referral_for_help_is_about_that_victim_alone(purpose):
    """HC-051, HC-030: nobody else's name and nothing of the incident, whatever grounds there are beside theirs."""
    message = told(purpose, named=SAID[P.POLICE]["named"], about="v2")

    assert names(message) == ["Bert Placeholder"]
    assert "born_on" not in message["people"][0]
    assert "incident" not in message
    assert message["words"] == WORDS
    not_theirs = {"about": "p1", "named": SAID[P.POLICE]["named"]}
    for refused in (not_theirs, {"about": "v2"}, {"about": ""}, {"about": "nobody"}):
        with pytest.raises(NeedsAPerson):
            sent(purpose, **refused)


def test_the_home_of_a_victim_who_did_not_agree_does_not_leave_with_a_referral_for_help():
    """HC-051, R-12: whoever lives with them is reached some other way; where both agreed to that partner it goes."""
    together = with_person(a_full_case(), "v2", address="1 Example Street", postcode="ZZ1 1ZZ")
    shut = told(P.SUPPORT, case=together)["people"][0]

    assert not {"address", "postcode"} & shut.keys()
    assert shut["telephone"] == "01632 960001"
    assert (
        told(P.SUPPORT, case=together, named=(ground("v1"), ground("v2")))["people"][0]["address"] == "1 Example Street"
    )


def test_a_homelessness_referral_says_whether_home_is_safe():
    """HC-030: as the victim said it; where nobody asked, it says so and goes all the same."""
    known = {c.YesNo.YES: "no", c.YesNo.NO: "yes", c.YesNo.NOT_KNOWN: "not_known"}
    for answer, code in known.items():
        case = a_full_case()
        case = replace(case, incidents=(replace(case.incidents[0], safe_at_home=answer),))
        assert told(P.HOMELESSNESS, case=case)["home_not_safe"] == code
        assert told(P.HOMELESSNESS, case=replace(case, fears_staying=c.YesNo.YES))["home_not_safe"] == "yes"


def test_words_that_speak_of_somebody_else_stay_and_help_goes_without_them():
    """R-19: a name in the words holds the words back, never the referral; the message says so."""
    for purpose in (P.SUPPORT, P.HOMELESSNESS, P.SAFEGUARDING):
        held = told(purpose, words="Mr Madeup lives next door.")
        assert "words" not in held
        assert held["words_left_out"] == "speaks_of_others"
        assert told(purpose)["words"] == WORDS
    assert told(P.SUPPORT, words=None)["words_left_out"] == "not_written"


def test_a_safeguarding_referral_rests_on_a_duty_and_says_where_whatever_way_is_safe():
    """HC-022, R-19: who is at risk and where; an agreement that could be taken back is no ground for it."""
    unasked = with_person(a_full_case(), "o1", safe_ways=())
    message = told(P.SAFEGUARDING, case=unasked)
    person = message["people"][0]

    assert (person["name"], person["address"], person["ask_us_first"]) == ("Edie Pretend", "5 Example Street", True)
    assert not {"telephone", "email"} & person.keys()
    assert (message["children_at_risk"], message["adult_at_risk"]) == ("yes", "not_known")
    both = told(P.SAFEGUARDING, named=(ground("o1"), *SAID[P.SAFEGUARDING]["named"]))["people"][0]
    assert [x["basis"] for x in both["grounds"]] == [DUTY]
    for refused in (
        {"named": (ground("o1"),)},
        {"named": ()},
        {"named": (ground("r1", basis=DUTY),), "about": "r1"},
        {"about": ""},
    ):
        with pytest.raises(NeedsAPerson):
            sent(P.SAFEGUARDING, **refused)


@pytest.mark.parametrize("purpose", [P.OTHER_LANDLORD, P.DIRECTOR])
def test_another_landlord_hears_of_its_tenant_and_of_a_victim_only_by_a_record_that_names_it(purpose):
    """HC-096, HC-116: nothing of why, nor of how to reach anybody; what is asked, and by when."""
    message = told(purpose)

    assert [(x["name"], x["part"], x.get("address")) for x in message["people"]] == [
        ("Cyril Madeup", "alleged_perpetrator", "3 Example Street")
    ]
    assert message["asked_by"] == "2026-03-04"
    assert message["happened_on"] == "2026-02-28"
    assert "strands" not in json.dumps(message)
    elsewhere = (*TENANT, ground("v1", organisation="Another landlord"), ground("v2"), ground("w1"))
    assert names(told(purpose, named=elsewhere)) == ["Cyril Madeup"]
    theirs = told(purpose, named=(*TENANT, ground("v1", organisation=f" {OTHER_LANDLORD.upper()}")))
    assert theirs["people"][1].keys() == {"part", "name", "grounds"}
    assert names(theirs) == ["Cyril Madeup", "Ada Sampleton"]


@pytest.mark.parametrize("purpose", [P.OTHER_LANDLORD, P.DIRECTOR])
def test_a_request_to_another_landlord_waits_for_a_tenant_a_ground_and_words_that_name_nobody_else(purpose):
    """HC-095, R-15: the words are the message, so it waits where they may not go."""
    for refused in (
        {"named": (ground("v1", organisation=OTHER_LANDLORD),)},
        {"about": "v1"},
        {"words": ""},
        {"words": "Bert Placeholder saw it."},
        {"named": (ground("p1", basis=CRIME, scope="Only that it is about noise."),)},
    ):
        with pytest.raises(NeedsAPerson) as told_why:
            sent(purpose, **refused)
        assert "Placeholder" not in str(told_why.value)
    assert sent(purpose).body


def test_a_tenants_home_does_not_show_another_landlord_where_a_victim_lives():
    """HC-096: a victim next door, or in the same home, is not given away by the address."""
    near = with_person(a_full_case(), "v1", address="3 Example Street", postcode="ZZ1 3ZZ")

    assert b"Example Street" not in sent(P.DIRECTOR, case=near).body
    assert b"3 Example Street" in sent(P.DIRECTOR).body


def test_an_update_tells_the_course_of_action_in_codes_and_words_only_by_name():
    """HC-117: what is done against whoever did it in this incident; what is done for a victim is not in it."""
    by_name, counted = told(P.CDRP_UPDATE), told(P.CDRP_UPDATE, c.ReferralForm.STATISTICAL)

    for message in (by_name, counted):
        assert (message["proposed"], message["taken"]) == (["warning"], ["interview", "legal_step"])
    assert by_name["words"] == WORDS
    assert "words" not in counted
    assert counted["reference"] == told(P.CDRP_NOTICE, c.ReferralForm.STATISTICAL)["reference"]
    assert counted["incident"]["postcode"] == told(P.CDRP_NOTICE, c.ReferralForm.STATISTICAL)["incident"]["postcode"]


def test_the_course_of_action_is_made_of_steps_that_there_are():
    """HC-117: a step renamed would silently be no course of action."""
    assert set(codes.COURSE) <= set(STEP)
    assert codes.LEGAL_STEP not in codes.COURSE.values()


def test_a_meeting_hears_of_a_case_without_names_places_or_bands():
    """HC-129: by a reference that cannot be tied to the statistics; names only where each has a ground for it."""
    message = told(P.FORUM, c.ReferralForm.STATISTICAL)

    assert message["incident"].keys() == {"month_reported", "strands", "kinds", "police_told"}
    assert message["reference"] != told(P.CDRP_NOTICE, c.ReferralForm.STATISTICAL)["reference"]
    assert "CW-" not in json.dumps(message)
    assert names(told(P.FORUM, named=(ground("v1"),))) == ["Ada Sampleton"]


def test_a_ground_that_has_run_out_names_nobody():
    """R-15: the last day of an agreement still counts, the day after does not; nor does a limited one tell more."""
    until = {day: (ground("v1", expires_on=date(2026, 3, day)), ground("v2")) for day in (1, 2)}

    assert names(told(P.POLICE, named=until[2])) == ["Ada Sampleton", "Bert Placeholder"]
    assert names(told(P.POLICE, named=until[1])) == ["Bert Placeholder"]
    with pytest.raises(NeedsAPerson):
        sent(P.POLICE, named=until[1][:1])
    limited = told(P.SUPPORT, named=(ground("v1", scope="My name alone."),))
    assert "telephone" not in limited["people"][0]
    assert limited["people"][0]["ask_us_first"] is True
    assert limited["people"][0]["grounds"][0]["scope"] == "limited"
