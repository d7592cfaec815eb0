"""Packing: what the outbox asks for, made by the one exit with the landlord's letterhead, secret and answers.

In: a case just read, what may be told of it, an officer's words. Out: a payload.
Never here: what may be told (automations/outbox), a field of a message (payload.py).
"""

from collections.abc import Callable, Sequence
from datetime import date

from automations.model import Area, Case, Disclosure, Diversity, Incident
from schema.choices import FieldGroup, Purpose
from sync.partners import payload, telling
from sync.partners.messages import Packed
from sync.partners.monthly import Return, monthly_return, reported_in
from sync.partners.payload import Payload
from sync.partners.shown import shown
from sync.partners.telling import Letterhead


class Packing:
    """Makes messages, recalls and corrections for one landlord. `diversity` reads the answers of cases by their
    references, when they are needed.
    """

    def __init__(
        self, landlord: Letterhead, secret: bytes, diversity: Callable[[Sequence[str]], Sequence[Diversity]]
    ) -> None:
        self._landlord = landlord
        self._secret = secret
        self._diversity = diversity

    def message(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: str | None
    ) -> Payload:
        """What the disclosure's purpose tells its partner. NeedsAPerson, with the reason, where it cannot."""
        counted = self._counted(case, area)
        return payload.message(case, incident, says, area, self._landlord, counted, self._secret, words, about)

    def correction(
        self, case: Case, incident: Incident, says: Disclosure, area: Area, words: str, about: str | None, under: str
    ) -> Payload:
        """The record as it should be, for whoever got the message under that key."""
        counted = self._counted(case, area)
        return payload.correction(
            case, incident, says, area, self._landlord, counted, self._secret, under, words, about
        )

    def recall(self, case: Case, incident: Incident, purpose: Purpose, under: str, by: date) -> Payload:
        """The message that went under that key called back: to stop and delete by that day."""
        return payload.recall(case, incident, purpose, under, by, self._landlord, self._secret)

    def shown(self, packed: Packed) -> str:
        """What that would tell and what stays here, without a value."""
        return shown(packed)

    def counts(self, cases: Sequence[Case], area: Area, month: str) -> Return:
        """The counts of that month ("2026-10") for the area's partnership, without what it agreed not to be sent."""
        counted = [case for case in cases if any(reported_in(x) == month for x in case.incidents)]
        hears = bool(counted) and FieldGroup.DIVERSITY not in area.left_out
        answers = self._diversity([case.reference for case in counted]) if hears else ()
        return monthly_return(cases, area, month, answers, self._landlord.name)

    def counts_key(self, of: str) -> str:
        """The key that a return goes under: one for an area's month, whatever is counted in it."""
        return telling.keyed(self._secret, "return", of)

    def _counted(self, case: Case, area: Area) -> Sequence[Diversity]:
        return () if FieldGroup.DIVERSITY in area.left_out else self._diversity([case.reference])
