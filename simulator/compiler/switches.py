"""Which interventions are on: the rest of a model's switches leave no trace in what is compiled."""

from collections.abc import Collection

from simulator.definition.model import Model, with_origin
from simulator.definition.words import nearest
from simulator.errors import CompileError, Fault
from simulator.units import shown


def only_on(model: Model, on: Collection[str]) -> Model:
    """Give a model with no other interventions than those named. Raises on a name that it has not."""
    unknown = [name for name in sorted(on) if name not in model.interventions]
    if unknown:
        raise CompileError([fault_of(name, model) for name in unknown])
    chosen = {name: model.interventions[name] for name in sorted(on)}
    return with_origin(model.model_copy(update={"interventions": chosen}), model.origin)


def fault_of(name: str, model: Model) -> Fault:
    """Say that there is no such intervention."""
    return Fault(
        path="on",
        message=f"no intervention is called {shown(name)}.{nearest(name, model.interventions)}",
        file=model.origin.file,
    )


def brought_elsewhere(model: Model) -> tuple[str, ...]:
    """List the activities to which any intervention of a model takes cases, whether it is on or not."""
    moves = [
        effect.diverts or effect.step_down
        for intervention in model.interventions.values()
        for effect in intervention.effects
    ]
    return tuple(sorted({move.to for move in moves if move is not None}))
