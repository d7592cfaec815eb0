"""Form: a partner's own form as data: its pages and boxes in order, and the field of a message for each.

In: the name of a form that comes with us, or a file of the landlord's. Out: a Form, or every fault in the file.
Never here: a value, a partner's name, a guess at what a box means.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from automations.errors import Stop


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Asked(_Part):
    """One box: the fields that go into it, a line each; or what to `say` there whatever the message holds."""

    page: str = Field(min_length=1)
    label: str = Field(min_length=1)
    fields: tuple[str, ...] = ()
    say: str = ""
    required: bool = False

    @model_validator(mode="after")
    def one_of_both(self) -> "Asked":
        if bool(self.fields) == bool(self.say):
            raise ValueError("a box has fields, or what to say, and not both")
        return self


class Form(_Part):
    """A form. Without the fields that it `needs` it cannot be sent at all: `instead` says what else there is."""

    title: str = Field(min_length=1)
    boxes: tuple[Asked, ...] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    instead: str = ""

    @model_validator(mode="after")
    def each_field_once(self) -> "Form":
        used = [field for box in self.boxes for field in box.fields]
        if twice := sorted({field for field in used if used.count(field) > 1}):
            raise ValueError(f"more than one box takes {', '.join(twice)}")
        if self.needs and not self.instead:
            raise ValueError("say what to do instead where what it needs is not known")
        return self


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    text: str


def form(told: str) -> Form:
    """The form of that name, or of that file. Stop, with every fault, where there is none that can be used."""
    file = _file(told)
    try:
        return Form.model_validate(tomllib.loads(file.text))
    except tomllib.TOMLDecodeError as error:
        raise Stop(f"{file.name} cannot be read: {error}.") from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, x['loc'])) or 'the form'}: {x['msg']}" for x in error.errors()]
        raise Stop(f"{file.name}: {'; '.join(faults)}.") from None


def _file(told: str) -> _File:
    if not told.endswith(".toml"):
        ours = sorted(each.name for each in (files("sync.partners") / "forms").iterdir() if each.name.endswith(".toml"))
        if f"{told}.toml" not in ours:
            names = ", ".join(name.removesuffix(".toml") for name in ours)
            raise Stop(f"There is no form {told!r}: name one of ours ({names}), or a file that ends in .toml.")
        return _File(f"{told}.toml", (files("sync.partners") / "forms" / f"{told}.toml").read_text("utf-8"))
    try:
        return _File(Path(told).name, Path(told).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Stop(f"{Path(told).name} is no file of text that can be read.") from None
