"""Facts: what a letter may say, in one type for each reader. The types are the wall between readers.

In: a case, its people and the landlord. Out: frozen facts that a template of the same reader can name.
Never here: wording, layout, or a field about anybody whom that reader must not be told of.
"""

from collections.abc import Mapping
from typing import Any

from automations.letters.facts.agency import AgencyFacts, Told
from automations.letters.facts.contractor import ContractorFacts
from automations.letters.facts.guardian import GuardianFacts
from automations.letters.facts.landlord import OtherLandlordFacts
from automations.letters.facts.meeting import Meeting
from automations.letters.facts.neighbour import NeighbourFacts
from automations.letters.facts.own_file import AreaFacts, Happened, OwnFileFacts, Reviewed
from automations.letters.facts.perpetrator import PerpetratorFacts
from automations.letters.facts.shared import Facts, Landlord, OfficerFacts, fingerprint, named, paths
from automations.letters.facts.tenant import TenantFacts
from automations.letters.facts.victim import PlanLine, VictimFacts
from automations.letters.facts.witness import WitnessFacts

__all__ = [
    "AT_HOME", "AUDIENCES", "AgencyFacts", "AreaFacts", "ContractorFacts", "Facts", "GuardianFacts", "Happened",
    "Landlord", "Meeting", "NeighbourFacts", "OfficerFacts", "OtherLandlordFacts", "OwnFileFacts", "PerpetratorFacts",
    "PlanLine", "Reviewed", "TenantFacts", "Told", "VictimFacts", "WitnessFacts", "fingerprint", "named", "paths",
]  # fmt: skip

AUDIENCES: Mapping[str, type[Any]] = {
    "victim": VictimFacts,
    "witness": WitnessFacts,
    "agency": AgencyFacts,
    "landlord": OtherLandlordFacts,
    "staff": OwnFileFacts,
    "area": AreaFacts,
    "perpetrator": PerpetratorFacts,
    "tenant": TenantFacts,
    "guardian": GuardianFacts,
    "neighbour": NeighbourFacts,
    "contractor": ContractorFacts,
}
"""The readers that letters are written to. A template names one, and can use no other's facts."""
AT_HOME = (VictimFacts, WitnessFacts, PerpetratorFacts, TenantFacts, GuardianFacts)
"""Readers whose letter comes in their own language and size of print. The others read it at their work, and whom it
is about decides nothing."""
