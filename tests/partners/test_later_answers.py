"""What a partner says later of a notice: asked for key by key, and of its words codes and numbers alone are kept."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from receiving import Came, Receiving
from way_to_a_partner import TOKEN, the_way_to

from automations.errors import NeedsAPerson, NotReached, Stop, TryAgainLater
from automations.ports import Answer
from sync.partners.https_json import Destination, HttpsJson
from sync.partners.said import AskedToWait

KEYS = [f"{n:032x}" for n in range(1, 6)]
ACCEPTED = json.dumps({"status": "accepted", "reference": "QS-7"}).encode()


def says(**of: object) -> Callable[[Came], tuple[int, dict[str, str], bytes] | None]:
    """A partner that says this of each key, by its last figure: a status, or what stands in the body."""

    def answer(came: Came):
        told = of.get(f"k{came.path[-1]}")
        if told is None:
            return None
        return (told, {}, b"{}") if isinstance(told, int) else (200, {}, json.dumps(told).encode())

    return answer


def test_what_a_partner_says_later_is_found_by_key():
    """HC-052: received says no more than the receipt did, and nothing said is nothing new."""
    partner = Receiving(answer=says(
        k1={"status": "accepted", "reference": "QS-7"}, k2={"status": "rejected", "code": "postcode_needed"},
        k3={"status": "closed", "code": "no_further_action", "at": "2026-03-02T10:00:00+00:00"},
        k4={"status": "recalled"}, k5={"status": "received"},
    ))  # fmt: skip
    with partner:
        found = the_way_to(partner.url).answers([*KEYS, f"{9:032x}"])

    assert found == [
        Answer(KEYS[0], "accepted", "QS-7"),
        Answer(KEYS[1], "rejected", code="postcode_needed"),
        Answer(KEYS[2], "outcome", code="no_further_action", at=datetime(2026, 3, 2, 10, tzinfo=UTC)),
        Answer(KEYS[3], "recalled"),
    ]
    assert [came.path for came in partner.came[:2]] == [f"/notices/{KEYS[0]}", f"/notices/{KEYS[1]}"]
    assert partner.came[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert partner.connections == 1


@pytest.mark.parametrize(
    "said",
    [
        {"status": "accepted", "reference": "Ada Sampleton rang", "code": "we spoke to Ada", "at": "Tuesday"},
        {"status": "accepted", "reference": ["Ada"], "code": {"Ada": 1}, "at": "2026-03-02T10:00:00"},
        {"status": "accepted", "detail": "Ada"},
    ],
)
def test_no_word_of_a_partners_comes_back(said):
    """R-15: what it says is known, its words are not."""
    with Receiving(answer=says(k1=said)) as partner:
        assert the_way_to(partner.url).answers(KEYS[:1]) == [Answer(KEYS[0], "accepted")]


@pytest.mark.parametrize(
    "said", [{"status": "wonderful"}, {"status": ["accepted"]}, {}, {"status": "accepted", "key": "x"}]
)
def test_what_nobody_can_read_says_nothing(said):
    """Unknown is shut. The one that can be read is found beside it."""
    with Receiving(answer=says(k1=said, k2={"status": "accepted"})) as partner:
        assert the_way_to(partner.url).answers(KEYS[:2]) == [Answer(KEYS[1], "accepted")]


def test_an_answer_under_another_key_comes_back_under_that_one():
    """Nobody knows it: whoever asked says so, and the notice asked about stays as it is."""
    with Receiving(answer=says(k1={"status": "recalled", "key": "f" * 32})) as partner:
        assert the_way_to(partner.url).answers(KEYS[:1]) == [Answer("f" * 32, "recalled")]


@pytest.mark.parametrize("status", [500, 503, 401, 302])
def test_one_that_fails_does_not_keep_the_others(status):
    """With nothing found, the failure is told."""
    with Receiving(answer=says(k1=status, k2={"status": "accepted"})) as partner:
        assert the_way_to(partner.url).answers(KEYS[:2]) == [Answer(KEYS[1], "accepted")]
        with pytest.raises(AskedToWait if status >= 500 else NeedsAPerson):
            the_way_to(partner.url).answers(KEYS[:1])


def test_a_partner_that_refuses_every_question_is_asked_three_and_the_next_time_begins_after_them():
    """So that no notice is never asked about."""
    with Receiving(answer=lambda _: (503, {"Retry-After": "60"}, b"")) as partner:
        way = the_way_to(partner.url)
        with pytest.raises(AskedToWait) as told:
            way.answers(KEYS)
        assert told.value.retry_after == 60
        with pytest.raises(AskedToWait):
            way.answers(KEYS)

    assert [came.path[-1] for came in partner.came] == ["1", "2", "3", "4", "5", "1"]


def test_a_partner_that_says_nothing_is_asked_once_and_in_time():
    """HC-006: while it hangs, nobody is alerted to the next report."""
    with Receiving(answer=lambda _: time.sleep(3)) as partner:
        begun = time.monotonic()
        with pytest.raises(TryAgainLater):
            the_way_to(partner.url).answers(KEYS)
        assert time.monotonic() - begun < 2
        assert len(partner.came) == 1
        partner.shut()
        with pytest.raises(NotReached):
            the_way_to(partner.url).answers(KEYS)


def test_all_the_questions_together_have_an_end():
    """Half a second each and hundreds of them would be minutes; the rest is asked the next time."""
    with Receiving(answer=lambda _: time.sleep(0.2) or (200, {}, ACCEPTED)) as partner:
        way = HttpsJson(Destination("Exampleshire", partner.url, TOKEN), timeout=(1.0, 1.0), longest=0.5)
        first = way.answers(KEYS)
        second = way.answers(KEYS)

    assert 0 < len(first) < len(KEYS)
    assert second[0].key == KEYS[len(first)]


def test_the_address_for_later_answers_may_be_another_at_the_same_place():
    """R-26: what shows our token leads nowhere else."""
    with Receiving(answer=lambda _: (200, {}, ACCEPTED)) as partner:
        origin = partner.url.removesuffix("/notices")

        def way(status_url: str, url: str = partner.url) -> HttpsJson:
            return HttpsJson(Destination("Exampleshire", url, TOKEN, status_url=status_url))

        assert way(f"{origin}/status?of={{key}}").answers(KEYS[:1])
        assert partner.came[-1].path == f"/status?of={KEYS[0]}"
        assert way("", f"{partner.url}?for=us").answers(KEYS[:1]) == [], "no place for a key there"
        for wrong in (f"{origin}/status", "https://elsewhere.example.org/{key}", "http://elsewhere.example.org/{key}"):
            with pytest.raises(Stop, match=r"status_url|address"):
                way(wrong)
