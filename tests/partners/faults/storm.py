"""The storm: faults, changes of mind, edits of the office and kills; then the calm, until nothing is left to do.

In: the landlord's staff, partners, runners. Out: everything has happened, and nothing more goes.
Never here: what is right (account.py works that out afterwards).
"""

import random
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from automations.ports import Record
from schema import choices as c
from tests.partners.faults.by_mail import Post
from tests.partners.faults.runners import Runners
from tests.partners.faults.staff import CARE, COUNCIL, FARSIDE, POLICE, SECOND_BOX, Staff

AT_MOST = 25 * 60.0
"""Seconds that the faults go on at most."""
FOR_LONG = 120.0
"""Seconds after which a runner that nothing arrived from is killed all the same."""
State = c.ReferralState
BEGUN = time.monotonic()


def say(words: str) -> None:
    print(f"{time.monotonic() - BEGUN:7.1f} s  {words}", flush=True)


class Office:
    """Edits of the office base while rows are queued, each put right again later."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self.second_confirmed: float | None = None
        self.steps = [
            ("a partner is switched off", lambda: staff.edit_partner(POLICE, switched_off=True)),
            ("its recipient is changed", lambda: staff.edit_partner(CARE, recipient=SECOND_BOX)),
            ("a Partner row points at another's desk", lambda: staff.edit_partner(COUNCIL, destination="quayside")),
            ("the partner is switched on", lambda: staff.edit_partner(POLICE, switched_off=False)),
            ("the Partner row is put right", lambda: staff.edit_partner(COUNCIL, destination="northgate")),
            ("a second person confirms the recipient", self._confirm),
        ]

    def _confirm(self) -> None:
        self.second_confirmed = time.time()
        self._staff.confirm(CARE, SECOND_BOX)

    def next(self) -> bool:
        if not self.steps:
            return False
        what, act = self.steps.pop(0)
        act()
        say(what)
        return True


@dataclass(frozen=True, slots=True)
class Seen:
    """How many rows may still go by themselves, how many went, and who heard by name of which case."""

    todo: int = 0
    went: int = 0
    heard: frozenset[tuple[str, str]] = frozenset()


def seen(staff: Staff) -> Seen:
    rows = staff.admin.records("Referrals")
    open_ = (State.READY, State.SENDING, State.FAILED, None)
    todo = [r for r in rows if r.fields["State"] in open_ and r.fields["Partner"] != FARSIDE and _may_go(r)]
    by_name = [r for r in rows if r.fields["State"] in c.WENT and r.fields["Form"] == c.ReferralForm.IDENTIFIED]
    heard = frozenset((r.fields["Case"][0], str(r.fields["Handed to"])) for r in by_name)
    return Seen(len(todo), sum(r.fields["State"] in c.WENT for r in rows), heard)


def _may_go(row: Record) -> bool:
    """Whether it waits for nobody."""
    by_itself = row.fields["Purpose"] == c.Purpose.CDRP_NOTICE
    may = str(row.fields["Why"] or "").startswith(("Agreed:", "To protect")) or row.fields["State"] != State.READY
    return by_itself or (bool(row.fields["Decision"]) and may)


def storm(runners: Runners, staff: Staff, post: Post, receivers: list[Any], kills: int, seed: int) -> Office:
    """Faults, changes of mind, edits and kills, until all of it has happened and nothing more can go, or time is up."""
    chance, office = random.Random(seed), Office(staff)
    places = [x for x in (*receivers, post) if x.modes]
    left = {id(x): chance.sample(x.modes, len(x.modes)) for x in places}
    until = dict.fromkeys(map(id, places), 0.0)
    over, kill_at, edit_at, look_at = time.monotonic() + AT_MOST, 0.0, time.monotonic() + 20, 0.0
    found, minds = Seen(), len(staff.to_change)
    one: subprocess.Popen[bytes] | None = None
    while time.monotonic() < over:
        now = time.monotonic()
        for place in places:
            if now >= until[id(place)]:
                if place.mode:
                    place.turn("")
                    until[id(place)] = now + chance.uniform(8, 20)
                else:  # each kind once; then again, until the runner was killed enough. Longer than its longest rest.
                    place.turn(left[id(place)].pop() if left[id(place)] else chance.choice(place.modes))
                    until[id(place)] = now + chance.uniform(35, 50)
        for receiver in receivers:
            receiver.tend()
        alive = [x for x in runners.alive if x.poll() is None]
        if not alive:
            one = runners.start()
            if chance.random() < 0.15:
                runners.start()  # two at once
            # Either at any moment, mostly while it reads and writes; or as something arrives, before it knows of it.
            kill_at = now + (chance.uniform(5, 60) if chance.random() < 0.4 else FOR_LONG)
            if runners.kills < kills:
                runners.dies_at_arrival(chance.randint(1, 12))
        elif one and now > kill_at and runners.kills < kills:
            for each in alive:
                runners.kill(each)
        # All the while, as the rows go, so that a no comes before, between and after.
        if chance.random() < 0.06 and found.went * minds >= (minds - len(staff.to_change)) * (found.went + found.todo):
            staff.changes_mind(found.heard)
        if now - BEGUN > 60 and chance.random() < 0.02:
            staff.agrees_again()
        if now > edit_at:
            office.next()
            edit_at = now + 40
        if now > look_at:
            found = seen(staff)
            look_at = now + 15
            say(f"{found.went} went, {found.todo} may still go; {runners.kills} kills, {runners.kills_at_arrival} at "
                f"an arrival; {len(staff.to_change)} minds to change")  # fmt: skip
        done = not any(left.values()) and not office.steps and not staff.to_change and runners.kills >= kills
        if done and found.todo == 0:
            break
        time.sleep(0.4)
    runners.mortal = False
    runners.end()
    while office.next() or staff.changes_mind() or staff.agrees_again():
        pass
    for place in places:
        place.turn("")
    return office


def calm(runners: Runners, staff: Staff, receivers: list[Any], seconds: float) -> bool:
    """Passes with everybody well, until one changes nothing."""
    over, before, since = time.monotonic() + seconds, "", time.monotonic()
    rung = False
    while time.monotonic() < over:
        code = runners.once(max(over - time.monotonic(), 60))
        for receiver in receivers:
            receiver.tend()
        rows = staff.admin.records("Referrals")
        now = str(sorted((r.id, r.fields["State"], r.fields["Why"], r.fields["Recall sent at"]) for r in rows))
        found = seen(staff)
        say(f"a calm pass ended with {code}: {found.went} went, {found.todo} may still go")
        since = since if now == before else time.monotonic()
        if time.monotonic() - since < (45 if found.todo else 5):  # the longest rest is half a minute
            before = now
            time.sleep(4)
            continue
        if rung:
            return True
        rung, since = True, time.monotonic()
        say(f"staff ring about {staff.confirm_recalls()} recalls without an answer")
    return False
