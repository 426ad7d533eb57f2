"""One piece of work comes out the same with one past or apart, compiled or readable."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from simulator.definition.experiment import Experiment
from simulator.experiment.parts import Piece
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import by_name, compile_scenarios
from simulator.experiment.work import Work, work_of
from simulator.units import SECONDS_A_WEEK

# How many events an engine counts is its own matter.
NOT_COMPARED = ("events",)


@pytest.fixture(scope="module")
def work(ward: Callable[..., Experiment]) -> Work:
    """Give the work of the ward: one scenario that begins with an intervention, one with fewer beds."""
    experiment = ward("log=all")
    return work_of(experiment, by_name(compile_scenarios(experiment).programs))


@pytest.fixture(scope="module")
def piece(work: Work) -> Piece:
    return do_piece(work, 1, ran=lambda: None)


def test_a_scenario_is_forked_where_its_intervention_begins(work: Work) -> None:
    assert work.differs == {"baseline": 0, "fewer_beds": 0, "plans": 52 * SECONDS_A_WEEK}


def test_with_one_past_or_apart_a_piece_is_the_same(work: Work, piece: Piece) -> None:
    apart = replace(work, differs=dict.fromkeys(work.differs, 0))

    assert differences(piece, do_piece(apart, 1, ran=lambda: None)) == []


def test_the_readable_engine_gives_the_same_piece(work: Work, piece: Piece) -> None:
    readable = replace(work, engine="readable")

    assert differences(piece, do_piece(readable, 1, ran=lambda: None)) == []


def test_a_scenario_in_which_nothing_differs_is_the_baseline_to_its_end(
    work: Work, ward: Callable[..., Experiment]
) -> None:
    plans = work.programs["plans"]
    twins = work_of(ward("log=all"), {"plans": plans, "the_same": plans})

    found = do_piece(twins, 1, ran=lambda: None).observations

    assert twins.differs["the_same"] == 52 * SECONDS_A_WEEK
    assert differing(*found.values()) == ["scenario"]
    assert found["plans"].activity_series.any()


def test_with_no_switch_on_either_side_it_is_forked_at_the_end(
    work: Work, ward: Callable[..., Experiment]
) -> None:
    program = work.programs["baseline"]
    twins = work_of(ward("log=all"), {"baseline": program, "the_same": program})

    found = do_piece(twins, 1, ran=lambda: None).observations

    assert twins.differs["the_same"] == program.calendar.end_second
    assert differing(*found.values()) == ["scenario"]


def differences(one: Piece, other: Piece) -> list[str]:
    """Name what differs between two pieces."""
    assert list(one.observations) == list(other.observations)
    found = []
    for kind in ("observations", "pairings"):
        for scenario, noun in getattr(one, kind).items():
            found += [f"{kind}.{scenario}.{name}" for name in differing(noun, getattr(other, kind)[scenario])]
    return found


def differing(one: object, other: object) -> list[str]:
    return [
        field.name
        for field in fields(one)
        if field.name not in NOT_COMPARED and not same(getattr(one, field.name), getattr(other, field.name))
    ]


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if one is None or other is None:
        return one is other
    return one == other if isinstance(one, (int, str)) else differing(one, other) == []
