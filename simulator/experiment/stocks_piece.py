"""One piece of work on stocks: every scenario once, baseline first; there is no chance in it."""

from collections.abc import Callable

from simulator.engines.network import Network
from simulator.engines.network.pasts import Pasts
from simulator.errors import Interrupted, RunFailed, SelfCheckFailed
from simulator.experiment.known_worlds import KnownWorlds
from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import observe_stocks
from simulator.experiment.pairing import Pairing
from simulator.experiment.parts import Piece
from simulator.experiment.stocks_pairing import pair_stocks
from simulator.experiment.work import Work, draw_and_replication

# Of this process: the worlds of a point, and of points that differ in what begins later, have one past.
PASTS = Pasts()
KNOWN = KnownWorlds()


def do_stocks_piece(
    work: Work, replication: int, *, ran: Callable[[], None], stop: Callable[[], bool]
) -> Piece:
    """Run every scenario of an experiment as stocks; raise ``Interrupted`` between two of them."""
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    baseline: Network | None = None
    seconds = {*work.differs.values()} - {0}
    for scenario, program in work.programs.items():
        if stop():
            raise Interrupted("Interrupted. What is finished is kept: the same command goes on from there.")
        known = None if work.pairs else KNOWN.of(program, scenario=scenario, replication=replication)
        if known is not None:
            observations[scenario] = known
            ran()
            continue
        try:
            network = Network(program)
            PASTS.run(network, seconds)
        except (RunFailed, SelfCheckFailed) as fault:
            raise type(fault)(f"scenario '{scenario}'{_of_draw(replication)}: {fault}") from fault
        observations[scenario] = observe_stocks(network, program, scenario=scenario, replication=replication)
        if not work.pairs:
            KNOWN.keeps(program, observations[scenario])
        elif baseline is None:
            baseline = network
        else:
            pairings[scenario] = pair_stocks(baseline, network, scenario=scenario, replication=replication)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)


def _of_draw(replication: int) -> str:
    """Say of which draw a run is; without draws there is one run, and nothing to say."""
    draw, _ = draw_and_replication(replication)
    return f", draw {draw}" if draw else ""
