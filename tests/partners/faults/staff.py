"""What staff do in the fault run: cases, answers, referrals with their Decision, changes of mind, edits of the office.

In: a furnished landlord. Out: rows in the bases, written as each person's own account.
Never here: a cell that is the runner's; a real person.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casewatch.demo.accounts import Registrar
from casewatch.demo.landlord import EAST_PARTNERSHIP, NAME, WEST_PARTNERSHIP, email
from casewatch.demo.show import Furnished
from casewatch.local.server import Running
from schema import CASEWORK, FRONT_DESK, OFFICE
from schema import choices as c
from sync.platforms.nocodb import NocoDBPlatform

POLICE, COUNCIL, CARE = "Quayside Police", "Northgate Council", "Quayside Victim Care"
HELPLINE, SERVICES, FARSIDE = "Northside Helpline", "Harbour Social Services", "Farside Homes"
BOX, SECOND_BOX, HELP_BOX = "intake@victim-care.example", "second@victim-care.example", "desk@helpline.example"
PARTNERS: tuple[tuple[str, str, str], ...] = (
    (POLICE, "police", ""), (COUNCIL, "northgate", "housing"), (CARE, "victim-care", BOX),
    (HELPLINE, "helpline", HELP_BOX), (SERVICES, "services", ""), (FARSIDE, "farside", ""),
)  # fmt: skip
P, Opt = c.Purpose, c.Option
EACH: tuple[tuple[c.Purpose, str, c.Option | None], ...] = (
    (P.POLICE, POLICE, Opt.POLICE), (P.SUPPORT, CARE, Opt.SUPPORT), (P.SUPPORT, HELPLINE, Opt.SUPPORT),
    (P.HOMELESSNESS, COUNCIL, Opt.HOMELESSNESS), (P.SAFEGUARDING, SERVICES, None),
    (P.OTHER_LANDLORD, FARSIDE, Opt.AGENCY),
)  # fmt: skip
"""What staff write for each incident, beside the notice that goes by itself: purpose, partner, whose word it takes."""
BY_CASE = 2 * (len(EACH) + 1)
"""Referrals a case: two incidents, each with a notice and these."""
PLANS = ("yes",) * 11 + ("no",) * 3 + ("unasked",) * 2 + ("taken back",) * 4
"""What becomes of each answer, in these shares."""


@dataclass
class Told:
    """One case as staff know it."""

    id: str
    reference: str
    number: int
    east: bool
    victim: str
    perpetrator: str
    other: str = ""
    """A second victim, who is never asked."""
    incidents: tuple[str, ...] = ()
    answers: dict[tuple[c.Option, str], tuple[str, str]] = field(default_factory=dict)
    """By option and organisation: what is to become of it, and the row."""

    @property
    def partnership(self) -> str:
        return EAST_PARTNERSHIP if self.east else WEST_PARTNERSHIP


def victim_name(number: int) -> str:
    return f"Sample Persona{number:03}x"


def other_name(number: int) -> str:
    return f"Second Harmeda{number:03}x"


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Staff:
    """Everybody at the grid."""

    def __init__(self, home: Furnished, running: Running, folder: Path, seed: int) -> None:
        registrar = Registrar(running, folder)

        def at(who: str, base: Any) -> NocoDBPlatform:
            tables = {table.name: table for table in base.tables}
            return NocoDBPlatform(running.url, registrar.api_token(email(who)), NAME, tables)

        self.admin = home.admin
        self.desk, self.amber, self.coral = at("amber", FRONT_DESK), at("amber", CASEWORK), at("coral", CASEWORK)
        self.hazel, self.dahlia = at("hazel", OFFICE), at("dahlia", OFFICE)
        self.chance = random.Random(seed)
        self.cases: list[Told] = []
        self.to_change: list[tuple[Told, tuple[c.Option, str]]] = []
        self.to_agree_again: list[Told] = []

    def furnish(self) -> None:
        """The partners, whom the areas name, and who confirmed each recipient."""
        ids = self.hazel.create("Partners", [
            {"Partner": name, "Destination": at, "Recipient": box or None,
             "Is it a police body": c.YesNo.YES if name == POLICE else c.YesNo.NO}
            for name, at, box in PARTNERS
        ])  # fmt: skip
        by_name = dict(zip((name for name, *_ in PARTNERS), ids, strict=True))
        self.hazel.update("Areas", [
            (area.id, {"Police": (by_name[POLICE],), "Homeless persons unit": (by_name[COUNCIL],),
                       "Social services": (by_name[SERVICES],)})
            for area in self.hazel.records("Areas")
        ])  # fmt: skip
        for name, _, box in PARTNERS:
            if box:
                self.confirm(name, box)

    def confirm(self, partner: str, box: str) -> None:
        """A second person, who asked the partner, says so."""
        self.dahlia.create("Recipient confirmations", [{
            "Confirmation": "Asked by telephone", "Recipient": box, "Decision": c.Decision.AGREED,
            "How we know": "Rang the number that we had.", "Partner": (self._partner(partner),),
        }])  # fmt: skip

    def edit_partner(self, name: str, **cells: Any) -> None:
        told = {key.replace("_", " ").capitalize(): value for key, value in cells.items()}
        self.hazel.update("Partners", [(self._partner(name), told)])

    def report(self, cases: int) -> None:
        """Reports typed at the front desk. One in four is three weeks old."""
        rows = []
        for n in range(1, cases + 1):
            at = now() - (timedelta(days=21) if n % 4 == 0 else timedelta(hours=3))
            rows.append({
                "Victim's name": victim_name(n), "Address": f"{n} Example Row", "First reported at": at, "Send": True,
                "Postcode": "ZZ9 1AA" if n % 3 == 0 else "ZZ1 4AB", "Received by": "Front desk",
                "Reporter is": c.Reporter.VICTIM, "What happened": f"Words were shouted ({n}).",
                "Kind of incident": (c.IncidentType.VERBAL,), "Because of": (c.Strand.RACE,),
                "Alleged perpetrator's name": f"Example Accusedby{n:03}x",
                "Alleged perpetrator lives in": c.LivesIn.OTHER_LANDLORD,
            })  # fmt: skip
        self.desk.create("Reports", rows)

    def take_up(self) -> None:
        """The second incident, the answers and the referrals of every case, in batches."""
        self._know_cases()
        self.amber.update("People", [(x.perpetrator, {"Their landlord": FARSIDE}) for x in self.cases])
        two = [x for x in self.cases if x.number % 5 == 0]
        ids = self.amber.create("People", [
            {"Case": (x.id,), "Role": c.PersonRole.VICTIM, "Name": other_name(x.number)} for x in two
        ])  # fmt: skip
        for case, id in zip(two, ids, strict=True):
            case.other = id
        ids = self.amber.create("Incidents", [
            {"Case": (x.id,), "Victims": self._harmed(x), "Alleged perpetrators": (x.perpetrator,),
             "Incident": "A second time", "First reported at": now() - timedelta(hours=2), "Received by": "Front desk",
             "Reporter is": c.Reporter.VICTIM, "Kind of incident": (c.IncidentType.VERBAL,),
             "Because of": (c.Strand.RACE,), "Children at risk": c.YesNo.YES}
            for x in self.cases
        ])  # fmt: skip
        for case, id in zip(self.cases, ids, strict=True):
            case.incidents = (*case.incidents, id)
        self.amber.update("Incidents", [
            (x.incidents[0], {"Children at risk": c.YesNo.YES, "Victims": self._harmed(x)}) for x in self.cases
        ])  # fmt: skip
        self._ask()
        ids = self.amber.create("Referrals", [
            {"Case": (x.id,), "Incident": (incident,), "Purpose": purpose, "Partner": partner,
             "Person": (x.perpetrator if purpose is P.OTHER_LANDLORD else x.victim,),
             "Referral": f"{x.reference}: {purpose}", "Words for the partner": "Please interview your tenant."}
            for x in self.cases for incident in x.incidents for purpose, partner, _ in EACH
        ])  # fmt: skip
        # Once the row is whole: what is changed after a Decision is decided on anew, links too.
        self.amber.update("Referrals", [(id, {"Decision": c.ReferralDecision.SEND}) for id in ids])

    def changes_mind(self, heard: Collection[tuple[str, str]] = ()) -> bool:
        """One victim takes an answer back: more often than not one whose partner, by (case, name), has heard of it.

        False: nobody has anything to change.
        """
        if self.to_change:
            told = [x for x in self.to_change if (x[0].id, x[1][1] or POLICE) in heard]
            chosen = self.chance.choice(told if told and self.chance.random() < 0.6 else self.to_change)
            self.to_change.remove(chosen)
            case, of = chosen
            how = {"Withdrawn at": now()} if self.chance.random() < 0.5 else {"Answer": c.Answer.NO}
            self.amber.update("Consents", [(case.answers[of][1], how)])
            if of[0] is Opt.CDRP and self.chance.random() < 0.5:
                self.to_agree_again.append(case)
            return True
        return False

    def agrees_again(self) -> bool:
        """A new version of the plan, and a yes (R-13)."""
        if not self.to_agree_again:
            return False
        case = self.to_agree_again.pop()
        self.amber.create("Action plan", [
            {"Case": (case.id,), "Victim": (case.victim,), "Version": "2", "Agreed at": now()}
        ])  # fmt: skip
        self.amber.create("Consents", [self._answer(case, Opt.CDRP, case.partnership, c.Answer.YES)])
        return True

    def confirm_recalls(self) -> int:
        """Whoever has not answered a recall is rung, and says that it was deleted."""
        waiting = [r.id for r in self.amber.records("Referrals") if r.fields["State"] == c.ReferralState.RECALL_SENT]
        self.amber.update("Referrals", [(id, {"Partner confirmed at": now()}) for id in waiting])
        return len(waiting)

    def _know_cases(self) -> None:
        people = self.amber.records("People")
        incidents = self.amber.records("Incidents")
        for case in self.amber.records("Cases"):
            of = {r.fields["Role"]: r for r in people if r.fields["Case"] == (case.id,)}
            victim = of[c.PersonRole.VICTIM]
            self.cases.append(Told(
                case.id, str(case.fields["Reference"]), int(str(victim.fields["Name"])[-4:-1]),
                victim.fields["Postcode"] == "ZZ1 4AB", victim.id, of[c.PersonRole.PERPETRATOR].id,
                incidents=tuple(r.id for r in incidents if r.fields["Case"] == (case.id,)),
            ))  # fmt: skip

    def _ask(self) -> None:
        """Every victim is asked; what each said, and will say, is drawn."""
        rows: list[dict[str, Any]] = []
        of_row: list[tuple[Told, tuple[c.Option, str]]] = []
        for case in self.cases:
            asked = [(Opt.CDRP, case.partnership), *((o, p if o is not Opt.POLICE else "") for _, p, o in EACH if o)]
            for option, body in asked:
                plan = self.chance.choice(PLANS)
                case.answers[option, body] = plan, ""
                if plan != "unasked":
                    rows.append(self._answer(case, option, body, c.Answer.NO if plan == "no" else c.Answer.YES))
                    of_row.append((case, (option, body)))
                if plan == "taken back":
                    self.to_change.append((case, (option, body)))
        for (case, key), id in zip(of_row, self.amber.create("Consents", rows), strict=True):
            case.answers[key] = case.answers[key][0], id

    def _answer(self, case: Told, option: c.Option, body: str, said: c.Answer) -> dict[str, Any]:
        return {"Case": (case.id,), "Victim": (case.victim,), "Option": option, "Organisation": body or None,
                "Answer": said, "Given at": now(), "Given by": c.GivenBy.VICTIM,
                "How given": c.HowGiven.SPOKEN}  # fmt: skip

    def _harmed(self, case: Told) -> tuple[str, ...]:
        return tuple(filter(None, (case.victim, case.other)))

    def _partner(self, name: str) -> str:
        return self.hazel.find("Partners", "Partner", [name])[0].id
