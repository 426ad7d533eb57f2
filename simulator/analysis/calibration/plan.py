"""What a calibration is to do, found right before anything is run or written: figures, weights, measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.runs import Fitting
from simulator.analysis.measures import SERIES
from simulator.definition.calibrated import days_of, months_inside, moved_together
from simulator.definition.calibration import Calibrate
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.definition.targets_file import MonthlyFigures, read_targets
from simulator.definition.uncertain import uncertain_parameters
from simulator.errors import DefinitionError, Fault
from simulator.experiment.measure_names import MeasureName, read_name, vocabulary
from simulator.experiment.scenarios import Scenarios, compile_scenarios
from simulator.experiment.sweep.plan import check_laws
from simulator.experiment.uncertainty.fits import fitted

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPlan:
    """A calibration about to be made.

    ``figures`` (columns, months) in the place's own unit, of which the first ``fitted_months`` are fitted;
    ``weights`` (columns,): one over the size of a month's usual error; ``left_out`` months of the file.
    """

    fitting: Fitting
    columns: tuple[str, ...]
    figures: Floats
    fitted_months: int
    weights: Floats
    left_out: int

    @property
    def experiment(self) -> Experiment:
        """Give the experiment."""
        return self.fitting.experiment

    @property
    def model(self) -> Model:
        """Give the model with central values."""
        return self.fitting.model

    def residuals(self, by_month: Floats) -> Floats:
        """Say how far a model's months (columns, months) are off the fitted figures, in usual errors."""
        fitted_part = slice(None, self.fitted_months)
        figures = self.figures[:, fitted_part]
        gaps = (by_month[:, fitted_part] - figures) * self.weights[:, None]
        return np.asarray(np.nan_to_num(gaps[np.isfinite(figures)]))


def calibration_plan(experiment: Experiment) -> CalibrationPlan:
    """Plan a calibration; raise ``DefinitionError`` where it cannot be."""
    calibrate = _calibrate_of(experiment)
    scenarios = compile_scenarios(experiment)
    read = read_targets(experiment.origin.folder, calibrate.targets)
    inside = months_inside(experiment, scenarios.model, figures=read)
    figures = _figures(calibrate, read, inside=inside)
    kept = len(inside) - calibrate.hold_back
    return CalibrationPlan(
        fitting=_fitting(experiment, scenarios, months=tuple(read.months[place] for place in inside)),
        columns=tuple(calibrate.columns),
        figures=figures,
        fitted_months=kept,
        weights=_weights(calibrate, figures[:, :kept]),
        left_out=len(read.months) - len(inside),
    )


def _calibrate_of(experiment: Experiment) -> Calibrate:
    if experiment.calibrate is None:
        said = "there is nothing to fit; write [calibrate]."
        raise DefinitionError(experiment.origin.fault("calibrate", said))
    return experiment.calibrate


def _fitting(experiment: Experiment, scenarios: Scenarios, *, months: tuple[date, ...]) -> Fitting:
    """Name what is fitted and to what; raise ``DefinitionError`` for measures that have no months."""
    calibrate = _calibrate_of(experiment)
    model = scenarios.model
    known = uncertain_parameters(model.origin.resolved)
    parameters = tuple(moved_together(one, known) for one in calibrate.parameters)
    meant = {name: known[name] for names in parameters for name in names}
    check_laws(model, meant)
    return Fitting(
        experiment=experiment,
        model=model,
        known=meant,
        laws={name: fitted(one) for name, one in meant.items()},
        parameters=parameters,
        said=tuple(", ".join(one) for one in calibrate.parameters),
        columns=_measures(experiment, scenarios),
        months=months,
    )


def _measures(experiment: Experiment, scenarios: Scenarios) -> tuple[tuple[MeasureName, ...], ...]:
    known = vocabulary(scenarios.programs.values())
    own: Mapping[str, str] = {
        name: one.of for name, one in {**scenarios.model.measures, **experiment.measures}.items()
    }
    faults: list[Fault] = []
    found = []
    for column, target in _calibrate_of(experiment).columns.items():
        names = []
        for said in target.measure:
            try:
                name = read_name(own.get(said, said), known)
                if (why := _why_not(name)) is not None:
                    raise DefinitionError(why)
                names.append(name)
            except DefinitionError as fault:
                path = f"calibrate.columns.{column}.measure"
                faults.append(experiment.origin.fault(path, str(fault)))
        found.append(tuple(names))
    if faults:
        raise DefinitionError(faults)
    return tuple(found)


def _why_not(name: MeasureName) -> str | None:
    """Say why a measure has no months as stocks."""
    if name.family == "clock":
        return f"{name.text}: clocks are read over the whole window as stocks, and have no months."
    if name.family not in SERIES or name.cuts:
        return f"{name.text}: is kept for the window as a whole only, and has no months."
    return None


def _figures(calibrate: Calibrate, read: MonthlyFigures, *, inside: list[int]) -> Floats:
    """Give the figures (columns, months) in the place's own unit; not-a-number where none was published."""
    found = np.full((len(calibrate.columns), len(inside)), np.nan)
    for row, (name, target) in enumerate(calibrate.columns.items()):
        for column, place in enumerate(inside):
            figure = read.columns[name][place]
            if figure is not None:
                days = days_of(read.months[place]) if target.per else 1
                found[row, column] = figure * float(target.times) / days
    return found


def _weights(calibrate: Calibrate, figures: Floats) -> Floats:
    """Give one over the size of a month's usual error, a column."""
    within = np.array([float(one.within) for one in calibrate.columns.values()])
    return np.asarray(1.0 / (within * np.nanmean(figures, axis=1)))
