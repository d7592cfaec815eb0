"""At the gate: a case on which contact is allowed, and what the gate says.

In: a made-up case and whom it is asked about. Out: the sentence that shuts the gate, or an empty text.
Never here: a test.
"""

from typing import Any

from automations.gates import shut
from automations.model import Case
from schema import choices as c
from tests.unit.automations.made_up import case, check, consent, incident, subject
from tests.unit.automations.who_and_when import ACCUSED, NOW

CONTACT = ("perpetrator_contact",)


def ready(**parts: Any) -> Case:
    """A case on which everything allows contact: the victim said no to the police, who do not know."""
    told: dict[str, Any] = {
        "incidents": (incident(police_know=c.PoliceTold.NO),), "checks": (check(),),
        "consents": (consent(), consent(c.Option.POLICE, c.Answer.NO, id="c2")), **parts,
    }  # fmt: skip
    return case(**told)


def contact(of: Case, who: Any = ACCUSED) -> str:
    """What shuts contact with somebody on that case."""
    return shut(CONTACT, of, subject(of, who), NOW)
