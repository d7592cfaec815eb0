"""What a command leaves on the disk is its caller's alone (R-26); what is no file is left as it is."""

import os
from pathlib import Path

from casewatch.commands.private_file import save_private


def test_a_file_is_whole_and_for_its_owner_alone_also_where_an_open_one_was(tmp_path: Path) -> None:
    there = tmp_path / "letter.pdf"
    there.write_bytes(b"an older one")
    there.chmod(0o644)
    save_private(b"%PDF-", there)
    assert (there.read_bytes(), there.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (b"%PDF-", 0o600, [there])


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    there = tmp_path / "nowhere"
    there.symlink_to(os.devnull)
    save_private(b"%PDF-", there)
    assert there.is_symlink()
    assert not Path(os.devnull).is_file()
