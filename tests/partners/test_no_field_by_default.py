"""No field leaves by default: each is named by a builder, has its reason, and no message takes another."""

import typing
from collections.abc import Iterator

import pytest
from message_cases import every_message
from pydantic import BaseModel, ValidationError

from sync.partners.messages import BY_MESSAGE, read
from sync.partners.models import Part

EVERY = every_message()


def models(of: typing.Any) -> Iterator[type[Part]]:
    """The model and every model inside it."""
    if isinstance(of, type) and issubclass(of, BaseModel):
        yield of
        for field in of.model_fields.values():
            yield from models(field.annotation)
    for inside in typing.get_args(of):
        yield from models(inside)


ALL = sorted(
    {part for either in BY_MESSAGE.values() for each in either for part in models(each)}, key=lambda x: x.__name__
)


def parts(message: BaseModel) -> Iterator[BaseModel]:
    yield message
    for name in type(message).model_fields:
        value = getattr(message, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, BaseModel):
                yield from parts(each)


@pytest.mark.parametrize("part", ALL, ids=lambda x: x.__name__)
def test_a_part_refuses_what_nobody_declared_and_never_repeats_it(part):
    """Every model of every message; the error names the field and not what was in it."""
    with pytest.raises(ValidationError) as refused:
        part.model_validate({"nickname": "Ada"})

    assert "nickname" in str(refused.value)
    assert "Ada" not in str(refused.value)


@pytest.mark.parametrize("part", ALL, ids=lambda x: x.__name__)
def test_every_field_says_why_it_may_go(part):
    """The same words stand in the published schema and in the preview."""
    assert [name for name, field in part.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("part", ALL, ids=lambda x: x.__name__)
def test_every_field_is_set_by_a_builder_that_names_it(part):
    """What says only which message it is has the one value there is. Anything else a builder put there by name."""
    one_value = {name for name, field in part.model_fields.items() if len(typing.get_args(field.annotation)) == 1
                 and typing.get_origin(field.annotation) is typing.Literal}  # fmt: skip
    named = {x for payload in EVERY.values() for each in parts(read(payload.body)) if type(each) is part
             for x in each.model_fields_set}  # fmt: skip

    assert named | one_value == set(part.model_fields)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_message_is_read_back_as_what_it_is(name):
    """The bytes say which message it is, without anything beside them; nothing in them is empty of meaning."""
    message = read(EVERY[name].body)

    assert type(message) in BY_MESSAGE[message.message]
    assert b"null" not in EVERY[name].body
