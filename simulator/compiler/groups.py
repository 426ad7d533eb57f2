"""Groups of cases: a class, and the present segment of the person; tables keyed by group spread out."""

from dataclasses import dataclass
from typing import TypeVar

from simulator.definition.groups import Keyed

T = TypeVar("T")


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
        segment, klass = self.split(group)
        if segment == self.nobody:
            return (self.classes[klass],)
        return (self.classes[klass], self.segments[segment])

    def spread(self, keyed: Keyed[T] | None) -> list[T | None]:
        """Give the value of each group, ``None`` where the table says nothing of it."""
        if keyed is None:
            return [None] * self.count
        if keyed.single is not None:
            return [keyed.single] * self.count
        return [keyed.of(*self.keys(group)) for group in range(self.count)]

    def spread_over_segments(self, keyed: Keyed[T] | None) -> list[T | None]:
        """Give the value of each segment of people, ``None`` where the table says nothing of it."""
        return [None if keyed is None else keyed.of(segment) for segment in self.segments]

    def describe(self, group: int) -> str:
        """Name a group in words."""
        return " of ".join(repr(key) for key in self.keys(group))
