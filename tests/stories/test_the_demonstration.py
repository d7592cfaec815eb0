"""Stories: what a newcomer to Harbour Row Homes finds of the organisation's own work."""

from contextlib import ExitStack
from typing import Any

import pytest

from automations.perform import Performer
from automations.reading import office
from casewatch.demo.new_reports import new_reports
from casewatch.demo.older_cases import make_older_cases
from casewatch.demo.organisation import make_organisation
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")


class SignedIn:
    """The memory platform as one member of staff writes it."""

    def __init__(self, house: HarbourRow, who: str) -> None:
        self._house, self._who = house, who

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any) -> Any:
            with ExitStack() as stack:
                stack.enter_context(self._house.platform.as_user(f"{self._who}@harbour-row.example"))
                return getattr(self._house.platform, name)(*args)

        return call


def test_the_newcomer_finds_a_new_report_that_may_be_an_older_case() -> None:
    """HC-011: by reference, before anybody opens it."""
    house = HarbourRow("2026-11-20 10:00")
    performer = Performer(house.platform, None, None, lambda: house.now)
    list(make_older_cases(house.platform, SignedIn(house, "coral"), SignedIn(house, "amber"), performer,
                          office(house.platform, house.now), house.now))  # fmt: skip
    new = new_reports(house.now)[2]
    house.report(victims_name=new["Victim's name"], postcode=new["Postcode"], address=new["Address"])
    older = next(r for r in house.platform.records("Cases") if r.fields["Report"] == "older-3")
    newest = house.platform.records("Cases")[-1]
    assert newest.fields["May be the same as"] == older.fields["Reference"]


def test_the_newcomer_finds_a_review_that_lacks_reasons_a_forum_and_a_policy_review() -> None:
    """HC-139, HC-126, HC-143, HC-148: each row says what it still asks for, and is made once."""
    house = HarbourRow("2026-11-20 10:00")
    coral, amber, ivy = (SignedIn(house, who) for who in ("coral", "amber", "ivy"))
    admin = house.platform
    performer = Performer(admin, None, None, lambda: house.now)
    assert list(make_older_cases(admin, coral, amber, performer, office(admin, house.now), house.now))
    house.run()
    assert len(make_organisation(coral, ivy, house.now)) == 3
    assert make_organisation(coral, ivy, house.now) == []
    house.wait(minutes=6)

    review = house.only("Area reviews").fields
    missing = str(review["What is missing"]).splitlines()
    assert missing
    assert all("enter the reason for lateness" in line for line in missing)
    assert "enter its contacts" in str(review["Partnership work"])
    assert "Not yet briefed" in str(house.only("Policy reviews").fields["What is missing"])
    states = {r.fields["Key"]: r.fields["State"] for r in house.platform.records("Actions")
              if r.fields["Step"] == "policy_review"}  # fmt: skip
    assert states == {"policy_review/1": c.ActionState.DONE, "policy_review/2": c.ActionState.OPEN}
    house.wait(minutes=6)
    assert house.runner.once(sweep=True).effects == 0
