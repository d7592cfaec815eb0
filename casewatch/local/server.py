"""The local platform's front door: start, stop and status of PostgreSQL and NocoDB together.

In: a home folder, a cache folder, a port. Out: a running platform and how to reach it.
Never here: a half-started platform left running, or two at once in one home.
"""

from __future__ import annotations

import errno
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import psutil
import requests

from automations.errors import Stop
from casewatch.local import install, nocodb, postgres
from casewatch.local.account import account
from casewatch.local.errors import NoSpace, PortTaken, ServerDied, is_disk_full
from casewatch.local.places import ROOM_FOR_DATA, default_cache, need_room, one_at_a_time, secret, size
from casewatch.local.processes import write_whole
from casewatch.local.programs import programs_for


@dataclass(frozen=True)
class Running:
    """A platform that runs, and what is needed to use it."""

    url: str
    admin_email: str
    admin_password: str = field(repr=False)  # never in a log by accident
    postgres_dsn: str = field(repr=False)
    pid: int


@dataclass(frozen=True)
class Status:
    """What can be said of a platform from outside, without any secret."""

    running: bool
    url: str | None
    nocodb: int | None
    postgres: int | None
    version: str
    installed: bool
    home: str

    def as_dict(self) -> dict[str, object]:
        """The same for --json."""
        return asdict(self)

    def sentence(self) -> str:
        """The same for a person."""
        if self.running:
            return f"NocoDB {self.version} runs at {self.url} (process {self.nocodb})."
        half = [name for name, pid in (("NocoDB", self.nocodb), ("PostgreSQL", self.postgres)) if pid]
        if half:
            return f"Only {' and '.join(half)} can be found, and it is not ready: start again to put it right."
        return f"Nothing runs in {self.home}. NocoDB {self.version} is {'' if self.installed else 'not '}installed."


def _silent(_: str) -> None:
    """Say nothing."""


class LocalPlatform:
    """A NocoDB of one's own in one home folder; `with LocalPlatform(home) as running:` stops it at the end."""

    def __init__(self, home: Path, cache: Path | None = None, port: int = 8080) -> None:
        self.home = home.expanduser().absolute()
        self.cache = (cache or default_cache()).expanduser().absolute()
        self.port = port
        self._nocodb = nocodb.NocoDB(self.home)
        self._postgres = postgres.Postgres(self.home)
        self._ready = self.home / "run" / "ready.json"

    def start(self, progress: Callable[[str], None] = _silent) -> Running:
        """Start what does not run, install what is not there, and come back when it is safe to use."""
        with self._told():
            self._own_home()
            with self._alone(progress):
                if running := self._running():
                    return self._on_the_same_port(running)
                self._need_port()
                need_room(self.home, ROOM_FOR_DATA, "Keeping cases")
                return self._start(progress)

    def stop(self) -> bool:
        """Stop both servers and say whether anything ran; what others started is left alone."""
        if not self.home.is_dir():
            return False
        with self._told(), self._alone(_silent):
            return self._stop()

    def status(self) -> Status:
        """What runs and what is installed."""
        node, database = self._nocodb.process(), self._postgres.process()
        ready = self._ready_url() if node and database else None
        return Status(
            running=ready is not None,
            url=ready,
            nocodb=node.pid if node else None,
            postgres=database.pid if database else None,
            version=install.version(),
            installed=install.is_whole(install.folder(self.cache)),
            home=str(self.home),
        )

    def __enter__(self) -> Running:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """One sentence where the disk is full, or a folder or file is not what it should be."""
        try:
            yield
        except OSError as error:
            if is_disk_full(error):
                raise NoSpace(f"The platform in {self.home} needs {size(ROOM_FOR_DATA)}.") from error
            if isinstance(error, PermissionError):
                raise Stop(f"{error.filename} may not be used by this account.") from error
            if error.filename is not None:
                raise Stop(f"{error.filename} cannot be used: {error.strerror}.") from error
            raise

    def _alone(self, progress: Callable[[str], None]) -> AbstractContextManager[None]:
        return one_at_a_time(self.home / "run" / "lock", progress)

    def _own_home(self) -> None:
        """Make the folders: the home may be passed through, everything in it is closed to others."""
        if not self.home.exists():
            self.home.mkdir(parents=True)
            self.home.chmod(0o700)
        if os.geteuid() == 0:  # the servers' own account has to pass
            self.home.chmod(self.home.stat().st_mode | 0o011)
        for name in ("run", "secrets", "log"):
            folder = self.home / name
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def _need_port(self) -> None:
        """Stop before any work when the port is taken."""
        if self.port == 0:
            return
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise PortTaken(f"127.0.0.1:{self.port}{_who_listens(self.port)}") from error
                raise Stop(f"Port {self.port} may not be used: {error.strerror}.") from error

    def _start(self, progress: Callable[[str], None]) -> Running:
        programs = programs_for(self.cache, account(), progress)
        self._stop()
        try:
            programs.account.own(self.home / "nocodb")
            programs.account.must_read(self.home / "nocodb", "CASEWATCH_HOME")
            self._postgres.start(programs, progress)
            port = self.port or postgres.free_port()
            self._nocodb.start(programs, self._postgres.dsn, port, progress)
            write_whole(self._ready, json.dumps({"url": f"http://127.0.0.1:{port}"}))
            running = self._running()
            if running is None:
                raise ServerDied("It answered, and then no more.")
            return running
        except BaseException:
            self._stop()
            raise

    def _stop(self) -> bool:
        self._ready.unlink(missing_ok=True)
        there = [server for server in (self._nocodb, self._postgres) if server.process()]
        for server in there:
            server.stop()
        return bool(there)

    def _running(self) -> Running | None:
        """What runs already, if both servers live and NocoDB answers."""
        process, url = self._nocodb.process(), self._ready_url()
        if not (process and url and self._postgres.process()):
            return None
        return Running(
            url=url,
            admin_email=nocodb.ADMIN,
            admin_password=secret(self.home / "secrets", "admin_password"),
            postgres_dsn=self._postgres.dsn,
            pid=process.pid,
        )

    def _on_the_same_port(self, running: Running) -> Running:
        if self.port in (0, urlsplit(running.url).port):
            return running
        raise Stop(f"The platform in {self.home} already runs on {running.url}: stop it before choosing another port.")

    def _ready_url(self) -> str | None:
        """The address written down once the door was open, if it still answers."""
        try:
            url = str(json.loads(self._ready.read_text())["url"])
            with requests.Session() as session:
                session.trust_env = False
                return url if session.get(f"{url}/api/v1/health", timeout=5).ok else None
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _who_listens(port: int) -> str:
    """The program on the port, as far as this account may know."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and tuple(connection.laddr)[1:] == (port,) and connection.pid:
                holder = Path(psutil.Process(connection.pid).exe()).name
                return f", held by {holder} (process {connection.pid})"
    except psutil.Error:
        pass
    return ""
