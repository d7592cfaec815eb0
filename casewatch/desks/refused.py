"""Refused: a message that the desk does not take, and the messages it knows.

In: nothing. Out: an exception with the status and the code of the answer.
Never here: a word of the message that was refused.
"""

MESSAGES = frozenset({
    "cdrp_notice", "cdrp_update", "police_referral", "police_information_request", "support_referral",
    "homelessness_referral", "safeguarding_referral", "landlord_request", "director_notice", "forum_discussion",
    "correction", "recall", "monthly_return",
})  # fmt: skip


class Refused(Exception):
    """A message the desk does not take, with the status and the short code it answers."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
