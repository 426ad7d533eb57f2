"""Tables of needs and where they went, those enrolled, the clock's hours, daily counts and named instants."""

from collections.abc import Iterator, Sequence

import numpy as np

from simulator.analysis.comparison import Attribution, Comparison, EnrolledEffect
from simulator.analysis.intervals import Estimate
from simulator.analysis.measure_tables import (
    DRAW,
    REPLICATION,
    SCENARIO,
    columns_of_runs,
    estimate_columns,
    estimate_values,
)
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, Values, table_of
from simulator.units import SECONDS_A_DAY

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_A_DAY = 24
QUANTITIES = ("people", "before", "after", "after_without", "naive", "true")


def needs_table(comparison: Comparison) -> Table:
    """Make the table of what became of each need, in needs a year."""
    rows = [
        (scenario, one.need, what, intervention, found)
        for scenario in comparison.others
        for one in comparison.attribution(scenario)
        for what, intervention, found in _flows(one)
    ]
    columns = (
        SCENARIO,
        Column(name="need", kind=TEXT, says="The need."),
        Column(name="what", kind=TEXT, says="Which part of the sum this is."),
        Column(name="intervention", kind=TEXT, says="The intervention that averted them."),
    )
    return table_of(
        "needs",
        "What became of each need, needs a year: baseline − averted + induced − knock_on_fewer + "
        "knock_on_more = scenario. Displaced is a change beside that sum.",
        columns=(*columns, *estimate_columns([row[4] for row in rows])),
        values=_rows_to_values(rows, columns) | estimate_values([row[4] for row in rows]),
    )


def enrolments_table(comparison: Comparison) -> Table:
    """Make the table of needs a person-year of those enrolled: naive effect beside true."""
    rows = [
        (scenario, effect.intervention, effect.need, quantity, _quantity(effect, quantity))
        for scenario in comparison.others
        for effect in comparison.enrolled(scenario)
        for quantity in QUANTITIES
    ]
    columns = (
        SCENARIO,
        Column(name="intervention", kind=TEXT, says="The intervention."),
        Column(name="need", kind=TEXT, says="The need."),
        Column(name="quantity", kind=TEXT, says="Which quantity this is."),
    )
    return table_of(
        "enrolments",
        "Needs a person-year of those enrolled with four quarters on both sides: naive = after − before, "
        "true = after − after_without (the same people in the baseline). Row 'people' counts them.",
        columns=(*columns, *estimate_columns([row[4] for row in rows])),
        values=_rows_to_values(rows, columns) | estimate_values([row[4] for row in rows]),
    )


def hours_table(comparison: Comparison) -> Table:
    """Make the table of resources by hour of the week."""
    found = [
        (scenario, resource, hour, curve)
        for scenario, curves in comparison.hours.items()
        for resource, curve in curves.items()
        for hour in range(curve.used.size)
    ]
    return table_of(
        "by_hour",
        "Resources by hour of the week, read at each hour's first second; means over replications.",
        columns=(
            SCENARIO,
            Column(name="resource", kind=TEXT, says="The resource."),
            Column(name="weekday", kind=TEXT, says="The day of the week."),
            Column(name="hour", kind=WHOLE, says="The hour of the day, 0 to 23."),
            Column(name="used_places", kind=REAL, says="Places in use."),
            Column(name="kept_places", kind=REAL, says="Of them, kept after the activity was over."),
            Column(name="waiting_people", kind=REAL, says="People waiting for a place."),
        ),
        values={
            "scenario": [row[0] for row in found],
            "resource": [row[1] for row in found],
            "weekday": [WEEKDAYS[row[2] // HOURS_A_DAY] for row in found],
            "hour": [row[2] % HOURS_A_DAY for row in found],
            "used_places": np.array([row[3].used[row[2]] for row in found]),
            "kept_places": np.array([row[3].kept[row[2]] for row in found]),
            "waiting_people": np.array([row[3].waiting[row[2]] for row in found]),
        },
    )


def counts_table(comparison: Comparison) -> Table:
    """Make the table of the distributions of daily counts."""
    found = [
        (scenario, count, int(n), share, delay)
        for scenario, counts in comparison.counts.items()
        for count, one in counts.items()
        for n, share, delay in zip(one.n, one.share, one.delay, strict=True)
    ]
    columns = (
        SCENARIO,
        Column(name="count", kind=TEXT, says="The count."),
        Column(name="n", kind=WHOLE, says="Places or people counted, n."),
        Column(name="share", kind=REAL, says="P(n): share of the days of all replications."),
        Column(name="delay", kind=REAL, says="P(n) / P(up to n): chance that n places would all be taken."),
    )
    values = _rows_to_values(found, columns)
    values |= {name: np.array(values[name], dtype=np.float64) for name in ("share", "delay")}
    return table_of("counts", "Distributions of daily counts.", columns=columns, values=values)


def instants_table(comparison: Comparison) -> Table:
    """Make the table of resources at named instants, replication by replication."""
    rows = list(_instant_rows(comparison))
    columns = (
        SCENARIO,
        DRAW,
        REPLICATION,
        Column(name="instant_days", kind=REAL, says="Days after the end of warm-up."),
        Column(name="resource", kind=TEXT, says="The resource."),
        Column(name="used_places", kind=WHOLE, says="Places in use."),
        Column(name="waiting_people", kind=WHOLE, says="People waiting for a place."),
    )
    return table_of(
        "instants",
        "Resources at named instants.",
        columns=columns_of_runs(columns, comparison.results),
        values=_rows_to_values(rows, columns),
    )


def _instant_rows(comparison: Comparison) -> Iterator[tuple[str, int, int, float, str, int, int]]:
    """Go through scenarios, replications, instants and resources."""
    for scenario, found in comparison.instants.items():
        program = comparison.results.programs[scenario]
        days = (program.counts.instant_second - program.calendar.warm_up_seconds) / SECONDS_A_DAY
        for (draw, replication), state in zip(comparison.results.runs, found, strict=True):
            for instant, day in enumerate(days):
                for place, resource in enumerate(program.names.resources):
                    used, waiting = state[instant, place]
                    yield scenario, draw, replication + 1, float(day), resource, int(used), int(waiting)


def _rows_to_values(rows: Sequence[tuple[object, ...]], columns: Sequence[Column]) -> dict[str, Values]:
    """Turn rows into columns."""
    return {column.name: [row[place] for row in rows] for place, column in enumerate(columns)}


def _flows(one: Attribution) -> list[tuple[str, str | None, Estimate]]:
    """List the parts of a need's sum."""
    return [
        ("baseline", None, one.baseline),
        *(("averted", intervention, found) for intervention, found in one.averted.items()),
        ("induced", None, one.induced),
        ("knock_on_fewer", None, one.knock_on_fewer),
        ("knock_on_more", None, one.knock_on_more),
        ("scenario", None, one.scenario),
        ("displaced", None, one.displaced),
    ]


def _quantity(effect: EnrolledEffect, quantity: str) -> Estimate:
    """Give one quantity of an effect by name."""
    found = getattr(effect, quantity)
    assert isinstance(found, Estimate)
    return found
