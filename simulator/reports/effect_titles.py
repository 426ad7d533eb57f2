"""What an effect of an intervention is called where one of its values is named: by what it does, to what."""

from collections.abc import Callable

from simulator.analysis.labels import subject_title
from simulator.definition.effects import Effect
from simulator.definition.model import Model
from simulator.reports.titles import clean

Title = Callable[[Model, str], str]


def effect_title(model: Model, intervention: str, *, place: int, path_title: Title) -> str:
    """Name an effect by its place, as ``effect on Emergency, rate`` or ``diversion from Wards``.

    ``path_title`` names what a dotted path of the model is. Nothing where the name would be no other than
    that of another effect of the intervention, or where its verb has none.
    """
    effects = model.interventions[intervention].effects if intervention in model.interventions else ()
    if place >= len(effects):
        return ""
    names = [_named(one, model, path_title=path_title) for one in effects]
    return names[place] if names.count(names[place]) == 1 else ""


def _named(effect: Effect, model: Model, *, path_title: Title) -> str:
    if target := effect.times or effect.plus:
        return f"effect on {path_title(model, target).replace(': ', ', ')}"
    if effect.diverts is not None:
        return f"diversion from {_activity(model, effect.diverts.from_)}"
    if effect.step_down is not None:
        return f"step-down from {_activity(model, effect.step_down.from_)}"
    return ""


def _activity(model: Model, id: str) -> str:
    return clean(subject_title("activity", id, model=model))
