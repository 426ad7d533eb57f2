"""Both engines on one program: the readable one says what is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comparing import expect_equal
from worlds import SEED, World

from simulator.compiler.program import Program
from simulator.engines.demand import Demand
from simulator.engines.records import Run
from simulator.engines.run import run

ENGINE = "people"
ANY_RUN: Any = run


@dataclass(frozen=True, slots=True)
class Pair:
    """A program, the demand that all its runs share, and what the readable engine makes of it."""

    program: Program
    demand: Demand
    replication: int
    readable: Run

    def people(self, **asked: Any) -> Run:
        """Run the compiled engine."""
        return self.by(ENGINE, **asked)

    def by(self, engine: str, **asked: Any) -> Run:
        """Run an engine."""
        said = {"demand": self.demand, "replication": self.replication, **asked}
        return run_with(engine, self.program, **said)

    def expect(self, found: Run) -> None:
        """Fail unless a run equals the readable engine's."""
        expect_equal(self.readable, found, self.program)


def pair(world: World, **asked: Any) -> Pair:
    """Compile a world, and run the readable engine on it."""
    return pairs([world], **asked)[0]


def pairs(worlds: Sequence[World], **asked: Any) -> list[Pair]:
    """Compile worlds of the same people, and run the readable engine on each; one demand is shared by all."""
    programs, number = [world.compiled() for world in worlds], worlds[0].replication
    demand = Demand.for_programs(programs, seed=SEED, replication=number)
    said = {"demand": demand, "replication": number, **asked}
    return [Pair(program, demand, number, run_with("readable", program, **said)) for program in programs]


def run_with(engine: str, program: Program, **asked: Any) -> Run:
    """Run an engine, its log kept unless told otherwise."""
    found: Run = ANY_RUN(program, **{"engine": engine, "seed": SEED, "keeps_log": True, **asked})
    return found
