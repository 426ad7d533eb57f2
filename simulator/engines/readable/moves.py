"""Moves: diversions at the end of an activity, and stepping down from a bed before the stay is over.

Somebody is moved only if a place is free there and then. Whom an effect on a share sends another way goes
there without; they are counted here too.
"""

from functools import partial

from simulator.compiler.program import TO_ACTIVITY, TO_EXIT
from simulator.engines.readable import agenda, care
from simulator.engines.readable.case import Case, Stay
from simulator.engines.readable.leaving import is_over
from simulator.engines.readable.network import Entry
from simulator.engines.readable.world import World

_DIVERTS, _STEP_DOWN = 0, 1


class Moves:
    """The diversions and step-downs of all interventions, by the activity at which they act."""

    def __init__(self, world: World) -> None:
        moves = world.program.moves
        self._world = world
        self._table = moves
        self._at: dict[tuple[int, int], list[int]] = {}
        for move, (kind, at) in enumerate(zip(moves.kind.tolist(), moves.at.tolist(), strict=True)):
            self._at.setdefault((kind, at), []).append(move)

    def diverts(self, case: Case, activity: int, *, entry: Entry) -> bool:
        """Offer the first diversion that is drawn and finds a place; say whether the case was moved."""
        for move in self._at.get((_DIVERTS, activity), ()):
            share = self._share_diverted(move, case, entry=entry)
            if self._touches(move, case) and self._is_drawn(move, case, activity=activity, share=share):
                to = int(self._table.to[move])
                found = care.may_start_now(self._world, case, activity=to)
                self._world.schemes.offers_move(move, found_place=found)
                if found:
                    self._is_displaced(case)
                    care.goes_to(self._world, case, activity=to)
                    return True
        return False

    def is_sent(self, case: Case, *, entry: Entry) -> None:
        """Count a case that takes a way by which an effect on a share sent it."""
        if case.sent_by >= 0:
            self._world.schemes.sends(case.sent_by, route=entry.name)
            self._is_displaced(case)

    def plans_step_down(self, case: Case) -> None:
        """Put on the agenda the moment at which a stay that leads home might be ended elsewhere."""
        stay = case.stay
        assert stay is not None
        for move in self._at.get((_STEP_DOWN, stay.activity), ()):
            second = case.ends - int(self._table.last_seconds[move])
            if second > stay.started:
                self._world.agenda.add(
                    second,
                    phase=agenda.ENDS,
                    number=case.number,
                    act=partial(self._steps_down, case, stay, move=move),
                )

    def _steps_down(self, case: Case, stay: Stay, *, move: int) -> None:
        if case.stay is not stay or case.ends < 0 or not self._touches(move, case):
            return
        entry = case.entry or care.draws_route(self._world, case, activity=stay.activity)
        share = float(self._table.share[move, self._world.group(case)])
        if entry.kind != TO_EXIT or not self._is_drawn(move, case, activity=stay.activity, share=share):
            return
        to, remaining = int(self._table.to[move]), case.ends - self._world.agenda.now
        found = care.may_start_now(self._world, case, activity=to)
        self._world.schemes.offers_move(move, found_place=found)
        if found:
            is_over(self._world, case)
            care.goes_to(self._world, case, activity=to, ends=self._world.agenda.now + remaining)

    def _share_diverted(self, move: int, case: Case, *, entry: Entry) -> float:
        if entry.kind == TO_ACTIVITY and entry.target == int(self._table.away_from[move]):
            return float(self._table.share[move, self._world.group(case)])
        if entry.kind == TO_EXIT:
            return float(self._table.home_share[move, self._world.group(case)])
        return 0.0

    def _is_drawn(self, move: int, case: Case, *, activity: int, share: float) -> bool:
        strength = self._world.schemes.strength[int(self._table.intervention[move])]
        purpose, visit = int(self._table.hash[move]), case.visits[activity]
        return self._world.chance.uniform(case.id, purpose, visit=visit, draw=0) < strength * share

    def _touches(self, move: int, case: Case) -> bool:
        return self._world.schemes.touches(
            int(self._table.intervention[move]),
            int(self._table.whom[move]),
            person=case.person,
            segments=self._table.segment[move],
        )

    def _is_displaced(self, case: Case) -> None:
        if case.need >= 0:
            segment = self._world.people.segment[case.person]
            self._world.folk.is_displaced(case.need, segment=segment, home=case.home)
