"""What shapes each queue: how long places are held, how unevenly, and how patient those are who wait."""

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.closures import Terms
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import Nodes
from simulator.units import SECONDS_A_DAY

# Beyond this the rule of Allen and Cunneen overstates a queue for many places.
WIDEST = 2.0
HALF_DAY = SECONDS_A_DAY / 2


def queue_terms(program: Program, lanes: Lanes, *, mix: Mix, patience: Ints, times: Floats) -> Terms:
    """Work out the terms of every resource from who comes there in balance; ``patience`` the law by lane,
    ``times`` (A) what patience is multiplied by."""
    visits = lane_visits(lanes, mix)
    leaving = np.where(program.activities.leaving_profile[lanes.activity] != ABSENT, HALF_DAY, 0.0)
    own = lanes.station >= 0
    size = len(program.names.resources)

    def total(values: Floats, where: Ints, *, chosen: np.ndarray) -> Floats:
        return np.asarray(
            np.bincount(where[chosen], weights=values[chosen], minlength=size), dtype=np.float64
        )

    count = np.maximum(total(visits, lanes.station, chosen=own), 1e-30)
    mean = total(visits * (mix.mean + leaving), lanes.station, chosen=own) / count
    square = (
        total(visits * (mix.square + 2 * mix.mean * leaving + leaving**2), lanes.station, chosen=own) / count
    )
    kept = total(visits * mix.mean, lanes.place, chosen=lanes.is_held) / count
    spread = np.divide(square, mean * mean, out=np.ones_like(mean), where=mean > 0)
    return Terms(
        stay=mean + kept,
        spread=np.clip(0.5 * spread, 0.5, WIDEST),
        patience=_rates(program, lanes, visits=visits, law=patience, times=times[lanes.activity]),
    )


def lane_visits(lanes: Lanes, mix: Mix) -> Floats:
    """Give the visits a second of each lane."""
    inside = lanes.of >= 0
    return np.asarray(
        np.bincount(lanes.of[inside], weights=mix.visits[inside], minlength=lanes.count), dtype=np.float64
    )


def patience_laws(program: Program, nodes: Nodes, *, lanes: Lanes, mix: Mix) -> Ints:
    """Give the law of patience of each lane: that of the group that comes most."""
    node, home = np.nonzero(lanes.of >= 0)
    lane = lanes.of[node, home]
    order = np.lexsort((-np.arange(len(lane)), mix.visits[node, home], lane))
    last = order[np.append(lane[order][1:] != lane[order][:-1], True)]
    law = program.activities.patience_law[nodes.activity, nodes.group]
    found = np.full(lanes.count, ABSENT, dtype=np.int64)
    found[lane[last]] = law[node[last]]
    return found


def _rates(program: Program, lanes: Lanes, *, visits: Floats, law: Ints, times: Floats) -> Floats:
    """Give the rate of giving up of each resource: one over the mean patience, where anybody gives up."""
    mean = np.append(program.laws.mean, np.inf)[law]
    rate = np.where(law != ABSENT, 1.0 / np.maximum(mean * times, 1.0), 0.0)
    own = lanes.station >= 0
    size = len(program.names.resources)
    above = np.bincount(lanes.station[own], weights=(visits * rate)[own], minlength=size)
    below = np.bincount(lanes.station[own], weights=visits[own], minlength=size)
    return np.asarray(np.divide(above, below, out=np.zeros(size), where=below > 0))
