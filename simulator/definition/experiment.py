"""An experiment: which model, over what time, how often, and the scenarios that are compared."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field, PlainValidator, PrivateAttr, WithJsonSchema

from simulator.definition.calibration import Calibrate
from simulator.definition.confirm import SomeConfirm
from simulator.definition.design import Correlations, SomeDesign
from simulator.definition.faults import Complaints, wrong
from simulator.definition.model import Origin, SchemaVersion
from simulator.definition.noun import Date, Ids, Noun, Part
from simulator.definition.quantities import Bounds, Parameter, kind_of, number, parameter_reader, read_value
from simulator.definition.seek import SomeSeek
from simulator.definition.select import SomeSelect
from simulator.definition.standards import Count, Instants, Measure
from simulator.definition.vary import Vary
from simulator.definition.words import Flag, Id, Text, keys_read, one_of
from simulator.units import SECONDS_A_WEEK, SECONDS_A_YEAR, Dimension, shown

BASELINE = "baseline"
PEOPLE, STOCKS, READABLE = ENGINES = ("people", "stocks", "readable")
MOST_SEED = 2**64 - 1
MOST_REPLICATIONS = 100_000
MOST_MAY_FAIL = 10_000_000
LONGEST_WARM_UP = 30 * SECONDS_A_YEAR
LONGEST_HORIZON = 100 * SECONDS_A_YEAR
PRECISION_WORDS = ("until", "at_least", "at_most")
LEAST_MORE = 5
SHARE_MORE = 0.05

_WARM_UP = Bounds(dimension=Dimension.TIME, most=LONGEST_WARM_UP, zero_is_bare=True)
_HORIZON = Bounds(dimension=Dimension.TIME, most=LONGEST_HORIZON, above=0)
_PERIOD = Bounds(dimension=Dimension.TIME, least=60, most=LONGEST_HORIZON)
_SEED = Bounds(dimension=Dimension.NUMBER, most=MOST_SEED, is_whole=True)
_REPLICATIONS = Bounds(dimension=Dimension.NUMBER, least=1, most=MOST_REPLICATIONS, is_whole=True)
_DRAWS = Bounds(dimension=Dimension.NUMBER, most=MOST_REPLICATIONS, is_whole=True)
_MAY_FAIL = Bounds(dimension=Dimension.NUMBER, most=MOST_MAY_FAIL, is_whole=True)
_POPULATION_SHARE = Bounds(dimension=Dimension.NUMBER, above=0, most=1)


class UntilPrecise(Part):
    """Replications until every primary difference is known well enough, within these limits."""

    at_least: int
    at_most: int


def look_ahead(count: int) -> int:
    """Say how many replications more must bear out that so many are enough: five, or 5% if that is more."""
    return max(LEAST_MORE, math.ceil(SHARE_MORE * count))


class FirstCases(Part):
    """The log keeps so many cases, the first to open."""

    first: int


def _read_seed(raw: object) -> int:
    if isinstance(raw, Decimal):
        raise wrong(f"{shown(str(raw))} is not a whole number; a seed is one from 0 to {MOST_SEED:,}.")
    if isinstance(raw, int) and not isinstance(raw, bool) and not 0 <= raw <= MOST_SEED:
        raise wrong(
            f"{shown(str(raw))} is no seed; a seed is a whole number from 0 to {MOST_SEED:,} (64 bits)."
        )
    return int(read_value(raw, _SEED))


def _read_replications(raw: object) -> int | UntilPrecise:
    if not isinstance(raw, Mapping):
        return raw if isinstance(raw, UntilPrecise) else int(read_value(raw, _REPLICATIONS))
    complaints = keys_read(raw, PRECISION_WORDS)
    complaints.read(lambda one: one_of(one, ["precise"]), raw.get("until"), "until")
    least, most = (
        complaints.read(lambda one: int(read_value(one, _REPLICATIONS)), raw.get(word, default), word)
        for word, default in (("at_least", 20), ("at_most", 200))
    )
    if least is not None and most is not None and most < least + look_ahead(least):
        complaints.add(
            f"{most:,} are too few after {least:,} at least, which {look_ahead(least):,} more must bear out; "
            f"write {least + look_ahead(least):,} or more.",
            "at_most",
        )
    complaints.raise_any()
    assert least is not None
    assert most is not None
    return UntilPrecise(at_least=least, at_most=most)


def _read_log(raw: object) -> str | FirstCases:
    if not isinstance(raw, Mapping):
        return raw if isinstance(raw, FirstCases) else one_of(raw, ("none", "all"))
    if set(raw) != {"first"}:
        raise wrong('a log is "none", "all" or { first = 100 }.')
    complaints = Complaints()
    first = complaints.read(lambda one: int(read_value(one, _DRAWS)), raw["first"], "first")
    complaints.raise_any()
    assert first is not None
    return FirstCases(first=first)


def _read_set(raw: object) -> dict[str, object]:
    if not isinstance(raw, Mapping):
        raise wrong(
            f'{kind_of(raw)} is not a table of settings, such as {{ "resources.beds.capacity" = 140 }}.'
        )
    return dict(flattened(raw))


def flattened(raw: Mapping[str, object], above: str = "") -> list[tuple[str, object]]:
    """Write nested settings as (dotted path, value): quoted and bare dotted keys mean the same."""
    found: list[tuple[str, object]] = []
    for key, value in raw.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, Mapping) and above.count(".") < 1 and "." not in key:
            found.extend(flattened(value, path))
        else:
            found.append((path, value))
    return found


def _read_whole_seconds(bounds: Bounds, raw: object) -> Parameter:
    found = parameter_reader(bounds)(raw)
    if found.value.denominator != 1:
        raise wrong(f"{shown(str(raw))} is not a whole number of seconds.")
    return found


_TIME = WithJsonSchema({"type": "string", "maxLength": 60})
Seed = Annotated[
    int, PlainValidator(_read_seed), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_SEED})
]
Replications = Annotated[
    int | UntilPrecise,
    PlainValidator(_read_replications),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "object", "required": ["until"]}]}),
]
Log = Annotated[
    str | FirstCases,
    PlainValidator(_read_log),
    WithJsonSchema({"anyOf": [{"enum": ["none", "all"]}, {"type": "object", "required": ["first"]}]}),
]
Settings = Annotated[
    dict[str, object],
    PlainValidator(_read_set),
    WithJsonSchema({"type": "object", "description": "Dotted paths of the model, each with its value."}),
]
WarmUp = Annotated[Parameter, PlainValidator(lambda raw: _read_whole_seconds(_WARM_UP, raw)), _TIME]
Horizon = Annotated[Parameter, PlainValidator(lambda raw: _read_whole_seconds(_HORIZON, raw)), _TIME]
Period = Annotated[Parameter, PlainValidator(lambda raw: _read_whole_seconds(_PERIOD, raw)), _TIME]
Engine = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, ENGINES)), WithJsonSchema({"enum": list(ENGINES)})
]
Draws = Annotated[
    int,
    PlainValidator(lambda raw: int(read_value(raw, _DRAWS))),
    WithJsonSchema({"type": "integer", "minimum": 0}),
]
MayFail = Annotated[
    int,
    PlainValidator(lambda raw: int(read_value(raw, _MAY_FAIL))),
    WithJsonSchema({"type": "integer", "minimum": 0}),
]
PopulationShare = Annotated[
    Fraction,
    PlainValidator(lambda raw: read_value(raw, _POPULATION_SHARE)),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]
NO_WARM_UP = number(0, Dimension.TIME)
ONE_WEEK = number(SECONDS_A_WEEK, Dimension.TIME)


class Scenario(Noun):
    """Another world: some interventions on, some values set otherwise.

    ``contract`` is the one that its money is settled by, and its losses where they feed back; without, the
    experiment's.
    """

    on: Ids = ()
    contract: Id | None = None
    set: Settings = Field(default_factory=dict)


class Experiment(Noun):
    """Runs made on purpose: a model, a span of time, and scenarios compared with the baseline.

    ``scenarios`` holds ``baseline``, with nothing on, whether the file names it or not, and then the others
    in the order of the file: the order in which readers see them, and nothing else. ``set`` are
    settings of the model that hold in every scenario, those of the command line among them. ``contract``
    names the model's contract that is in force; without, it is the first of its file.
    ``feedback``: what members lose changes how they work together, so a contract is part of a scenario.
    ``vary`` and ``design`` make it a sweep, of which so many pieces ``may_fail``. ``select`` chooses the best
    of its scenarios and points, ``confirm`` runs some of a sweep as stocks by people too. ``seek`` looks for
    the smallest number that meets a target, ``calibrate`` fits uncertain values to monthly figures.
    """

    schema_version: SchemaVersion
    model: Text
    starts: Date | None = None
    warm_up: WarmUp = NO_WARM_UP
    horizon: Horizon
    engine: Engine = ENGINES[0]
    seed: Seed
    replications: Replications = 1
    draws: Draws = 0
    may_fail: MayFail | None = None
    population_share: PopulationShare = Fraction(1)
    report_every: Period = ONE_WEEK
    log: Log = "none"
    contract: Id | None = None
    feedback: Flag = False
    set: Settings = Field(default_factory=dict)
    vary: Vary = Field(default_factory=dict)
    design: SomeDesign | None = None
    correlations: Correlations = ()
    select: SomeSelect | None = None
    confirm: SomeConfirm | None = None
    seek: SomeSeek | None = None
    calibrate: Calibrate | None = None
    scenarios: dict[Id, Scenario] = Field(default_factory=dict)
    measures: dict[Id, Measure] = Field(default_factory=dict)
    counts: dict[Id, Count] = Field(default_factory=dict)
    instants: Instants | None = None
    _origin: Origin = PrivateAttr(default_factory=Origin)

    def model_post_init(self, _: object, /) -> None:
        """Put the baseline before all scenarios; the others keep the order of the file."""
        others = {name: one for name, one in self.scenarios.items() if name != BASELINE}
        baseline = self.scenarios.get(BASELINE, Scenario())
        object.__setattr__(self, "scenarios", {BASELINE: baseline, **others})

    @property
    def origin(self) -> Origin:
        """Say where the experiment was read."""
        return self._origin


def with_experiment_origin(experiment: Experiment, origin: Origin) -> Experiment:
    """Give the experiment that was read here; what it says stays the same."""
    known = experiment.model_copy()
    known._origin = origin
    return known


def starts_of(experiment: Experiment, of_model: date | None) -> date:
    """Give the first day that counts: the experiment's, else the model's."""
    found = experiment.starts or of_model
    assert found is not None, "load_experiment has refused an experiment without a start"
    return found
