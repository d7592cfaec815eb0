"""An officer attaches a report to an open case: on the real server, with its links, its audit and its keys.

In: two reports through the form, one cell of triage. Out: a further incident, answers on it, links both ways.
Never here: what each step then asks (tests/stories/test_attached_to_another_case.py).
"""

from schema import choices as c
from tests.e2e.runner_process import one_pass
from tests.landlord import Landlord


def test_a_report_that_an_officer_attaches_is_a_further_incident_and_a_second_pass_changes_nothing(
    landlord: Landlord,
) -> None:
    """HC-011, HC-012, HC-105, HC-107: made once, and each answer hangs from what it is about."""
    told = {"Victim's name": "Twice Realnot", "Police know": c.PoliceTold.NO}
    first = landlord.report(**told, tell_the_partnership=c.Answer.YES)
    again = landlord.report(**told, refer_to_the_police=c.Answer.NO, **{
        "Alleged perpetrator's name": "Nobody Atall", "Speak to the alleged perpetrator": c.Answer.YES,
    })  # fmt: skip
    assert one_pass(landlord).code == 0
    there, source = landlord.case_of(first), landlord.case_of(again)
    assert there
    assert source
    target, own = landlord.reference_of(first), landlord.reference_of(again)
    assert source.fields["May be the same as"] == target
    assert len(landlord.rows("Checklist", source)) == len(landlord.rows("Checklist", there)) > 3

    cells = {"Triage": c.Triage.ATTACH, "Attach to": target}
    landlord.signed_in("amber").update("Cases", [(source.id, cells)])
    assert one_pass(landlord).code == 0

    incidents = landlord.rows("Incidents", there)
    assert [r.fields["Number"] for r in incidents] == [1, 2]
    further = incidents[1]
    assert further.fields["Key"] == f"{target}/incident-from-{own}"
    assert further.fields["Victims"] == incidents[0].fields["Victims"]
    answers = {
        r.fields["Option"]: r.fields for r in landlord.rows("Consents", there)
        if str(r.fields["Key"]).startswith(f"{target}/incident-from-{own}/")
    }  # fmt: skip
    assert answers[c.Option.PERPETRATOR]["About"] == further.fields["Alleged perpetrators"] != ()
    assert answers[c.Option.PERPETRATOR]["Incident"] == (further.id,)
    assert answers[c.Option.POLICE]["Incident"] == ()
    assert landlord.taken(again).fields["Case reference"] == target  # type: ignore[union-attr]
    [linked] = landlord.admin.get("Cases", [there.id])
    assert linked.fields["Linked case"] == own
    stamps = [r.updated_at for r in landlord.rows("Actions", there) + incidents]
    assert one_pass(landlord).code == 0
    assert [r.updated_at for r in landlord.rows("Actions", there) + landlord.rows("Incidents", there)] == stamps
