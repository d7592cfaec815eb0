"""The colour of a choice, by what it means: staff should see at a glance what is well and what is not.

In: the words of a choice. Out: its colour. Given once, when the choice is made; afterwards it is staff's own.
Never here: a platform's names of colours; red or green for words that are neither bad nor good.
"""

GREEN, RED, AMBER, ORANGE = "#c2f5c0", "#ffc9c9", "#ffeab6", "#ffcf9f"
PURPLE, GREY, BLUE = "#e3d2fb", "#e7e7e9", "#cfdffe"

MEANING: dict[str, tuple[str, ...]] = {
    GREEN: (
        "Yes", "Done", "Held", "Agreed", "Signed on the plan", "Acknowledged", "Sent", "Low", "Willing",
        "Spoke or met", "No immediate action is needed", "No objection to our contact", "Yes, they know",
        "Resolved: our actions stopped the incidents", "We take an active part", "None of these",
    ),
    RED: (
        "No", "Overdue", "Done late", "Needs a person", "Refused", "Failed", "Rejected", "High",
        "Immediate action is needed", "Not made: not safe to write", "Outcome unknown (a person decides)",
        "Missed without good reason", "They ask us to wait", "Does not want it used", "Escalated", "Complaint",
        "Do not visit alone or another safety mark",
    ),
    AMBER: (
        "Not yet asked", "Not known", "Due soon", "New", "Booked", "Draft", "Not made: facts are missing", "Ready",
        "Not ready: put it right",
        "Medium", "Not yet", "Raised", "No, they do not know", "Tried, not reached", "Came back", "Returned",
        "No reply after chasing", "Likely, but not known", "Vulnerability or communication barrier", "Sending",
    ),
    ORANGE: ("Alert", "Chase", "Missed with good reason", "Recall sent", "Stopped (consent withdrawn)",
             "The victim said no"),
    PURPLE: ("Blocked", "Alert blocked", "Held (second person)"),
    GREY: (
        "Waiting", "Not needed", "Not applicable", "Waiting for consent", "Closed", "Cancelled", "Cancelled by us",
        "Duplicate report", "Not a hate incident", "Statistics only", "Statistics sent", "Recalled",
        "The victim does not want one", "Closed: the victim did not engage", "Closed: unable to act",
        "Closed: no anti-social behaviour proven",
    ),
    BLUE: ("Open", "Due", "Procedure", "Identified", "Hate incident", "Moved at the person's wish"),
}  # fmt: skip
"""What each colour says. A word means the same in every list it stands in."""

BY_WORDS = {word: colour for colour, words in MEANING.items() for word in words}

PLAIN = ("#cfdffe", "#d0f1fd", "#d6f0ee", "#ffdaf6", "#ede2fe", "#e8e4d9", "#dfe7ef", "#e7e7e9")
"""For words that are neither good nor bad, in turn."""


A_DANGER = frozenset(
    {"Children at risk", "Adult at risk", "Victim fears staying", "Lives with the victim",
     "Alleged perpetrator lives with the victim", "Graffiti to remove", "Emergency repair needed",
     "Emergency legal action"}
)  # fmt: skip
"""Questions to which yes is the bad news."""


def colour_of(words: str, number: int = 0, field: str = "") -> str:
    """The colour of a choice of a field, as #rrggbb. `number` is its place in its list."""
    if field in A_DANGER and words in ("Yes", "No"):
        return RED if words == "Yes" else GREEN
    return BY_WORDS.get(words) or PLAIN[number % len(PLAIN)]
