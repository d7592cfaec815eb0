"""The demonstration's other side: a partner of each way, which keeps, answers and deletes what it is sent."""

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from message_cases import WORDS, a_recall, sent
from partner_cases import SECRET
from sealed_mail import openssl, read
from way_to_a_partner import NAMED

from automations.errors import NeedsAPerson
from automations.ports import ByHand
from casewatch import connect
from casewatch.demo import asking, other_side
from casewatch.demo.landlord import LANDLORD
from casewatch.demo.partners import DESTINATIONS, LISTENING, MAILBOXES, POLICE, SHORE
from casewatch.desks.mail import MailDesk
from casewatch.settings import Landlord, Mail, NocoDB, Settings, load
from schema import choices as c
from sync.platforms.memory import MemoryPlatform

SENDER, TOKEN = "casewatch@harbour-row.example", "a-token-made-up-for-tests"
SUPPORT = sent(c.Purpose.SUPPORT)
SUPPORT_TOO = sent(c.Purpose.SUPPORT, words="Another word.", key="CW-2026-0007/another")
RECALL = a_recall(SUPPORT.key)
BOX = MAILBOXES[LISTENING]
TELLS = ["quayside", "kirkinlea", "examplemouth-council", "listening-service", "social-services"]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Everything open, and our ways there made from the settings as the demo makes them."""
    folder = tmp_path_factory.mktemp("demo").resolve()
    with MailDesk(folder / "mail") as mail, other_side.opened(folder, mail, SENDER, TOKEN) as partners:
        settings = Settings(
            landlord=Landlord(**{f: getattr(LANDLORD, f) for f in Landlord.model_fields}),
            nocodb=NocoDB(url="http://127.0.0.1:1", name="A landlord"),
            mail=Mail(host=mail.address[0], port=mail.address[1], sender=SENDER, mode="plain"),
            destinations=partners.destinations, partner_secrets=partners.secrets, nocodb_token="made-up",
            reference_secret=SECRET.decode(),
        )  # fmt: skip
        outlet = connect.outlet(settings, MemoryPlatform(lambda: datetime.now(UTC)))
        yield SimpleNamespace(folder=folder, partners=partners, ways=outlet.transports, mail=mail, settings=settings)


def held(there: SimpleNamespace, name: str, inside: str = "") -> list[dict]:
    """What a partner has in its folder."""
    there.partners.work()
    files = sorted((there.folder / "partners" / name / inside).glob("R-*.json"))
    return [json.loads(file.read_text("utf-8"))["notice"] for file in files]


def test_there_is_a_partner_of_each_way(there):
    """HC-052: five kinds of destination; each destination of a Partner row is one of them."""
    assert {at.kind for at in there.partners.destinations.values()} == {
        "https_json", "sftp", "email", "file_drop", "manual",
    }  # fmt: skip
    assert set(DESTINATIONS.values()) < set(there.ways)
    assert isinstance(there.ways[DESTINATIONS[POLICE]], ByHand)


@pytest.mark.parametrize("name", TELLS)
def test_what_goes_any_way_lies_open_to_a_person_and_is_gone_once_called_back(there, name):
    """R-13, HC-052: the same message at each; after the recall its partner keeps that it was, and nothing of it."""
    way, to = there.ways[name], (BOX,) if name == "listening-service" else ()
    assert way.deliver(SUPPORT.body, SUPPORT.key, *to).accepted
    assert json.loads(SUPPORT.body) in held(there, name)
    assert "Support referral" in (there.folder / "partners" / name / "index.html").read_text("utf-8")

    assert way.deliver(RECALL.body, RECALL.key, *to).accepted
    assert json.loads(SUPPORT.body) not in held(there, name)
    assert held(there, name, "recalled").count(None) == 1
    words = [path for path in (there.folder / "partners" / name).rglob("*") if path.is_file()
             and WORDS.encode() in path.read_bytes()]  # fmt: skip
    assert words == []


@pytest.mark.parametrize("name", ["quayside", "examplemouth-council", "social-services"])
def test_a_partner_answers_what_became_of_it(there, name):
    """R-13: later, under the key, with a number of its own."""
    there.ways[name].deliver(NAMED.body, NAMED.key)
    there.partners.work()
    [said] = [x for x in there.ways[name].answers([NAMED.key]) if x.key == NAMED.key]
    assert (said.said, bool(said.reference)) == ("accepted", True)


def test_a_mailbox_is_opened_with_openssl_as_the_page_for_partners_says(there):
    """HC-052: decrypted with the partner's key, verified with our certificate; nothing outside names anybody."""
    there.ways["listening-service"].deliver(NAMED.body, NAMED.key, BOX)
    there.partners.work()
    box = there.folder / "partners" / "listening-service" / "mailbox"
    [letter] = [x for x in box.glob("*.eml") if NAMED.key[:8] in x.name]
    inside = openssl("-decrypt", "-in", letter, "-inkey", box / "mailbox.key")
    (there.folder / "inside.eml").write_bytes(inside)
    ours = there.folder / "keys" / "mailbox.pem"
    said = read(openssl("-verify", "-in", there.folder / "inside.eml", "-CAfile", ours, "-purpose", "any"))
    assert (said.payload, said.name) == (NAMED.body, f"{NAMED.key}.json")
    assert b"Sampleton" not in letter.read_bytes()


