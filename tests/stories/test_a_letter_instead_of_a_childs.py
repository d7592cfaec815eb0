"""Stories: under 14 the step's letter is begun to the tenant of the child's home, and never to the child."""

from datetime import date
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, Kind, a_case, met
from tests.stories.test_letters_that_a_step_asks_for import at_home, of
from tests.stories.test_letters_that_staff_ask_for import row

pytestmark = pytest.mark.usefixtures("plain_letters")
WARNING, COPY = c.LetterKind.WARNING, c.LetterKind.TENANT_WARNING
HOME = {"address": "77 Sample Street", "postcode": "ZZ1 9XX"}
TOLD = "On 2 November 2026 threats were shouted outside a home."


def a_tenant(house: HarbourRow, **cells: Any) -> str:
    filled = {"name": "A. Nother Tenant", **HOME, **cells}
    return house.staff_write("amber", "People", role=c.PersonRole.TENANT, **filled)


def interviewed(house: HarbourRow, born: date) -> str:
    """Somebody born on that day, who is not the tenant, is met with the tenant; the warning is due."""
    who = at_home(house)
    house.staff_write("amber", "People", who, date_of_birth=born, is_the_tenant=c.YesNo.NO)
    met(house)
    house.wait(hours=1)
    met(house, Kind.PERPETRATOR)
    return who


def test_the_tenant_of_the_childs_home_is_written_to() -> None:
    """HC-093, R-18: in a row that the step began, with the same key; an officer writes what it says."""
    house = a_case(**ACCUSED)
    tenant = a_tenant(house)
    interviewed(house, date(2014, 1, 1))
    assert of(house, WARNING) == []
    [(id, files)] = of(house, COPY)
    made = row(house, id)
    assert (files, made["To"]) == (0, (tenant,))
    assert made["Key"] == "CW-2026-0001/letter/warning_letter/interview-2"
    house.staff_write("amber", "Letters", id, words_for_the_reader=TOLD)
    assert of(house, COPY) == [(id, 1)]
    house.wait(hours=3)
    assert len(of(house, COPY)) == 1


@pytest.mark.parametrize("elsewhere", [{"address": "5 Farther Lane", "postcode": "ZZ8 8ZZ"}, {}], ids=["none", "two"])
def test_where_nobody_can_tell_which_tenant_the_row_asks(elsewhere: dict[str, str]) -> None:
    """HC-093, R-18: an officer says which one, and then there is the letter to that one."""
    house = a_case(**ACCUSED)
    tenant = a_tenant(house, **elsewhere)
    if not elsewhere:
        a_tenant(house, name="B. Nother Tenant")
    interviewed(house, date(2014, 1, 1))
    [(id, files)] = of(house, COPY)
    assert (files, row(house, id)["To"]) == (0, ())
    assert "whose copy it is" in row(house, id)["What is missing"]
    house.staff_write("amber", "People", tenant, **HOME)
    house.staff_write("amber", "Letters", id, to=(tenant,), words_for_the_reader=TOLD)
    assert of(house, COPY) == [(id, 1)]


def test_from_fourteen_the_letter_is_their_own() -> None:
    """HC-093, R-18."""
    house = a_case(**ACCUSED)
    a_tenant(house)
    who = interviewed(house, date(2012, 11, 1))
    assert of(house, COPY) == []
    [(id, _)] = of(house, WARNING)
    assert row(house, id)["To"] == (who,)
