"""Names of what is spent whatever is done: ``<organisation>.<what>``, as ``compiler/standing.py`` says."""

from collections.abc import Iterator

from simulator.definition.cost_references import warded
from simulator.definition.model import Model

WARDS, FIXED, BOUGHT, NEGOTIATION = "wards", "fixed", "bought", "negotiation"


def standing_names(model: Model) -> tuple[str, ...]:
    """Name every line of a model, in order."""
    overheads = (
        f"{name}.{function}" for name, one in model.organisations.items() for function in one.overheads
    )
    return tuple(sorted({*overheads, *(name for line in model.costs for name in names_of(model, line))}))


def names_of(model: Model, line: str) -> Iterator[str]:
    """Yield the names of what one cost line makes."""
    cost = model.costs[line]
    bearer = bearer_of(model, line)
    if cost.stepped is not None and bearer is not None:
        yield f"{bearer}.{WARDS}:{warded(model, line)}"
    if cost.fixed is not None and bearer is not None:
        yield f"{bearer}.{FIXED}:{line}"
    for name in cost.bought_by:
        yield f"{name}.{BOUGHT}:{line}"
        yield f"{name}.{NEGOTIATION}:{line}"


def bearer_of(model: Model, line: str) -> str | None:
    """Name who bears what a line costs: its payer, else the owner of its resource."""
    if model.costs[line].payer is not None:
        return model.costs[line].payer
    resource = model.resources.get(warded(model, line) or "")
    return None if resource is None else resource.owner
