"""What the runner keeps: letters, referrals, alerts and actions.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from automations.model.decided import Staff
from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Row):
    """One letter. Made is not sent: it is sent when staff say when and how, or once we have e-mailed it."""

    label: str | None = cell("Letter")
    key: str | None = cell("Key")
    kind: c.LetterKind | None = cell("Kind")
    state: c.LetterState | None = cell("State")
    made_at: datetime | None = cell("Made at")
    made_from: str | None = cell("Made from")
    made_for: str | None = cell("Made for")
    edited_from: str | None = cell("Edited from")
    kept_hash: str | None = cell("Hash")
    decision: c.LetterDecision | None = cell("Decision")
    sent_at: datetime | None = cell("Sent at")
    sent_how: c.Channel | None = cell("Sent how")
    emailed_at: datetime | None = cell("E-mailed at")
    email_tried_at: datetime | None = cell("E-mail tried at")
    email_said: str | None = cell("What became of the e-mail")
    revised_target: datetime | None = cell("Revised target")
    missing: str | None = cell("What is missing")
    words: str | None = cell("Words for the reader")
    addressed_to: str | None = cell("Addressed to")
    address: str | None = cell("Address")
    documents: tuple[str, ...] = ()
    """The names of the files in Document."""
    in_word: tuple[str, ...] = ()
    """The names of the files in Draft in Word."""
    edited: tuple[str, ...] = ()
    """The files in Edited document, each by its name, size and number: another file is another mark."""
    edited_pdf: tuple[str, ...] = ()
    """The names of the files in Edited as PDF."""
    no_pdf: str | None = cell("Why no PDF")
    to_id: str | None = cell("To")
    incident_id: str | None = cell("Incident")
    repair_id: str | None = cell("Repair")
    typed_over: bool = False
    """Whether it was brought along when the bases were moved, and nobody can say that State is as we left it (R-25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Row):
    """One thing told, or to be told, to a partner: a row of the outbox."""

    key: str | None = cell("Key")
    purpose: c.Purpose | None = cell("Purpose")
    partner: str | None = cell("Partner")
    form: c.ReferralForm | None = cell("Form")
    state: c.ReferralState | None = cell("State")
    why: str | None = cell("Why")
    would_leave: str | None = cell("What would leave")
    consent: str | None = cell("Consent")
    stop_asked_at: datetime | None = cell("Partner asked to stop at")
    sent_at: datetime | None = cell("Sent at")
    fingerprint: str | None = cell("Fingerprint")
    tries: int = cell("Tries", 0)
    try_again_at: datetime | None = cell("Try again at")
    by_hand_at: datetime | None = cell("Made by hand at")
    packs: tuple[str, ...] = ()
    """The names of the files in Pack."""
    decision: c.ReferralDecision | None = cell("Decision")
    not_sent_because: str | None = cell("Not sent: reason")
    words: str | None = cell("Words for the partner")
    goes_at: datetime | None = cell("Goes at")
    handed_to: str | None = cell("Handed to")
    went_to: str | None = cell("Went to")
    sent_under: str | None = cell("Sent under")
    reference: str | None = cell("Partner's reference")
    acknowledged_at: datetime | None = cell("Acknowledged at")
    code: str | None = cell("Partner's answer")
    answer: str | None = cell("Answer")
    wrong_because: str | None = cell("Recall because")
    recall_sent_at: datetime | None = cell("Recall sent at")
    recall_under: str | None = cell("Recall sent under")
    recall_acknowledged_at: datetime | None = cell("Recall acknowledged at")
    confirmed_at: datetime | None = cell("Partner confirmed at")
    history: str | None = cell("History")
    agreed_at: datetime | None = cell("Agreed at")
    outcome: str | None = cell("Outcome")
    outcome_at: datetime | None = None
    """When the audit saw an Outcome first; None where it tells of none."""
    incident_id: str | None = cell("Incident")
    person_id: str | None = cell("Person")
    decided_by: Staff | None = None
    """Who set Decision, as the audit and the office base say; None where either does not (R-25)."""
    decided_at: datetime | None = None
    """When the audit saw Decision set."""
    altered: str = ""
    """What was changed after Decision was set: what was decided is not what stands there."""
    confirmed_by: Staff | None = None
    """Who entered that the partner confirmed, as the audit and the office base say."""
    confirmed_recorded_at: datetime | None = None
    """When the audit saw that entered."""

    @property
    def whom(self) -> str | None:
        """Who was told, or may have been; while nothing left, whom Partner names."""
        return self.handed_to or self.partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Row):
    """One alert to a person."""

    key: str | None = cell("Key")
    acknowledged: bool = cell("Acknowledged", False)
    state: c.AlertState | None = cell("State")
    raised_at: datetime | None = cell("Raised at")
    sent_at: datetime | None = cell("Sent at")
    goes_up_at: datetime | None = cell("Goes up at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Row):
    """One step on one case, with its memory (R-10)."""

    key: str | None = cell("Key")
    step: str | None = cell("Step")
    state: c.ActionState | None = cell("State")
    due_at: datetime | None = cell("Due at")
    first_due: datetime | None = cell("First due")
    first_late_at: datetime | None = cell("First late at")
    first_done_at: datetime | None = cell("First done at")
    done_at: datetime | None = cell("Done at")
    entered_late: bool = cell("Entered late", False)
    evidence_key: str | None = cell("Evidence key")
    reopened_at: datetime | None = cell("Reopened at")
    reopened_why: str | None = cell("Reopened why")
    done_while_blocked: str | None = cell("Done while blocked")
    reason_for_lateness: str | None = cell("Reason for lateness")
    kept: dict[str, Any] = field(default_factory=dict)
    """Every runner-written cell as it stands, to write only what differs."""
