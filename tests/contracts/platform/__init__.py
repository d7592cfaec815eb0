"""What every platform promises, as tests: inherit PlatformContract and give it a `platform` and a `desk`.

In: an adapter, and staff at its grid. Out: one test a promise; the real server and memory pass the same ones.
Never here: a platform's name. Where platforms differ, `platform.capabilities` says so.
"""

from tests.contracts.platform.cells import WhatIsWritten
from tests.contracts.platform.files import Errors, Files
from tests.contracts.platform.finding import Finding, Linking
from tests.contracts.platform.making import Changing, Making
from tests.contracts.platform.samples import a_key
from tests.contracts.platform.watching import Histories, Noticing, StaffAtTheGrid

__all__ = ["PlatformContract", "a_key"]


class PlatformContract(
    WhatIsWritten, Making, Finding, Linking, Changing, StaffAtTheGrid, Noticing, Files, Histories, Errors
):
    """Every promise of automations.ports.Platform."""
