"""The organisation's own duties: area reviews, forums, prevention, policy reviews, training (14.0 to 18.0).

In: the organisation as read, the rules, the moment. Out: effects. Deciding again on what they made gives none.
Never here: a clock, a platform; anything that rings. What is lacking stands on the row that lacks it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from automations.decide import action_rows, differing
from automations.duties import Duty
from automations.effects import Write
from automations.model import Action, Area, AreaReview, PolicyReview, Prevention, Row, Training
from automations.organisation import area_reviews, forums, policy, prevention, training
from automations.organisation.duties import owed
from automations.organisation.whole import Organisation, Whole
from automations.remembered import Whose
from automations.rules import Rules
from automations.vanished import NOT_OWED

DELETED = "The row that it was about was deleted."


def asked(org: Organisation, now: datetime, rules: Rules) -> list[Write]:
    """What should be so of the organisation now: its Actions rows, and what each of its records lacks."""
    return [
        *action_rows(org.actions, owed(org, rules), _whose, {}, now, lambda row: _why(org, row)),
        *(w for x in org.office.areas for w in _area(org, x, now)),
        *(w for x in area_reviews.of_no_area(org) for w in _missing("Area reviews", x, area_reviews.no_area(org, x))),
        *(w for x in org.policy_reviews for w in _missing("Policy reviews", x, policy.lacks(org, x))),
        *(w for x in org.training for w in _missing("Training", x, training.lacks(org, x))),
        *(w for x in org.prevention for w in _missing("Prevention", x, prevention.lacks(org, x))),
    ]


def told(org: Organisation) -> list[tuple[str, str]]:
    """What no row of its own can say: cells of staff, forums and their meetings that could not be used."""
    here = ("Staff ", "Forums ", "Forum meetings ", "Actions ")
    return [("Organisation", said) for said in org.problems if said.startswith(here)]


def _whose(duty: Duty) -> Whose:
    assert isinstance(duty.subject, Whole), "a duty of the organisation"
    return duty.subject


def _why(org: Organisation, row: Action) -> str:
    """Why nobody owes an action any more: its area, review or member of staff was deleted, or nothing is owed."""
    about: dict[str, Iterable[Row]] = {
        "area_review": org.office.areas, "staff_briefing": org.policy_reviews,
        "induction_briefing": org.office.staff, "role_training": org.office.staff,
    }  # fmt: skip
    id = (row.key or "").removeprefix(f"{row.step}/").partition("/")[0]
    rows = about.get(row.step or "")
    return NOT_OWED if rows is None or any(x.id == id for x in rows) else DELETED


def _area(org: Organisation, area: Area, now: datetime) -> Iterator[Write]:
    """What each review of the area lacks and is to look at; on the last, what the forum register lacks."""
    rows = area_reviews.looked(org, area, now)
    for looked in rows:
        row = looked.review
        partnership = _lines(forums.lacks(org, area)) if looked is rows[-1] else row.partnership
        cells = {"What is missing": _lines(looked.missing), "Late or left out": _lines(looked.to_look_at),
                 "Partnership work": partnership}  # fmt: skip
        stand = {"What is missing": row.missing, "Late or left out": row.late, "Partnership work": row.partnership}
        if changed := differing(cells, stand):
            yield Write("Area reviews", f"Area reviews {row.id}", changed, record=row.id)


def _missing(
    table: str, row: AreaReview | PolicyReview | Training | Prevention, lacks: Iterable[str]
) -> Iterator[Write]:
    if changed := differing({"What is missing": _lines(lacks)}, {"What is missing": row.missing}):
        yield Write(table, f"{table} {row.id}", changed, record=row.id)


def _lines(said: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(said)) or None
