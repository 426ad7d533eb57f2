"""A design over a model of stocks alone: what is varied, at which points, and what is measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator, PrivateAttr, WithJsonSchema

from simulator.definition.design import GRID, LATIN_HYPERCUBE, MOST_RUNS, POINTS, Correlations, SomeDesign
from simulator.definition.experiment import Seed
from simulator.definition.faults import wrong
from simulator.definition.files import read_draft
from simulator.definition.loading import complaints_of_version, in_order, located
from simulator.definition.model import Origin, SchemaVersion
from simulator.definition.noun import Noun
from simulator.definition.quantities import kind_of
from simulator.definition.reading import Complaint, read_noun
from simulator.definition.variations import of_kind
from simulator.definition.vary import Variation, Vary
from simulator.definition.which_file import refuse_model_as_design
from simulator.definition.words import Id, nearest
from simulator.errors import DefinitionError, Fault
from simulator.units import Dimension, shown, written_quantity

AT_END, MEAN, LEAST, MOST, INTEGRAL = WHATS = ("at_end", "mean", "least", "most", "integral")
MEANT = {"final": AT_END, "end": AT_END, "last": AT_END, "average": MEAN, "min": LEAST, "minimum": LEAST}
MEANT |= {"max": MOST, "maximum": MOST, "peak": MOST, "sum": INTEGRAL, "total": INTEGRAL}
OF_EXPERIMENTS = ("model", "horizon", "scenarios", "replications", "draws", "select", "confirm")


@dataclass(frozen=True, slots=True)
class StockOf:
    """What of a variable is measured: its ``name``, with ``[element]`` where it has elements, and what."""

    name: str
    what: str


def read_stock_of(raw: object) -> StockOf:
    """Read ``"waiting.at_end"``: a variable, and what of its course."""
    if isinstance(raw, StockOf):
        return raw
    if not isinstance(raw, str):
        raise wrong(f'{kind_of(raw)} is not a measure, such as "waiting.at_end".')
    name, dot, what = (part.strip() for part in raw.rpartition("."))
    if dot and name and what in WHATS:
        return StockOf(name, what)
    near = f" Did you mean '{name}.{MEANT[what]}'?" if what in MEANT else nearest(what, WHATS) if dot else ""
    raise wrong(f"{shown(raw)} is not a measure; write a variable and .{', .'.join(WHATS)}.{near}")


class StockMeasure(Noun):
    """One number of a run: a variable at the end, its mean, least or most, or its integral over time."""

    of: Annotated[
        StockOf,
        PlainValidator(read_stock_of),
        WithJsonSchema({"type": "string", "pattern": rf"\.({'|'.join(WHATS)})$"}),
    ]


class StockDesign(Noun):
    """Runs of a model of stocks alone: constants are varied by a design, and measures are kept."""

    schema_version: SchemaVersion
    seed: Seed
    vary: Vary = Field(default_factory=dict)
    design: SomeDesign
    correlations: Correlations = ()
    measures: dict[Id, StockMeasure] = Field(default_factory=dict)
    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Say where the design was read."""
        return self._origin


def load_stock_design(path: Path) -> StockDesign:
    """Read and check a design. Raises :class:`DefinitionError` with every fault."""
    draft = read_draft(path)
    if said := [word for word in OF_EXPERIMENTS if word in draft.raw]:
        message = (
            f"says '{said[0]}' and so is an experiment, which `downstream sweep` runs; a design over stocks "
            "alone has seed, [vary], [design] and [measures]."
        )
        raise DefinitionError(Fault(message=message, file=str(path)))
    refuse_model_as_design(draft.raw, path)
    complaints = complaints_of_version(draft.raw)
    found, of_parts = read_noun(StockDesign, draft.raw)
    complaints += of_parts
    told = {way[0] for way, _ in of_parts}
    complaints += _complaints(found, told=told)
    if complaints:
        raise DefinitionError(in_order(located(complaints, draft.positions)))
    found._origin = Origin(file=str(path), folder=path.parent, resolved=draft.raw, positions=draft.positions)
    return found


def _complaints(found: StockDesign, *, told: set[str | int]) -> Iterator[Complaint]:
    """List what does not go together; of a part that could not be read nothing more is said."""
    vary = found.__dict__.get("vary", {})
    design = found.__dict__.get("design")
    design = None if design is None or "kind" not in design.__dict__ else design
    for name, variation in vary.items():
        yield from ((("vary", name), said) for said in _of_variation(variation))
        yield from ((("vary", name), said) for said in of_kind(variation, design))
    if design is None or "vary" in told:
        return
    if design.kind == POINTS and vary:
        yield ("vary",), "with points out of a file the columns of the file say what is varied."
    if design.kind != POINTS and not vary:
        yield ("design",), "there is nothing to vary; write [vary] with names of variables."
    if design.kind == GRID and (count := _points_of_grid(vary)) > MOST_RUNS:
        yield ("design",), f"the grid has {count:,} points; {MOST_RUNS:,} are the most."
    for place, one in enumerate(found.__dict__.get("correlations", ())):
        way = ("correlations", place, "of")
        if design.kind != LATIN_HYPERCUBE:
            said = f"varied values go together in a {LATIN_HYPERCUBE} only, not in a {design.kind}."
            yield way, said
        for name in one.of:
            if name not in vary:
                yield way, f"{shown(name)} is not varied.{nearest(name, vary)}"


def _points_of_grid(vary: Mapping[str, Variation]) -> int:
    return prod(len(one.values) or one.steps or 1 for one in vary.values())


def _of_variation(variation: Variation) -> Iterator[str]:
    """Say what is wrong with one variation by itself: equations know plain numbers only."""
    if variation.is_uncertain:
        yield "equations have no low and high; write { from = 10, to = 80 } or { values = [10, 20, 40] }."
    elif variation.dimension is not Dimension.NUMBER:
        said = written_quantity(variation.low or Fraction(), variation.dimension)
        yield f"{shown(str(said))} has a unit; equations know plain numbers, in the unit of the variable."
    for one in variation.values:
        if isinstance(one, bool) or not isinstance(one, int | Decimal):
            yield f"{shown(str(one))} is not a number; equations know plain numbers."
