"""What every command says when something is in the way: a sentence and an exit code, never a traceback.

In: our own errors. Out: their words on the error stream, and the code that says what to do next.
Never here: an error that is not ours (that one is a fault of Casewatch, to be seen whole).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from automations.errors import CaseworkError, TryAgainLater


@contextmanager
def plain_errors() -> Iterator[None]:
    """One clear sentence instead of a traceback, and the exit code that says what to do next."""
    try:
        yield
    except CaseworkError as error:
        click.echo(str(error), err=True)
        sys.exit(3 if isinstance(error, TryAgainLater) else 4)