def test_a_sealed_file_lies_beside_what_was_opened(there):
    """R-12: nothing of it can be read without the key."""
    there.ways["social-services"].deliver(SUPPORT_TOO.body, SUPPORT_TOO.key)
    assert json.loads(SUPPORT_TOO.body) in held(there, "social-services")
    file = there.folder / "partners" / "social-services" / "in" / f"{SUPPORT_TOO.key}.jwe"
    assert b"Ada" not in file.read_bytes()


def test_one_partner_refuses_and_one_is_told_by_hand(there):
    """HC-095: with a code; and by hand nothing is sent."""
    refused = there.ways[DESTINATIONS[SHORE]].deliver(NAMED.body, NAMED.key)
    assert not refused.accepted
    assert "not_our_tenant" in refused.reason
    with pytest.raises(NeedsAPerson):
        there.ways[DESTINATIONS[POLICE]].deliver(NAMED.body, NAMED.key)


def test_whoever_changes_a_message_or_signs_as_somebody_else_is_refused_by_the_first_partnership(there):
    """R-26: the second one has no key of ours and takes it."""
    quayside = there.partners.destinations["quayside"]
    unsigned = other_side.OverHttps(url=quayside.url, partner=quayside.partner)
    way = connect.WAYS["https_json"]("quayside", unsigned, lambda what: TOKEN if what == "token" else "", None)
    with pytest.raises(NeedsAPerson):
        way.deliver(SUPPORT_TOO.body, SUPPORT_TOO.key)
    assert there.ways["quayside"].deliver(SUPPORT_TOO.body, SUPPORT_TOO.key).accepted


def test_keys_are_closed_to_others_and_a_second_start_keeps_them(there, tmp_path):
    """R-26: each of mode 0600; what came before can still be opened."""
    keys = [path for path in there.folder.rglob("*") if path.suffix == ".key" or path.name == "private-key.json"]
    assert len(keys) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}
    before = {path: path.read_bytes() for path in keys}
    with other_side.opened(there.folder, there.mail, SENDER, TOKEN):
        assert {path: path.read_bytes() for path in keys} == before


def test_the_settings_that_the_demo_keeps_have_every_way(there, monkeypatch):
    """HC-063: `casewatch referral preview`, as the demo prints it, finds each partner; no secret is in the file."""
    folder = there.folder / "kept"
    asking.keep(there.settings, folder)
    monkeypatch.setenv("CASEWATCH_SECRETS", str(folder / "secrets"))
    read_back = load(folder / "casewatch.toml")
    assert read_back.destinations == there.settings.destinations
    outlet = connect.outlet(read_back, MemoryPlatform(lambda: datetime.now(UTC)))
    assert set(outlet.transports) == set(there.ways)
    told = outlet.transports["kirkinlea"].deliver(SUPPORT_TOO.body, SUPPORT_TOO.key)
    assert told.accepted, "with the demo's own token"
    secrets = list((folder / "secrets").iterdir())
    text = (folder / "casewatch.toml").read_text("utf-8")
    assert {stat.S_IMODE(x.stat().st_mode) for x in secrets} == {0o600}
    assert [x.name for x in secrets if x.read_text("utf-8").strip() in text] == []
    assert asking.words(folder, "referral", "preview", "CW-2026-0009", "Sample Police").endswith(
        f"casewatch referral preview CW-2026-0009 'Sample Police' --settings {folder / 'casewatch.toml'}"
    )
