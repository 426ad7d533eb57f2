"""What interventions do to capacities: places added while they run, and effects that grow week by week."""

from collections.abc import Iterator
from fractions import Fraction

from simulator.compiler.benefits import without_harm
from simulator.compiler.draft import Draft
from simulator.compiler.effect_paths import read_target
from simulator.compiler.effects import weekly_values
from simulator.compiler.interventions import running, weekly_strength
from simulator.compiler.timeline import Change
from simulator.compiler.weeks import week_seconds
from simulator.definition.effects import Effect
from simulator.definition.interventions import Addition
from simulator.definition.switch_references import target_of

Changed = tuple[int, Change]


def capacity_changes(draft: Draft) -> dict[int, tuple[Change, ...]]:
    """Give what the interventions do to each resource, in order of intervention and place."""
    found: dict[int, tuple[Change, ...]] = {}
    for name in draft.index.names.interventions:
        for resource, change in changes_of(draft, name):
            found[resource] = (*found.get(resource, ()), change)
    return found


def changes_of(draft: Draft, name: str) -> Iterator[Changed]:
    """Yield what one intervention does to capacities: its effects, then what it adds."""
    intervention = draft.model.interventions[name]
    for number, effect in enumerate(intervention.effects):
        said = target_of(effect.path)
        path = f"interventions.{name}.effects.{number}"
        if said is not None and said.kind == "capacity" and read_target(draft, effect, path=path):
            yield from by_effect(draft, name, effect=effect, resource=said.name)
    for addition in intervention.adds:
        if addition.resource is not None:
            yield from by_addition(draft, name, addition=addition)


def by_effect(draft: Draft, name: str, *, effect: Effect, resource: str) -> Iterator[Changed]:
    """Yield what an effect does to a capacity week by week: 1 + s(m − 1) for ``times``, s·a for ``plus``.

    What is added to a resource that there is in each place is shared out as people are.
    """
    intervention = draft.model.interventions[name]
    first, last = running(draft.window, intervention)
    seconds, strength = week_seconds(draft.window, first), weekly_strength(draft, intervention)
    values = weekly_values(draft, name, effect=effect, unit=Fraction(1))
    values += values[-1:] * (len(seconds) - len(values))
    if intervention.collaboration is not None:
        strength = without_harm(strength, values, neutral=1.0 if effect.times else 0.0, lower_helps=False)
    for place, share in members(draft, resource):
        if effect.times:
            by = [1.0 + s * (m - 1.0) for s, m in zip(strength, values, strict=True)]
        else:
            by = [s * a * float(share) for s, a in zip(strength, values, strict=True)]
        yield place, Change(is_factor=bool(effect.times), seconds=tuple(seconds), by=tuple(by), last=last)


def by_addition(draft: Draft, name: str, *, addition: Addition) -> Iterator[Changed]:
    """Yield the places that an intervention brings while it runs, whole ones in each place."""
    assert addition.resource is not None
    assert addition.capacity is not None
    first, last = running(draft.window, draft.model.interventions[name])
    total = int(addition.capacity.value)
    name, _, member = addition.resource.partition("@")
    each, places, parts = draft.model.resources[name].each, draft.index.family[name], [total]
    if member:
        places = (draft.index.resource[addition.resource],)
    elif each is not None:
        parts = list(draft.homes.divide(total, each).values())
    for place, part in zip(places, parts, strict=True):
        yield place, Change(is_factor=False, seconds=(first,), by=(float(part),), last=last)


def members(draft: Draft, resource: str) -> Iterator[tuple[int, Fraction]]:
    """Yield the resources of the program that are meant, each with its part of what is added to them all.

    One in each site or locality is meant as a whole, shared out as people are, or as ``name@place`` by
    itself.
    """
    name, _, member = resource.partition("@")
    each = draft.model.resources[name].each
    if each is None or member:
        yield draft.index.resource[resource], Fraction(1)
        return
    for place, homes in draft.homes.members(each).items():
        yield draft.index.resource[f"{resource}@{place}"], draft.homes.share_of(homes)
