"""Whether a step is too coarse where a run of stocks starts, told before anything is run."""

from collections.abc import Callable, Iterable, Mapping

from simulator.compiler.program import Program
from simulator.definition.model import Model
from simulator.equations.system import System, Timing, Way
from simulator.errors import Fault

Located = Callable[[Way, str], Fault]
OF_MODELS: Way = ("integration", "step")


def fault_of_step(
    system: System, *, located: Located, way: Way = (), given: Mapping[str, object] | None = None
) -> Fault | None:
    """Find whether the step of a system is too coarse at its start; told at ``way``, or else at the stock."""
    # The engine takes a second to import: files without stocks need not wait for it.
    from simulator.engines.stocks.blocks import Engine
    from simulator.engines.stocks.coarseness import check_start
    from simulator.engines.stocks.given import prepared

    values = dict(given or {})
    ready = prepared(system, tuple(values))
    found = check_start(system, Engine(ready.plan), given=ready.given(values))
    if found is None:
        return None
    owner = system.variables.get(found.key)
    place = way or (owner.way if owner is not None else ())
    return located(place, found.said(runs=1, timing=system.timing))


def faults_of_exchanges(model: Model, programs: Iterable[Program]) -> list[Fault]:
    """List what is too coarse in the stocks that drive people, each once."""
    found = []
    seen: set[tuple[Timing, tuple[float, ...]]] = set()
    for program in programs:
        exchange = program.exchange
        if exchange is None:
            continue
        starts = tuple(exchange.at_start.tolist())
        if (exchange.system.timing, starts) in seen:
            continue
        seen.add((exchange.system.timing, starts))
        inputs = dict(zip(exchange.inputs, starts, strict=True))
        way = way_of_step(model)
        found.append(fault_of_step(exchange.system, located=located_in(model), way=way, given=inputs))
    return [one for one in found if one is not None]


def way_of_step(model: Model) -> Way:
    """Give the way to the step that a model says; nothing where it says none."""
    said = model.integration
    return OF_MODELS if said is not None and "step" in said.model_fields_set else ()


def located_in(model: Model) -> Located:
    """Give what puts a fault at its line of a model's file."""

    def located(way: Way, message: str) -> Fault:
        return model.origin.fault(".".join(str(one) for one in way), message)

    return located
