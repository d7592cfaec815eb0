"""From a report at the front desk to what staff and partners hold, with every part a real one.

In: reports through the shared form. Out: cases, mails and notices, read where people would read them.
Never here: a pass of a runner inside this process.
"""

import io
import json
from datetime import UTC, datetime

import pikepdf
import pytest

from schema import choices as c
from tests.e2e.runner_process import one_pass
from tests.landlord import NOBODY, Landlord

WORDS = "A rehearsed sentence about a made-up quarrel."
PRIVATE = (NOBODY, "4 Example Row", "ZZ1 4AB", WORDS, "01632 960201")


@pytest.fixture(scope="module")
def reports(landlord: Landlord) -> dict[str, str]:
    """Four reports that differ in what the victim agreed to, taken by one pass."""
    west = {"postcode": "ZZ9 1AA", "tell_the_partnership": c.Answer.YES}
    sent = {
        "no": landlord.report(what_happened=WORDS, tell_the_partnership=c.Answer.NO),
        "yes": landlord.report(what_happened=WORDS, tell_the_partnership=c.Answer.YES,
                               **{"Alleged perpetrator's name": "Mx Standin"}),
        "west, police no": landlord.report(what_happened=WORDS, refer_to_the_police=c.Answer.NO, **west),
        "west, police yes": landlord.report(what_happened=WORDS, refer_to_the_police=c.Answer.YES, **west),
    }  # fmt: skip
    said = one_pass(landlord)
    assert said.code == 0, said.text
    return sent


def test_a_report_becomes_a_case_with_everything_that_hangs_from_it(
    landlord: Landlord, reports: dict[str, str]
) -> None:
    """HC-004, HC-036: officer, supervisor, incident, people, dated actions, first development."""
    case = landlord.case_of(reports["yes"])

    assert case
    assert (case.fields["Officer"], case.fields["Supervisor"], case.fields["Area"]) == (
        "Amber Testwood", "Coral Mockford", "Harbour East",
    )  # fmt: skip
    (incident,) = landlord.rows("Incidents", case)
    assert incident.fields["What happened"] == WORDS
    assert len(incident.fields["Victims"]) == len(incident.fields["Alleged perpetrators"]) == 1
    roles = {row.fields["Role"] for row in landlord.rows("People", case)}
    assert roles == {c.PersonRole.VICTIM, c.PersonRole.PERPETRATOR}
    actions = {row.fields["Step"]: row.fields for row in landlord.rows("Actions", case)}
    assert actions["log_case"]["Status"] == c.ActionState.DONE
    assert actions["interview_victim"]["Status"] in ("Due", "Due soon")
    assert actions["interview_victim"]["Due at"] > datetime.now(UTC)
    assert "First report" in {row.fields["Development"] for row in landlord.rows("Developments", case)}


def test_the_report_row_says_that_it_was_taken_and_as_which_case(landlord: Landlord, reports: dict[str, str]) -> None:
    """HC-006: the front desk sees it without opening Casework."""
    (row,) = landlord.admin.get("Reports", [reports["no"]])

    assert row.fields["Case reference"] == landlord.reference_of(reports["no"])
    assert (row.fields["Pick-up"], row.fields["What needs a person"]) == ("Taken", None)


def test_the_letter_is_a_tagged_pdf_with_a_neutral_name(landlord: Landlord, reports: dict[str, str]) -> None:
    """HC-024: a screen reader can read what the victim is sent."""
    case = landlord.case_of(reports["yes"])
    assert case
    (letter,) = landlord.rows("Letters", case)
    (file,) = letter.fields["Document"]
    content = landlord.admin.fetch("Letters", letter.id, "Document", file.name)

    assert letter.fields["State"] == c.LetterState.DRAFT
    assert content.startswith(b"%PDF")
    assert NOBODY not in file.name
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")


def test_the_officer_and_the_duty_person_are_told_without_a_name(landlord: Landlord, reports: dict[str, str]) -> None:
    """HC-006: one mail each, and nothing in it that says whose case it is."""
    reference = landlord.reference_of(reports["no"])
    mails = landlord.post.about(reference)

    assert sorted(mail["To"] for mail in mails) == ["amber@harbour-row.example", "elder@harbour-row.example"]
    assert not any(word in mail.as_string() for mail in mails for word in PRIVATE)


@pytest.mark.parametrize("which", ["no", "west, police no"])
def test_without_agreement_the_notice_counts_and_names_nobody(
    landlord: Landlord, reports: dict[str, str], which: str
) -> None:
    """HC-052, R-14: neither a no, nor a yes that stops short of the police where the police collect."""
    notice = _notice(landlord, reports[which])

    assert notice["form"] == "statistical"
    assert not any(word in json.dumps(notice) for word in (*PRIVATE, "ZZ9 1AA", landlord.reference_of(reports[which])))
    assert any(begins in json.dumps(notice) for begins in ('"ZZ1', '"ZZ9')), "not even the district"


@pytest.mark.parametrize("which", ["yes", "west, police yes"])
def test_with_agreement_the_notice_names_the_victim(landlord: Landlord, reports: dict[str, str], which: str) -> None:
    """HC-052, R-15: what the victim agreed to be told is told; what somebody said of others stays."""
    notice = _notice(landlord, reports[which])

    assert notice["form"] == "identified"
    assert NOBODY in json.dumps(notice)
    assert WORDS not in json.dumps(notice), "nobody wrote an account for the partnership"


def test_a_second_pass_by_a_new_process_does_nothing(landlord: Landlord, reports: dict[str, str]) -> None:
    """Level-triggered: what is so already is not made again."""
    mails, told = len(landlord.post.about("CW-")), (landlord.east.desk.requests, landlord.west.desk.requests)
    said = one_pass(landlord)

    assert said.code == 0
    assert ", 0 things to do, all done." in said.text
    assert (len(landlord.post.about("CW-")), (landlord.east.desk.requests, landlord.west.desk.requests)) == (
        mails,
        told,
    )


def _notice(landlord: Landlord, report: str) -> dict[str, object]:
    """The notice that the partner holds of a report's case, found by the receipt on the referral."""
    case = landlord.case_of(report)
    assert case
    (referral,) = landlord.rows("Referrals", case)
    desk = landlord.west if case.fields["Area"] == "Kirkinlea" else landlord.east
    (kept,) = [k for k in desk.desk.kept() if k["receipt"] == referral.fields["Partner's reference"]]
    return kept["notice"]
