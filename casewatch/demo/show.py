"""The show: everything started, made and run, and what a newcomer should look at.

In: a port and a data folder. Out: a working landlord on real servers, until Ctrl-C or after one pass.
Never here: a stand-in; the mail server and the partners' desks are real ones that write to folders.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from automations.how_many import how_many
from automations.perform import Performer
from automations.reading import office
from automations.runner import Pass, Runner
from casewatch import connect
from casewatch.demo import asking, other_side
from casewatch.demo.accounts import Accounts, Registrar
from casewatch.demo.landlord import LANDLORD, NAME, STAFF, email, make_office
from casewatch.demo.letter_life import go_on
from casewatch.demo.new_reports import new_reports, submit
from casewatch.demo.older_cases import make_older_cases
from casewatch.demo.one_at_once import only_one
from casewatch.demo.organisation import make_organisation
from casewatch.demo.other_side import OtherSide
from casewatch.demo.partners import make_partners
from casewatch.demo.referral_life import refer, take_back
from casewatch.desks.kept_files import kept
from casewatch.desks.mail import MailDesk
from casewatch.local.places import demo_home
from casewatch.local.server import LocalPlatform, Running
from casewatch.settings import Landlord, Mail, NocoDB, Settings
from schema import BASES, CASEWORK, OFFICE
from schema.choices import ReferralState
from schema.parts import Base
from schema.provisioning import apply
from sync.platforms.nocodb import NocoDBPlatform
from sync.platforms.nocodb_schema import NocoSchema

Say = Callable[[str], None]
SENDER = "casewatch@harbour-row.example"
TO_SEE = (
    ("Actions", "Within the hour", "what cannot wait, how to finish it"),
    ("Actions", "Overdue", "what is past its time, the most urgent with it"),
    ("Actions", "Due today or soon", "what comes next, and how each step is finished"),
    ("Cases", "Open cases", "the officer, what comes next, what needs a person"),
    ("Letters", "Drafts to send", "each draft as a PDF and in Word: a warning that is approved, one changed in Word"),
    ("Letters", "Not to be sent yet", "a warning that waits for its approval"),
    ("Letters", "Not made: what is missing", "what is not safe to write, and what wants a fact, with the reason"),
    ("Letters", "Sent, or came back", "what went, when and how, and the mark of what it said"),
    ("Referrals", "To decide: send or not", "what may go to a partner once somebody looked it over"),
    ("Referrals", "Waiting, held or stopped", "what waits for whom, what a victim said no to, what to put right"),
    ("Referrals", "Failed, refused or unknown", "what a partner refused, with its code"),
    ("Referrals", "Recalls not confirmed yet", "what was called back after a no, until the partner says so"),
    ("Area reviews", "Not signed off", "what the manager's review still lacks, and what was late"),
)
"""Views of Casework that a newcomer should open first, and what is to be seen there."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that runs: where it is, who may sign in, and its runner."""

    running: Running
    accounts: Accounts
    runner: Runner
    settings: Settings
    officer: NocoDBPlatform
    manager: NocoDBPlatform
    form: str
    workspace: str
    bases: dict[str, str]
    pages: list[str]
    """Of the views TO_SEE, after the workspace in their address."""
    folder: Path
    partners: OtherSide
    example: str
    """The reference of a case with something done, something overdue and something blocked."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """Harbour Row Homes on a server: its bases and who may sign in. `admin` is the bases' owner."""

    accounts: Accounts
    bases: dict[str, str]
    form: str
    workspace: str
    pages: list[str]
    admin: NocoDBPlatform
    manager: NocoDBPlatform
    officer: NocoDBPlatform
    operations: NocoDBPlatform
    administrator: NocoDBPlatform
    regional: NocoDBPlatform
    """The last two in the office base."""


