"""One piece of work on stocks: every scenario once, baseline first; there is no chance in it."""

from collections.abc import Callable

from simulator.engines.network import Network
from simulator.errors import Interrupted, RunFailed, SelfCheckFailed
from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import observe_stocks
from simulator.experiment.pairing import Pairing
from simulator.experiment.parts import Piece
from simulator.experiment.stocks_pairing import pair_stocks
from simulator.experiment.work import Work, draw_and_replication


def do_stocks_piece(
    work: Work, replication: int, *, ran: Callable[[], None], stop: Callable[[], bool]
) -> Piece:
    """Run every scenario of an experiment as stocks; raise ``Interrupted`` between two of them."""
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    baseline: Network | None = None
    for scenario, program in work.programs.items():
        if stop():
            raise Interrupted("Interrupted. What is finished is kept: the same command goes on from there.")
        try:
            network = Network(program)
            network.run()
        except (RunFailed, SelfCheckFailed) as fault:
            raise type(fault)(f"scenario '{scenario}'{_of_draw(replication)}: {fault}") from fault
        observations[scenario] = observe_stocks(network, program, scenario=scenario, replication=replication)
        if baseline is None:
            baseline = network
        elif work.pairs:
            pairings[scenario] = pair_stocks(baseline, network, scenario=scenario, replication=replication)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)


def _of_draw(replication: int) -> str:
    """Say of which draw a run is; without draws there is one run, and nothing to say."""
    draw, _ = draw_and_replication(replication)
    return f", draw {draw}" if draw else ""
