"""Once: a question about a case is worked out once for each value of the case, however many steps ask it.

In: a function of a case and of other values that never change. Out: the same function, which remembers its answers.
Never here: an answer that outlives the case it was about; a case read anew, or replaced, remembers nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def once(question: Callable[P, T]) -> Callable[P, T]:
    """The function, whose first argument is the case, asked once for each set of the very same other values.

    They are told apart by identity, which is safe because the memory keeps them alive, and quick because nothing
    is compared. Equal values that are not the same are merely asked again. The answer must not be changed by a caller.
    """

    @wraps(question)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        case: Any = args[0]
        known = case.known
        alone = len(args) == 1 and not kwargs
        key = question if alone else (question, *map(id, args), *kwargs, *map(id, kwargs.values()))
        found = known.get(key)
        if found is None:
            found = known[key] = (question(*args, **kwargs), args[1:], kwargs)
        answered: T = found[0]
        return answered

    return answer
