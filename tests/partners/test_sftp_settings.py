"""The settings of a way by SFTP: every fault is told before a server is asked anything."""

from collections.abc import Iterator

import asyncssh
import pytest
from by_sftp import PRIVATE, the_way_by_sftp

from automations.errors import Stop
from casewatch.desks.sftp import SftpDesk


@pytest.fixture
def desk(tmp_path) -> Iterator[SftpDesk]:
    with SftpDesk(tmp_path / "desk") as open_desk:
        yield open_desk


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"host_keys": ()}, "host_keys"),
        ({"host_keys": ("not a key",)}, "host_keys"),
        ({"host_keys": (asyncssh.generate_private_key("ssh-ed448").export_public_key().decode(),)}, "host_keys"),
        ({"host": "two words"}, "host"),
        ({"host": "a..b"}, "host"),
        ({"host": "169.254.169.254"}, "host"),
        ({"host": "10.0.0.8"}, "allow_private"),
        ({"port": 0}, "port"),
        ({"username": "two words"}, "username"),
        ({"folder": "../elsewhere"}, "folder"),
        ({"folder": ""}, "folder"),
        ({"receipts": "a/../../b"}, "receipts"),
        ({"to": ("north", "../south")}, "`to`"),
        ({"private_key": "", "passphrase": ""}, "key"),
        ({"private_key": "made-up"}, "key"),
        ({"passphrase": "wrong"}, "passphrase"),
        ({"password": "made-up"}, "password"),
        ({"bom": True}, "bom"),
        ({"format": "csv", "columns": ("a", "a")}, "columns"),
        ({"format": "csv", "columns": ("=a",)}, "columns"),
    ],
)
def test_a_fault_in_the_settings_is_told_before_anything_is_sent(desk, changed, names):
    """R-26: where a name goes is never guessed at. The settings as they should be are taken."""
    with pytest.raises(Stop, match=names) as told:
        the_way_by_sftp(desk, **changed)
    for secret in ("made-up", "wrong", PRIVATE.splitlines()[1]):
        assert secret not in str(told.value)
    assert desk.connections == 0
    assert the_way_by_sftp(desk)


def test_every_fault_in_the_settings_is_told_at_once(desk):
    with pytest.raises(Stop) as told:
        the_way_by_sftp(desk, host_keys=(), folder="..", private_key="", passphrase="")
    assert len(told.value.detail.splitlines()) == 3


def test_a_server_in_a_private_network_is_for_settings_that_say_so(desk):
    """R-26: an address inside is not reached by a name either, and a cloud's own never."""
    assert the_way_by_sftp(desk, host="10.0.0.8", allow_private=True)
    with pytest.raises(Stop, match="nobody can have"):
        the_way_by_sftp(desk, host="169.254.169.254", allow_private=True)
