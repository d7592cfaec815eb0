"""What partners build against: the published schemas are current, and every message fits them."""

import json

import jsonschema
import pytest
from message_cases import every_message
from openapi_spec_validator import validate

from sync.partners.messages import BY_MESSAGE
from sync.partners.models_agencies import SupportReferral
from sync.partners.published import FOLDER, openapi, pages, schemas

EVERY = every_message()
PUBLISHED = {path: path.read_text("utf-8") for path in FOLDER.glob("*.json")}


def test_the_published_pages_are_current():
    """`make docs` writes them; nothing else lies beside them."""
    assert dict(pages()) == PUBLISHED


def test_the_openapi_description_is_one():
    """Version 3.1, by the specification's own schema; each form of each message is in it."""
    described = openapi()
    validate(described)

    assert described["openapi"] == "3.1.0"
    assert len(described["components"]["schemas"]["Message"]["oneOf"]) == sum(map(len, BY_MESSAGE.values()))


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_message_fits_its_schema_and_none_with_a_field_more_or_less(name):
    """Dates and instants too; and it fits the OpenAPI description as one message and no other."""
    message = json.loads(EVERY[name].body)
    checks = jsonschema.Draft202012Validator.FORMAT_CHECKER
    schema = jsonschema.Draft202012Validator(schemas()[message["message"]], format_checker=checks)
    described = {**openapi(), "$ref": "#/components/schemas/Message"}

    schema.validate(message)
    jsonschema.Draft202012Validator(described).validate(message)
    assert not schema.is_valid({**message, "nickname": "Ada"})
    for needed in ("message", "version", "form", "reference"):
        assert not schema.is_valid({field: x for field, x in message.items() if field != needed})
    assert not schema.is_valid({**message, "version": 2})


def test_the_schema_says_why_in_the_models_own_words():
    """One text: a partner's developer reads what the officer's preview says."""
    published = schemas()["support_referral"]["$defs"]["Reached"]["properties"]["telephone"]["description"]
    model = SupportReferral.model_fields["people"].annotation.__args__[0]

    assert published == model.model_fields["telephone"].description


def test_every_message_is_on_the_page_for_partners():
    """A developer finds each one there, with what it is for."""
    page = (FOLDER.parent / "README.md").read_text("utf-8")

    assert [name for name in BY_MESSAGE if f"`{name}`" not in page] == []
