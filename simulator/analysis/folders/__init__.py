"""Several results folders side by side: what in them means the same."""

from simulator.analysis.folders.naming import check_names
from simulator.analysis.folders.stands import RunStand, Stand, SweepStand
from simulator.analysis.folders.together import Together, read_together

__all__ = ["RunStand", "Stand", "SweepStand", "Together", "check_names", "read_together"]