def furnished(running: Running, folder: Path, say: Say) -> Furnished:
    """The bases, the sign-ins and the office rows; what is there already is left."""
    registrar = Registrar(running, folder)
    say("Making the bases")
    target = NocoSchema(running.url, registrar.api_token(), NAME, registrar.form_password())
    applied = apply(BASES, target, lambda change: None)
    say(f"{how_many(len(applied.done), 'change')} to the bases" if applied.done else "The bases are as declared")
    bases = target.bases()
    say("Making the sign-ins")
    accounts = registrar.make(bases)
    admin = NocoDBPlatform(running.url, registrar.api_token(), NAME)

    def signed_in(who: str, base: Base) -> NocoDBPlatform:
        tables = {table.name: table for table in base.tables}
        return NocoDBPlatform(running.url, registrar.api_token(email(who)), NAME, tables)

    manager, officer, operations = (signed_in(who, CASEWORK) for who in ("coral", "amber", "ivy"))
    administrator, regional = (signed_in(who, OFFICE) for who in ("hazel", "dahlia"))
    make_office(admin, datetime.now(UTC), running.admin_email)
    pages = target.pages((table, view) for table, view, _ in TO_SEE)
    return Furnished(
        accounts,
        bases,
        target.shared_form("Reports"),
        registrar.workspace(),
        pages,
        admin,
        manager,
        officer,
        operations,
        administrator,
        regional,
    )


@contextmanager
def staged(port: int, folder: Path, say: Say) -> Iterator[Stage]:
    """Everything started and made; all of it stopped at the end. A second time it takes up what is there;
    while it is open already it is refused, because the end of one would stop the servers of the other.
    """
    folder = folder.resolve()
    with ExitStack() as stack:
        stack.enter_context(only_one(folder))
        local = LocalPlatform(demo_home(folder), port=port)
        running = local.start(say)
        stack.callback(local.stop)
        mail = stack.enter_context(MailDesk(folder / "mail"))
        token = kept(folder / "partner-token", _secret)
        partners = stack.enter_context(other_side.opened(folder, mail, SENDER, token))
        home = furnished(running, folder, say)
        seed(home, say)
        seed_referrals(home, say)
        settings = Settings(
            landlord=Landlord(**{f: getattr(LANDLORD, f) for f in Landlord.model_fields}),
            nocodb=NocoDB(url=running.url, name=NAME, address=f"{running.url}/dashboard/"),
            mail=Mail(host=mail.address[0], port=mail.address[1], sender=SENDER, mode="plain"),
            destinations=partners.destinations,
            nocodb_token=SecretStr(home.accounts.runner_token),
            partner_secrets=partners.secrets,
            reference_secret=SecretStr(kept(folder / "reference-secret", _secret)),
            poll_seconds=5,
        )
        asking.keep(settings, folder)
        yield Stage(running, home.accounts, connect.runner(settings), settings, home.officer, home.manager,
                    home.form, home.workspace, home.bases, home.pages, folder, partners,
                    _example(home.admin))  # fmt: skip


def seed(home: Furnished, say: Say) -> None:
    """The older cases and the organisation's own rows, the first time."""
    now = datetime.now(UTC)
    performer = Performer(home.admin, None, None, lambda: now)
    made = list(make_older_cases(home.admin, home.manager, home.officer, performer, office(home.admin, now), now))
    say(how_many(len(made), "older case") if made else "The older cases are there")
    for each in make_organisation(home.manager, home.operations, datetime.now(UTC)):
        say(f"Made {each}")


def seed_referrals(home: Furnished, say: Say) -> None:
    """The partners, and what staff refer to them of the older cases, the first time."""
    if make_partners(home.administrator, home.regional):
        say("Made the partners that staff refer to")
    if made := list(refer(home.officer, home.manager, datetime.now(UTC))):
        say(f"Staff made {how_many(len(made), 'referral')}")


