"""Tables, somebody's own words and lines to write on; several facts of a kind; and where a fault stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from letter_cases import a_letter, some_facts, the_letter
from spoken import spoken

from automations.errors import NeedsAPerson, Stop
from automations.letters import Missing, VictimFacts, languages
from automations.letters.document import Blank, Break, Listing, Paragraph, Quote, Table, Text, document, words
from automations.letters.draft import _missing
from automations.letters.facts import AUDIENCES, fingerprint, named, paths
from automations.letters.languages import FOLDER
from automations.letters.pdf import set_in_type
from automations.letters.template import read, template


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One line of what was agreed."""

    what: str
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts(VictimFacts):
    """A reader with several facts of a kind."""

    agreed: tuple[Agreed, ...] = ()
    said: tuple[str, ...] = ()


PLAN = PlanFacts(
    **{name: getattr(some_facts(), name) for name in VictimFacts.__dataclass_fields__ if name != "agreed"},
    agreed=(Agreed(what="Change the lock", done=date(2026, 11, 9)), Agreed(what="Mend the light")),
    said=("First | words", "> second words"),
)
ROWS = "{% for line in agreed %}\n| {{ line.what }} | {% if line.done %}{{ line.done }}{% endif %} |\n{% endfor %}\n"
TABLE = "| What | By when |\n|------|---|\n" + ROWS


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(AUDIENCES, "plan", PlanFacts)


def made(body: str, facts: PlanFacts = PLAN):
    return document(read(a_letter(body, audience="plan"), "sample", "en"), facts)


def test_a_table_has_a_header_a_row_for_each_fact_and_columns_as_wide_as_its_dashes():
    assert made(TABLE) == (
        Table(
            ((Text("What"),), (Text("By when"),)),
            (((Text("Change the lock"),), (Text("Monday 9 November 2026"),)), ((Text("Mend the light"),), ())),
            (6, 3),
        ),
    )
    bar = replace(PLAN, agreed=(Agreed(what="a | b\n| c |"),))
    assert made(TABLE, bar)[0].rows == (((Text("a | b | c |"),), ()),)
    assert words(made(TABLE, bar)).splitlines()[-1] == r"| a \| b \| c \| |  |"


def test_somebodys_own_words_are_a_block_of_their_own():
    body = "Before\n\n{% for each in said %}\n> {{ each }}\n>\n{% endfor %}\n\nAfter"
    assert made(body) == (
        Paragraph((Text("Before"),)),
        Quote(((Text("First | words"),), (Text("> second words"),))),
        Paragraph((Text("After"),)),
    )
    assert words(made("> One\n>\n> Two")) == "> One\n>\n> Two\n"


def test_a_line_of_its_own_is_a_line_to_write_on():
    assert made("____") == (Blank(),)
    assert made("Your name\n____\n____\n\nIt stays ____ here") == (
        Paragraph((Text("Your name"),)), Blank(), Blank(), Paragraph((Text("It stays ____ here"),)),
    )  # fmt: skip
    assert made("**One**\\\ntwo\\\n____\nthree") == (
        Paragraph((Text("One", strong=True), Break(), Text("two"))), Blank(), Paragraph((Text("three"),)),
    )  # fmt: skip
    assert made("{{ recipient_name }}", replace(PLAN, recipient_name="____")) == (Paragraph((Text("____"),)),)


def test_a_list_goes_through_several_facts():
    assert made("{% for line in agreed %}\n- **{{ line.what }}**\n{% endfor %}") == (
        Listing(False, ((Text("Change the lock", strong=True),), (Text("Mend the light", strong=True),))),
    )


def test_tables_quotes_and_lines_to_write_on_are_tagged():
    said = spoken(set_in_type(made(f"# T\n\n{TABLE}\n> Words\n\n____\n"), PLAN, large=True, language="en"))
    assert "THead\n      TR\n        TH What\n        TH By when\n" in said
    assert "TR\n        TD Mend the light\n        TD\n" in said
    assert "BlockQuote\n    P Words\n" in said
    assert said.endswith("P Words\n")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ reference }}\n\n| a | b |\n|---|---|\n| c |\n", 11),
        ("| a | b |\n|---|---|\n| c | d | e |\n", 9),
        ("| a | b |\n|---|---|\n| c | d |\nwords that nobody parted\n", 10),
        ("| a | |\n|---|---|\n| c | d |\n", 7),
        ("> a\n>\n> - b\n", 7),
        ("{% if reference %}\nHere\n{% endif %}\n\n- one\n  - {{ reference }} two\n", 11),
        ("{% for line in agreed %}\n- x\n\n  y {{ line.what }}\n{% endfor %}\n", 8),
        ("One\n\nan *emphasis* of {{ reference }}\n", 9),
        ("One\n\n{{ agreed.what }}\n", 9),
        ("{% for line in agreed %}\n{{ line.who }}\n{% endfor %}\n", 8),
        ("{% for line in agreed %}\n{{ line }}\n{% endfor %}\n", 8),
        ("One\n{% for line in agreed %}\n{% endfor %}\n{{ line.what }}\n", 10),
        ("One\n{% if %}\n", 8),
    ],
)
def test_what_is_no_letter_is_said_with_the_line_of_its_file(body: str, line: int):
    """The head has six lines, and they count."""
    with pytest.raises(Stop, match=rf"letter_templates/en/sample.md, line {line}: "):
        made(body)


