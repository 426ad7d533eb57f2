"""What a reader of one value raises: everything wrong with it, each with the way down to it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Path = tuple[str | int, ...]
T = TypeVar("T")


class Wrong(ValueError):
    """Say what is wrong inside one value; each fault has the keys and places that lead down to it.

    ``right`` is what of the value could be read, so that it can still be checked; ``None`` where nothing is.
    """

    def __init__(self, *faults: tuple[Path, str], right: object = None) -> None:
        """Keep the faults in the order found."""
        self.faults = faults
        self.right = right
        super().__init__("; ".join(message for _, message in faults))


def wrong(message: str, *path: str | int) -> Wrong:
    """Make the complaint about one thing."""
    return Wrong((path, message))


class Complaints:
    """Faults gathered while reading the parts of a value, so that all are told at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.faults: list[tuple[Path, str]] = []

    def read(self, reader: Callable[[object], T], raw: object, *path: str | int) -> T | None:
        """Read one part; on a fault keep it, under the path of the part, and give nothing."""
        try:
            return reader(raw)
        except Wrong as complaint:
            self.faults.extend(((*path, *below), message) for below, message in complaint.faults)
            return None

    def add(self, message: str, *path: str | int) -> None:
        """Keep one fault."""
        self.faults.append((path, message))

    def extend(self, faults: Iterable[tuple[Path, str]]) -> None:
        """Keep several faults."""
        self.faults.extend(faults)

    def raise_any(self) -> None:
        """Raise what was gathered, if anything was."""
        if self.faults:
            raise Wrong(*self.faults)
