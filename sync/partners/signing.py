"""Signing: a request that says whose it is and that nobody changed it on its way (RFC 9421, Ed25519).

In: a request ready to leave, and the landlord's own key. Out: the same request with its digest and signature.
Never here: the checking of a signature (that is the partner's), a key in a message.
"""

from datetime import UTC, datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms
from requests import PreparedRequest

from automations.errors import Stop

POSTED = ("@method", "@target-uri", "content-type", "idempotency-key")
"""What is signed of a notice, beside the digest of its bytes, which the signer adds."""
ASKED = ("@method", "@target-uri")
LABEL = "casewatch"


class Signature:
    """Signs as one landlord to one partner."""

    def __init__(self, name: str, key: str, key_id: str) -> None:
        """`key` is an Ed25519 private key in PEM, without a passphrase. Stop where it is none.

        `name` is the destination's, `key_id` what the partner knows the key as.
        """
        try:
            private = load_pem_private_key(key.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            private = None
        if not isinstance(private, Ed25519PrivateKey):
            raise Stop(f"The signing key of {name} must be an Ed25519 private key in PEM, without a passphrase.")
        if not key_id or not key_id.isascii() or not key_id.isprintable():
            raise Stop(f"{name} has a signing key: say in signing_key_id, in plain letters, what the partner calls it.")
        self._key_id = key_id
        self._signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519,
            key_resolver=MappingKeyResolver(public_keys={}, private_keys={key_id: private}),
        )

    def __call__(self, request: PreparedRequest, body: bytes | None) -> None:
        """Sign it where it stands. `body` is what it carries; None for a question without one."""
        self._signer.sign(
            request, key_id=self._key_id, created=datetime.now(UTC), label=LABEL, body=body,
            covered_component_ids=ASKED if body is None else POSTED,
        )  # fmt: skip
