"""Run a published case: its model file, changed as a user would change it, many times over.

Every figure has to settle at the usual run length. ``VALIDATION_TIMES=10`` in the environment takes ten times
the replications, for intervals a third as wide.

Events fall on whole seconds, and times are rounded to the nearest: means are hardly touched, and who waits
under half a second is not seen to wait, one in 2,400 of those who wait where this is most. A clock hour is
an event of every run too: cases whose unit of time is arbitrary take an hour for it, not a day.
"""

import functools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scoring import Control, Figure, Score, Verdict, score

from simulator.analysis.measures import value
from simulator.analysis.reading import Reading, frame
from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines.run import run
from simulator.experiment.measure_names import read_name, vocabulary
from simulator.experiment.observation import Observation
from simulator.experiment.observe import observe

Floats = NDArray[np.float64]
Seen = Callable[[str], Floats]

MODELS = Path(__file__).parent / "models"
TIMES = int(os.environ.get("VALIDATION_TIMES", "1"))
CORES = os.cpu_count() or 1
DAY = 86_400
SEED = 20250401


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A model file, what is changed in it (as with ``--set``), and for how long how often it runs."""

    model: str
    changes: tuple[str, ...] = ()
    warm_up_days: float = 0
    horizon_days: float
    replications: int
    keeps_log: bool = False

    def seen(self, measure: str) -> Floats:
        """Give a measure's value in each replication."""
        program, observations = observed(self)
        name, view = read_name(measure, vocabulary([program])), frame(program)
        return np.array([value(Reading(one, view), name) for one in observations], dtype=np.float64)

    def control(self, measure: str, expected: float) -> Control:
        """Give a control: a measure and the value that follows from the inputs alone."""
        return Control(seen=list(self.seen(measure)), expected=expected)

    def window(self) -> Window:
        """Give the stretch of time a replication covers."""
        return Window(
            starts=date(2025, 1, 1),
            warm_up_seconds=round(self.warm_up_days * DAY),
            horizon_seconds=round(self.horizon_days * DAY),
            period_seconds=364 * DAY,
        )


@functools.cache
def compiled(setting: Setting) -> Program:
    """Compile a setting, once in a session."""
    return compile_model(
        load_model(MODELS / f"{setting.model}.toml", settings=setting.changes), window=setting.window()
    )


@functools.cache
def observed(setting: Setting) -> tuple[Program, tuple[Observation, ...]]:
    """Run all replications of a setting, once in a session; the engine lets go of the interpreter's lock."""
    program = compiled(setting)
    with ThreadPoolExecutor(CORES) as threads:
        return program, tuple(
            threads.map(lambda number: seen_in(setting, number), range(setting.replications * TIMES))
        )


def seen_in(setting: Setting, replication: int) -> Observation:
    """Run one replication of a setting."""
    program = compiled(setting)
    one = run(program, seed=SEED, replication=replication, keeps_log=setting.keeps_log)
    return observe(one, program, scenario="baseline")


def expect_agreement(found: Score) -> None:
    """Pass a figure that agrees; fail one that differs, and one that the run length leaves open."""
    assert found.verdict is Verdict.AGREES, str(found)


def scored(
    figure: Figure, setting: Setting, *, see: Callable[[Seen], Floats], controls: tuple[Control, ...] = ()
) -> Score:
    """Score a figure of a setting."""
    return score(figure, list(see(setting.seen)), controls=controls)
