"""Places: who holds one, who waits for one, and to whom a free one is offered.

A queue stands in order of (priority, waiting since, number). A case may start if its resource has more free
places than are reserved against it and its person is free. An offer goes to the first in order who may start.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from simulator.compiler.program import LEAVES_AT_ONCE, NO_LIMIT, UNTIL_ROOM
from simulator.engines.readable.case import Case
from simulator.engines.readable.network import Network
from simulator.engines.readable.resource_recorder import ResourceRecorder
from simulator.errors import SelfCheckFailed


class Places:
    """The state of every resource. ``group`` tells a case's group, ``is_free`` whether its person may start
    an activity, ``partners`` with whom a resource shares now, by name."""

    def __init__(
        self,
        network: Network,
        recorder: ResourceRecorder,
        *,
        partners: Callable[[int], Sequence[int]],
        group: Callable[[Case], int],
        is_free: Callable[[Case, int], bool],
    ) -> None:
        self._network = network
        self._recorder = recorder
        self._partners = partners
        self._group = group
        self._is_free = is_free
        self._real = network.real
        size = len(recorder.capacity)
        self.capacity = recorder.capacity
        self._own_capacity = list(recorder.capacity)
        self._moved_in = [0] * size
        self.used = recorder.used
        self.turning = recorder.turning
        self._queues: list[list[tuple[tuple[int, int, int], Case]]] = [[] for _ in range(size)]
        self._without_place = [0] * size
        self._until_room = [0] * size
        self._in_own_place = [0] * size
        self._offers: deque[int] = deque()
        self._is_on_offer = [False] * size

    # Offers

    def offer(self, resource: int) -> None:
        """Put a resource on the list of those with something to offer, once, behind the others, if somebody
        waits for it or for a partner."""
        if not self._is_on_offer[resource] and self._is_wanted(resource):
            self._is_on_offer[resource] = True
            self._offers.append(resource)

    def offer_widely(self, resource: int) -> None:
        """Offer a resource that somebody waits for who may start now, then its partners."""
        for one in (resource, *self._partners(resource)):
            self.offer(one)

    def _is_wanted(self, resource: int) -> bool:
        return bool(self._queues[resource]) or any(self._queues[one] for one in self._partners(resource))

    def offer_all(self) -> None:
        """Put every resource on the list, by name."""
        for resource in range(len(self._queues)):
            self.offer(resource)

    def next_offer(self) -> int | None:
        """Take the resource at the head of the list."""
        if not self._offers:
            return None
        resource = self._offers.popleft()
        self._is_on_offer[resource] = False
        return resource

    def first_who_may_start(self, resource: int) -> Case | None:
        """Return the first in order who may start now."""
        if not self.has_any_free(resource) and not self._in_own_place[resource]:
            return None
        for _, case in self._queues[resource]:
            if self.has_free_place(case, resource) and self._is_free(case, case.waits_for):
                return case
        return None

    # Free places

    def has_any_free(self, resource: int) -> bool:
        """Whether any place is free."""
        capacity = self.capacity[resource]
        return capacity == NO_LIMIT or self.used[resource] + self.turning[resource] < capacity

    def free(self, resource: int) -> int:
        """Return how many places of a limited resource are free."""
        return self.capacity[resource] - self.used[resource] - self.turning[resource]

    def has_free_place_for(self, case: Case, resource: int) -> bool:
        """Whether more places are free than are reserved against a case, be it of another queue."""
        return self._has_more_free(case, resource, besides=0)

    def has_free_place(self, case: Case, resource: int) -> bool:
        """Whether more places are free than are reserved against the case (its own place always is, if it
        holds one here)."""
        return case.place == resource or self._has_more_free(case, resource, besides=0)

    def _has_more_free(self, case: Case, resource: int, *, besides: int) -> bool:
        """Whether the places free, and ``besides`` so many more, are more than are reserved against the
        case."""
        capacity = self.capacity[resource]
        if capacity == NO_LIMIT:
            return True
        free = capacity - self.used[resource] - self.turning[resource] + besides
        return free > self._network.free_needed[resource][self._group(case)]

    def may_start_now(self, case: Case, activity: int, *, since: int, leaves: bool | None = None) -> bool:
        """Whether a newcomer may start and nobody before it who may start waits.

        One who holds a place here either keeps it, or ``leaves`` it first: then the place is free for all, at
        once (False) or only when it has been turned round (True).
        """
        resource = self._network.place_for(case, activity)
        if not self._is_free(case, activity):
            return False
        if case.place == resource and leaves is None:
            return True
        besides = 1 if leaves is False else 0
        if not self._has_more_free(case, resource, besides=besides):
            return False
        key = (self._network.priority[activity][self._group(case)], since, case.number)
        for other_key, other in self._queues[resource]:
            if other_key > key:
                return True
            has_place = other.place == resource or self._has_more_free(other, resource, besides=besides)
            if has_place and self._is_free(other, other.waits_for):
                return False
        return True

    def take(self, resource: int, now: int) -> None:
        """Take a place."""
        if resource >= self._real:
            return
        capacity = self.capacity[resource]
        if capacity != NO_LIMIT and self.used[resource] + self.turning[resource] >= capacity:
            raise SelfCheckFailed(
                f"A case started in resource number {resource} at second {now} while no place was free."
            )
        self._recorder.changes(resource, now)
        self.used[resource] += 1

    def give_back(self, resource: int, now: int, *, was_kept: bool) -> None:
        """Give a place back (it may still have to be turned round)."""
        self._recorder.changes(resource, now)
        self.used[resource] -= 1
        if was_kept:
            self._recorder.kept[resource] -= 1

    def keep(self, resource: int, now: int, *, by: int) -> None:
        """Note that one more (``by`` 1) or fewer (-1) place is kept after its activity is over."""
        self._recorder.changes(resource, now)
        self._recorder.kept[resource] += by

    def turn(self, resource: int, now: int, *, by: int) -> None:
        """Note that one more (``by`` 1) or fewer (-1) place is being turned round."""
        self._recorder.changes(resource, now)
        self.turning[resource] += by

    def set_capacity(self, resource: int, number: int, *, now: int) -> None:
        """Change a resource's own capacity: nobody is thrown out; what became free is offered.

        Places moved here come on top while it is open at all.
        """
        self._recorder.changes(resource, now)
        self._own_capacity[resource] = number
        self.capacity[resource] = number if number <= 0 else max(number + self._moved_in[resource], 0)
        self.offer(resource)

    def moves_in(self, resource: int, by: int, *, now: int) -> None:
        """Let a resource have so many places more than its own; who holds one stays."""
        self._moved_in[resource] += by
        self.set_capacity(resource, self._own_capacity[resource], now=now)

    # Queues

    def has_room(self, resource: int) -> bool:
        """Whether one more may wait here without holding a place."""
        room = self._network.room[resource]
        return room == NO_LIMIT or self._without_place[resource] < room

    def waiting(self, resource: int) -> int:
        """How many wait for the resource."""
        return len(self._queues[resource])

    def join(self, case: Case, now: int) -> None:
        """Put a case in the queue it has been given."""
        resource = case.queue
        if resource < self._real:
            self._recorder.changes(resource, now)
            self._recorder.queued[resource] += 1
        insort(self._queues[resource], (case.key, case), key=_order)
        self._in_own_place[resource] += case.place == resource
        self._count(case, 1)

    def quit(self, case: Case, now: int) -> None:
        """Take a case out of its queue."""
        resource = case.queue
        queue = self._queues[resource]
        place = bisect_left(queue, case.key, key=_order)
        if queue[place][1] is not case:
            raise SelfCheckFailed(
                f"Case {case.number} is not where it should be in the queue of resource number {resource}."
            )
        del queue[place]
        self._in_own_place[resource] -= case.place == resource
        if resource < self._real:
            self._recorder.changes(resource, now)
            self._recorder.queued[resource] -= 1
        self._count(case, -1)

    def lets_go_in_queue(self, case: Case) -> None:
        """Note that a waiting case lets go of its place: from now on it takes room."""
        self._in_own_place[case.queue] -= case.place == case.queue
        self._count(case, -1)
        case.keeping = LEAVES_AT_ONCE
        self._count(case, 1)

    def first_until_room(self, resource: int) -> Case | None:
        """Return the first in order who keeps a place only until there is room here, if there is room."""
        if not self._until_room[resource] or not self.has_room(resource):
            return None
        return next(case for _, case in self._queues[resource] if case.keeping == UNTIL_ROOM)

    def queue(self, resource: int) -> Iterator[Case]:
        """Go through those who wait, in order."""
        return (case for _, case in self._queues[resource])

    def _count(self, case: Case, by: int) -> None:
        if case.keeping == LEAVES_AT_ONCE:
            self._without_place[case.queue] += by
        elif case.keeping == UNTIL_ROOM:
            self._until_room[case.queue] += by


def _order(waiting: tuple[tuple[int, int, int], Case]) -> tuple[int, int, int]:
    return waiting[0]
