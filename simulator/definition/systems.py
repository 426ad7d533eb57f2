"""The stocks and flows of a model as a system, and what does not fit together in it."""

from collections.abc import Iterator, Mapping

from simulator.definition.equations import Equation
from simulator.definition.exchange import Read
from simulator.definition.exchange_references import EXCHANGE, all_driven
from simulator.definition.known import Complaint, Known, part
from simulator.definition.model import Model
from simulator.definition.slow_dynamics import (
    METHODS,
    OUTSIDE_WORLD,
    Auxiliary,
    Check,
    Flow,
    Integration,
    Stock,
)
from simulator.definition.tables import lookups_of, words_of_lookups
from simulator.definition.words import nearest
from simulator.equations.functions import FIXED_NAMES, FUNCTIONS, REFUSED, SAME_FUNCTION, TIME_NAMES
from simulator.equations.planning import Unplannable, plan_of
from simulator.equations.structure import repaired
from simulator.equations.system import Formula, Residence, Role, System, Timing, Variable
from simulator.equations.tokens import WORDS
from simulator.equations.tree import ONE, Number, names_in
from simulator.equations.unit_check import complaints_of_units
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR, UNITS, shown

KINDS = ("stocks", "flows", "auxiliaries", "lookups")
RESERVED = {*FUNCTIONS, *SAME_FUNCTION, *TIME_NAMES, *FIXED_NAMES, *REFUSED, *WORDS, OUTSIDE_WORLD}
DIMENSIONS = {"segment": "segments", "locality": "localities", "site": "sites"}
DAY = "day"
HORIZON = 5 * SECONDS_A_YEAR
MOST_STEPS = 50_000_000


def has_stocks(model: Model) -> bool:
    """Say whether a model has stocks, flows or auxiliaries of its own."""
    return bool(model.stocks or model.flows or model.auxiliaries)


def system_of(model: Model) -> System:
    """Make a system of a model that has been checked."""
    return _system(model, broken={})


def complaints_of_system(model: Model, raw: Mapping[str, object]) -> list[Complaint]:
    """List what is wrong with a model's stocks and flows; parts that were wrong may be absent."""
    if not any(raw.get(kind) for kind in KINDS):
        return []
    known = Known(raw, model)
    complaints = [*_twice(known), *_dimensions(model)]
    if complaints or any(one in _reads(model) for kind in KINDS for one in known.ids(kind)):
        return complaints
    complaints = [
        *_reserved(model, known),
        *_reserved_reads(model),
        *_timing_complaints(model),
        *_ends(model, known),
    ]
    complaints += [*_elements_complaints(model), *_residences(model)]
    broken = {name: kind for kind in KINDS[:3] for name in known.ids(kind) if _is_broken(known, (kind, name))}
    broken |= {str(way[1]): str(way[0]) for way, _ in complaints if way[0] in KINDS[:3]}
    broken |= {
        name: "flows" for name, flow in model.flows.items() if _waits_for_residence(model, flow, known=known)
    }
    system = _system(model, broken=broken)
    try:
        plan_of(system.with_variables(*_expectations(model), *driving(model)))
    except Unplannable as found:
        complaints += found.complaints
    return [*complaints, *complaints_of_units(repaired(system, complaints))]


def reads_measures(check: Check) -> bool:
    """Say whether a check speaks of what the people engine measures."""
    tree = check.expect.tree
    return tree is not None and any("." in name for name in names_in(tree))


def expectation(name: str, check: Check) -> Variable:
    """Give what a check expects as an auxiliary: 0 where it does not hold."""
    assert check.expect.tree is not None
    formula = Formula(tree=check.expect.tree, way=("checks", name, "expect"))
    key = f"check#{name}"
    return Variable(key=key, name=key, role=Role.AUXILIARY, formulas=(formula,))


def driving(model: Model) -> tuple[Variable, ...]:
    """Give what an exchange drives as auxiliaries, by path."""
    found = []
    for one in all_driven(model):
        verb = "by" if part(one.drive, "by") is not None else "times"
        equation = part(one.drive, verb)
        if isinstance(equation, Equation) and equation.tree is not None:
            formula = Formula(tree=equation.tree, way=one.way_of(verb))
            role = Role.AUXILIARY
            found.append(Variable(key=one.key, name=one.path, role=role, formulas=(formula,), is_ours=True))
    return tuple(found)


