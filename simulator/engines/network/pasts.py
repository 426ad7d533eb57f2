"""What has been is not run again: a network goes on from where another was that surely did the same so far.

Sure it is if nothing that differs between the two programs is felt before (``first_difference``), no
intervention has begun, both were laid out alike to the last bit (all arrays of the loops at second 0, and of
what goes by time all that comes before), and neither meets stocks of a file, lends places or has losses that
feed back.
"""

import threading
from collections import deque
from collections.abc import Set
from dataclasses import dataclass, fields

import numpy as np

from simulator.compiler.first_difference import first_difference
from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.acting import acting
from simulator.engines.network.felt import Felt
from simulator.engines.network.kernels.net import Net
from simulator.engines.network.known import Known
from simulator.engines.network.mix import Mix
from simulator.engines.network.network import Network
from simulator.engines.network.queue import Setting

KEPT = 4
# What of the loops goes by time: compared as far as the second shared, and never copied.
BY_STEP = ("step_kind", "step_hour", "step_look", "slow_kind")
BY_CHANGE = ("change_station", "change_places", "change_table")
TIMED = (*BY_STEP, *BY_CHANGE, "change_first", "pace")
# What is written down of interventions: nothing, before one begins.
OF_SCHEMES = ("averted", "enrolled", "newly", "moves")

OF_NODES = ("activity", "owner", "move", "group", "first_node", "first_share", "first_need", "first_segment")
OF_WAYS = ("start", "kind", "end", "share", "move")

Arrays = dict[str, Floats | Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Where a network was at a ``second``, what it was like at second 0, and the steps until then."""

    program: Program
    second: int
    begun: Arrays
    steps: Arrays
    state: Arrays
    mix: Mix
    settings: dict[int, Setting]
    since: float
    durations: Floats
    known: Known | None
    felt: Felt


class Pasts:
    """The pasts of the last few networks; threads may share them."""

    def __init__(self) -> None:
        self._kept: deque[Past] = deque(maxlen=KEPT)
        self._lock = threading.Lock()

    def run(self, network: Network, seconds: Set[int]) -> int:
        """Run a network that was just laid out to its end, from the latest past that is surely its own; keep
        where it is at the last blocks that begin not after ``seconds``, for others. Say from which second it
        was run."""
        if any(one is not None for one in (network.meeting, network.lending, network.monthly)):
            network.run()
            return 0
        begun = {name: one.copy() for name, one in _arrays(network).items()}
        past = self._of(network, begun)
        if past is not None:
            _goes_on(network, past)
            begun = past.begun
        for second in sorted(one for one in seconds if one <= _first(network.asked)):
            at = int(network.cuts[network.cuts <= second][-1])
            if at > network.second:
                network.goes(until=at)
                self._keep(_past(network, begun))
        network.run()
        return 0 if past is None else past.second

    def _keep(self, past: Past) -> None:
        with self._lock:
            self._kept.append(past)

    def _of(self, network: Network, begun: Arrays) -> Past | None:
        """Give the latest past that is surely a network's own."""
        with self._lock:
            known = list(self._kept)
        own = [past for past in reversed(known) if _is_own(past, network, begun=begun)]
        return max(own, key=lambda past: past.second, default=None)


def _first(program: Program) -> int:
    """Give the second at which the first intervention begins that acts on anything of care."""
    begins = program.interventions.first_second[acting(program)]
    return int(begins.min(initial=program.calendar.end_second))


def _is_own(past: Past, network: Network, *, begun: Arrays) -> bool:
    """Say whether a network, as it was ``begun``, surely does what a past tells of."""
    program, second = network.asked, past.second
    return (
        np.array_equal(past.program.needs.rate, program.needs.rate)
        and second <= _first(program)
        and second in network.cuts
        and _same(past.begun, begun)
        and _same(past.steps, _steps(network, second))
        and first_difference(past.program, program) >= second
    )


def _same(one: Arrays, other: Arrays) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(array, other[name], equal_nan=array.dtype.kind == "f") for name, array in one.items()
    )


def _past(network: Network, begun: Arrays) -> Past:
    return Past(
        program=network.asked,
        second=network.second,
        begun=begun,
        steps=_steps(network, network.second),
        state={name: one.copy() for name, one in _arrays(network).items()},
        mix=network.mix,
        settings=dict(network.settings),
        since=network.since.seconds,
        durations=network.switches.times,
        known=network.known,
        felt=network.switches.felt.copy(),
    )


def _goes_on(network: Network, past: Past) -> None:
    """Let a network be where a past was."""
    for name, one in _arrays(network).items():
        one[...] = past.state[name]
    network.mix, network.settings, network.since.seconds = past.mix, dict(past.settings), past.since
    network.switches.times, network.known = past.durations, past.known
    network.switches.felt = past.felt.copy()
    network.stands_at(past.second)


def _arrays(network: Network) -> Arrays:
    """Name all arrays that say where a network is, and those by which it goes on."""
    net, folk, mixing = network.net, network.folk, network.laid.mixing
    found: Arrays = {f"net.{name}": getattr(net, name) for name in Net._fields if name not in TIMED}
    for noun, skipped in ((network.tally, OF_SCHEMES), (network.since, ("seconds",))):
        found |= {
            f"{type(noun).__name__}.{field.name}": getattr(noun, field.name)
            for field in fields(noun)
            if field.name not in skipped
        }
    found |= {f"living.{name}": getattr(folk.living, name) for name in ("people", "laws", "passed")}
    found |= {"mean": mixing.mean, "square": mixing.square, "way_share": mixing.way_share}
    return found | {"dies_in_care": folk.dies_in_care, "origins": network.laid.origins}


def _steps(network: Network, second: int) -> Arrays:
    """Give what goes by time until a second: blocks, steps, changes of places and paces; and the structure
    that the loops do not know."""
    net, grid, nodes, lanes = network.net, network.laid.grid, network.laid.nodes, network.laid.lanes
    step, block = int(np.searchsorted(grid.second, second)), int(np.searchsorted(network.cuts, second))
    changes = int(net.change_first[step])
    return {
        "cuts": network.cuts[: block + 1],
        "usual": network.usual[:block],
        "lengths": grid.lengths,
        "second": grid.second[: step + 1],
        "change_first": net.change_first[: step + 1],
        "pace": net.pace[:, :step],
        **{name: getattr(net, name)[:step] for name in BY_STEP},
        **{name: getattr(net, name)[:changes] for name in BY_CHANGE},
        "station": network.laid.closures.station,
        "places": network.laid.closures.places,
        "visits": network.laid.mix.visits,
        "of": lanes.of,
        "way_link": lanes.way_link,
        **{f"nodes.{name}": getattr(nodes, name) for name in OF_NODES},
        **{f"ways.{name}": getattr(nodes.ways, name) for name in OF_WAYS},
    }
