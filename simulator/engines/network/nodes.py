"""The network unfolded: who can be in what, and every way onward, as arrays.

A **node** is a kind of case at an activity: (activity, owner of the place held, move, group). The owner is
the activity whose place a ``holds = "previous"`` activity is done in; the move is the step-down that brought
somebody. A **way** leads from a node, after one kind of ending, to another node or out.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.compiler.flows import entry_shares, group_after
from simulator.compiler.program import (
    ABSENT,
    NO_LIMIT,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    Floats,
    Ints,
    Program,
)
from simulator.engines.network.opened import opened

# How a stay or a wait ends: the kinds of way, ``INSTEAD`` + k the k-th alternative tried on arrival.
DONE, GAVE_UP, REFUSED, INTERRUPTED, INSTEAD = range(5)
OUT, DEAD = -1, -2
STEP_DOWN = 1

Node = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Ways onward, in order of (start, kind): ``end`` a node, ``OUT`` or ``DEAD``; ``share`` as written.

    ``entry`` the route entry, or -1; ``place`` its place in a list of first-free or shortest-queue, or -1;
    ``move`` the move whose way it is, or -1 (its share is nought until the move acts). Of routes written with
    a share of nought those are there that an effect or a stock may move cases to.
    """

    start: Ints
    kind: Ints
    end: Ints
    share: Floats
    entry: Ints
    place: Ints
    move: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """All nodes that a case can reach, the ways between them, and where cases begin.

    ``first_*``: of each first route of a need in a segment or of a referral: ``first_need`` (or -1),
    ``first_segment``, ``first_referral`` (or -1), the node, the share and the entry.
    """

    activity: Ints
    owner: Ints
    move: Ints
    group: Ints
    ways: Ways
    first_need: Ints
    first_segment: Ints
    first_referral: Ints
    first_node: Ints
    first_share: Floats
    first_entry: Ints
    place_of: dict[Node, int]
    kinds: int


def unfold(program: Program) -> Nodes:
    """Follow every case from where it can begin to wherever it can go."""
    return _Unfolding(program).nodes()


