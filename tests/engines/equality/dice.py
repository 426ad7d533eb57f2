"""Dice: the choices of a generated model, all of them whole numbers drawn, the simplest first.

Times come from few coarse values, so that many things fall into one second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Table = dict[str, object]

ROUND_TIMES = ("1 h", "2 h", "6 h", "24 h")
WEIGHTS = (0.1, 0.2, 0.25)


@dataclass(frozen=True, slots=True)
class Dice:
    """What is drawn for one model; ``number`` draws from the least to the most, both included.

    ``slow`` divides all yearly rates, for models that run long; ``is_tight`` asks for few places that are
    kept, so that blocking rings close.
    """

    number: Callable[[int, int], int]
    slow: int = 1
    is_tight: bool = False

    def pick(self, *options: T) -> T:
        """Draw one of these."""
        return options[self.number(0, len(options) - 1)]

    def often(self) -> bool:
        """Draw yes three times in five."""
        return self.number(0, 4) >= 2

    def at_times(self) -> bool:
        """Draw yes three times in ten."""
        return self.number(0, 9) >= 7

    def rarely(self) -> bool:
        """Draw yes once in ten."""
        return self.number(0, 9) == 9

    def some(self, options: Sequence[T], *, least: int = 0, most: int = 99) -> list[T]:
        """Draw some of these, each at most once, in any order."""
        left, most = list(options), min(most, len(options))
        wanted = self.number(min(least, most), most)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(wanted)]

    def maybe(self, table: Table, word: str, make: Callable[[], object]) -> None:
        """Write a word into a table three times in ten."""
        if self.at_times():
            table[word] = make()

    def rate(self, *a_year: int) -> str:
        """Draw a yearly rate."""
        return f"{self.pick(*a_year) / self.slow:g} per year"

    def time(self) -> str:
        """Draw a plain time, coarse and sometimes nought."""
        return self.pick("1 h", "2 h", "6 h", "1 day", "30 min", "7 days", "3 h", "12 h", "2 days", "0 s")

    def keyed(self, groups: Sequence[str], make: Callable[[], T]) -> T | dict[str, T]:
        """Draw one value, or one for some groups and another for the rest."""
        named = self.some(groups, most=2) if self.at_times() else []
        if not named:
            return make()
        return {**{group: make() for group in named}, "otherwise": make()}

    def law(self) -> object:
        """Draw a law of times: most of them coarse, so that ends meet."""
        kind = self.number(0, 9)
        if kind <= 3:
            return self.time()
        if kind <= 5:
            return {"empirical": ["0 s", *self.some(ROUND_TIMES, least=1)]}
        if kind == 6:
            return {"in_order": self.some(("1 h", "3 h", "0 s", "12 h"), least=1)}
        if kind == 7:
            return {"mixture": [[0.75, self.time()], [0.25, {"expon": {"mean": "8 h"}}]]}
        return self.smooth_law()

    def smooth_law(self) -> object:
        """Draw a law whose times seldom meet."""
        return self.pick(
            {"expon": {"mean": "10 h"}},
            {"lognorm": {"mean": "2 days", "cv": 1.5}},
            {"gamma": {"mean": "5 h", "cv": 0.8}},
        )

    def size_law(self) -> object:
        """Draw a law of how many come at once."""
        return self.pick(
            3, {"geom": {"p": 0.5}}, {"empirical": [1, 1, 4]}, {"randint": {"low": 1, "high": 4}}
        )

    def moment(self, days: int) -> str:
        """Draw a coarse moment within so many days."""
        return f"{6 * self.number(0, 4 * days)} h"
