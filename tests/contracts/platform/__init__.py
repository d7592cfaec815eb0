"""What every platform promises, as tests: inherit PlatformContract and give it a `platform` and a `desk`.

In: an adapter, and staff at its grid. Out: one test a promise; the real server and memory pass the same ones.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

from tests.contracts.platform.cells import WhatIsWritten
from tests.contracts.platform.files import Errors, Files
from tests.contracts.platform.finding import Finding, Linking
from tests.contracts.platform.making import Changing, Making
from tests.contracts.platform.samples import a_key
from tests.contracts.platform.watching import Hands, Histories, Noticing, StaffAtTheGrid
from tests.contracts.platform.without_audit import WithoutAudit

__all__ = ["ContractWithoutAudit", "PlatformContract", "a_key"]


class _InCommon(WhatIsWritten, Making, Finding, Linking, Changing, StaffAtTheGrid, Noticing, Files, Hands, Errors):
    """What every platform promises, with an audit or without."""


class PlatformContract(_InCommon, Histories):
    """Every promise of automations.ports.Platform."""


class ContractWithoutAudit(_InCommon, WithoutAudit):
    """The same, where the platform tells no history and only who made a record and who touched it last (R-25)."""
