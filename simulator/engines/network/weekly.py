"""What is set anew from week to week: rates, ways, lengths of stay, and the risks of those at home."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_DURATION, DRIVES_PATIENCE
from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.bases import Bases
from simulator.engines.network.kernels.lives import sums_by_lane
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
    return found


def set_sources(laid: Assembly, rates: Floats) -> Floats:
    """Give the sources the rates of first routes (firsts, H + 1); return the rates by source."""
    there = laid.sources.of >= 0
    found = np.bincount(laid.sources.of[there], weights=rates[there], minlength=len(laid.sources.cell))
    return np.asarray(found)


def set_risks(program: Program, laid: Assembly, *, mix: Mix, hazard: Floats, admitted: Floats) -> None:
    """Give lanes their risks a second: of dying outside beds (S), and of being admitted (origins, S, H).

    Who dies in a bed leaves what is open at home too, unless the admission has ended it already.
    """
    net, lanes, table, folk = laid.net, laid.lanes, program.activities, laid.folk
    there = np.maximum(folk.people.sum(axis=1), 1e-9)
    usual = (admitted[-1] * folk.people).sum(axis=1) / there
    chance = np.divide(folk.dies_in_care, usual, out=np.zeros_like(usual), where=usual > 0)
    dying = np.broadcast_to(hazard[None, :, None], admitted.shape)
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    at_home = ~(table.resident[lanes.activity] | table.resident[of])
    ends = at_home & table.ends_on_admission[lanes.activity]
    rate = folk.lane_rate(np.ascontiguousarray(dying), mix.share, origins=laid.origins)
    either = folk.lane_rate(dying + admitted * chance[:, None], mix.share, origins=laid.origins)
    net.lane_death[:] = np.where(ends, rate, np.where(at_home, either, 0.0))
    net.lane_risk[:] = np.where(table.queue_is_resident[lanes.activity], 0.0, either)
    cut = folk.lane_rate(admitted, mix.share, origins=laid.origins)
    net.lane_cut[:] = np.where(ends, cut, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayers:
    """Whose stocks count as resident: ``scale`` (lanes) of those inside, and for cells the lanes to which
    they count, because a resident place is kept, or because waiting itself is residence (-1 not)."""

    scale: Floats
    keeping: Ints
    queuing: Ints


def lay_stayers(program: Program, lanes: Lanes) -> Stayers:
    """Find out who is resident."""
    table = program.activities
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    is_resident = table.resident[lanes.activity] | table.resident[of]
    held = lanes.cell_holder >= 0
    by_queue = table.queue_is_resident[lanes.activity[lanes.cell_lane]]
    keeps_resident = held & is_resident[lanes.cell_holder]
    return Stayers(
        scale=is_resident.astype(np.float64),
        keeping=np.where(keeps_resident, lanes.cell_holder, -1),
        queuing=np.where(by_queue & ~keeps_resident, lanes.cell_lane, -1),
    )


def residents(laid: Assembly, stayers: Stayers) -> Floats:
    """Give by lane how many are resident through it."""
    net, found = laid.net, np.empty(laid.lanes.count)
    cells = (net.cell_stock, stayers.keeping, stayers.queuing)
    sums_by_lane(net.stage_stock, laid.stages.first, cells, stayers.scale, found)
    return found


def everybody(laid: Assembly) -> Floats:
    """Give by lane how many are in it or wait for it."""
    net, found = laid.net, np.empty(laid.lanes.count)
    cells = (net.cell_stock, laid.lanes.cell_lane, np.full(len(net.cell_stock), -1))
    sums_by_lane(net.stage_stock, laid.stages.first, cells, np.ones(laid.lanes.count), found)
    return found
