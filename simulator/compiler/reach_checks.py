"""Whether every activity can be reached, and every case that can come finds what it needs there."""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.names import first_tables
from simulator.compiler.program import ABSENT, Activities, Flags, Ints
from simulator.definition.activities import Activity

ONWARD_FIELDS = ("routes", "gives_up_to", "refused_to", "interrupted_to")


def check_reached(draft: Draft) -> None:
    """Add a fault for each activity at which nobody ever arrives.

    An activity is reached from a need or referral however rare, from day one, as an alternative, or by an
    intervention, on or off.
    """
    model = draft.model
    pending = [*entered(draft), *draft.brought_elsewhere]
    reached = set(pending)
    while pending:
        for later in ahead(model.activities[pending.pop()]):
            if later in model.activities and later not in reached:
                reached.add(later)
                pending.append(later)
    for name in draft.index.names.activities:
        if name not in reached:
            draft.findings.fault(
                f"activities.{name}",
                "nobody ever comes here: no route, alternative or intervention leads to it.",
            )


def entered(draft: Draft) -> Iterator[str]:
    """Yield the activities in which cases begin."""
    model = draft.model
    for starts_at in first_tables(model):
        for table in starts_at.values():
            yield from (target for route in table for target in route.targets if target in model.activities)
    for name, activity in model.activities.items():
        if activity.present_at_start is not None or activity.waiting_at_start is not None:
            yield name


def ahead(activity: Activity) -> Iterator[str]:
    """Yield what an activity leads to."""
    for field in ONWARD_FIELDS:
        for table in getattr(activity, field).values():
            yield from (target for route in table for target in route.targets)
    yield from activity.if_full


def check_cases(draft: Draft, activities: Activities, *, cases: Flags) -> None:
    """Add a fault wherever a case can come to an activity that has nothing for its group or home."""
    names = draft.index.names.activities
    for activity, group in np.argwhere(cases_in_doubt(draft, activities, cases=cases)).tolist():
        path, who = f"activities.{names[activity]}", draft.groups.describe(group)
        for field, choices in zip(ONWARD_FIELDS, own_choices(activities), strict=True):
            if choices[activity, group] == ABSENT:
                draft.findings.fault(
                    f"{path}.{field}",
                    f"says nothing for {who}, who can come here; name it, or say 'otherwise'.",
                )
        if not has_duration(draft, activities, activity=activity, group=group):
            draft.findings.fault(
                f"{path}.duration", f"says nothing for {who}, who can come here; name it, or say 'otherwise'."
            )
        if group >= draft.groups.of(draft.groups.nobody, 0) and needs_a_home(activities, activity):
            name = draft.model.activities[names[activity]].resource
            each = draft.model.resources[name].each
            draft.findings.fault(
                f"{path}.resource",
                f"'{name}' is one in each {each}, but cases of {who} have no person and so no home.",
            )


def cases_in_doubt(draft: Draft, activities: Activities, *, cases: Flags) -> Flags:
    """Say of which cases something may be wanting (A, G): the others need no look one by one."""
    wants_home = [needs_a_home(activities, place) for place in range(len(cases))]
    of_nobody = np.arange(cases.shape[1]) >= draft.groups.of(draft.groups.nobody, 0)
    wanting = (activities.duration_law == ABSENT) | (
        np.array(wants_home, dtype=np.bool_)[:, None] & of_nobody
    )
    for choices in own_choices(activities):
        wanting |= choices == ABSENT
    return np.asarray(cases & wanting)


def own_choices(activities: Activities) -> tuple[Ints, ...]:
    """Give the choices of all four ways onward."""
    return (
        activities.choice,
        activities.gives_up_choice,
        activities.refused_choice,
        activities.interrupted_choice,
    )


def has_duration(draft: Draft, activities: Activities, *, activity: int, group: int) -> bool:
    """Say whether the length of every stay is known, by group or by route."""
    if activities.duration_law[activity, group] != ABSENT:
        return True
    choice = int(activities.choice[activity, group])
    if not activities.route_first[activity] or choice == ABSENT:
        return False
    return all(entry.law != ABSENT for entry in draft.choices.rows[choice] if entry.share > 0)


def needs_a_home(activities: Activities, activity: int) -> bool:
    """Say whether an activity has places for people of some home, but none for nobody's."""
    return activities.resource[activity, -1] == ABSENT and bool(
        (activities.resource[activity] != ABSENT).any()
    )
