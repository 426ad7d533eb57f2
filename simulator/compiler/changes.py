"""What is done to capacities: places added, effects that grow by week, staff elsewhere, trends, outages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import integers
from simulator.compiler.benefits import without_harm
from simulator.compiler.draft import Draft
from simulator.compiler.effect_paths import read_target
from simulator.compiler.effects import weekly_values
from simulator.compiler.interventions import running, second_of, weekly_strength
from simulator.compiler.members import members, parts_of
from simulator.compiler.resources import own_capacity
from simulator.compiler.rounding import half_up
from simulator.compiler.staffing import staffing
from simulator.compiler.swings import resources_at
from simulator.compiler.timeline import Change, moments, steps_at
from simulator.compiler.trends import begins, factors
from simulator.compiler.weeks import week_seconds
from simulator.definition.effects import Effect
from simulator.definition.interventions import Addition
from simulator.definition.switch_references import target_of

Changed = tuple[int, Change]


def capacity_changes(draft: Draft) -> dict[int, tuple[Change, ...]]:
    """Give what is done to each resource: by interventions in order and place, then by staffing elsewhere,
    trends and outages."""
    found: dict[int, tuple[Change, ...]] = {}
    for name in draft.index.names.interventions:
        add_to(found, changes_of(draft, name))
    add_to(found, list(staffing(draft, found)))
    add_to(found, trends(draft))
    for name in draft.index.names.interventions:
        add_to(found, outages(draft, name))
    return found


def add_to(found: dict[int, tuple[Change, ...]], more: Iterable[Changed]) -> None:
    """Add changes to those known of each resource."""
    for resource, change in more:
        found[resource] = (*found.get(resource, ()), change)


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
    for place, part in parts_of(draft, addition.resource, total=int(addition.capacity.value)):
        yield place, Change(is_factor=False, seconds=(first,), by=(float(part),), last=last)


def trends(draft: Draft) -> Iterator[Changed]:
    """Yield the growth of what is written of capacities, month by month, in the nearest whole places."""
    window = draft.window
    for name, resource in sorted(draft.model.resources.items()):
        if resource.trend is None:
            continue
        months, times = begins(window), factors(window, resource.trend)
        for place in draft.index.family[name]:
            own = replace(own_capacity(draft, draft.index.names.resources[place], changes=()), hours=None)
            seconds = integers(sorted({*months, *moments(own, window.end_second).tolist()}))
            month = np.maximum(np.searchsorted(months, seconds, side="right") - 1, 0).tolist()
            written = [own.steps[step][1] or Fraction(0) for step in steps_at(own, seconds).tolist()]
            by = [
                float(half_up(number * Fraction(times[at])) - number)
                for number, at in zip(written, month, strict=True)
            ]
            change = Change(
                is_factor=False, seconds=tuple(seconds.tolist()), by=tuple(by), last=window.end_second
            )
            yield place, change


def outages(draft: Draft, name: str) -> Iterator[Changed]:
    """Yield the outages of an intervention, within the time that it runs."""
    intervention = draft.model.interventions[name]
    begin, end = running(draft.window, intervention)
    for effect in intervention.effects:
        if effect.outage is None:
            continue
        first = second_of(draft.window, effect.outage.from_)
        last = min(first + half_up(effect.outage.lasts.value), end)
        first = max(first, begin)
        if first < last:
            left = 1.0 - float(effect.outage.loses)
            change = Change(is_factor=True, is_loss=True, seconds=(first,), by=(left,), last=last)
            for resource in effect.outage.resources:
                yield from ((place, change) for place in resources_at(draft, resource))
