"""A partner's form as a file: read whole, or every fault said."""

from importlib.resources import files
from pathlib import Path

import pytest

from automations.errors import Stop
from sync.partners.form import form

GOOD = 'title = "A form"\n[[boxes]]\npage = "One"\nlabel = "Name"\nfields = ["victim.name"]\n'


def of(folder: Path, text: str) -> str:
    path = folder / "council.toml"
    path.write_text(text)
    return str(path)


def test_every_form_that_comes_with_us_can_be_read() -> None:
    ours = [each.name.removesuffix(".toml") for each in (files("sync.partners") / "forms").iterdir()]
    assert ours == ["police_uk_form"]
    assert all(form(name).boxes for name in ours)


def test_a_form_of_the_landlords_own_is_read(tmp_path: Path) -> None:
    assert form(of(tmp_path, GOOD)).boxes[0].fields == ("victim.name",)


@pytest.mark.parametrize(("text", "says"), [
    ("", "title"), ("title =", "cannot be read"), ('title = "A form"\nboxes = []', "boxes"),
    (GOOD.replace("fields = ", "field = "), "boxes.0"), (GOOD + 'say = "Words"\n', "not both"),
    (GOOD.replace('fields = ["victim.name"]\n', ""), "fields, or what to say"),
    ('needs = ["victim.name"]\n' + GOOD, "instead"),
    (GOOD + GOOD.removeprefix('title = "A form"\n'), "more than one box takes victim.name"),
])  # fmt: skip
def test_a_form_with_a_fault_says_which(tmp_path: Path, text: str, says: str) -> None:
    """A box that took a field twice, or none, would leave somebody to guess."""
    with pytest.raises(Stop) as told:
        form(of(tmp_path, text))
    assert "council.toml" in told.value.detail
    assert says in told.value.detail


@pytest.mark.parametrize("told", ["nobodys_form", "", "../forms/police_uk_form", "/nowhere/form.toml"])
def test_a_form_that_is_not_there_is_said(told: str) -> None:
    with pytest.raises(Stop):
        form(told)
