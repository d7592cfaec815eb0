"""Evidence of interviews: held, noted, signed.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from automations.evidence.shown import Found, earliest, is_about, row_shows
from automations.model import Case, Interview
from automations.subjects import Subject, is_theirs
from schema import choices as c


def victim_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.VICTIM)


def witness_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.WITNESS)


def perpetrator_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.PERPETRATOR)


def victim_note_saved(case: Case, s: Subject) -> Found:
    """The note of a victim's interview, once it says what happened, who saw it and what it did to them (HC-058)."""
    row = s.record
    return note_saved(case, s) if isinstance(row, Interview) and not note_lacks(row) else None


def note_lacks(row: Interview) -> list[str]:
    """The cells that a victim's note still needs: its account may be in the attached file (HC-056e, HC-058)."""
    account = [] if (row.account or "").strip() or row.notes else ["Account"]
    return account + ([] if (row.impact or "").strip() else ["Impact"])


def note_saved(case: Case, s: Subject) -> Found:
    row = s.record
    return row_shows("Interviews", row, row.note_saved_at) if isinstance(row, Interview) else None


def statement_signed(case: Case, s: Subject) -> Found:
    row = s.record
    return row_shows("Interviews", row, row.statement_signed_at) if isinstance(row, Interview) else None


def _interviewed(case: Case, s: Subject, kind: c.InterviewKind) -> Found:
    def theirs(x: Interview) -> bool:
        if kind is c.InterviewKind.VICTIM:
            return is_theirs(case, s.person, x.person_id)
        return s.person is not None and x.person_id == s.person.id

    return earliest(
        row_shows("Interviews", x, x.happened_at)
        for x in case.interviews
        if x.with_ is kind and x.result is c.InterviewResult.HELD and theirs(x) and is_about(case, s, x.incident_id)
    )
