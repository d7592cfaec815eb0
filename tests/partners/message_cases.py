"""One message of every kind about the made-up case, with everybody on it who must not be spoken of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from partner_cases import ENTERED, LANDLORD, SECRET, a_case, a_disclosure, a_person, an_answer, an_area, ground, notice

from automations.model import Action, Basis, Case, Legal
from schema import choices as c
from sync.partners.codes import ASKED_FOR_BY, BANDS
from sync.partners.monthly import monthly_return
from sync.partners.payload import Payload, correction, message, recall

OTHER_LANDLORD = "Sampleshire Housing"
WORDS = "Please come to our office for this."
DUTY = "Data Protection Act 2018, Schedule 1, paragraph 18"
CRIME = "Prevention of crime"
EVERYBODY: tuple[Basis, ...] = (
    ground("v1", expires_on=date(2026, 12, 31)),
    ground("v2"),
    ground("p1", basis=CRIME, record="Overrides/5"),
    ground("w1"),
)
ALONE = (ground("v1"),)
TENANT = (ground("p1", basis=CRIME, record="Overrides/5"),)
SAID: Mapping[c.Purpose, dict[str, Any]] = {
    c.Purpose.CDRP_NOTICE: {"named": EVERYBODY, "replaces": "earlier"},
    c.Purpose.CDRP_UPDATE: {"named": EVERYBODY},
    c.Purpose.POLICE: {"named": EVERYBODY},
    c.Purpose.POLICE_INFORMATION: {"named": EVERYBODY},
    c.Purpose.SUPPORT: {"named": ALONE, "about": "v1"},
    c.Purpose.HOMELESSNESS: {"named": ALONE, "about": "v1"},
    c.Purpose.SAFEGUARDING: {"named": (ground("o1", basis=DUTY, record="Incidents/1"),), "about": "o1"},
    c.Purpose.OTHER_LANDLORD: {"named": TENANT, "about": "p1", "answer_by": date(2026, 3, 4)},
    c.Purpose.DIRECTOR: {"named": TENANT, "about": "p1", "answer_by": date(2026, 3, 4)},
    c.Purpose.FORUM: {"named": EVERYBODY},
}
"""Who may be named for each purpose, and about whom it is."""
NEEDS_WORDS = (c.Purpose.POLICE_INFORMATION, c.Purpose.OTHER_LANDLORD, c.Purpose.DIRECTOR)
WITHOUT_NAMES = (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE, c.Purpose.FORUM)
ANSWERS = (
    an_answer(age_band="25 to 44", religion="Sikh", ethnic_group="Asian or Asian British", disability="No"),
    an_answer(c.PersonRole.PERPETRATOR, sex="Male"),
)


def a_full_case(**given: Any) -> Case:
    """The two victims, the alleged perpetrator and the witness; a child at risk, a reporter; what is done about it."""
    case = a_case(safe_at_home=c.YesNo.NO, children_at_risk=c.YesNo.YES, **given)
    more = (
        a_person("o1", c.PersonRole.OTHER, "Edie Pretend", 5),
        a_person("r1", c.PersonRole.REPORTER, "Finn Notreal", 6),
    )
    return replace(
        case,
        people=(*case.people, *more),
        actions=(
            an_action("interview_perpetrator", c.ActionState.DONE, "incident-1/person-p1"),
            an_action("warning_letter", c.ActionState.OPEN, "incident-1/person-p1"),
            an_action("support_referral", c.ActionState.DONE, "incident-1"),
            an_action("director_notice", c.ActionState.OPEN, "incident-2/person-p1"),
        ),
        legal=(
            Legal(id="l1", created_at=ENTERED, kind=c.LegalKind.STEP, taken_at=ENTERED, step_taken="An injunction."),
        ),
    )


def an_action(step: str, state: c.ActionState, about: str) -> Action:
    return Action(id=step, created_at=ENTERED, step=step, state=state, key=f"CW-2026-0007/{step}/{about}")


def says(purpose: c.Purpose, form: c.ReferralForm = c.ReferralForm.IDENTIFIED, **given: Any) -> Any:
    """Leave to send that message."""
    by_name = SAID[purpose] if form is c.ReferralForm.IDENTIFIED else {}
    key = f"CW-2026-0007/{purpose}"
    return a_disclosure(**{
        "purpose": purpose, "form": form, "partner": OTHER_LANDLORD, "key": key, **by_name, **given,
    })  # fmt: skip


def sent(
    purpose: c.Purpose, form: c.ReferralForm = c.ReferralForm.IDENTIFIED, case: Case | None = None,
    words: str | None = WORDS, full: bool = False, **given: Any,
) -> Payload:  # fmt: skip
    """The message of that purpose and form about the first incident."""
    case = case or a_full_case()
    return message(
        case, case.incidents[0], says(purpose, form, **given), an_area(full), LANDLORD, ANSWERS, SECRET, words
    )


def a_recall(recalls: str = "a" * 32) -> Payload:
    case = a_full_case()
    return recall(case, case.incidents[0], c.Purpose.POLICE, recalls, date(2026, 3, 9), LANDLORD, SECRET)


def a_correction(
    purpose: c.Purpose = c.Purpose.POLICE, form: c.ReferralForm = c.ReferralForm.IDENTIFIED, words: str = WORDS,
    corrects: str = "a" * 32, **given: Any,
) -> Payload:  # fmt: skip
    case = a_full_case()
    return correction(
        case, case.incidents[0], says(purpose, form, **given), an_area(), LANDLORD, ANSWERS, SECRET, corrects, words
    )


def a_return(incidents: int = 7) -> Payload:
    """October's counts of an area, some of them held back."""
    october = datetime(2026, 10, 5, tzinfo=UTC)
    cases = [a_case(reference=f"CW-2026-{n:04}", first_recorded_as=october) for n in range(1, incidents + 1)]
    made = monthly_return(cases, an_area(), "2026-10", (), LANDLORD.name)
    return Payload(made.json, (), made.fingerprint, "0" * 32)


