"""What a screen reader would read out of a PDF: its tags and words, in reading order."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def spoken(made: bytes) -> str:
    """One line a tagged piece: the tag, indented as it is nested, and its words."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = {number: dict(_said(page)) for number, page in enumerate(pdf.pages)}
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return "".join(_lines(pdf.Root.StructTreeRoot, said, numbers, -1))


def sizes(made: bytes) -> list[float]:
    """Every size of type in the PDF, in points."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        used = {
            float(o.operands[1])
            for page in pdf.pages
            for o in pikepdf.parse_content_stream(page)
            if str(o.operator) == "Tf"
        }
        return sorted(used)


def _lines(
    node: Any, said: dict[int, dict[int, str]], numbers: dict[Any, int], depth: int, page: int = 0
) -> Iterator[str]:
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    kids = node.get("/K", [])
    words, below = "", []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            words += said[page].get(kid, "")
        elif "/MCID" in kid:
            words += said[numbers[kid.Pg.objgen] if "/Pg" in kid else page].get(int(kid.MCID), "")
        elif kid.get("/S") in {"/Strong", "/Span"}:
            words += "".join(_words(kid, said, numbers, page))
        else:
            below.append(kid)
    if depth >= 0:
        yield "  " * depth + " ".join(f"{str(node.S)[1:]} {words}".split()) + "\n"
    for kid in below:
        yield from _lines(kid, said, numbers, depth + 1, page)


def _words(node: Any, said: dict[int, dict[int, str]], numbers: dict[Any, int], page: int) -> Iterator[str]:
    for line in _lines(node, said, numbers, 0, page):
        yield line.strip().split(" ", 1)[-1]


def _said(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    letters = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    words: dict[int, str] = {}
    open_: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ((o.operands, str(o.operator)) for o in pikepdf.parse_content_stream(page)):
        if operator in {"BDC", "BMC"}:
            marked = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            open_.append(int(marked["/MCID"]) if "/MCID" in marked else None)
        elif operator == "EMC":
            open_.pop()
        elif operator == "Tf":
            font = letters[str(operands[0])]
        elif (
            operator in {"Tj", "TJ"} and (mark := next((m for m in reversed(open_) if m is not None), None)) is not None
        ):
            parts = operands[0] if operator == "TJ" else [operands[0]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            pairs = (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))
            words[mark] = words.get(mark, "") + "".join(font.get(code, "") for code in pairs)
    yield from words.items()


def _letters(font: Any) -> dict[int, str]:
    table = bytes(font.ToUnicode.read_bytes()).decode()
    return {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S)
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
    }
