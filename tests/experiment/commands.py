"""What writes a results folder, so small that it takes a moment: a run, a sweep, a search, a calibration."""

from collections.abc import Callable
from pathlib import Path

from analysis.calibration.clinic import A_DAY, DAYS_STAYED, clinic, figures
from analysis.seek.servers import search
from experiment.sweep.conftest import written_sweep
from experiment.ward import ward_experiment

from simulator.analysis.calibration import calibrate_as_asked
from simulator.analysis.precision import run_as_asked
from simulator.analysis.seek import seek_as_asked
from simulator.analysis.sweep import sweep_as_asked
from simulator.definition.experiments import load_experiment

WRITES = ("run", "sweep", "seek", "calibrate")


def writer(folder: Path, kind: str) -> Callable[[Path], object]:
    """Write the files of an experiment of a kind into a folder; give what writes its results."""
    folder.mkdir()
    if kind == "run":
        ward = ward_experiment(folder, "horizon='4 weeks'", "replications=2")
        return lambda out: run_as_asked(ward, out=out, workers=1)
    if kind == "sweep":
        sizes = load_experiment(written_sweep(folder), settings=("horizon='4 weeks'", "replications=1"))
        return lambda out: sweep_as_asked(sizes, out=out, workers=1)
    if kind == "seek":
        target = "resource.servers.occupancy_mean <= 0.5"
        servers = search(folder, "engine=stocks", "horizon=20 days", "seek.to=7", target=target)
        return lambda out: seek_as_asked(servers, out=out, workers=1)
    fitted = clinic(folder, figures(a_day=A_DAY, days=DAYS_STAYED))
    return lambda out: calibrate_as_asked(fitted, out=out, workers=1)


def bytes_of_parts(folder: Path) -> dict[str, bytes]:
    """Give the parts that a results folder holds, and those of folders within it."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("parts/*.parquet"))}
