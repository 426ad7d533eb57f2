"""A model: everything that a model file says, validated; no time passes here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, PlainValidator, PrivateAttr, WithJsonSchema

from simulator.definition.activities import Activity
from simulator.definition.calendars import Profile, Timetable
from simulator.definition.capacities import Resource
from simulator.definition.changes import Shock
from simulator.definition.collaborations import Collaboration
from simulator.definition.consequences import Consequence
from simulator.definition.contracts import Contract
from simulator.definition.costs import CostLine, Refill
from simulator.definition.evidence import Evidence
from simulator.definition.exchange import Exchange
from simulator.definition.fitted import Calibration
from simulator.definition.harms import Harm
from simulator.definition.interventions import Intervention
from simulator.definition.noun import Date, Part
from simulator.definition.people import Locality, Need, Organisation, Referral, Segment, Site, Trait
from simulator.definition.positions import Positions
from simulator.definition.slow_dynamics import Auxiliary, Check, Flow, Integration, LookupTable, Stock, Strata
from simulator.definition.staff import StaffKind
from simulator.definition.standards import Clock, Count, Instants, Measure
from simulator.definition.words import Id, Text, one_of
from simulator.errors import Fault

SCHEMA_VERSION = 1
RINGS = ("move", "fail")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origin:
    """Where a model or experiment was read: its file, its folder, what it says, and where each thing stands.

    Two origins are always equal: where a thing was read is no part of what it says.
    """

    file: str = ""
    folder: Path = Path()
    resolved: Mapping[str, object] = field(default_factory=dict)
    positions: Positions = field(default_factory=Positions)

    def __eq__(self, other: object) -> bool:
        """Say that where a thing was read makes no difference."""
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        """Agree with equality."""
        return 0

    def fault(self, path: str, message: str) -> Fault:
        """Locate a fault found later, by the dotted path of what it is about."""
        return self.positions.fault(tuple(path.split(".")), message)


SchemaVersion = Annotated[int, PlainValidator(lambda raw: raw), WithJsonSchema({"const": SCHEMA_VERSION})]
Ring = Annotated[str, PlainValidator(lambda raw: one_of(raw, RINGS)), WithJsonSchema({"enum": list(RINGS)})]


class Model(Part):
    """A place: who lives in it, what they come to need, who serves them with what, and what might change."""

    collections: ClassVar[tuple[str, ...]] = (
        "organisations",
        "localities",
        "sites",
        "segments",
        "traits",
        "profiles",
        "needs",
        "referrals",
        "timetables",
        "resources",
        "activities",
        "staff",
        "shocks",
        "clocks",
        "measures",
        "counts",
        "consequences",
        "harms",
        "stocks",
        "flows",
        "auxiliaries",
        "lookups",
        "strata",
        "checks",
        "interventions",
        "costs",
        "contracts",
        "collaborations",
        "evidence",
    )

    schema_version: SchemaVersion
    title: Text | None = None
    note: Text | None = None
    price_base: Text | None = None
    starts: Date | None = None
    ring: Ring = RINGS[0]
    organisations: dict[Id, Organisation] = Field(default_factory=dict)
    localities: dict[Id, Locality] = Field(default_factory=dict)
    sites: dict[Id, Site] = Field(default_factory=dict)
    segments: dict[Id, Segment] = Field(default_factory=dict)
    traits: dict[Id, Trait] = Field(default_factory=dict)
    profiles: dict[Id, Profile] = Field(default_factory=dict)
    needs: dict[Id, Need] = Field(default_factory=dict)
    referrals: dict[Id, Referral] = Field(default_factory=dict)
    timetables: dict[Id, Timetable] = Field(default_factory=dict)
    resources: dict[Id, Resource] = Field(default_factory=dict)
    activities: dict[Id, Activity] = Field(default_factory=dict)
    staff: dict[Id, StaffKind] = Field(default_factory=dict)
    shocks: dict[Id, Shock] = Field(default_factory=dict)
    clocks: dict[Id, Clock] = Field(default_factory=dict)
    measures: dict[Id, Measure] = Field(default_factory=dict)
    counts: dict[Id, Count] = Field(default_factory=dict)
    instants: Instants | None = None
    consequences: dict[Id, Consequence] = Field(default_factory=dict)
    harms: dict[Id, Harm] = Field(default_factory=dict)
    stocks: dict[Id, Stock] = Field(default_factory=dict)
    flows: dict[Id, Flow] = Field(default_factory=dict)
    auxiliaries: dict[Id, Auxiliary] = Field(default_factory=dict)
    lookups: dict[Id, LookupTable] = Field(default_factory=dict)
    strata: dict[Id, Strata] = Field(default_factory=dict)
    integration: Integration | None = None
    exchange: Exchange | None = None
    checks: dict[Id, Check] = Field(default_factory=dict)
    interventions: dict[Id, Intervention] = Field(default_factory=dict)
    costs: dict[Id, CostLine] = Field(default_factory=dict)
    refill: Refill | None = None
    contracts: dict[Id, Contract] = Field(default_factory=dict)
    collaborations: dict[Id, Collaboration] = Field(default_factory=dict)
    evidence: dict[Id, Evidence] = Field(default_factory=dict)
    calibration: Calibration | None = None
    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Say where the model was read."""
        return self._origin


def with_origin(model: Model, origin: Origin) -> Model:
    """Give the model that was read here; what it says stays the same."""
    known = model.model_copy()
    known._origin = origin
    return known
