"""A manager signs in, opens the overdue view, and sees what the server counts, without a word to anybody outside.

In: the real pages in Chromium. Out: how many rows the page was told of (the footer is drawn too), and a screenshot.
Never here: cell text (the grid is a canvas); that comes from the server's own interface.
"""

from pathlib import Path

from playwright.sync_api import Page, expect

from casewatch.demo.landlord import email
from tests.browser.conftest import keep
from tests.landlord import Landlord, until


def test_a_manager_opens_the_overdue_view_and_sees_every_overdue_step(
    lived_in: Landlord, page: Page, tmp_path: Path
) -> None:
    """The page was told as many rows as the server counts as Overdue or Chase, and there are some of each (R-03)."""
    sign_in(page, lived_in, "coral")
    base = lived_in.home.bases["Casework"]
    tables = lived_in.ask("GET", f"v2/meta/bases/{base}/tables")["list"]
    actions = next(table["id"] for table in tables if table["title"] == "Actions")
    views = lived_in.ask("GET", f"v2/meta/tables/{actions}/views")["list"]
    view = next(each["id"] for each in views if each["title"] == "Overdue")
    with page.expect_response(lambda answer: f"{view}/count" in answer.url, timeout=60_000) as counted:
        page.goto(f"{lived_in.url}/dashboard/#/{lived_in.home.workspace}/{base}/{actions}/{view}")
    expect(page.get_by_test_id("nc-grid-wrapper")).to_be_visible(timeout=60_000)
    overdue, chase = (lived_in.admin.find("Actions", "Status", [status]) for status in ("Overdue", "Chase"))

    assert overdue
    assert chase, "the most urgent steps stand among them"
    assert counted.value.json()["count"] == len(overdue) + len(chase)
    assert page.get_by_text("Gifts Unlocked").count() == 0, "no banner of the platform's maker"
    settled(page)
    keep(page, "overdue", tmp_path)


def sign_in(page: Page, landlord: Landlord, first: str) -> None:
    page.goto(f"{landlord.url}/dashboard/#/signin")
    page.get_by_test_id("nc-form-signin__email").locator("input").or_(
        page.get_by_test_id("nc-form-signin__email")
    ).last.fill(email(first))
    page.get_by_test_id("nc-form-signin__password").locator("input").or_(
        page.get_by_test_id("nc-form-signin__password")
    ).last.fill(landlord.home.accounts.passwords[email(first)])
    page.get_by_test_id("nc-form-signin__submit").click()
    expect(page.get_by_test_id("nc-form-signin__submit")).to_be_hidden(timeout=60_000)
    # The page then goes to the first base by itself: to ask for another before would be undone.
    expect(page.get_by_test_id("nc-tbl-title-Reports")).to_be_visible(timeout=60_000)


def settled(page: Page) -> bytes:
    """The picture, once two in a row are the same: a canvas has no other way to say that it is drawn."""
    pictures = [b""]
    page.mouse.move(1300, 24)  # over nothing that answers

    def still() -> bytes:
        pictures.append(page.screenshot())
        return pictures[-1] if pictures[-1] == pictures[-2] else b""

    return bytes(until("the page stands still", still, every=0.5))