def test_a_head_that_cannot_be_read_is_said_with_its_line():
    with pytest.raises(Stop, match=r"sample.md, line 3: the head cannot be read"):
        read("---\ntitle: a\n audience: : b\n---\n", "sample", "en")
    with pytest.raises(Stop, match=r"sample.md, line 6: mobile is not a fact"):
        read("---\ntitle: a\naudience: plan\nclause: 1\nneeds:\n  mobile: x\n---\n", "sample", "en")


def test_each_of_several_facts_has_a_name():
    assert {"agreed", "agreed[].what", "agreed[].done", "said", "said[]"} <= set(paths(PlanFacts))
    facts = dict(named(PLAN))
    assert facts["agreed[2].what"] == "Mend the light"
    assert facts["said"] == PLAN.said
    assert dict(named(replace(PLAN, agreed=())))["agreed"] == ()


def test_what_is_missing_of_several_facts_is_named():
    """And a sign without a picture within one of them is, with which of them it is."""
    needs = {"agreed": "what was agreed", "agreed[].done": "the day of what was agreed"}
    assert _missing(needs, replace(PLAN, agreed=())) == ("what was agreed",)
    assert _missing(needs, PLAN) == ("the day of what was agreed, number 2",)
    odd = (PLAN.agreed[0], Agreed(what="Mend the 😀", done=date(2026, 11, 9)))
    cannot = "without the sign 😀 (U+1F600), which our letters cannot show"
    assert _missing(needs, replace(PLAN, agreed=odd)) == (f"what was agreed, number 2, what {cannot}",)
    assert _missing({}, replace(PLAN, said=("a", "b 😀"))) == (f"the said {cannot}",)
    assert _missing({"agreed": "what was agreed"}, PLAN) == ()
    with pytest.raises(NeedsAPerson):
        made("{% for line in agreed %}{{ line.done }}{% endfor %}")


def test_every_one_of_several_facts_counts_towards_the_fingerprint():
    def mark(**given: object) -> str:
        return fingerprint(replace(PLAN, **given), large=False, language="en")

    one, two = PLAN.agreed
    others = [
        mark(agreed=(one,)), mark(agreed=(two, one)), mark(agreed=(one, replace(two, done=date(2026, 1, 1)))),
        mark(said=("First | words",)), mark(agreed=()),
    ]  # fmt: skip
    assert len({*others, mark()}) == 6
    assert mark() == mark(agreed=(replace(one), two))


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The templates, to be spoilt."""
    there = copytree(FOLDER, tmp_path / "letter_templates")
    monkeypatch.setattr(languages, "FOLDER", there)
    template.cache_clear()
    yield there / "en"
    template.cache_clear()


def test_a_broken_template_costs_its_own_letter_and_no_other(folder: Path):
    """The row of the letter says which line of which file; another letter is made as ever."""
    broken = folder / "acknowledgement.md"
    (folder / "other.md").write_text(broken.read_text("utf-8"), "utf-8")
    whole = broken.read_text("utf-8")
    broken.write_text(whole.replace("{{ first_told_on }}", "{{ first_told }}", 1), "utf-8")
    line = next(n for n, each in enumerate(whole.split("\n"), 1) if "{{ first_told_on }}" in each)

    assert the_letter() == Missing((
        "a template without a fault "
        f"(letter_templates/en/acknowledgement.md, line {line}: first_told is not a fact for this reader)",
    ))  # fmt: skip
    assert document(template("other", "en"), some_facts())
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(Stop, match="not saved as UTF-8"):
        template("acknowledgement", "en")


def test_a_file_saved_with_a_mark_at_its_beginning_is_read(folder: Path):
    """Notepad writes one."""
    here = folder / "acknowledgement.md"
    here.write_text("\ufeff" + here.read_text("utf-8"), "utf-8")
    assert template("acknowledgement", "en").title == "Contact and acknowledgement"
