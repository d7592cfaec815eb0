"""Certificates for a partner and for a landlord, made when a test asks, by an authority that lives as long as it."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


class Authority:
    """A certificate authority, its certificate in a file."""

    def __init__(self, folder: Path) -> None:
        self._made = trustme.CA()
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file = str(folder / "ca.pem")
        self._made.cert_pem.write_to_path(self.file)

    def server(
        self, host: str = "localhost", *, expired: bool = False, wants: "Authority | None" = None
    ) -> ssl.SSLContext:
        """A partner's side. `wants`: whose clients alone it lets in."""
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ended = datetime.now(UTC) - timedelta(days=1) if expired else None
        self._made.issue_cert(host, not_after=ended).configure_cert(tls)
        if wants:
            tls.verify_mode = ssl.CERT_REQUIRED
            tls.load_verify_locations(wants.file)
        return tls

    def client(self, name: str = "landlord", *, expired: bool = False) -> tuple[str, str]:
        """A landlord's own certificate and its key, as two files."""
        ended = datetime.now(UTC) - timedelta(days=1) if expired else None
        issued = self._made.issue_cert(f"{name}.example", not_after=ended)
        certificate, key = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        certificate.write_bytes(b"".join(each.bytes() for each in issued.cert_chain_pems))
        key.write_bytes(issued.private_key_pem.bytes())
        return str(certificate), str(key)
