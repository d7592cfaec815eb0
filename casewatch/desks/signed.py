"""Signed requests, as a partner checks them: RFC 9421 with Ed25519, the digest of the body included.

In: one request as it came, and the landlord's public key. Out: nothing, or a refusal.
Never here: our signing side (sync/partners/): what checks shares no line with what signs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)

COVERED = ("@method", "@target-uri", "content-digest", "content-type", "idempotency-key")
"""What a signature must speak for: what is asked, of which address, with which body, under which key."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the check reads it."""

    method: str
    url: str
    headers: Mapping[str, str]


class WronglySigned(Exception):
    """The request carries no signature of the landlord's, or was changed on its way."""


def must_be_signed(request: Request, body: bytes, public_key: bytes) -> None:
    """WronglySigned where the signature is missing, another's, over too little, or over another body.

    `public_key` is PEM. Which key id the landlord uses is theirs to choose: one key is known here.
    """

    class Known(HTTPSignatureKeyResolver):
        def resolve_public_key(self, key_id: str) -> bytes:
            return public_key

    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=Known())
    try:
        verifier.verify(request, require_components=tuple(f'"{each}"' for each in COVERED), body=body)
    except HTTPMessageSignaturesException:
        raise WronglySigned from None
