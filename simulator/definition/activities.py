"""Activities: steps of care that take time and, most of them, a place of a resource."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.changes import Growth
from simulator.definition.faults import wrong
from simulator.definition.groups import Keyed, keyed_reader
from simulator.definition.laws import KeyedTimeLaw, Law, TimeLaw, law_reader
from simulator.definition.noun import Ids, KeyedMoney, KeyedOrder, Noun, Part
from simulator.definition.paid_by import SomePaidBy
from simulator.definition.quantities import PLACES, Factor, Parameter, kind_of, parameter_reader
from simulator.definition.routes import TO_EXIT, KeyedRoutes
from simulator.definition.words import Flag, Id, keys_read, one_of
from simulator.units import Dimension

NO_RESOURCE = "none"
LEAVES, STARTS, HAS_ROOM = "leaves", "starts", "has_room"
OWN, PREVIOUS = "own", "previous"
STEADY = "steady"
WAITING_WORDS = ("number", "waited")


class Cost(Part):
    """What one activity costs that varies with it: for each start, and for each day in the place.

    ``trend`` is the growth of both.
    """

    contact: KeyedMoney | None = None
    day: KeyedMoney | None = None
    payer: Id | None = None
    trend: Growth | None = None


class WaitingAtStart(Part):
    """Cases that already wait at second 0, and how long they have waited."""

    number: Annotated[Parameter, PlainValidator(parameter_reader(PLACES))]
    waited: TimeLaw | None = None


def read_waiting(raw: object) -> WaitingAtStart:
    """Read how many wait at the start: a number, or a table with how long they have waited."""
    if isinstance(raw, WaitingAtStart):
        return raw
    if not isinstance(raw, Mapping) or "value" in raw:
        return WaitingAtStart.model_construct(number=parameter_reader(PLACES)(raw), waited=None)
    complaints = keys_read(raw, WAITING_WORDS, needed=("number",))
    number = complaints.read(parameter_reader(PLACES), raw.get("number", 0), "number")
    waited: Law | None = None
    if "waited" in raw:
        waited = complaints.read(law_reader(Dimension.TIME), raw["waited"], "waited")
    complaints.raise_any()
    assert number is not None
    return WaitingAtStart.model_construct(number=number, waited=waited)


def read_present(raw: object) -> Parameter | str:
    """Read how many are in the activity at the start: a number, or ``"steady"``."""
    if isinstance(raw, str):
        return one_of(raw, [STEADY])
    return parameter_reader(PLACES)(raw)


def _read_keeping(raw: object) -> str:
    return one_of(raw, (STARTS, HAS_ROOM, LEAVES))


def _read_holding(raw: object) -> str:
    return one_of(raw, (OWN, PREVIOUS))


def _read_resource(raw: object) -> str:
    if isinstance(raw, str) and raw:
        return raw
    raise wrong(f'{kind_of(raw)} is not the id of a resource; an activity that needs none says "none".')


_KEEPING = {"enum": [STARTS, HAS_ROOM, LEAVES]}
Keeping = Annotated[
    Keyed[str],
    PlainValidator(keyed_reader(_read_keeping, lambda _: False)),
    WithJsonSchema({"anyOf": [_KEEPING, {"type": "object", "additionalProperties": _KEEPING}]}),
]
Holding = Annotated[str, PlainValidator(_read_holding), WithJsonSchema({"enum": [OWN, PREVIOUS]})]
Present = Annotated[
    Parameter | str,
    PlainValidator(read_present),
    WithJsonSchema({"anyOf": [{"type": ["integer", "object"]}, {"const": STEADY}]}),
]
Waiting = Annotated[
    WaitingAtStart, PlainValidator(read_waiting), WithJsonSchema({"type": ["integer", "object"]})
]
ResourceId = Annotated[
    str,
    PlainValidator(_read_resource),
    WithJsonSchema({"type": "string", "description": 'A resource, or "none".'}),
]
ALWAYS_LEAVES: Keyed[str] = Keyed(single=LEAVES)
NOTHING: Keyed[Law] = Keyed()


class Activity(Noun):
    """A step of care: it may wait for a place, takes a time, and sends each case on its way.

    ``trend`` is the growth of its durations.
    """

    resource: ResourceId = NO_RESOURCE
    duration: KeyedTimeLaw
    duration_by_route: dict[Id, KeyedTimeLaw] = Field(default_factory=dict)
    ends_at: Id | None = None
    priority: KeyedOrder | None = None
    patience: KeyedTimeLaw | None = None
    gives_up_to: KeyedRoutes = TO_EXIT
    refused_to: KeyedRoutes = TO_EXIT
    interrupted_to: KeyedRoutes = TO_EXIT
    if_full: Ids = ()
    keeps_place_until_next: Keeping = ALWAYS_LEAVES
    holds: Holding = OWN
    turnaround: TimeLaw | None = None
    resident: Flag = False
    queue_is_resident: Flag = False
    also_in_bed: Flag = False
    ends_on_admission: Flag | None = None
    routes: KeyedRoutes = TO_EXIT
    waiting_at_start: Waiting | None = None
    present_at_start: Present | None = None
    cost: Cost | None = None
    payer: Id | None = None
    paid_by: SomePaidBy | None = None
    staff_minutes: dict[Id, Factor] = Field(default_factory=dict)
    trend: Growth | None = None

    @property
    def ends_when_admitted(self) -> bool:
        """Say whether it ends when its person is admitted; unless said, whatever is not in a bed does."""
        if self.ends_on_admission is not None:
            return self.ends_on_admission
        return not self.resident and not self.queue_is_resident and not self.also_in_bed

    @property
    def cost_payer(self) -> str | None:
        """Name who pays, where it is not the owner of the resource."""
        if self.cost is not None and self.cost.payer is not None:
            return self.cost.payer
        return self.payer
