"""A calibration as its file asks for it: the figures, the fit, the months held back, a run by people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.errors import Off, off
from simulator.analysis.calibration.fit import Fit, fitted_scores
from simulator.analysis.calibration.runs import Fitting, months_of
from simulator.analysis.measures import SERIES
from simulator.definition.calibrated import days_of, months_inside, moved_together
from simulator.definition.calibration import Calibrate
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.definition.targets_file import MonthlyFigures, read_targets
from simulator.definition.uncertain import uncertain_parameters
from simulator.errors import DefinitionError, Fault
from simulator.experiment.measure_names import MeasureName, read_name, vocabulary
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.scenarios import Scenarios, compile_scenarios
from simulator.experiment.sweep.plan import check_laws
from simulator.experiment.uncertainty.fits import fitted

Floats = NDArray[np.float64]
MOST_ROUNDS = 12
PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """A finished calibration.

    ``figures`` and ``before``, ``after`` (columns, months): the figures in the place's own unit, and the
    model with central and with fitted values; ``people`` the same by the people engine, where asked for,
    with ``replications``. ``fitted_months`` counts those that were fitted; the rest were held back.
    """

    experiment: Experiment
    model: Model
    fitting: Fitting
    fit: Fit
    columns: tuple[str, ...]
    months: tuple[date, ...]
    fitted_months: int
    figures: Floats
    before: Floats
    after: Floats
    people: Floats | None
    replications: int
    left_out: int

    def off(self, values: Floats, column: int, *, held_back: bool) -> Off:
        """Say how far a column of the model is off, in the fitted or the held-back months."""
        part = slice(self.fitted_months, None) if held_back else slice(None, self.fitted_months)
        return off(values[column, part], self.figures[column, part])


def calibrate_as_asked(
    experiment: Experiment, *, confirm: int = 0, progress: Progress | None = None
) -> Calibrated:
    """Fit, and confirm by people with so many replications; raise ``DefinitionError`` before any fitting."""
    progress = progress or Silence()
    calibrate = _calibrate_of(experiment)
    scenarios = compile_scenarios(experiment)
    read = read_targets(experiment.origin.folder, calibrate.targets)
    inside = months_inside(experiment, scenarios.model, figures=read)
    fitting = _fitting(experiment, scenarios, months=tuple(read.months[place] for place in inside))
    figures = _figures(calibrate, read, inside=inside)
    kept = len(inside) - calibrate.hold_back
    weights = _weights(calibrate, figures[:, :kept])
    there = np.isfinite(figures[:, :kept])

    def residuals(z: Floats) -> Floats:
        gaps = (fitting.by_month(z)[:, :kept] - figures[:, :kept]) * weights[:, None]
        return np.asarray(np.nan_to_num(gaps[there]))

    fit = fitted_scores(residuals, len(fitting.parameters), most_rounds=MOST_ROUNDS, tell=progress.says)
    people = None
    if confirm:
        progress.says(f"Confirming by people: {confirm} replications…")
        by_people = experiment.model_copy(update={"engine": PEOPLE})
        runs = months_of(fitting, fitting.model_at(fit.z), experiment=by_people, replications=confirm)
        people = runs.mean(axis=0)
    return Calibrated(
        experiment=experiment,
        model=scenarios.model,
        fitting=fitting,
        fit=fit,
        columns=tuple(calibrate.columns),
        months=fitting.months,
        fitted_months=kept,
        figures=figures,
        before=fitting.by_month(np.zeros(len(fitting.parameters))),
        after=fitting.by_month(fit.z),
        people=people,
        replications=confirm,
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