def _reads(model: Model) -> Mapping[str, Read]:
    reads = part(part(model, EXCHANGE), "reads")
    return reads if isinstance(reads, Mapping) else {}


def _expectations(model: Model) -> Iterator[Variable]:
    for name, check in model.checks.items():
        if "expect" in check.__dict__ and not reads_measures(check):
            yield expectation(name, check)


def timing_of(integration: Integration | None) -> Timing:
    """Give the timing of a run of the stocks alone, in the model's unit of time."""
    said = (integration or Integration()).__dict__
    unit = float(UNITS[said.get("time_unit", DAY)])
    step, save, horizon = (said.get(word) for word in ("step", "save_every", "horizon"))
    return Timing(
        start=0.0,
        stop=(HORIZON if horizon is None else float(horizon.value)) / unit,
        step=(SECONDS_A_DAY if step is None else float(step.value)) / unit,
        method=said.get("method", METHODS[0]),
        save_every=None if save is None else float(save.value) / unit,
        unit=said.get("time_unit", DAY),
    )


def _system(model: Model, *, broken: Mapping[str, str]) -> System:
    dimensions = dict(_elements(model))
    variables: dict[str, Variable] = {}
    unit = float(UNITS[(model.integration or Integration()).__dict__.get("time_unit", DAY)])
    for name, stock in model.stocks.items():
        variables[name] = _stock(name, stock, model=model, dimensions=dimensions, unit=unit)
    for name, flow in model.flows.items():
        variables[name] = _flow(name, flow, model=model, dimensions=dimensions)
    for name, auxiliary in model.auxiliaries.items():
        variables[name] = _auxiliary(name, auxiliary, dimensions=dimensions)
    for name, read in _reads(model).items():
        start = Formula(tree=Number(float(read.at_start)), way=(EXCHANGE, "reads", name))
        variables[name] = Variable(key=name, name=name, role=Role.AUXILIARY, formulas=(start,))
    for name, kind in broken.items():
        over = variables[name].over if name in variables else ()
        variables[name] = Variable(key=name, name=name, role=Role.GIVEN, over=over, way=(kind, name))
    return System(
        title=model.title or "",
        timing=timing_of(model.integration),
        dimensions=dimensions,
        variables=variables,
        lookups=lookups_of(model),
        lookup_words=words_of_lookups(model),
    )


def _elements(model: Model) -> Iterator[tuple[str, tuple[str, ...]]]:
    for dimension, kind in DIMENSIONS.items():
        named = tuple(getattr(model, kind))
        if named:
            yield dimension, named
    for name, strata in model.strata.items():
        yield name, strata.__dict__.get("elements", ())


def _stock(
    name: str, stock: Stock, *, model: Model, dimensions: Mapping[str, tuple[str, ...]], unit: float
) -> Variable:
    stay = stock.__dict__.get("residence")
    residence = None
    if stay is not None and "mean" in stay.__dict__:
        residence = Residence(mean=float(stay.mean.value) / unit, cv=float(stay.cv.value))
    return Variable(
        key=name,
        name=name,
        role=Role.STOCK,
        formulas=_formulas(
            stock.__dict__.get("initial"), stock.over, dimensions=dimensions, way=("stocks", name, "initial")
        ),
        over=stock.over,
        inflows=tuple(key for key, flow in model.flows.items() if flow.__dict__.get("to") == name),
        outflows=tuple(key for key, flow in model.flows.items() if flow.__dict__.get("from_") == name),
        is_non_negative=stock.non_negative,
        residence=residence,
        unit=stock.unit,
        title=stock.title,
        note=stock.note,
        way=("stocks", name),
    )


