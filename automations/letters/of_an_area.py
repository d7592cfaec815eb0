"""Of an area: the sheet for the fortnightly look at all its cases (HC-138 to HC-140).

In: the area's name and rows of plain words, as organisation/area_reviews.py has them. Out: facts for the sheet.
Never here: a person's name. It is of no one case, so it is no row of the catalogue of letters.
"""

from collections.abc import Iterable

from automations.letters.facts import AreaFacts, Landlord, OfficerFacts, Reviewed
from automations.letters.reader import known

TEMPLATE = "area_review"
"""Made with `render_pdf(TEMPLATE, sheet(...), large=False, language="en")`."""


def sheet(landlord: Landlord, area: str, rows: Iterable[tuple[str, str]], partnership: Iterable[str] = ()) -> AreaFacts:
    """Each case by its reference with one step that was late or left out, "" where none was; a row a step."""
    lines = tuple(rows)
    return AreaFacts(
        landlord=landlord,
        reference=area,
        recipient_name=None,
        recipient_address=(),
        officer=OfficerFacts(),
        references=tuple(dict.fromkeys(case for case, _ in lines)),
        cases=tuple(Reviewed(case=case, late=known(late)) for case, late in lines),
        partnership=tuple(filter(None, map(known, partnership))),
    )
