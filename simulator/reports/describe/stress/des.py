"""STRESS-DES: the checklist of a model in which people or cases move from activity to activity."""

from collections.abc import Iterator

from simulator.definition.activities import NO_RESOURCE
from simulator.definition.model import Model
from simulator.definition.routes import DIED, EXIT
from simulator.reports.assumptions import assumptions
from simulator.reports.describe.stress.common import (
    assumed,
    implementation,
    objectives,
    preparation,
    scenario_logic,
    sources,
)
from simulator.reports.describe.stress.items import Card, Item, of_model, of_nobody, of_program, some
from simulator.reports.describe.values import capacity_words, laws_range, routes_range
from simulator.reports.describe.words import model_scope
from simulator.reports.numbers import plain
from simulator.reports.titles import lower_first, title_of

SAMPLING = (
    "Threefry-2x64-20. Every draw has an address: study seed and replication, who, what for, which visit; "
    "one uniform a variate, by inversion. Scenarios of a replication meet the same people, the same needs."
)
EXECUTION = "Next event; what falls on the same second happens in one written, fixed order."
ESTIMATION = (
    "Independent replications, paired between baseline and scenarios, with 95% intervals; an experiment file "
    "says how many."
)
ORDER = (
    "Whom a resource serves first, what is offered when it is full, where each route leads: as the tables of "
    "activities and resources say."
)


def des_card(model: Model) -> Card:
    """Fill the checklist from a model of people or cases."""
    items = (
        *objectives(model, otherwise="the engines count every activity, resource and need."),
        *_logic(model),
        *_data(model),
        *_experimentation(model),
        *implementation(SAMPLING, execution=EXECUTION),
    )
    return Card(name="STRESS-DES", items=items)


def _logic(model: Model) -> Iterator[Item]:
    drawn = "The pathway diagram, under “What is done for them”." if model.activities else ""
    yield of_model(("2.1", "diagram", "Base model overview diagram"), drawn)
    yield of_model(("2.2", "base_logic", "Base model logic"), model_scope(model))
    yield scenario_logic(model)
    yield of_model(("2.4", "algorithms", "Algorithms"), ORDER if model.activities else "")
    people = [
        f"{lower_first(title_of(model, 'people', id=id))} ({plain(float(one.people.value), step=1.0)})"
        for id, one in model.segments.items()
    ]
    said = [some(people, "segment of people", plural="segments of people")]
    said += [some([lower_first(title_of(model, "need", id=id)) for id in model.referrals], "kind of case")]
    yield of_model(("2.5.1", "entities", "Components: entities"), " ".join(one for one in said if one))
    yield of_model(("2.5.2", "activities", "Components: activities"), _activities(model))
    yield of_model(("2.5.3", "resources", "Components: resources"), _resources(model))
    yield of_model(("2.5.4", "queues", "Components: queues"), _queues(model))
    yield of_model(("2.5.5", "entry_and_exit", "Components: entry and exit points"), _ends(model))


def _data(model: Model) -> Iterator[Item]:
    yield sources(model)
    count = len(assumptions(model))
    text = f"{count:,} numbers; those with a source are listed under “What is assumed”." if count else ""
    yield of_model(("3.2", "input_parameters", "Input parameters"), text)
    yield preparation()
    yield assumed(model)


def _experimentation(model: Model) -> Iterator[Item]:
    waiting = [
        id
        for id, one in model.activities.items()
        if one.present_at_start is not None or one.waiting_at_start is not None
    ]
    said = some(
        [lower_first(title_of(model, "activity", id=id)) for id in waiting], "activity", plural="activities"
    )
    said = f"Not empty at the start: {said[:1].lower()}{said[1:]}" if said else ""
    yield of_model(
        ("4.1", "initialisation", "Initialisation"),
        said,
        otherwise="an experiment file says how long it warms up.",
    )
    yield of_nobody(("4.2", "run_length", "Run length"), "an experiment file gives the horizon.")
    yield of_program(("4.3", "estimation", "Estimation approach"), ESTIMATION)


def _activities(model: Model) -> str:
    return some(
        [
            f"{lower_first(title_of(model, 'activity', id=id))}"
            + (f" ({laws_range(one.duration)})" if one.duration is not None else "")
            for id, one in model.activities.items()
        ],
        "activity",
        plural="activities",
    )


def _resources(model: Model) -> str:
    return some(
        [
            f"{lower_first(title_of(model, 'resource', id=id))} ({capacity_words(one.capacity)})"
            for id, one in model.resources.items()
        ],
        "resource",
    )


def _queues(model: Model) -> str:
    waits = [
        lower_first(title_of(model, "activity", id=id))
        for id, one in model.activities.items()
        if one.resource not in (None, NO_RESOURCE)
    ]
    return some(waits, "activity that cases wait for", plural="activities that cases wait for")


def _ends(model: Model) -> str:
    begins = {id: one.starts_at for id, one in model.needs.items()}
    begins |= {id: one.starts_at for id, one in model.referrals.items()}
    starts = [
        f"{lower_first(title_of(model, 'need', id=id))} at {routes_range(model, routes)}"
        for id, routes in begins.items()
    ]
    ends = [
        lower_first(title_of(model, "activity", id=id))
        for id, one in model.activities.items()
        if any(
            target in (EXIT, DIED)
            for table in one.routes.values()
            for route in table
            for target in route.targets
        )
    ]
    entry, exits = some(starts, "entry", plural="entries"), some(ends, "activity", plural="activities")
    return f"{entry} Left from: {exits[:1].lower()}{exits[1:]}" if exits else entry
