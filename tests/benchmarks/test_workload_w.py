"""The model file of workload W says what the common workload says."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from workload import Workload, read_workload

SharedFile = Callable[[str], Path]
EXPONENTIAL = None


@pytest.fixture
def common(shared_file: SharedFile) -> dict:
    """Read the common workload, or skip naming it."""
    return tomllib.loads(shared_file("workload_w.toml").read_text(encoding="utf-8"))


@pytest.fixture
def ours() -> Workload:
    """Read our model file."""
    return read_workload()


def test_the_same_people_arrive(ours: Workload, common: dict) -> None:
    a_year = {name: rate * common["horizon_hours"] for name, rate in ours.arrivals_an_hour.items()}

    assert a_year == pytest.approx(
        {name: share * common["arrivals_per_year"] for name, share in common["class_share"].items()}
    )
    assert list(ours.hour_profile) == common["hour_profile"]
    assert ours.starts_at == common["starts_at"]


def test_they_go_the_same_ways(ours: Workload, common: dict) -> None:
    every = common["routes"]["every_class"]

    assert ours.routes == {name: common["routes"][name] | every for name in common["class_share"]}
    assert ours.keeps == {tuple(pair) for pair in common["keeps_place"]}
    assert ours.if_full == common["if_full"]
    assert ours.target_hours == common["target"]["ae"]


def test_they_take_as_long_in_as_many_places(ours: Workload, common: dict) -> None:
    limits = {name: "unlimited" if number is None else number for name, number in ours.places.items()}

    assert limits == common["places"]
    assert ours.mean_hours == common["mean_hours"]
    assert ours.cv == {name: common["cv"].get(name, EXPONENTIAL) for name in common["places"]}
