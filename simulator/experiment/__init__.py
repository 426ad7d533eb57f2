"""Many runs on purpose: scenarios, replications, results on disk."""

from simulator.experiment.results import Results
from simulator.experiment.run import load_results, run_experiment

__all__ = ["Results", "load_results", "run_experiment"]