def _flow(name: str, flow: Flow, *, model: Model, dimensions: Mapping[str, tuple[str, ...]]) -> Variable:
    way = ("flows", name)
    share = flow.__dict__.get("share")
    source = model.stocks.get(str(flow.__dict__.get("from_")))
    stays = source is not None and source.__dict__.get("residence") is not None
    if share is None and stays and flow.__dict__.get("rate") is None:
        share = Equation(tree=ONE)
    shares = (
        _formulas(share, flow.over, dimensions=dimensions, way=(*way, "share")) if share is not None else ()
    )
    return Variable(
        key=name,
        name=name,
        role=Role.FLOW,
        formulas=_formulas(flow.__dict__.get("rate"), flow.over, dimensions=dimensions, way=(*way, "rate")),
        over=flow.over,
        runs_both_ways=flow.biflow,
        share=shares[0] if shares else None,
        unit=flow.unit,
        title=flow.title,
        note=flow.note,
        way=way,
    )


def _auxiliary(name: str, auxiliary: Auxiliary, *, dimensions: Mapping[str, tuple[str, ...]]) -> Variable:
    way = ("auxiliaries", name)
    return Variable(
        key=name,
        name=name,
        role=Role.AUXILIARY,
        formulas=_formulas(
            auxiliary.__dict__.get("equation"), auxiliary.over, dimensions=dimensions, way=(*way, "equation")
        ),
        over=auxiliary.over,
        unit=auxiliary.unit,
        title=auxiliary.title,
        note=auxiliary.note,
        way=way,
    )


def _formulas(
    equation: Equation | None,
    over: tuple[str, ...],
    *,
    dimensions: Mapping[str, tuple[str, ...]],
    way: tuple[str, ...],
) -> tuple[Formula, ...]:
    if equation is None:
        return ()
    if equation.tree is not None:
        return (Formula(tree=equation.tree, way=way),)
    every: list[tuple[str, ...]] = [()]
    for dimension in over:
        every = [(*before, one) for before in every for one in dimensions[dimension]]
    found = [(element, equation.of(element)) for element in every]
    return tuple(
        Formula(tree=one[0], element=element, way=(*way, *one[1]))
        for element, one in found
        if one is not None
    )


def _is_broken(known: Known, way: tuple[str, str]) -> bool:
    """Say whether the equation of something was written and could not be read."""
    noun = getattr(known.model, way[0]).get(way[1])
    fields = getattr(noun, "__dict__", {})
    words = {"stocks": ("initial",), "flows": ("rate", "share"), "auxiliaries": ("equation",)}[way[0]]
    return any(word not in fields or known.was_wrong((*way, word), noun) for word in words)


def _waits_for_residence(model: Model, flow: Flow, *, known: Known) -> bool:
    """Say whether how much flows would follow from a residence that could not be read."""
    name = str(flow.__dict__.get("from_"))
    source = model.stocks.get(name)
    is_wrong = source is not None and known.was_wrong(("stocks", name, "residence"), source)
    return is_wrong and flow.__dict__.get("rate") is None


def _reserved(model: Model, known: Known) -> Iterator[Complaint]:
    for kind in KINDS:
        for name in known.ids(kind):
            if name in RESERVED:
                yield (kind, name), f"{shown(name)} has a meaning of its own in equations; choose another id."
    elements = {one for _, names in _elements(model) for one in names}
    for name in model.strata:
        if name in DIMENSIONS or name in elements:
            yield ("strata", name), f"{shown(name)} is a dimension or an element already; choose another id."


def _reserved_reads(model: Model) -> Iterator[Complaint]:
    for name in _reads(model):
        if name in RESERVED:
            way = (EXCHANGE, "reads", name)
            yield way, f"{shown(name)} has a meaning of its own in equations; choose another id."


def _twice(known: Known) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for kind in KINDS:
        for name in known.ids(kind):
            if name in seen:
                other = f"{shown(name)} is the id of one of the {seen[name]} too"
                yield (kind, name), f"{other}; equations need names apart."
            seen[name] = kind


