"""Where each thing of a file stands, so that a fault can be located."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.definition.faults import Path
from simulator.errors import Fault


@dataclass(frozen=True, slots=True)
class Position:
    """A line of a file, or a setting of the command line (``line`` absent)."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Positions:
    """The position of each path of a file; an unknown path stands where the nearest one round it does."""

    file: str = ""
    known: Mapping[Path, Position] = field(default_factory=dict)

    def of(self, path: Path) -> Position:
        """Find the line of a path, or of the nearest thing that encloses it."""
        for length in range(len(path), 0, -1):
            if position := self.known.get(path[:length]):
                return position
        return Position(self.file, 1 if self.file else None)

    def fault(self, path: Path, message: str) -> Fault:
        """Make a located fault."""
        position = self.of(path)
        return Fault(message=message, path=dotted(path), file=position.file, line=position.line)


def dotted(path: Path) -> str:
    """Write a path with dots, places in a list counted from 0; a name with a dot of its own in quotes."""
    return ".".join(f'"{part}"' if isinstance(part, str) and "." in part else _short(part) for part in path)


def _short(part: str | int) -> str:
    text = str(part)
    printable = "".join(letter if letter.isprintable() else "?" for letter in text[:64])
    return f"{printable}…" if len(text) > 64 else printable
