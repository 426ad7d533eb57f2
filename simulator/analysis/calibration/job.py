"""Runs of a calibration as a job, for threads here and for workers on other machines."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.calibration.runs import Fitting, months_of
from simulator.errors import RunFailed
from simulator.experiment.uncertainty.fits import fitted

Floats = NDArray[np.float64]

NAME_BYTES = 12


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run of the model: by an engine, at these scores."""

    engine: str
    replication: int
    scores: tuple[float, ...]

    @property
    def name(self) -> str:
        """Name its file: by what it is of, the same if done again."""
        said = f"{self.engine} {self.replication} {[one.hex() for one in self.scores]}"
        return f"months_{hashlib.blake2b(said.encode(), digest_size=NAME_BYTES).hexdigest()}.parquet"


@dataclass(frozen=True)
class CalibrationJob:
    """Run the model at scores, by one engine, and give its months."""

    fitting: Fitting
    engine: str

    def __reduce__(self) -> tuple[object, tuple[Fitting, str]]:
        """Be sent without laws, which are functions, and fit them anew where it comes to."""
        return _with_laws, (replace(self.fitting, laws={}), self.engine)

    def do(
        self, one: Evaluation, /, *, ran: Callable[[], None], stop: Callable[[], bool]
    ) -> tuple[Evaluation, Floats]:
        """Do a run: each column by month (columns, months)."""
        experiment = self.fitting.experiment.model_copy(update={"engine": one.engine})
        model = self.fitting.model_at(np.array(one.scores))
        months = months_of(self.fitting, model, experiment=experiment, replication=one.replication, stop=stop)
        ran()
        return one, months

    def runs(self, _: Evaluation, /) -> int:
        """Count its runs."""
        return 1

    def apart(self, one: Evaluation, /) -> Sequence[Evaluation]:
        """Give it: there is nothing less."""
        return (one,)

    def lost(self, one: Evaluation, /, why: str) -> tuple[Evaluation, Floats]:
        """Raise ``RunFailed``: a fit goes on without none of its runs."""
        raise RunFailed(f"{one.engine}, replication {one.replication + 1}: {why}")


def _with_laws(fitting: Fitting, engine: str) -> CalibrationJob:
    laws = {name: fitted(one) for name, one in fitting.known.items()}
    return CalibrationJob(replace(fitting, laws=laws), engine)
