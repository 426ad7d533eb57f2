"""Several results folders side by side: what in them means the same."""

from simulator.analysis.folders.together import Stand, Together, read_together

__all__ = ["Stand", "Together", "read_together"]
