"""Files over real SFTP, to a real server on loopback that does well, badly or nothing at all."""

import logging
import socket
import threading
import time
from collections.abc import Iterator

import asyncssh
import pytest
from by_sftp import PRIVATE, PUBLIC, destination, the_way_by_sftp
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import NeedsAPerson, NoReceipt, NotReached, TryAgainLater
from casewatch.desks.sftp import Faults, SftpDesk
from sync.partners.sftp import LONGEST_EXCHANGE, Sftp

NAME = f"{NAMED.key}.json"


@pytest.fixture
def desk(tmp_path) -> Iterator[SftpDesk]:
    with SftpDesk(tmp_path / "desk", PUBLIC) as open_desk:
        yield open_desk


def hand_over(desk: SftpDesk, **changed):
    return the_way_by_sftp(desk, **changed).deliver(NAMED.body, NAMED.key)


def there(desk: SftpDesk) -> set[str]:
    """Everything in the folder, half written or whole."""
    return {path.name for path in (desk.folder / "in").iterdir()}


def test_the_file_takes_its_name_only_when_it_is_whole(desk):
    """HC-052: whoever collects what ends in .json never reads half a notice."""
    (desk.folder / "in" / f"{NAME}.part").write_bytes(b"left over by a try that was cut off" * 1000)

    assert hand_over(desk).accepted
    assert there(desk) == {NAME}
    assert desk.kept()[NAME] == NAMED.body


def test_a_server_with_another_host_key_gets_nothing_not_even_a_name(desk):
    """R-26: whoever took the partner's address over would read who was harmed. With the key as agreed it goes."""
    way = the_way_by_sftp(desk)
    agreed = desk.host_key
    for kind in ("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"):
        desk.change_host_key(kind)
        for _ in range(2):
            with pytest.raises(NeedsAPerson) as told:
                way.deliver(NAMED.body, NAMED.key)
            assert not isinstance(told.value, NoReceipt)
            assert "host key" in told.value.detail
    assert (there(desk), desk.signed_in) == (set(), 0)

    assert hand_over(desk, host_keys=(agreed, desk.host_key)).accepted, "while the partner changes over, two are known"


def test_a_key_of_ours_that_the_partner_does_not_know_is_a_persons_to_put_right(desk):
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    with pytest.raises(NeedsAPerson, match="did not accept"):
        hand_over(desk, private_key=stranger, passphrase="")
    assert hand_over(desk).accepted


def test_a_password_is_for_a_partner_who_wants_one(tmp_path):
    with SftpDesk(tmp_path / "desk", password="made-up-for-tests") as desk:
        with pytest.raises(NeedsAPerson, match="did not accept"):
            hand_over(desk, private_key="", passphrase="", password="another")
        assert there(desk) == set()
        assert hand_over(desk, private_key="", passphrase="", password="made-up-for-tests").accepted


def test_a_server_that_lets_in_whoever_comes_gets_nothing(desk, monkeypatch):
    """R-26: even with the right host key: then anybody else may read there what we lay."""
    with monkeypatch.context() as patch:
        patch.setattr("casewatch.desks.sftp._Door.begin_auth", lambda self, username: False)
        with pytest.raises(NeedsAPerson):
            hand_over(desk)
    assert there(desk) == set()
    assert hand_over(desk).accepted


def test_no_key_is_borrowed_from_an_agent_a_home_or_a_file_of_options(desk, tmp_path, monkeypatch):
    """Only what the settings say: a key of somebody who started the runner is not the landlord's."""
    home = tmp_path / "home" / ".ssh"
    home.mkdir(parents=True)
    (home / "id_ed25519").write_text(f"{PRIVATE}\n")
    (home / "known_hosts").write_text(f"[localhost]:{desk.port} {desk.host_key}\n")
    (home / "config").write_text("Host *\n  StrictHostKeyChecking no\n  Ciphers none\n")
    monkeypatch.setenv("HOME", str(home.parent))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "no-such-agent"))
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    with pytest.raises(NeedsAPerson, match="host key"):
        hand_over(desk, host_keys=(stranger,))
    assert hand_over(desk).accepted


def test_a_full_disk_is_tried_again_and_leaves_no_half_of_a_notice(desk):
    """HC-052: what had begun may have been seen; once there is room the same name takes it once."""
    desk.faults.room = 100
    with pytest.raises(TryAgainLater) as told:
        hand_over(desk)
    assert not isinstance(told.value, NotReached)
    assert there(desk) == set()

    desk.faults.room = None
    assert hand_over(desk).accepted
    assert there(desk) == {NAME}


def test_a_folder_that_may_not_be_written_or_is_not_there_is_a_persons_and_nothing_left(desk):
    """HC-052: the row says that nothing went, so that another way stays open."""
    desk.faults.denied = frozenset({"write"})
    for changed in ({}, {"folder": "elsewhere"}):
        with pytest.raises(NeedsAPerson, match="folder") as told:
            hand_over(desk, **changed)
        assert not isinstance(told.value, NoReceipt)
        desk.faults = Faults()
    assert there(desk) == set()
    assert hand_over(desk).accepted


