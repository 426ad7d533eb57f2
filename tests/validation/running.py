"""Run a published case: its model file, changed as a user would change it, many times over.

``VALIDATION_TIMES=10`` in the environment takes ten times the replications, to settle figures that the
usual run length leaves open.
"""

import functools
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
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
    """Run all replications of a setting, once in a session."""
    program = compiled(setting)
    runs = (
        run(program, seed=SEED, replication=number, keeps_log=setting.keeps_log)
        for number in range(setting.replications * TIMES)
    )
    return program, tuple(observe(one, program, scenario="baseline") for one in runs)


def expect_agreement(found: Score, *, left_open: Collection[str] = ()) -> None:
    """Pass a figure that agrees; skip, saying so, one known to need a longer run; fail any other.

    A figure that differs fails, left open or not.
    """
    if found.verdict is Verdict.INCONCLUSIVE and found.figure.metric in left_open:
        pytest.skip(f"{found}; needs {found.times_longer:.1f} times the run length.")
    assert found.verdict is Verdict.AGREES, str(found)


def scored(
    figure: Figure, setting: Setting, *, see: Callable[[Seen], Floats], controls: tuple[Control, ...] = ()
) -> Score:
    """Score a figure of a setting."""
    return score(figure, list(see(setting.seen)), controls=controls)
