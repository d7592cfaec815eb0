"""A partner knows that a notice is ours: by a token, a certificate of ours, a signature, whichever it asks for."""

import json
from pathlib import Path

import pytest
from certificates import Authority
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    MappingKeyResolver,
    algorithms,
)
from receiving import Came, Receiving
from requests import Request
from way_to_a_partner import NAMED, STATISTICS, TOKEN

from automations.errors import NeedsAPerson, NoReceipt, NotReached, Stop
from sync.partners.https_json import Destination, HttpsJson

WHAT_A_PARTNER_ASKS_FOR = ('"@method"', '"@target-uri"', '"content-digest"', '"content-type"', '"idempotency-key"')


def a_key(of: object = None, password: bytes = b"") -> str:
    made = of or Ed25519PrivateKey.generate()
    shut = BestAvailableEncryption(password) if password else NoEncryption()
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, shut).decode()


KEY = a_key()
THEIRS = load_pem_private_key(KEY.encode(), None).public_key()


def way(partner: Receiving, **more) -> HttpsJson:
    given = {"token": TOKEN} | more
    return HttpsJson(Destination("Exampleshire", partner.url, **given), timeout=(1.0, 2.0), longest=5)


def verified(
    partner: Receiving, came: Came, body: bytes | None = None, require=WHAT_A_PARTNER_ASKS_FOR, **changed: str
):
    """As a careful partner checks it. HTTPMessageSignaturesException where it is not what was signed."""
    url = partner.url.removesuffix("/notices") + came.path
    request = Request(came.method, url, headers={**came.headers, **changed}).prepare()
    resolver = MappingKeyResolver(public_keys={"landlord-1": THEIRS}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    return verifier.verify(request, body=came.body if body is None else body, require_components=require)


@pytest.fixture
def signed():
    with Receiving() as partner:
        assert way(partner, signing_key=KEY, signing_key_id="landlord-1").deliver(NAMED.body, NAMED.key).accepted
        yield partner, partner.came[0]


def test_a_signed_notice_is_verified_with_what_it_speaks_for(signed):
    """Method, address, bytes, kind and key; when it was made, with which key, and how."""
    partner, came = signed
    [result] = verified(partner, came)

    assert {*WHAT_A_PARTNER_ASKS_FOR} <= {*result.covered_components}
    assert {"created", "keyid", "alg"} <= {*result.parameters}
    assert (result.parameters["keyid"], result.parameters["alg"]) == ("landlord-1", "ed25519")
    assert KEY.splitlines()[1] not in json.dumps(came.headers)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (NAMED.body.replace(b"Ada", b"Eve"), {}),
        (STATISTICS.body, {}),
        (None, {"idempotency-key": STATISTICS.key}),
        (None, {"content-type": "text/plain"}),
    ],
    ids=["a word changed", "another notice", "another key", "another kind"],
)
def test_a_request_that_was_tampered_with_is_refused(signed, body, changed):
    """HC-052: the one that nobody touched passes."""
    partner, came = signed
    with pytest.raises(HTTPMessageSignaturesException):
        verified(partner, came, body, **changed)

    assert verified(partner, came)


def test_a_request_without_a_signature_is_refused_by_who_asks_for_one():
    """And goes as ever to who does not."""
    with Receiving() as partner:
        assert way(partner).deliver(NAMED.body, NAMED.key).accepted

    assert "signature" not in partner.came[0].headers
    with pytest.raises(HTTPMessageSignaturesException):
        verified(partner, partner.came[0])


def test_a_question_is_signed_too(signed):
    """Who asks what became of a notice must be who sent it."""
    partner, _ = signed
    way(partner, signing_key=KEY, signing_key_id="landlord-1").answers([NAMED.key])

    asked = partner.came[-1]
    assert (asked.method, asked.path) == ("GET", f"/notices/{NAMED.key}")
    assert verified(partner, asked, require=('"@method"', '"@target-uri"'))


@pytest.mark.parametrize(
    ("key", "key_id", "why"),
    [
        ("not a key", "landlord-1", "Ed25519"),
        (a_key(generate_private_key(65537, 2048)), "landlord-1", "Ed25519"),
        (a_key(password=b"word"), "landlord-1", "without a passphrase"),
        (THEIRS.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(), "landlord-1", "private"),
        (KEY, "", "signing_key_id"),
        (KEY, "caf\u00e9", "signing_key_id"),
    ],
    ids=["no key", "another kind", "shut", "public", "no name", "no plain name"],
)
def test_a_signing_key_that_cannot_sign_is_refused_at_the_start(key, key_id, why):
    """And never shown."""
    with pytest.raises(Stop, match=why) as told:
        HttpsJson(Destination("Exampleshire", "https://p.example.org/", TOKEN, signing_key=key, signing_key_id=key_id))

    assert "\n" not in str(told.value)
    HttpsJson(Destination("Exampleshire", "https://p.example.org/", TOKEN, signing_key=KEY, signing_key_id="a"))


