"""What can go wrong, and the exit code that each kind of failure ends the command with.

::

    SimulatorError            3
    ├── DefinitionError       2   a file, a setting or the command line says something that cannot be
    │   ├── UnitError         2   a text is not a quantity
    │   └── CompileError      2   each part is right, but together they make no working network
    ├── RunFailed             3   a run broke one of its own declared limits
    ├── OutputError           4   results could not be written or read
    ├── SelfCheckFailed       5   a result broke a rule that must always hold: a defect of ours
    └── Interrupted         130   stopped by the user; may be resumed
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

KEPT = "What is finished is kept: the same command goes on from there."
STOPPED = f"Interrupted. {KEPT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in one place of a file: what was found, and what would be right."""

    message: str
    path: str = ""
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """Write the fault as ``file:line: path.to.field: message``."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (where, self.path, self.message) if part)


class SimulatorError(Exception):
    """Say that the simulator could not do what it was asked."""

    exit_code: ClassVar[int] = 3


class DefinitionError(SimulatorError):
    """Say everything that is wrong with a file, a setting or a command, one fault a line."""

    exit_code = 2

    def __init__(self, faults: str | Fault | Iterable[Fault]) -> None:
        """Keep the faults, in the order of the file."""
        if isinstance(faults, str):
            faults = Fault(message=faults)
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnitError(DefinitionError):
    """Say that a text is not a quantity, or is one of the wrong dimension."""


class CompileError(DefinitionError):
    """Say that parts which are right one by one do not make a working network together."""


class RunFailed(SimulatorError):
    """Say that a run broke one of its own declared limits."""


class OutputError(SimulatorError):
    """Say that results could not be written or read."""

    exit_code = 4


class SelfCheckFailed(SimulatorError):
    """Say that a result broke a rule that must always hold."""

    exit_code = 5


class Interrupted(SimulatorError):
    """Say that the user stopped the work, which may be resumed."""

    exit_code = 130

    def __init__(self, message: str = STOPPED) -> None:
        """Say so in the words that every command has for it."""
        super().__init__(message)


def came_of_ctrl_c(error: BaseException | None) -> bool:
    """Say whether an error came up while Ctrl-C was answered: a second one may break any lock half-way."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
