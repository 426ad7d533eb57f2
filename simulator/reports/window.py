"""The days that count, as dates."""

from datetime import date, timedelta

from simulator.definition.experiment import starts_of
from simulator.experiment.results import Results


def first_day(results: Results) -> date:
    """Give the first day that counts."""
    return starts_of(results.experiment, results.model.starts)


def last_day(results: Results) -> date:
    """Give the last day that counts, begun or whole."""
    return first_day(results) + timedelta(seconds=float(results.experiment.horizon.value) - 1)
