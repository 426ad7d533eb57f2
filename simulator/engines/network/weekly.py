"""What is set anew from week to week: rates, ways, lengths of stay, and the risks of those at home."""

import numpy as np

from simulator.compiler.program import Floats, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.pacing import sets_paces
from simulator.engines.network.mix import Mix


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


def set_sources(laid: Assembly, rates: Floats) -> Floats:
    """Give the sources the rates of first routes (firsts, H + 1); return the rates by source."""
    there = laid.sources.of >= 0
    found = np.bincount(laid.sources.of[there], weights=rates[there], minlength=len(laid.sources.cell))
    return np.asarray(found)


def set_risks(program: Program, laid: Assembly, *, mix: Mix, hazard: Floats, admitted: Floats) -> None:
    """Give lanes their risks a second: of dying outside beds (S), and of being admitted (origins, S, H)."""
    net, lanes, table = laid.net, laid.lanes, program.activities
    dying = np.broadcast_to(hazard[None, :, None], admitted.shape)
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    at_home = ~(table.resident[lanes.activity] | table.resident[of])
    rate = laid.folk.lane_rate(dying, mix.share, origins=laid.origins)
    net.lane_death[:] = np.where(at_home, rate, 0.0)
    net.lane_risk[:] = np.where(table.queue_is_resident[lanes.activity], 0.0, rate)
    ends = at_home & table.ends_on_admission[lanes.activity]
    cut = laid.folk.lane_rate(admitted, mix.share, origins=laid.origins)
    net.lane_cut[:] = np.where(ends, cut, 0.0)


def residents(program: Program, laid: Assembly) -> tuple[Floats, Floats]:
    """Give by lane how many are resident through it, and how many are in it, waiting or kept by it."""
    net, lanes, table = laid.net, laid.lanes, program.activities
    inside = np.add.reduceat(net.stage_stock, laid.stages.first[:-1]) if lanes.count else np.zeros(0)
    waiting = np.bincount(lanes.cell_lane, weights=net.cell_stock, minlength=lanes.count)
    held = lanes.cell_holder >= 0
    kept = np.bincount(lanes.cell_holder[held], weights=net.cell_stock[held], minlength=lanes.count)
    free = np.bincount(lanes.cell_lane[~held], weights=net.cell_stock[~held], minlength=lanes.count)
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    is_resident = table.resident[lanes.activity] | table.resident[of]
    queue = np.where(table.queue_is_resident[lanes.activity], free, 0.0)
    # Who waits with a place that is not resident for one where waiting is.
    elsewhere = held & table.queue_is_resident[lanes.activity[lanes.cell_lane]]
    elsewhere &= ~is_resident[lanes.cell_holder]
    queue += np.bincount(lanes.cell_lane[elsewhere], weights=net.cell_stock[elsewhere], minlength=lanes.count)
    return np.where(is_resident, inside + kept, 0.0) + queue, inside + waiting
