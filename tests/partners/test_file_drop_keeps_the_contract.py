"""A folder keeps what every way to a partner promises: sealed files, and plain ones for statistics."""

import shutil
from pathlib import Path

import pytest
from by_folder import opened, the_way_by_folder
from contract import TransportContract, Way


class TestSealedFileDrop(TransportContract):
    @pytest.fixture
    def way(self, tmp_path: Path) -> Way:
        return Way(
            the_way_by_folder(tmp_path),
            lambda: [opened(path.read_bytes()) for path in (tmp_path / "in").iterdir()],
            lambda: shutil.rmtree(tmp_path / "in"),
        )


class TestPlainFileDrop(TransportContract):
    @pytest.fixture
    def way(self, tmp_path: Path) -> Way:
        return Way(
            the_way_by_folder(tmp_path, public_key=""),
            lambda: [path.read_bytes() for path in (tmp_path / "in").iterdir()],
            lambda: shutil.rmtree(tmp_path / "in"),
        )


class TestFileDropWithRecipients(TransportContract):
    @pytest.fixture
    def way(self, tmp_path: Path) -> Way:
        transport = the_way_by_folder(tmp_path, to=("north", "south"))
        for folder in ("north", "south"):
            (tmp_path / "in" / folder).mkdir()
        return Way(
            transport,
            lambda: [opened(path.read_bytes()) for path in (tmp_path / "in").rglob("*") if path.is_file()],
            lambda: shutil.rmtree(tmp_path / "in"), to="north", not_allowed="../../elsewhere",
        )  # fmt: skip
