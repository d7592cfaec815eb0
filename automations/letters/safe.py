"""Safe: whether a letter may be written to this person at all. These rules hold from the first letter.

In: a case and a victim or witness on it. Out: None, or one plain sentence that says why not and what opens it.
Never here: a person's name, or a guess. What nobody has asked is shut.
"""

from automations.model import Approval, Case, Incident, Person
from automations.model.homes import may_be_same_home, same_home
from automations.rules import is_line_manager
from schema import choices as c


def why_held(case: Case, to: Person, incident: Incident) -> str | None:
    """Why no letter may be written to this victim's home; None where one may.

    Where nobody knows whether the alleged perpetrator lives there, the victim's own word that a letter is
    safe is enough for a letter to that victim: they know who opens their post. Where only e-mail is safe and they
    asked for letters that way, one is written and may not be posted (sent.py).
    """
    if to.role is not c.PersonRole.VICTIM and to.id not in incident.victim_ids:
        return "This letter is for the victim, and the person it names is not entered as one."
    if any(person.id == to.id for person in case.perpetrators):
        return "The person it names is entered as a victim and as an alleged perpetrator: put right which."
    if not to.safe_ways:
        return "Nobody has asked the victim which ways to reach them are safe."
    if c.Channel.LETTER not in to.safe_ways and not to.has_letters_by_email:
        safe = ", ".join(way for way in c.Channel if way in to.safe_ways)
        return f"The victim has not said that a letter to the home is safe. What is safe: {safe}."
    if _shares_home(case, to) and not _manager_agreed(case, to, incident):
        return (
            "The alleged perpetrator may live at the victim's address: "
            f"a line manager's approval ({c.Matter.SHARED_ADDRESS}) for this person comes first."
        )
    return None


def why_witness_held(case: Case, to: Person, incident: Incident) -> str | None:
    """Why no letter may be written to this witness's home; None where one may (HC-077, HC-080).

    Only where the witness said that a letter is safe: whoever else opens it learns that they spoke to us.
    """
    if to.role is not c.PersonRole.WITNESS and to.id not in incident.witness_ids:
        return "This letter is for a witness, and the person it names is not entered as one."
    if any(person.id == to.id for person in (*case.perpetrators, *case.victims, *case.persons(incident.victim_ids))):
        return "The person it names is entered as a witness and as somebody else too: put right which."
    if to.evidence_use is c.WitnessUse.UNWILLING:
        return "The witness does not want their evidence used: nothing is asked of them."
    if c.Channel.LETTER not in to.safe_ways and not to.has_letters_by_email:
        return "The witness has not said that a letter to the home is safe."
    if _may_meet_the_accused(case, to) and not _manager_agreed(case, to, incident):
        return (
            "The alleged perpetrator may live at the witness's address: "
            f"a line manager's approval ({c.Matter.SHARED_ADDRESS}) for this person comes first."
        )
    return None


def _may_meet_the_accused(case: Case, witness: Person) -> bool:
    """Whether an alleged perpetrator may open this witness's post: at home there, or at a victim's home that is it."""
    with_a_victim = any(_shares_home(case, v) and may_be_same_home(v, witness) for v in case.victims)
    return with_a_victim or any(may_be_same_home(person, witness) for person in case.perpetrators)


def _shares_home(case: Case, victim: Person) -> bool:
    """Whether anything on the case says that an alleged perpetrator lives with this victim."""
    return case.perpetrator_at_home is c.YesNo.YES or any(
        person.lives_with_victim is c.YesNo.YES or same_home(person, victim) for person in case.perpetrators
    )


def _manager_agreed(case: Case, to: Person, incident: Incident) -> bool:
    """Whether a line manager agreed, and nobody has refused since. An author nobody knows is no manager (R-25)."""
    asked = [a for a in case.approvals if a.matter is c.Matter.SHARED_ADDRESS and a.person_id == to.id]
    about = [a for a in asked if a.incident_id in {None, incident.id}]
    agreed = [a for a in about if a.decision is c.Decision.AGREED and is_line_manager(case, a)]
    refused = [a for a in about if a.decision is c.Decision.REFUSED or a.altered]
    return bool(agreed) and max(map(_when, agreed)) > max(map(_when, refused), default=float("-inf"))


def _when(approval: Approval) -> float:
    return (approval.decided_recorded_at or approval.recorded_at).timestamp()
