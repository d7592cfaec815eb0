"""A way to look at the letters on paper: `pytest tests/letters --letters-in=DIR`."""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--letters-in", type=Path, default=None, help="Keep the PDFs of the sample letters in this folder."
    )


@pytest.fixture
def letters_in(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder that the sample letters are written to: the one asked for, or one that pytest clears away."""
    folder: Path = request.config.getoption("--letters-in", None) or tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
