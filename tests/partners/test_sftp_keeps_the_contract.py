"""SFTP keeps what every way to a partner promises, with a real server on loopback: as JSON, and as tables."""

import json
from collections.abc import Iterator

import pytest
from by_sftp import PASSPHRASE, PRIVATE, PUBLIC, the_way_by_sftp
from contract import TransportContract, Way

from casewatch.desks.sftp import SftpDesk


@pytest.fixture
def desk(tmp_path) -> Iterator[SftpDesk]:
    with SftpDesk(tmp_path / "desk", PUBLIC) as open_desk:
        yield open_desk


SECRETS = (PASSPHRASE, PRIVATE.splitlines()[1])


class TestSftp(TransportContract):
    @pytest.fixture
    def way(self, desk: SftpDesk) -> Way:
        return Way(the_way_by_sftp(desk), lambda: list(desk.kept().values()), desk.shut, SECRETS)


class TestSftpWithRecipients(TransportContract):
    @pytest.fixture
    def way(self, desk: SftpDesk) -> Way:
        for folder in ("north", "south"):
            (desk.folder / "in" / folder).mkdir()
        return Way(
            the_way_by_sftp(desk, to=("north", "south")),
            lambda: [*desk.kept("north").values(), *desk.kept("south").values(), *desk.kept().values()],
            desk.shut, SECRETS, to="north", not_allowed="../south",
        )  # fmt: skip


class TestSftpWithTables(TransportContract):
    """The partner's own reading of the table gives the exact bytes back."""

    @pytest.fixture
    def way(self, desk: SftpDesk) -> Way:
        def arrived() -> list[bytes]:
            return [
                json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
                for told in desk.messages()
            ]

        return Way(the_way_by_sftp(desk, format="csv", bom=True), arrived, desk.shut, SECRETS)
