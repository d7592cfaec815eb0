"""Sealed: a message that only the partner can open (JWE, RFC 7516), and can be compared with by us without opening it.

In: a message, the partner's public key from the settings. Out: text that shows how it is sealed and nothing else.
Never here: a private key, an algorithm that somebody may choose, a digest that can be looked up.
"""

import base64
import binascii
import hashlib
import json
import os
from hmac import compare_digest
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, import_key

ALGORITHM, CONTENT = "ECDH-ES+A256KW", "A256GCM"
CURVES = ("P-256", "P-384", "P-521", "X25519")
HEADER = 1024
"""Bytes that a header fits in: some libraries take no longer one."""
SALT = 16

PublicKey = ECKey | OKPKey


def public_key(text: str) -> PublicKey:
    """A partner's key, from a JWK or PEM. ValueError, with the reason, where nothing can be sealed with it."""
    key = _imported(text.strip())
    if key is None or key.curve_name not in CURVES:
        raise ValueError(f"is no public key on one of the curves {', '.join(CURVES)}, as a JWK or as PEM")
    if key.is_private:
        raise ValueError("holds a private key, which nobody but the partner may have: ask for a new one")
    try:
        trial = sealed(b"{}", key)
    except (JoseError, ValueError):
        raise ValueError("is a key that says it is for something else than this kind of sealing") from None
    if trial.index(b".") > HEADER:
        raise ValueError("has a `kid` that is too long")
    return key


def sealed(message: bytes, key: PublicKey) -> bytes:
    """The message, for the holder of the private key alone. Twice the same message looks different each time."""
    header = {"alg": ALGORITHM, "enc": CONTENT, "kid": key.kid or key.thumbprint(), "cty": "json",
              "apu": _text(_mark(message, os.urandom(SALT)))}  # fmt: skip
    return jwe.encrypt_compact(header, message, key, algorithms=[ALGORITHM, CONTENT]).encode()


def holds(beginning: bytes, message: bytes) -> bool:
    """Whether a sealed text, of which the first HEADER bytes are given, is this message."""
    try:
        header: dict[str, Any] = json.loads(_bytes(beginning.split(b".")[0]))
        mark = _bytes(header["apu"].encode())
    except (ValueError, binascii.Error, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return compare_digest(mark, _mark(message, mark[:SALT]))


def _mark(message: bytes, salt: bytes) -> bytes:
    """Salted and slow to work out, so that it cannot be used to try which of many messages this is."""
    return salt + hashlib.scrypt(message, salt=salt, n=2**14, r=8, p=1, dklen=16)


def _imported(text: str) -> PublicKey | None:
    for kind in (ECKey, OKPKey):
        try:
            if text.startswith("{"):
                key = import_key(json.loads(text))
                return key if isinstance(key, ECKey | OKPKey) else None
            return kind.import_key(text)
        except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
            continue
    return None


def _text(mark: bytes) -> str:
    return base64.urlsafe_b64encode(mark).rstrip(b"=").decode()


def _bytes(text: bytes) -> bytes:
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
