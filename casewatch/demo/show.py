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

from automations.perform import Performer
from automations.reading import office
from automations.runner import Runner
from casewatch import connect
from casewatch.demo import asking
from casewatch.demo.accounts import Accounts, Registrar
from casewatch.demo.landlord import EAST_PARTNERSHIP, LANDLORD, NAME, STAFF, WEST_PARTNERSHIP, email, make_office
from casewatch.demo.letter_life import go_on
from casewatch.demo.new_reports import new_reports, submit
from casewatch.demo.older_cases import make_older_cases
from casewatch.demo.organisation import make_organisation
from casewatch.desks.mail import MailDesk
from casewatch.desks.partner import PartnerDesk
from casewatch.destinations import OverHttps
from casewatch.local.places import demo_home
from casewatch.local.server import LocalPlatform, Running
from casewatch.settings import Landlord, Mail, NocoDB, Settings
from schema import BASES, CASEWORK
from schema.provisioning import apply
from sync.platforms.nocodb import NocoDBPlatform
from sync.platforms.nocodb_schema import NocoSchema

Say = Callable[[str], None]
SENDER = "casewatch@harbour-row.example"
TO_SEE = (
    ("Actions", "Overdue", "what is past its time, the most urgent with it"),
    ("Actions", "Due today or soon", "what comes next, and how each step is finished"),
    ("Cases", "Open cases", "the officer, what comes next, what needs a person"),
    ("Letters", "Drafts to send", "each draft as a PDF and in Word: a warning that is approved, one changed in Word"),
    ("Letters", "Not to be sent yet", "a warning that waits for its approval"),
    ("Letters", "Not made: what is missing", "what is not safe to write, and what wants a fact, with the reason"),
    ("Letters", "Sent, or came back", "what went, when and how, and the mark of what it said"),
    ("Area reviews", "Not signed off", "what the manager's review still lacks, and what was late"),
)
"""Views of Casework that a newcomer should open first, and what is to be seen there."""
PARTNERS = {"quayside": EAST_PARTNERSHIP, "kirkinlea": WEST_PARTNERSHIP}


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


def furnished(running: Running, folder: Path, say: Say) -> Furnished:
    """The bases, the sign-ins and the office rows; what is there already is left."""
    registrar = Registrar(running, folder)
    say("Making the bases")
    target = NocoSchema(running.url, registrar.api_token(), NAME, registrar.form_password())
    applied = apply(BASES, target, lambda change: None)
    say(f"{len(applied.done)} changes to the bases" if applied.done else "The bases are as declared")
    bases = target.bases()
    say("Making the sign-ins")
    accounts = registrar.make(bases)
    admin = NocoDBPlatform(running.url, registrar.api_token(), NAME)
    casework = {table.name: table for table in CASEWORK.tables}
    manager, officer, operations = (
        NocoDBPlatform(running.url, registrar.api_token(email(who)), NAME, casework)
        for who in ("coral", "amber", "ivy")
    )
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
    )


@contextmanager
def staged(port: int, folder: Path, say: Say) -> Iterator[Stage]:
    """Everything started and made; all of it stopped at the end. A second time it takes up what is there."""
    with ExitStack() as stack:
        local = LocalPlatform(demo_home(folder), port=port)
        running = local.start(say)
        stack.callback(local.stop)
        mail = stack.enter_context(MailDesk(folder / "mail"))
        token = _kept(folder / "partner-token")
        desks = {name: stack.enter_context(PartnerDesk(folder / "partners" / name, token)) for name in PARTNERS}
        home = furnished(running, folder, say)
        seed(home, say)
        settings = Settings(
            landlord=Landlord(**{f: getattr(LANDLORD, f) for f in Landlord.model_fields}),
            nocodb=NocoDB(url=running.url, name=NAME, address=f"{running.url}/dashboard/"),
            mail=Mail(host=mail.address[0], port=mail.address[1], sender=SENDER, mode="plain"),
            destinations={name: OverHttps(url=desk.url, partner=PARTNERS[name]) for name, desk in desks.items()},
            nocodb_token=SecretStr(home.accounts.runner_token),
            partner_secrets={name: {"token": SecretStr(token)} for name in desks},
            reference_secret=SecretStr(_kept(folder / "reference-secret")),
            poll_seconds=5,
        )
        asking.keep(settings, folder)
        yield Stage(running, home.accounts, connect.runner(settings), settings, home.officer, home.manager,
                    home.form, home.workspace, home.bases, home.pages, folder, _example(home.admin))  # fmt: skip


def seed(home: Furnished, say: Say) -> None:
    """The older cases and the organisation's own rows, the first time."""
    now = datetime.now(UTC)
    performer = Performer(home.admin, None, None, lambda: now)
    made = list(make_older_cases(home.admin, home.manager, home.officer, performer, office(home.admin, now), now))
    say(f"{len(made)} older cases" if made else "The older cases are there")
    for each in make_organisation(home.manager, home.operations, datetime.now(UTC)):
        say(f"Made {each}")


def send_reports(stage: Stage, say: Say) -> None:
    """Three new reports through the shared form, the first time."""
    bases = NocoDBPlatform(stage.running.url, stage.accounts.runner_token, NAME)
    if not bases.records("Reports"):
        submit(stage.running.url, stage.form, stage.accounts.form_password, new_reports(datetime.now(UTC)))
        say("Three reports came in through the front desk's form")


def take_letters_further(stage: Stage, say: Say) -> bool:
    """What staff do with the drafts once they are there, the first time. Whether there was anything to do."""
    done = list(go_on(stage.officer, stage.manager, datetime.now(UTC)))
    if done:
        say(f"Staff took {len(done)} letters further: approved, changed, sent, cancelled")
    return bool(done)


def what_to_look_at(stage: Stage) -> str:
    """Addresses, sign-ins and the first things to see."""
    url, casework = stage.running.url, f"{stage.running.url}/dashboard/#/{stage.workspace}"
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
        "Look at",
        *(f"  {table} > {view}: {what}\n    {casework}/{page}" for (table, view, what), page in to_see),
        f"  What the partnerships were told    {stage.folder / 'partners'}",
        f"  What staff were sent               {stage.folder / 'mail'}",
        "",
        "Ask about a case while this is open (add --statement for each clause of the procedure)",
        f"  {asking.words(stage.folder.absolute(), stage.example)}",
        "",
    ]
    return "\n".join(lines)


def _example(admin: NocoDBPlatform) -> str:
    return str(admin.find("Cases", "Report", ["older-9"])[0].fields["Reference"])


def _kept(file: Path) -> str:
    """A random secret, made once and kept in the demo's own folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text()


def stay(stage: Stage, seconds: float = 5) -> None:
    """Pass after pass until interrupted; a system that is down is tried again."""
    from automations.errors import TryAgainLater

    while True:
        time.sleep(seconds)
        try:
            stage.runner.once()
        except TryAgainLater:
            continue
