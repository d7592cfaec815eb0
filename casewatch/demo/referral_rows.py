"""Referral rows: what staff refer of the older cases, to whom, what they entered for it, and what they decided.

In: nothing. Out: rows by the number of the older case (older_cases.py).
Never here: a State (the runner's), a victim's own account, a real organisation.
"""

from dataclasses import dataclass
from enum import Enum, auto

from casewatch.demo.by_hand import Ago, Row, The, Typed
from casewatch.demo.partners import COUNCIL, LISTENING, POLICE, SERVICES, SHORE, WATCH
from schema import choices as c

P, SEND = c.Purpose, c.ReferralDecision.SEND


class By(Enum):
    """Who decides. The audit names them."""

    NOBODY = auto()
    OFFICER = auto()
    MANAGER = auto()


@dataclass(frozen=True, slots=True)
class Referred:
    """One referral of an older case. `taken_back`: the victim says no once it went."""

    case: int
    purpose: c.Purpose
    partner: str
    by: By = By.OFFICER
    decision: c.ReferralDecision = SEND
    person: str = "victim"
    words: str = ""
    because: str = ""
    """Why it is not to be sent."""
    by_hand: Ago | None = None
    taken_back: bool = False

    @property
    def label(self) -> str:
        """Neutral, and its own on the case."""
        return f"{self.purpose}, {'by telephone' if self.by_hand else 'in writing'}: {self.partner}"


def _yes(case: int, option: c.Option, organisation: str) -> Row:
    said: dict[str, Typed] = {"Answer": c.Answer.YES, "Given at": Ago(6), "Given by": c.GivenBy.VICTIM,
                              "How given": c.HowGiven.SPOKEN, "Victim": The("victim")}  # fmt: skip
    return Row(case, "Consents", {"Option": option, "Organisation": organisation, **said})


AGREED = (
    _yes(4, c.Option.SUPPORT, LISTENING),
    _yes(6, c.Option.SUPPORT, WATCH),
    _yes(8, c.Option.SUPPORT, LISTENING),
    _yes(13, c.Option.SUPPORT, LISTENING),
    Row(13, "Incidents", {"Children at risk": c.YesNo.YES}, of="incident"),
    _yes(14, c.Option.HOMELESSNESS, COUNCIL),
)
"""What staff entered for them beside what the letters needed."""

REFERRALS = (
    Referred(4, P.SUPPORT, LISTENING, By.NOBODY, words="Somebody to talk to in the evenings would help."),
    Referred(5, P.SUPPORT, LISTENING, By.NOBODY),
    Referred(6, P.SUPPORT, WATCH, words="Please ring in the daytime."),
    Referred(7, P.POLICE, POLICE, By.NOBODY, person="", by_hand=Ago(18)),
    Referred(7, P.OTHER_LANDLORD, SHORE, person="accused",
             words="Rubbish was left at a front door near by on four mornings. May we meet your tenant with you?"),
    Referred(8, P.SUPPORT, LISTENING, words="Please write, and do not ring.", taken_back=True),
    Referred(11, P.HOMELESSNESS, COUNCIL, words="Any evening will do."),
    Referred(11, P.SUPPORT, LISTENING, words="Please ring before noon."),
    Referred(11, P.POLICE, POLICE, By.NOBODY, person="", words="The police asked for time to trace whoever it was."),
    Referred(13, P.SAFEGUARDING, SERVICES, By.MANAGER, words="A child in the home has stopped going to school."),
    Referred(13, P.SUPPORT, LISTENING, decision=c.ReferralDecision.DO_NOT,
             because="They found a counsellor of their own."),
    Referred(14, P.HOMELESSNESS, COUNCIL, words="A place near the school would help.", taken_back=True),
)  # fmt: skip
"""The referrals, in the order in which staff made them."""
WAYS_BACK = {P.SUPPORT: c.Option.SUPPORT, P.HOMELESSNESS: c.Option.HOMELESSNESS}
"""Which answer a victim takes back."""
