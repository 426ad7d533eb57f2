"""Whether a figure has chance in it: people followed one by one have, stocks have not."""

from simulator.definition.experiment import STOCKS
from simulator.experiment.results import Results


def has_chance(results: Results) -> bool:
    """Say whether another replication would have come out otherwise."""
    return results.manifest.engine != STOCKS
