"""HTTPS with JSON keeps what every way to a partner promises, with a real server on loopback."""

from collections.abc import Iterator

import pytest
from contract import TransportContract, Way
from receiving import Receiving
from way_to_a_partner import TOKEN, the_way_to


class TestHttpsJson(TransportContract):
    @pytest.fixture
    def way(self) -> Iterator[Way]:
        with Receiving() as partner:
            yield Way(the_way_to(partner.url), lambda: list(partner.held.values()), partner.shut, secrets=(TOKEN,))
