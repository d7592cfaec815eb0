"""A server on loopback that keeps the rules which Airtable documents for its web API.

In: HTTP, a clock that tests hold. Out: Airtable's answers, its refusals and its limits; faults where a test asks.
Never here: a claim about the live service. What is not documented is settled here in the way that asks more of us.
"""

from tests.contracts.airtable_server.clock import Clock
from tests.contracts.airtable_server.faults import Fault
from tests.contracts.airtable_server.served import AirtableServer

__all__ = ["AirtableServer", "Clock", "Fault"]
