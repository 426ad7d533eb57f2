"""Fitting uncertain values to monthly figures: the fit, how far off it is, and what is written of it."""

from simulator.analysis.calibration.asked import calibrate_as_asked
from simulator.analysis.calibration.folder import finished_or_not_there
from simulator.analysis.calibration.written import write_calibration

__all__ = ["calibrate_as_asked", "finished_or_not_there", "write_calibration"]
