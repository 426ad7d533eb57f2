"""A network laid out: everything that stands still during a run, and the stocks of the first second."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, STEADY, Floats, Ints, Program
from simulator.engines.network.bases import Bases
from simulator.engines.network.closure_kinds import MATCHING, Closure
from simulator.engines.network.closures import Closures, Patience, lay_closures, lay_patience
from simulator.engines.network.coming import Coming, usual_coming
from simulator.engines.network.folk import Folk
from simulator.engines.network.grid import STEP_SECONDS, Grid, lay_grid
from simulator.engines.network.kernels.net import (
    BEFORE,
    CELL_FIELDS,
    DIRECT_CELL,
    END_FIELDS,
    FREE_ROW,
    GOES_ON,
    HEADS,
    HELD,
    KEEPS,
    LANE_FIELDS,
    LANE_FLOATS,
    LANE_INTS,
    LETS_GO,
    MET_FIELDS,
    OWN_CELL,
    PATIENCE,
    PLACE,
    PLACES,
    PRIORITY,
    ROOM,
    SLOW_STAY,
    SPACING,
    STAGE_FIELDS,
    STATION,
    STATION_FIELDS,
    STATION_FLOATS,
    STATION_INTS,
    STAY,
    STEP_FIELDS,
    TABLE,
    TURN_MEAN,
    Net,
)
from simulator.engines.network.kernels.stays import HALF_DAY
from simulator.engines.network.lanes import DIRECT, Lanes
from simulator.engines.network.mix import FIRST_SWEEPS, Mix, Mixing, at_every_home, through
from simulator.engines.network.nodes import INSTEAD, OUT, Nodes
from simulator.engines.network.order import is_before_its_place, units
from simulator.engines.network.origins import origins, residence_of_needs
from simulator.engines.network.sources import Sources, first_rates, lay_sources, referral_rates
from simulator.engines.network.stages import Stages, lay_stages, shortest_stages
from simulator.engines.network.structure import lay_structure
from simulator.engines.network.terms import patience_laws, queue_terms
from simulator.engines.network.turns import TURN_STEPS, Turns, Units, lay_turns
from simulator.engines.records import WAIT_BINS
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR

# Places that are fewer than this share of those waited for do not make a queue.
FEW = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What one run is made of; ``coming`` as at first; ``origins`` (classes, N + 1), ``residence`` (N, S)."""

    nodes: Nodes
    lanes: Lanes
    grid: Grid
    sources: Sources
    stages: Stages
    folk: Folk
    mixing: Mixing
    mix: Mix
    coming: Coming
    origins: Floats
    residence: Floats
    closures: Closures
    patience: Patience
    net: Net


def assemble(
    program: Program, bases: Bases, *, step_seconds: int = STEP_SECONDS, closure: Closure = MATCHING
) -> Assembly:
    """Lay out a run with steps of such a length at most, its queues on a closure."""
    nodes, lanes = lay_structure(program)
    grid = lay_grid(program, step_seconds=step_seconds)
    folk = Folk(program, nodes, lanes=lanes, plain=bases.needs)
    mixing = Mixing(program, nodes, lanes=lanes)
    mixing.lasts(bases.durations)
    first = first_rates(
        nodes,
        needs=folk.plain * folk.people / SECONDS_A_YEAR,
        referrals=referral_rates(program, bases.referrals),
        share=at_every_home(nodes.first_share, homes=lanes.of.shape[1]),
    )
    outcome = through(lanes)
    mix = mixing.solve(first, outcome, rounds=FIRST_SWEEPS)
    sources = lay_sources(program, nodes, lanes=lanes, grid=grid)
    stages = lay_stages(mix.mean, mix.square, profile=program.activities.leaving_profile[lanes.activity])
    turns = lay_turns(
        program,
        lanes,
        grid=grid,
        units=units(program, lanes),
        turn_seconds=TURN_STEPS * step_seconds,
        shortest=shortest_stages(stages, mix.mean),
    )
    grid = turns.grid
    law = patience_laws(program, nodes, lanes=lanes, mix=mix)
    terms = queue_terms(program, lanes, mix=mix, patience=law, times=bases.patience)
    closures = lay_closures(program, lanes, grid=grid, terms=terms, closure=closure)
    patience = lay_patience(program, lanes, law=law)
    coming = usual_coming(nodes, lanes, mix=mix, first=first, outcome=outcome)
    return Assembly(
        nodes=nodes,
        lanes=lanes,
        grid=grid,
        sources=sources,
        stages=stages,
        folk=folk,
        mixing=mixing,
        mix=mix,
        coming=coming,
        origins=origins(program, nodes, coming=coming),
        residence=residence_of_needs(program, nodes),
        closures=closures,
        patience=patience,
        net=_net(program, lanes, grid=grid, parts=(sources, stages, closures, patience, turns)),
    )


