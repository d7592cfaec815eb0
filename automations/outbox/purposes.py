"""Purposes: one row a thing that partners are told, with whose agreement or which law it rests on.

In: nothing. Out: RULES, by purpose.
Never here: what is in a message (sync/partners), or code that works anything out (disclosing.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from automations.model import Area
from schema.choices import Option, Purpose


class Whose(StrEnum):
    """Whose agreement it takes."""

    EACH = "each who agreed is named"
    ALL = "everybody harmed must agree"
    NOTICE = "as the notice: by name, for statistics, or waiting"
    NOBODY = "the law's"


class To(StrEnum):
    """Which partners a purpose may go to at all."""

    AGREED = "the organisation that the answer names"
    POLICE = "a partner that the office base says is a police body"
    COLLECTS = "whom an area names for it"
    LANDLORD = "the landlord whom People names for this person"


@dataclass(frozen=True, slots=True)
class Rule:
    """One purpose. `steps` ask for it; `collects` is whom an area names for it, by record id."""

    purpose: Purpose
    option: Option | None
    whose: Whose
    to: To
    needs: tuple[str, ...]
    steps: tuple[str, ...] = ()
    collects: Callable[[Area], str | None] | None = None
    may_be_overridden: bool = False
    """Whether two managers may decide in place of an agreement (A-16)."""
    names_the_accused: bool = False
    """Whether linked alleged perpetrators, and willing witnesses, are named too, on grounds of their own (R-15)."""
    gates: tuple[str, ...] = ()
    """What else must be so, by the names of GATES in disclosing.py."""
    of_one: bool = False
    """Whether it is about one person, so that of several victims Person says which."""
    needs_words: bool = False
    """Whether there is no such message without an officer's Words for the partner."""
    sent_by_manager: bool = False
    """Whether a line manager must be the one who decides that it goes, as with the letter."""
    sent_by_itself: bool = False
    """Whether it goes without anybody's Decision."""
    help: bool = False
    """Whether it is help, which triage does not stop (R-19)."""


_ROWS = (
    Rule(Purpose.CDRP_NOTICE, Option.CDRP, Whose.NOTICE, To.COLLECTS, ("HC-052",), ("notify_cdrp",),
         lambda area: area.partner_id, sent_by_itself=True),
    Rule(Purpose.CDRP_UPDATE, Option.CDRP, Whose.NOTICE, To.COLLECTS, ("HC-117",), ("cdrp_update",),
         lambda area: area.partner_id, gates=("after_the_notice",)),
    Rule(Purpose.POLICE, Option.POLICE, Whose.EACH, To.POLICE, ("HC-063",), ("police_referral",),
         lambda area: area.police_id, may_be_overridden=True, names_the_accused=True),
    Rule(Purpose.POLICE_INFORMATION, Option.POLICE, Whose.ALL, To.POLICE, ("HC-055",), needs_words=True,
         may_be_overridden=True, names_the_accused=True),
    Rule(Purpose.SUPPORT, Option.SUPPORT, Whose.EACH, To.AGREED, ("HC-051",), ("support_referral",),
         may_be_overridden=True, of_one=True),
    Rule(Purpose.HOMELESSNESS, Option.HOMELESSNESS, Whose.EACH, To.COLLECTS, ("HC-015",), ("homelessness_help",),
         lambda area: area.homeless_unit_id, may_be_overridden=True, of_one=True, help=True),
    Rule(Purpose.SAFEGUARDING, None, Whose.NOBODY, To.COLLECTS, ("HC-022",), ("safeguarding_report",),
         lambda area: area.social_services_id, gates=("somebody_at_risk",), help=True),
    Rule(Purpose.OTHER_LANDLORD, Option.AGENCY, Whose.ALL, To.LANDLORD, ("HC-095", "HC-096"), ("landlord_request",),
         may_be_overridden=True, needs_words=True, gates=("police_not_waiting", "still_open")),
    Rule(Purpose.DIRECTOR, Option.AGENCY, Whose.ALL, To.LANDLORD, ("HC-116",), ("director_notice",),
         may_be_overridden=True, gates=("director_decided", "police_not_waiting", "still_open"),
         needs_words=True, sent_by_manager=True),
    Rule(Purpose.FORUM, Option.AGENCY, Whose.ALL, To.AGREED, ("HC-129",), may_be_overridden=True),
)  # fmt: skip
RULES: dict[Purpose, Rule] = {rule.purpose: rule for rule in _ROWS}
ASKED_BY: dict[str, Purpose] = {step: rule.purpose for rule in _ROWS for step in rule.steps if not rule.sent_by_itself}
"""Which purpose a step asks for."""
