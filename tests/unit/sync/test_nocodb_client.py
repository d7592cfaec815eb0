"""What each answer of NocoDB means, without a server."""

import pytest
import requests
import responses

from automations.errors import Stop, TryAgainLater
from sync.platforms.nocodb_client import Client, Refused

URL = "https://nocodb.example.test"
RECORDS = f"{URL}/api/v2/tables/t/records"
SECRET = "Mrs A. Person of 1 The Street"


@pytest.fixture
def server():
    with responses.RequestsMock() as mock:
        yield mock


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_server_in_trouble_is_tried_again_later_and_a_write_is_sent_once(server, status):
    """A POST that was answered with an error may have been stored: it is never repeated by itself."""
    server.post(RECORDS, json={"msg": SECRET}, status=status)

    with pytest.raises(TryAgainLater) as error:
        Client(URL, "token").create("t", [{"Title": SECRET}])

    assert len(server.calls) == 1
    assert SECRET not in str(error.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_door_is_put_right_by_a_person(server, status):
    server.post(RECORDS, json={"error": "ERR_FORBIDDEN"}, status=status)

    with pytest.raises(Stop, match="token and role"):
        Client(URL, "token").create("t", [{}])


def test_a_refusal_keeps_the_code_and_drops_the_words(server):
    """NocoDB repeats the value in its message and in `value`."""
    said = {"error": "FIELD_UNIQUE_CONSTRAINT_VIOLATION", "message": SECRET, "fieldName": "Key", "value": SECRET}
    server.post(RECORDS, json=said, status=400)

    with pytest.raises(Refused) as error:
        Client(URL, "token").create("t", [{}])

    assert error.value.duplicate
    assert error.value.field == "Key"
    assert SECRET not in str(error.value)


def test_a_long_filter_travels_in_a_body(server):
    """An address of 16 KB is answered 431."""
    server.post(f"{URL}/api/v2/tables/t/bulk/datalist", json={"page": {"list": [{"Id": 1}]}}, status=201)

    assert list(Client(URL, "token").rows("t", ("Id",), "x" * 5000)) == [{"Id": 1}]


@pytest.mark.parametrize("body", [b"<h1>Back soon</h1>", b"", b'{"Id": 1'])
def test_an_answer_that_is_not_nocodbs_is_tried_again_later(server, body):
    """A proxy's page in its place, or an answer cut short: the pass breaks off and the next looks again."""
    server.get(RECORDS, body=body, status=200)

    with pytest.raises(TryAgainLater):
        list(Client(URL, "token").rows("t", ("Id",)))


@pytest.mark.parametrize(
    "trouble", [requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError]
)
def test_an_answer_that_breaks_off_is_tried_again_later(server, trouble):
    server.post(RECORDS, body=trouble(SECRET))

    with pytest.raises(TryAgainLater) as error:
        Client(URL, "token").create("t", [{"Title": SECRET}])

    assert SECRET not in str(error.value)


def test_a_door_that_leads_elsewhere_is_not_gone_through(server):
    """The token and what was written would go along; an answer from NocoDB itself is taken as ever."""
    leads_away = server.get(RECORDS, status=302, headers={"Location": "http://elsewhere.example.test/"})
    with pytest.raises(Stop, match="another address"):
        list(Client(URL, "token").rows("t", ("Id",)))
    assert len(server.calls) == 1

    server.remove(leads_away)
    server.get(RECORDS, json={"list": [{"Id": 1}]})
    assert list(Client(URL, "token").rows("t", ("Id",))) == [{"Id": 1}]
