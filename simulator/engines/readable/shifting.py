"""Places moved among resources (``moves``): from where they are least needed to where they are most.

Now and then it is decided which; they are there after notice. The member that needs places most, the first by
name of equals, gets as many as are moved at a time from those that need them less, the one that needs them
least first, as far as none goes below what it must keep. When the intervention ends all go back.
"""

from functools import partial
from math import floor

from simulator.compiler.aid_arrays import GREATEST_HARM, LONGEST_QUEUE, Shifts, members_of
from simulator.engines.readable import agenda
from simulator.engines.readable.world import World

# Numbers within a second: decisions after enrolment, moves after other changes of capacity.
_DECISION, _MOVE = (1 << 60) + 1, 1 << 40


class Shifting:
    """What is moved in a run: ``planned`` and ``made``, of each ``moves``, places by member."""

    def __init__(self, world: World, table: Shifts) -> None:
        self._world = world
        self._table = table
        self._members = members_of(table)
        self._planned = [dict.fromkeys(members, 0) for members in self._members]
        self._made = [dict.fromkeys(members, 0) for members in self._members]

    def begin(self) -> None:
        """Put on the agenda when it is decided."""
        for decision, (shift, second) in enumerate(
            zip(self._table.decision_shift.tolist(), self._table.decision_second.tolist(), strict=True)
        ):
            self._world.agenda.add(
                second,
                phase=agenda.CALENDAR,
                number=_DECISION + shift,
                act=partial(self._decides, decision, shift),
            )

    def _decides(self, decision: int, shift: int) -> None:
        """Decide which places are moved; put the move on the agenda."""
        schemes, intervention = self._world.schemes, int(self._table.intervention[shift])
        if schemes.is_running[intervention]:
            left = floor(int(self._table.places[shift]) * schemes.strength[intervention] + 0.5)
            by = self._chosen(decision, shift, left=left)
        else:
            by = {}
        second = self._world.agenda.now + int(self._table.notice_seconds[shift])
        if second < self._world.program.calendar.end_second:
            act = partial(self._moves, shift, by)
            self._world.agenda.add(second, phase=agenda.CAPACITY, number=_MOVE + decision, act=act)

    def _chosen(self, decision: int, shift: int, *, left: int) -> dict[int, int]:
        """Return by how many places each member is to change."""
        score = {member: self._score(member, shift=shift) for member in self._members[shift]}
        gains = max(score, key=lambda member: (score[member], -member))
        found: dict[int, int] = {}
        for giver in sorted(score, key=lambda member: (score[member], member)):
            by = min(left, self._to_spare(decision, giver))
            if by > 0 and score[giver] < score[gains]:
                found[giver] = -by
                found[gains] = found.get(gains, 0) + by
                left -= by
        for member, by in found.items():
            self._planned[shift][member] += by
        return found

    def _score(self, resource: int, *, shift: int) -> int:
        """Return how much a resource needs places: those who wait, the longest wait, or waits beyond a
        time by the harm that they do."""
        towards, now = int(self._table.towards[shift]), self._world.agenda.now
        queue = list(self._world.places.queue(resource))
        if towards == LONGEST_QUEUE:
            return len(queue)
        if towards == GREATEST_HARM:
            beyond, weight = int(self._table.beyond_seconds[shift]), self._table.weight[shift]
            group = self._world.group
            return sum(
                max(now - case.key[1] - beyond, 0) * int(weight[case.waits_for, group(case)])
                for case in queue
            )
        return max((now - case.key[1] for case in queue), default=0)

    def _to_spare(self, decision: int, resource: int) -> int:
        """Return how many places a member may give."""
        planned = sum(one.get(resource, 0) for one in self._planned)
        own, least = self._table.own[decision, resource], self._table.least[decision, resource]
        return int(own) + planned - int(least)

    def _moves(self, shift: int, by: dict[int, int]) -> None:
        """Move places whose notice is over, by name, if the intervention still runs."""
        if self._world.schemes.is_running[int(self._table.intervention[shift])]:
            for member in sorted(by):
                self._made[shift][member] += by[member]
                self._world.places.moves_in(member, by[member], now=self._world.agenda.now)

    def ends(self, intervention: int) -> None:
        """Move all places back, those on notice too, when an intervention ends."""
        for shift, members in enumerate(self._members):
            if int(self._table.intervention[shift]) == intervention:
                for member in members:
                    by = self._made[shift][member]
                    if by:
                        self._world.places.moves_in(member, -by, now=self._world.agenda.now)
                self._planned[shift] = dict.fromkeys(members, 0)
                self._made[shift] = dict.fromkeys(members, 0)
