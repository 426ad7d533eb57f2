"""Interventions: the switches, whom they touch, how they grow, what they cost and what they change."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.effects import Effect
from simulator.definition.laws import TimeLaw
from simulator.definition.moments import Moment
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import (
    Money,
    OneOrMore,
    Places,
    PositiveTime,
    Rate,
    Share,
    number,
)
from simulator.definition.ramps import AT_ONCE, SomeRamp
from simulator.definition.words import Id, ResourceId, one_of

WHATS = ("upstream", "mirror", "integration")
DEPTHS = ("transactional", "resource", "deep", "strategic")
ORDERS = ("most_use", "lot")
ENROLLED, EVERYONE, SEGMENTS = "enrolled", "everyone", "segments"
WHOM = (ENROLLED, EVERYONE)


What = Annotated[str, PlainValidator(lambda raw: one_of(raw, WHATS)), WithJsonSchema({"enum": list(WHATS)})]
Depth = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, DEPTHS)), WithJsonSchema({"enum": list(DEPTHS)})
]
Order = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, ORDERS)), WithJsonSchema({"enum": list(ORDERS)})
]
Whom = Annotated[str, PlainValidator(lambda raw: one_of(raw, WHOM)), WithJsonSchema({"enum": list(WHOM)})]


class RecentUse(Part):
    """So many needs of these kinds within the last complete quarters."""

    needs: Ids
    at_least: OneOrMore
    within: PositiveTime


class Eligible(Part):
    """Who may be enrolled; what is not said does not restrict."""

    segments: Ids | None = None
    localities: Ids | None = None
    recent_use: RecentUse | None = None


class InterventionCost(Part):
    """What an intervention costs besides the activities it opens: once, a place a year, an enrolment."""

    set_up: Money | None = None
    place_year: Money | None = None
    enrolment: Money | None = None


class Addition(Part):
    """What an intervention brings while it runs: places of a resource, or a need of its own."""

    resource: ResourceId | None = None
    capacity: Places | None = None
    need: Id | None = None
    rate: Rate | None = None
    for_: Whom | None = Field(default=None, alias="for")


class Feed(Part):
    """What an intervention gives a collaboration: a strategic forum, 1 being one that all leaders attend."""

    collaboration: Id
    forum: Share = number(1)


class Intervention(Noun):
    """A switch: off it is as if it were not there."""

    what: What | None = None
    depth: Depth | None = None
    lead: Id | None = None
    partners: Ids = ()
    starts: Moment | None = None
    ends: Moment | None = None
    eligible: Eligible | None = None
    uptake: Share | None = None
    places: Places | None = None
    enrolments: Rate | None = None
    stays: TimeLaw | None = None
    order: Order | None = None
    ramp: SomeRamp = AT_ONCE
    fades: SomeRamp | None = None
    collaboration: Id | None = None
    feeds: Feed | None = None
    cost: InterventionCost | None = None
    adds: tuple[Addition, ...] = ()
    evidence: Ids = ()
    effects: tuple[Effect, ...] = ()

    @property
    def enrols(self) -> bool:
        """Say whether people are enrolled in it one by one."""
        asked = (self.uptake, self.places, self.enrolments, self.stays)
        return any(one is not None for one in asked) or any(
            whom == ENROLLED for whom in [one.for_ for one in self.effects] + [one.for_ for one in self.adds]
        )

    @property
    def enrolment_order(self) -> str:
        """Say in which order people are enrolled: most use first where it is by recent use, else by lot."""
        if self.order is not None:
            return self.order
        by_use = self.eligible is not None and self.eligible.recent_use is not None
        return ORDERS[0] if by_use else ORDERS[1]

    def whom(self, part: Effect | Addition) -> str | tuple[str, ...]:
        """Say whom an effect or an addition touches: ``enrolled``, ``everyone``, or these segments."""
        if part.for_ == SEGMENTS:
            own = part.segments if isinstance(part, Effect) else ()
            return own or (self.eligible.segments if self.eligible and self.eligible.segments else ())
        if part.for_ is not None:
            return part.for_
        return ENROLLED if self.enrols else EVERYONE
