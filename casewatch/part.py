"""Part: what every table of the settings file is made of.

In: what stands in the file. Out: a frozen value, or the fault.
Never here: any one setting.
"""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A table of the settings file: no key is taken that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)