def every_message() -> dict[str, Payload]:
    """One of each, and the same with little on record, by a name for the test."""
    bare = a_full_case(happened_at=None, postcode=None, account=None, what_happened=None, police_know=c.PoliceTold.NO)
    bare = replace(bare, people=tuple(replace(x, name=None if x.id == "p1" else x.name, address=None, postcode=None,
                                              telephone=None, email=None, language=None, safe_ways=(), born_on=None)
                                      for x in bare.people))  # fmt: skip
    made = {f"{purpose.name} by name": sent(purpose) for purpose in SAID}
    made |= {f"{purpose.name} without names": sent(purpose, c.ReferralForm.STATISTICAL) for purpose in WITHOUT_NAMES}
    made |= {f"{purpose.name} with the full postcode": sent(purpose, c.ReferralForm.STATISTICAL, full=True)
             for purpose in WITHOUT_NAMES}  # fmt: skip
    made |= {f"{purpose.name} of a bare case": sent(purpose, case=bare) for purpose in SAID}
    limited = (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE, c.Purpose.POLICE, c.Purpose.SUPPORT)
    less = ground("v1", withhold="My number.", scope="My name.")
    made |= {f"{purpose.name} where somebody limits it": sent(purpose, named=(less,))
             for purpose in limited}  # fmt: skip
    theirs = (*TENANT, ground("v1", organisation=OTHER_LANDLORD))
    made["OTHER_LANDLORD with a victim"] = sent(c.Purpose.OTHER_LANDLORD, named=theirs)
    made |= {f"{purpose.name} without words": sent(purpose, words=None) for purpose in SAID
             if purpose not in NEEDS_WORDS}  # fmt: skip
    row = an_answer(**{name: next(iter(told)) for name, (_, told) in BANDS.items()})
    made |= {f"statistics of {strand.name}": notice(a_case(because_of=(strand,)), a_disclosure(), row)
             for strand in ASKED_FOR_BY}  # fmt: skip
    made |= {"recall": a_recall(), "correction": a_correction(), "monthly return": a_return()}
    made["correction of statistics"] = a_correction(c.Purpose.CDRP_NOTICE, c.ReferralForm.STATISTICAL)
    return made
