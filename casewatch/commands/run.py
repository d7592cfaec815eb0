"""`casewatch run`: the runner, pass after pass, or one pass.

In: the settings. Out: what each pass that did something did, and when a system goes down or comes back.
Never here: a rule, a person's name in a line.
"""

import logging
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from automations.runner import Pass, Runner

EXAMPLES = """
\b
Examples:
  casewatch run
  casewatch run --once
  CASEWATCH_POLL_SECONDS=60 casewatch run
"""


@click.command(epilog=EXAMPLES)
@click.option("--once", is_flag=True, help="Make one full pass and stop.")
@click.option("--settings", type=click.Path(dir_okay=False, path_type=Path), help="The settings file [casewatch.toml].")
def run(once: bool, settings: Path | None) -> None:
    """Watch the bases and do what the procedure asks.

    Exit code 0: all done. 1: something could not be done, see Run log. 3: a system is down, try again later.
    4: the settings or the bases must be put right first.
    """
    from automations.errors import CaseworkError, TryAgainLater
    from casewatch.connect import must_be_safe, runner
    from casewatch.settings import load

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        loaded = load(settings)
        working = runner(loaded)
        if once:
            must_be_safe(loaded)
            done = working.once(sweep=True)
            while done.left:
                click.echo(summary(done))
                done = working.once()
            click.echo(summary(done))
            sys.exit(1 if done.failed else 0)
        forever(working, loaded.poll_seconds, lambda: must_be_safe(loaded))
    except TryAgainLater as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except CaseworkError as error:
        click.echo(error.detail or str(error), err=True)
        sys.exit(4)


def forever(working: "Runner", seconds: int, must_be_safe: Callable[[], None]) -> None:
    """Pass after pass until a signal. What goes wrong is said once, and once when it is over.

    Before the first pass the server and the account must be safe to work with, or it is a Stop.
    """
    import schedule

    from automations.errors import CaseworkError, TryAgainLater, unforeseen

    stopping = False
    safe = False
    said = ""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    def say(trouble: str) -> None:
        nonlocal said
        if trouble != said:
            logging.getLogger("casewatch").error("%s", trouble)
        said = trouble

    def once() -> None:
        nonlocal safe, said
        try:
            if not safe:
                must_be_safe()
                safe = True
            done = working.once()
        except CaseworkError as error:
            if not safe and not isinstance(error, TryAgainLater):
                raise
            say(str(error))
            return
        except Exception as error:  # what nobody foresaw must not keep help from every case; its words may hold a name
            say(f"A pass broke off and the next one tries again. {unforeseen(error)}")
            return
        if said:
            logging.getLogger("casewatch").info("Answering again.")
        said = ""
        if done.effects or done.reports:
            logging.getLogger("casewatch").info("%s", summary(done))

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    clock = schedule.Scheduler()
    clock.every(seconds).seconds.do(once)
    logging.getLogger("casewatch").info("Looking every %d seconds. Ctrl-C stops.", seconds)
    once()
    while not stopping:
        if (clock.idle_seconds or 0) > seconds:
            clock.run_all()  # the machine's clock went back, as every October: the next pass must not wait for it
        clock.run_pending()
        time.sleep(min(0.2, seconds))


def summary(done: "Pass") -> str:
    """One line of figures; no reference, no name."""
    from automations.how_many import how_many

    said = f"{how_many(done.reports, 'report')} taken, {how_many(done.cases, 'case')} looked at, "
    said += f"{how_many(done.effects, 'thing')} to do"
    said += f", {done.left} left for the next pass" if done.left else ""
    return f"{said}, {len(done.failed)} could not be done." if done.failed else f"{said}, all done."
