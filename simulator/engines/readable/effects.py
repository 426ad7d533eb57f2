"""Effects: what the switches do to a rate, a hazard, a time or a share.

value = max(0, base × Π(1 + s(m − 1)) + Σ s·a), interventions in name order, s the strength now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_ROUTE
from simulator.compiler.program import (
    ON_DURATION,
    ON_HAZARD,
    ON_JOINERS,
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    ON_ROUTE_SHARE,
    TIMES,
    Program,
)
from simulator.engines.readable.case import NOBODY, Case
from simulator.engines.readable.network import Choice, Entry
from simulator.engines.sums import one_by_one
from simulator.engines.variates import whole_seconds

if TYPE_CHECKING:
    from simulator.engines.readable.schemes import Schemes
    from simulator.engines.readable.world import World

Pull = tuple[int, float]
# A driven share: its drive, its route, the other one, its draw.
Driven = tuple[int, int, int, int]
# Where a case may move instead, if anywhere, and by which chance.
Destination = tuple[Entry | None, float]


class Effects:
    """The effects of all interventions, by what they act on."""

    def __init__(self, program: Program, schemes: Schemes) -> None:
        effects = program.effects
        self._schemes = schemes
        self._effects = effects
        self._intervention: list[int] = effects.intervention.tolist()
        self._acts: list[int] = effects.acts.tolist()
        self._whom: list[int] = effects.whom.tolist()
        self._last = effects.value.shape[1] - 1
        self._driven = driven_routes(program)
        self._by_target: dict[tuple[int, int], list[int]] = {}
        for effect, (on, target) in enumerate(zip(effects.on.tolist(), effects.target.tolist(), strict=True)):
            self._by_target.setdefault((on, target), []).append(effect)

    def value(self, on: int, target: int, *, base: float, person: int, second_target: int = -1) -> float:
        """Return a value with its effects."""
        found = self._by_target.get((on, target))
        if found is None:
            return base
        times, plus = 1.0, 0.0
        for effect in found:
            if self._is_aimed_at(effect, second_target) and self._touches(effect, person):
                strength, value = self._strength(effect), self._value(effect, person)
                if self._acts[effect] == TIMES:
                    times *= 1.0 + strength * (value - 1.0)
                else:
                    plus += strength * value
        return max(0.0, base * times + plus)

    def need_pulled_down(self, need: int, base: float, *, person: int) -> list[Pull]:
        """Return the interventions that pull a need down, with shares in proportion to s(1 − m)."""
        pulls: dict[int, float] = {}
        for effect in self._by_target.get((ON_NEED_RATE, need), ()):
            if self._touches(effect, person):
                strength, value = self._strength(effect), self._value(effect, person)
                pull = strength * (1.0 - value) if self._acts[effect] == TIMES else -strength * value / base
                if pull > 0.0:
                    intervention = self._intervention[effect]
                    pulls[intervention] = pulls.get(intervention, 0.0) + pull
        total = one_by_one(pulls.values())
        return [(intervention, pull / total) for intervention, pull in pulls.items()]

    def need_rate(self, need: int, base: float, *, person: int) -> float:
        """Return a person's present intensity of a need."""
        return self.value(ON_NEED_RATE, need, base=base, person=person)

    def hazard(self, segment: int, target: int, *, base: float, person: int) -> float:
        """Return a person's present hazard towards a segment or death."""
        return self.value(ON_HAZARD, segment, base=base, person=person, second_target=target)

    def referral_rate(self, referral: int, base: float) -> float:
        """Return the present rate of a referral stream."""
        return self.value(ON_REFERRAL_RATE, referral, base=base, person=NOBODY)

    def joiner_rate(self, segment: int, base: float) -> float:
        """Return the present rate of joiners of a segment."""
        return self.value(ON_JOINERS, segment, base=base, person=NOBODY)

    def duration(self, world: World, case: Case, *, activity: int, seconds: float) -> int:
        """Return a drawn time with its effects, rounded once."""
        return int(whole_seconds(self.value(ON_DURATION, activity, base=seconds, person=case.person)))

    def route(self, world: World, case: Case, *, activity: int, entry: Entry) -> Entry:
        """Move a drawn route as the effects on shares ask, each by its own draw after the baseline choice."""
        choice = world.network.choices[world.network.choice[activity][world.group(case)]]
        visit = case.visits[activity]
        for drive, name, instead, purpose in self._driven.get(activity, ()):
            change = world.rates.shares[drive] - 1.0
            to = _destination(choice, entry, change=change, ends=(name, instead))
            entry = _moved(world, case, entry=entry, to=to, purpose=purpose, visit=visit)
        found = self._by_target.get((ON_ROUTE_SHARE, activity), ())
        return self._moved_along(world, case, effects=found, choice=choice, entry=entry, visit=visit)

    def first_route(
        self, world: World, case: Case, *, on: int, target: int, choice: Choice, entry: Entry
    ) -> Entry:
        """Move where a case of a need or referral was drawn to start, as the effects on those shares ask."""
        found = self._by_target.get((on, target), ())
        entry = self._moved_along(world, case, effects=found, choice=choice, entry=entry, visit=0)
        world.moves.is_sent(case, entry=entry)
        return entry

    def _moved_along(
        self, world: World, case: Case, *, effects: Sequence[int], choice: Choice, entry: Entry, visit: int
    ) -> Entry:
        """Move an entry by one effect after another; remember the last that did, unless it led back."""
        drawn, case.sent_by = entry, -1
        for effect in effects:
            before = entry
            entry = self._moved(world, case, effect=effect, choice=choice, entry=before, visit=visit)
            case.sent_by = case.sent_by if entry is before else effect
        case.sent_by = -1 if entry is drawn else case.sent_by
        return entry

    def _moved(
        self, world: World, case: Case, *, effect: int, choice: Choice, entry: Entry, visit: int
    ) -> Entry:
        if not self._touches(effect, case.person):
            return entry
        name, instead = int(self._effects.second_target[effect]), int(self._effects.instead[effect])
        change = self._strength(effect) * (self._value(effect, case.person) - 1.0)
        to = _destination(choice, entry, change=change, ends=(name, instead))
        return _moved(world, case, entry=entry, to=to, purpose=int(self._effects.hash[effect]), visit=visit)

    def _is_aimed_at(self, effect: int, second_target: int) -> bool:
        return second_target < 0 or int(self._effects.second_target[effect]) == second_target

    def _touches(self, effect: int, person: int) -> bool:
        return self._schemes.touches(
            self._intervention[effect],
            self._whom[effect],
            person=person,
            segments=self._effects.segment[effect],
        )

    def _strength(self, effect: int) -> float:
        return (
            1.0 if self._effects.full_strength[effect] else self._schemes.strength[self._intervention[effect]]
        )

    def _value(self, effect: int, person: int) -> float:
        intervention = self._intervention[effect]
        if self._effects.since_enrolment[effect]:
            week = self._schemes.weeks_enrolled(intervention, person)
        else:
            week = self._schemes.week[intervention]
        return float(self._effects.value[effect, min(week, self._last)])


