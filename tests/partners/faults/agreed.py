"""What was agreed and when, worked out anew from the audit alone: the product's own rules have no part in it.

In: rows of Consents with their history. Out: whether a victim's word let a partner be told at a moment.
Never here: a plan of who would agree; what the runner read.
"""

from automations.ports import Change, Platform, Record
from casewatch.demo.landlord import WEST_PARTNERSHIP
from schema import choices as c

Opt, P = c.Option, c.Purpose
OPTION = {P.POLICE: Opt.POLICE, P.SUPPORT: Opt.SUPPORT, P.HOMELESSNESS: Opt.HOMELESSNESS, P.CDRP_NOTICE: Opt.CDRP}


class Agreed:
    """Every answer of every case over time."""

    def __init__(self, bases: Platform) -> None:
        self._answers: dict[tuple[str, str], list[Answer]] = {}
        for row in bases.records("Consents"):
            of = Answer(str(row.fields["Organisation"] or ""), row, bases.history("Consents", row.id))
            self._answers.setdefault((_case(row), str(row.fields["Option"])), []).append(of)

    def by_name(self, row: Record, at: float) -> bool:
        """Whether the victim's word let the partner of this referral be told by name at that moment."""
        purpose = P(str(row.fields["Purpose"]))
        if purpose not in OPTION:
            return True
        body = str(row.fields["Partner"]) if purpose in (P.SUPPORT, P.CDRP_NOTICE) else ""
        yes = self._says(_case(row), OPTION[purpose], body, at)
        return yes and (body != WEST_PARTNERSHIP or self._says(_case(row), Opt.POLICE, "", at))

    def always(self, row: Record, now: float) -> bool:
        """Whether it does now, and nothing that was ever said of it was a no, to this partner or to another: staff look
        over what was decided before a no.
        """
        purpose = P(str(row.fields["Purpose"]))
        if purpose not in OPTION:
            return purpose is P.SAFEGUARDING
        options = [OPTION[purpose], *([Opt.POLICE] if row.fields["Partner"] == WEST_PARTNERSHIP else [])]
        rows = [x for o in options for x in self._answers.get((_case(row), str(o)), [])]
        return self.by_name(row, now) and not any(x.noes for x in rows)

    def _says(self, case: str, option: c.Option, body: str, at: float) -> bool:
        """A yes that stands, and that came after every no."""
        rows = [x for x in self._answers.get((case, str(option)), []) if not body or x.body in ("", body)]
        noes = [no for x in rows for no in x.noes if no <= at]
        return any(since is not None and since >= max(noes, default=0.0) for since in (x.yes_since(at) for x in rows))


class Answer:
    """One row of Consents over time, as the audit tells it."""

    def __init__(self, body: str, row: Record, history: list[Change]) -> None:
        self.body = body
        changes = [x for x in history if x.field in ("Answer", "Withdrawn at")]
        refusing = [x for x in changes if (x.field == "Withdrawn at" and x.after) or x.after == c.Answer.NO]
        self.noes = [x.at.timestamp() for x in refusing]
        self._yes = [x.at.timestamp() for x in changes if x.field == "Answer" and x.after == c.Answer.YES]
        if not changes and row.fields["Answer"] == c.Answer.YES:
            self._yes = [row.created_at.timestamp()]

    def yes_since(self, at: float) -> float | None:
        """Since when it has said yes; None where it did not, or does not any more."""
        last = max((x for x in self._yes if x <= at), default=None)
        return None if last is None or any(last <= no <= at for no in self.noes) else last


def _case(row: Record) -> str:
    link = row.fields["Case"]
    assert isinstance(link, tuple)
    return str(link[0])
