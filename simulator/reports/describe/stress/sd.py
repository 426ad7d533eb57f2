"""STRESS-SD: the checklist of a model of stocks and flows."""

from collections.abc import Iterator

from simulator.definition.model import Model
from simulator.equations.system import Role
from simulator.equations.writing import shown_number
from simulator.reports.describe.stress.common import (
    assumed,
    implementation,
    objectives,
    preparation,
    scenario_logic,
    sources,
)
from simulator.reports.describe.stress.items import Card, Item, of_model, of_program, some
from simulator.reports.describe.system_blocks import counts_words, loop_count_words
from simulator.reports.describe.systems import KnownSystem, equation_words, functions_used, is_constant
from simulator.reports.describe.words import METHODS
from simulator.reports.titles import clean

ESTIMATION = (
    "One run: there is no chance in stocks that run by themselves. Half the step tells how exact it is."
)


def sd_card(model: Model | None, known: KnownSystem) -> Card:
    """Fill the checklist from a system of stocks and flows."""
    items = (
        *objectives(model, otherwise="a run gives every stock, flow and other number over time."),
        *_logic(model, known),
        *_data(model, known),
        *_experimentation(known),
        *implementation("None: nothing is drawn.", execution=_execution(known)),
    )
    return Card(name="STRESS-SD", items=items)


def _logic(model: Model | None, known: KnownSystem) -> Iterator[Item]:
    drawn = f"The stock-flow{' and causal-loop diagrams' if known.loops.loops else ' diagram'} on this page."
    yield of_model(("2.1", "diagram", "Base model overview diagram"), drawn)
    text = f"{counts_words(known).capitalize()}. {loop_count_words(known.loops)}"
    yield of_model(("2.2", "base_logic", "Base model logic"), text)
    yield scenario_logic(model)
    used = [name for name, _ in functions_used(known)]
    yield of_model(
        ("2.4", "algorithms", "Algorithms"), some(used, "function"), otherwise="plain arithmetic only."
    )
    yield of_model(("2.5.1", "stocks", "Components: stocks"), some(_names(known, Role.STOCK), "stock"))
    yield of_model(("2.5.2", "flows", "Components: flows"), some(_names(known, Role.FLOW), "flow"))
    others = [known.names[one.key] for one in known.system.shown if one.role not in (Role.STOCK, Role.FLOW)]
    yield of_model(("2.5.3", "auxiliaries", "Components: auxiliaries"), some(others, "other number"))


def _data(model: Model | None, known: KnownSystem) -> Iterator[Item]:
    yield sources(model)
    constants = [
        f"{known.names[one.key]} = {equation_words(one, known)}"
        for one in known.system.shown
        if one.role is not Role.STOCK and is_constant(one)
    ]
    yield of_model(("3.2", "input_parameters", "Input parameters"), some(constants, "constant"))
    yield preparation()
    yield assumed(model)


def _experimentation(known: KnownSystem) -> Iterator[Item]:
    starts = [
        f"{known.names[one.key]} with {equation_words(one, known)}"
        for one in known.system.shown
        if one.role is Role.STOCK
    ]
    begins = some(starts, "stock")
    yield of_model(
        ("4.1", "initialisation", "Initialisation"), f"What each begins with. {begins}" if begins else ""
    )
    timing = known.system.timing
    start, stop = shown_number(timing.start), shown_number(timing.stop)
    length = f"From {clean(timing.unit)} {start} to {stop}, where the stocks run by themselves."
    yield of_model(("4.2", "run_length", "Run length"), length)
    yield of_program(("4.3", "estimation", "Estimation approach"), ESTIMATION)


def _execution(known: KnownSystem) -> str:
    timing = known.system.timing
    method = METHODS.get(timing.method, clean(timing.method))
    return f"Steps of {shown_number(timing.step)} {clean(timing.unit)}, by {method}."


def _names(known: KnownSystem, role: Role) -> list[str]:
    return [known.names[one.key] for one in known.system.shown if one.role is role]
