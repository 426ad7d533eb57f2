"""From scores to months: the model with its values set so, run once, read by month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.months import by_month, month_weights
from simulator.analysis.in_part import counts_a_part
from simulator.analysis.measures import series, unit
from simulator.analysis.reading import Reading, frame
from simulator.compiler.memory import Tabulated
from simulator.definition.experiment import BASELINE, Experiment
from simulator.definition.loading import model_of_tables
from simulator.definition.model import Model
from simulator.definition.uncertain import Uncertain, with_values, written
from simulator.experiment.measure_names import MeasureName
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import compile_one, counting_too
from simulator.experiment.uncertainty.fits import Fitted
from simulator.experiment.work import work_of
from simulator.units import SECONDS_A_DAY, Dimension

Floats = NDArray[np.float64]
DIGITS = 6
LEAST_IN_DAYS, MOST_IN_DAYS = 1e-3, 1e5
IN_DAYS = ((Dimension.TIME, SECONDS_A_DAY, "days"), (Dimension.RATE, 1 / SECONDS_A_DAY, "per day"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """What every run of a calibration shares.

    ``parameters`` are lists of uncertain values that move together, ``said`` what the file calls each;
    ``columns`` lists the measures whose sum each column of figures is a figure of.
    """

    experiment: Experiment
    model: Model
    known: dict[str, Uncertain]
    laws: dict[str, Fitted]
    parameters: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]
    columns: tuple[tuple[MeasureName, ...], ...]
    months: tuple[date, ...]
    tabulated: Tabulated = field(default_factory=Tabulated)

    def values_at(self, z: Floats) -> dict[str, object]:
        """Give the value of each parameter as a file writes it, to six digits."""
        from scipy.special import ndtr

        found: dict[str, object] = {}
        for score, names in zip(z, self.parameters, strict=True):
            for name in names:
                number = self.laws[name].value(float(ndtr(score)))
                found[name] = as_written(self.known[name], number)
        return found

    def model_at(self, z: Floats) -> Model:
        """Give the model with these scores; shares beside one that moves make room."""
        tables = with_values(self.model.origin.resolved, self.values_at(z), known=self.known)
        touched = [one.way for one in self.known.values()]
        return counting_too(self.experiment, model_of_tables(self.model, tables, touched=touched))


def as_written(parameter: Uncertain, number: float) -> object:
    """Write a value to six digits as a reader would: times in days and rates a day, unless far from one."""
    dimension = parameter.bounds.dimension
    for kind, size, unit_said in IN_DAYS:
        if dimension is kind and LEAST_IN_DAYS <= number / size < MOST_IN_DAYS:
            return f"{number / size:.{DIGITS}g} {unit_said}"
    return written(parameter, Fraction(f"{number:.{DIGITS}g}"))


def months_of(
    fitting: Fitting, model: Model, *, experiment: Experiment, replication: int, stop: Callable[[], bool]
) -> Floats:
    """Run the baseline and give each column by month (columns, months)."""
    program = compile_one(experiment, model, scenario=BASELINE, tabulated=fitting.tabulated).program
    work = work_of(experiment, {BASELINE: program}, pairs=False)
    seen = frame(program)
    weights = month_weights(fitting.months, first=seen.window_starts, seconds=seen.seconds)
    piece = do_piece(work, replication, ran=_nothing, stop=stop)
    reading = Reading(piece.observations[BASELINE], seen)
    values = np.array([_column(reading, names, weights=weights) for names in fitting.columns])
    share = float(experiment.population_share)
    for place, names in enumerate(fitting.columns):
        if counts_a_part(unit(names[0]), share=share):
            values[place] /= share
    return values


def _column(reading: Reading, names: Sequence[MeasureName], *, weights: Floats) -> Floats:
    """Add up the measures of a column by month."""
    total = np.zeros(len(weights))
    for name in names:
        values = series(reading, name)
        assert values is not None, "calibrate_as_asked has refused measures without a series"
        total = total + by_month(np.asarray(values, np.float64), weights)
    return total


def _nothing() -> None:
    """Keep no count of runs."""
