"""What a preview says: each field that would leave and why it may, and what would stay here and why."""

import json

import pytest
from message_cases import a_full_case, every_message, sent
from partner_cases import a_case, a_disclosure, an_answer, ground, identified, notice

from schema import choices as c
from sync.partners.payload import because, withheld

EVERY = every_message()
P = c.Purpose


def flat(told, path=""):
    """Every field of a message that holds something, by its place."""
    if isinstance(told, dict):
        return [x for name, value in told.items() for x in flat(value, f"{path}.{name}".lstrip("."))]
    if isinstance(told, list) and told and isinstance(told[0], dict):
        return [x for n, value in enumerate(told, 1) for x in flat(value, f"{path}[{n}]")]
    return [path]


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_field_that_leaves_is_shown_with_why_it_may(name):
    """R-15, HC-052: read from the very bytes, so that nothing leaves that was not shown."""
    lines = because(EVERY[name])

    assert sorted(line.field for line in lines if line.value != ()) == sorted(
        x for x in flat(json.loads(EVERY[name].body)) if x not in {line.field for line in lines if line.value == ()}
    )
    assert all(line.why.endswith(".") for line in lines)


def test_a_line_says_where_what_and_why():
    """The person by their place in the message, the value as it leaves."""
    shown = {line.field: line for line in because(sent(P.SUPPORT))}

    assert shown["people[1].telephone"].value == "01632 960001"
    assert shown["people[1].telephone"].why == "They call the telephone or text messages safe."
    assert shown["recall_contact.email"].value == "hello@exampleshire-homes.example"


def test_what_stays_is_shown_with_why():
    """R-12: what somebody holds back, words that may not go, who did not agree, and what there is nothing of."""
    case = a_case()
    kept = {line.field: line.why for line in withheld(notice(case, identified(ground("v1", withhold="My number."))))}

    assert {"people[1].contact", "people[1].strands"} <= kept.keys()
    assert kept["incident.narrative_left_out"] == "Another victim of the incident did not agree to this partner."
    assert kept["people"] == "Victims who did not agree: 1."
    assert "incident.narrative" not in kept
    assert "Nothing is on record" in kept["people[1].telephone"]
    assert not {"people", "people[1].contact"} & {line.field for line in withheld(sent(P.POLICE))}


def test_what_the_guard_holds_back_is_shown_with_the_rule():
    """A-17: bands that nobody asked for, and the half of a postcode."""
    row = an_answer(religion="Sikh", age_band="18 to 24")
    kept = {(line.field, line.why) for line in withheld(notice(a_case(), a_disclosure(), row))}

    assert ("postcode", "The more is said of a person, the less is said of the place.") in kept
    assert ("victims", "Bands that the strands of the incident do not ask for stay here.") in kept


def test_a_preview_never_shows_what_is_held_back():
    """It says that there is something, not what: the screen may be seen."""
    shown = str(withheld(sent(P.SUPPORT, words="Mr Madeup lives next door.", case=a_full_case())))

    assert "Madeup" not in shown
    assert "They speak of somebody who may not be named" in shown
