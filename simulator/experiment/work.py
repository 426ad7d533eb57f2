"""The work of an experiment: what every one of its pieces shares, wherever it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.compiler.first_difference import first_difference
from simulator.compiler.program import Program
from simulator.definition.experiment import Experiment, FirstCases
from simulator.experiment.logs import EVERY_CASE

REPLICATIONS_A_DRAW = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every piece of work of an experiment shares.

    ``programs`` by scenario, baseline first. ``differs``: the second until which a scenario is the baseline,
    and may be forked from it (0 for the baseline). The log keeps so many
    ``first_cases``, the first to open. Unless ``pairs``, nobody asks what became of whose needs, and the
    worlds are not matched.
    """

    programs: Mapping[str, Program]
    differs: Mapping[str, int]
    seed: int
    engine: str
    first_cases: int
    pairs: bool = True

    @property
    def scenarios(self) -> int:
        """Count the runs of a replication."""
        return len(self.programs)

    def at(self, _: int, /) -> "Work":
        """Give the work of a replication: this, whichever it is."""
        return self


def work_of(experiment: Experiment, programs: Mapping[str, Program], *, pairs: bool = True) -> Work:
    """Give the work of an experiment whose scenarios are compiled."""
    baseline, *others = programs
    differs = {name: _parts_from(programs[baseline], programs[name]) for name in others}
    return Work(
        programs=programs,
        differs={baseline: 0} | differs,
        seed=experiment.seed,
        engine=experiment.engine,
        first_cases=first_cases_of(experiment),
        pairs=pairs,
    )


def replication_key(draw: int, replication: int) -> int:
    """Number a replication of a draw: no two have chance in common, nor has one with the central values."""
    return draw * REPLICATIONS_A_DRAW + replication


def draw_and_replication(key: int) -> tuple[int, int]:
    """Give the draw and the replication of a number that ``replication_key`` made."""
    return divmod(key, REPLICATIONS_A_DRAW)


def run_words(key: int) -> str:
    """Say which replication it is, of which draw, counted from 1."""
    draw, number = draw_and_replication(key)
    return (f"draw {draw}, " if draw else "") + f"replication {number + 1}"


def replications_of_draws(draws: int, replications: int) -> tuple[int, ...]:
    """Number the replications of so many draws, draw by draw; of the central values where none is."""
    drawn = range(1, draws + 1) if draws else (0,)
    return tuple(replication_key(draw, number) for draw in drawn for number in range(replications))


def _parts_from(program: Program, other: Program) -> int:
    """Give the second at which two programs part: a fork comes before any intervention, of both too."""
    starts = [*program.interventions.first_second.tolist(), *other.interventions.first_second.tolist()]
    return int(min([first_difference(program, other), *starts]))


def first_cases_of(experiment: Experiment) -> int:
    """Say how many cases the log keeps."""
    if isinstance(experiment.log, FirstCases):
        return experiment.log.first
    return EVERY_CASE if experiment.log == "all" else 0
