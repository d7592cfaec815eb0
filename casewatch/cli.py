"""The command line: the list of commands, each imported only when it is called.

In: the words after `casewatch`. Out: the command's own answer and exit code.
Never here: the work itself, or an import that would make --help slow.
"""

from __future__ import annotations

import importlib
import logging

import click

COMMANDS = {
    "copy": "Copy all bases from one platform to the other.",
    "demo": "A real NocoDB with a made-up landlord: see it work.",
    "due": "When a step of the procedure is due, and how that is worked out.",
    "letter": "The letters: list them, look at one, make the one of a case, print the post.",
    "explain": "Every step of a case, or its compliance statement.",
    "receiver": "A receiving desk for a partner's developer to test against.",
    "referral": "Partners: look at what would leave, see what waits, send or call back.",
    "procedure": "The clause table: each step, its target and what it counts from.",
    "run": "Watch the bases and do what the procedure asks.",
    "schema": "Show, make and check the bases.",
    "nocodb": "Start, stop and look at a NocoDB on this machine.",
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, without importing any."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name from its module in `casewatch.commands`."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"casewatch.commands.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, from the names alone."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=LazyGroup)
@click.version_option(package_name="casewatch")
def main() -> None:
    """A housing association's hate-crime procedure on the platform its staff already use."""
    # Each of its tries at a system that is down would be a line; what is wrong is said by us, once.
    logging.getLogger("urllib3").setLevel(logging.ERROR)


if __name__ == "__main__":
    main()
