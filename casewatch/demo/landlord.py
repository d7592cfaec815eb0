"""Harbour Row Homes: a landlord that does not exist, with two areas, nine staff and two partnerships.

In: a platform whose bases are made. Out: its office rows, made once.
Never here: a real person, street, postcode or telephone number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from automations.letters import Landlord
from automations.ports import Platform
from schema import choices as c

NAME = "Harbour Row Homes"
EAST_PARTNERSHIP = "Quayside Community Safety Partnership"
WEST_PARTNERSHIP = "Kirkinlea Police Partnership Desk"
LANDLORD = Landlord(
    name=NAME,
    address=("1 Sample Quay", "Examplemouth", "ZZ1 1ZZ"),
    telephone="01632 960100",
    email="hello@harbour-row.example",
    neutral_sender="HRH, 1 Sample Quay, Examplemouth ZZ1 1ZZ",
    out_of_hours="01632 960199",
)

OFFICE = "1 Sample Quay, Examplemouth, ZZ1 1ZZ"
STAFF: tuple[tuple[str, str, c.StaffRole, str, str], ...] = (
    ("Amber Testwood", "amber", c.StaffRole.OFFICER, "Housing Officer", "01632 960101"),
    ("Basil Sampleton", "basil", c.StaffRole.OFFICER, "ASB Officer", "01632 960102"),
    ("Coral Mockford", "coral", c.StaffRole.SUPERVISOR, "Senior Housing Officer", "01632 960103"),
    ("Dahlia Fictionby", "dahlia", c.StaffRole.REGIONAL, "Regional Housing Manager", "01632 960104"),
    ("Elder Placeholder", "elder", c.StaffRole.ASB_MANAGER, "ASB Manager", "01632 960105"),
    ("Fern Inventley", "fern", c.StaffRole.DIRECTOR, "Social Housing Director", "01632 960106"),
    ("Ginger Makebeleigh", "ginger", c.StaffRole.ADVISER, "Customer Service Adviser", "01632 960107"),
    ("Hazel Pretendham", "hazel", c.StaffRole.ADMINISTRATOR, "Systems Administrator", "01632 960108"),
    ("Ivy Supposeley", "ivy", c.StaffRole.OPERATIONS, "Operations Director", "01632 960109"),
    ("Juniper Madeupson", "juniper", c.StaffRole.LETTINGS, "Lettings Manager", "01632 960110"),
)


def email(first_name: str) -> str:
    """The address a member of staff signs in with."""
    return f"{first_name}@harbour-row.example"


def make_office(platform: Platform, now: datetime, owner: str | None = None) -> None:
    """The office rows, where they are not there yet.

    `owner` is the address of the bases' owner: named as an administrator, so that what they bring over counts (R-08).
    """
    if owner:
        make_rows(platform, "Staff", "E-mail", [
            {"Name": "The bases' owner", "E-mail": owner, "Role": c.StaffRole.ADMINISTRATOR, "Job title": "Owner"},
        ])  # fmt: skip
    staff = make_rows(platform, "Staff", "E-mail", [
        {"Name": name, "E-mail": email(first), "Role": role, "Job title": title, "Telephone": phone,
         "Office address": OFFICE, "Mobile": "07700 900101" if first == "amber" else None}
        for name, first, role, title, phone in STAFF
    ])  # fmt: skip
    partners = make_rows(platform, "Partners", "Partner", [
        {"Partner": EAST_PARTNERSHIP, "Destination": "quayside", "Is it a police body": c.YesNo.NO},
        {"Partner": WEST_PARTNERSHIP, "Destination": "kirkinlea", "Is it a police body": c.YesNo.YES},
    ])  # fmt: skip
    areas = make_rows(platform, "Areas", "Area", [
        {"Area": "Harbour East", "Division": c.Division.ENGLAND_AND_WALES,
         "Partnership": (partners[EAST_PARTNERSHIP],)},
        {"Area": "Kirkinlea", "Division": c.Division.SCOTLAND, "Partnership": (partners[WEST_PARTNERSHIP],)},
    ])  # fmt: skip
    make_rows(platform, "Patches", "Patch", [
        {"Patch": "Harbour East homes", "Postcodes": "ZZ1\nZZ2 4", "Area": (areas["Harbour East"],),
         "Officer": (staff[email("amber")],), "Supervisor": (staff[email("coral")],)},
        {"Patch": "Kirkinlea homes", "Postcodes": "ZZ9", "Area": (areas["Kirkinlea"],),
         "Officer": (staff[email("basil")],), "Supervisor": (staff[email("coral")],)},
    ])  # fmt: skip
    if not platform.records("Duty rota"):
        platform.create("Duty rota", [{
            "Duty": "This month", "From": now - timedelta(days=15), "Until": now + timedelta(days=60),
            "Person on duty": (staff[email("elder")],),
        }])  # fmt: skip


def make_rows(platform: Platform, table: str, column: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The ids by the words of one column; rows that are there already are left as they are."""
    there = {str(r.fields[column]): r.id for r in platform.find(table, column, [str(x[column]) for x in rows])}
    new = [{k: v for k, v in row.items() if v is not None} for row in rows if row[column] not in there]
    ids = platform.create(table, new) if new else []
    return there | {str(row[column]): id for row, id in zip(new, ids, strict=True)}
