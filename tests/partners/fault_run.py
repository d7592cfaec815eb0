"""The fault run: referrals through partners that fail in every way, by a runner that is killed again and again.

In: how many referrals, if not 500; a seed, if not 1. Out: an account for each transport; exit code 1 where anything was
sent without consent, twice or not at all.
Never here: a stand-in for NocoDB, a transport or a partner's server; a gentle stop of the runner.
"""

import argparse
import logging
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from typing import Any

from automations.errors import TryAgainLater
from casewatch.demo.landlord import EAST_PARTNERSHIP, LANDLORD, NAME, WEST_PARTNERSHIP
from casewatch.demo.show import furnished
from casewatch.local.server import LocalPlatform, Running
from tests.partners.faults.account import Account
from tests.partners.faults.by_folder import FolderPartner
from tests.partners.faults.by_https import HttpsPartner
from tests.partners.faults.by_mail import MailPartner, Post
from tests.partners.faults.by_sftp import SftpPartner
from tests.partners.faults.runners import Runners
from tests.partners.faults.staff import (
    BOX,
    BY_CASE,
    CARE,
    COUNCIL,
    FARSIDE,
    HELPLINE,
    POLICE,
    SECOND_BOX,
    SERVICES,
    Staff,
)
from tests.partners.faults.storm import calm, say, storm

KILLS = 24
"""How often the runner is killed at least."""


def settings(running: Running, post: Post, receivers: list[Any]) -> str:
    address = ", ".join(f'"{line}"' for line in LANDLORD.address)
    return "\n".join((
        "poll_seconds = 1",
        f'[landlord]\nname = "{LANDLORD.name}"\naddress = [{address}]\ntelephone = "{LANDLORD.telephone}"',
        f'email = "{LANDLORD.email}"\nneutral_sender = "{LANDLORD.neutral_sender}"',
        f'[nocodb]\nurl = "{running.url}"\nname = "{NAME}"', post.settings(),
        *(each.settings() for each in receivers),
        f'[destinations.farside]\nkind = "manual"\npartner = "{FARSIDE}"\nwhere = "01632 960177"',
    ))  # fmt: skip


def show(account: Account, runners: Runners, receivers: list[Any]) -> int:
    print(f"\n{len(account.rows)} referrals; the runner was started {runners.started} times and killed "
          f"{runners.kills} times, {runners.kills_at_arrival} of them as something arrived")  # fmt: skip
    heads = ("", "raw", "keys", "in effect", "no consent", "in flight", "twice", "lost", "arrived", "person",
             "recalls owed", "acknowledged", "deleted")  # fmt: skip
    print("  ".join(f"{each:>10}" for each in heads))
    for kind, x in account.lines.items():
        cells = (x.raw, len(x.keys), x.effect, x.without_consent, x.in_flight, x.twice, x.lost, x.arrived, x.person,
                 x.owed, x.acknowledged, x.deleted)  # fmt: skip
        print("  ".join(f"{each:>10}" for each in (kind, *cells)))
        print(" " * 12 + ", ".join(f"{state}: {n}" for state, n in sorted(x.states.items())))
        for words, n in x.said.most_common(12):
            print(f"{n:>16}  {words}")
    for at in receivers:
        print(f"{at.name}: faults met: {dict(at.log.faults)}")
    said = Counter(f"{r.fields['What']}: {r.fields['Detail']}" for r in account.bases.records("Run log"))
    print(f"Run log, {sum(said.values())} lines, the first of them:")
    for words in sorted(said)[:25]:
        print(f"  {words}")
    for why in account.wrong:
        print(f"WRONG  {why}")
    lines = account.lines.values()
    total = [sum(x.without_consent for x in lines), sum(x.lost for x in lines), sum(x.twice for x in lines)]
    print(f"Sent without consent: {total[0]}. Lost: {total[1]}. Twice in effect: {total[2]}.")
    return 1 if any(total) or account.wrong else 0


def main(n: int, seed: int) -> int:
    kills = KILLS if n >= 200 else 4
    with ExitStack() as stack:
        folder, home_folder = (
            Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="casewatch-faults-", ignore_cleanup_errors=True))
            )
            for _ in range(2)
        )
        running = stack.enter_context(LocalPlatform(home_folder, port=0))
        say(f"NocoDB runs at {running.url}; everything is in {folder}")
        post = Post(folder, seed)
        receivers: list[Any] = [
            HttpsPartner("quayside", EAST_PARTNERSHIP, folder, seed), HttpsPartner("police", POLICE, folder, seed + 1),
            SftpPartner("kirkinlea", WEST_PARTNERSHIP, folder),
            SftpPartner("northgate", COUNCIL, folder, ("housing", "safety")),
            MailPartner("victim-care", CARE, folder, post, "victim-care.example", BOX, SECOND_BOX),
            MailPartner("helpline", HELPLINE, folder, post, "helpline.example"),
            FolderPartner("services", SERVICES, folder),
        ]  # fmt: skip
        for each in (post, *receivers):
            each.turn("")
            stack.callback(each.shut)
        (folder / "landlord").mkdir()
        home = furnished(running, folder / "landlord", say)
        staff = Staff(home, running, folder / "landlord", seed)
        staff.furnish()
        secrets = {"nocodb_token": home.accounts.runner_token, "reference_secret": "a secret of sixteen characters"}
        for each in receivers:
            secrets |= each.secrets()
        runners = Runners(folder, settings(running, post, receivers), secrets)
        stack.callback(runners.end)
        for each in receivers:
            each.log.watch = runners.arrived
        staff.report(ceil(n / BY_CASE))
        say(f"the first pass ended with {runners.once(600)}")
        staff.take_up()
        say(f"{len(staff.cases)} cases, {len(staff.to_change)} answers to be taken back")
        office = storm(runners, staff, post, receivers, kills, seed)
        say("everybody is well again")
        settled = calm(runners, staff, receivers, 20 * 60)
        account = Account(staff, receivers, office.second_confirmed).worked_out()
        code = show(account, runners, receivers)
        if not settled:
            print("Not settled in time.")
        log = (folder / "runner.log").read_text(errors="replace").splitlines()
        print("The runner's log, each line once:")
        for line, times in sorted(_once_each(log).items()):
            print(f"  {times:5}  {line}")
        return code or (0 if settled else 1)


def _once_each(log: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in log:
        words = " ".join(word for word in line.split() if not any(x.isdigit() for x in word))[:200]
        found[words] = found.get(words, 0) + 1
    return found


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.partners.fault_run",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Referrals through partners that fail in every way, by a runner that is killed again and again.",
        epilog="Everything is made up and on this machine alone. 500 referrals take half an hour on two cores.\n\n"
        "  python -m tests.partners.fault_run            500 referrals, 24 kills\n"
        "  python -m tests.partners.fault_run 30         a quick look, 4 kills\n"
        "  python -m tests.partners.fault_run 500 2      other moments for everything",
    )
    parser.add_argument("referrals", type=int, nargs="?", default=500, help="how many at least (500)")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="what the moments are drawn from (1)")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    for talker in ("asyncio", "mail.log"):  # what the partners' servers say of a runner that dies
        logging.getLogger(talker).setLevel(logging.CRITICAL)
    try:
        sys.exit(main(asked.referrals, asked.seed))
    except TryAgainLater as error:
        sys.exit(f"NocoDB: {error}")
