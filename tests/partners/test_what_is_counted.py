"""What a statistical notice counts: codes, bands, a month and the beginning of a postcode, never anybody's words."""

import json

import pytest
from partner_cases import BOTH, ENTERED, a_case, a_disclosure, a_person, an_answer, identified, notice, with_person
from pydantic import ValidationError

from schema import choices as c
from schema.tables.office import DIVERSITY_ANSWERS
from sync.partners import codes
from sync.partners.models_counted import Bands


@pytest.mark.parametrize("typed", ["Ada Sampleton", "Race", "race; Ada", "ZZ1 1ZZ"])
def test_a_word_is_not_a_code(typed):
    """The statistical form cannot hold a person's words even by mistake."""
    with pytest.raises(ValidationError):
        Bands(sex=typed)
    assert Bands(sex="female").sex == "female"


@pytest.mark.parametrize(
    ("typed", "reduced", "full"),
    [
        ("ZZ1 1ZZ", "ZZ1 1", "ZZ1 1ZZ"),
        ("zz11zz", "ZZ1 1", "ZZ1 1ZZ"),
        ("Z9Z 9ZZ", "Z9Z 9", "Z9Z 9ZZ"),
        ("ZZ99 3VZ", "ZZ99 3", "ZZ99 3VZ"),
        ("ZZ1", None, None),
        ("12 Example Street, ZZ1 1ZZ", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_postcode_is_reduced_unless_the_area_agreed(typed, reduced, full):
    """R-16. What is not a postcode is left out rather than guessed at."""
    case = a_case(postcode=typed)

    assert json.loads(notice(case, a_disclosure()).body)["incident"].get("postcode") == reduced
    assert json.loads(notice(case, a_disclosure(), full=True).body)["incident"].get("postcode") == full


def test_the_month_is_londons():
    """Half past midnight on 1 April in London is still March in UTC."""
    at = ENTERED.replace(month=3, day=31, hour=23, minute=30)

    assert json.loads(notice(a_case(happened_at=at), a_disclosure()).body)["incident"]["month_happened"] == "2026-04"


def test_answers_not_given_are_not_told():
    """Prefer not to say, words not in the list and other cases' rows leave nothing."""
    rows = (
        an_answer(religion="Prefer not to say", sex="Ada Sampleton"),
        an_answer(reference="CW-2026-0008", sex="Female"),
        an_answer(c.PersonRole.WITNESS, sex="Female"),
    )

    assert json.loads(notice(a_case(), a_disclosure(), *rows).body)["victims"] == []
    sikh = an_answer(religion="Sikh")
    assert json.loads(notice(a_case(), a_disclosure(), sikh).body)["victims"] == [{"religion": "sikh"}]
    assert "victims" not in json.loads(notice(a_case(), identified(*BOTH), sikh).body)


def test_an_unnamed_perpetrator_is_not_known():
    """A row with no name, and no row at all, say the same."""
    nobody = a_case(people=(a_person("v1", c.PersonRole.VICTIM, "Ada Sampleton", 1),), perpetrator_ids=())

    for case in (nobody, with_person(a_case(), "p1", name=" ")):
        assert json.loads(notice(case, a_disclosure()).body)["incident"]["perpetrator_known"] is False


@pytest.mark.parametrize(
    ("choices", "table"),
    [
        (c.Strand, codes.STRAND),
        (c.IncidentType, codes.KIND),
        (c.Place, codes.PLACE),
        (c.PoliceTold, codes.POLICE_TOLD),
        (c.Channel, codes.SAFE_WAY),
    ],
)
def test_every_choice_has_a_code_of_its_own(choices, table):
    """A new choice needs a code before it can be counted."""
    assert set(table) == set(choices)
    assert len(set(table.values())) == len(choices)


@pytest.mark.parametrize(("column", "table"), codes.BANDS.values(), ids=list(codes.BANDS))
def test_every_answer_but_one_has_a_code(column, table):
    """The one without is: prefer not to say."""
    assert {*table, "Prefer not to say"} == set(DIVERSITY_ANSWERS.column(column).choices)