@pytest.fixture
def authorities(tmp_path: Path) -> tuple[Authority, Authority]:
    """The partner's, and the one that knows the landlords."""
    return Authority(tmp_path / "theirs"), Authority(tmp_path / "ours")


def test_a_certificate_of_ours_is_enough_and_may_go_with_a_token(authorities):
    """R-26: without either a partner cannot know that it is us."""
    theirs, ours = authorities
    certificate, key = ours.client()
    with Receiving(tls=theirs.server(wants=ours)) as partner:
        for token in ("", TOKEN):
            over = way(partner, token=token, ca_file=theirs.file, client_certificate=certificate, client_key=key)
            assert over.deliver(NAMED.body, NAMED.key).accepted

    assert ["authorization" in came.headers for came in partner.came] == [False, True]
    with pytest.raises(Stop, match="token, or a client_certificate"):
        way(partner, token="")


@pytest.mark.parametrize("wrong", ["none", "of another authority", "expired"])
def test_a_certificate_that_the_partner_does_not_take_needs_a_person_and_nothing_arrived(authorities, wrong):
    """It broke off before it read a word: so other ways stay open. The right one passes."""
    theirs, ours = authorities
    certificate, key = {"none": (None, None), "of another authority": theirs.client(),
                        "expired": ours.client(expired=True)}[wrong]  # fmt: skip
    with Receiving(tls=theirs.server(wants=ours)) as partner:
        with pytest.raises(NeedsAPerson, match="our certificate") as told:
            way(partner, ca_file=theirs.file, client_certificate=certificate, client_key=key).deliver(
                NAMED.body, NAMED.key
            )
        assert not isinstance(told.value, NoReceipt)
        assert partner.came == []
        certificate, key = ours.client("right")
        over = way(partner, ca_file=theirs.file, client_certificate=certificate, client_key=key)
        assert over.deliver(NAMED.body, NAMED.key).accepted


@pytest.mark.parametrize("expired", [True, False])
def test_a_partner_whose_certificate_has_run_out_gets_nothing(authorities, expired):
    theirs, _ = authorities
    with Receiving(tls=theirs.server(expired=expired)) as partner:
        if not expired:
            assert way(partner, ca_file=theirs.file).deliver(NAMED.body, NAMED.key).accepted
            return
        with pytest.raises(NeedsAPerson, match="could not be verified"):
            way(partner, ca_file=theirs.file).deliver(NAMED.body, NAMED.key)
    assert partner.came == []


def test_a_key_that_is_shut_opens_with_its_passphrase_and_with_nothing_else(authorities, tmp_path):
    """Without it, nobody is asked at a keyboard: it is a fault in the settings, told at the start."""
    theirs, ours = authorities
    certificate, key = ours.client()
    shut = tmp_path / "shut.key"
    shut.write_text(a_key(load_pem_private_key(Path(key).read_bytes(), None), password=b"a long word"))
    own = {"ca_file": theirs.file, "client_certificate": certificate, "client_key": str(shut)}
    with Receiving(tls=theirs.server(wants=ours)) as partner:
        for passphrase in ("", "another word"):
            with pytest.raises(Stop, match="client_passphrase"):
                way(partner, **own, client_passphrase=passphrase)
        opened = way(partner, **own, client_passphrase="a long word")
        assert "a long word" not in repr(opened.__dict__)
        assert opened.deliver(NAMED.body, NAMED.key).accepted
        with pytest.raises(Stop, match="client_certificate"):
            way(partner, client_certificate=certificate, client_key=theirs.client()[1])
        with pytest.raises(Stop, match="client_certificate"):
            way(partner, client_certificate=str(tmp_path / "none.pem"))
        with pytest.raises(Stop, match="no client_certificate"):
            way(partner, client_key=key)


def test_a_handshake_that_breaks_off_leaves_nothing_open(authorities):
    """A certificate for another host: not reached, in the sense that nothing arrived."""
    theirs, _ = authorities
    with Receiving(tls=theirs.server("elsewhere.example")) as partner:
        over = way(partner, ca_file=theirs.file)
        with pytest.raises(NeedsAPerson):
            over.deliver(NAMED.body, NAMED.key)
        partner.shut()
        with pytest.raises(NotReached):
            over.deliver(NAMED.body, NAMED.key)
    assert partner.came == []
