"""Settings become ways to partners by e-mail and by hand, or a sentence that names what is wrong with them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

from automations.errors import Stop
from automations.ports import ByHand
from casewatch import connect
from casewatch.settings import load
from sync.partners.email import Email
from sync.platforms.memory import MemoryPlatform

SETTINGS = """
[landlord]
name = "Harbour Row Homes"
address = ["1 Sample Quay"]
telephone = "01632 960100"
email = "hello@harbour-row.example"
neutral_sender = "HRH"
[nocodb]
url = "https://nocodb.harbour-row.example"
name = "Harbour Row Homes"
"""
MAIL = '[mail]\nhost = "mail.harbour-row.example"\nsender = "casewatch@harbour-row.example"\n'
WHO = '[destinations.quay-side]\npartner = "Quayside Police"\n'
TLS = 'kind = "email"\ndomains = ["quayside.example"]\ntls_only = true\ntls_only_because = "Agreed by both in 2026."\n'
SEALED = 'kind = "email"\ndomains = ["quayside.example"]\ncertificates = ["theirs.pem"]\nour_certificate = "ours.pem"\n'
FORM = 'kind = "manual"\nwhere = "https://police.example"\nform = "police_uk_form"\n'
RING = 'kind = "manual"\nwhere = "01632 960123"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CASEWATCH_SETTINGS", "CASEWATCH_SECRETS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", "made-up")
    monkeypatch.setenv("CASEWATCH_REFERENCE_SECRET", "a secret of sixteen characters or more")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def way(home: Path, told: str, mail: str = MAIL) -> object:
    (home / "casewatch.toml").write_text(SETTINGS + mail + WHO + told)
    outlet = connect.outlet(load(home / "casewatch.toml"), MemoryPlatform(lambda: datetime.now(UTC)))
    assert outlet.owners == {"quay-side": "Quayside Police"}
    return outlet.transports["quay-side"]


def test_each_kind_becomes_its_way(home: Path) -> None:
    """A pack of a form and one of a telephone are PDFs under the landlord's letterhead."""
    assert isinstance(way(home, TLS), Email)
    for told, message in ((FORM, b'{"people":[{"part":"victim","name":"Ada Sampleton"}]}'), (RING, b"{}")):
        made = way(home, told)
        assert isinstance(made, ByHand)
        assert made.pack(message, "0" * 32, datetime(2026, 2, 28, tzinfo=UTC)).startswith(b"%PDF")
    assert not isinstance(way(home, TLS), ByHand)


def test_a_sealed_way_takes_its_key_from_the_secrets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not from the file, where it would lie beside its certificate."""
    for name, address in (("theirs", "desk@quayside.example"), ("ours", "casewatch@harbour-row.example")):
        key = rsa.generate_private_key(65537, 2048)
        (home / f"{name}.pem").write_bytes(_certificate(key, address))
        (home / f"{name}.key").write_bytes(
            key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b"a-word"))
        )
    with pytest.raises(Stop, match="key cannot be read"):
        way(home, SEALED)

    monkeypatch.setenv("CASEWATCH_PARTNER_QUAY_SIDE_KEY", (home / "ours.key").read_text())
    monkeypatch.setenv("CASEWATCH_PARTNER_QUAY_SIDE_PASSPHRASE", "a-word")
    assert isinstance(way(home, SEALED), Email)
    with pytest.raises(Stop, match="not a setting"):
        way(home, SEALED + 'key = "a-key"\n')


@pytest.mark.parametrize(("told", "mail", "says"), [
    (TLS, "", "no mail server is in the settings"), (TLS.replace("true", "false"), MAIL, "needs certificates"),
    (TLS.replace("quayside.example", "*"), MAIL, "domains"), (SEALED, MAIL, "theirs.pem: the file cannot be read"),
    (FORM.replace("police_uk", "nobodys"), MAIL, "destinations.quay-side.form"),
    (RING.replace("where", "when"), MAIL, "when"),
    (RING.replace("01632 960123", ""), MAIL, "destinations.quay-side.where"),
    ('kind = "pigeon"\n', MAIL, "email, file_drop, manual"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_the_name_of_the_setting(home: Path, told: str, mail: str, says: str) -> None:
    with pytest.raises(Stop) as stop:
        way(home, told, mail)
    assert says in stop.value.detail


def _certificate(key: rsa.RSAPrivateKey, address: str) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Made up")])
    uses = dict.fromkeys(("content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
                          "encipher_only", "decipher_only"), False)  # fmt: skip
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .add_extension(x509.KeyUsage(digital_signature=True, key_encipherment=True, **uses), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(s.Encoding.PEM)
