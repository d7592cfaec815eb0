"""What each letter to an organisation says: what the procedure asks of it, and what keeps people safe."""

import re
from dataclasses import replace

import pytest
from samples import SAMPLES

from automations.letters.document import document, words
from automations.letters.facts import AgencyFacts, OtherLandlordFacts, paths
from automations.letters.samples.agencies import BY_NAME
from automations.letters.template import template

SAID = {
    "homelessness_referral": (
        "somewhere safe to stay", "brings you this letter", "We do not ask for proof",
        "Tell nobody where they are going",
    ),
    "support_referral": ("Get in touch with them as soon as you can", "They decide", "Please stop then, and delete"),
    "police_referral": (
        "Record it as a hate incident", "your reference", "the name and station of the officer",
        "Tell me whether we should wait.", "We do not speak to whoever is said to have done it until we know",
        "One of us can come with them",
    ),
    "police_information": ("What you cannot tell us, and why", "Conditions of bail", "Anything we should not do"),
    "information_request": ("Each of them has agreed that we ask you.", "Please answer only this"),
    "solicitor_instruction": (
        "This is urgent.", "without telling the other side first", "violence or a threat of it", "conditions of bail",
        "If you advise us not to act, why?", "We record your advice, what we decide and why.", "It is confidential.",
    ),
    "safeguarding_referral": (
        "a child is at risk of harm", "It does not rest on anybody's agreement.", "We tell you only what you need",
        "whether they know that we have told you", "ring 999",
    ),
    "landlord_request": (
        "Nobody Inparticular", "We rang you about this on Wednesday 4 November 2026.", "You interview them.",
        "Please do so by Friday 6 November 2026", "We interview them together,", "What we have been told",
        "Do not say, or let them guess, who spoke to us.",
    ),
    "director_notice": (
        "Dear Director", "We rang your office about this on", "The complaint", "What happened", "Please act promptly.",
        "what you can do under their tenancy",
    ),
}  # fmt: skip
"""By template: what its first sample says."""


def the_words(name: str, variant: str | None = None) -> str:
    facts = SAMPLES[name][variant or next(iter(SAMPLES[name]))]
    return words(document(template(name, "en"), facts)).replace("’", "'")


@pytest.mark.parametrize(("name", "points"), SAID.items(), ids=SAID)
def test_each_says_what_the_procedure_asks_of_it(name: str, points: tuple[str, ...]):
    """HC-015, HC-022, HC-033, HC-048, HC-051, HC-055, HC-061, HC-062, HC-063, HC-096, HC-116, A-14."""
    assert [point for point in points if point not in the_words(name)] == []


@pytest.mark.parametrize("name", SAID)
def test_each_says_who_writes_and_how_to_reach_them(name: str):
    """HC-024: whoever answers reaches the officer, by a number that says nothing of anybody."""
    for detail in ("Example Officer, Housing officer", "01632 960001", "officer@example.org", "CW-2026-0007"):
        assert detail in the_words(name)


def test_without_agreement_the_letter_says_on_what_basis():
    """A-16, R-15: and with it, it says on which day they agreed."""
    for name in ("homelessness_referral", "support_referral", "police_referral", "police_information"):
        overridden = the_words(name, "without agreement")
        assert "The lawful basis is: Vital interests" in overridden
        assert "Agreed to this on" not in overridden
        agreed = the_words(name)
        assert "lawful basis" not in agreed
        assert "Agreed to this on Wednesday 4 November 2026." in agreed


def test_of_whoever_holds_something_back_only_the_name_is_said_and_we_are_asked_first():
    """R-12."""
    only = the_words("information_request", "by name alone")
    assert BY_NAME.name in only
    assert "Please ring me before you try to reach this person." in only
    for more in ("Date of birth", "Home", "safe to use", "Language"):
        assert f"{more}:" not in only
    assert "Date of birth:" in the_words("information_request")


def test_our_solicitor_is_told_that_nobody_is_named():
    """HC-048."""
    assert "Nobody who was harmed is named in this letter." in the_words("solicitor_instruction", "nobody is named")
    assert "Nobody who was harmed is named" not in the_words("solicitor_instruction")


def test_another_landlord_is_given_a_day_or_our_own_measure():
    """HC-096, A-14."""
    assert "within 48 hours of our interview" in the_words("landlord_request", "no day yet")
    assert "within 48 hours of our interview" not in the_words("landlord_request")
    assert "We will ring your office about this as well." in the_words("director_notice", "before the call")


@pytest.mark.parametrize("name", SAID)
def test_none_speaks_of_an_allegation_or_promises_what_the_procedure_does_not(name: str):
    """HC-065, HC-066."""
    assert not re.search(r"alleg|guarantee|suspect|offender", the_words(name), re.IGNORECASE)


def test_an_organisations_facts_have_no_place_for_a_witness_a_perpetrator_or_an_incidents_text():
    """HC-080, R-15: whoever is no victim who agreed can stand in an officer's words alone, and those are looked at."""
    for path in (*paths(AgencyFacts), *paths(OtherLandlordFacts)):
        assert not any(word in path for word in ("witness", "perpetrator", "reporter", "what_happened", "account"))


@pytest.mark.parametrize("name", ["homelessness_referral", "support_referral"])
def test_nobody_is_said_to_have_asked_or_agreed_where_managers_decided(name: str):
    """A-16, HC-015, HC-050: told without agreement, the letter claims no wish of theirs."""
    for variant, facts in SAMPLES[name].items():
        letter = words(document(template(name, "en"), replace(facts, unsafe_at_home=False)))
        claims = [x for x in ("They have asked us", "would like", "take back their agreement") if x in letter]
        assert bool(claims) is (facts.lawful_basis is None), variant
