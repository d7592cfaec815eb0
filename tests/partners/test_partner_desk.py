"""The partner's desk of the demo: what a person finds in its folder."""

import json

import pytest
from way_to_a_partner import NAMED, STATISTICS

from casewatch.desks.notices import Notices
from casewatch.desks.refused import Refused


def test_a_person_can_open_what_came(tmp_path):
    """One file a notice, easy to read, and an index that links to it."""
    receipt, _ = Notices(tmp_path).take(NAMED.body, NAMED.key)

    text = (tmp_path / f"{receipt}.json").read_text("utf-8")
    index = (tmp_path / "index.html").read_text("utf-8")
    assert '"name": "Ada Sampleton",\n' in text
    assert f'href="{receipt}.json"' in index
    assert "CW-2026-0007/incident-1" in index


@pytest.mark.parametrize("order", [(STATISTICS, NAMED), (NAMED, STATISTICS)], ids=["in order", "out of order"])
def test_the_incident_is_counted_once(tmp_path, order):
    """The identified notice takes the place of the statistics, whichever arrives first; a retry changes nothing."""
    desk = Notices(tmp_path)
    for payload in (*order, *order):
        desk.take(payload.body, payload.key)

    assert [x["notice"]["form"] for x in desk.kept()] == ["identified"]
    assert [x["notice"]["form"] for x in desk.kept("replaced")] == ["statistical"]
    assert "counts once (1)" in (tmp_path / "index.html").read_text("utf-8")


def test_a_restart_forgets_nothing(tmp_path):
    """The same key gets the same receipt from a desk opened again; other bytes are still refused."""
    first = Notices(tmp_path).take(STATISTICS.body, STATISTICS.key)
    again = Notices(tmp_path).take(STATISTICS.body, STATISTICS.key)

    assert (first[0], True) == again
    with pytest.raises(Refused) as refused:
        Notices(tmp_path).take(NAMED.body, STATISTICS.key)
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"version": 2}, 422), ({"message": "hello"}, 422), ({"form": "gossip"}, 422), ({"reference": ""}, 422),
     ({"replaces": 7}, 422)],
)  # fmt: skip
def test_a_notice_it_does_not_know_is_refused(tmp_path, changed, status):
    """And nothing is kept; the same notice unchanged is taken."""
    desk = Notices(tmp_path)
    body = json.dumps({**json.loads(STATISTICS.body), **changed}).encode()

    with pytest.raises(Refused) as refused:
        desk.take(body, STATISTICS.key)

    assert refused.value.status == status
    assert desk.kept() == []
    assert desk.take(STATISTICS.body, STATISTICS.key)


@pytest.mark.parametrize(("body", "key"), [(b"{", "k"), (b"\xff", "k"), (b"[" * 100_000, "k"), (b"{}", ""),
                                           (b"{}", "two words")])  # fmt: skip
def test_what_cannot_be_read_is_refused(tmp_path, body, key):
    """Neither words that are not JSON nor a key that is not one line gets in."""
    with pytest.raises(Refused) as refused:
        Notices(tmp_path).take(body, key)
    assert refused.value.status == 400


def test_a_reference_cannot_become_markup(tmp_path):
    """The index shows it as it was written."""
    body = json.dumps({**json.loads(STATISTICS.body), "reference": "<script>x</script>"}).encode()

    receipt, _ = Notices(tmp_path / "desk").take(body, "../../elsewhere")

    assert "<script>" not in (tmp_path / "desk" / "index.html").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"desk"}
    assert {path.name for path in (tmp_path / "desk").iterdir()} == {
        f"{receipt}.json",
        "index.html",
        "replaced",
        "recalled",
    }
