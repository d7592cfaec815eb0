"""Texts, instants and keys that are hard to keep: what every platform must give back as it got it."""

import secrets
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

WORDS = {
    "twenty thousand letters": "Said at the door. " * 1112,
    "emoji": "He said 🏳️‍🌈 and 👩🏽‍🦽, then 😡",
    "right to left": "قال «ارحل» ثم כתב על הקיר",
    "quotes": """She said "it's him", 'him', `him` and «him»""",
    "markup": "<script>alert(1)</script> {{ 7*7 }} **bold** &amp; </p>",
    "lines": "first line\nsecond\r\nthird\n\n\ttabbed",
    "formula": "=HYPERLINK(\"http://example.test\")",
    "null": "null",
    "commas and brackets": "a,b),(c~or(Id,gt,0)",
    "per cent": "100% of _it_ \\ back",
    "accents": "Zoë Núñez-Łukasz, Dún Laoghaire – №5",
}  # fmt: skip
INSTANTS = {
    "plain": datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
    "clocks go back, first 01:30": datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
    "clocks go back, second 01:30": datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),
    "clocks go forward": datetime(2026, 3, 29, 2, 0, tzinfo=LONDON),
    "end of a summer's day": datetime(2026, 7, 1, 23, 59, 59, tzinfo=LONDON),
    "leap day": datetime(2028, 2, 29, tzinfo=UTC),
    "far zone": datetime(2026, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=13))),
    "long ago": datetime(1931, 6, 5, 4, 3, 2, tzinfo=UTC),
}
ODD = ["a,b", "a(b)", "a~b", "it's", 'say "q"', "x) ~or (Id,gt,0", "per%cent", "under_score", "ünï 😀", "שלום",
       "CW-2026-0007/letter/x, y (z)", "null", "two\nlines", "~not", '"', "'", "tab\tx", "back\\slash", "q'\"both",
       "ends in \\", "`tick`", "@at", "#hash", "{brace}", "[bracket]", "50% off, (really)"]  # fmt: skip


def a_key() -> str:
    """A key that no other test has."""
    return f"contract/{secrets.token_hex(8)}"
