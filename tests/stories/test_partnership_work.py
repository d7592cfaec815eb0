"""Stories: local forums and their rules, cases talked over there, and publicity that shows nobody."""

from datetime import date, timedelta
from typing import Any

import pytest

from automations.calendar import LONDON
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case

pytestmark = pytest.mark.usefixtures("plain_letters")
FORUM = "Quayside Hate Crime Forum"
WHOLE: dict[str, Any] = {
    "forum": FORUM, "our_areas": "Kirkinlea\nharbour  east", "our_part": c.ForumPart.ACTIVE,
    "who_attends_for_us": "The ASB manager", "contacts": "01632 960300",
}  # fmt: skip


def asked(house: HarbourRow) -> str:
    """What the area's next review says of the forum register."""
    rows = house.platform.records("Area reviews")
    if not rows:
        house.staff_write("dahlia", "Area reviews", area="Harbour East")
    house.run()
    return str(house.platform.records("Area reviews")[-1].fields["Partnership work"] or "")


def test_the_area_review_says_where_no_forum_is_named_and_nothing_rings() -> None:
    """HC-123: in every area where we have homes."""
    house = a_case()
    mails = len(house.mail.sent)
    assert "No forum is named for this area" in asked(house)
    house.staff_write("dahlia", "Forums", **WHOLE)
    assert asked(house) == ""
    assert len(house.mail.sent) == mails
    assert len(house.platform.records("Alerts")) == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"our_part": c.ForumPart.COOPERATE}, "so we take an active part"),
        ({"who_attends_for_us": None}, "who attends for us"),
        ({"contacts": None}, "enter its contacts"),
        ({"their_rule_differs_from_ours": "They meet first."}, "say which we follow, and who decided"),
    ],
)
def test_a_forum_that_lacks_something_is_told_to_the_manager_of_the_area(cells: dict[str, Any], words: str) -> None:
    """HC-124, HC-125, HC-126, HC-127."""
    house = a_case()
    row = house.staff_write("dahlia", "Forums", **{k: v for k, v in (WHOLE | cells).items() if v is not None})
    assert words in asked(house)
    house.platform.update("Forums", [(row, {"Rule we follow and who decided": "Theirs; the ASB manager.",
                                            "Our part": c.ForumPart.ACTIVE, "Who attends for us": "The ASB manager",
                                            "Contacts": "01632 960300"})])  # fmt: skip
    assert asked(house) == ""


def test_what_an_earlier_review_was_told_of_the_register_stays_there() -> None:
    """HC-126, HC-130: what is lacking now is told to the review that comes next."""
    house = a_case()
    assert "No forum is named" in asked(house)
    earlier = house.only("Area reviews").id
    house.wait(hours=1)
    house.staff_write("dahlia", "Area reviews", area="Harbour East")
    house.staff_write("dahlia", "Forums", **WHOLE)
    assert asked(house) == ""
    assert "No forum is named" in str(house.platform.get("Area reviews", [earlier])[0].fields["Partnership work"])


def test_where_there_has_been_no_incident_co_operating_is_enough() -> None:
    """HC-124, HC-125."""
    house = HarbourRow()
    row = house.staff_write("dahlia", "Forums", **(WHOLE | {"our_part": c.ForumPart.NONE_YET}))
    assert "we co-operate with it" in asked(house)
    house.staff_write("dahlia", "Forums", row, our_part=c.ForumPart.COOPERATE)
    assert asked(house) == ""


def test_a_meeting_keeps_its_minutes_and_a_promise_its_outcome() -> None:
    """HC-126, HC-130."""
    house = a_case()
    forum = house.staff_write("dahlia", "Forums", **WHOLE)
    meeting = house.staff_write("dahlia", "Forum meetings", held_on=date(2026, 11, 17), forum=(forum,),
                                what_we_promised="A list of contacts.")  # fmt: skip
    assert f"Forum meetings {meeting}: keep the minutes there" in asked(house)
    assert f"Forum meetings {meeting}: say what came of our promise" in asked(house)
    house.platform.attach("Forum meetings", meeting, "Minutes", "minutes.pdf", b"%PDF-", "application/pdf")
    house.staff_write("dahlia", "Forum meetings", meeting, outcome="Sent.")
    assert asked(house) == ""


def discussed(house: HarbourRow, held_on: date | None = date(2026, 11, 20)) -> str:
    forum = house.staff_write("dahlia", "Forums", **WHOLE)
    house.go_to("2026-11-21 10:00")
    return house.staff_write("dahlia", "Forum meetings", held_on=held_on, forum=(forum,),
                             cases_discussed=(house.only("Cases").id,))  # fmt: skip


def needs(house: HarbourRow) -> str:
    house.run()
    return str(house.only("Cases").fields["What needs a person"] or "")


def test_a_case_talked_over_at_a_meeting_is_a_development_of_it_once() -> None:
    """HC-129."""
    house = a_case()
    meeting = discussed(house)
    house.wait(minutes=10)
    row = house.only("Developments", key=f"CW-2026-0001/development/forum-meeting-{meeting}").fields
    assert row["Development"] == "Discussed at a partnership meeting"
    assert row["Happened at"].astimezone(LONDON).date() == date(2026, 11, 20)
    assert f"Forum meetings {meeting}" in str(row["Detail"])
    assert house.runner.once(sweep=True).effects == 0


