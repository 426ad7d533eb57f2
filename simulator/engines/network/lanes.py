"""Lanes: the stocks that the network is counted in, and the links between them.

A **lane** gathers the nodes that wait for and use the same places on the same terms: (activity, owner, move,
resource, priority, places that must be free). Its queue is kept in **cells**, one for each lane whose
place is held meanwhile. A **link** leads from a lane, after one kind of ending, to a cell or out. Homes
matter where a resource is one of each site; ``H`` stands for nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from simulator.compiler.program import LEAVES_AT_ONCE, NO_LIMIT, UNTIL_ROOM, Ints, Program
from simulator.engines.network.nodes import DEAD, DONE, INSTEAD, OUT, Nodes

NOWHERE = -1
NO_HOLDER, DIRECT = -1, -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """All lanes, cells and links.

    By lane: ``activity``, ``owner``, ``move``; ``station`` the resource waited for, ``place`` the one whose
    place is held (-1 none); ``priority``, ``needed``. ``of`` (nodes, H + 1) the lane of a node. By cell, in
    order of lane: ``cell_lane``, ``cell_holder`` (a lane, ``NO_HOLDER``, or ``DIRECT``: starts at once).
    ``cell_first`` (lanes + 1). By link, in order of (lane, kind): ``link_cell`` (or ``OUT``, ``DEAD``);
    ``link_first`` (lanes × kinds + 1); ``way_link`` (ways, H + 1). By first route: ``first_cell`` (firsts,
    H + 1). ``keeping_way``, ``keeping_at``: wherever a way after a stay keeps the place, and where it starts
    in (nodes, H + 1) flattened.
    """

    activity: Ints
    owner: Ints
    move: Ints
    station: Ints
    place: Ints
    priority: Ints
    needed: Ints
    of: Ints
    cell_lane: Ints
    cell_holder: Ints
    cell_first: Ints
    link_lane: Ints
    link_kind: Ints
    link_cell: Ints
    link_first: Ints
    way_link: Ints
    first_cell: Ints
    keeping_way: Ints
    keeping_at: Ints
    kinds: int

    @property
    def count(self) -> int:
        """Count the lanes."""
        return len(self.activity)

    @property
    def is_held(self) -> np.ndarray:
        """Say which lanes are done in a place held already."""
        return np.asarray((self.station == NOWHERE) & (self.place != NOWHERE))


def overflows(lanes: Lanes) -> np.ndarray:
    """Say which lanes are reached only as an alternative, while another resource has nothing free."""
    instead, inside = lanes.link_kind >= INSTEAD, lanes.link_cell >= 0
    found = np.zeros((2, lanes.count), dtype=np.bool_)
    for place, chosen in enumerate((instead & inside, ~instead & inside)):
        found[place, lanes.cell_lane[lanes.link_cell[chosen]]] = True
    found[1, lanes.cell_lane[lanes.first_cell[lanes.first_cell >= 0]]] = True
    return np.asarray(found[0] & ~found[1])


def lay_lanes(program: Program, nodes: Nodes) -> Lanes:
    """Gather nodes into lanes, and ways into links."""
    return _Laying(program, nodes).lanes()


@dataclass(slots=True)
class _Numbers:
    """Numbers given to things in the order in which they are met."""

    of: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __call__(self, *thing: int) -> int:
        return self.of.setdefault(thing, len(self.of))

    def table(self, width: int) -> Ints:
        return np.array(list(self.of), dtype=np.int64).reshape(len(self.of), width)


class _Laying:
    def __init__(self, program: Program, nodes: Nodes) -> None:
        self._program = program
        self._nodes = nodes
        self._nobody = len(program.names.homes)
        self._lanes, self._cells, self._links = _Numbers(), _Numbers(), _Numbers()
        self._of = self._lane_of()
        self._terms = list(self._lanes.of)

    def lanes(self) -> Lanes:
        """Give everything numbered."""
        found = self._lanes.table(7)
        way_cells = list(self._way_cells())
        first = self._first_cells()
        for lane in range(len(found)):
            self._cells(lane, NO_HOLDER)
        cells = self._cells.table(2)
        order = np.lexsort((cells[:, 1], cells[:, 0]))
        new = np.argsort(order)
        way_link = np.full((len(self._nodes.ways.start), self._nobody + 1), NOWHERE, dtype=np.int64)
        for way, home, lane, cell in way_cells:
            kind = int(self._nodes.ways.kind[way])
            way_link[way, home] = self._links(lane, kind, int(new[cell]) if cell >= 0 else cell)
        links = self._links.table(3)
        link_order = np.lexsort((links[:, 2], links[:, 1], links[:, 0]))
        new_link = np.append(np.argsort(link_order), NOWHERE)
        links, kinds = links[link_order], self._nodes.kinds
        way_link = new_link[way_link]
        cell_lane, cell_holder = cells[order, 0].copy(), cells[order, 1].copy()
        keeping_way, keeping_at = self._keeping(np.append(links[:, 2], -1)[way_link], cell_holder)
        # Copies, so that loops are compiled once: a column of one row is laid out unlike one of several.
        return Lanes(
            **{
                name: found[:, at].copy()
                for at, name in enumerate(("activity", "owner", "move", "station", "place"))
            },
            priority=found[:, 5].copy(),
            needed=found[:, 6].copy(),
            of=self._of,
            cell_lane=cell_lane,
            cell_holder=cell_holder,
            cell_first=_firsts(cells[order, 0], len(found)),
            link_lane=links[:, 0].copy(),
            link_kind=links[:, 1].copy(),
            link_cell=links[:, 2].copy(),
            link_first=_firsts(links[:, 0] * kinds + links[:, 1], len(found) * kinds),
            way_link=way_link,
            keeping_way=keeping_way,
            keeping_at=keeping_at,
            first_cell=np.where(first >= 0, new[first], NOWHERE),
            kinds=kinds,
        )

    def _keeping(self, cell: Ints, holders: Ints) -> tuple[Ints, Ints]:
        """List the ways that keep a place, home by home, and where each starts; ``cell`` (ways, H + 1)."""
        ways = self._nodes.ways
        holder = np.append(holders, -1)[cell]
        keeps = (cell >= 0) & (holder >= 0) & (holder == self._of[ways.start])
        way, home = np.nonzero(keeps & (ways.kind == DONE)[:, None])
        return way.astype(np.int64), (ways.start[way] * cell.shape[1] + home).astype(np.int64)

    def _lane_of(self) -> Ints:
        """Number the lanes, node by node and home by home."""
        table, resources = self._program.activities, self._program.resources
        segments, classes = len(self._program.names.segments), len(self._program.names.classes)
        found = np.full((len(self._nodes.activity), self._nobody + 1), NOWHERE, dtype=np.int64)
        columns = (self._nodes.activity, self._nodes.owner, self._nodes.move, self._nodes.group)
        for node, (activity, owner, move, group) in enumerate(
            zip(*(one.tolist() for one in columns), strict=True)
        ):
            for home in self._homes(group // classes == segments):
                station = int(table.resource[activity, home])
                place = station
                if table.holds_previous[activity]:
                    station, place = NOWHERE, int(table.resource[owner, home]) if owner >= 0 else NOWHERE
                priority = int(table.priority[activity, group]) if station >= 0 else 0
                needed = int(resources.free_needed[station, group]) if station >= 0 else 0
                found[node, home] = self._lanes(activity, owner, move, station, place, priority, needed)
        return found

    def _homes(self, is_nobody: bool) -> range:
        return range(self._nobody, self._nobody + 1) if is_nobody else range(self._nobody)

    def _way_cells(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield way, home, the lane it leads from and the cell it leads to (or a way out)."""
        ways, nodes = self._nodes.ways, self._nodes
        columns = (ways.start, ways.kind, ways.end, ways.move)
        homes = [np.flatnonzero(row >= 0).tolist() for row in self._of]
        of = self._of.tolist()
        for way, (start, kind, end, move) in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
            for home in homes[start]:
                lane = of[start][home]
                if end in (OUT, DEAD):
                    yield way, home, lane, end
                    continue
                target = of[end][home]
                is_direct = (
                    kind >= INSTEAD
                    or move >= 0
                    or self._program.activities.holds_previous[nodes.activity[end]]
                )
                holder = (
                    DIRECT
                    if is_direct
                    else self._holder(start, end, lane=lane, target=target)
                    if kind == DONE
                    else NO_HOLDER
                )
                yield way, home, lane, self._cells(target, holder)

    def _holder(self, start: int, end: int, *, lane: int, target: int) -> int:
        """Give the lane whose place is held while a case waits, or none."""
        rule = int(self._program.activities.keeps[self._nodes.activity[start], self._nodes.activity[end]])
        place, station = self._terms[lane][4], self._terms[target][3]
        if rule == LEAVES_AT_ONCE or place == NOWHERE or station == NOWHERE:
            return NO_HOLDER
        is_roomy = int(self._program.resources.room[station]) == NO_LIMIT
        return NO_HOLDER if rule == UNTIL_ROOM and is_roomy else lane

    def _first_cells(self) -> Ints:
        """Number the cells where cases begin (firsts, H + 1)."""
        found = np.full((len(self._nodes.first_node), self._nobody + 1), NOWHERE, dtype=np.int64)
        for first, node in enumerate(self._nodes.first_node.tolist()):
            if node < 0:
                continue
            is_held = self._program.activities.holds_previous[self._nodes.activity[node]]
            for home in np.flatnonzero(self._of[node] >= 0).tolist():
                found[first, home] = self._cells(int(self._of[node, home]), DIRECT if is_held else NO_HOLDER)
        return found


def _firsts(keys: Ints, count: int) -> Ints:
    """Give where each key begins in ascending keys."""
    return np.asarray(np.searchsorted(keys, np.arange(count + 1)), dtype=np.int64)
