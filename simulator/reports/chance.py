"""Whether a figure has chance in it: people followed one by one have, stocks have not."""

from simulator.definition.experiment import STOCKS
from simulator.experiment.results import Results


def has_chance(results: Results) -> bool:
    """Say whether another replication would have come out otherwise."""
    return results.manifest.engine != STOCKS


def has_intervals(results: Results) -> bool:
    """Say whether figures have intervals at all: over replications, or over draws of what nobody knows."""
    return has_chance(results) or results.draws > 0
