"""Files in a folder on a real disk: sealed or statistics alone, whole or not at all, and never somewhere else."""

import json
import os
import resource
import shutil
import stat
from pathlib import Path

import pytest
from by_folder import PUBLIC, THEIRS, opened, the_way_by_folder
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import NeedsAPerson, NoReceipt, NotReached, Stop, TryAgainLater
from sync.partners.local_folder import Folder
from sync.partners.sealed import public_key, sealed

NAME = f"{NAMED.key}.jwe"


def hand_over(folder: Path, **changed):
    return the_way_by_folder(folder, **changed).deliver(NAMED.body, NAMED.key)


def there(folder: Path) -> set[str]:
    return {path.name for path in (folder / "in").iterdir()}


def test_a_sealed_file_is_opened_by_the_partners_key_and_by_no_other(tmp_path):
    """HC-052: whoever carries the folder, or backs it up, reads nobody's name in it."""
    assert hand_over(tmp_path).accepted
    [path] = (tmp_path / "in").iterdir()
    content = path.read_bytes()

    assert opened(content) == NAMED.body
    for word in (b"Ada", b"Sampleton", b"Example"):
        assert word not in content
    with pytest.raises(JoseError):
        jwe.decrypt_compact(content, ECKey.generate_key("P-256"))
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == (NAME, 0o600)


@pytest.mark.parametrize("part", range(5), ids=["header", "key", "iv", "content", "tag"])
def test_a_file_that_was_tampered_with_does_not_open(tmp_path, part):
    """Nobody on the way can change who is named, how it is sealed, or that it is whole."""
    hand_over(tmp_path)
    parts = (tmp_path / "in" / NAME).read_bytes().split(b".")
    at = len(parts[part]) // 2
    parts[part] = parts[part][:at] + (b"B" if parts[part][at : at + 1] == b"A" else b"A") + parts[part][at + 1 :]
    with pytest.raises((JoseError, ValueError)):
        opened(b".".join(parts))


def test_any_key_that_can_be_sealed_for_is_taken_as_jwk_or_pem():
    """And its own name for it goes along, so that the partner finds it."""
    for key in [*(ECKey.generate_key(curve) for curve in ("P-256", "P-384", "P-521")), OKPKey.generate_key("X25519")]:
        jwk = json.dumps({**key.as_dict(private=False), "kid": "spring-2026"})
        for text in (jwk, key.as_pem(private=False).decode()):
            found = jwe.decrypt_compact(sealed(b"{}", public_key(text)), key)
            assert found.plaintext == b"{}"
            assert found.protected["kid"] == ("spring-2026" if text is jwk else key.thumbprint())


def test_a_plain_folder_takes_statistics_and_nobody_by_name(tmp_path):
    """R-15, HC-052: whatever asks for it, a name does not lie open in a folder. In doubt it is one."""
    way = the_way_by_folder(tmp_path, public_key="")
    assert not way.carries_names
    for payload in (NAMED.body, b'{"message":"recall"}', b"[]", b"not json", b'{"form":["statistical"]}'):
        with pytest.raises(NeedsAPerson, match="plain") as told:
            way.deliver(payload, NAMED.key)
        assert "public_key" in told.value.detail
    assert there(tmp_path) == set()
    assert way.deliver(STATISTICS.body, STATISTICS.key).accepted
    assert there(tmp_path) == {f"{STATISTICS.key}.json"}


def test_other_content_under_the_key_is_refused_and_stays_even_of_the_same_length(tmp_path):
    """HC-052: a sealed file can be compared without being opened. The same content is the same notice."""
    way = the_way_by_folder(tmp_path)
    assert way.deliver(NAMED.body, NAMED.key).accepted
    first = (tmp_path / "in" / NAME).read_bytes()
    assert not way.deliver(NAMED.body[::-1], NAMED.key).accepted
    assert way.deliver(NAMED.body, NAMED.key).accepted
    assert (tmp_path / "in" / NAME).read_bytes() == first

    for odd in (b"", b"....", b"bm90IGpzb24.", b"e30.a.b.c.d", b"W10.", b"\xff"):
        (tmp_path / "in" / NAME).write_bytes(odd)
        assert not way.deliver(NAMED.body, NAMED.key).accepted


