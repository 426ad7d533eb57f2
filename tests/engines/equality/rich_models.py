"""Small but rich models at random: every feature of the files, mixed, with many things in one second."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import count

import tomli_w
from dice import Dice, Table
from hypothesis import strategies as st
from rich_aid import with_aid
from rich_care import ACTIVITIES, AT_HOME, NEW_CLASSES, Scope, activity, clocks, counts, starts_at, with_class
from rich_changes import with_changes
from rich_collaborations import with_collaboration
from rich_exchange import with_exchange
from rich_harms import with_harms
from rich_places import (
    BY_HOME,
    NEEDS,
    PROFILES,
    REFERRALS,
    RESOURCES,
    SEGMENTS,
    TIMETABLES,
    homes,
    needs,
    people,
    referrals,
    resources,
    traits,
)
from rich_switches import Model, interventions
from worlds import World

from simulator.compiler import Window
from simulator.errors import CompileError, DefinitionError
from simulator.units import SECONDS_A_DAY

HOUR = 3_600
# A Monday; a Wednesday before a new year; a Thursday before a 29 February.
FIRST_DAYS = (date(2025, 4, 7), date(2025, 12, 17), date(2024, 2, 22))
# A few weeks; with few places, kept, so that rings close; with a year to look back on; more than a year.
KINDS = SHORT, TIGHT, LOOKING_BACK, LONG = ("short", "tight", "looking_back", "long")
MOST_LEADS = 3
Number = Callable[[int, int], int]


@st.composite
def rich_models(draw: st.DrawFn, kind: str) -> World:
    """Draw a model of a kind, so that one which fails is made simpler."""
    return rich_model(lambda least, most: draw(st.integers(least, most)), kind)


@st.composite
def exchanging_models(draw: st.DrawFn, kind: str) -> World:
    """Draw a model of a kind with stocks that its people meet."""
    return exchanging_model(lambda least, most: draw(st.integers(least, most)), kind)


@st.composite
def collaborating_models(draw: st.DrawFn, kind: str) -> World:
    """Draw a model of a kind whose interventions depend on a collaboration."""
    number: Number = lambda least, most: draw(st.integers(least, most))  # noqa: E731
    return with_collaboration(rich_model(number, kind), Dice(number))


@st.composite
def changing_models(draw: st.DrawFn, kind: str) -> World:
    """Draw a model of a kind that changes over time."""
    return changing_model(lambda least, most: draw(st.integers(least, most)), kind)


def changing_model(number: Number, kind: str) -> World:
    """Make a model of a kind that changes over time from whole numbers that are drawn."""
    return with_changes(rich_model(number, kind), Dice(number))


def helping_model(number: Number, kind: str) -> World:
    """Make a model of a kind whose resources help each other from whole numbers that are drawn."""
    return with_aid(rich_model(number, kind), Dice(number))


def exchanging_model(number: Number, kind: str) -> World:
    """Make a model of a kind with stocks from whole numbers that are drawn."""
    return with_exchange(rich_model(number, kind), Dice(number))


@st.composite
def befalling_models(draw: st.DrawFn, kind: str) -> World:
    """Draw a model of a kind whose activities have consequences, and whose clocks have doses."""
    return befalling_model(lambda least, most: draw(st.integers(least, most)), kind)


def befalling_model(number: Number, kind: str) -> World:
    """Make a model of a kind with consequences and harms from whole numbers that are drawn."""
    return with_harms(rich_model(number, kind), Dice(number))


def rich_model(number: Number, kind: str) -> World:
    """Make a model of a kind from whole numbers that are drawn."""
    window = window_of(Dice(number), kind)
    days = window.end_second // SECONDS_A_DAY
    dice = Dice(number, slow=max(1, days // 40), is_tight=kind == TIGHT)
    table = model_of(dice, kind, days=days)
    on = tuple(sorted(dice.some(list(table["interventions"]), least=1)))
    head = {"schema_version": 1, "starts": window.starts}
    filled = {word: one for word, one in table.items() if one}
    return World(text=tomli_w.dumps({**head, **filled}), window=window, on=on, replication=dice.number(0, 3))


def some_world(
    what_for: str,
    kind: str,
    *,
    is_wanted: Callable[[World], bool] = lambda _: True,
    make: Callable[[Number, str], World] = rich_model,
) -> World:
    """Give a model of a kind, always the same for one purpose: the first wanted that the compiler accepts."""
    for number in count():
        world = make(random.Random(f"{what_for} {kind} {number}").randint, kind)
        with suppress(CompileError, DefinitionError):
            if is_wanted(world) and world.compiled():
                return world
    raise AssertionError("there are more numbers")


def window_of(dice: Dice, kind: str) -> Window:
    """Draw a stretch of time."""
    warm_up, horizon, period = {
        SHORT: (
            dice.pick(0, 5 * 24, 36),
            dice.pick(14, 10, 21) * 24 + dice.pick(0, 5),
            dice.pick(168, 24, 6, 36),
        ),
        LOOKING_BACK: (52 * 168, 6 * 168, 168),
        LONG: (0, 60 * 168, 4 * 168),
    }["short" if kind == TIGHT else kind]
    return Window(
        starts=dice.pick(*FIRST_DAYS),
        warm_up_seconds=warm_up * HOUR,
        horizon_seconds=horizon * HOUR,
        period_seconds=period * HOUR,
    )


def model_of(dice: Dice, kind: str, *, days: int) -> Table:
    """Draw all tables of a model."""
    of_people = list(SEGMENTS[: dice.pick(2, 1, 3, 3, 2, 0 if kind in (SHORT, TIGHT) else 1)])
    of_needs = list(NEEDS[: dice.number(1, 3)]) if of_people else []
    of_referrals = list(REFERRALS[: dice.number(0 if of_needs else 1, 3)])
    localities, sites = homes(dice, of_needs)
    each = dice.pick("locality", "site") if sites else "locality"
    by_home = each if localities and of_needs and dice.often() else None
    activities = list(ACTIVITIES[: dice.number(2 + dice.is_tight, 6)])
    own = list(RESOURCES[: dice.number(1 + dice.is_tight, 3)])
    new = [NEW_CLASSES[0]] if dice.often() else []
    groups = [*of_people, *of_needs, *of_referrals, *new]
    scope = Scope(activities=activities, segments=of_people, groups=groups, resources=own)
    starts, leads = leads_of(dice, activities, starts=len(of_needs) + len(of_referrals))
    if by_home is not None:
        starts[0].append(AT_HOME)
    care = {one: activity(dice, scope, name=one, leads_to=leads[one]) for one in activities}
    if by_home is not None:
        at_home = Scope(activities=activities, segments=of_people, groups=groups, resources=[BY_HOME])
        care[AT_HOME] = activity(dice, at_home, name=AT_HOME, leads_to=())
    first = [
        starts_at(dice, scope, leads_to=one, of_people=place < len(of_needs))
        for place, one in enumerate(starts)
    ]
    first[-1] = with_class(first[-1], *new, target=activities[0])
    segments = people(dice, of_people)
    places = resources(dice, own, groups=groups, each=by_home)
    wanted = needs(dice, of_needs, segments=of_people, starts=first[: len(of_needs)])
    referred = referrals(dice, of_referrals, starts=first[len(of_needs) :], days=days)
    switched = Model(
        scope=scope,
        segments=segments,
        needs=wanted,
        referrals=referred,
        resources=places,
        activities=care,
        localities=localities,
        looks_back=kind == LOOKING_BACK,
        is_long=kind == LONG,
    )
    return {
        "localities": localities,
        "sites": sites,
        "segments": segments,
        "traits": traits(dice) if wanted else {},
        "profiles": PROFILES,
        "timetables": TIMETABLES,
        "needs": wanted,
        "referrals": referred,
        "resources": places,
        "activities": care,
        "clocks": clocks(dice, scope),
        "counts": counts(dice, scope),
        "instants": {"at": sorted_moments(dice)} if dice.at_times() else {},
        "interventions": interventions(dice, switched),
    }


def leads_of(
    dice: Dice, activities: list[str], *, starts: int
) -> tuple[list[list[str]], dict[str, list[str]]]:
    """Draw from where each activity is reached, so that each is: a need or referral, or one before it."""
    of_starts: list[list[str]] = [[] for _ in range(starts)]
    of_activities: dict[str, list[str]] = {one: [] for one in activities}
    for place, one in enumerate(activities):
        before = [of_activities[other] for other in activities[:place]]
        free = [leads for leads in [*of_starts, *before] if len(leads) < MOST_LEADS - 1]
        chosen = free[dice.number(0, len(free) - 1 if place else min(starts, len(free)) - 1)]
        chosen.append(one)
    return of_starts, of_activities


def sorted_moments(dice: Dice) -> list[str]:
    """Draw named instants, in order."""
    return [f"{hour} h" for hour in sorted({6 * dice.number(0, 40) for _ in range(3)})]


MODELS = {kind: rich_models(kind) for kind in KINDS}
