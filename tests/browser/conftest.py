"""Chromium, found or installed, that talks to loopback and to nobody else.

In: the program on this machine, or root's package manager. Out: a browser, and every address it asked for.
Never here: a request to another machine that goes unnoticed.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from casewatch.demo.show import seed
from tests.e2e.runner_process import one_pass
from tests.landlord import Landlord

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
HERE = ("127.0.0.1", "localhost", "")
IMAGES = Path(__file__).parents[2] / "docs" / "images"


def program() -> str:
    """The path of Chromium. As root it is installed where it is missing."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "chromium"]):
            subprocess.run(["apt-get", *words], check=False, capture_output=True, env=quiet)
        found = shutil.which("chromium")
    if not found:
        pytest.fail(
            f"no Chromium: put one of {', '.join(NAMES)} on the path, on Debian with `apt-get install chromium`"
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(), headless=True, args=flags)
        yield started
        started.close()


@dataclass
class Traffic:
    """What a page asked of other machines: refused by the page's own policy, or gone out."""

    refused: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("requestfinished", lambda request: self._note(request, self.left))
        page.on("requestfailed", lambda request: self._note(
            request, self.refused if request.failure == "csp" else self.left))  # fmt: skip

    @staticmethod
    def _note(request: Request, where: list[str]) -> None:
        if urlsplit(request.url).hostname not in (*HERE, None):
            where.append(request.url)


@pytest.fixture
def traffic() -> Iterator[Traffic]:
    """Fails the test where anything left this machine, or more than one address was refused."""
    seen = Traffic()
    yield seen
    assert seen.left == []
    assert len(set(seen.refused)) <= 1, seen.refused


@pytest.fixture
def page(browser: Browser, traffic: Traffic) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1600, "height": 900}, locale="en-GB",
                             timezone_id="Europe/London") as context:  # fmt: skip
        context.set_default_timeout(60_000)
        page = context.new_page()
        traffic.watch(page)
        yield page


@pytest.fixture(scope="session")
def lived_in(landlord: Landlord) -> Landlord:
    """The landlord with its older cases, at every stage, and one pass made over them."""
    seed(landlord.home, print)
    said = one_pass(landlord)
    assert said.code == 0, said.text
    return landlord


def keep(page: Page, name: str, aside: Path) -> Path:
    """A screenshot in docs/images where there is none or it is asked for; otherwise out of the way."""
    wanted = IMAGES / f"{name}.png"
    path = wanted if os.environ.get("CASEWATCH_KEEP_SCREENSHOTS") == "1" or not wanted.exists() else aside / wanted.name
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    return path