Parts = tuple[Sources, Stages, Closures, Patience, Turns]


def _net(program: Program, lanes: Lanes, *, grid: Grid, parts: Parts) -> Net:
    """Bundle the arrays of the loops; what changes from week to week is set by ``weekly.py``."""
    make: Callable[..., Net] = Net
    return make(
        **_structure(program, lanes, grid=grid, parts=parts),
        **_settings(program, lanes, grid=grid, parts=parts),
        **_state(lanes, parts=parts),
        **_stations(program, lanes, parts=parts),
        **_records(program, lanes, grid=grid),
    )


def _structure(program: Program, lanes: Lanes, *, grid: Grid, parts: Parts) -> dict[str, Ints | Floats]:
    sources, stages, closures, patience, turns = parts
    first, lane, station = turns.units
    return {
        "unit_first": first,
        "unit_lane": lane,
        "unit_station": station,
        "unit_slow": turns.slow,
        "lane_is": _what_lanes_are(lanes, units=turns.units, closures=closures, patience=patience),
        "cell_first": lanes.cell_first,
        "cell_lane": lanes.cell_lane,
        "cell_holder": lanes.cell_holder,
        "lane_key": np.arange(lanes.count + 1) * lanes.kinds,
        "link_first": lanes.link_first,
        "link_cell": lanes.link_cell,
        "link_rule": _link_rules(lanes),
        **_onward(lanes),
        "stage_first": stages.first,
        "stage_next": stages.next,
        "stage_profile": stages.profile,
        "leaving_profile": np.unique(stages.profile[stages.profile >= 0]),
        "source_cell": sources.cell,
        "source_profile": sources.profile,
        "change_first": grid.change_first,
        "change_station": grid.change_station,
        "change_places": grid.change_places.copy(),
        "change_table": closures.change.copy(),
        "step_kind": grid.kind,
        "step_hour": grid.hour,
        "step_look": grid.look,
        "slow_kind": turns.kind,
        "in_window": np.zeros(1, dtype=np.int64),
        "kind_seconds": grid.lengths.astype(np.float64),
        "pace": sources.pace,
        "closure": closures.tables,
        "busy": closures.busy,
        "deviations": closures.closure.deviations.copy(),
        "resistance": closures.resistance,
        "patience_mean": patience.mean.copy(),
        "patience_equal": patience.equal.copy(),
    }


def _settings(program: Program, lanes: Lanes, *, grid: Grid, parts: Parts) -> dict[str, Floats]:
    sources, stages, _, _, _ = parts
    by_stage = (len(grid.lengths), len(stages.lane))
    return {
        "source_rate": np.zeros(len(sources.cell)),
        "link_share": np.zeros(len(lanes.link_cell)),
        "stage_mean": np.zeros(by_stage[1]),
        "stage_enter": stages.enter,
        **{name: np.zeros(by_stage) for name in ("stage_stays", "stage_keeps", "stage_left", "stage_spent")},
        "lane_left": np.zeros((by_stage[0], lanes.count)),
        "stage_step": np.zeros((*by_stage, STAGE_FIELDS)),
        "lane_step": np.zeros((by_stage[0], lanes.count, STEP_FIELDS)),
        "lane_ends": np.zeros((lanes.count, END_FIELDS)),
        "onward_share": np.zeros(len(_onward(lanes)["onward_link"])),
        **{
            name: np.zeros((by_stage[0], len(program.names.resources)))
            for name in ("turn_stays", "turn_keeps")
        },
        "leaving": np.zeros((len(sources.pace), 3)),
        **{name: np.zeros(lanes.count) for name in ("lane_death", "lane_risk", "lane_cut")},
        "lane_turns": _turning(program, lanes)[0],
        "cell_queues": _queues(program, lanes),
    }


def _what_lanes_are(lanes: Lanes, *, units: Units, closures: Closures, patience: Patience) -> Ints:
    # Of a lane's cells, those of no holder come first of all but those of who starts at once.
    own = lanes.cell_first[:-1]
    direct = lanes.cell_holder[own] == DIRECT
    found = np.zeros((lanes.count, LANE_INTS), dtype=np.int64)
    found[:, PLACE], found[:, STATION], found[:, HELD] = lanes.place, lanes.station, lanes.is_held
    found[:, FREE_ROW], found[:, ROOM] = closures.row, closures.room
    found[:, PATIENCE], found[:, PRIORITY] = patience.of, lanes.priority
    found[:, DIRECT_CELL], found[:, OWN_CELL] = np.where(direct, own, -1), own + direct
    found[:, BEFORE] = is_before_its_place(units, lanes)
    return found


