"""Where each thing of a file stands, so that a fault can be located."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from simulator.definition.faults import Path
from simulator.definition.toml_lines import lines_of_paths
from simulator.errors import Fault


@dataclass(frozen=True, slots=True)
class Position:
    """A line of a file, or a setting of the command line (``line`` absent)."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, and the name under which the user knows it."""

    file: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Positions:
    """The position of each path of a file and what it includes; found only when somebody asks.

    An unknown path stands where the nearest one round it does. What a setting changed stands where the
    setting does.
    """

    sources: tuple[Source, ...] = ()
    settings: Mapping[Path, Position] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[Path, Position]:
        """Map every path that is written somewhere to the first place where it is."""
        found: dict[Path, Position] = {}
        for source in self.sources:
            for path, line in lines_of_paths(source.text).items():
                found.setdefault(path, Position(source.file, line))
        return found

    @property
    def top(self) -> Position:
        """Give the beginning of the file."""
        return Position(self.sources[0].file, 1) if self.sources else Position("")

    def of(self, path: Path) -> Position:
        """Find the line of a path, or of the nearest thing that encloses it."""
        for length in range(len(path), 0, -1):
            shorter = path[:length]
            if position := self.settings.get(shorter) or self.known.get(shorter):
                return position
        return self.top

    def fault(self, path: Path, message: str) -> Fault:
        """Make a located fault."""
        position = self.of(path)
        return Fault(message=message, path=dotted(path), file=position.file, line=position.line)


def dotted(path: Path) -> str:
    """Write a path with dots; a name with a dot of its own in quotes, nothing invisible, nothing too long."""
    return ".".join(_printable(part) for part in path)


def _printable(part: str | int) -> str:
    text = str(part)
    seen = "".join(letter if letter.isprintable() else "?" for letter in text[:64])
    seen = f"{seen}…" if len(text) > 64 else seen
    return f'"{seen}"' if "." in seen or " " in seen or not seen else seen
