"""Samples of the letters that follow the first one: to victims, and to witnesses.

In: nothing. Out: facts for each letter, by template and variant.
Never here: a real person, or words that any victim or witness said.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from automations.letters.facts import Facts, PlanLine, VictimFacts, WitnessFacts
from automations.letters.samples.victims import A_VICTIM

FINDINGS = (
    "We spoke to three people and looked at the recordings from the entrance. We found that what you told us is right.",
    "We have given a written warning, and we look at the recordings each week until the end of January.",
)
PLAN = {
    "agreed": (
        PlanLine(what="Tell the police", withhold="Where my sister lives."),
        PlanLine(what="Ask a support organisation to help you", organisation="Sampletown Listening Ear"),
        PlanLine(what="Something else", scope="a second key for the bin store"),
    ),
    "refused": (PlanLine(what="Ask neighbours what they saw"),),
    "undecided": (PlanLine(what="Take legal action"), PlanLine(what="Help you apply to move")),
    "not_for_them": (PlanLine(what="Ask the council to help you as homeless"),),
}
RESULTS = (
    PlanLine(what="Tell the police", done="We told them on 5 November, and Sergeant Sample looks after it."),
    PlanLine(what="Ask a support organisation to help you", organisation="Sampletown Listening Ear",
             not_done="They have no free place before the spring. We have asked another one."),
    PlanLine(what="Make your home more secure", done="New locks on 6 November.", not_done="The light needs a permit."),
    PlanLine(what="Mend or clean inside your home"),
    PlanLine(what="Something else", scope="a second key for the bin store", done="You have had it since 9 November."),
)  # fmt: skip


def plain(**given: Any) -> VictimFacts:
    """What every letter to a victim says; the day of the promise stands in the first letter alone."""
    return replace(A_VICTIM, **{"promised_on": None, **given})


def for_a_witness(**given: Any) -> WitnessFacts:
    """What a witness is told, about a meeting at our office."""
    from_victim = A_VICTIM
    filled: dict[str, Any] = {
        **{name: getattr(from_victim, name) for name in ("landlord", "reference", "officer", "dated")},
        "recipient_name": "Dora Invented",
        "recipient_address": ("Flat 9", "14 Harbour Row", "Sampletown", "ZZ1 4ZZ"),
        "meets_on": date(2026, 11, 6),
        "meets_at": "10.30am",
        "at_our_office": True,
    }
    return WitnessFacts(**{**filled, **given})


LENT = ("A mobile telephone", "A door alarm")
AT_NIGHT = replace(for_a_witness(), at_our_office=False, words=("It is about the evening of 3 November, in the yard.",))

SAMPLES: dict[str, dict[str, Facts]] = {
    "progress": {"how far we have got": plain(words=("We have spoken to two people.", "One more is to come."))},
    "delay": {
        "a new date": plain(words=("Somebody whom we must hear is away.",), revised_on=date(2026, 12, 1)),
    },
    "victim_outcome": {
        "of each thing what became of it": plain(words=FINDINGS, agreed=RESULTS),
        "nothing was asked for": plain(words=FINDINGS[:1], told_by_victim=False),
    },
    "closing": {"closed": plain(words=("Nothing more has happened since the warning, and you agreed to close.",))},
    "survey": {"questions": plain()},
    "action_plan": {
        "every answer": plain(**PLAN, if_again="You go to number 11 and ring from there."),
        "nothing asked yet": plain(undecided=PLAN["undecided"]),
    },
    "support_list": {
        "two": plain(organisations=("Sampletown Listening Ear: 01632 960111", "Example Law Centre: 01632 960112")),
    },
    "loan": {"two things": plain(words=("A telephone with its charger", "A door alarm"))},
    "transfer_form": {"cover": plain()},
    "witness_appointment": {"at our office": for_a_witness(), "elsewhere, with words": AT_NIGHT},
    "witness_loan": {"two things": for_a_witness(meets_on=None, meets_at=None, words=LENT)},
    "statement": {"form": for_a_witness(meets_on=None, meets_at=None, at_our_office=False)},
}
"""Template, variant, facts."""
