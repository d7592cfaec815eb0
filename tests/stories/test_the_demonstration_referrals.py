"""Stories: the newcomer to Harbour Row Homes finds a partner of each way, and referrals at each stage of their life."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from automations.errors import NeedsAPerson
from automations.perform import Performer
from automations.ports import Receipt
from automations.reading import office
from casewatch.demo.new_reports import new_reports
from casewatch.demo.older_cases import make_older_cases
from casewatch.demo.partners import (
    COUNCIL,
    DESTINATIONS,
    LISTENING,
    MAILBOXES,
    POLICE,
    SERVICES,
    SHORE,
    WATCH,
    make_partners,
)
from casewatch.demo.referral_life import refer, take_back
from casewatch.demo.referral_rows import REFERRALS
from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.test_the_demonstration import SignedIn

P, S = c.Purpose, c.ReferralState
NAMES = ("Briar Mockley", "Parsley Mockup", "Example Row", "ZZ1 5CD", "painted", "CW-2026")


class NotTheirs(Desk):
    """A partner that takes nothing."""

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        self.deliveries += 1
        return Receipt(accepted=False, reason="not_our_tenant")


class ByHand(Desk):
    """A partner with a web form."""

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        raise NeedsAPerson("It is told by hand.")


@pytest.fixture(scope="module")
def shown() -> SimpleNamespace:
    """The demonstration as a newcomer opens it: made, one pass, what victims took back, another pass."""
    house = HarbourRow("2026-11-20 10:00")
    coral, amber, hazel, dahlia = (SignedIn(house, who) for who in ("coral", "amber", "hazel", "dahlia"))
    performer = Performer(house.platform, None, None, lambda: house.now)
    before = office(house.platform, house.now)
    assert list(make_older_cases(house.platform, coral, amber, performer, before, house.now))
    assert make_partners(hazel, dahlia)
    house.ways = {name: Desk() for name in DESTINATIONS.values()} | {
        DESTINATIONS[LISTENING]: Desk(once=False), DESTINATIONS[WATCH]: Desk(once=False),
        DESTINATIONS[SHORE]: NotTheirs(), DESTINATIONS[POLICE]: ByHand(once=False),
    }  # fmt: skip
    house.owners = {destination: partner for partner, destination in DESTINATIONS.items()}
    house.restart()
    assert len(list(refer(amber, coral, house.now))) == len(REFERRALS)
    house.run()
    house.wait(minutes=1)
    assert len(list(take_back(amber, house.now))) == 2
    briar = new_reports(house.now)[1]
    house.report(victims_name=briar["Victim's name"], postcode=briar["Postcode"], address=briar["Address"],
                 what_happened=briar["What happened"], tell_the_partnership=briar["Tell the partnership"])  # fmt: skip
    house.wait(minutes=1)
    return SimpleNamespace(house=house, amber=amber, coral=coral, hazel=hazel, dahlia=dahlia)


def row(shown: SimpleNamespace, older: int, purpose: c.Purpose, partner: str) -> Mapping[str, Any]:
    """The cells of the one referral of a kind on an older case."""
    platform = shown.house.platform
    [case] = platform.find("Cases", "Report", [f"older-{older}"])
    [found] = [r for r in platform.find("Referrals", "Case", [case.id])
               if (r.fields["Purpose"], r.fields["Partner"]) == (purpose, partner)
               and not str(r.fields["Referral"]).startswith("Rang")]  # fmt: skip
    return {"id": found.id, **found.fields}


def at(shown: SimpleNamespace, partner: str) -> list[dict[str, Any]]:
    """What that partner holds."""
    return list(shown.house.ways[DESTINATIONS[partner]].told())


def test_the_newcomer_finds_every_state_of_a_referral_that_staff_act_on(shown: SimpleNamespace) -> None:
    """HC-052, R-13, R-26: to decide, waiting, held, sent, statistics, refused, recalled, and not to be sent."""
    states = {r.fields["State"] for r in shown.house.platform.records("Referrals")}
    assert states >= {S.READY, S.WAITING, S.HELD, S.SENT, S.STATISTICS_SENT, S.REJECTED, S.RECALL_SENT, S.NOT_SENT}


def test_the_newcomer_finds_what_went_by_each_way_to_the_partner_it_was_for(shown: SimpleNamespace) -> None:
    """HC-030, HC-051, HC-022, R-12: each by name as agreed, with the officer's words, to the confirmed mailbox."""
    council, listening, services = at(shown, COUNCIL), at(shown, LISTENING), at(shown, SERVICES)
    assert [x["message"] for x in council] == ["homelessness_referral", "homelessness_referral", "recall"]
    assert [x["message"] for x in listening] == ["support_referral", "support_referral", "recall"]
    assert [([y["name"] for y in x["people"]], x["words"]) for x in services] == [
        (["Umber Specimen"], "A child in the home has stopped going to school."),
    ]  # fmt: skip
    assert set(shown.house.ways[DESTINATIONS[LISTENING]].to) == {MAILBOXES[LISTENING]}
    assert (at(shown, WATCH), at(shown, POLICE), at(shown, SHORE)) == ([], [], [])


