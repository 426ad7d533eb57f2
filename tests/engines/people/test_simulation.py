"""The compiled engine's own side: room that grows, forks, looking in, and checks that break."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines.demand import Demand
from simulator.engines.kernels import layout as at
from simulator.engines.people import Simulation
from simulator.engines.people import simulation as host
from simulator.engines.people.world import Room
from simulator.engines.records import Run
from simulator.errors import Interrupted, RunFailed, SelfCheckFailed
from simulator.units import SECONDS_A_DAY as DAY

SMALL = Path(__file__).resolve().parents[3] / "models" / "small_place.toml"
WARM_UP = 364 * DAY
SWITCHES = ((), ("mdt_care_plans",), ("virtual_ward",), ("mdt_care_plans", "virtual_ward"))


@cache
def program(on: tuple[str, ...] = ()) -> Program:
    window = Window(
        starts=date(2025, 4, 1),
        warm_up_seconds=WARM_UP,
        horizon_seconds=50 * DAY,
        period_seconds=7 * DAY,
    )
    return compile_model(load_model(SMALL), window=window, on=on)


@cache
def demand() -> Demand:
    return Demand.for_programs([program(on) for on in SWITCHES], seed=1, replication=0)


def simulation(on: tuple[str, ...] = (), **asked: object) -> Simulation:
    tracked = tuple(np.flatnonzero(program(SWITCHES[1]).interventions.use_need.any(axis=0)).tolist())
    return Simulation(program(on), seed=1, replication=0, demand=demand(), tracked=tracked, **asked)  # type: ignore[arg-type]


def same(one: object, other: object) -> bool:
    """Say whether two records are the same, however deep."""
    if is_dataclass(one):
        return all(
            same(getattr(one, field.name), getattr(other, field.name))
            for field in fields(one)
            if field.name != "events"
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, np.asarray(other))
    return bool(one == other)


@cache
def whole(on: tuple[str, ...]) -> Run:
    return simulation(on).finish()


@pytest.mark.parametrize("on", SWITCHES)
def test_a_fork_is_the_run_apart(on: tuple[str, ...]) -> None:
    past = simulation()
    past.run_until(WARM_UP)

    assert same(past.fork(program(on)).finish(), whole(on))


def test_a_fork_leaves_the_past_as_it_was() -> None:
    past = simulation()
    past.run_until(WARM_UP)
    past.fork(program(SWITCHES[3])).finish()

    assert same(past.finish(), whole(()))


def test_tables_that_grow_without_a_log_change_nothing() -> None:
    tiny = Room(cases=1, agenda=1, enrolments=1)

    assert same(simulation(SWITCHES[3], room=tiny).finish(), whole(SWITCHES[3]))


def test_a_run_stops_when_somebody_wants_it_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "EVENTS_A_LOOK", 1000)
    asked = iter([False, False, True])
    one = simulation(stop=lambda: next(asked))

    with pytest.raises(Interrupted):
        one.finish()

    assert 2000 < one.world.ints[at.EVENTS] < 3100


def test_a_run_with_more_events_than_it_may_have_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "EVENTS_A_LOOK", 1000)

    with pytest.raises(RunFailed, match="more than 5,000 events"):
        simulation(most_events=5000).finish()


def test_a_check_that_breaks_names_the_case_and_the_last_events() -> None:
    one = simulation()
    one.run_until(10 * DAY)
    resources = one.world.rows(at.RESOURCES, len(program().names.resources), width=at.RESOURCE_SIZE)
    resources[:, at.USED] = 0

    with pytest.raises(SelfCheckFailed, match=r"more places were given back .* Last events: \d+ "):
        one.finish()


def test_a_person_lost_is_found_at_the_end() -> None:
    one = simulation()
    one.run_until(10 * DAY)
    one.world.table(at.LIVING, 1)[0] += 1

    with pytest.raises(SelfCheckFailed, match="people alive, but"):
        one.finish()
