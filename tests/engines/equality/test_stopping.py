"""A compiled run that stops and goes on, has to grow, keeps no log or shares no demand is the same run."""

from typing import Any

import pytest
from elsewhere import runs_elsewhere
from known_models import shipped
from pairs import Pair, pair
from rich_models import KINDS, exchanging_model, some_world
from worlds import SEED, World

SMALL_PLACE = "small place, care plans"
DAY, WEEK, PRIMES = 86_400, 604_800, (611_953, 104_729, 1_299_709)


@pytest.fixture(scope="module", params=[f"{kind} {place}" for kind in KINDS for place in range(3)])
def seen(request: pytest.FixtureRequest) -> Pair:
    """Run the readable engine on a generated world."""
    return pair(some_world("stopping " + request.param, request.param.split()[0]))


def simulation(seen: Pair, **asked: Any) -> Any:
    """Begin a compiled run."""
    from simulator.engines.people import Simulation

    said = {"demand": seen.demand, "keeps_log": True, **asked}
    return Simulation(seen.program, seed=SEED, replication=seen.replication, **said)


@pytest.mark.parametrize("step", [*PRIMES, DAY, WEEK])
def test_a_run_that_stops_and_goes_on_is_the_run_in_one_go(seen: Pair, step: int) -> None:
    begun = simulation(seen)

    for second in range(0, seen.program.calendar.end_second, step):
        begun.run_until(second)
        begun.run_until(second)

    seen.expect(begun.finish())


def test_a_run_that_stops_at_its_end_is_whole(seen: Pair) -> None:
    begun = simulation(seen)

    begun.run_until(seen.program.calendar.end_second)

    seen.expect(begun.finish())


def test_a_run_that_has_to_grow_is_the_same(seen: Pair) -> None:
    from simulator.engines.people.world import Room

    seen.expect(simulation(seen, room=Room(cases=2, agenda=2, enrolments=1, log=8)).finish())


def test_a_run_without_a_log_has_the_same_records(seen: Pair) -> None:
    found = seen.people(keeps_log=False)

    assert found.log is None
    seen.expect(found)


def test_a_run_with_a_demand_of_its_own_is_the_same(seen: Pair) -> None:
    seen.expect(seen.people(demand=None))


def test_use_that_is_asked_for_is_tracked_alike() -> None:
    needs = tuple(range(5))
    seen = pair(shipped()[SMALL_PLACE](), tracked=needs)

    seen.expect(seen.people(tracked=needs))


BOUNDS_CHECKED = {"NUMBA_BOUNDSCHECK": "1"}
NOT_COMPILED = {"NUMBA_DISABLE_JIT": "1"}


def expect_equal_elsewhere(worlds: list[World], environment: dict[str, str]) -> None:
    """Fail unless runs in another process equal the readable engine's here."""
    for world, found in zip(worlds, runs_elsewhere(worlds, environment=environment), strict=True):
        pair(world).expect(found)


@pytest.mark.slow
def test_no_kernel_reads_or_writes_outside_its_arrays(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "bounds_checked"
    worlds = [some_world(f"bounds {place}", kind) for kind in KINDS for place in range(4)]

    expect_equal_elsewhere(worlds, {**BOUNDS_CHECKED, "NUMBA_CACHE_DIR": str(folder)})


@pytest.mark.slow
def test_kernels_that_are_not_compiled_give_the_same_bits() -> None:
    beside_stocks = [some_world("plain", kind, make=exchanging_model) for kind in KINDS[:2]]

    expect_equal_elsewhere([*(some_world("plain", kind) for kind in KINDS), *beside_stocks], NOT_COMPILED)
