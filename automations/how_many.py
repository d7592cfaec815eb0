"""How many: a number and its noun, in lines for a person.

In: a number and the word for one of them. Out: "1 thing", "2 things".
Never here: a word with a plural of its own, such as person: write that out where it is said.
"""


def how_many(number: int, thing: str) -> str:
    """The number with the word for so many."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
