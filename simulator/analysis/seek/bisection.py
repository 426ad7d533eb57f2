"""The smallest value that passes, found by halving: the value below it is tried as well, and fails.

Halving takes it that once a value passes all above it do. So one more above and one more below are tried,
and whoever reads the result is told of any value that passes below one that fails.
"""

from collections.abc import Callable, Mapping


def smallest(values: range, passes: Callable[[int], bool]) -> int | None:
    """Give the smallest value that passes; ``None`` if the largest does not. Asks for no value twice."""
    known: dict[int, bool] = {}

    def ask(place: int) -> bool:
        if place not in known:
            known[place] = passes(values[place])
        return known[place]

    fails, meets = 0, len(values) - 1
    if not ask(meets):
        return None
    if ask(fails):
        meets = fails
    while meets - fails > 1:
        middle = (fails + meets) // 2
        fails, meets = (fails, middle) if ask(middle) else (middle, meets)
    for beside in (meets + 1, meets - 2):
        if 0 <= beside < len(values):
            ask(beside)
    return values[meets]


def out_of_order(passed: Mapping[int, bool]) -> tuple[int, int] | None:
    """Give a value that passed and a larger one that failed, if there are such two."""
    for value in sorted(passed):
        larger = [other for other in sorted(passed) if other > value and not passed[other]]
        if passed[value] and larger:
            return value, larger[0]
    return None
