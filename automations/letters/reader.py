"""Reader: who a letter goes to and who writes it, as the letter says it.

In: people and staff as recorded. Out: names, lines for the envelope, the officer's details.
Never here: an address guessed or mended; a part that is not known is left out.
"""

import re

from automations.letters.facts import OfficerFacts
from automations.letters.words import clean
from automations.model import Person, Staff
from automations.postcodes import written


def officer(who: Staff | None) -> OfficerFacts:
    if who is None or who.has_left:
        return OfficerFacts()
    return OfficerFacts(
        name=known(who.name),
        job_title=known(who.job_title),
        office=known(who.office_address),
        email=known(who.email),
        telephone=known(who.telephone),
        mobile=known(who.mobile),
    )


def known(words: str | None) -> str | None:
    return clean(words or "") or None


def paragraphs(words: str | None) -> tuple[str, ...]:
    """What somebody wrote, line by line, without the empty ones."""
    return tuple(line for part in (words or "").splitlines() if (line := clean(part)))


def address(person: Person) -> tuple[str, ...]:
    """The lines for the envelope, the postcode last and once; none where either part is not known."""
    postcode = written(clean(person.postcode or ""))
    lines = [line for part in re.split(r"[,\n]", person.address or "") if (line := clean(part))]
    if not lines or not postcode:
        return ()
    again = re.compile(" ?".join(map(re.escape, postcode.replace(" ", ""))) + "$", re.IGNORECASE)
    return (*filter(None, (*lines[:-1], again.sub("", lines[-1]).strip())), postcode)
