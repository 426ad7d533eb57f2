"""What half the interval of an exchange changes: a check that stocks and people meet often enough."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.program import Exchange, Program
from simulator.definition.experiment import STOCKS
from simulator.engines.demand import Demand
from simulator.engines.network import Network
from simulator.engines.records import ExchangeRecords
from simulator.engines.simulating import Setting, begin
from simulator.errors import RunFailed
from simulator.experiment.work import Work
from simulator.units import SECONDS_A_DAY, in_words

HALF = "Half the interval of the exchange"
THE_BASELINE, FIRST_REPLICATION = "the baseline", "the first replication of the baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What half the interval changes most: a stock, by which share of its largest, and when."""

    of: str
    stock: str
    share: float
    days: float
    seconds: int

    def __str__(self) -> str:
        """Say it in a sentence."""
        return (
            f"{HALF} ({in_words(self.seconds)}) changes the stocks of {self.of} "
            f"by at most {self.share:.2g} of their largest ({self.stock}, on day {self.days:.4g})."
        )


def half_interval_note(work: Work) -> str | None:
    """Run the baseline's first replication at the interval and at half of it, and say what that changes.

    Nothing where there is no exchange, or its interval is no whole number of seconds when halved.
    """
    program = next(iter(work.programs.values()))
    if program.exchange is None or program.exchange.every_seconds % 2:
        return None
    finer = replace(program, exchange=halved(program.exchange))
    demand = Demand(program, seed=work.seed, replication=0)
    coarse = _records(work, program, demand=demand)
    try:
        fine = _records(work, finer, demand=demand)
    except RunFailed as failed:
        return f"{HALF}: the run fails with it: {failed}"
    found = difference(program, coarse, fine=fine)
    if found is None:
        return None
    return str(replace(found, of=THE_BASELINE) if work.engine == STOCKS else found)


def halved(exchange: Exchange) -> Exchange:
    """Give an exchange at half the interval; the stocks' step is halved only where it has to be."""
    if exchange.steps % 2 == 0:
        return replace(exchange, every_seconds=exchange.every_seconds // 2, steps=exchange.steps // 2)
    timing = exchange.system.timing
    finer = replace(exchange.system, timing=replace(timing, step=timing.step / 2))
    return replace(exchange, every_seconds=exchange.every_seconds // 2, system=finer)


def difference(program: Program, coarse: ExchangeRecords, *, fine: ExchangeRecords) -> Difference | None:
    """Compare the stocks at the moments that both wrote down; nothing where there is none."""
    assert program.exchange is not None
    shared, one, other = np.intersect1d(coarse.second, fine.second, return_indices=True)
    if not len(shared) or not coarse.stocks.shape[1]:
        return None
    first, second = coarse.stocks[one], fine.stocks[other]
    largest = np.maximum(np.abs(first).max(axis=0), np.abs(second).max(axis=0))
    apart = np.abs(first - second) / np.where(largest > 0, largest, 1.0)
    at, stock = (int(place) for place in np.unravel_index(int(np.argmax(apart)), apart.shape))
    return Difference(
        of=FIRST_REPLICATION,
        stock=program.exchange.stocks[stock],
        share=float(apart[at, stock]),
        days=(int(shared[at]) - program.calendar.warm_up_seconds) / SECONDS_A_DAY,
        seconds=program.exchange.every_seconds // 2,
    )


def _records(work: Work, program: Program, *, demand: Demand) -> ExchangeRecords:
    if work.engine == STOCKS:
        network = Network(program)
        network.run()
        assert network.meeting is not None
        return network.meeting.records()
    setting = Setting(seed=work.seed, replication=0, demand=demand)
    found = begin(program, setting, engine=work.engine).finish().exchange
    assert found is not None
    return found
