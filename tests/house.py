"""A house for tests: Harbour Row Homes in memory, its mail and partner as lists, and a clock in the hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any, ClassVar

from automations.calendar import LONDON
from automations.decide import House
from automations.delivery import Delivery, Outlet
from automations.emailing import Emailing
from automations.errors import CaseworkError, NotReached, TryAgainLater
from automations.outbox.asking import Asking
from automations.perform import Performer
from automations.ports import Receipt, Record, WordProcessor
from automations.returning import Returning
from automations.runner import Runner
from casewatch.demo.landlord import EAST_PARTNERSHIP, LANDLORD, WEST_PARTNERSHIP, make_office
from schema import TABLES
from schema import choices as c
from sync.partners.packing import Packing
from sync.platforms.memory import MemoryPlatform

OWNERS = {"quayside": EAST_PARTNERSHIP, "kirkinlea": WEST_PARTNERSHIP}
TALKED_OVER = {
    "Plan proposals discussed": True, "Repairs and security discussed": True, "Emergency legal action discussed": True,
}  # fmt: skip
"""The three ticks of a first discussion (HC-047)."""
SECRET = b"a secret of sixteen bytes or more"


def london(text: str) -> datetime:
    """An instant from London words: "2026-12-22 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@dataclass
class Inbox:
    """A mail outlet that keeps what it is given, and can be down or answer a letter with an error."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    down: bool = False
    answers: CaseworkError | None = None
    sender: str = "post@harbour-row.example"

    def hand_over(self, message: EmailMessage, to: str) -> None:
        if self.down:
            raise NotReached
        if self.answers:
            raise self.answers
        self.letters.append((to, message))

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        if self.down:
            raise TryAgainLater
        self.sent.append((to, subject, text))


@dataclass
class Desk:
    """A partner that keeps one notice a key, and can be down."""

    notices: dict[str, bytes] = field(default_factory=dict)
    deliveries: int = 0
    down: bool = False
    silent: bool = False
    """It takes what it is given, and its answer is lost."""
    to: list[str] = field(default_factory=list)
    once: bool = True
    carries_names: bool = True

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        if self.down:
            raise NotReached
        self.deliveries += 1
        self.to.append(to)
        self.notices.setdefault(key, payload)
        if self.silent:
            raise TryAgainLater
        return Receipt(accepted=True, reference=f"QS-{len(self.notices)}")

    def told(self, message: str = "") -> list[dict[str, Any]]:
        """What it holds, each key once, in order; of one message where it is named."""
        held = [json.loads(each) for each in self.notices.values()]
        return [each for each in held if message in ("", each["message"])]

    def named(self) -> list[tuple[list[str], list[str]]]:
        """Of each message it holds, who is named in it and on which grounds."""
        told = [each.get("people", ()) for each in self.told()]
        return [(sorted(p["name"] for p in people), sorted({g["basis"] for p in people for g in p["grounds"]}))
                for people in told]  # fmt: skip


class HarbourRow:
    """The landlord with its runner. Time stands still until `go_to` or `wait`."""

    lived: ClassVar[timedelta] = timedelta()
    """The time that passed so in all stories of this run together."""

    def __init__(self, at: str = "2026-11-18 09:00") -> None:
        self.now = london(at)
        self.platform = MemoryPlatform(lambda: self.now)
        make_office(self.platform, self.now)
        self.mail, self.east, self.west = Inbox(), Desk(), Desk()
        self.words: WordProcessor | None = None
        self.ways: dict[str, Desk] = {}
        self.owners: dict[str, str] = {}
        self.restart()

    def restart(self) -> None:
        """A new runner that remembers nothing, on the same bases."""

        self.outlet = Outlet({"quayside": self.east, "kirkinlea": self.west, **self.ways}, OWNERS | self.owners,
                             Packing(LANDLORD, SECRET, lambda reference: ()))  # fmt: skip
        letters = Emailing(self.platform, self.mail, LANDLORD, lambda: self.now)
        performer = Performer(
            self.platform,
            self.mail,
            Delivery(self.platform, self.outlet, lambda: self.now),
            lambda: self.now,
            letters,
            self.words,
        )
        house = House(LANDLORD, "http://127.0.0.1/base", makes_pdfs=self.words is not None)
        returning = Returning(self.platform, self.outlet, lambda: self.now)
        asking = Asking(self.platform, self.outlet, lambda: self.now)
        self.runner = Runner(self.platform, performer, house, lambda: self.now, returning, asking)

    def partner(self, name: str, *collects: str, **cells: Any) -> Desk:
        """A further partner with a desk of its own, which the areas name for that (a link of Areas)."""
        desk = self.ways[name] = Desk()
        self.owners[name] = name
        with self.platform.as_user("hazel@harbour-row.example"):
            told = {"Partner": name, "Destination": name, "Is it a police body": c.YesNo.NO} | _columns(cells)
            [id] = self.platform.create("Partners", [told])
            for area in self.platform.records("Areas"):
                self.platform.update("Areas", [(area.id, dict.fromkeys(collects, (id,)))])
        self.restart()
        return desk

    def go_to(self, at: str) -> None:
        """Let time pass until that London instant, with a sweep then."""
        self._live_until(london(at))

    def wait(self, **length: float) -> None:
        self._live_until(self.now + timedelta(**length))

    def _live_until(self, then: datetime) -> None:
        HarbourRow.lived += max(then - self.now, timedelta())
        self.now = then
        self.run()

    def run(self) -> None:
        self.runner.once(sweep=True)

    def report(self, **cells: Any) -> None:
        """Somebody enters a report through the form, and the runner makes a pass."""
        told: dict[str, Any] = {
            "Victim's name": "Sample Person",
            "Address": "12 Example Row",
            "Postcode": "ZZ1 4AB",
            "First reported at": self.now,
            "Received by": "Front desk",
            "Reporter is": c.Reporter.VICTIM,
            "What happened": "Words were shouted.",
            "Kind of incident": (c.IncidentType.VERBAL,),
            "Because of": (c.Strand.RACE,),
            "Safe ways to contact": (c.Channel.LETTER, c.Channel.TELEPHONE),
        }
        self.platform.submit("Reports", {k: v for k, v in (told | _columns(cells)).items() if v is not None})
        self.run()

    def only(self, table: str, **cells: Any) -> Record:
        """The one record of a table with those cells."""
        found = [r for r in self.platform.records(table) if all(r.fields[k] == v for k, v in _columns(cells).items())]
        assert len(found) == 1, f"{len(found)} records of {table}"
        return found[0]

    def action(self, step: str, about: str = "") -> Mapping[str, Any]:
        """The cells of the one action of a step (about something, where there are several)."""
        found = [
            r for r in self.platform.records("Actions") if r.fields["Step"] == step and about in str(r.fields["About"])
        ]
        assert len(found) == 1, f"{len(found)} actions of {step}"
        return found[0].fields

    def staff_write(self, who: str, table: str, id: str | None = None, **cells: Any) -> str:
        """A member of staff edits the base, signed in; then the runner makes a pass."""
        case = self.platform.records("Cases")
        row = _columns(cells)
        with self.platform.as_user(f"{who}@harbour-row.example"):
            if id is None:
                if "Case" not in row and any(link.name == "Case" for link in TABLES[table].links):
                    row["Case"] = (case[0].id,)
                id = self.platform.create(table, [row])[0]
            else:
                self.platform.update(table, [(id, row)])
        self.run()
        return id

    def close(self, who: str = "dahlia", **cells: Any) -> str:
        """The regional manager closes by exception, feedback having been asked for. The closure's id."""
        case = {"Case": cells["Case"]} if "Case" in cells else {}
        self.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, asked_at=self.now,
                         **{"Not got: reason": "Nothing more to say."}, **case)  # fmt: skip
        told: dict[str, Any] = {"closed_at": self.now, "marker": c.Marker.UNABLE,
                                "exception": "We can do nothing more.",
                                "exception_kind": c.ExceptionKind.UNABLE}  # fmt: skip
        return self.staff_write(who, "Closures", **(told | cells))


def _columns(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Keywords as column names: held_at is "Held at"."""
    return {NAMES.get(k, k if " " in k else k.replace("_", " ").capitalize()): v for k, v in cells.items()}


NAMES = {"email": "E-mail", "with_": "With", "victims_name": "Victim's name"}
