"""What is kept of every scenario's replications, in order: what a comparison is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.books import Books
from simulator.analysis.reading import Frame
from simulator.analysis.running import Running
from simulator.analysis.settled import Settled
from simulator.analysis.workforce_read import Staffing
from simulator.experiment.pairing import Pairing
from simulator.experiment.results import Results

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Values = dict[str, list[float | None]]


@dataclass(slots=True)
class Gathered:
    """What is kept of one scenario, filled replication by replication.

    ``since``: the second of the window from which it may differ from the baseline;
    ``values`` by measure, one a replication; ``series`` and ``differences`` (measures kept by period,
    periods); ``hours`` (R, 168, 3); ``counts`` by count, of all days; ``instants`` (replications) each
    (instants, R, 2); ``pairings`` (none for the baseline);
    ``moved`` (replications) each (ways, 2); ``paths`` and ``losses`` of collaborations, where losses feed
    back; ``staff`` where the model has any.
    """

    frame: Frame
    since: float = 0.0
    values: Values = field(default_factory=dict)
    series: Running | None = None
    differences: Running | None = None
    hours: Running | None = None
    counts: dict[str, list[Ints]] = field(default_factory=dict)
    instants: list[Ints | Floats] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    thirds: list[tuple[Floats, Floats]] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    books: list[Books] = field(default_factory=list)
    months: list[Books] = field(default_factory=list)
    paths: list[Floats] = field(default_factory=list)
    losses: list[Floats] = field(default_factory=list)
    staff: list[Staffing] = field(default_factory=list)
    moved: list[Ints | Floats] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """All scenarios gathered; ``by_period`` names the measures that the rows of every series stand for.

    ``draws``: each draw by itself, but for its series, with the models that it ran.
    """

    scenarios: Mapping[str, Gathered]
    by_period: tuple[str, ...]
    draws: tuple[tuple["Gathering", Results], ...] = ()

    def each(self, results: Results) -> tuple[tuple["Gathering", Results], ...]:
        """Give each draw with its own models; all there is, once, where all values are central."""
        return self.draws or ((self, results),)
