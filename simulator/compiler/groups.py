"""Groups of cases: a class, and the present segment of the person; tables keyed by group spread out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from simulator.definition.groups import Keyed

T = TypeVar("T")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of a model: ``segment * number_of_classes + class``, nobody's segment being the last.

    A table keyed by group is read by class first, then by segment, then by ``otherwise``.
    """

    segments: tuple[str, ...]
    classes: tuple[str, ...]

    @property
    def count(self) -> int:
        """Say how many groups there are, possible or not."""
        return (len(self.segments) + 1) * len(self.classes)

    @property
    def nobody(self) -> int:
        """Give the segment index of cases with no person behind them."""
        return len(self.segments)

    def of(self, segment: int, klass: int) -> int:
        """Give the group of a class in a segment."""
        return segment * len(self.classes) + klass

    def split(self, group: int) -> tuple[int, int]:
        """Give the segment and the class of a group."""
        return divmod(group, len(self.classes))

    def keys(self, group: int) -> tuple[str, ...]:
        """Give the names by which a table may speak of a group, the strongest first."""
        return _all_keys(self.segments, self.classes)[group]

    def spread(self, keyed: Keyed[T] | None) -> list[T | None]:
        """Give the value of each group, ``None`` where the table says nothing of it."""
        if keyed is None:
            return [None] * self.count
        if keyed.single is not None:
            return [keyed.single] * self.count
        return [keyed.of(*keys) for keys in _all_keys(self.segments, self.classes)]

    def spread_as(self, keyed: Keyed[T] | None, make: Callable[[T | None], Made]) -> list[Made]:
        """Give what is made of the value of each group: of each value once, in the order in which groups have
        them first."""
        if keyed is None or keyed.single is not None:
            return [make(None if keyed is None else keyed.single)] * self.count if self.count else []
        which, first = _read_by(self.segments, self.classes, keys=tuple(keyed.by))
        values = [*keyed.by.values(), keyed.otherwise]
        made = {place: make(values[place]) for place in first}
        return [made[place] for place in which]

    def spread_over_segments(self, keyed: Keyed[T] | None) -> list[T | None]:
        """Give the value of each segment of people, ``None`` where the table says nothing of it."""
        return [None if keyed is None else keyed.of(segment) for segment in self.segments]

    def describe(self, group: int) -> str:
        """Name a group in words."""
        return " of ".join(repr(key) for key in self.keys(group))


@cache
def _all_keys(segments: tuple[str, ...], classes: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give the names by which a table may speak of each group, nobody's last."""
    of_people = [(klass, segment) for segment in segments for klass in classes]
    return (*of_people, *((klass,) for klass in classes))


@lru_cache(maxsize=500)
def _read_by(
    segments: tuple[str, ...], classes: tuple[str, ...], *, keys: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the place of the key by which each group is read, the last for those not named; and the places
    met, in the order of the groups."""
    at = {key: place for place, key in enumerate(keys)}
    which = tuple(
        next((at[key] for key in named if key in at), len(keys)) for named in _all_keys(segments, classes)
    )
    return which, tuple(dict.fromkeys(which))
