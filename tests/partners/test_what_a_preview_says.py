"""What a preview says: each field that would leave and why it may, and what would stay here and why."""

import json
from dataclasses import replace

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
    assert kept["people[1].telephone"].startswith("No leave: they hold something back")
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


def test_why_somebody_is_named_is_their_own_ground():
    """R-15, A-16: who agreed, who said no and was overridden, who is alleged to have done it, who saw it."""
    named = (ground("v1"), ground("v2", basis="override", record="Overrides 1"),
             ground("p1", basis="unlawful_acts", record="Incidents 10"),
             ground("w1", basis="own_agreement", record="People 5"))  # fmt: skip
    shown = {line.field: (line.value, line.why) for line in because(sent(P.POLICE, named=named))}
    by_name = {value: why for field, (value, why) in shown.items() if field.endswith("].name")}

    assert by_name == {
        "Ada Sampleton": "Their own answer agrees to this partner: Consents/v1.",
        "Bert Placeholder": "The victim did not agree; two managers decided: Overrides 1.",
        "Cyril Madeup": "They are alleged to have done it: told to prevent or detect unlawful acts, without "
                        "their agreement (Incidents 10).",
        "Dora Invented": "They are willing that what they saw is used: People 5.",
    }  # fmt: skip
    at = {value: field.removesuffix("name") for field, (value, _) in shown.items() if field.endswith("].name")}
    assert shown[f"{at['Cyril Madeup']}address"][1].endswith("lives; it shows no victim's home.")
    assert shown[f"{at['Cyril Madeup']}safe_ways"][1] == "No way to reach an alleged perpetrator is told."
    assert shown[f"{at['Ada Sampleton']}address"][1] == "They call letters or visits to their home safe."
    assert shown[f"{at['Bert Placeholder']}ask_us_first"][1].startswith("The victim did not agree")
    assert shown["incident.happened_at"][1] == "When it happened: two managers decided that it is told (Overrides 1)."


def test_when_it_happened_rests_on_an_agreement_only_where_there_is_one():
    """R-15."""
    shown = {line.field: line.why for line in because(sent(P.POLICE))}
    assert shown["incident.happened_at"] == "When it happened: everybody named in it agreed that it is told."
    shown = {line.field: line.why for line in because(sent(P.SAFEGUARDING, named=(
        ground("o1", basis="safeguarding", record="Incidents 1"),)))}  # fmt: skip
    assert shown["people[1].name"].startswith("To protect somebody at risk (Incidents 1)")


@pytest.mark.parametrize(("cells", "field", "why"), [
    ({"telephone": None}, "telephone", "Nothing is on record."),
    ({"safe_ways": (c.Channel.EMAIL,)}, "telephone", "No safe way: they do not call the telephone"),
    ({"safe_ways": ()}, "telephone", "No safe way: nobody has asked"),
    ({"safe_ways": (c.Channel.TELEPHONE,)}, "address", "No safe way: they do not call letters or visits"),
    ({"language": None}, "language", "Nothing is on record."),
])  # fmt: skip
def test_which_of_the_three_keeps_a_field_here_is_said(cells, field, why):
    """R-12: nothing on record, no leave, or no safe way."""
    case = a_full_case()
    case = replace(case, people=tuple(replace(x, **cells) if x.id == "v1" else x for x in case.people))
    kept = {line.field: line.why for line in withheld(sent(P.SUPPORT, case=case))}
    assert kept[f"people[1].{field}"].startswith(why)
    assert not [x for x in kept if "grounds" in x], "a ground without a limit tells nobody anything"
