"""Mutual aid: resources that serve each other's cases (``shares``).

A pact's resources are partners while its intervention runs. A place that falls free goes to the first in its
own queue who may start; else, or in one order if the pact is pooled, to the first in partners' queues whom
the pact is for, who has waited long enough and would go there. Whether somebody would is one draw for each
case and partner. A newcomer who cannot start at home, or at an alternative, asks partners by most free
places, then name. Who may be helped only because time has passed is seen at the next midnight.
"""

import numpy as np

from simulator.compiler.aid_arrays import ANYBODY, members_of
from simulator.compiler.program import NO_LIMIT, Ints
from simulator.engines.readable import care
from simulator.engines.readable.case import Case
from simulator.engines.readable.world import World
from simulator.engines.records import HelpRecords


class Aid:
    """The pacts of a run, how many each has helped this week, and what partners have done."""

    def __init__(self, world: World) -> None:
        pacts = world.program.pacts
        assert pacts is not None
        self._world = world
        self._table = pacts
        self._members = members_of(pacts)
        self._purposes = {
            (pact, member): int(pacts.member_hash[int(pacts.member_first[pact]) + place])
            for pact, members in enumerate(self._members)
            for place, member in enumerate(members)
        }
        self._helped = [0] * len(self._members)
        shape = (len(pacts.cell_activity), pacts.group.shape[1], 2)
        self._cells = np.zeros(shape, dtype=np.int64)
        self._inside = np.zeros(shape[:2], dtype=np.int64)
        self._closed: list[Ints] = []

    # Pacts

    def partners_now(self, resource: int) -> list[int]:
        """List those with whom a resource shares now, by name: of pacts that have begun and are not over."""
        found: set[int] = set()
        for pact, members in enumerate(self._members):
            if resource in members and self._is_running(pact):
                found.update(members)
        return sorted(found - {resource})

    def begins_week(self) -> None:
        """Let the week's starts at partners begin anew."""
        self._helped = [0] * len(self._members)

    def looks_round(self) -> None:
        """Offer what partners have free: somebody may have waited long enough by now."""
        for pact, members in enumerate(self._members):
            if self._is_running(pact):
                for member in members:
                    self._world.places.offer(member)

    def helps(self, case: Case, resource: int, *, pact: int) -> None:
        """Send a case to a partner."""
        self._helped[pact] += 1
        case.partner = resource

    def first_who_may_start(self, resource: int) -> tuple[Case | None, int]:
        """Return who starts next in a place of a resource; and the pact under which, if as a partner's, or
        -1."""
        own, under = self._world.places.first_who_may_start(resource), -1
        best = own
        for pact, members in enumerate(self._members):
            if resource not in members or not self._has_some_left(pact):
                continue
            if own is None or self._table.pooled[pact]:
                for queue in members:
                    if queue != resource:
                        found = self._first_in_queue(queue, resource, pact=pact)
                        if found is not None and (best is None or found.key < best.key):
                            best, under = found, pact
        return best, under

    def _first_in_queue(self, queue: int, resource: int, *, pact: int) -> Case | None:
        """Return the first in a partner's queue whom a resource may help now."""
        world = self._world
        for case in world.places.queue(queue):
            if (
                self._has_waited(pact, world.agenda.now - case.key[1])
                and world.places.has_free_place_for(case, resource)
                and world.people.is_free(case, case.waits_for)
                and self._goes_there(case, resource, pact=pact)
            ):
                return case
        return None

    # Newcomers

    def asks_partners(self, case: Case, *, wanted: int) -> int | None:
        """Return the activity that a newcomer, who cannot start at home, may start at a partner's."""
        for activity in self._world.network.options[wanted]:
            home = self._world.network.resource[activity][case.home]
            if any(self._takes(case, one, activity=activity, home=home) for one in self._in_order(home)):
                return activity
        return None

    def _in_order(self, home: int) -> list[int]:
        """List the partners of a resource by most free places, then name."""
        return sorted(
            self.partners_now(home), key=lambda partner: (-self._world.places.free(partner), partner)
        )

    def _takes(self, case: Case, partner: int, *, activity: int, home: int) -> bool:
        """Send a newcomer to a partner who can take it at once, with nobody before it."""
        pact = self._pact_with(case, partner, home=home)
        if self._world.places.free(partner) <= 0 or pact is None:
            return False
        case.partner = partner
        if (
            care.may_start_now(self._world, case, activity=activity)
            and self.first_who_may_start(partner)[0] is None
        ):
            self.helps(case, partner, pact=pact)
            return True
        case.partner = -1
        return False

    def _pact_with(self, case: Case, partner: int, *, home: int) -> int | None:
        """Return the first pact of both under which a newcomer goes to a partner now."""
        for pact, members in enumerate(self._members):
            if (
                home in members
                and partner in members
                and self._has_some_left(pact)
                and self._has_waited(pact, 0)
                and self._goes_there(case, partner, pact=pact)
            ):
                return pact
        return None

    # Whom a pact is for

    def _is_running(self, pact: int) -> bool:
        return self._world.schemes.is_running[int(self._table.intervention[pact])]

    def _has_some_left(self, pact: int) -> bool:
        """Whether a pact holds now, and may help one more this week."""
        if not self._is_running(pact):
            return False
        over, under = int(self._table.weekly_numerator[pact]), int(self._table.weekly_denominator[pact])
        week = self._world.schemes.week[int(self._table.intervention[pact])]
        return over == NO_LIMIT or self._helped[pact] < over * (week + 1) // under - over * week // under

    def _has_waited(self, pact: int, waited: int) -> bool:
        longer_than = int(self._table.waited_seconds[pact])
        return longer_than == ANYBODY or waited > longer_than

    def _goes_there(self, case: Case, partner: int, *, pact: int) -> bool:
        """Whether a pact is for a case, and its person would go to a partner."""
        if not self._table.group[pact, self._world.group(case)]:
            return False
        strength = self._world.schemes.strength[int(self._table.intervention[pact])]
        u = self._world.chance.uniform(case.id, self._purposes[pact, partner], visit=0, draw=0)
        return u < strength * float(self._table.accepts[pact])

    # What partners have done

    def starts(self, case: Case, *, activity: int) -> None:
        """Write down that a case that was sent to a partner is there."""
        cell = int(self._table.cell[activity, case.partner])
        case.partner, case.cell = -1, (cell, self._world.group(case))
        self._inside[case.cell] += 1
        self._cells[case.cell] += (1, -self._world.agenda.now)

    def leaves(self, case: Case) -> None:
        """Write down that a case leaves a partner's place."""
        assert case.cell is not None
        self._inside[case.cell] -= 1
        self._cells[case.cell] += (0, self._world.agenda.now)
        case.cell = None

    def close(self, now: int) -> None:
        """Close a period."""
        self._cells[:, :, 1] += self._inside * now
        self._closed.append(self._cells)
        self._cells = np.zeros_like(self._cells)
        self._cells[:, :, 1] = -self._inside * now

    def records(self) -> HelpRecords:
        """Return the table."""
        return HelpRecords(values=np.array(self._closed, dtype=np.int64).reshape(-1, *self._cells.shape))
