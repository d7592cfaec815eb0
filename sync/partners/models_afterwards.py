"""Models of what comes afterwards: a message called back, and a record put right.

In: which message it was, by its key. Out: what the partner is asked to do about it.
Never here: a person in a recall; a corrected record that could not have been sent as a message of its own.
"""

from datetime import date
from typing import Annotated, Literal

from sync.partners.models import Keyed, OurReference, Part, RecallContact, Version, why
from sync.partners.models_agencies import (
    HomelessnessReferral,
    PoliceInformationRequest,
    PoliceReferral,
    SafeguardingReferral,
    SupportReferral,
)
from sync.partners.models_counted import ForumDiscussion, StatisticalNotice, StatisticalUpdate
from sync.partners.models_landlords import DirectorNotice, LandlordRequest
from sync.partners.models_partnership import IdentifiedDiscussion, IdentifiedNotice, IdentifiedUpdate

Record = (
    IdentifiedNotice
    | StatisticalNotice
    | IdentifiedUpdate
    | StatisticalUpdate
    | PoliceReferral
    | PoliceInformationRequest
    | SupportReferral
    | HomelessnessReferral
    | SafeguardingReferral
    | LandlordRequest
    | DirectorNotice
    | IdentifiedDiscussion
    | ForumDiscussion
)
AnyReference = Annotated[str, why("The reference of the message that it is about.")]


class Earlier(Part):
    """A message that a partner was sent before."""

    message: str = why("Which message it was.")
    reference: AnyReference
    key: Keyed = why("The key that it came under.")


class Recall(Part):
    """A message called back. It names nobody: the key says which one."""

    message: Literal["recall"] = why("What this is: a message is called back.", default="recall")
    version: Version = 1
    form: Literal["recall"] = why("A recall names nobody and counts nothing.", default="recall")
    reference: OurReference
    sender: str = why("The landlord whose message it is.")
    recall_contact: RecallContact = why("Whom to tell that it was done.")
    recalls: Earlier = why("Which message is called back.")
    asked: tuple[Literal["stop", "delete"], ...] = why(
        "Stop acting on it, and delete what it told you; then say so (11.0)."
    )
    asked_by: date = why("The day by which we ask you to have done it.")


class Correction(Part):
    """A record put right. It takes the place of the earlier one, under the same rules as if it went anew."""

    message: Literal["correction"] = why("What this is: a record is put right.", default="correction")
    version: Version = 1
    form: Literal["identified", "statistical"] = why("As the record in it.")
    reference: AnyReference
    corrects: Earlier = why("Which message it takes the place of.")
    record: Record = why("The record as it should be: keep this one, and delete the other.")
