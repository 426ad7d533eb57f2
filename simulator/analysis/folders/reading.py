"""Results folders read to be compared: runs and sweeps; anything else is refused with what would be right."""

from pathlib import Path

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.sweep.asked import load_sweep
from simulator.analysis.sweep.estimates import SweepEstimates, estimates_of
from simulator.errors import OutputError
from simulator.experiment.folder import finished_manifest
from simulator.experiment.provenance import STOCK_SWEEP, SWEEP
from simulator.experiment.run import load_results

Held = Comparison | SweepEstimates


def read_held(folder: Path) -> Held:
    """Read what a finished folder of a run or a sweep holds; raise ``OutputError`` where it holds neither."""
    if folder.is_file():
        raise OutputError(
            f"{folder}: is a file; name the results folder of a run or a sweep. A table of 'downstream "
            "stocks --points' has no scenarios that could be compared; any program reads its columns."
        )
    kind = finished_manifest(folder).kind
    if kind == STOCK_SWEEP:
        raise OutputError(
            f"{folder}: holds a {kind} alone, which has one scenario and no measures of a place, so nothing "
            "to compare with a baseline. Its page and tables say what drives it; name the results folders of "
            "runs and sweeps, or of designs over stocks alone."
        )
    if kind == SWEEP:
        return estimates_of(load_sweep(folder))
    return compare(load_results(folder))
