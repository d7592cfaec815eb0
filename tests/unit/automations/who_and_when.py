"""Who and when in the made-up case: its people, its staff and its hours, from nine on Wednesday 18 November 2026."""

from datetime import UTC, datetime, timedelta
from typing import Any

from automations.model import Person, Staff
from schema import choices as c

NINE = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = NINE + 6 * HOUR
MANAGER = Staff(id="s1", created_at=NINE, name="Coral Mockford", email="coral@example.org",
                  role=c.StaffRole.SUPERVISOR)  # fmt: skip
OFFICER = Staff(id="s2", created_at=NINE, name="Amber Testwood", email="amber@example.org", role=c.StaffRole.OFFICER)


def person(id: str, role: c.PersonRole, **cells: Any) -> Person:
    """Somebody on the case in that part, under a name that is nobody's."""
    return Person(id=id, created_at=NINE, role=role, **{"name": f"Sample Person {id}", **cells})


VICTIM = person("v1", c.PersonRole.VICTIM)
SECOND = person("v2", c.PersonRole.VICTIM)
ACCUSED = person("p1", c.PersonRole.PERPETRATOR, lives_in=c.LivesIn.OURS, is_tenant=c.YesNo.YES)
