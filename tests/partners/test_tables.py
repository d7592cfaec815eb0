"""A message as a table: nothing is lost, and no spreadsheet runs a person's words."""

import csv
import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import NeedsAPerson
from casewatch.desks.table import message
from sync.partners.table import LONGEST_CELL, table

HOSTILE = ("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "'", "''=1", "", " ", "007", "1e5",
           "1.10", "true", "null", "[]", "{}", '"', '","', ";=1", "a\r\nb", "\x00", "\ufeff", "مرحبا")  # fmt: skip
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
WORDS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
ANYTHING = st.recursive(
    PLAIN, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3), max_leaves=8
)
MESSAGES = st.dictionaries(NAMES, ANYTHING, min_size=1, max_size=4)


def written(told: object) -> bytes:
    """As payload.py writes."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def cells(content: bytes) -> dict[str, str]:
    names, values = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return dict(zip(names, values, strict=True))


@settings(max_examples=150, deadline=None)
@given(MESSAGES, st.booleans())
@example({"a": list(HOSTILE)}, False)
def test_the_message_can_be_made_again_from_its_table(told, bom):
    """HC-052: whatever somebody wrote, the partner has it all, and as it was written."""
    assert written(message(table(written(told), bom=bom))) == written(told)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_no_cell_of_somebodys_words_begins_as_a_formula_does(words):
    """A spreadsheet that opens the table must not work out what an attacker wrote in a report (HC-052)."""
    [cell] = cells(table(written({"words": words}))).values()
    assert cell.startswith("'") or cell.lstrip()[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert cell.removeprefix("'") == words if cell.startswith("'") else cell == words


def test_the_notices_of_an_incident_make_tables_with_dotted_names():
    """HC-052: both forms, with people and strands numbered from 1, in the same order each time."""
    for notice in (STATISTICS, NAMED):
        assert written(message(table(notice.body))) == notice.body
        assert table(notice.body) == table(notice.body)
    names = list(cells(table(NAMED.body)))
    assert {"form", "incident.number", "people.1.name", "people.2.name"} <= set(names)
    assert names.index("people.1.name") < names.index("people.2.name")


def test_a_list_of_ten_is_in_the_order_it_was_told():
    assert list(cells(table(written({"a": list(range(1, 12))}))))[-3:] == ["a.9", "a.10", "a.11"]


def test_a_telephone_number_keeps_its_first_nought():
    """It is what somebody is rung back on."""
    assert cells(table(written({"telephone": "01632960100"}))) == {"telephone": "'01632960100"}
    assert cells(table(written({"telephone": "01632 960100", "of": 3}))) == {"of": "3", "telephone": "01632 960100"}


def test_the_mark_of_utf_8_is_there_where_it_is_asked_for():
    assert table(b'{"a":1}', bom=True) == b'\xef\xbb\xbf"a"\r\n"1"\r\n'
    assert table(b'{"a":1}') == b'"a"\r\n"1"\r\n'


def test_columns_agreed_with_the_partner_hold_everything_or_nothing_goes():
    """HC-052: a field without a column is an error that names the field and not what it holds."""
    assert cells(table(b'{"a":"x","b":""}', ["b", "c", "a"])) == {"b": "'", "c": "", "a": "x"}
    with pytest.raises(NeedsAPerson) as told:
        table(b'{"a":"Placeholder","b":1}', ["b"])
    assert "no place for a." in str(told.value)
    assert "Placeholder" not in str(told.value)


@pytest.mark.parametrize(
    "payload",
    [b"", b"[1]", b"1", b"{}", b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":1e999}',
     b'{"a":"\\ud800"}', b'{"a":"\xff"}', b'{"a.b":1}', b'{"1":1}', b'{"":1}', b'{"=x":1}', b"[" * 100_000],
)  # fmt: skip
def test_bytes_that_a_table_would_change_are_refused(payload):
    """A name twice, a rounded number, an order of its own: the fingerprint on the referral would fit no more."""
    with pytest.raises(NeedsAPerson):
        table(payload)
    assert table(b'{"a":1}')


def test_what_a_spreadsheet_would_cut_off_is_refused():
    """HC-052: half an account of what happened may say the opposite."""
    assert table(written({"a": "x" * LONGEST_CELL}))
    for too_long in ("x" * (LONGEST_CELL + 1), "\U0001f3e0" * (LONGEST_CELL // 2 + 1)):
        with pytest.raises(NeedsAPerson):
            table(written({"a": too_long}))
