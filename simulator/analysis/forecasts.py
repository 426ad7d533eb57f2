"""How many replications there will have to be, and how long they take, told from the first of them."""

import math

from simulator.definition.experiment import Experiment, UntilPrecise

GROWTH = 1.25
FASTEST = 2.0
SECONDS_A_MINUTE, SECONDS_AN_HOUR = 60, 3600
TOO_LONG_TO_SAY = 100


def next_count(count: int, ahead: int, *, at_most: int) -> int:
    """Say how many replications there should be next: as many as are foreseen, a quarter more to twice."""
    least, most = math.ceil(count * GROWTH), math.ceil(count * FASTEST)
    return min(at_most, max(least, min(ahead, most)))


def forecast_of_run(experiment: Experiment, ahead: int, *, seconds_a_run: float | None) -> str:
    """Say how many replications a run until precise will take, foreseen after the first."""
    limits = experiment.replications
    assert isinstance(limits, UntilPrecise)
    wanted = min(ahead, limits.at_most)
    runs = (wanted - limits.at_least) * len(experiment.scenarios)
    short = f"; at_most = {limits.at_most:,} will hardly be enough" if ahead > limits.at_most else ""
    longer = in_time(runs, seconds_a_run)
    return f"After {limits.at_least:,} replications: about {wanted:,} in all{short}{longer}."


def in_time(runs: int, seconds_a_run: float | None) -> str:
    """Say how much longer so many runs take, if it is known how long one takes."""
    if seconds_a_run is None:
        return ""
    seconds = runs * seconds_a_run
    if seconds < TOO_LONG_TO_SAY:
        return f", about {seconds:.0f} s more"
    if seconds < TOO_LONG_TO_SAY * SECONDS_A_MINUTE:
        return f", about {seconds / SECONDS_A_MINUTE:.0f} min more"
    return f", about {seconds / SECONDS_AN_HOUR:.0f} h more"