class _Unfolding:
    """The walk: nodes are numbered as they are met."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._classes = len(program.names.classes)
        self._share, self._is_opened = entry_shares(program).tolist(), opened(program).tolist()
        self._place: dict[Node, int] = {}
        self._met: list[Node] = []
        first, alternative = program.activities.alternative_first, program.activities.alternative
        self._instead = [alternative[begin:end].tolist() for begin, end in itertools.pairwise(first.tolist())]
        self._has_room_limit = [
            any(one != ABSENT and program.resources.room[one] != NO_LIMIT for one in row)
            for row in program.activities.resource.tolist()
        ]

    def nodes(self) -> Nodes:
        """Walk from all beginnings and give what was found."""
        firsts = [*self._needs(), *self._referrals()]
        self._day_one()
        ways: list[tuple[int, int, int, float, int, int, int]] = []
        done = 0
        while done < len(self._met):
            ways += self._from(done)
            done += 1
        met = np.array(self._met, dtype=np.int64).reshape(len(self._met), 4)
        columns = [np.array([way[at] for way in ways]) for at in range(7)]
        first = [np.array([one[at] for one in firsts]) for at in range(6)]
        return Nodes(
            activity=met[:, 0],
            owner=met[:, 1],
            move=met[:, 2],
            group=met[:, 3],
            ways=Ways(
                start=_whole(columns[0]),
                kind=_whole(columns[1]),
                end=_whole(columns[2]),
                share=columns[3].astype(np.float64),
                entry=_whole(columns[4]),
                place=_whole(columns[5]),
                move=_whole(columns[6]),
            ),
            first_need=_whole(first[0]),
            first_segment=_whole(first[1]),
            first_referral=_whole(first[2]),
            first_node=_whole(first[3]),
            first_share=first[4].astype(np.float64),
            first_entry=_whole(first[5]),
            place_of=self._place,
            kinds=INSTEAD + max((len(one) for one in self._instead), default=0),
        )

    def _node(self, activity: int, group: int, *, owner: int = -1, move: int = -1) -> int:
        node = (activity, owner, move, group)
        found = self._place.get(node)
        if found is None:
            found = self._place[node] = len(self._met)
            self._met.append(node)
        return found

    def _needs(self) -> Iterator[tuple[int, int, int, int, float, int]]:
        needs = self._program.needs
        for need, segment in np.ndindex(needs.choice.shape):
            group = segment * self._classes + int(needs.klass[need])
            for node, share, entry in self._first(int(needs.choice[need, segment]), group):
                yield need, segment, -1, node, share, entry

    def _referrals(self) -> Iterator[tuple[int, int, int, int, float, int]]:
        referrals, nobody = self._program.referrals, len(self._program.names.segments)
        for referral, choice in enumerate(referrals.choice.tolist()):
            group = nobody * self._classes + int(referrals.klass[referral])
            for node, share, entry in self._first(choice, group):
                yield -1, nobody, referral, node, share, entry

    def _first(self, choice: int, group: int) -> Iterator[tuple[int, float, int]]:
        for entry, end, share, _ in self._ends(choice, group=group, is_usual=True):
            yield end, share, entry

    def _day_one(self) -> None:
        day = self._program.day_one
        there = (day.present != 0) | (day.waiting > 0)
        for activity in np.flatnonzero(there).tolist():
            shares = np.diff(day.group_cumulative[activity], prepend=0.0)
            for group in np.flatnonzero(shares > 0).tolist():
                self._node(activity, group)

    def _from(self, start: int) -> Iterator[tuple[int, int, int, float, int, int, int]]:
        activity, _, _, group = self._met[start]
        table = self._program.activities
        choices = [(DONE, int(table.choice[activity, group]))]
        if table.patience_law[activity, group] != ABSENT:
            choices.append((GAVE_UP, int(table.gives_up_choice[activity, group])))
        if self._has_room_limit[activity]:
            choices.append((REFUSED, int(table.refused_choice[activity, group])))
        if table.ends_on_admission[activity] and not table.resident[activity]:
            choices.append((INTERRUPTED, int(table.interrupted_choice[activity, group])))
        for kind, choice in choices:
            is_usual = kind == DONE
            at = start if is_usual else None
            for entry, end, share, place in self._ends(choice, group=group, is_usual=is_usual, at=at):
                yield start, kind, end, share, entry, place, -1
        for order, other in enumerate(self._instead[activity]):
            yield start, INSTEAD + order, self._node(other, group), 1.0, -1, -1, -1
        yield from self._moved(start)

    def _moved(self, start: int) -> Iterator[tuple[int, int, int, float, int, int, int]]:
        """Give the ways that moves open, shut until they act."""
        activity, _, _, group = self._met[start]
        moves = self._program.moves
        for move in np.flatnonzero(moves.at == activity).tolist():
            variant = move if moves.kind[move] == STEP_DOWN else -1
            yield start, DONE, self._node(int(moves.to[move]), group, move=variant), 0.0, -1, -1, move

    def _ends(
        self, choice: int, *, group: int, is_usual: bool, at: int | None = None
    ) -> Iterator[tuple[int, int, float, int]]:
        """Yield entry, node or way out, share, and place in a list of each way of a choice; of those without
        a share only usual ones, for no effect acts on who gives up, is refused or interrupted."""
        if choice == ABSENT:
            return
        routes = self._program.routes
        for entry in range(int(routes.first[choice]), int(routes.first[choice + 1])):
            share = self._share[entry]
            if share <= 0 and not (is_usual and self._is_opened[entry]):
                continue
            kind, later = int(routes.kind[entry]), group_after(self._program, entry, group=group)
            if kind == TO_EXIT:
                yield entry, OUT, share, -1
            elif kind == TO_DIED:
                yield entry, DEAD, share, -1
            elif kind == TO_ACTIVITY:
                yield entry, self._reaches(int(routes.target[entry]), group=later, at=at), share, -1
            else:
                first, last = routes.list_first[routes.target[entry] : routes.target[entry] + 2]
                for place, target in enumerate(routes.list_activity[first:last].tolist()):
                    yield entry, self._reaches(target, group=later, at=at), share / (last - first), place

    def _reaches(self, target: int, *, group: int, at: int | None) -> int:
        """Give the node at an activity for a case that comes from a node (or holds nothing)."""
        table = self._program.activities
        if not table.holds_previous[target] or at is None:
            return self._node(target, group)
        activity, owner, _, _ = self._met[at]
        has_place = bool((table.resource[activity] != ABSENT).any())
        return self._node(target, group, owner=owner if owner >= 0 else activity if has_place else -1)


def _whole(values: np.ndarray) -> Ints:
    return values.astype(np.int64)
