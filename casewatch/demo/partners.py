"""Partners: the organisations that the made-up landlord refers to, one for each way, and who confirmed which recipient.

In: the office base, signed in as an administrator and as a line manager. Out: its rows, made once.
Never here: where a destination is (other_side.py makes settings of that), a real organisation or number.
"""

from automations.ports import Platform
from casewatch.demo.landlord import make_rows
from schema import choices as c

COUNCIL = "Examplemouth Council"
LISTENING = "Sample Listening Service"
SERVICES = "Examplemouth Social Services"
POLICE = "Examplemouth Police"
SHORE = "Sample Shore Homes"
WATCH = "Harbour Watch"
MAILBOXES = {LISTENING: "referrals@listening.example", WATCH: "help@harbour-watch.example"}
"""The recipients that the administrator entered. Of the second nobody has asked yet, so what goes there is held."""
DESTINATIONS = {
    COUNCIL: "examplemouth-council", LISTENING: "listening-service", SERVICES: "social-services",
    POLICE: "examplemouth-police", SHORE: "shore-homes", WATCH: "harbour-watch",
}  # fmt: skip
COLLECTS = {"Police": POLICE, "Homeless persons unit": COUNCIL, "Social services": SERVICES}
"""Whom both areas name for what."""


def make_partners(administrator: Platform, manager: Platform) -> bool:
    """The rows, where they are not there yet; whether any was made."""
    there = {str(r.fields["Partner"]) for r in administrator.records("Partners")}
    new = [name for name in DESTINATIONS if name not in there]
    ids = make_rows(administrator, "Partners", "Partner", [
        {"Partner": name, "Destination": DESTINATIONS[name], "Recipient": MAILBOXES.get(name),
         "Is it a police body": c.YesNo.YES if name == POLICE else c.YesNo.NO}
        for name in DESTINATIONS
    ])  # fmt: skip
    if new:
        areas = [r.id for r in administrator.records("Areas")]
        links = {column: (ids[name],) for column, name in COLLECTS.items() if name in new}
        administrator.update("Areas", [(area, links) for area in areas])
    make_rows(manager, "Recipient confirmations", "Confirmation", [{
        "Confirmation": f"{LISTENING}, mailbox", "Partner": (ids[LISTENING],), "Recipient": MAILBOXES[LISTENING],
        "Decision": c.Decision.AGREED, "How we know": "Rang their office by the number in the council's list.",
    }])  # fmt: skip
    return bool(new)
