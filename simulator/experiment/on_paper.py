"""What a model comes to on paper, before anybody waits: arrivals, loads, deaths, and its size."""

from collections.abc import Iterator

from simulator.compiler.expectations import arrivals_a_day, expected_deaths, expected_load, mean_capacity
from simulator.compiler.program import Program
from simulator.definition.experiment import STOCKS, Experiment, UntilPrecise
from simulator.experiment.how_long import confirming_runs, how_long, least_runs
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR, in_words

BYTES_AN_ARRIVAL = 18  # what a year of needs is held in (benchmarks/README.md)
MUCH_BYTES = 4e9
DAYS_A_YEAR = SECONDS_A_YEAR / SECONDS_A_DAY


def sizes(program: Program) -> Iterator[str]:
    """Say how many come, and how much memory a year of them takes where that is much."""
    daily = sum(arrivals_a_day(program).values())
    yield f"{_many(daily)} needs and referrals begin a day."
    if (held := daily * DAYS_A_YEAR * BYTES_AN_ARRIVAL) > MUCH_BYTES:
        yield (
            f"a year of them takes about {held / 1e9:,.0f} GB of memory a worker: a smaller "
            "population_share or fewer arrivals need less."
        )


def size_of_runs(program: Program, experiment: Experiment, *, points: int = 1) -> Iterator[str]:
    """Say how much an experiment runs, at so many points."""
    seconds = program.calendar.end_second
    cases = sum(arrivals_a_day(program).values()) * seconds / SECONDS_A_DAY
    worlds = len(experiment.scenarios)
    yield (
        f"{_many(cases)} of them in a run of {in_words(seconds)}, warm-up included; "
        f"{_runs(experiment)} of each of {worlds} worlds."
    )
    if points > 1 or experiment.draws:
        times = f", {experiment.draws:,} draws at each" if experiment.draws else ""
        total = least_runs(experiment) * worlds * points * max(experiment.draws, 1)
        at = f"each of {points:,} points" if points > 1 else "its one point"
        yield f"A sweep: so many runs at {at}{times}, {total:,} in all."
    yield from _afterwards(experiment, points=points)
    if said := how_long(program, experiment, points=points):
        yield said


def _runs(experiment: Experiment) -> str:
    """Say the replications of a world; as stocks there is no chance to repeat."""
    said = experiment.replications
    if experiment.engine == STOCKS:
        return "1 run"
    if isinstance(said, UntilPrecise):
        return f"at least {said.at_least:,} and at most {said.at_most:,} runs"
    return f"{said:,} run{'s' if said > 1 else ''}"


def _afterwards(experiment: Experiment, *, points: int) -> Iterator[str]:
    """Say what a choice and a confirmation run besides."""
    select, confirm = experiment.select, experiment.confirm
    if select is not None and experiment.engine != STOCKS:
        yield (
            f"To choose the best: up to {select.at_most:,} runs of each world that may yet be it, "
            f"and {select.fresh:,} fresh ones of the best."
        )
    if confirm is not None:
        many = confirm.best or confirm.even or len(confirm.points) or points
        times = f" of {confirm.draws:,} draws" if confirm.draws else ""
        yield (
            f"To confirm: {many:,} points{times} by people as well, "
            f"{confirming_runs(experiment, points=points):,} runs in all."
        )


def on_paper(program: Program) -> Iterator[str]:
    """Say what the model comes to if nobody ever waited: arrivals, loads, deaths by both ways."""
    names = program.names
    for name, number in sorted(arrivals_a_day(program).items()):
        yield f"{name}: {number:,.3g} a day"
    loads, capacity = expected_load(program), mean_capacity(program)
    for name, load, places in zip(names.resources, loads, capacity, strict=True):
        yield f"{name}: {load:,.4g} places in use if nobody waited ({_limit(load, places)})"
    if names.segments:
        deaths = expected_deaths(program)
        yield (
            f"deaths a year: {deaths.outside:,.0f} outside resident activities by hazard, "
            f"{deaths.inside:,.0f} inside by route 'died'"
        )


def _limit(load: float, places: float) -> str:
    """Say what a load is of the places there are."""
    if places != places:
        return "the stocks say of how many"
    if places == 0:
        return "of none at any time"
    return "no limit" if places == float("inf") else f"{load / places:.0%} of {places:,.4g} on average"


def _many(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.4g}"
