"""By hand: the pack says what to put where, holds all that the message tells and nothing that it does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from partner_cases import BOTH, a_case, a_disclosure, ground, identified, notice, with_person
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import NeedsAPerson, Stop
from automations.model.pack import Box, Pack
from automations.ports import ByHand as AsksForAPack
from schema import choices as c
from sync.partners.form import form
from sync.partners.in_words import lines
from sync.partners.manual import ByHand, Manual, packed
from sync.partners.payload import Payload

NOON = datetime(2026, 2, 28, 12, tzinfo=UTC)
FORM = form("police_uk_form")
POLICE = ByHand("police", "Exampleshire Police", "https://police.example/report", FORM)
BY_TELEPHONE = ByHand("police", "Exampleshire Police", "01632 960123")
EVERYBODY = notice(a_case(), identified(*BOTH, ground("p1"), ground("w1")))


def the_pack(payload: Payload, at: ByHand = POLICE) -> Pack:
    """The pack as it goes to paper."""
    kept: list[Pack] = []

    def paper(of: Pack) -> bytes:
        kept.append(of)
        return b"%PDF"

    assert Manual(at, paper).pack(payload.body, payload.key, NOON) == b"%PDF"
    return kept[0]


def boxes(of: Pack) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(box.page, box.label): box.lines for box in of.boxes}


def test_nothing_is_ever_sent_and_it_says_what_to_do_instead() -> None:
    """HC-063: a person is asked, each time, whatever the row names."""
    way = Manual(POLICE, lambda _: b"")
    assert isinstance(way, AsksForAPack)
    assert (way.once, way.carries_names) == (False, True)
    for to in ("", "somebody@police.example"):
        with pytest.raises(NeedsAPerson, match=r"Pack.*Made by hand at.*Proof.*Nothing was sent"):
            way.deliver(NAMED.body, NAMED.key, to)


def test_each_field_stands_at_the_box_that_the_form_has_for_it() -> None:
    """HC-063: in the order of the form, with days and times as they are said in London."""
    put = boxes(the_pack(EVERYBODY))

    assert put["Personal details", "Name"] == ("Ada Sampleton",)
    assert put["Personal details", "Date of birth"] == ("1 January 1980",)
    assert put["Contact", "Address"] == ("1 Example Street", "ZZ1 1ZZ")
    assert put["What happened", "Date and time"] == ("28 February 2026 at 21:00",)
    assert put["What happened", "Kind of incident"] == ("damage; verbal abuse",)
    assert put["Suspect", "Name"] == ("Cyril Madeup",)
    assert put["Evidence", "Witness"][0] == "Dora Invented"
    assert list(dict.fromkeys(page for page, _ in put)) == [
        "Personal details", "Contact", "Your part in it", "What happened", "Evidence", "Suspect",
    ]  # fmt: skip


@pytest.mark.parametrize("at", [POLICE, BY_TELEPHONE])
@pytest.mark.parametrize("payload", [NAMED, EVERYBODY, notice(a_case(), identified(ground("v1", withhold="My job")))])
def test_no_field_is_dropped_and_none_is_added(payload: Payload, at: ByHand) -> None:
    """HC-063: what has no box, a second victim for one, is listed; what the message does not tell is nowhere."""
    pack = the_pack(payload, at)
    told = [line for line in lines(payload.body) if line.words and not line.field.endswith(".part")]

    in_boxes = [line for box in pack.boxes for line in box.lines]
    everywhere = [*in_boxes, *(words for _, words in pack.no_place), *pack.what.split(", "), "For somebody else"]
    kept_back = ("withheld", "ask_us_first", "victims_not_named", "narrative_left_out")
    for line in told:
        if line.field.rpartition(".")[2] not in kept_back:
            assert line.words in everywhere or line.words == "1", line.field
    said = {words for line in told for words in line.words.splitlines()}
    assert set(in_boxes) <= {*said, "For somebody else, as their landlord"}
    assert {words for _, words in pack.no_place} <= {line.words for line in told}


def test_a_second_victim_is_told_of_though_the_form_takes_one() -> None:
    assert ("Victim 2: name", "Bert Placeholder") in the_pack(NAMED).no_place
    assert ("Bert Placeholder",) in boxes(the_pack(NAMED, BY_TELEPHONE)).values()


@pytest.mark.parametrize("payload", [STATISTICS, Payload(b'{"form":"identified","people":[]}', (), "", "0" * 32)])
def test_nobody_goes_through_a_form_that_wants_a_name_without_one(payload: Payload) -> None:
    """HC-052: without a victim who may be named it says what there is instead; by telephone statistics may be told,
    and a named victim passes through the form.
    """
    with pytest.raises(NeedsAPerson, match=r"needs the victim's name.*leave it at the statistics"):
        the_pack(payload)

    assert the_pack(payload, BY_TELEPHONE).boxes is not None
    assert boxes(the_pack(NAMED))["Personal details", "Name"] == ("Ada Sampleton",)


def test_what_the_form_demands_and_nobody_may_tell_stays_empty() -> None:
    """A gender is in no message of ours, and an e-mail address that is not safe neither: nothing is made up."""
    case = with_person(a_case(), "v1", safe_ways=(c.Channel.TELEPHONE,))
    gone = [box.label for box in the_pack(notice(case, identified(*BOTH))).boxes if box.required and not box.lines]
    assert gone == ["Gender", "E-mail"]
    assert [box.label for box in the_pack(NAMED).boxes if box.required and not box.lines] == ["Gender"]


def test_what_is_withheld_is_said_with_its_reason_and_is_in_no_box() -> None:
    """HC-063: an officer who knows the rest must know that it is not to be told."""
    said = " ".join(the_pack(notice(a_case(), identified(ground("v1", withhold="My job")))).withheld)
    for words in ("Victim 1: contact; details; narrative; strands", "Victims not named: 1", "how to reach them is ours",
                  "What happened, in words: it is about another victim too"):  # fmt: skip
        assert words in said
    assert the_pack(EVERYBODY).withheld == ()
    assert "Everything that names anybody" in the_pack(STATISTICS, BY_TELEPHONE).withheld[0]
    assert not [box for box in the_pack(EVERYBODY, BY_TELEPHONE).boxes if box.label in ("Withheld", "Ask us first")]


def test_every_reason_for_leaving_words_out_is_a_sentence() -> None:
    for why in ("withheld", "limited", "another_victim", "speaks_of_others", "not_written"):
        told = lines(b'{"incident":{"narrative_left_out":"%b"}}' % why.encode())
        [said] = packed(told, "0" * 32, BY_TELEPHONE).withheld
        assert len(said.split()) > 8
        assert "_" not in said


@pytest.mark.parametrize("key", ["CW-2026-0007/notify_cdrp/incident-1", "", "A" * 32])
def test_a_key_that_tells_the_case_makes_no_pack(key: str) -> None:
    with pytest.raises(Stop):
        Manual(POLICE, lambda _: b"").pack(NAMED.body, key, NOON)
    assert Manual(POLICE, lambda _: b"%PDF").pack(NAMED.body, NAMED.key, NOON)


def test_settings_that_do_not_say_where_are_a_fault() -> None:
    with pytest.raises(Stop, match=r"destinations\.police\.where"):
        Manual(replace(POLICE, where=" "), lambda _: b"")


def test_nobody_types_machine_words_to_a_partner() -> None:
    """HC-063, R-15: why each may be named, and our record of it, as a person says it."""
    named = identified(ground("v1", basis="override", record="Overrides 1"),
                       ground("v2", basis="consent", record="Consents 3"),
                       ground("p1", basis="unlawful_acts", record="Incidents 10"))  # fmt: skip
    said = dict(the_pack(notice(a_case(), named)).no_place)
    assert said["Alleged perpetrator 1, grounds 1: why they may be named"] == "to prevent or detect unlawful acts"
    assert said["Alleged perpetrator 1, grounds 1: our record of that"] == "the incident, number 10"
    assert not [x for x in said.values() if "_" in x or "Incidents" in x or "Overrides" in x]
    assert "they agreed" in said.values()


def test_a_statistical_pack_has_no_reference_of_ours() -> None:
    """R-16."""
    assert "CW-2026" not in str(the_pack(notice(a_case(), a_disclosure()), BY_TELEPHONE))
    assert Box("The message", "Reference", ("CW-2026-0007/incident-1",)) in the_pack(NAMED, BY_TELEPHONE).boxes