def test_a_name_that_may_not_be_taken_leaves_open_what_the_partner_has(desk):
    """The whole file lay there for a moment: a person asks. HC-052: it is not called unsent."""
    desk.faults.denied = frozenset({"rename"})
    with pytest.raises(NoReceipt):
        hand_over(desk)
    assert there(desk) == set()


@pytest.mark.parametrize(("cut", "left"), [("before the rename", f"{NAME}.part"), ("after the rename", NAME)])
def test_broken_off_at_the_rename_the_same_key_may_go_again_and_counts_once(desk, cut, left):
    """HC-052: nobody can tell which it was, and it does not matter."""
    desk.faults.cut = cut
    with pytest.raises(TryAgainLater) as told:
        hand_over(desk)
    assert not isinstance(told.value, NotReached)
    assert there(desk) == {left}

    desk.faults.cut = ""
    assert hand_over(desk).accepted
    assert there(desk) == {NAME}


def test_other_content_under_the_key_is_refused_and_stays(desk):
    """HC-052: even of the same length. The same content is the same notice."""
    way = the_way_by_sftp(desk)
    for held in (NAMED.body[::-1], NAMED.body + b" ", b""):
        (desk.folder / "in" / NAME).write_bytes(held)
        receipt = way.deliver(NAMED.body, NAMED.key)
        assert (receipt.accepted, desk.kept()[NAME]) == (False, held)
        assert receipt.reason
    (desk.folder / "in" / NAME).write_bytes(NAMED.body)
    assert way.deliver(NAMED.body, NAMED.key).accepted


def test_a_file_that_we_may_not_read_again_is_not_taken_for_ours(desk):
    assert hand_over(desk).accepted
    desk.faults.denied = frozenset({"read"})
    with pytest.raises(NoReceipt):
        hand_over(desk)


def test_an_old_server_renames_as_it_can(desk):
    desk.faults.old = True
    assert hand_over(desk).accepted
    assert there(desk) == {NAME}


def test_a_slow_server_is_given_up_in_time_and_has_nothing(desk):
    """HC-006: while a partner hangs, nobody is alerted to the next report. Ours is thirty seconds."""
    desk.faults.seconds = 5
    start = time.monotonic()
    with pytest.raises(NotReached):
        the_way_by_sftp(desk, longest=1.0).deliver(NAMED.body, NAMED.key)
    assert time.monotonic() - start < 3
    assert LONGEST_EXCHANGE == 30


@pytest.mark.parametrize("says", [b"", b"SSH-2.0-nothing more\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_that_is_silent_or_another_kind_has_nothing(desk, says):
    """It is given up in time, and the notice may go another way."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        way = Sftp(destination(desk, port=server.getsockname()[1]), longest=0.5)
        callers = []

        def speak() -> None:
            callers.append(server.accept()[0])
            callers[0].sendall(says)

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        with pytest.raises(NotReached):
            way.deliver(NAMED.body, NAMED.key)
        thread.join(2)
        callers[0].close()


def test_a_name_that_has_come_to_stand_for_an_address_inside_gets_nothing(desk, monkeypatch):
    """R-26: whoever answers for the partner's name cannot lead a notice into our own network."""
    way = the_way_by_sftp(desk, host="desk.quayside.example")
    for inside in ("127.0.0.1", "10.0.0.8", "169.254.169.254"):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (inside, desk.port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(NeedsAPerson, match="Nothing was sent"):
            way.deliver(NAMED.body, NAMED.key)
    monkeypatch.undo()
    assert desk.connections == 0
    assert hand_over(desk).accepted


def test_nobody_listens_so_nothing_arrived(desk):
    desk.shut()
    with pytest.raises(NotReached):
        hand_over(desk)


def test_the_library_logs_no_host_user_or_path(desk, caplog):
    """A log is read by more people than a case is."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "asyncssh")
    assert hand_over(desk).accepted
    assert the_way_by_sftp(desk).answers([NAMED.key]) == []
    assert [record for record in caplog.records if record.name.startswith("asyncssh")] == []


def test_a_table_that_cannot_hold_the_notice_is_not_sent(desk):
    """HC-052: a column that the partner does not take is no reason to leave a field out."""
    way = the_way_by_sftp(desk, format="csv", columns=("form", "message"))
    with pytest.raises(NeedsAPerson, match="columns"):
        way.deliver(STATISTICS.body, STATISTICS.key)
    assert (there(desk), desk.connections) == (set(), 0)
    assert the_way_by_sftp(desk, format="csv").deliver(STATISTICS.body, STATISTICS.key).accepted
    assert there(desk) == {f"{STATISTICS.key}.csv"}
