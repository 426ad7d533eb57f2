"""Workload W in SimPy, process style: what a competent analyst would write, and nothing to hold it back.

A generator a case, a ``simpy.Resource`` an activity, Python's ``random``; waits kept by class and activity,
places in use as areas, the clock of A&E. Hours throughout.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import simpy
from workload import Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpyRun:
    """What one run says: service starts, mean places in use, mean waits, and the share over the target."""

    starts: int
    in_use: dict[str, float]
    mean_wait: dict[str, float]
    over_target: float


class Pathway:
    """One run of workload W from empty."""

    def __init__(self, workload: Workload, *, seed: int, hours: float) -> None:
        self.workload = workload
        self.hours = hours
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.places = {
            name: simpy.Resource(self.env, capacity=number)
            for name, number in workload.places.items()
            if number is not None
        }
        self.waits: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.areas = dict.fromkeys(workload.places, 0.0)
        self.in_use = dict.fromkeys(workload.places, 0)
        self.emergency_hours: list[float] = []
        self.starts_at = {klass: shares(ways) for klass, ways in workload.starts_at.items()}
        self.routes = {
            (klass, name): shares(ways) for klass, of in workload.routes.items() for name, ways in of.items()
        }
        self.laws = {
            (klass, name): law(mean, workload.cv[name])
            for name, means in workload.mean_hours.items()
            for klass, mean in means.items()
        }

    def run(self) -> SimpyRun:
        """Run to the end."""
        for klass in self.workload.arrivals_an_hour:
            self.env.process(self.arrivals(klass))
        self.env.run(until=self.hours)
        waits: dict[str, list[float]] = defaultdict(list)
        for (_, name), found in self.waits.items():
            waits[name] += found
        over = sum(hours > self.workload.target_hours for hours in self.emergency_hours)
        return SimpyRun(
            starts=sum(map(len, waits.values())),
            in_use={
                name: (area + self.in_use[name] * self.hours) / self.hours
                for name, area in self.areas.items()
            },
            mean_wait={name: sum(found) / len(found) for name, found in waits.items()},
            over_target=over / max(len(self.emergency_hours), 1),
        )

    def arrivals(self, klass: str) -> Iterator[simpy.Event]:
        """Let people come, by thinning a steady stream."""
        profile = self.workload.hour_profile
        mean, most = sum(profile) / 24, max(profile)
        rate = self.workload.arrivals_an_hour[klass] * most / mean
        while True:
            yield self.env.timeout(self.random.expovariate(rate))
            if self.random.random() < profile[int(self.env.now) % 24] / most:
                self.env.process(self.case(klass))

    def case(self, klass: str) -> Iterator[simpy.Event]:
        """One case from arrival to exit."""
        env, choices, waits = self.env, self.random.choices, self.waits
        here, held, came = "", None, 0.0
        names, cumulative = self.starts_at[klass]
        while True:
            to = choices(names, cum_weights=cumulative)[0]
            if to in self.workload.if_full and self.places[to].count == self.places[to].capacity:
                to = self.workload.if_full[to]
            keeps = (here, to) in self.workload.keeps
            if here and not keeps:
                self.leaves(here, held, came)
            if to == "exit":
                return
            arrived = env.now
            request = self.places[to].request() if to in self.places else None
            if request is not None:
                yield request
            if here and keeps:
                self.leaves(here, held, came)
            waits[klass, to].append(env.now - arrived)
            self.areas[to] -= env.now
            self.in_use[to] += 1
            here, held, came = to, request, arrived
            drawn, arguments = self.laws[klass, here]
            yield env.timeout(drawn(self.random, *arguments))
            names, cumulative = self.routes[klass, here]

    def leaves(self, here: str, held: simpy.resources.resource.Request | None, came: float) -> None:
        """Give a place back."""
        if held is not None:
            self.places[here].release(held)
        self.areas[here] += self.env.now
        self.in_use[here] -= 1
        if here == "ae":
            self.emergency_hours.append(self.env.now - came)


def shares(ways: dict[str, float]) -> tuple[list[str], list[float]]:
    """Give names and running shares, as ``random.choices`` wants them."""
    return list(ways), list(accumulate(ways.values()))


def law(mean: float, cv: float | None) -> tuple[object, tuple[float, ...]]:
    """Give a method of ``random.Random`` and its arguments: exponential, or lognormal where there is a cv."""
    if cv is None:
        return random.Random.expovariate, (1 / mean,)
    spread = math.log(1 + cv * cv)
    return random.Random.lognormvariate, (math.log(mean) - spread / 2, math.sqrt(spread))
