"""Tables with a range, ``{ value, low, high }``, that remember as what kind of quantity they were read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.definition.quantities import Bounds

RANGE_WORDS = ("value", "low", "high")


class Ranged(dict[str, object]):
    """A table with a range; ``read_as`` lists what its readers allowed, in the order in which they read it.

    A copy is the same table: what is read of either is known of both.
    """

    def __init__(self, table: Mapping[str, object], read_as: list[Bounds] | None = None) -> None:
        super().__init__(table)
        self.read_as: list[Bounds] = [] if read_as is None else read_as

    def __deepcopy__(self, _: object) -> Ranged:
        return self

    def alike(self, table: Mapping[str, object]) -> Ranged:
        """Give another table that is read in the place of this one."""
        return Ranged(table, self.read_as)


def has_range(raw: object) -> bool:
    """Say whether this is a table with a value and a range."""
    return isinstance(raw, Mapping) and all(word in raw for word in RANGE_WORDS)


def alike(raw: object, table: Mapping[str, object]) -> Mapping[str, object]:
    """Give a table made of another, which still knows by what it was read if that one did."""
    return raw.alike(table) if isinstance(raw, Ranged) else table


def marked(raw: object) -> object:
    """Copy plain tables, those with a range as ``Ranged``."""
    if isinstance(raw, Ranged):
        return raw
    if isinstance(raw, Mapping):
        copied = {key: marked(one) for key, one in raw.items()}
        return Ranged(copied) if has_range(raw) else copied
    return [marked(one) for one in raw] if isinstance(raw, list) else raw