def agrees(house: HarbourRow, **cells: Any) -> str:
    told = {"option": c.Option.AGENCY, "answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM, "given_at": house.now,
            "organisation": FORUM}  # fmt: skip
    return house.staff_write("amber", "Consents", **(told | cells))


def test_a_case_talked_over_without_recorded_consent_says_so_until_it_is_recorded() -> None:
    """HC-129, R-14: agreement to that forum; another organisation's does not do."""
    house = a_case()
    then = house.now
    meeting = discussed(house)
    words = f"Forum meetings {meeting}: the case was discussed without recorded consent"
    assert words in needs(house)
    house.now += timedelta(minutes=2)
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Cases", [(house.only("Cases").id, {"Triage": c.Triage.HATE})])
    assert house.runner.once().cases == 1
    assert words in str(house.only("Cases").fields["What needs a person"]), "between sweeps it says the same"
    other = agrees(house, given_at=then, organisation="Another Forum")
    assert words in needs(house)
    house.staff_write("amber", "Consents", other, organisation=FORUM)
    assert words not in needs(house)


def test_agreement_given_only_afterwards_does_not_cover_the_meeting() -> None:
    """HC-129, R-13: what is taken back afterwards had been given; what is given afterwards had not."""
    house = a_case()
    then = house.now
    discussed(house)
    late = agrees(house)
    assert "without recorded consent" in needs(house)
    house.staff_write("amber", "Consents", late, given_at=then)
    assert "without recorded consent" not in needs(house)
    house.go_to("2026-11-25 10:00")
    house.staff_write("amber", "Consents", late, withdrawn_at=house.now)
    assert "without recorded consent" not in needs(house)


@pytest.mark.parametrize(("second", "covers"), [("elder", True), ("dahlia", False), ("amber", False), (None, False)])
def test_an_override_by_two_managers_covers_a_discussion(second: str | None, covers: bool) -> None:
    """HC-129, R-15, A-16."""
    house = a_case()
    discussed(house)
    row = house.staff_write("dahlia", "Overrides", purpose=c.Purpose.FORUM, organisation=FORUM,
                            lawful_basis="Vital interests", reason="Danger to life.",
                            decision=c.Decision.AGREED)  # fmt: skip
    if second:
        house.staff_write(second, "Overrides", row, second_decision=c.Decision.AGREED)
    assert ("without recorded consent" not in needs(house)) == covers


def test_a_meeting_without_its_day_or_forum_is_asked_for_both() -> None:
    """HC-129."""
    house = a_case()
    meeting = discussed(house, held_on=None)
    assert f"Forum meetings {meeting}: say when it was held" in needs(house)
    assert not [r for r in house.platform.records("Developments") if "forum-meeting" in str(r.fields["Key"])]


@pytest.mark.parametrize(
    ("who", "cells", "words"),
    [
        ("dahlia", {}, ""),
        ("dahlia", {"nobody_can_be_recognised": False}, "nobody can be recognised"),
        ("dahlia", {"approved_by": None}, "a manager has entered their approval"),
        ("amber", {}, "a manager has entered Approved by"),
        ("dahlia", {"done_on": None}, "Say when it was done."),
        ("amber", {"kind": c.PreventionKind.NEWSLETTER, "approved_by": None, "nobody_can_be_recognised": False}, ""),
    ],
)
def test_publicity_counts_only_approved_and_where_nobody_can_be_recognised(
    who: str, cells: dict[str, Any], words: str
) -> None:
    """HC-134: the manager enters the approval; other work to prevent incidents needs none (HC-133)."""
    house = HarbourRow()
    told: dict[str, Any] = {"what_was_done": "An item in the newsletter", "kind": c.PreventionKind.PUBLICITY,
                            "done_on": date(2026, 11, 17), "nobody_can_be_recognised": True,
                            "approved_by": "Dahlia Fictionby"}  # fmt: skip
    row = house.staff_write(who, "Prevention", **{k: v for k, v in (told | cells).items() if v is not None})
    missing = str(house.platform.get("Prevention", [row])[0].fields["What is missing"] or "")
    assert words in missing
    assert bool(missing) == bool(words)


@pytest.mark.parametrize("kind", c.PreventionKind)
def test_every_kind_of_prevention_has_its_place_in_the_log(kind: c.PreventionKind) -> None:
    """HC-131, HC-132, HC-133, HC-134, HC-135, HC-136, HC-137."""
    house = HarbourRow()
    row = house.staff_write("dahlia", "Prevention", kind=kind, done_on=date(2026, 11, 17),
                            nobody_can_be_recognised=True, approved_by="Dahlia Fictionby")  # fmt: skip
    assert house.platform.get("Prevention", [row])[0].fields["What is missing"] is None
    row = house.staff_write("dahlia", "Prevention", what_was_done="Something")
    assert "Say which kind it is." in str(house.platform.get("Prevention", [row])[0].fields["What is missing"])
