"""What a sweep asks of its model: paths that are there, values that may be, a design that fits them."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from fractions import Fraction
from math import prod

from simulator.definition.design import GRID, LATIN_HYPERCUBE, MOST_RUNS, POINTS, Design
from simulator.definition.experiment import Experiment
from simulator.definition.faults import Path, Wrong
from simulator.definition.loading import KNOWN_IN_MODEL, change_model
from simulator.definition.model import Model
from simulator.definition.points_file import Row, read_points
from simulator.definition.quantities import Bounds, read_value
from simulator.definition.settings import Setting, apply_settings, path_of
from simulator.definition.uncertain import Uncertain, bounds_at, uncertain_parameters
from simulator.definition.vary import Variation, rows_meant
from simulator.definition.words import nearest
from simulator.errors import DefinitionError
from simulator.units import shown, written_quantity

Complaint = tuple[Path, str]
MOST_TOLD = 20


def complaints_of_variations(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    """List what is wrong with what a sweep of a right model varies, how, and what goes together."""
    vary, design = experiment.__dict__.get("vary", {}), experiment.__dict__.get("design")
    if design is not None and "kind" not in design.__dict__:
        design = None
    is_asked = vary or experiment.__dict__.get("correlations")
    uncertain = uncertain_parameters(model.origin.resolved) if is_asked else {}
    for name, variation in vary.items():
        way = ("vary", name)
        yield from ((way, said) for said in of_variation(name, variation, model=model, uncertain=uncertain))
        yield from ((way, said) for said in of_kind(variation, design))
    yield from set_by_scenarios(experiment, tuple(vary), model=model)
    yield from _of_design(experiment, vary, design=design)
    if design is not None and design.kind == POINTS and design.file is not None:
        yield from _of_points(experiment, design.file, model=model)
    yield from _of_correlations(experiment, vary, uncertain=uncertain)


def with_patterns(vary: Mapping[str, Variation], model: Model) -> dict[str, Variation]:
    """Put the uncertain values of a model that a pattern fits in its place; ``*`` fits any run of letters.

    A path that is written out goes before a pattern. A pattern that fits none stays, and is complained of.
    """
    patterns = [name for name, one in vary.items() if one.is_uncertain and "*" in name]
    if not patterns:
        return dict(vary)
    known = uncertain_parameters(model.origin.resolved)
    fitting = {pattern: [name for name in known if fnmatchcase(name, pattern)] for pattern in patterns}
    found = {name: one for name, one in vary.items() if not fitting.get(name)}
    return {name: Variation(is_of_pattern=True) for names in fitting.values() for name in names} | found


def end_values(variation: Variation) -> tuple[object, ...]:
    """Give the values between which something is varied, as a file would write them."""
    if variation.values:
        return variation.values
    ends = [one for one in (variation.low, variation.high) if one is not None]
    return tuple(written_quantity(one, variation.dimension, is_whole=True) for one in ends)


def of_variation(
    name: str, variation: Variation, *, model: Model, uncertain: Mapping[str, Uncertain] | None = None
) -> Iterator[str]:
    """Say what is wrong with one variation by itself."""
    if variation.is_uncertain:
        if name not in (uncertain or {}):
            yield f"{shown(name)} is no value with a low and a high.{nearest(name, uncertain or {})}"
        return
    top = model.origin.positions.top
    ways = apply_settings(model.origin.resolved, [Setting(path_of(name), 0, top)], known=KNOWN_IN_MODEL)
    if ways.faults:
        yield from (fault.message for fault in ways.faults)
        return
    bounds = bounds_of(model, name, variation=variation)
    if not variation.values and bounds is not None and (said := _of_ends(variation, bounds)):
        yield said
        return
    faults = [said for value in end_values(variation) for said in _with(model, name, value=value)]
    yield from faults
    if not variation.values and bounds is None and not faults:
        yield "is not one quantity, which could lie between two; write values = […]."


def _with(model: Model, name: str, *, value: object) -> Iterator[str]:
    """Say what is wrong with a model that has this value."""
    try:
        change_model(model, [Setting(path_of(name), value, model.origin.positions.top)])
    except DefinitionError as error:
        yield from (f"with {shown(str(value))}: {one.path}: {one.message}" for one in error.faults)


def bounds_of(model: Model, name: str, *, variation: Variation) -> Bounds | None:
    """Say what the quantity at a path may be."""
    example = (
        variation.values[0]
        if variation.values
        else written_quantity(variation.low or Fraction(), variation.dimension)
    )
    return bounds_at(model, path_of(name), example=example, known=KNOWN_IN_MODEL)


def _of_ends(variation: Variation, bounds: Bounds) -> str:
    """Say what is wrong with two ends between which a quantity is to be varied."""
    if bounds.dimension is not variation.dimension:
        return f"'from' and 'to' are {variation.dimension.value}; here stands {bounds.dimension.value}."
    ends = [one for one in (variation.low, variation.high) if one is not None]
    if bounds.is_whole and any(Fraction(one).denominator != 1 for one in ends):
        return f"'from' and 'to' must be whole: it must be {bounds.allowed}."
    return ""


def of_kind(variation: Variation, design: Design | None) -> Iterator[str]:
    """Say whether a design of this kind can vary it so."""
    if design is None:
        return
    if design.kind == GRID and not variation.values and variation.steps is None:
        yield "a grid needs values = […], or steps = 5 beside from and to."
    if design.kind not in (GRID, POINTS) and variation.steps is not None:
        yield f"'steps' belongs to a grid; a design of kind '{design.kind}' says how many by itself."


def set_by_scenarios(experiment: Experiment, names: tuple[str, ...], *, model: Model) -> Iterator[Complaint]:
    """Refuse to vary what a scenario sets: the one would undo the other."""
    top = model.origin.positions.top

    def reached(path: str) -> set[Path]:
        said = Setting(path_of(path), 0, top)
        return set(apply_settings(model.origin.resolved, [said], known=KNOWN_IN_MODEL).reached)

    for scenario, one in experiment.scenarios.items():
        for name in names:
            for path in one.set:
                if reached(path) & reached(name):
                    yield ("vary", name), f"scenarios.{scenario} sets {path}; a value is varied or set."


def is_meant(experiment: Experiment, word: str) -> bool:
    """Say whether a file means a table that could not be read, or has it by a misspelt name.

    Either is told already, and what would follow from its absence is no fault of its own.
    """
    fields = Experiment.model_fields
    raw = experiment.origin.resolved
    return word in raw or any(
        nearest(one, fields) == nearest(word, fields) for one in raw if one not in fields
    )


def _of_design(
    experiment: Experiment, vary: Mapping[str, Variation], *, design: Design | None
) -> Iterator[Complaint]:
    """Say whether what is varied and how go together."""
    if vary and design is None and not is_meant(experiment, "design"):
        yield ("vary",), 'a sweep needs [design] with a kind, such as kind = "grid".'
    if design is None:
        return
    if design.kind == POINTS and vary:
        yield ("vary",), "with points out of a file the columns of the file say what is varied."
    is_empty = experiment.origin.resolved.get("vary") == {}
    if design.kind != POINTS and not vary and (is_empty or not is_meant(experiment, "vary")):
        yield ("design",), "there is nothing to vary; write [vary] with dotted paths of the model."
    if design.kind == GRID:
        count = prod(len(one.values) or one.steps or 1 for one in vary.values())
        if count > MOST_RUNS:
            yield ("design",), f"the grid has {count:,} points; {MOST_RUNS:,} are the most."


def _of_points(experiment: Experiment, file: str, *, model: Model) -> Iterator[Complaint]:
    """Say what is wrong with the points of a file."""
    way: Path = ("design", "file")
    try:
        rows = read_points(experiment.origin.folder, file)
    except Wrong as complaint:
        yield from ((way, said) for _, said in complaint.faults[:MOST_TOLD])
        return
    for name in rows[0][1]:
        setting = Setting(path_of(name), 0, model.origin.positions.top)
        changed = apply_settings(model.origin.resolved, [setting], known=KNOWN_IN_MODEL)
        if changed.faults:
            yield from ((way, f"line 1: {fault.path}: {fault.message}") for fault in changed.faults)
        else:
            yield from ((way, said) for said in _of_column(rows, name, model=model))
    yield from (
        (way, f"line 1: {said}") for _, said in set_by_scenarios(experiment, tuple(rows[0][1]), model=model)
    )


def _of_column(rows: tuple[Row, ...], name: str, *, model: Model) -> Iterator[str]:
    """Say what is wrong with the values of a column; what is no quantity is read when its point is."""
    bounds = bounds_at(model, path_of(name), example=rows[0][1][name], known=KNOWN_IN_MODEL)
    if bounds is None:
        return
    for line, row in rows:
        try:
            read_value(row[name], bounds)
        except Wrong as complaint:
            yield f"line {line}: {name}: {complaint.faults[0][1]}"


def _of_correlations(
    experiment: Experiment, vary: Mapping[str, Variation], *, uncertain: Mapping[str, Uncertain]
) -> Iterator[Complaint]:
    """Say which correlations are not between two values that are both varied, or both drawn."""
    design = experiment.__dict__.get("design")
    wrong_rows = rows_meant(experiment.origin.resolved.get("vary")) - set(vary)
    for place, one in enumerate(experiment.__dict__.get("correlations", ())):
        way: Path = ("correlations", place, "of")
        if wrong_rows.intersection(one.of):
            continue  # that row is told already
        varied = [name in vary for name in one.of]
        unknown = [name for name in one.of if name not in vary and name not in uncertain]
        for name in unknown:
            known = (*vary, *uncertain)
            yield way, f"{shown(name)} is neither varied nor uncertain.{nearest(name, known)}"
        if unknown:
            continue
        if any(varied) and not all(varied):
            yield way, "one of the two is varied and the other drawn; they cannot go together."
        elif all(varied) and design is not None and design.kind != LATIN_HYPERCUBE:
            yield way, f"varied values go together in a {LATIN_HYPERCUBE} only, not in a {design.kind}."
        elif not any(varied) and not experiment.__dict__.get("draws", 0):
            yield way, "these are drawn only where the experiment says draws = …; it does not."
