"""To neighbours and contractors: people beside the case who are told next to nothing of it.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a name of anybody on the case, an address that nobody wrote for this reader, or why.
"""

from automations.calendar import LONDON
from automations.consent import Says, all_agree
from automations.gates import shut
from automations.letters.accused import clock, ended
from automations.letters.facts import ContractorFacts, NeighbourFacts
from automations.letters.reader import address, known, officer, paragraphs
from automations.letters.unsaid import tells_of_another
from automations.letters.works import due, ordered, over, step_of
from automations.letters.writing import Entry, Writing
from automations.model import Person
from automations.model.homes import may_be_same_home
from automations.postcodes import in_text
from automations.procedure import STEP
from automations.subjects import Subject
from schema import choices as c

K = c.LetterKind
OCCUPIER = "The occupier"
PHOTOGRAPHS = "photographed"
"""The gate before the work begins. An order waits for no photograph: it asks for one (HC-060a, R-19)."""


def neighbour(of: Writing) -> NeighbourFacts:
    """A street or a building and some days, as an officer wrote them for whoever opens the letter (HC-076)."""
    return NeighbourFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=OCCUPIER,
        recipient_address=address(_at(of)),
        officer=officer(of.officer),
        words=paragraphs(of.row.words) if of.row else (),
        dated=of.dated,
    )


def neighbour_held(of: Writing) -> str | None:
    """Only where the victims agree to it, to no home of anybody on the case, and nobody is named (HC-076)."""
    if of.to:
        return "An enquiry to neighbours names nobody: leave To empty, and enter the Address."
    if why := ended(of.case):
        return why
    agreed = all_agree(of.case, c.Option.NEIGHBOURS, of.incident, of.now)
    if agreed.says is not Says.YES:
        return f"Speaking to neighbours needs the victim's agreement. {agreed.why}"
    if any(may_be_same_home(_at(of), p) for p in of.case.perpetrators):
        return "That address is an alleged perpetrator's, or may be: no enquiry goes there."
    if any(may_be_same_home(_at(of), p) for p in of.case.people):
        return "That address is somebody's on the case, or may be: write to them as they called safe, or not at all."
    return tells_of_another(of.case, (of.row.words if of.row else None,), to=None) or None


def repair_order(of: Writing) -> ContractorFacts:
    """What to do, where and by when: as little of anybody as the work needs (HC-060b, HC-060c, HC-060d)."""
    repair = ordered(of)
    until = due(of, repair) if repair else None
    return ContractorFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.row.addressed_to) if of.row else None,
        recipient_address=address(_at(of)),
        officer=officer(of.officer),
        work=str(repair.kind) if repair and repair.kind else None,
        place=known(repair.place_of_work) if repair else None,
        inside=bool(repair and repair.where is c.Where.INSIDE),
        due_on=until.astimezone(LONDON).date() if until else None,
        due_time=clock(until) if until else None,
        late=until is not None and until <= of.now,
        way_in=known(repair.way_in) if repair else None,
        words=paragraphs(of.row.words) if of.row else (),
        photographed=bool(repair and (repair.photographed_at or (repair.no_photograph or "").strip())),
        dated=of.dated,
    )


def repair_order_held(of: Writing) -> str | None:
    """Inside a home the occupier agrees; a security measure is approved and wanted; nobody is named (HC-060e, R-19)."""
    if of.to:
        return "A repair order is for a contractor: leave To empty, and say who in Addressed to."
    repair = ordered(of)
    if repair is None:
        return "Say in Repair which work is ordered."
    if over(repair):
        return "That work is done, or not needed."
    incident = of.case.incident_of(repair.incident_id) or of.incident
    names = tuple(name for name in STEP[step_of(repair)].gates if name != PHOTOGRAPHS)
    facts = repair_order(of)
    said = (facts.place, facts.way_in, *facts.words)
    return (
        shut(names, of.case, Subject("", "", incident, record=repair), of.now)
        or tells_of_another(of.case, said, to=None, homes=False)
    ) or None


def _at(of: Writing) -> Person:
    """The address on the letter's row as it would stand on a person's."""
    text = (of.row.address if of.row else None) or ""
    return Person(id="", created_at=of.now, address=text, postcode=in_text(text))


LETTERS = (
    Entry(K.NEIGHBOUR, "neighbour_enquiry", neighbour, neighbour_held),
    Entry(K.REPAIR_ORDER, "repair_order", repair_order, repair_order_held),
)
