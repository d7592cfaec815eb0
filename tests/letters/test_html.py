"""The page to look at in a browser: headings, one style, no script, and words that stay words."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from letter_cases import a_letter, some_facts

from automations.errors import NeedsAPerson
from automations.letters.document import document
from automations.letters.html import page
from automations.letters.template import read, template


def a_page(body: str | None = None, *, large: bool = False, **given: object) -> str:
    letter = read(a_letter(body), "sample", "en") if body else template("acknowledgement", "en")
    facts = some_facts(**given)
    return page(document(letter, facts), facts, large=large, language="en")


def tags(text: str) -> list[str]:
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Tags().feed(text)
    return found


def test_it_says_its_language_and_title_and_has_headings():
    made = a_page()
    assert '<html lang="en-GB">' in made
    assert "<title>Letter CW-2026-0007</title>" in made
    assert "<h1>Your case with us: CW-2026-0007</h1>" in made
    assert "<h2>How to reach me</h2>" in made
    assert "font: 12pt" in made
    assert "font: 18pt" in a_page(large=True)


def test_it_fetches_and_runs_nothing():
    made = a_page()
    assert {"script", "link", "img", "iframe", "a", "form"}.isdisjoint(tags(made))
    assert "default-src 'none'" in made
    assert tags(made).count("style") == 1


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "</style></main>", "&lt;b&gt;"]
)
def test_hostile_words_are_shown_as_words(words: str):
    assert tags(a_page(recipient_name=words, reference=words)) == tags(a_page())
    calm = a_page(recipient_name="O'Sample & Sons")
    assert "Dear O&#x27;Sample &amp; Sons" in calm


def test_tables_quotes_and_lines_to_write_on_are_there():
    made = a_page("| What | When |\n|---|---|\n| **a** | {{ reference }} |\n\n> One\n>\n> Two\n\n____\n\n1. x\n")
    assert '<thead><tr><th scope="col">What</th><th scope="col">When</th></tr></thead>' in made
    assert "<td><strong>a</strong></td><td>CW-2026-0007</td>" in made
    assert "<blockquote><p>One</p><p>Two</p></blockquote>" in made
    assert '<div class="to-write-on"></div>' in made
    assert "<ol><li>x</li></ol>" in made


def test_a_sign_that_the_pdf_could_not_show_is_refused_here_too():
    with pytest.raises(NeedsAPerson, match="cannot show the sign 😀"):
        a_page("# {{ officer.telephone }}", officer=replace(some_facts().officer, telephone="😀"))
    assert a_page("# {{ officer.telephone }}")
