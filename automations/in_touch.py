"""In touch: what each contact with the victim covers (6.0).

In: a case. Out: a sentence for each contact that leaves something out, and agencies that do not deliver.
Never here: a contact that does not count because something was left out.
"""

from automations.calendar import LONDON
from automations.model import Case, Contact
from schema import choices as c


def lacks(case: Case) -> list[str]:
    """A sentence for each contact made that lacks one of the four things (HC-070); records brought over are exempt."""
    said = []
    for x in case.contacts:
        before = case.imported and x.at is not None and x.at < case.created_at
        if x.result is not c.ContactResult.MADE or x.at is None or before:
            continue
        if missing := _missing(x):
            day = x.at.astimezone(LONDON)
            *most, last = missing
            words = f"{', '.join(most)} and {last}" if most else last
            said.append(f"Contacts of {day.day} {day:%B %Y}: say {words}.")
    return said


def _missing(x: Contact) -> list[str]:
    known = x.agencies_deliver is not c.YesNo.NOT_KNOWN or bool((x.agencies or "").strip())
    covered = {
        "whether progress was told (tick)": x.progress_told,
        "how the victim is coping": bool((x.coping or "").strip()),
        "whether other agencies are delivering": known,
        "what further action is needed, if only none": bool((x.further_action or "").strip()),
    }
    return [words for words, done in covered.items() if not done]
