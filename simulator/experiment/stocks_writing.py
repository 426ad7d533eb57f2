"""A run of the network as stocks about to be written up: what several parts of the observation go by."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.accounts import driven_prices, moved_pence
from simulator.compiler.program import Program
from simulator.engines.network.clocks import Measured, clock_spans
from simulator.engines.network.lending import helped_by_cell
from simulator.engines.network.network import Network
from simulator.engines.network.rows import Places, places_of, resource_series, row_totals
from simulator.engines.records import AVAILABLE_AREA, USED_AREA, ExchangeRecords
from simulator.experiment.stocks_costs import Costs, costs_of
from simulator.experiment.window import periods

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Series of ``resources`` (P, R, RESOURCE_FIELDS); where places are lent ``starts`` (P, B) in partners'
    places and the ``pence`` that falls on others by them (P, A, O)."""

    resources: Floats
    starts: Floats | None
    pence: Floats | None


@dataclass(frozen=True)
class Writing:
    """A network that has run. What was asked once is kept; nothing of the network changes any more."""

    network: Network
    asked: Program

    @cached_property
    def met(self) -> ExchangeRecords | None:
        """Give what was met of stocks of a file."""
        return None if self.network.meeting is None else self.network.meeting.records()

    @cached_property
    def program(self) -> Program:
        """Give the program with the prices that stocks drove."""
        means = None if self.met is None else self.met.price_means
        prices = driven_prices(self.asked.prices, self.asked.exchange, means=means)
        return replace(self.asked, prices=prices)

    @cached_property
    def first(self) -> int:
        """Give the first period of the window."""
        return periods(self.asked.calendar).first

    @cached_property
    def window(self) -> Floats:
        """Add up the lanes over the window."""
        return np.asarray(self.network.tally.lanes[self.first :].sum(axis=0))

    @cached_property
    def places(self) -> Places:
        """Find wherever a case can be."""
        return places_of(self.program, self.network.laid, share=self.network.tally.share)

    @cached_property
    def totals(self) -> Floats:
        """Spread what lanes added up over the window over record rows."""
        return row_totals(self.program, self.places, lanes=self.window)

    @cached_property
    def spans(self) -> list[list[Measured]]:
        """Measure the clocks."""
        network = self.network
        return clock_spans(self.program, network.laid, tally=network.tally, lanes=self.window)

    @cached_property
    def costs(self) -> Costs:
        """Price what was done, before anybody helped."""
        return costs_of(self.program, self.places, lanes=self.network.tally.lanes)

    @cached_property
    def help(self) -> Help:
        """Give the series of resources, places lent counted where they came from, and what lending did."""
        network, pacts = self.network, self.program.pacts
        resources = resource_series(self.program, network.laid, tally=network.tally)
        if network.lending is None or pacts is None:
            return Help(resources=resources, starts=None, pence=None)
        lent = network.lending.lent_seconds
        available, used = resources[:, :, AVAILABLE_AREA], resources[:, :, USED_AREA]
        busy = np.minimum(np.divide(used, available, out=np.zeros_like(used), where=available > 0), 1.0)
        done = lent * busy[:, None, :]
        for field, moved in ((AVAILABLE_AREA, lent), (USED_AREA, done)):
            resources[:, :, field] += moved.sum(axis=2) - moved.sum(axis=1)
        helped = helped_by_cell(self.program, network.laid, used=done, share=network.tally.share)
        return Help(
            resources=resources,
            starts=np.asarray(helped[..., 0].sum(axis=2)),
            pence=moved_pence(self.program, pacts, done=helped),
        )
