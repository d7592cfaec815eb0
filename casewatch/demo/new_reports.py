"""New reports: three that come in through the front desk's shared form, as an adviser would send them.

In: the form's address and password. Out: three rows of Reports, made without a sign-in.
Never here: the platform's own write path; this is what the public route really does.
"""

from datetime import datetime, timedelta
from typing import Any

from automations.errors import Stop
from schema import choices as c
from sync.http import Session

YES, NO = c.Answer.YES, c.Answer.NO


def new_reports(now: datetime) -> tuple[dict[str, Any], ...]:
    """A yes, a no, and a yes to the partnership but no to the police where the police collect."""
    told = now - timedelta(minutes=10)
    common = {
        "First reported at": f"{told:%Y-%m-%dT%H:%M:%SZ}", "Received by": "Front desk",
        "How reported": c.HowReported.TELEPHONE,
        "Reporter is": c.Reporter.VICTIM, "Happened at": f"{told - timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}",
        "Happened where": c.Place.HOME, "Children at risk": c.YesNo.NO, "Police know": c.PoliceTold.NO,
    }  # fmt: skip
    return (
        common | {
            "Victim's name": "Aster Sampledale", "Address": "4 Example Row, Examplemouth", "Postcode": "ZZ1 4AB",
            "Telephone": "01632 960201", "Safe ways to contact": f"{c.Channel.LETTER},{c.Channel.TELEPHONE}",
            "What happened": "A neighbour shouted abuse at the door twice this week.",
            "Kind of incident": c.IncidentType.VERBAL, "Because of": c.Strand.RACE, "Safe at home": c.YesNo.YES,
            "Tell the partnership": YES, "Refer to the police": NO, "Refer for support": YES,
            "Speak to the alleged perpetrator": c.Answer.NOT_ASKED,
        },
        common | {
            "Victim's name": "Briar Mockley", "Address": "9 Example Row, Examplemouth", "Postcode": "ZZ1 5CD",
            "Safe ways to contact": c.Channel.TELEPHONE, "What happened": "Words were painted on the front door.",
            "Kind of incident": c.IncidentType.GRAFFITI, "Because of": c.Strand.ORIENTATION, "Safe at home": c.YesNo.NO,
            "Graffiti to remove": c.YesNo.YES, "Tell the partnership": NO, "Refer to the police": NO,
        },
        common | {
            "Victim's name": "Clover Testaby", "Address": "2 Sample Wynd, Kirkinlea", "Postcode": "ZZ9 1AA",
            "Safe ways to contact": c.Channel.LETTER, "Large print": True,
            "What happened": "Letters with threats came through the door.",
            "Kind of incident": c.IncidentType.WRITTEN, "Because of": c.Strand.DISABILITY, "Safe at home": c.YesNo.YES,
            "Tell the partnership": YES, "Refer to the police": NO,
        },
    )  # fmt: skip


def submit(url: str, form: str, password: str, reports: tuple[dict[str, Any], ...]) -> None:
    """Send each through the shared form. Stop where the form is not there or the password is wrong."""
    session = Session("The report form")
    for report in reports:
        answer = session.post(f"{url}/api/v2/public/shared-view/{form}/rows", json={"data": report},
                              headers={"xc-password": password})  # fmt: skip
        if not answer.ok:
            raise Stop(f"The report form refused a report ({answer.status_code}).")