def _stations(program: Program, lanes: Lanes, *, parts: Parts) -> dict[str, Ints | Floats]:
    closures, resources = parts[2], len(program.names.resources)
    found = np.zeros((resources, STATION_FLOATS))
    found[:, TURN_MEAN], found[:, SLOW_STAY] = _turning(program, lanes)[1], _slow_stays(program, closures)
    found[:, SPACING] = closures.terms.stay / np.maximum(program.resources.capacity, 1)
    found[:, STAY:] = closures.felt()
    numbers = np.zeros((resources, STATION_INTS), dtype=np.int64)
    numbers[:, PLACES], numbers[:, TABLE] = np.maximum(program.resources.capacity, 0), closures.first
    return {"station": found, "station_is": numbers}


def _link_rules(lanes: Lanes) -> Ints:
    """Say what becomes of the place on every way onward after a stay."""
    inside = lanes.link_cell >= 0
    holder = lanes.cell_holder[np.maximum(lanes.link_cell, 0)]
    is_held = lanes.is_held[lanes.cell_lane[np.maximum(lanes.link_cell, 0)]]
    goes_on = inside & (holder == DIRECT) & is_held
    return np.where(goes_on, GOES_ON, np.where(inside & (holder == lanes.link_lane), KEEPS, LETS_GO))


def _onward(lanes: Lanes) -> dict[str, Ints]:
    """List the links that lead to a cell after an ending of its own, by lane and kind."""
    links = np.flatnonzero((lanes.link_cell >= 0) & (lanes.link_kind < INSTEAD))
    keys = lanes.link_lane[links] * lanes.kinds + lanes.link_kind[links]
    return {
        "onward_first": np.searchsorted(keys, np.arange(lanes.count * lanes.kinds + 1)).astype(np.int64),
        "onward_link": links.astype(np.int64),
        "onward_cell": lanes.link_cell[links],
    }


def _queues(program: Program, lanes: Lanes) -> Floats:
    """Say which cells can hold a queue worth the name: not those whose people keep one of a few places.

    Four theatres cannot send more than four people to wait for 158 beds.
    """
    most = np.append(program.resources.capacity, 0)
    np.maximum.at(most, program.resources.change_resource, program.resources.change_capacity)
    most[-1] = 0
    holder = np.where(lanes.cell_holder >= 0, lanes.place[lanes.cell_holder], -1)
    here = most[lanes.station[lanes.cell_lane]]
    is_few = (holder >= 0) & (most[holder] > 0) & (most[holder] < FEW * here)
    return np.where(is_few, 0.0, 1.0)


def _slow_stays(program: Program, closures: Closures) -> Floats:
    """Give the stay of resources whose law cannot follow the hours: open always, held for days."""
    if not closures.closure.shifts:
        return np.zeros(len(program.names.resources))
    closed = np.zeros(len(program.names.resources), dtype=np.bool_)
    closed[program.resources.change_resource[program.resources.change_capacity == 0]] = True
    closed |= program.resources.capacity == 0
    stay = closures.terms.stay
    return np.where(~closed & (stay > SECONDS_A_DAY), stay, 0.0)


def _turning(program: Program, lanes: Lanes) -> tuple[Floats, Floats]:
    """Say which lanes' places are turned round, and how long that takes at each resource."""
    of = np.where(lanes.owner >= 0, lanes.owner, lanes.activity)
    law = program.activities.turnaround_law[of]
    turns = (law != ABSENT) & (lanes.place >= 0)
    mean = np.zeros(len(program.names.resources))
    for station in np.unique(lanes.place[turns]).tolist():
        mean[station] = float(program.laws.mean[law[turns & (lanes.place == station)]].mean())
    return turns.astype(np.float64), mean


def _state(lanes: Lanes, *, parts: Parts) -> dict[str, Ints | Floats]:
    stages, cells = parts[1], len(lanes.cell_lane)
    return {
        "cell_stock": np.zeros(cells),
        "cell": np.zeros((cells, CELL_FIELDS)),
        "stage_stock": np.zeros(len(stages.lane)),
        "lane": np.zeros((lanes.count, LANE_FLOATS)),
    }


