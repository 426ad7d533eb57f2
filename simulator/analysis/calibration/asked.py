"""A calibration as its file asks for it: the fit, a run by people, and how far off the months are.

Every run of the model is kept in the results folder as it is made, so a fit that is broken off goes on where
it was: the same steps are taken again, and no run is.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.errors import Off, off
from simulator.analysis.calibration.fit import Fit, fitted_scores
from simulator.analysis.calibration.folder import manifest_of_plan, texts_of_plan
from simulator.analysis.calibration.kept import KeptRuns
from simulator.analysis.calibration.plan import CalibrationPlan, calibration_plan
from simulator.definition.experiment import Experiment
from simulator.experiment.cluster.where import Workers, standing
from simulator.experiment.folder import default_folder, results_folder
from simulator.experiment.manifests import name_of
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import Manifest

Floats = NDArray[np.float64]
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """A finished calibration.

    ``before``, ``after`` (columns, months): the model with central and with fitted values; ``people`` the
    same by the people engine, where asked for, with ``replications``.
    """

    folder: Path
    manifest: Manifest
    plan: CalibrationPlan
    fit: Fit
    before: Floats
    after: Floats
    people: Floats | None
    replications: int

    @property
    def months(self) -> tuple[date, ...]:
        """Give the first day of each month."""
        return self.plan.fitting.months

    def off(self, values: Floats, column: int, *, held_back: bool) -> Off:
        """Say how far a column of the model is off, in the fitted or the held-back months."""
        kept = self.plan.fitted_months
        part = slice(kept, None) if held_back else slice(None, kept)
        return off(values[column, part], self.plan.figures[column, part])


def calibrate_as_asked(
    experiment: Experiment,
    *,
    out: Path | None = None,
    confirm: int | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
) -> Calibrated:
    """Fit, and confirm by people with so many replications, those of the file unless told.

    Runs that the folder holds are not run again.

    Raises ``DefinitionError`` and ``OutputError`` before anything is run; ``Interrupted``, after which the
    same goes on; ``RunFailed``, ``SelfCheckFailed``.
    """
    progress = progress or Silence()
    plan = calibration_plan(experiment)
    calibrate = experiment.calibrate
    replications = confirm if confirm is not None else calibrate.confirm if calibrate is not None else 0
    folder = default_folder(name_of(experiment)) if out is None else out
    manifest = manifest_of_plan(plan)
    with (
        results_folder(folder, manifest, texts=texts_of_plan(plan)) as known,
        standing(workers) as stays,
    ):
        runs = KeptRuns(plan.fitting, folder, workers=stays, progress=progress)
        if there := runs.there():
            progress.says(f"Runs that are there already, and are not run again: {there}.")

        def residuals(scores: list[Floats]) -> list[Floats]:
            return [plan.residuals(one) for one in runs.as_stocks(scores)]

        count = len(plan.fitting.parameters)
        fit = fitted_scores(residuals, count, most_rounds=MOST_ROUNDS, tell=progress.says)
        before, after = runs.as_stocks([np.zeros(count), fit.z])
        return Calibrated(
            folder=folder,
            manifest=known,
            plan=plan,
            fit=fit,
            before=before,
            after=after,
            people=runs.by_people(fit.z, replications) if replications else None,
            replications=replications,
        )
