"""Prompts: what is to be said or asked and has no column of its own, one row a prompt (sections 3.0 to 9.0).

In: nothing. Out: PROMPTS, in the order in which they are gone through.
Never here: anything that holds a step up or falls due; a question about proof (HC-066).
"""

from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """When a prompt comes up."""

    FIRST_CONTACT = "First contact"
    VICTIM_INTERVIEW = "Interview with the victim"
    PERPETRATOR_INTERVIEW = "Interview with the alleged perpetrator"
    REPAIR = "Repair order"
    TRANSLATION = "Letter to translate"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to say or ask: its id, the words staff read, the clause, the requirements, and when."""

    id: str
    words: str
    clause: str
    needs: tuple[str, ...]
    when: Moment


FIRST, VICTIM, ACCUSED, REPAIR, TRANSLATION = Moment

PROMPTS: tuple[Prompt, ...] = (
    Prompt("top-priority", "Tell the victim that a report like theirs comes before everything else and is treated as "
           "an emergency.", "3.0", ("HC-012",), FIRST),
    Prompt("their-wishes", "Tell the victim that nothing is done about it without them: what we do follows their "
           "wishes.", "3.0", ("HC-013",), FIRST),
    Prompt("a-crime", "Where the police do not know: tell the victim that a hate crime is an offence, and what the "
           "specialist police officers for it do.", "3.0", ("HC-019",), FIRST),
    Prompt("our-telephone", "Offer our own telephone to ring the police from, here and now, or to go there with the "
           "victim.", "3.1", ("HC-029", "HC-061"), FIRST),
    Prompt("support-groups", "Tell the victim which organisations can help, ask which kind of group they would like, "
           "and offer to come along the first time.", "3.1", ("HC-032", "HC-067"), FIRST),
    Prompt("practical-help", "Go through what would help now: insurance forms, a telephone or the cost of calls, a "
           "camera on loan, a safer home.", "6.0", ("HC-068",), FIRST),
    Prompt("how-we-listen", "Listen without judging and find out what happened; write it down as for a court.", "3.4",
           ("HC-056c",), VICTIM),
    Prompt("priority-again", "Say again that this comes first and follows the victim's wishes.", "3.4", ("HC-056d",),
           VICTIM),
    Prompt("letter-by-day-ten", "Promise a letter on how far we are within ten working days of the first report, and "
           "say by which day.", "3.4", ("HC-056h",), VICTIM),
    Prompt("support-again", "Offer again what helps: organisations, someone to come along, practical things.", "6.0",
           ("HC-067", "HC-068"), VICTIM),
    Prompt("say-no-more", "Say no more of the complaint than the victim agreed to, and nothing that tells who saw it "
           "or told us.", "9.0", ("HC-090",), ACCUSED),
    Prompt("order-says-little", "See that the order tells the contractor the place and the work, and nothing about "
           "the victim or what happened.", "4.0", ("HC-060b",), REPAIR),
    Prompt("translator", "Ask a translator to write this letter in the reader's language, never a machine, and attach "
           "it to its row in Letters (Edited document).", "3.2", ("HC-054",), TRANSLATION),
)  # fmt: skip

PROMPT: dict[str, Prompt] = {prompt.id: prompt for prompt in PROMPTS}
