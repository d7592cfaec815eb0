"""NocoDB's cells, without a server: what is not of its kind is kept as it is, never guessed at."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.ports import File, Unreadable
from schema.parts import Field, Kind
from sync.platforms.nocodb_cells import any_of, filterable, from_nocodb, to_nocodb

READ = [
    (Kind.INSTANT, "2026-10-25 00:30:00+00:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (Kind.INSTANT, "2026-07-01T10:00:00+01:00", datetime(2026, 7, 1, 9, tzinfo=UTC)),
    (Kind.INSTANT, "Invalid Date", Unreadable("Invalid Date")),
    (Kind.INSTANT, "2026-10-25 00:30", Unreadable("2026-10-25 00:30")),
    (Kind.DATE, "1931-06-05", date(1931, 6, 5)),
    (Kind.DATE, "22/11/2026", Unreadable("22/11/2026")),
    (Kind.YES, None, False),
    (Kind.YES, 1, True),
    (Kind.YES, "maybe", Unreadable("maybe")),
    (Kind.NUMBER, "14", 14),
    (Kind.NUMBER, 14.0, 14),
    (Kind.NUMBER, 14.5, Unreadable("14.5")),
    (Kind.MONEY, 3.5, 3.5),
    (Kind.MONEY, "a lot", Unreadable("a lot")),
    (Kind.TEXT, "", None),
    (Kind.TEXT, 5, "5"),
    (Kind.CHOICES, "Race,Disability", ("Race", "Disability")),
    (Kind.CHOICES, None, ()),
    (Kind.FILES, [{"title": "a.pdf", "size": 1, "id": "x"}], (File("a.pdf", 1, "x"),)),
    (Kind.FILES, "a.pdf", Unreadable("a.pdf")),
    (Kind.MADE_BY, {"id": "u", "email": "a@b.test"}, "a@b.test"),
    (Kind.MADE_BY, None, None),
]


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=[f"{kind}: {raw}" for kind, raw, _ in READ])
def test_a_cell_is_read_or_kept_as_unreadable(kind, raw, value):
    assert from_nocodb(Field("x", kind), raw) == value


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("odd", ["x", 5, 1.5, True, {"a": 1}, [1], [{}]])
def test_no_cell_of_any_kind_raises(kind, odd):
    """Whatever an import or a changed column left there."""
    from_nocodb(Field("x", kind), odd)


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 2), max_value=datetime(2199, 12, 30)))
def test_instants_survive_the_journey_to_the_second(moment):
    there = to_nocodb(moment)
    back = from_nocodb(Field("x", Kind.INSTANT), there.replace("T", " ").replace("Z", "+00:00"))

    assert back == moment.astimezone(UTC).replace(microsecond=0)


@given(st.text(min_size=1))
def test_a_filterable_text_stays_inside_its_quotes(value):
    """No text can end the filter it stands in and begin another."""
    if filterable(value):
        inside = any_of("Key", [value]).removeprefix('("Key",in,').removesuffix(")")
        assert inside[0] == inside[-1]
        assert inside[0] not in inside[1:-1]
