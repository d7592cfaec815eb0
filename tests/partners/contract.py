"""What every way to a partner promises, whatever it is made of: one class, which each way's own test subclasses.

In: a fixture `way`, a transport with a real other side on loopback or in a folder. Out: what ports.Transport says.
Never here: a word about one kind of way; what differs is a field of Way or a flag on the transport.
"""

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import CaseworkError, NeedsAPerson, NoReceipt, NotReached, Stop
from automations.ports import Transport
from sync.partners.payload import Payload

NOBODYS_WORDS = ("Ada", "Sampleton", "Placeholder", "Example Street", "person1@example.org", "01632 960001")
"""What NAMED holds of its people."""


@dataclass(frozen=True)
class Way:
    """A transport, and how a test looks at the other side of it."""

    transport: Transport
    arrived: Callable[[], list[bytes]]
    """What the partner can read, decrypted and unpacked: the exact bytes, one for each that counts there."""
    shut: Callable[[], object]
    """From now on the other side cannot be reached (its server is gone, its folder is taken away)."""
    secrets: tuple[str, ...] = ()
    """Tokens, keys, passphrases: what nobody may ever see. PEM keys by one of their inner lines."""
    to: str = ""
    """A recipient that the settings allow; "" for a way without recipients."""
    not_allowed: str = "somebody.else@elsewhere.example"
    """A recipient that the settings do not allow; any at all for a way without recipients."""

    @property
    def payload(self) -> Payload:
        """The most telling thing that may go this way."""
        return NAMED if self.transport.carries_names else STATISTICS


class TransportContract:
    """Subclass it as Test..., with a fixture `way` that returns a fresh Way."""

    def test_says_what_it_promises(self, way: Way) -> None:
        """Both flags are plain answers: an unknown one would be taken for yes somewhere."""
        assert isinstance(way.transport.once, bool)
        assert isinstance(way.transport.carries_names, bool)

    def test_hands_over_the_exact_bytes(self, way: Way) -> None:
        """HC-052: what arrives is what left, to the byte, and nothing else arrives."""
        receipt = way.transport.deliver(way.payload.body, way.payload.key, way.to)

        assert receipt.accepted
        assert way.arrived() == [way.payload.body]

    def test_the_same_key_twice_counts_once_where_the_way_says_so(self, way: Way) -> None:
        """A way that does not say so is never asked twice: there a person decides what became of the first."""
        way.transport.deliver(way.payload.body, way.payload.key, way.to)
        if way.transport.once:
            assert way.transport.deliver(way.payload.body, way.payload.key, way.to).accepted

        assert way.arrived() == [way.payload.body]

    def test_other_bytes_under_a_key_do_not_take_the_place_of_the_first(self, way: Way) -> None:
        """Where a key counts once, what came first stays, and we are told of the second. Elsewhere both are there."""
        way.transport.deliver(STATISTICS.body, STATISTICS.key, way.to)
        if way.transport.once:
            with suppress(NeedsAPerson):
                assert not way.transport.deliver(STATISTICS.body + b" ", STATISTICS.key, way.to).accepted

        assert way.arrived() == [STATISTICS.body]

    def test_two_keys_are_two_notices(self, way: Way) -> None:
        """One never hides the other."""
        other = STATISTICS if way.payload is NAMED else Payload(b'{"form": "statistical"}', (), "", "0" * 32)
        for each in (way.payload, other):
            assert way.transport.deliver(each.body, each.key, way.to).accepted

        assert sorted(way.arrived()) == sorted([way.payload.body, other.body])

    def test_a_recipient_that_is_not_allowed_gets_nothing(self, way: Way) -> None:
        """R-26: a Partner row cannot send elsewhere than the settings say. The one that they allow is served."""
        with pytest.raises(NeedsAPerson) as told:
            way.transport.deliver(way.payload.body, way.payload.key, way.not_allowed)

        assert not isinstance(told.value, NoReceipt)
        assert way.not_allowed not in str(told.value)
        assert way.arrived() == []
        assert way.transport.deliver(way.payload.body, way.payload.key, way.to).accepted

    @pytest.mark.parametrize(
        "key", ["CW-2026-0007/notify_cdrp/incident-1", "../../../etc/passwd", "", "A" * 32, "0" * 31]
    )
    def test_a_key_that_is_none_of_ours_is_refused(self, way: Way, key: str) -> None:
        """The outbox's own key tells the case; another may lead out of a folder. The payload's own key passes."""
        with pytest.raises(Stop):
            way.transport.deliver(way.payload.body, key, way.to)

        assert way.arrived() == []
        assert way.transport.deliver(way.payload.body, way.payload.key, way.to).accepted

    def test_says_so_where_nothing_can_have_arrived(self, way: Way) -> None:
        """Not reached, or a person's to put right: then other ways stay open, as with nothing sent at all."""
        way.shut()
        error = self._refusal(way)

        assert isinstance(error, NotReached | NeedsAPerson)
        assert not isinstance(error, NoReceipt)

    def test_no_secret_and_nobody_is_in_what_it_says(self, way: Way, caplog: pytest.LogCaptureFixture) -> None:
        """Not in its own looks, its errors or a log of any level; nor is a person, by name or otherwise."""
        caplog.set_level(logging.DEBUG)
        looks = [repr(way.transport), str(way.transport)]
        looks += [repr(value) for value in getattr(way.transport, "__dict__", {}).values()]
        way.transport.deliver(way.payload.body, way.payload.key, way.to)
        told = [self._refusal(way, to=way.not_allowed), self._refusal(way, key="CW-2026-0007")]
        way.shut()
        told.append(self._refusal(way))

        said = "\n".join([*looks, *(word for error in told for word in traceback.format_exception(error)), caplog.text])
        for word in (*way.secrets, *NOBODYS_WORDS):
            assert word not in said

    def _refusal(self, way: Way, key: str = "", to: str = "") -> CaseworkError:
        with pytest.raises(CaseworkError) as told:
            way.transport.deliver(way.payload.body, key or way.payload.key, to or way.to)
        return told.value
