"""Plan lines: the action plan as a letter lists it, for the victim whose plan it is.

In: what a letter is written from. Out: lines, by what the victim answered or by what became of each.
Never here: the answer of another victim; whom an answer is about; an answer counted that consent.py does not allow.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from automations.consent import Says, standing
from automations.letters.facts import PlanLine
from automations.letters.languages import listed
from automations.letters.reader import known
from automations.letters.writing import Writing
from automations.model import Consent
from automations.plan import agreed
from automations.subjects import is_theirs
from schema import choices as c


class Answers(NamedTuple):
    """Every option of the plan, by what the victim said to it (HC-026)."""

    agreed: tuple[PlanLine, ...] = ()
    refused: tuple[PlanLine, ...] = ()
    undecided: tuple[PlanLine, ...] = ()
    not_for_them: tuple[PlanLine, ...] = ()

    @property
    def reads_two_ways(self) -> bool:
        """Whether one line stands under two answers: they are about two people, whom the letter does not name."""
        return len({line for lines in self for line in lines}) < sum(map(len, self))


def answers(of: Writing) -> Answers:
    """The victim's answers as the plan to sign gives them (HC-023, HC-026, HC-108).

    A yes that waits only for a new version of the plan stands as a yes: this is that version.
    """
    found: dict[str, list[PlanLine]] = defaultdict(list)
    for row in _in_order(of):
        found[_said(of, row)].append(_line(row, of.language))
    return Answers(**{said: tuple(dict.fromkeys(lines)) for said, lines in found.items()})


def results(of: Writing) -> tuple[PlanLine, ...]:
    """What the victim agreed to, with what was done and, where it was not, why (HC-101)."""
    together: dict[object, list[Consent]] = defaultdict(list)
    for row in agreed(of.case, of.to, of.incident, of.now) if of.to else ():
        together[row.option, (row.organisation or "").casefold().strip(), row.about_id].append(row)
    lines = (_result(rows, of.language) for rows in sorted(together.values(), key=lambda rows: _place(rows[0])))
    return tuple(dict.fromkeys(lines))


def _in_order(of: Writing) -> list[Consent]:
    """The victim's rows for this incident, as the plan lists its options."""
    theirs = [x for x in of.case.consents if of.to and x.option and is_theirs(of.case, of.to, x.victim_id)
              and x.incident_id in (None, of.incident.id)]  # fmt: skip
    return sorted(theirs, key=_place)


def _said(of: Writing, row: Consent) -> str:
    assert of.to
    assert row.option
    says = standing(of.case, row.option, of.to, of.incident, of.now, organisation=row.organisation or None,
                    about=of.case.person(row.about_id))  # fmt: skip
    rests_on_yes = says.consent is not None and says.consent.answer is c.Answer.YES and not says.consent.withdrawn_at
    if says.says is Says.YES or rests_on_yes:
        return "agreed"
    if says.says is Says.NO:
        return "refused"
    return "not_for_them" if row.answer is c.Answer.NOT_APPLICABLE else "undecided"


def _line(row: Consent, language: str) -> PlanLine:
    assert row.option
    return PlanLine(what=listed(language, "options.yaml")[row.option.name], organisation=known(row.organisation),
                    scope=known(row.scope), withhold=known(row.withhold))  # fmt: skip


def _result(rows: list[Consent], language: str) -> PlanLine:
    """One line for every yes to the same thing."""
    line = _line(rows[0], language)
    return PlanLine(what=line.what, organisation=line.organisation,
                    scope=line.scope if rows[0].option is c.Option.OTHER else None,
                    done=_joined(x.done for x in rows), not_done=_joined(x.not_done for x in rows))  # fmt: skip


def _joined(words: Iterable[str | None]) -> str | None:
    return " ".join(dict.fromkeys(filter(None, map(known, words)))) or None


def _place(row: Consent) -> int:
    assert row.option
    return tuple(c.Option).index(row.option)
