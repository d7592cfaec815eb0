"""A way into a partner's folder, and the partner's own key."""

from dataclasses import replace
from pathlib import Path

from joserfc import jwe
from joserfc.jwk import ECKey

from sync.partners.file_drop import DropDestination, FileDrop

THEIRS = ECKey.generate_key("P-256")
PUBLIC = THEIRS.as_pem(private=False).decode()


def the_way_by_folder(desk: Path, public_key: str = PUBLIC, **changed: object) -> FileDrop:
    for each in ("in", "receipts"):
        (desk / each).mkdir(parents=True, exist_ok=True)
    at = DropDestination("quayside", str(desk / "in"), public_key, receipts=str(desk / "receipts"))
    return FileDrop(replace(at, **changed))


def opened(sealed: bytes) -> bytes:
    """As the partner opens it."""
    return jwe.decrypt_compact(sealed, THEIRS, algorithms=["ECDH-ES+A256KW", "A256GCM"]).plaintext or b""
