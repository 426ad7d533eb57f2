"""The closures of a run: one table for each resource and each capacity that it ever has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_PATIENCE
from simulator.compiler.program import ABSENT, NO_LIMIT, Floats, Ints, Program
from simulator.engines.network.closure_kinds import Closure
from simulator.engines.network.driven_places import NOBODYS, driven_rows
from simulator.engines.network.grid import Grid
from simulator.engines.network.kernels.net import BUSY, CELLS, FREE
from simulator.engines.network.lanes import Lanes, overflows
from simulator.engines.network.law_moments import giving_up
from simulator.engines.network.levels import levels_beside
from simulator.engines.network.matching import Matching
from simulator.engines.network.queue import Queue, Setting
from simulator.engines.network.stationary import EVERYBODY

UNLIMITED = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What shapes each resource's queue (R): ``stay`` in its places, seconds; ``spread`` (1 + cv²) ÷ 2 of it;
    ``patience`` the rate of giving up, a second."""

    stay: Floats
    spread: Floats
    patience: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """``tables`` (T, cells + 1, rows), and the row of those ``busy`` apart, of ``station`` and ``places`` (T;
    -1 where they are set aside; where the ``closure`` has deviations, all T again for each); ``first`` (R)
    the table at second 0, ``change`` those of the changes; ``needed`` (R) the numbers of free places that
    somebody needs, ``overflow`` (R) whether the last of them are needed by those alone who come as an
    alternative; ``row`` (lanes) which of them a lane needs; ``room`` (lanes). ``resistance`` (T, cells + 1)
    where the closure has it."""

    tables: Floats
    busy: Floats
    resistance: Floats
    station: Ints
    places: Ints
    first: Ints
    change: Ints
    needed: tuple[tuple[int, ...], ...]
    overflow: tuple[bool, ...]
    row: Ints
    room: Ints
    terms: Terms
    closure: Closure

    def change_to(self, program: Program, station: int, *, setting: Setting) -> None:
        """Tabulate one resource's queues anew, for arrivals that thin out or places that are kept."""
        for table in np.flatnonzero(self.station == station).tolist():
            self.fills(program, table, setting=setting)

    def fills(self, program: Program, table: int, *, setting: Setting) -> None:
        """Tabulate one table's queue anew, at every deviation."""
        station = int(self.station[table])
        queue = _queue(
            program,
            station,
            places=int(self.places[table]),
            terms=self.terms,
            needed=self.needed[station],
            setting=setting,
        )
        mine = slice(table, None, len(self.tables) // self.closure.copies)
        _fill(self.tables[mine], self.closure.tables(queue))
        self.busy[mine] = self.tables[mine, :, BUSY]
        if self.closure.resistances is not None:
            self.resistance[mine] = self.closure.resistances(queue)

    def felt(self) -> Floats:
        """Give what shapes the variance at each resource (R, 2): its stay, and giving up a stay."""
        return np.stack([self.terms.stay, self.terms.patience * self.terms.stay], axis=1)


def lay_closures(program: Program, lanes: Lanes, *, grid: Grid, terms: Terms, closure: Closure) -> Closures:
    """Tabulate every queue."""
    needs = _needs(program, lanes)
    needed = [tuple(number for _, number in one) for one in needs]
    stations = np.arange(len(program.names.resources))
    station = np.concatenate([stations, grid.change_station])
    places = np.concatenate([program.resources.capacity, grid.change_places])
    limited = places != NO_LIMIT
    keys = np.stack([station, np.maximum(places, 1)], axis=1)[limited]
    found, place = _each_once(np.concatenate([keys, levels_beside(program)]))
    table = np.full(len(places), UNLIMITED, dtype=np.int64)
    table[limited] = place[: len(keys)]
    rows = FREE + max((len(one) for one in needed), default=1)
    spare = np.full((len(driven_rows(program)), 2), NOBODYS, dtype=np.int64)
    queues = found.tolist()
    found = np.concatenate([found, spare])
    number_of_tables = max(len(found), 1)
    stacked = np.zeros((number_of_tables * closure.copies, CELLS + 1, rows))
    for row, (resource, number) in enumerate(queues):
        queue = _queue(program, resource, places=number, terms=terms, needed=needed[resource])
        _fill(stacked[row::number_of_tables], closure.tables(queue))
    return Closures(
        tables=stacked,
        busy=stacked[:, :, BUSY].copy(),
        resistance=np.zeros(stacked.shape[:2] if closure.resistances is not None else (0, 0)),
        station=found[:, 0].astype(np.int64),
        places=found[:, 1].astype(np.int64),
        needed=tuple(needed),
        overflow=tuple(one[-1][0] for one in needs),
        terms=terms,
        closure=closure,
        first=table[: len(stations)],
        change=table[len(stations) :],
        row=np.array(
            [
                needs[station].index((overflow and number > 0, number)) if station >= 0 else 0
                for station, number, overflow in zip(
                    lanes.station.tolist(), lanes.needed.tolist(), overflows(lanes).tolist(), strict=True
                )
            ],
            dtype=np.int64,
        ),
        room=np.where(
            lanes.station >= 0, np.append(program.resources.room, NO_LIMIT)[lanes.station], NO_LIMIT
        ),
    )


def _each_once(pairs: Ints) -> tuple[Ints, Ints]:
    """Give the pairs (of numbers not below nought) in order, each once, and which of them each was."""
    width = int(pairs[:, 1].max(initial=0)) + 1
    found, place = np.unique(pairs[:, 0] * width + pairs[:, 1], return_inverse=True)
    return np.stack(np.divmod(found, width), axis=1), place


def _needs(program: Program, lanes: Lanes) -> list[list[tuple[bool, int]]]:
    """List the numbers of free places that somebody needs at each resource; those come last who come only as
    an alternative."""
    overflow = overflows(lanes) & (lanes.needed > 0)
    found = []
    for station in range(len(program.names.resources)):
        own = lanes.station == station
        known = zip(overflow[own].tolist(), lanes.needed[own].tolist(), strict=True)
        found.append(sorted({(False, 0), *known}))
    return found


def _fill(tables: Floats, found: Sequence[Matching]) -> None:
    for table, one in zip(tables, found, strict=True):
        table[:, : len(one.rows)] = one.rows.T


def _queue(
    program: Program,
    station: int,
    *,
    places: int,
    terms: Terms,
    needed: tuple[int, ...],
    setting: Setting = EVERYBODY,
) -> Queue:
    room = int(program.resources.room[station])
    rate = float(terms.patience[station] * terms.stay[station])
    return Queue(
        places=places,
        patience=float(f"{rate:.3g}") if rate > 1e-6 else 0.0,
        room=None if room == NO_LIMIT else room,
        spread=float(f"{terms.spread[station]:.3g}") if room == NO_LIMIT else 1.0,
        needed=needed,
        setting=setting,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Tables of giving up: ``of`` (lanes) a row or -1; ``activity`` where it is driven or -1, ``mean`` and
    ``equal`` by row, as written."""

    of: Ints
    activity: Ints
    mean: Floats
    equal: Floats


def lay_patience(program: Program, lanes: Lanes, *, law: Ints) -> Patience:
    """Tabulate the patience of lanes by law (-1 none); apart, where stocks drive it at an activity."""
    exchange = program.exchange
    driven = set() if exchange is None else {*exchange.drive_target[exchange.drive_of == DRIVES_PATIENCE]}
    apart = [int(one) if one in driven else ABSENT for one in lanes.activity.tolist()]
    keys = list(zip(law.tolist(), apart, strict=True))
    known = sorted({key for key in keys if key[0] != ABSENT})
    found = [giving_up(program.laws, one) for one, _ in known]
    activity = np.array([one for _, one in known] or [ABSENT], dtype=np.int64)
    return Patience(
        of=np.array([known.index(key) if key[0] != ABSENT else -1 for key in keys], dtype=np.int64),
        activity=activity,
        mean=np.array([one[0] for one in found] or [1.0]),
        equal=np.array([one[1] for one in found] or [np.zeros(2)]),
    )