@pytest.mark.parametrize(
    "odd", ["the folder", "a folder on the way", "the recipient", "the name", "a fifo", "a folder"]
)
def test_a_link_or_an_odd_file_leads_nowhere(tmp_path, odd):
    """R-26: whoever may write in the folder cannot have a notice laid elsewhere. Put right, it goes."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "desk"
    way = the_way_by_folder(folder, to=("north",) if odd == "the recipient" else ())
    to, path, sub = "", folder / "in" / NAME, folder / "in" / "north"
    match odd:
        case "the folder":
            path = folder / "in"
            path.rmdir()
            path.symlink_to(elsewhere)
        case "a folder on the way":
            path = folder
            folder.rename(tmp_path / "moved")
            path.symlink_to(tmp_path / "moved")
        case "the recipient":
            to, path = "north", sub
            path.symlink_to(elsewhere)
        case "the name":
            path.symlink_to(elsewhere / "taken")
        case "a fifo":
            os.mkfifo(path)
        case "a folder":
            path.mkdir()
    with pytest.raises(NeedsAPerson) as told:
        way.deliver(NAMED.body, NAMED.key, to)
    assert not isinstance(told.value, NoReceipt)
    assert [p for p in tmp_path.rglob("*") if p.is_file() or p.name.endswith(".part")] == []

    path.rmdir() if odd == "a folder" else path.unlink()
    (sub if to else folder / "in").mkdir(parents=True, exist_ok=True)
    assert way.deliver(NAMED.body, NAMED.key, to).accepted


def test_a_half_that_was_left_behind_is_replaced_and_a_link_in_its_place_is_not_followed(tmp_path):
    """HC-052: what a link points at is somebody else's file."""
    the_way_by_folder(tmp_path)
    other = tmp_path / "other"
    other.write_text("kept")
    (tmp_path / "in" / f"{NAME}.part").symlink_to(other)
    assert hand_over(tmp_path).accepted
    assert (there(tmp_path), other.read_text()) == ({NAME}, "kept")


def test_a_full_disk_claims_nothing_and_leaves_nothing(tmp_path):
    """HC-052: the kernel itself refuses the bytes; once there is room it goes."""
    way = the_way_by_folder(tmp_path)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(NotReached, match="no room"):
            way.deliver(NAMED.body, NAMED.key)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert there(tmp_path) == set()
    assert way.deliver(NAMED.body, NAMED.key).accepted


def breaks(*_: object, **__: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("broken", [("fsync", "unlink"), ("rename",)])
def test_a_file_of_which_nobody_knows_is_not_called_unsent(tmp_path, monkeypatch, broken):
    """HC-052: a half that cannot be taken away again, or a name it may have taken. The same key may go again."""
    way = the_way_by_folder(tmp_path)
    half = tmp_path / "in" / f"{NAME}.part"
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "new", lambda self, name: os.open(half, os.O_CREAT | os.O_RDWR))
        for each in broken:
            patch.setattr(os, each, breaks)
        with pytest.raises(TryAgainLater) as told:
            way.deliver(NAMED.body, NAMED.key)
    assert not isinstance(told.value, NotReached)
    assert there(tmp_path) == {half.name}
    assert way.deliver(NAMED.body, NAMED.key).accepted
    assert there(tmp_path) == {NAME}


def test_a_folder_that_is_not_there_is_a_persons_to_put_right_before_anything_is_written(tmp_path):
    way = the_way_by_folder(tmp_path)
    for act in (lambda: shutil.rmtree(tmp_path / "in"), lambda: (tmp_path / "in").write_text("a file")):
        act()
        with pytest.raises(NeedsAPerson, match="nothing was"):
            way.deliver(NAMED.body, NAMED.key)
    (tmp_path / "in").unlink()
    (tmp_path / "in").mkdir()
    assert way.deliver(NAMED.body, NAMED.key).accepted


def test_where_nothing_is_mounted_nothing_is_written(tmp_path, monkeypatch):
    """HC-052: a file in an empty mount point would be called sent, and nobody would ever collect it."""
    way = the_way_by_folder(tmp_path, mount=str(tmp_path))
    with pytest.raises(NeedsAPerson, match="mounted"):
        way.deliver(NAMED.body, NAMED.key)
    with pytest.raises(NeedsAPerson, match="mounted"):
        way.answers([])
    assert there(tmp_path) == set()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == str(tmp_path))
    assert way.deliver(NAMED.body, NAMED.key).accepted


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"folder": "in"}, "folder"),
        ({"folder": "/srv/../etc"}, "folder"),
        ({"receipts": "receipts"}, "receipts"),
        ({"mount": "/mnt/another"}, "mount"),
        ({"to": ("north", "..")}, "`to`"),
        ({"public_key": "made-up"}, "public_key"),
        ({"public_key": THEIRS.as_pem(private=True).decode()}, "public_key holds a private key"),
        ({"public_key": json.dumps(THEIRS.as_dict(private=True))}, "public_key holds a private key"),
        ({"public_key": RSAKey.generate_key(2048).as_pem(private=False).decode()}, "public_key"),
        ({"public_key": OKPKey.generate_key("Ed25519").as_pem(private=False).decode()}, "public_key"),
        ({"public_key": json.dumps({**THEIRS.as_dict(private=False), "use": "sig"})}, "public_key"),
        ({"public_key": json.dumps({**THEIRS.as_dict(private=False), "kid": "k" * 900})}, "kid"),
    ],
)
def test_a_fault_in_the_settings_is_told_before_anything_is_written(tmp_path, changed, names):
    """R-26: where a name goes is never guessed at. The settings as they should be are taken."""
    with pytest.raises(Stop, match=names) as told:
        the_way_by_folder(tmp_path, **changed)
    for secret in ("made-up", str(THEIRS.as_dict(private=True)["d"])):
        assert secret not in str(told.value)
    assert the_way_by_folder(tmp_path, public_key=PUBLIC)