def _records(program: Program, lanes: Lanes, *, grid: Grid) -> dict[str, Floats]:
    resources = len(program.names.resources)
    return {
        "lane_now": np.zeros((lanes.count, LANE_FIELDS)),
        "station_now": np.zeros((resources, STATION_FIELDS)),
        "link_flow": np.zeros(len(lanes.link_cell)),
        "ended": np.zeros(lanes.count * lanes.kinds),
        "waits": np.zeros((lanes.count, 2, WAIT_BINS)),
        "by_hour": np.zeros((168, resources, 3)),
        "hour_counts": np.zeros(168),
        "looked": np.zeros((grid.looks, resources, 2)),
        "looked_in": np.zeros((grid.looks, lanes.count)),
        "heads": np.zeros(HEADS),
        "met": np.zeros((lanes.count, MET_FIELDS)),
    }


def put_in_place(program: Program, laid: Assembly) -> float:
    """Put those of day one into their stocks; return how many heads they are."""
    day, net, stages = program.day_one, laid.net, laid.stages
    shares = np.diff(day.group_cumulative, prepend=0.0, axis=1)
    for activity in range(len(day.present)):
        number = float(
            day.present_mean[activity] if day.present[activity] == STEADY else day.present[activity]
        )
        waiting = float(day.waiting[activity])
        if number + waiting <= 0:
            continue
        lane_share = _lane_shares(program, laid, activity=activity, groups=shares[activity])
        for lane in np.flatnonzero(lane_share).tolist():
            own = slice(int(stages.first[lane]), int(stages.first[lane + 1]))
            usual = _spent(stages, own, mean=net.stage_mean)
            net.stage_stock[own] += number * lane_share[lane] * usual
            cell = alone(laid.lanes, lane)
            net.cell_stock[cell] += waiting * lane_share[lane]
            waited = int(day.waited_law[activity])
            mean = float(program.laws.mean[waited]) if waited != ABSENT else 0.0
            net.lane_age[lane] += waiting * lane_share[lane] * mean
    begin_as_usual(laid)
    return float(net.stage_stock.sum() + net.cell_stock.sum())


def begin_as_usual(laid: Assembly) -> None:
    """Take the numbers present at first for the usual ones."""
    net, lanes = laid.net, laid.lanes
    inside = np.add.reduceat(net.stage_stock, laid.stages.first[:-1]) if lanes.count else np.zeros(0)
    there = inside + np.bincount(lanes.cell_lane, weights=net.cell_stock, minlength=lanes.count)
    own = lanes.station >= 0
    net.usual[:] = np.bincount(lanes.station[own], weights=there[own], minlength=len(net.usual))
    net.inside[:] = np.bincount(lanes.station[own], weights=inside[own], minlength=len(net.usual))
    net.queueing[:] = net.usual - net.inside
    # As uneven as what comes at random.
    net.variance[:], net.was_present[:] = net.usual, net.usual


def alone(lanes: Lanes, lane: int) -> int:
    """Give the cell of those who wait and hold nothing."""
    cells = range(int(lanes.cell_first[lane]), int(lanes.cell_first[lane + 1]))
    return next(cell for cell in cells if lanes.cell_holder[cell] == OUT)


def _spent(stages: Stages, own: slice, *, mean: Floats) -> Floats:
    """Share a lane's people over its stages as at rest: the time spent in each."""
    carried, late, spent = 0.0, 0.0, []
    for stage in range(own.start, own.stop):
        leaving = stages.profile[stage] >= 0
        coming = late if leaving else carried + stages.enter[stage]
        spent.append(coming * (HALF_DAY if leaving else mean[stage]))
        carried = coming if stages.next[stage] == 1 else 0.0
        late += coming if stages.next[stage] == 2 else 0.0
    total = sum(spent)
    return np.array(spent) / total if total > 0 else np.array([1.0] + [0.0] * (len(spent) - 1))


def _lane_shares(program: Program, laid: Assembly, *, activity: int, groups: Floats) -> Floats:
    """Share the people of an activity over its lanes."""
    found = np.zeros(laid.lanes.count)
    homes = np.append(laid.folk.home_share, 1.0)
    there = np.flatnonzero(groups > 0).tolist()
    of_group = ((laid.nodes.place_of.get((activity, -1, -1, one)), one) for one in there)
    known = np.array([pair for pair in of_group if pair[0] is not None], dtype=np.int64).reshape(-1, 2)
    lane, part = laid.lanes.of[known[:, 0]], groups[known[:, 1], None] * homes
    np.add.at(found, lane[lane >= 0], part[lane >= 0])
    return found
