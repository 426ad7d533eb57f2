"""What an experiment asks of an engine: begin a run, go on to a second, fork, finish."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from simulator.compiler.program import Program
from simulator.definition.experiment import PEOPLE, READABLE, STOCKS
from simulator.engines.asked import Asked
from simulator.engines.demand import Demand
from simulator.engines.months import OtherWorld
from simulator.engines.people import Simulation as Compiled
from simulator.engines.readable import run_readable
from simulator.engines.records import Run

# Engines that let go of the interpreter's lock while they work.
IN_THREADS = (PEOPLE, STOCKS)


class Simulation(Protocol):
    """One replication of a program on its way."""

    def run_until(self, second: int) -> None:
        """Let everything before ``second`` happen."""

    def fork(self, program: Program) -> "Simulation":
        """Give a copy that goes on under another program, the same until now (``first_difference``).

        No intervention of either may have begun.
        """

    def finish(self) -> Run:
        """Go on to the end, and return what the run leaves behind."""


def never() -> bool:
    """Ask nobody to stop."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a run needs to know besides its program.

    ``stop`` is asked every fraction of a second; when it says so the run raises ``Interrupted``.
    """

    seed: int
    replication: int
    demand: Demand
    tracked: tuple[int, ...] = ()
    keeps_log: bool = False
    stop: Callable[[], bool] = never
    other_world: OtherWorld | None = None

    @property
    def asked(self) -> Asked:
        """Give all but ``stop``, which an engine may not know."""
        return Asked(
            seed=self.seed,
            replication=self.replication,
            demand=self.demand,
            tracked=self.tracked,
            keeps_log=self.keeps_log,
            other_world=self.other_world,
        )


def begin(program: Program, setting: Setting, *, engine: str) -> Simulation:
    """Begin a run with the engine of a name."""
    if engine == READABLE:
        return Apart(program, setting)
    return Compiled(program, **setting.asked, stop=setting.stop)


class Apart:
    """A run of the readable engine, which cannot be copied: what is forked begins anew, to the same end."""

    def __init__(self, program: Program, setting: Setting) -> None:
        """Put off everything until the end is asked for."""
        self._program = program
        self._setting = setting

    def run_until(self, second: int) -> None:
        """Do nothing yet."""

    def fork(self, program: Program) -> "Apart":
        """Begin a run of another program."""
        other = self._setting.other_world
        reads = None if other is None else other.for_reading()
        return Apart(program, replace(self._setting, other_world=reads))

    def finish(self) -> Run:
        """Run from second 0 to the end."""
        return run_readable(self._program, **self._setting.asked)