def test_the_newcomer_finds_what_was_told_as_statistics_without_a_name(shown: SimpleNamespace) -> None:
    """R-13, R-14: no name, no place, no word, no reference of ours; what a yes allows has them."""
    [counted] = shown.house.east.told()
    assert (counted["message"], "people" in counted, counted["form"]) == ("cdrp_notice", False, "statistical")
    assert not [word for word in NAMES if word in str(list(shown.house.east.notices.values()))]
    by_name = shown.house.ways[DESTINATIONS[LISTENING]].notices
    assert [word for word in NAMES if word in str(list(by_name.values()))]


def test_the_newcomer_sees_by_the_audit_who_decided_each(shown: SimpleNamespace) -> None:
    """R-25: the officer's are Amber's; the report to social services is the manager Coral's."""
    for each in REFERRALS:
        found = row(shown, each.case, each.purpose, each.partner)
        by = {x.by for x in shown.house.platform.history("Referrals", found["id"]) if x.field == "Decision"}
        who = {"NOBODY": set(), "OFFICER": {"amber@harbour-row.example"}, "MANAGER": {"coral@harbour-row.example"}}
        assert by == who[each.by.name], each.label
    assert "(Casewatch, on Coral Mockford's decision)" in row(shown, 13, P.SAFEGUARDING, SERVICES)["History"]


def test_the_newcomer_finds_what_waits_and_for_what(shown: SimpleNamespace) -> None:
    """R-12, R-26, HC-063: for the victim's answer, a second person, somebody's decision, a form filled in by hand."""
    asked, held = row(shown, 5, P.SUPPORT, LISTENING), row(shown, 6, P.SUPPORT, WATCH)
    assert (asked["State"], asked["Why"]) == (
        S.WAITING, "The victim has not been asked yet (Consents: Refer for support).",
    )  # fmt: skip
    assert (held["State"], "Recipient confirmations" in held["Why"]) == (S.HELD, True)
    for older, purpose, partner in ((4, P.SUPPORT, LISTENING), (11, P.POLICE, POLICE)):
        ready = row(shown, older, purpose, partner)
        assert (ready["State"], ready["Decision"]) == (S.READY, None)
        assert "set Decision" in ready["Why"]
    by_hand = row(shown, 7, P.POLICE, POLICE)
    assert by_hand["Made by hand at"]
    assert [file.name for file in by_hand["Proof"]] == ["note-of-the-call.txt"]


def test_the_newcomer_finds_what_was_refused_not_sent_and_called_back_with_the_reason(shown: SimpleNamespace) -> None:
    """HC-095, R-13: a partner's code, staff's reason, and when the recall went; it names the message it takes back."""
    refused, kept = row(shown, 7, P.OTHER_LANDLORD, SHORE), row(shown, 13, P.SUPPORT, LISTENING)
    assert (refused["State"], refused["Answer"]) == (S.REJECTED, "not_our_tenant")
    assert (kept["State"], kept["Why"]) == (S.NOT_SENT, "They found a counsellor of their own.")
    for older, purpose, partner in ((8, P.SUPPORT, LISTENING), (14, P.HOMELESSNESS, COUNCIL)):
        back = row(shown, older, purpose, partner)
        [recall] = [x for x in at(shown, partner) if x["message"] == "recall"]
        assert (back["State"], recall["recalls"]["key"]) == (S.RECALL_SENT, back["Sent under"])


def test_the_demonstration_opened_twice_refers_nobody_twice(shown: SimpleNamespace) -> None:
    """HC-052: neither staff nor the runner has anything left to do."""
    shown.house.wait(minutes=6)
    assert shown.house.runner.once(sweep=True).effects == 0
    assert make_partners(shown.hazel, shown.dahlia) is False
    assert list(refer(shown.amber, shown.coral, shown.house.now)) == []
    assert list(take_back(shown.amber, shown.house.now)) == []


def test_a_start_that_was_cut_off_between_two_referrals_is_made_good(shown: SimpleNamespace) -> None:
    """HC-052: the one that is missing is made, and no agreement is entered twice."""
    platform = shown.house.platform
    before = len(platform.records("Consents"))
    platform.delete("Referrals", row(shown, 4, P.SUPPORT, LISTENING)["id"])
    assert len(list(refer(shown.amber, shown.coral, shown.house.now))) == 1
    assert len(platform.records("Consents")) == before
