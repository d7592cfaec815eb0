"""The receiver that a partner's developer tests against: what it checks, and what it does with a recall."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from way_to_a_partner import NAMED, STATISTICS, TOKEN

from casewatch.commands.receiver import FAULTS, faults
from casewatch.desks.notices import Notices
from casewatch.desks.partner import PartnerDesk
from casewatch.desks.refused import Refused
from casewatch.desks.signed import COVERED

OURS = Ed25519PrivateKey.generate()
PUBLIC = OURS.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)  # fmt: skip
RECALL = {
    "message": "recall", "version": 1, "form": "recall", "reference": "CW-2026-0007/incident-1",
    "recalls": {"message": "cdrp_notice", "reference": "CW-2026-0007/incident-1", "key": NAMED.key},
}  # fmt: skip


def signed(url: str, body: bytes, covered: tuple[str, ...] = COVERED, by: Ed25519PrivateKey = OURS):
    class Key(HTTPSignatureKeyResolver):
        def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
            return by

    headers = {"Content-Type": "application/json", "Idempotency-Key": NAMED.key, "Authorization": f"Bearer {TOKEN}"}
    request = requests.Request("POST", url, data=body, headers=headers).prepare()
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Key())
    signer.sign(request, key_id="landlord", covered_component_ids=covered, body=body)
    return request


def send(request) -> int:
    with requests.Session() as session:
        session.trust_env = False
        return session.send(request, timeout=5).status_code


def test_what_is_signed_by_the_landlord_is_taken_and_nothing_else(tmp_path):
    """Another's key, a changed body, a signature that leaves the key out, and none at all are refused."""
    with PartnerDesk(tmp_path, TOKEN, signed_by=PUBLIC) as desk:
        changed = signed(desk.url, NAMED.body)
        changed.body = NAMED.body.replace(b"Ada", b"Eve")
        bare = signed(desk.url, NAMED.body)
        del bare.headers["Signature"]
        without_key = tuple(each for each in COVERED if each != "idempotency-key")
        refused = [changed, bare, signed(desk.url, NAMED.body, without_key),
                   signed(desk.url, NAMED.body, by=Ed25519PrivateKey.generate())]  # fmt: skip

        assert [send(each) for each in refused] == [401] * 4
        assert desk.kept() == []
        assert send(signed(desk.url, NAMED.body)) == 201


def test_a_message_that_does_not_fit_its_schema_is_refused_by_the_name_of_the_field(tmp_path):
    """What stands in the field is not repeated; the message that fits is taken."""
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    asks = {"properties": {"form": {"const": "identified"}, "sender": {"type": "string"}}}
    (schemas / "cdrp_notice.v1.schema.json").write_text(json.dumps(asks), "utf-8")
    desk = Notices(tmp_path / "desk", schemas)
    wrong = json.dumps({**json.loads(NAMED.body), "sender": ["Ada Sampleton"]}).encode()

    with pytest.raises(Refused) as refused:
        desk.take(wrong, "0" * 32)

    assert (refused.value.status, refused.value.code) == (422, "schema:sender:type")
    assert desk.take(NAMED.body, NAMED.key)
    with pytest.raises(FileNotFoundError):
        Notices(tmp_path / "other", tmp_path)


def test_what_is_called_back_is_deleted_and_cannot_come_again(tmp_path):
    """HC-052: neither its file nor a word of it is left, and a late try of it is refused; other messages stay."""
    desk = Notices(tmp_path)
    desk.take(NAMED.body, NAMED.key)
    desk.take(STATISTICS.body, STATISTICS.key)
    desk.take(json.dumps(RECALL).encode(), "a" * 32)

    everything = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert "Sampleton" not in everything
    assert desk.status(NAMED.key)["status"] == "recalled"
    with pytest.raises(Refused) as refused:
        desk.take(NAMED.body, NAMED.key)
    assert refused.value.code == "recalled"
    assert desk.status(STATISTICS.key)["status"] == "accepted"


def test_a_recall_that_overtakes_its_message_still_keeps_it_out(tmp_path):
    """Whichever of the two arrives first."""
    desk = Notices(tmp_path)
    desk.take(json.dumps(RECALL).encode(), "a" * 32)

    with pytest.raises(Refused):
        desk.take(NAMED.body, NAMED.key)
    assert "Sampleton" not in "".join(p.read_text("utf-8") for p in tmp_path.rglob("*") if p.is_file())


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path):
    """The incident is counted once."""
    desk = Notices(tmp_path)
    desk.take(STATISTICS.body, STATISTICS.key)
    correction = {"message": "correction", "version": 1, "form": "statistical", "reference": "f" * 32,
                  "corrects": {"message": "cdrp_notice", "reference": "e" * 32, "key": STATISTICS.key},
                  "record": json.loads(STATISTICS.body)}  # fmt: skip
    desk.take(json.dumps(correction).encode(), "b" * 32)

    assert [kept["notice"]["message"] for kept in desk.kept()] == ["correction"]
    assert [kept["notice"]["message"] for kept in desk.kept("replaced")] == ["cdrp_notice"]


def test_what_became_of_a_message_is_read_at_its_own_address(tmp_path):
    """A person at the desk writes it in the file; another token reads nothing, an unknown key is not there."""
    with PartnerDesk(tmp_path, TOKEN) as desk, requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {TOKEN}"
        session.post(desk.url, data=NAMED.body, headers={"Idempotency-Key": NAMED.key}, timeout=5)
        receipt = desk.kept()[0]["receipt"]
        path = tmp_path / f"{receipt}.json"
        path.write_text(path.read_text("utf-8").replace('"accepted"', '"rejected"'), "utf-8")

        there = session.get(f"{desk.url}/{NAMED.key}", timeout=5)
        assert there.json() == {"status": "rejected", "reference": receipt}
        assert session.get(f"{desk.url}/{STATISTICS.key}", timeout=5).status_code == 404
        session.headers["Authorization"] = "Bearer another"
        assert session.get(f"{desk.url}/{NAMED.key}", timeout=5).status_code == 401


def test_faults_come_in_turn_every_other_time():
    """Each kind comes, and between two faults a sender gets through."""
    wrong = faults(("down", "busy"))

    assert [said.status if (said := wrong(number)) else None for number in range(1, 6)] == [0, None, 429, None, 0]
    assert all(faults((each,))(1) is not None for each in FAULTS)
    assert faults(())(1) is None


def test_it_runs_from_the_command_line_until_it_is_told_to_stop(tmp_path: Path):
    """A developer starts it, sends to the address that it prints, and finds the file."""
    command = [sys.executable, "-m", "casewatch.cli", "receiver", str(tmp_path), "--port", "0", "--token", TOKEN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().split()[-1]
            refused = requests.post(
                url, data=b"{}", headers={"Idempotency-Key": "k", "Authorization": f"Bearer {TOKEN}"}, timeout=5
            )
            assert refused.status_code == 422
        finally:
            process.terminate()
            said, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert said.endswith("1 requests, 0 messages kept.\n")
