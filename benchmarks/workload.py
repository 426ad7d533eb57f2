"""Workload W as plain numbers, for engines that are not ours: ``workload_w.toml`` in hours."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODEL = Path(__file__).with_name("workload_w.toml")
ByClass = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """The job: who arrives when, where they go, how long it takes, and how many places there are.

    ``places`` is ``None`` where nothing limits them; ``routes`` are by class, then activity. ``keeps`` are
    the pairs (from, to) in which a place is kept until the next one starts.
    """

    arrivals_an_hour: ByClass
    hour_profile: tuple[float, ...]
    starts_at: Mapping[str, Mapping[str, float]]
    places: Mapping[str, int | None]
    mean_hours: Mapping[str, ByClass]
    cv: Mapping[str, float | None]
    routes: Mapping[str, Mapping[str, Mapping[str, float]]]
    keeps: frozenset[tuple[str, str]]
    if_full: Mapping[str, str]
    target_hours: float


def read_workload(path: Path = MODEL) -> Workload:
    """Read the workload off its model file. ``cv`` is ``None`` for an exponential law."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    activities, classes = raw["activities"], tuple(raw["referrals"])
    return Workload(
        arrivals_an_hour={name: rate_an_hour(one["rate"]) for name, one in raw["referrals"].items()},
        hour_profile=tuple(raw["profiles"]["day"]["hour"]),
        starts_at={name: one["starts_at"] for name, one in raw["referrals"].items()},
        places={name: places(raw["resources"][one["resource"]]) for name, one in activities.items()},
        mean_hours={
            name: {klass: hours(law(one, klass)["mean"]) for klass in classes}
            for name, one in activities.items()
        },
        cv={name: law(one, classes[0]).get("cv") for name, one in activities.items()},
        routes={
            klass: {name: one["routes"].get(klass, one["routes"]) for name, one in activities.items()}
            for klass in classes
        },
        keeps=frozenset(
            (name, to) for name, one in activities.items() for to in one.get("keeps_place_until_next", ())
        ),
        if_full={name: one["if_full"][0] for name, one in activities.items() if "if_full" in one},
        target_hours=hours(raw["clocks"]["emergency"]["targets"][0]),
    )


def law(activity: Mapping[str, Any], klass: str) -> Mapping[str, Any]:
    """Give the arguments of a class's law: a lognormal's mean and cv, or an exponential's mean."""
    ((_, arguments),) = activity["duration"][klass].items()
    return arguments


def places(resource: Mapping[str, Any]) -> int | None:
    """Give a capacity, ``None`` where it is unlimited."""
    return None if resource["capacity"] == "unlimited" else int(resource["capacity"])


def hours(text: str) -> float:
    """Read "2 hours"."""
    number, unit = text.split()
    if unit != "hours":
        raise ValueError(f"{text!r} is not in hours.")
    return float(number)


def rate_an_hour(text: str) -> float:
    """Read "118_250 per 8760 hours"."""
    number, _, per = text.partition(" per ")
    return float(number) / hours(per)
