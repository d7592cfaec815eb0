"""A partner or the mail server that is down, or answers oddly, holds up nothing else and is told once in effect.

In: desks that are shut, fail or lose their answer. Out: what the rows say meanwhile, and what arrived afterwards.
Never here: a partner's own word for a case of ours.
"""

from automations.ports import Record
from casewatch.desks.partner import Instead
from schema import choices as c
from tests.e2e.runner_process import RunnerProcess
from tests.landlord import Landlord, until

YES = c.Answer.YES
State = c.ReferralState


def test_partners_and_mail_that_fail_are_told_once_each_when_they_are_back(landlord: Landlord) -> None:
    """The eastern desk fails once, and later loses an answer; the western desk and the mail server are shut. Of two
    notices for one desk, one is tried and the other waits.
    """
    east, west = landlord.east, landlord.west
    counted, asked = len(east.notices()), east.desk.requests
    landlord.post.shut()
    west.shut()
    east.odd_answers(Instead(500), None, Instead(store=True))
    with RunnerProcess(landlord) as runner:
        failing, losing = landlord.report(tell_the_partnership=YES), landlord.report(tell_the_partnership=YES)
        shut = landlord.report(postcode="ZZ9 1AA", tell_the_partnership=YES, refer_to_the_police=YES)
        reports = (failing, losing, shut)
        until("every notice was tried, or waits", lambda: all(_waits(landlord, r) for r in reports))
        until("the alert says why", lambda: all("mail server" in _problem(landlord, r) for r in reports))
        for report in reports:  # everything else went on
            case = landlord.case_of(report)
            assert case
            assert landlord.rows("Actions", case)
            assert [letter.fields["State"] for letter in landlord.rows("Letters", case)] == [c.LetterState.DRAFT]
            assert landlord.taken(report)

        landlord.post.open()
        west.open()
        until("the lost answer's notice is there", lambda: len(east.notices()) == counted + 2)
        until("every notice is sent", lambda: all(_notice(landlord, r) == State.SENT for r in reports), seconds=180)
        until("every alert is sent", lambda: all(_alert(landlord, r).fields["Sent at"] for r in reports))
        runner.says("A partner does not answer")

    assert (len(east.notices()), east.desk.requests) == (counted + 2, asked + 4)
    assert [_problem(landlord, report) for report in reports] == ["", "", ""]
    for report in reports:
        mails = landlord.post.about(landlord.reference_of(report))
        assert len(mails) == len({mail["To"] for mail in mails}) == 2


def _row(landlord: Landlord, table: str, report: str) -> Record | None:
    case = landlord.case_of(report)
    return next(iter(landlord.rows(table, case)), None) if case else None


def _notice(landlord: Landlord, report: str) -> object:
    row = _row(landlord, "Referrals", report)
    return row.fields["State"] if row else None


def _waits(landlord: Landlord, report: str) -> bool:
    """Whether its notice was tried in vain, or is held back because another one was."""
    row = _row(landlord, "Referrals", report)
    return bool(row and row.fields["State"] in (State.FAILED, State.READY) and row.fields["Try again at"])


def _alert(landlord: Landlord, report: str) -> Record:
    row = _row(landlord, "Alerts", report)
    assert row
    return row


def _problem(landlord: Landlord, report: str) -> str:
    row = _row(landlord, "Alerts", report)
    return str(row.fields["Problem"] or "") if row else ""
