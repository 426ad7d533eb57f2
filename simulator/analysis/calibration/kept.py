"""The runs of a calibration, each made once: read where the folder has it, else run, and kept at once."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.job import CalibrationJob, Evaluation
from simulator.analysis.calibration.runs import Fitting
from simulator.definition.experiment import STOCKS
from simulator.experiment.arrays import arrays_from_bytes, arrays_to_bytes
from simulator.experiment.checked import read_checked, write_checked
from simulator.experiment.cluster.desk import do_each_on_cluster
from simulator.experiment.cluster.where import Cluster, Workers, standing_crew
from simulator.experiment.crew.crew import Crew
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.parts import PARTS
from simulator.experiment.pool import told
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.sweep.chunk import SECONDS_WORTH_BEGINNING, seconds_a_run
from simulator.experiment.threads import do_each_in_threads

Floats = NDArray[np.float64]

PEOPLE = "people"
SCORES, MONTHS = "scores", "months"


class KeptRuns:
    """What each run of a calibration came to, by month, in a results folder."""

    def __init__(self, fitting: Fitting, folder: Path, *, workers: Workers, progress: Progress) -> None:
        """Keep runs there; so many are made at once, one a core unless told, or on a cluster."""
        self._fitting = fitting
        self._parts = folder / PARTS
        self._workers = workers
        self._seconds = 0.0
        self._progress = progress
        self._seen: dict[Evaluation, Floats] = {}

    def there(self) -> int:
        """Count the runs that the folder holds."""
        return len(list(self._parts.glob("months_*.parquet")))

    def as_stocks(self, scores: Sequence[Floats]) -> list[Floats]:
        """Give each column by month (columns, months) at each of these scores."""
        return self._all(
            [Evaluation(STOCKS, 0, tuple(one.tolist())) for one in scores], _OnlySays(self._progress)
        )

    def by_people(self, scores: Floats, replications: int) -> Floats:
        """Give each column by month, the mean of so many replications of the people engine."""
        self._progress.says(f"Confirming by people, {replications} replications…")
        asked = [Evaluation(PEOPLE, number, tuple(scores.tolist())) for number in range(replications)]
        return np.asarray(np.mean(self._all(asked, self._progress), axis=0))

    def _all(self, asked: Sequence[Evaluation], progress: Progress) -> list[Floats]:
        missing = [one for one in dict.fromkeys(asked) if not self._knows(one)]
        if not missing:
            return [self._seen[one] for one in asked]
        job = CalibrationJob(self._fitting, missing[0].engine)
        if isinstance(self._workers, Cluster):
            do_each_on_cluster(missing, job=job, writes=self._keep, cluster=self._workers, progress=progress)
        else:
            with told(progress, len(missing), engine=job.engine), standing_crew(self._workers) as crew:
                self._do_here(missing, job, crew=crew, progress=progress)
        return [self._seen[one] for one in asked]

    def _do_here(
        self, missing: Sequence[Evaluation], job: CalibrationJob, *, crew: Crew, progress: Progress
    ) -> None:
        """Do runs in threads; by worker processes from when all that were asked for take long enough."""
        experiment = self._fitting.experiment.model_copy(update={"engine": job.engine})
        self._seconds += len(missing) * seconds_a_run(experiment, self._fitting.model)
        if crew.has_begun or self._seconds >= SECONDS_WORTH_BEGINNING:
            do_each_by_crew(missing, job=job, writes=self._keep, crew=crew, progress=progress)
            return
        threads = min(crew.workers, len(missing))
        do_each_in_threads(missing, does=job.do, writes=self._keep, workers=threads, progress=progress)

    def _knows(self, one: Evaluation) -> bool:
        path = self._parts / one.name
        if one not in self._seen and path.exists():
            self._seen[one] = np.asarray(
                arrays_from_bytes(read_checked(path), where=str(path))[MONTHS], np.float64
            )
        return one in self._seen

    def _keep(self, done: tuple[Evaluation, Floats]) -> None:
        one, months = done
        content = arrays_to_bytes({SCORES: np.array(one.scores), MONTHS: months})
        write_checked(self._parts / one.name, content)
        self._seen[one] = months


class _OnlySays(Silence):
    """Pass on what is said: a fit tells of its runs itself."""

    def __init__(self, progress: Progress) -> None:
        """Pass it on to this one."""
        self._progress = progress

    def says(self, line: str) -> None:
        """Pass it on."""
        self._progress.says(line)
