"""Files as a partner opens them: plain ones from its server, sealed ones (JWE) with its private key.

In: a folder that the landlord writes to. Out: each message with its key. A partner's own key, made once.
Never here: our own code for sealing (a desk that shared it would find no fault in it).
"""

import json
from collections.abc import Iterator
from pathlib import Path

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from casewatch.desks.clerk import Came
from casewatch.desks.kept_files import kept

ALGORITHMS = ["ECDH-ES+A256KW", "A256GCM"]


def plain(folder: Path) -> Iterator[Came]:
    """What lies there whole."""
    for path in sorted(folder.glob("*.json")):
        yield Came(path.stem, path.read_bytes(), path)


def sealed(folder: Path, key: ECKey) -> Iterator[Came]:
    """What lies there and opens with the key."""
    for path in sorted(folder.glob("*.jwe")):
        try:
            body = jwe.decrypt_compact(path.read_text("ascii"), key, algorithms=ALGORITHMS).plaintext
        except (JoseError, ValueError):
            continue
        yield Came(path.stem, body or b"", path)


def private_key(file: Path) -> ECKey:
    """The partner's key, made the first time and closed to others."""
    made = kept(file, lambda: json.dumps(ECKey.generate_key("P-256", private=True).as_dict(private=True)))
    return ECKey.import_key(json.loads(made))


def public_half(key: ECKey) -> str:
    """What the landlord is given."""
    return json.dumps(key.as_dict(private=False))
