"""Typeface: which signs the fonts in letter_templates/fonts can show.

In: the font files. Out: every code that has a glyph, so that a name we cannot print is known before it is set.
Never here: shaping or layout (typst does both).
"""

import struct
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

FONTS = Path(str(files("letter_templates"))) / "fonts"


@cache
def shown() -> frozenset[int]:
    """Every sign that the typefaces in letter_templates/fonts have a glyph for."""
    return frozenset(code for face in sorted(FONTS.glob("*-Regular.ttf")) for code in _glyphs(face.read_bytes()))


def _glyphs(face: bytes) -> Iterator[int]:
    """The signs in a TrueType face, from format 4 of its `cmap` table (all of Unicode's first plane)."""
    tables = {face[at : at + 4]: struct.unpack_from(">L", face, at + 8)[0] for at in _steps(12, face, 4, 16)}
    cmap = tables[b"cmap"]
    starts = {cmap + struct.unpack_from(">L", face, at + 4)[0] for at in _steps(cmap + 4, face, cmap + 2, 8)}
    for start in starts:
        if struct.unpack_from(">H", face, start)[0] == 4:
            yield from _segments(face, start)


def _steps(first: int, face: bytes, count_at: int, size: int) -> range:
    count: int = struct.unpack_from(">H", face, count_at)[0]
    return range(first, first + count * size, size)


def _segments(face: bytes, start: int) -> Iterator[int]:
    """Each code of a format 4 table whose glyph is not the empty box."""
    twice: int = struct.unpack_from(">H", face, start + 6)[0]
    ends, firsts, deltas, ranges = (
        start + 14,
        start + 16 + twice,
        start + 16 + 2 * twice,
        start + 16 + 3 * twice,
    )
    for at in range(0, twice, 2):
        first, last, delta, offset = (struct.unpack_from(">H", face, t + at)[0] for t in (firsts, ends, deltas, ranges))
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", face, ranges + at + offset + 2 * (code - first))[0]
                if not glyph:
                    continue
            if (glyph + delta) % 65536 and code != 0xFFFF:
                yield code
