"""The order in which units are served within a step: where people come from before where they go."""

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.nodes import DONE, INSTEAD


def units(program: Program, lanes: Lanes) -> tuple[Ints, Ints, Ints]:
    """Give ``unit_first``, ``unit_lane`` and ``unit_station``: lanes of a resource by priority, in order."""
    resources = len(program.names.resources)
    unit_of = np.where(lanes.station >= 0, lanes.station, resources + np.arange(lanes.count))
    order = _upstream_first(lanes, unit_of)
    members = {unit: np.flatnonzero(unit_of == unit) for unit in order}
    sorted_lanes = [
        sorted(members[unit].tolist(), key=lambda lane: (lanes.priority[lane], lanes.needed[lane], lane))
        for unit in order
    ]
    sizes = np.array([0, *[len(one) for one in sorted_lanes]])
    return (
        np.cumsum(sizes).astype(np.int64),
        np.array([lane for one in sorted_lanes for lane in one], dtype=np.int64),
        np.array([unit if unit < resources else -1 for unit in order], dtype=np.int64),
    )


def is_before_its_place(units: tuple[Ints, Ints, Ints], lanes: Lanes) -> Ints:
    """Say of each lane (1 or 0) whether it holds a place of a resource that is served after it."""
    first, lane, station = units
    turn = np.zeros(lanes.count, dtype=np.int64)
    turn[lane] = np.repeat(np.arange(len(station)), np.diff(first))
    served = {int(one): at for at, one in enumerate(station.tolist()) if one >= 0}
    held = [
        served.get(int(place), -1) if is_held else -1
        for place, is_held in zip(lanes.place, lanes.is_held, strict=True)
    ]
    return (np.array(held, dtype=np.int64) > turn).astype(np.int64)


def _upstream_first(lanes: Lanes, unit_of: Ints) -> list[int]:
    """Order units by going through the network depth first, from where cases begin; cycles are cut."""
    leads: dict[int, set[int]] = {}
    usual = ((lanes.link_kind == DONE) | (lanes.link_kind >= INSTEAD)) & (lanes.link_cell >= 0)
    starts, cells = lanes.link_lane[usual], lanes.link_cell[usual]
    for start, cell in zip(starts.tolist(), cells.tolist(), strict=True):
        leads.setdefault(int(unit_of[start]), set()).add(int(unit_of[lanes.cell_lane[cell]]))
    begins = sorted(
        {int(unit_of[lanes.cell_lane[cell]]) for cell in lanes.first_cell.ravel().tolist() if cell >= 0}
    )
    seen: set[int] = set()
    found: list[int] = []
    for unit in [*begins, *sorted({*unit_of.tolist()})]:
        _visit(unit, leads, seen=seen, found=found)
    return found[::-1]


def _visit(unit: int, leads: dict[int, set[int]], *, seen: set[int], found: list[int]) -> None:
    """Put a unit behind all that it leads to, without recursion."""
    if unit in seen:
        return
    seen.add(unit)
    path = [(unit, iter(sorted(leads.get(unit, ()))))]
    while path:
        here, onward = path[-1]
        later = next((one for one in onward if one not in seen), None)
        if later is None:
            found.append(here)
            path.pop()
        else:
            seen.add(later)
            path.append((later, iter(sorted(leads.get(later, ())))))
