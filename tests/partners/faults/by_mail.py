"""The landlord's mail server, which fails as it is told, and two partners' mailboxes behind it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casewatch.desks.mail import MailDesk
from tests.partners import sealed_mail as sealed
from tests.partners.certificates import Authority
from tests.partners.faults.came import Log, Now_and_then
from tests.server import free_port

MODES = ("down", "no TLS", "wrong certificate", "answer lost", "slow", "busy", "refused")


class _Desk(MailDesk):
    post: "Post"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        to = envelope.rcpt_tos[0]
        mine = next((each for each in self.post.partners if each.is_for(to)), None)
        if mine is None:
            return str(await super().handle_DATA(server, session, envelope))
        mine.log.add("", bytes(envelope.content), to)
        mode, chance = self.post.mode, self.post.chance
        if mode == "slow":
            mine.log.hit(mode)
            await asyncio.sleep(1.5)
        if mode == "busy" and chance(0.5):
            mine.log.hit(mode)
            return "451 Try again later"
        if mode == "refused" and chance(0.3):
            mine.log.hit(mode)
            return "554 No"
        mine.keep(to, bytes(envelope.content))
        if mode == "answer lost" and chance(0.4):
            mine.log.hit(mode)
            server.transport.abort()
        return "250 Kept"


class Post:
    """One server for alerts, letters and both partners."""

    modes = MODES

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder / "mail"
        self.mode = ""
        self.chance = Now_and_then(seed)
        self.partners: list[MailPartner] = []
        self.port = free_port()
        self._right, self._wrong = Authority(folder / "mail-ca"), Authority(folder / "mail-another-ca")
        self.desk: _Desk | None = None

    def turn(self, mode: str) -> None:
        self.mode = mode
        self.shut()
        if mode != "down":
            tls = (self._wrong if mode == "wrong certificate" else self._right).server()
            self.desk = _Desk(self.folder, self.port, None if mode == "no TLS" else tls)
            self.desk.post = self
            self.desk.__enter__()

    def shut(self) -> None:
        if self.desk:
            self.desk.shut()
            self.desk = None

    def settings(self) -> str:
        return (
            f'[mail]\nhost = "localhost"\nport = {self.port}\nsender = "{sealed.OURS}"\nmode = "starttls"\n'
            f'ca_file = "{self._right.file}"'
        )


class MailPartner:
    """A partner with mailboxes in one domain; `sealed_for`: S/MIME to these, otherwise TLS alone."""

    kind = "email"
    modes = ()
    mode = ""

    def __init__(self, name: str, partner: str, folder: Path, post: Post, domain: str, *boxes: str) -> None:
        self.name, self.partner, self.folder, self.domain = name, partner, folder / name, domain
        self.folder.mkdir(parents=True)
        self.log = Log()
        self.boxes = boxes
        self.kept: list[tuple[str, bytes]] = []
        self._gone: set[str] = set()
        post.partners.append(self)
        since, until = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=30)
        for address in (*boxes, sealed.OURS):
            made = sealed.a_certificate(address, since=since, until=until)
            sealed.file(self.folder, "ours.pem" if address == sealed.OURS else f"{address}.pem", sealed.as_pem(made))

    def is_for(self, address: str) -> bool:
        return address.endswith(f"@{self.domain}")

    def keep(self, to: str, content: bytes) -> None:
        self.kept.append((to, content))

    def turn(self, mode: str) -> None:
        """The server is the landlord's: see Post."""

    def shut(self) -> None:
        """See Post."""

    def tend(self) -> None:
        """Nobody answers by itself: staff ring."""

    def settings(self) -> str:
        theirs = ", ".join(f'"{self.folder / box}.pem"' for box in self.boxes)
        how = (
            f'certificates = [{theirs}]\nour_certificate = "{self.folder / "ours.pem"}"'
            if self.boxes
            else 'tls_only = true\ntls_only_because = "Agreed with their data protection officer on 3 November 2026."'
        )
        told = f'kind = "email"\npartner = "{self.partner}"\ndomains = ["{self.domain}"]'
        return f"[destinations.{self.name}]\n{told}\n{how}"

    def secrets(self) -> dict[str, str]:
        return {f"partner_{self.name}_key": sealed.key_as_pem(sealed.a_key(sealed.OURS))} if self.boxes else {}

    def opened(self, content: bytes) -> tuple[str, bytes]:
        """The key that the file is named by, and the message. Opened and verified by the system's openssl."""
        to = next((box for box in self.boxes if f"To: {box}".encode() in content), "")
        told = sealed.opened(content, self.folder, sealed.a_key(to)) if to else sealed.read(content)
        return told.name.partition(".")[0], told.payload

    def in_effect(self) -> dict[str, dict[str, Any]]:
        """What lies in the mailboxes once somebody has read them and deleted what was called back."""
        held = {key: json.loads(body) for key, body in (self.opened(content) for _, content in self.kept)}
        called = {x["recalls"]["key"] for x in held.values() if x["message"] == "recall"}
        self._gone = called & set(held)
        return {key: message for key, message in held.items() if key not in called}

    def deleted(self) -> set[str]:
        self.in_effect()
        return self._gone
