"""One piece of work on stocks: every scenario once, baseline first; there is no chance in it."""

from collections.abc import Callable, Set

from simulator.compiler.memory import Memory
from simulator.compiler.program import Program
from simulator.engines.months import OtherWorld
from simulator.engines.network import Network
from simulator.engines.network.pasts import Pasts
from simulator.errors import Interrupted, RunFailed, SelfCheckFailed
from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import observe_stocks
from simulator.experiment.on_demand import OnDemand
from simulator.experiment.pairing import Pairing
from simulator.experiment.parts import Piece
from simulator.experiment.stocks_pairing import pair_stocks
from simulator.experiment.stocks_writing import Writing
from simulator.experiment.work import Work, draw_and_replication

# A network of a whole place is some 10 MB: one of each world of a point, in most experiments.
KEPT = 3
# Of this process: the worlds of a point, and of points that differ in what begins later, have one past; and
# the same program is the same observation, whichever point asks.
PASTS = Pasts()
KNOWN = Memory[OnDemand](KEPT)


def do_stocks_piece(
    work: Work, replication: int, *, ran: Callable[[], None], stop: Callable[[], bool]
) -> Piece:
    """Run every scenario of an experiment as stocks; raise ``Interrupted`` between two of them.

    Where worlds are not matched, one that is known already is not counted again: a point of a sweep that
    changes what is on in one scenario alone leaves the other worlds as they were. Where losses feed back they
    are against the months of the baseline before them.
    """
    observations: dict[str, Observation] = {}
    pairings: dict[str, Pairing] = {}
    baseline: Network | None = None
    months = OtherWorld()
    seconds = {*work.differs.values()} - {0}
    for scenario, program in work.programs.items():
        if stop():
            raise Interrupted
        other = months if not observations else months.for_reading()
        here = _World(program, scenario=scenario, replication=replication, other=other)
        if not work.pairs:
            observations[scenario] = here.known(seconds)
            ran()
            continue
        network = here.run(seconds)
        observations[scenario] = here.observation(network)
        if baseline is None:
            baseline = network
        else:
            pairings[scenario] = pair_stocks(baseline, network, scenario=scenario, replication=replication)
        ran()
    return Piece(replication=replication, observations=observations, pairings=pairings)


class _World:
    """One scenario of one replication."""

    def __init__(self, program: Program, *, scenario: str, replication: int, other: OtherWorld) -> None:
        self._program, self._scenario, self._replication = program, scenario, replication
        self._other = other

    def run(self, seconds: Set[int]) -> Network:
        """Lay it out and run it; keep where it is at some seconds for others."""
        try:
            network = Network(self._program, other_world=self._other)
            PASTS.run(network, seconds)
        except (RunFailed, SelfCheckFailed) as fault:
            said = f"scenario '{self._scenario}'{_of_draw(self._replication)}: {fault}"
            raise type(fault)(said) from fault
        return network

    def observation(self, network: Network) -> Observation:
        """Write it up once it has run."""
        return observe_stocks(network, self._program, scenario=self._scenario, replication=self._replication)

    def known(self, seconds: Set[int]) -> OnDemand:
        """Give what is known of its program, or run it; in its own name, written up as far as it is read.

        What it is against is not in its program, so a world in which losses feed back is always run.
        """
        if self._program.feedback is not None:
            return self._on_demand(self.run(seconds))
        found = KNOWN.give(self._program.fingerprint, lambda: self._on_demand(self.run(seconds)))
        return found.named(self._scenario, replication=self._replication)

    def _on_demand(self, network: Network) -> OnDemand:
        run = Writing(network, self._program)
        return OnDemand(run, scenario=self._scenario, replication=self._replication)


def _of_draw(replication: int) -> str:
    """Say of which draw a run is; without draws there is one run, and nothing to say."""
    draw, _ = draw_and_replication(replication)
    return f", draw {draw}" if draw else ""
