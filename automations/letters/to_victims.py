"""To victims: the letters that a victim reads, and the facts that each of them is written from.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about the alleged perpetrator, a witness or another victim.
"""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from automations.consent import names, victims_of
from automations.gates import outcome_reviewed
from automations.letters.facts import VictimFacts
from automations.letters.plan_lines import answers, results
from automations.letters.reader import address, known, officer, paragraphs
from automations.letters.safe import why_held
from automations.letters.unsaid import tells_of_a_witness
from automations.letters.writing import Entry, Writing
from automations.model import Closure
from automations.plan import plan_accounted
from automations.rules import closure
from automations.starts import Skip
from automations.starts.closing import closed, survey_wanted, unfit_target
from automations.subjects import Subject
from schema import choices as c

LONDON = ZoneInfo("Europe/London")


def facts(of: Writing, **more: Any) -> VictimFacts:
    """What every letter to a victim may say: who looks after the case, and since when. `more` are a letter's own."""
    return VictimFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        first_told_on=of.incident.counts_from.astimezone(LONDON).date(),
        told_by_victim=of.incident.reporter is c.Reporter.VICTIM,
        dated=of.dated,
        **more,
    )


def first_letter(of: Writing) -> VictimFacts:
    """Who to ask, and when the progress letter comes (HC-024, HC-025)."""
    return facts(of, promised_on=of.promised_on)


def in_words(of: Writing) -> VictimFacts:
    """A letter that says what the officer wrote for it."""
    return facts(of, words=paragraphs(of.row.words if of.row else None))


def delay(of: Writing) -> VictimFacts:
    """Why it takes longer, and the new date (HC-103, HC-104)."""
    target = of.row.revised_target if of.row else None
    return replace(in_words(of), revised_on=target.astimezone(LONDON).date() if target else None)


def outcome(of: Writing) -> VictimFacts:
    """The findings, and what became of each thing that the victim agreed to (HC-100, HC-101)."""
    return replace(in_words(of), agreed=results(of))


def action_plan(of: Writing) -> VictimFacts:
    """Every option with its answer, and what was agreed for when it happens again (HC-023, HC-026, HC-056g, HC-108)."""
    return facts(of, if_again=_if_again(of), **answers(of)._asdict())


def support(of: Writing) -> VictimFacts:
    """The office base's support organisations, and those that the officer wrote for this victim (HC-032, HC-050)."""
    ours = (": ".join(filter(None, (known(p.name), known(p.contact)))) for p in of.supporters)
    return facts(of, organisations=(*ours, *paragraphs(of.row.words if of.row else None)))


def held(of: Writing) -> str | None:
    """Why no letter may be written to this victim's home, or not in these words; None where one may (HC-080)."""
    if of.to is None:
        return "Say to which victim it is (To)."
    words = of.row.words if of.row else None
    return why_held(of.case, of.to, of.incident) or tells_of_a_witness(of.case, (words,), to=of.to) or None


def delay_held(of: Writing) -> str | None:
    """A delay letter follows the manager's review, and its date lies ahead, not too far (HC-099, HC-103, A-32)."""
    if why := held(of) or outcome_reviewed(of.case, _about(of), of.now):
        return why
    return unfit_target(of.case, replace(of.row, sent_at=of.now)) or None if of.row else None


def outcome_held(of: Writing) -> str | None:
    """After the manager's review, and with nothing agreed left without its result or its reason (HC-099, HC-101)."""
    about = _about(of)
    if why := held(of) or outcome_reviewed(of.case, about, of.now) or plan_accounted(of.case, about, of.now):
        return why
    said = (words for line in results(of) for words in (line.done, line.not_done))
    return (tells_of_a_witness(of.case, said, to=of.to) if of.to else None) or None


def loan_held(of: Writing) -> str | None:
    """As above; what is lent to a witness has an agreement of its own (HC-068)."""
    lends_to_a_witness = of.to is not None and of.to.role is c.PersonRole.WITNESS
    if lends_to_a_witness and of.to not in victims_of(of.case, of.incident):
        return f"To names a witness: make the letter of the kind {c.LetterKind.WITNESS_LOAN}."
    return held(of)


def plan_held(of: Writing) -> str | None:
    """A plan that lists one thing under two answers is not one to sign."""
    if why := held(of):
        return why
    twice = "Two answers about different people would read alike: say in Scope what each of them covers."
    return twice if answers(of).reads_two_ways else None


def closing_held(of: Writing) -> str | None:
    """Nobody is told that the case is closed before it is (17.0)."""
    row = closure(of.case)
    if why := held(of):
        return why
    if row is None:
        return "The case is not closed yet (Closures)."
    if row.exception_kind is c.ExceptionKind.UNTRACEABLE:
        return "The victim cannot be traced."
    return _skipped(closed(of.case, _about(of, row), of.now))


def survey_held(of: Writing) -> str | None:
    """The survey goes once the case is closed, to a victim who wants it and can be reached (HC-146)."""
    row = closure(of.case)
    return closing_held(of) or _skipped(row and survey_wanted(of.case, _about(of, row), of.now))


def _skipped(start: object) -> str | None:
    return start.why if isinstance(start, Skip) else None


def _about(of: Writing, row: Closure | None = None) -> Subject:
    return Subject("", "", of.incident, of.to, row)


def _if_again(of: Writing) -> str | None:
    """What was agreed at the latest of this victim's interviews that says so."""
    told = [x for x in of.case.interviews if x.with_ is c.InterviewKind.VICTIM and x.result is c.InterviewResult.HELD
            and of.to and names(of.case, x.person_id, of.to) and known(x.if_again)]  # fmt: skip
    latest = max(told, key=lambda x: x.happened_at or x.created_at, default=None)
    return known(latest.if_again) if latest else None


K = c.LetterKind
LETTERS = (
    Entry(K.ACKNOWLEDGEMENT, "acknowledgement", first_letter, held),
    Entry(K.PROGRESS, "progress", in_words, held),
    Entry(K.DELAY, "delay", delay, delay_held),
    Entry(K.VICTIM_OUTCOME, "victim_outcome", outcome, outcome_held),
    Entry(K.CLOSING, "closing", in_words, closing_held),
    Entry(K.SURVEY, "survey", facts, survey_held),
    Entry(K.ACTION_PLAN, "action_plan", action_plan, plan_held),
    Entry(K.SUPPORT_LIST, "support_list", support, held),
    Entry(K.LOAN, "loan", in_words, loan_held),
    Entry(K.TRANSFER_FORM, "transfer_form", facts, held),
)