def _ends(model: Model, known: Known) -> Iterator[Complaint]:
    for name, flow in model.flows.items():
        ends = {word: flow.__dict__.get(field) for word, field in (("from", "from_"), ("to", "to"))}
        for word, end in ends.items():
            if isinstance(end, str) and end != OUTSIDE_WORLD:
                yield from known.complain(end, "stocks", way=("flows", name, word), also=(OUTSIDE_WORLD,))
        if ends["from"] is not None and ends["from"] == ends["to"]:
            yield (
                ("flows", name, "to"),
                f"flows from {shown(str(ends['to']))} to itself; a flow has two ends.",
            )
        source = model.stocks.get(str(ends["from"]))
        stays = source is not None and (
            source.residence is not None
            or known.was_wrong(("stocks", str(ends["from"]), "residence"), source)
        )
        if "share" in flow.model_fields_set and not stays:
            yield (
                ("flows", name, "share"),
                "goes with a flow out of a stock that has a residence; write a rate.",
            )
        elif {"rate", "share"} <= flow.model_fields_set:
            yield ("flows", name, "share"), "says with 'rate' how much flows; keep one of them."
        elif not stays and not known.was_wrong(("flows", name, "rate"), flow) and flow.rate is None:
            yield (
                ("flows", name),
                "'rate' is missing; it is required unless a residence says how people leave.",
            )


def _dimensions(model: Model) -> Iterator[Complaint]:
    dimensions = dict(_elements(model))
    for kind in KINDS[:3]:
        for name, noun in getattr(model, kind).items():
            for place, dimension in enumerate(noun.__dict__.get("over", ())):
                if dimension not in dimensions:
                    hint = nearest(dimension, dimensions) or f" Known are {', '.join(dimensions) or 'none'}."
                    yield (kind, name, "over", place), f"no dimension is called {shown(dimension)}.{hint}"


def _elements_complaints(model: Model) -> Iterator[Complaint]:
    dimensions = dict(_elements(model))
    for kind in KINDS[:3]:
        for name, noun in getattr(model, kind).items():
            yield from _elements_named(noun, (kind, name), dimensions=dimensions)


def _elements_named(
    noun: object, way: tuple[str, str], *, dimensions: Mapping[str, tuple[str, ...]]
) -> Iterator[Complaint]:
    over = noun.__dict__.get("over", ())
    for word in ("initial", "rate", "share", "equation"):
        equation = noun.__dict__.get(word)
        if (
            not isinstance(equation, Equation)
            or equation.by is None
            or any(one not in dimensions for one in over)
        ):
            continue
        for keys in equation.ways():
            if len(keys) > len(over):
                yield (*way, word, *keys), f"names {len(keys)} elements; it goes over {len(over)} dimensions."
                continue
            for place, (key, dimension) in enumerate(zip(keys, over, strict=False)):
                if key not in (*dimensions[dimension], "otherwise"):
                    hint = nearest(key, dimensions[dimension])
                    yield (*way, word, *keys[: place + 1]), f"no {dimension} is called {shown(key)}.{hint}"


def _residences(model: Model) -> Iterator[Complaint]:
    for name, stock in model.stocks.items():
        if stock.__dict__.get("residence") is None:
            continue
        leaving = [
            flow for flow in model.flows.values() if flow.__dict__.get("from_") == name and flow.rate is None
        ]
        if not leaving:
            yield ("stocks", name, "residence"), "nobody leaves: no flow out of it is without a rate."
        elif len(leaving) > 1 and any(flow.share is None for flow in leaving):
            yield (
                ("stocks", name, "residence"),
                "several flows leave it; each needs its 'share' of those who leave.",
            )


def _timing_complaints(model: Model) -> Iterator[Complaint]:
    said = model.integration
    if said is None or not {"time_unit", "method"} <= said.__dict__.keys():
        return
    timing = timing_of(said)
    if timing.step > timing.stop:
        yield ("integration", "step"), "is longer than the horizon."
    elif timing.steps > MOST_STEPS:
        yield ("integration", "step"), f"makes {timing.steps:,} steps; {MOST_STEPS:,} are the most."
    if timing.save_every is not None:
        steps = timing.save_every / timing.step
        if abs(steps - round(steps)) > 1e-9 or steps < 1:
            yield ("integration", "save_every"), "must be a whole number of steps."
