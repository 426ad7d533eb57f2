"""Where the tables of a program stand: all that has to be known before any of them is written."""

from dataclasses import dataclass, field

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_ROUTE
from simulator.compiler.program import ABSENT, Ints, Program
from simulator.engines.kernels.layout import (
    ACTIVITY_SIZE,
    CHOICE_SIZE,
    CLOCK_SIZE,
    EFFECT_SIZE,
    ENTRY_SIZE,
    LAW_SIZE,
    MOVE_SIZE,
    NEED_SIZE,
    REFERRAL_SIZE,
    RESOURCE_SIZE,
    SCHEME_SIZE,
)
from simulator.engines.people.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The first place of each table; ``head`` collects what stands in the head of the world."""

    ground: Ground
    program: Program
    activities: int
    resources: int
    choices: int
    entries: int
    laws: int
    needs: int
    referrals: int
    schemes: int
    effects: int
    moves: int
    clocks: int
    head: dict[int, int] = field(default_factory=dict)

    def activity(self, index: Ints) -> Ints:
        """Return where the rows of activities begin, 0 for those absent."""
        return place_of(self.activities, index, size=ACTIVITY_SIZE)

    def choice(self, index: Ints) -> Ints:
        """Return where the rows of choices begin."""
        return place_of(self.choices, index, size=CHOICE_SIZE)

    def law(self, index: Ints) -> Ints:
        """Return where the rows of laws begin."""
        return place_of(self.laws, index, size=LAW_SIZE)

    def scheme(self, index: Ints) -> Ints:
        """Return where the rows of interventions begin."""
        return place_of(self.schemes, index, size=SCHEME_SIZE)

    def resource(self, index: Ints) -> Ints:
        """Return where the rows of resources begin."""
        return place_of(self.resources, index, size=RESOURCE_SIZE)

    def effect(self, index: int) -> int:
        """Return where an effect's row begins."""
        return self.effects + index * EFFECT_SIZE

    def move(self, index: int) -> int:
        """Return where a move's row begins."""
        return self.moves + index * MOVE_SIZE


def driven_shares(program: Program) -> list[int]:
    """List the drives of shares of routes, by path: each is laid out as an effect, after all others."""
    exchange = program.exchange
    return [] if exchange is None else np.flatnonzero(exchange.drive_of == DRIVES_ROUTE).tolist()


def place_of(first: int, index: Ints, *, size: int) -> Ints:
    """Return where rows begin, 0 for those absent."""
    return np.where(index == ABSENT, 0, first + index * size)


def plan_program(program: Program) -> Plan:
    """Give every table of a program its place."""
    ground, names = Ground(), program.names
    activities = len(names.activities)
    return Plan(
        ground=ground,
        program=program,
        activities=ground.room(activities * ACTIVITY_SIZE),
        resources=ground.room((len(names.resources) + activities) * RESOURCE_SIZE),
        choices=ground.room((len(program.routes.first) - 1) * CHOICE_SIZE),
        entries=ground.room(len(program.routes.kind) * ENTRY_SIZE),
        laws=ground.room(len(program.laws.kind) * LAW_SIZE),
        needs=ground.room(len(names.needs) * NEED_SIZE),
        referrals=ground.room(len(names.referrals) * REFERRAL_SIZE),
        schemes=ground.room((len(names.interventions) + 1) * SCHEME_SIZE),
        effects=ground.room((len(program.effects.on) + len(driven_shares(program))) * EFFECT_SIZE),
        moves=ground.room(len(program.moves.kind) * MOVE_SIZE),
        clocks=ground.room(len(names.clocks) * CLOCK_SIZE),
    )
