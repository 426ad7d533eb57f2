"""What is asked of a run, besides its program."""

from typing import Required, TypedDict

from simulator.engines.demand import Demand
from simulator.engines.months import OtherWorld


class Asked(TypedDict, total=False):
    """What is asked of a run.

    ``demand`` may be shared by the scenarios of a replication; ``tracked`` names needs (indices) whose use
    by person and quarter is kept besides those that some eligibility reads, so that a baseline can answer for
    those enrolled in another world. ``other_world`` takes the months of a baseline, or has them, where losses
    feed back.
    """

    seed: Required[int]
    replication: Required[int]
    demand: Demand | None
    tracked: tuple[int, ...]
    keeps_log: bool
    other_world: OtherWorld | None
