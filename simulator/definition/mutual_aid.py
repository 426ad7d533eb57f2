"""Mutual aid: organisations that serve each other's cases, and move places to where they are most needed."""

from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.noun import Ids, Part
from simulator.definition.quantities import TIME as ANY_TIME
from simulator.definition.quantities import (
    OneOrMore,
    Parameter,
    PositiveTime,
    Rate,
    Share,
    kind_of,
    number,
    parameter_reader,
)
from simulator.definition.words import Flag, one_of, read_resource_id
from simulator.units import Dimension, shown

LONGEST_QUEUE, LONGEST_WAIT, GREATEST_HARM = "longest queue", "longest wait", "greatest harm"
TOWARDS = (LONGEST_QUEUE, LONGEST_WAIT, GREATEST_HARM)


def read_resources(raw: object) -> tuple[str, ...]:
    """Read a list of resources, each once: ``gp_slots`` means all its members, or one ``gp_slots@east``."""
    if not isinstance(raw, list | tuple):
        raise wrong(f"{kind_of(raw)} is not a list of resources.")
    complaints = Complaints()
    found = [complaints.read(read_resource_id, one, place) for place, one in enumerate(raw)]
    for place, name in enumerate(found):
        if name is not None and name in found[:place]:
            complaints.add(f"{shown(name)} is named twice.", place)
    complaints.raise_any()
    return tuple(name for name in found if name is not None)


Resources = Annotated[
    tuple[str, ...],
    PlainValidator(read_resources),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z][a-z0-9_]*(@[a-z][a-z0-9_]*)?$"},
            "uniqueItems": True,
        }
    ),
]
Towards = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, TOWARDS)), WithJsonSchema({"enum": list(TOWARDS)})
]
Time = Annotated[
    Parameter,
    PlainValidator(parameter_reader(ANY_TIME)),
    WithJsonSchema({"type": ["string", "object"], "description": "A time of nought or more."}),
]
EVERYBODY = number(1)
AT_ONCE = Parameter(value=EVERYBODY.value * 0, dimension=Dimension.TIME)


class WhomHelped(Part):
    """Which cases partners help; what is not said does not restrict.

    ``waited_over``: only those who have waited for longer, so nobody on arrival. ``needs`` and ``classes``
    name classes of cases, ``segments`` their people's.
    """

    waited_over: PositiveTime | None = None
    segments: Ids = ()
    needs: Ids = ()
    classes: Ids = ()


class Sharing(Part):
    """Resources that serve each other's cases.

    ``at_most`` is of all of them together; ``accepts`` the chance that a person goes to a partner. A place
    that falls free serves its own queue first, or, ``pooled``, all queues in one order.
    """

    resources: Resources
    whom: WhomHelped | None = None
    at_most: Rate | None = None
    accepts: Share = EVERYBODY
    pooled: Flag = False

    @property
    def helped(self) -> WhomHelped:
        """Say which cases are helped: all where nothing is said."""
        return self.whom or WhomHelped()


class Moving(Part):
    """Places that are moved, now and then, from where they are least needed to where they are most.

    ``places`` at a time, decided ``every`` so often and there after ``notice``; none is taken below
    ``floor`` of a resource's own. ``beyond`` is the wait from which harm is counted.
    """

    from_: Resources = Field(alias="from")
    to: Towards
    places: OneOrMore
    every: PositiveTime = Parameter(value=EVERYBODY.value * 604_800, dimension=Dimension.TIME)
    notice: Time = AT_ONCE
    floor: Share
    beyond: Time = AT_ONCE
