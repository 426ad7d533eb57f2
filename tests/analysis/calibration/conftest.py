"""A calibration of the clinic, made once."""

import pytest
from analysis.calibration.clinic import A_DAY, DAYS_STAYED, MORE, clinic, figures

from simulator.analysis.calibration import calibrate_as_asked
from simulator.analysis.calibration.asked import Calibrated


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Calibrated:
    """Fit the clinic once; its outcome is not written."""
    months = figures(a_day=A_DAY, days=DAYS_STAYED, last=(MORE,) * 4)
    folder = tmp_path_factory.mktemp("fit")
    return calibrate_as_asked(clinic(folder, months), out=folder / "out")
