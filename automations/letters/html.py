"""HTML: a letter as one page to look at in a browser before it is made.

In: a letter's blocks, and who writes to whom. Out: the text of the page.
Never here: a script, an address to fetch from, a picture. Words are escaped, each of them.
"""

from collections.abc import Iterable, Sequence
from html import escape

from automations.letters.blocks import Blank, Block, Break, Heading, Listing, Paragraph, Quote, Runs, Table
from automations.letters.facts import Facts
from automations.letters.paper import Paper, paper
from automations.letters.words import printable

STYLE = """
body { font: %spt/1.45 "Noto Sans", Arial, sans-serif; max-width: 40em; margin: 2em auto; padding: 0 1em; color: #000; }
address { font-style: normal; margin: 2em 0; font-size: 12pt; }
header p, address p { margin: 0; }
h1 { font-size: 1.25em; } h2 { font-size: 1.08em; } h3 { font-size: 1em; }
blockquote { border-left: 3pt solid #999; margin: 1em 0; padding-left: 1em; }
table { border-collapse: collapse; width: 100%%; } th, td { border-bottom: 1px solid #999; padding: .3em 1em .3em 0;
  text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.to-write-on { border-bottom: 1px solid #444; height: 2.2em; }
footer { margin-top: 2em; }
"""
HEAD = """<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""


def page(blocks: Sequence[Block], facts: Facts, *, large: bool, language: str) -> str:
    """The letter as a page of HTML. NeedsAPerson where a sign could not be printed once it is a PDF."""
    around = paper(facts, large=large, language=language)
    head = HEAD.format(tag=escape(around.tag), title=escape(around.title), style=STYLE % around.size)
    return head + "\n".join([*_above(around), "<main>", *map(_block, blocks), "</main>", *_below(around)]) + "\n"


def _above(around: Paper) -> Iterable[str]:
    yield f"<header><p><strong>{escape(around.sender)}</strong></p>{_lines(around.sender_lines)}</header>"
    if around.recipient:
        yield f"<address>{_lines(around.recipient)}</address>"
    if around.dated:
        yield f"<p>{escape(around.dated)}</p>"


def _below(around: Paper) -> Iterable[str]:
    yield f"<footer><p>{escape(around.reference)}</p></footer>"
    yield "</body>\n</html>"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _block(block: Block) -> str:
    match block:
        case Heading(level, runs):
            return f"<h{level}>{_said(runs)}</h{level}>"
        case Paragraph(runs):
            return f"<p>{_said(runs)}</p>"
        case Listing(numbered, items):
            kind = "ol" if numbered else "ul"
            return f"<{kind}>" + "".join(f"<li>{_said(item)}</li>" for item in items) + f"</{kind}>"
        case Table(header, rows):
            head = "".join(f'<th scope="col">{_said(cell)}</th>' for cell in header)
            body = "".join("<tr>" + "".join(f"<td>{_said(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        case Quote(paragraphs):
            return "<blockquote>" + "".join(f"<p>{_said(runs)}</p>" for runs in paragraphs) + "</blockquote>"
        case Blank():
            return '<div class="to-write-on"></div>'


def _said(runs: Runs) -> str:
    return "".join("<br>" if isinstance(run, Break) else _words(run.words, run.strong) for run in runs)


def _words(words: str, strong: bool) -> str:
    shown = escape(printable(words))
    return f"<strong>{shown}</strong>" if strong else shown
