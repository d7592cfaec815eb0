"""PostgreSQL for NocoDB: the wheel's server, with passwords, on a port of loopback that nobody knows.

In: the home folder and the programs to run. Out: a server that answers, and its address.
Never here: trust in whoever connects, a socket in a shared folder, another machine's connection.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from automations.errors import Stop
from casewatch.local.errors import NoSpace, ServerDied, says_disk_full
from casewatch.local.places import ROOM_FOR_DATA, is_full, need_room, secret, size
from casewatch.local.processes import end, end_all, is_alive, remembered, spawn, strays, tail, write_whole
from casewatch.local.programs import Programs

DATABASE = "nocodb"
OWNER = "nocodb"
SUPERUSER = "casewatch"
PATIENCE = 60.0
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",  # none: nothing to guess in a folder that others can write to
    "password_encryption=scram-sha-256",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=off",
)
_STILL_LEAVING = "pre-existing shared memory block"  # a killed server's children need a moment to go
_PORT_GONE = "could not bind"


@dataclass(frozen=True)
class Postgres:
    """The database server of one home folder."""

    home: Path

    @property
    def data(self) -> Path:
        """The database's folder."""
        return self.home / "postgres" / "data"

    @property
    def note(self) -> Path:
        """Where its process is written down."""
        return self.home / "run" / "postgres.json"

    @property
    def log(self) -> Path:
        """What it says."""
        return self.home / "log" / "postgres.log"

    @property
    def dsn(self) -> str:
        """The address of NocoDB's own database, password included; for programs, never for a log."""
        return self._address(OWNER, secret(self.home / "secrets", "postgres_password"), DATABASE)

    def process(self) -> psutil.Process | None:
        """The server's process, if it lives."""
        return remembered(self.note) or next(iter(strays(self._arguments())), None)

    def start(self, programs: Programs, progress: Callable[[str], None]) -> None:
        """Start the server, making its database first if there is none."""
        self.stop()
        self._make(programs, progress)
        self._forget_the_dead()
        progress("Starting PostgreSQL")
        until = time.monotonic() + PATIENCE
        while not self._try_to_start(programs, until):
            time.sleep(0.3)
        self._settle()

    def stop(self) -> None:
        """Stop the server, whether it was written down or not."""
        end_all(self.process, signal.SIGINT)
        self.note.unlink(missing_ok=True)

    def _make(self, programs: Programs, progress: Callable[[str], None]) -> None:
        if (self.data / "PG_VERSION").is_file():
            return
        progress("Making the database")
        need_room(self.home, ROOM_FOR_DATA, "Keeping cases")
        above = programs.account.own(self.data.parent)
        half = above / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        words = above / "password.once"
        try:
            write_whole(words, secret(self.home / "secrets", "postgres_superuser_password"))
            if programs.account.switch:
                os.chown(words, programs.account.uid, programs.account.gid)
            made = subprocess.run(
                [str(programs.postgres / "initdb"), "-D", str(half), f"--username={SUPERUSER}", f"--pwfile={words}",
                 "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"],
                check=False, capture_output=True, text=True, cwd="/", env=self._environment(),
                **programs.account.as_popen(),
            )  # fmt: skip
            if made.returncode != 0:
                self._explain(made.stderr.strip())
            half.rename(self.data)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
        finally:
            words.unlink(missing_ok=True)

    def _forget_the_dead(self) -> None:
        """Take away a killed server's lock file when its number now belongs to another program."""
        lock = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError, psutil.Error):
            holder = psutil.Process(int(lock.read_text().splitlines()[0]))
            if str(self.data) not in holder.cmdline():
                lock.unlink()

    def _try_to_start(self, programs: Programs, until: float) -> bool:
        port = free_port()
        command = [str(programs.postgres / "postgres"), *self._arguments(), "-p", str(port)]
        command += [word for setting in SETTINGS for word in ("-c", setting)]
        process = spawn(
            command, log=self.log, note=self.note, env=self._environment(), cwd=self.data.parent,
            account=programs.account,
        )  # fmt: skip
        write_whole(self.home / "run" / "postgres_port", str(port))
        while is_alive(process):
            if self._answers():
                return True
            if time.monotonic() > until:
                end(process, signal.SIGQUIT)
                raise ServerDied(f"PostgreSQL did not answer in {PATIENCE:.0f} seconds; its log ends:\n{self._tail()}")
            time.sleep(0.05)
        self.note.unlink(missing_ok=True)
        said = self._tail()
        if (_STILL_LEAVING in said or _PORT_GONE in said) and time.monotonic() < until:
            return False
        self._explain(said)
        return False

    def _explain(self, said: str) -> None:
        if says_disk_full(said) or is_full(self.home):
            raise NoSpace(f"The database in {self.home} needs {size(ROOM_FOR_DATA)}.")
        raise ServerDied(f"PostgreSQL says:\n{said}")

    def _settle(self) -> None:
        """Give NocoDB a database of its own and an account that owns nothing else."""
        import psycopg
        from psycopg import sql

        word = secret(self.home / "secrets", "postgres_password")
        try:
            with psycopg.connect(self._superuser(), autocommit=True) as link:
                role, base = sql.Identifier(OWNER), sql.Identifier(DATABASE)
                if not link.execute("select 1 from pg_roles where rolname = %s", [OWNER]).fetchone():
                    link.execute(sql.SQL("create role {} login").format(role))
                link.execute(sql.SQL("alter role {} password {}").format(role, sql.Literal(word)))
                if not link.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                    link.execute(sql.SQL("create database {} owner {}").format(base, role))
                link.execute(sql.SQL("revoke connect on database {} from public").format(base))
        except psycopg.errors.DiskFull as error:
            raise NoSpace(f"The database in {self.home} needs {size(ROOM_FOR_DATA)}.") from error

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self._superuser(), connect_timeout=3).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Stop(
                    f"The password in {self.home / 'secrets'} does not open the database in {self.data}: "
                    "put the secrets folder back from your backup."
                ) from error
            return False
        return True

    def _superuser(self) -> str:
        return self._address(SUPERUSER, secret(self.home / "secrets", "postgres_superuser_password"), "postgres")

    def _address(self, user: str, word: str, database: str) -> str:
        port = (self.home / "run" / "postgres_port").read_text()
        return f"postgresql://{user}:{word}@127.0.0.1:{port}/{database}"

    def _arguments(self) -> list[str]:
        return ["-D", str(self.data)]

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.data.parent)}

    def _tail(self) -> str:
        folder = self.home / "secrets"
        return tail(self.log, [path.read_text() for path in folder.iterdir()])


def free_port() -> int:
    """A port of loopback that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
