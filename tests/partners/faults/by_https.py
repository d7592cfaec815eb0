"""A partner over HTTPS with TLS and signed requests, which fails as it is told."""

import io
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import casewatch
from casewatch.desks.partner import Instead, PartnerDesk
from tests.partners.certificates import Authority
from tests.partners.faults.came import Log, Now_and_then
from tests.server import free_port

SCHEMAS = Path(casewatch.__file__).parents[1] / "docs" / "partners" / "v1"
TOKEN = "a-token-of-the-partners-desks"
MODES = ("down", "500 then 200", "answer lost", "slow", "429", "wrong certificate", "schema rejected")


class _Desk(PartnerDesk):
    log: Log

    def take(self, request: BaseHTTPRequestHandler) -> Instead:
        body = request.rfile.read(int(request.headers.get("Content-Length", "0")))
        self.log.add(request.headers.get("Idempotency-Key", ""), body)
        request.rfile = io.BytesIO(body)
        return super().take(request)


class HttpsPartner:
    """`mode` "" is well."""

    kind = "https_json"
    modes = MODES

    def __init__(self, name: str, partner: str, folder: Path, seed: int) -> None:
        self.name, self.partner, self.folder = name, partner, folder / name
        self.log = Log()
        self.mode = ""
        self._chance = Now_and_then(seed)
        self._right, self._wrong = Authority(folder / f"{name}-ca"), Authority(folder / f"{name}-another-ca")
        self._port = free_port()
        self._key = Ed25519PrivateKey.generate()
        public = self._key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
        self._public = public
        self.desk: _Desk | None = None

    def turn(self, mode: str) -> None:
        self.mode = mode
        self.shut()
        if mode != "down":
            tls = (self._wrong if mode == "wrong certificate" else self._right).server()
            self.desk = _Desk(self.folder, TOKEN, self._port, tls, self._answer, SCHEMAS, self._public)
            self.desk.log = self.log
            self.desk.__enter__()

    def shut(self) -> None:
        if self.desk:
            self.desk.__exit__(None, None, None)
            self.desk = None

    def tend(self) -> None:
        """Its program does everything."""

    def settings(self) -> str:
        return (
            f'[destinations.{self.name}]\npartner = "{self.partner}"\nurl = "https://localhost:{self._port}/notices"\n'
            f'ca_file = "{self._right.file}"\nsigning_key_id = "harbour-row"'
        )

    def secrets(self) -> dict[str, str]:
        key = self._key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()).decode()
        return {f"partner_{self.name}_token": TOKEN, f"partner_{self.name}_signing_key": key}

    def opened(self, content: bytes) -> tuple[str, bytes]:
        return "", content

    def in_effect(self) -> dict[str, dict[str, Any]]:
        """What it holds and counts, by fingerprint of its key."""
        assert self.desk
        return {kept["receipt"]: kept["notice"] for where in ("", "replaced") for kept in self.desk.kept(where)}

    def deleted(self) -> set[str]:
        assert self.desk
        return {kept["receipt"] for kept in self.desk.kept("recalled") if kept["notice"] is None}

    def _answer(self, number: int) -> Instead | None:
        match self.mode:
            case "500 then 200" if number % 2:
                said: Instead | None = Instead(500)
            case "answer lost" if self._chance(0.7):
                said = Instead(store=True)
            case "429" if self._chance(0.6):
                said = Instead(429, {"Retry-After": "2"})
            case "schema rejected" if self._chance(0.2):
                said = Instead(422, body=b'{"error": "schema:people.0.name:maxLength"}')
            case "slow":
                time.sleep(2)
                self.log.hit(self.mode)
                return None
            case _:
                return None
        self.log.hit(self.mode)
        return said