def _destination(choice: Choice, entry: Entry, *, change: float, ends: tuple[int, int]) -> Destination:
    """Give where a drawn entry may move, and by which chance, where a share changes by so much of itself."""
    name, instead = ends
    if change < 0.0 and entry.name == name:
        return choice.named(instead), -change
    if change > 0.0 and entry.name == instead:
        share = choice.share_of(instead)
        return choice.named(name), change * choice.share_of(name) / share if share > 0.0 else 0.0
    return None, 0.0


def _moved(world: World, case: Case, *, entry: Entry, to: Destination, purpose: int, visit: int) -> Entry:
    other, chance = to
    if other is not None and world.chance.uniform(case.id, purpose, visit=visit, draw=0) < chance:
        return other
    return entry


def driven_routes(program: Program) -> dict[int, list[Driven]]:
    """List the driven shares of each activity, by path."""
    exchange = program.exchange
    found: dict[int, list[Driven]] = {}
    if exchange is None:
        return found
    columns = (exchange.drive_second, exchange.drive_instead, exchange.drive_hash)
    for drive in np.flatnonzero(exchange.drive_of == DRIVES_ROUTE).tolist():
        name, instead, purpose = (int(column[drive]) for column in columns)
        found.setdefault(int(exchange.drive_target[drive]), []).append((drive, name, instead, purpose))
    return found