def send_reports(stage: Stage, say: Say) -> None:
    """Three new reports through the shared form, the first time."""
    bases = NocoDBPlatform(stage.running.url, stage.accounts.runner_token, NAME)
    if not bases.records("Reports"):
        submit(stage.running.url, stage.form, stage.accounts.form_password, new_reports(datetime.now(UTC)))
        say("Three reports came in through the front desk's form")


def go_further(stage: Stage, say: Say) -> bool:
    """What the partners and staff do once drafts are there and referrals went, the first time. Whether staff had
    anything to do.
    """
    stage.partners.work()
    done = list(go_on(stage.officer, stage.manager, datetime.now(UTC)))
    if done:
        say(f"Staff took {how_many(len(done), 'letter')} further: approved, changed, sent, cancelled")
    back = list(take_back(stage.officer, datetime.now(UTC)))
    if back:
        say(f"{how_many(len(back), 'victim')} took their agreement back after a partner was told")
    return bool(done or back)


def hear(stage: Stage) -> Pass:
    """The clerks work, then a pass of a runner that starts anew: whatever is asked of partners it asks at once."""
    stage.partners.work()
    return connect.runner(stage.settings).once(sweep=True)


def what_to_look_at(stage: Stage, once: bool = False) -> str:
    """Addresses, sign-ins and the first things to see. `once`: all of it is stopped before anybody can read it."""
    url, casework = stage.running.url, f"{stage.running.url}/dashboard/#/{stage.workspace}"
    open_ = "(while `make demo` is open)" if once else "while this is open"
    to_see = zip(TO_SEE, stage.pages, strict=True)
    lines = [
        "",
        f"Harbour Row Homes is open at {url}/dashboard/",
        "",
        "Sign in as",
        *(
            f"  {email(first):32} {stage.accounts.passwords[email(first)]:18} {title}"
            for _, first, _, title, _ in STAFF
        ),
        "",
        f"Report an incident: {url}/dashboard/#/nc/form/{stage.form}   (password {stage.accounts.form_password})",
        "",
        "After signing in, open one of these addresses: NocoDB's own first page is a list of members. Look at",
        *(f"  {table} > {view}: {what}\n    {casework}/{page}" for (table, view, what), page in to_see),
        f"  What staff were sent    {stage.folder / 'mail'}",
        "",
        "What came at each partner, and by which way",
        *stage.partners.lines(),
        "",
        f"Ask about a case {open_}; add --statement for each clause of the procedure",
        f"  {asking.words(stage.folder.absolute(), 'explain', stage.example)}",
        *_a_preview(stage, open_),
        "",
    ]
    return "\n".join(lines)


def _a_preview(stage: Stage, open_: str) -> list[str]:
    """How to look at what would leave of a referral that waits for somebody's Decision, where one does."""
    there = stage.officer.records("Referrals")
    ready = [r for r in there if r.fields.get("State") == ReferralState.READY and not r.fields.get("Decision")]
    for row in ready:
        link = row.fields["Case"]
        cases = stage.officer.get("Cases", [str(link[0])]) if isinstance(link, tuple) and link else []
        if cases:
            which = (str(cases[0].fields["Reference"]), str(row.fields["Partner"]), "--row", row.id)
            say = asking.words(stage.folder.absolute(), "referral", "preview", *which)
            return [
                "",
                f"Look at what would leave of a referral before you decide, with its values {open_}",
                f"  {say}",
            ]
    return []


def _example(admin: NocoDBPlatform) -> str:
    return str(admin.find("Cases", "Report", ["older-9"])[0].fields["Reference"])


def _secret() -> str:
    return secrets.token_urlsafe(24)


def stay(stage: Stage, say: Say, seconds: float = 5) -> None:
    """Pass after pass until interrupted; a system that is down is tried again, and said once."""
    from automations.errors import TryAgainLater

    said = ""
    while True:
        time.sleep(seconds)
        try:
            stage.runner.once()
            stage.partners.work()
            said = ""
        except TryAgainLater as error:
            if str(error) != said:
                say(str(error))
            said = str(error)
