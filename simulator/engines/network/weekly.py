"""What is set anew from week to week: rates, ways, lengths of stay, and the risks of those at home."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_DURATION, DRIVES_PATIENCE
from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.bases import Bases
from simulator.engines.network.folk import Spots
from simulator.engines.network.kernels.net import STATION_FLOATS, STAY
from simulator.engines.network.kernels.pacing import sets_paces
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.terms import patience_laws, queue_terms

# Stays and patience that have changed by less leave the tables of queues as they are.
A_LITTLE = 0.05


def set_stays(laid: Assembly, mix: Mix) -> None:
    """Give stages and links the values of a mix."""
    net, stages = laid.net, laid.stages
    net.link_share[:] = mix.link_share
    mean = stages.part * mix.mean[stages.lane]
    if np.array_equal(mean, net.stage_mean) and net.stage_stays.any():
        return
    net.stage_mean[:] = mean
    structure = (stages.first, stages.enter, stages.next, stages.profile)
    changed = (net.stage_stays, net.stage_keeps, net.stage_left, net.stage_spent, net.lane_left)
    sets_paces(laid.grid.lengths, mean, structure, *changed)


def set_patience(laid: Assembly, times: Floats) -> None:
    """Multiply the patience of those at each activity (A), where stocks drive it."""
    net, written = laid.net, laid.patience
    by = np.where(written.activity >= 0, times[written.activity], 1.0)
    by = np.maximum(by, 1.0 / np.maximum(written.mean, 1.0))
    net.patience_mean[:], net.patience_equal[:] = written.mean * by, written.equal / by[:, None]


def set_terms(program: Program, laid: Assembly, *, mix: Mix, bases: Bases) -> list[int]:
    """Work out anew what shapes the queues where stocks drive stays or patience; list those of which it has
    changed by more than a little. What interventions do to stays is left out, as in all queues."""
    exchange, lanes, known = program.exchange, laid.lanes, laid.closures.terms
    if exchange is None:
        return []
    of = exchange.drive_target[np.isin(exchange.drive_of, (DRIVES_DURATION, DRIVES_PATIENCE))]
    mine = np.unique(lanes.station[np.isin(lanes.activity, of) & (lanes.station >= 0)])
    law = patience_laws(program, laid.nodes, lanes=lanes, mix=mix)
    plain = laid.mixing.without_schemes(mix, bases.durations)
    now = queue_terms(program, lanes, mix=plain, patience=law, times=bases.patience)
    found = []
    for station in mine.tolist():
        pairs = [(getattr(now, name), getattr(known, name)) for name in ("stay", "spread", "patience")]
        if any(abs(one[station] - was[station]) > A_LITTLE * was[station] for one, was in pairs):
            for one, was in pairs:
                was[station] = one[station]
            found.append(station)
    laid.net.station[:, STAY:STATION_FLOATS] = laid.closures.felt()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHome:
    """Which lanes are of people at home (as 1 or 0), of what ends on an admission, of what is waited for at
    home."""

    there: Floats
    ends: Floats
    waits: Floats


def lay_at_home(program: Program, lanes: Lanes) -> AtHome:
    """Find out who is at home."""
    table = program.activities
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    at_home = ~(table.resident[lanes.activity] | table.resident[of])
    ends = at_home & table.ends_on_admission[lanes.activity]
    waits = ~table.queue_is_resident[lanes.activity]
    return AtHome(
        there=at_home.astype(np.float64), ends=ends.astype(np.float64), waits=waits.astype(np.float64)
    )


def set_risks(laid: Assembly, home: AtHome, *, mix: Mix, hazard: Floats, needs: Floats) -> None:
    """Give lanes their risks a second: of dying outside beds (S), and of being admitted, by needs a year (N,
    S, H).

    Who dies in a bed leaves what is open at home too, unless the admission has ended it already.
    """
    net = laid.net
    rate, either, cut = laid.folk.rates_in_lanes(
        needs, hazard, residence=laid.residence, mix=mix, origins=laid.origins
    )
    net.lane_death[:] = rate * home.ends + either * (home.there - home.ends)
    net.lane_risk[:] = either * home.waits
    net.lane_cut[:] = cut * home.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayers:
    """Whose stocks count as resident: ``scale`` (lanes) of those inside, and for cells the lanes to which
    they count, because a resident place is kept, or because waiting itself is residence (-1 not). ``spots``
    where they can be."""

    scale: Floats
    keeping: Ints
    queuing: Ints
    spots: Spots


def lay_stayers(program: Program, laid: Assembly) -> Stayers:
    """Find out who is resident."""
    table, lanes = program.activities, laid.lanes
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    is_resident = table.resident[lanes.activity] | table.resident[of]
    held = lanes.cell_holder >= 0
    by_queue = table.queue_is_resident[lanes.activity[lanes.cell_lane]]
    keeps_resident = held & is_resident[lanes.cell_holder]
    keeping = np.where(keeps_resident, lanes.cell_holder, -1)
    queuing = np.where(by_queue & ~keeps_resident, lanes.cell_lane, -1)
    counts = is_resident.copy()
    counts[keeping[keeping >= 0]], counts[queuing[queuing >= 0]] = True, True
    scale = is_resident.astype(np.float64)
    return Stayers(scale=scale, keeping=keeping, queuing=queuing, spots=laid.folk.spots_in(counts))


def lay_everybody(laid: Assembly) -> Stayers:
    """Count everybody who is in a lane or waits for it."""
    lanes = laid.lanes
    return Stayers(
        scale=np.ones(lanes.count),
        keeping=lanes.cell_lane,
        queuing=np.full(len(lanes.cell_lane), -1),
        spots=laid.folk.spots,
    )


def by_origin(laid: Assembly, stayers: Stayers, *, share: Floats, found: Floats) -> None:
    """Spread the people who count over origin, segment and home (origins, S, H); ``share`` as of a mix."""
    net = laid.net
    stages = (net.stage_stock, laid.stages.first, stayers.scale)
    cells = (net.cell_stock, stayers.keeping, stayers.queuing)
    laid.folk.by_origin(stages, cells, spots=(stayers.spots, laid.origins), weight=share, found=found)
