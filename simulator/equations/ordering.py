"""The order in which equations can be worked out, and the loops in which there is none."""

from collections.abc import Iterator, Sequence
from itertools import product

from simulator.equations.plan import Limit, Operation, Past
from simulator.equations.tree import Slot, Tree, children


def rows_of(slot: Slot, loops: Sequence[int]) -> list[int]:
    """List the rows that a slot goes through over some loops."""
    if not any(slot.strides):
        return [slot.base]
    moves = [[stride * at for at in range(size)] for stride, size in zip(slot.strides, loops, strict=True)]
    return [slot.base + sum(move) for move in product(*moves)]


def written(operation: Operation) -> list[int]:
    """List the rows that an operation fills."""
    if isinstance(operation, Limit):
        return [granted + at for _, granted, _ in operation.takers for at in range(operation.count)]
    return rows_of(operation.target, operation.loops)


def read(operation: Operation) -> list[int]:
    """List the rows that an operation needs filled before it."""
    if isinstance(operation, Limit):
        wanted = (row for row, _, _ in operation.takers)
        rows = [operation.stock, *operation.inflows, *wanted, *(row for row, _ in operation.taken)]
        return [row + at for row in rows for at in range(operation.count)]
    loops = operation.loops if isinstance(operation, Past) else (*operation.loops, *operation.inner)
    trees: list[Tree] = [operation.time, operation.first] if isinstance(operation, Past) else [operation.tree]
    found: dict[int, None] = {}
    for tree in trees:
        for slot in slots_in(tree):
            found |= dict.fromkeys(rows_of(slot, loops))
    return list(found)


def slots_in(tree: Tree) -> Iterator[Slot]:
    """Yield every slot that a tree reads."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Slot):
            yield here
        waiting.extend(children(here))


def in_order(operations: Sequence[Operation]) -> tuple[list[Operation], list[list[Operation]]]:
    """Order operations so that each comes after what it needs; give the loops too, one for each knot."""
    writer = {row: at for at, one in enumerate(operations) for row in written(one)}
    needs = [list(dict.fromkeys(writer[row] for row in read(one) if row in writer)) for one in operations]
    order: list[int] = []
    loops: list[list[int]] = []
    state = [0] * len(operations)
    for start in range(len(operations)):
        if state[start] == 0:
            _visit(start, needs, state=state, order=order, loops=loops)
    return [operations[at] for at in order], [[operations[at] for at in loop] for loop in loops]


def changing(operations: Sequence[Operation], rows: set[int]) -> list[Operation]:
    """Keep, of operations in order, those that need rows which change, directly or not."""
    moving, kept = set(rows), []
    for operation in operations:
        if isinstance(operation, Past | Limit) or not moving.isdisjoint(read(operation)):
            kept.append(operation)
            moving.update(written(operation))
    return kept


def _visit(
    start: int, needs: Sequence[Sequence[int]], *, state: list[int], order: list[int], loops: list[list[int]]
) -> None:
    """Go down from one operation, without recursion; 1 is on the way, 2 is done."""
    way, pending = [start], [iter(needs[start])]
    state[start] = 1
    while way:
        following = next(pending[-1], None)
        if following is None:
            pending.pop()
            state[way[-1]] = 2
            order.append(way.pop())
        elif state[following] == 0:
            state[following] = 1
            way.append(following)
            pending.append(iter(needs[following]))
        elif state[following] == 1:
            loops.append(way[way.index(following) :])
