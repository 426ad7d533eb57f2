"""Hand-made fragments of programs and runs: two activities, two localities, four periods of a day."""

from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np

from simulator.compiler.program import Calendar, Clocks, Counts, Names, Prices
from simulator.engines.records import (
    ACTIVITY_FIELDS,
    RESOURCE_FIELDS,
    WAIT_BINS,
    ActivityRecords,
    ClockRecords,
    EnrolmentRecords,
    NeedRecords,
    Outcome,
    PeopleRecords,
    ResourceRecords,
    Run,
)

DAY = 86_400
QUARTER = 91 * DAY
PERIODS = 4
HOMES = 2
GROUPS = 3 * 2  # two segments and nobody, two classes
ROWS = 2 * GROUPS * (HOMES + 1)

NAMES = Names(
    segments=("frail", "well"),
    classes=("illness", "injury"),
    needs=("illness", "injury"),
    referrals=(),
    activities=("ae", "ward"),
    resources=("beds@east", "beds@west"),
    organisations=("city", "council"),
    homes=("east", "west"),
    localities=("east", "west"),
    profiles=(),
    traits=(),
    interventions=("plans",),
    clocks=("four_hour",),
    counts=("midnight",),
    routes=("exit",),
    overheads=(),
)


def a_program(*, names: Names = NAMES, quarters: int = 0, **of_schemes: object) -> SimpleNamespace:
    """Make what analysis reads of a program: a day of warm-up and three that count, or whole quarters."""
    step = QUARTER if quarters else DAY
    end = (quarters or PERIODS) * step
    boundaries = np.arange(step, end, step) if quarters else np.zeros(0, dtype=np.int64)
    calendar = Calendar(
        first_day=739_000,
        first_year=2024,
        warm_up_seconds=step,
        horizon_seconds=end - step,
        end_second=end,
        year_start_second=np.zeros(2, dtype=np.int64),
        period_close_second=np.arange(step, end + 1, step),
        quarter_second=boundaries,
        quarter_number=np.arange(boundaries.size),
        monday_second=np.zeros(0, dtype=np.int64),
    )
    row = np.arange(2 * GROUPS).reshape(2, GROUPS) * (HOMES + 1)
    resource = np.array([[-1, -1, -1], [0, 1, -1]])
    return SimpleNamespace(
        fingerprint="abc",
        exchange=None,
        harms=None,
        consequences=None,
        pacts=None,
        by_locality=None,
        names=names,
        calendar=calendar,
        rows=ROWS,
        activities=SimpleNamespace(row=row, resource=resource),
        people=SimpleNamespace(
            home_locality=np.array([0, 1]),
            locality_quintile=np.array([1, 5]),
            quality_of_life=np.full(2, np.nan),
        ),
        clocks=Clocks(
            **dict.fromkeys(("start_first", "stop_first"), np.array([0, 1])),
            **dict.fromkeys(
                ("start_point", "start_activity", "stop_point", "stop_activity"), np.zeros(1, int)
            ),
            target_first=np.array([0, 2]),
            target_seconds=np.array([4 * 3600, 12 * 3600]),
        ),
        counts=Counts(
            second_of_day=np.zeros(1, int),
            resource_first=np.array([0, 2]),
            resource=np.array([0, 1]),
            activity_first=np.array([0, 0]),
            activity=np.zeros(0, int),
            instant_second=np.array([2 * DAY]),
        ),
        prices=Prices(
            contact=np.full((2, GROUPS), 4_500.0),
            day=np.array([[0.0] * GROUPS, [8_000.0] * GROUPS]),
            payer=np.array([[0, 0, 1], [0, 1, -1]]),
            changed=np.zeros(0, dtype=np.int64),
            by_period=np.zeros((0, 2, PERIODS, GROUPS)),
            overhead_owner=np.zeros(0, dtype=np.int64),
            overheads=np.zeros((PERIODS, 0)),
        ),
        interventions=schemes(len(names.interventions), first=step, last=end, **of_schemes),
    )


def schemes(count: int, *, first: int, last: int, **given: object) -> SimpleNamespace:
    """Make interventions that run from the first day that counts, and cost nothing unless it is given."""
    nothing = np.zeros(count)
    plain = {
        "first_second": np.full(count, first),
        "last_second": np.full(count, last),
        "places": np.full(count, -1),
        "lead": np.full(count, -1),
        "set_up_pence": nothing,
        "place_year_pence": nothing,
        "enrolment_pence": nothing,
        "use_need": np.zeros((count, 2), dtype=bool),
    }
    return SimpleNamespace(**(plain | {name: np.array([value]) for name, value in given.items()}))


def a_run(**given: object) -> Run:
    """Make a run in which nothing happened but what is given, as ``<record>__<field>``."""
    shapes = {
        "activities": (
            ActivityRecords,
            {"period": 0, "row": 0, "values": (0, ACTIVITY_FIELDS), "wait_bins": (ROWS, WAIT_BINS)},
        ),
        "resources": (
            ResourceRecords,
            {
                "values": (PERIODS, 2, RESOURCE_FIELDS),
                "hour_sums": (2, 168, 3),
                "hour_counts": 168,
                "count_days": (3, 1),
                "instants": (1, 2, 2),
            },
        ),
        "clocks": (
            ClockRecords,
            {
                "stopped": (1, GROUPS, HOMES + 1),
                "seconds": (1, GROUPS, HOMES + 1),
                "within": (2, GROUPS, HOMES + 1),
                "bins": (1, GROUPS, WAIT_BINS),
                "series": (PERIODS, 1, 2),
                "within_series": (PERIODS, 2),
                "open_at_close": (PERIODS, 1),
                "open_over": (PERIODS, 2),
                "open_sum": 1,
                "open_over_sum": 2,
                "open_readings": (),
            },
        ),
        "needs": (
            NeedRecords,
            dict.fromkeys(("happened", "induced", "displaced"), (PERIODS, 2, 2, HOMES))
            | {"averted": (PERIODS, 2, 2, 1)},
        ),
        "people": (
            PeopleRecords,
            {
                "person_seconds": (PERIODS, 2, HOMES),
                "at_close": (PERIODS, 2),
                "transitions": (PERIODS, 2, 3),
                "deaths_in_care": (PERIODS, 2),
                "use": (0, 0, 0),
                "use_need": 0,
                "address": 0,
                "befallen": (PERIODS, 0, 2, HOMES),
            },
        ),
        "enrolments": (
            EnrolmentRecords,
            dict.fromkeys(("person", "intervention", "second", "left_second", "nth"), 0)
            | {"enrolled_area": (PERIODS, 1), "offered": (PERIODS, 0), "moved": (PERIODS, 0)},
        ),
    }
    fate = {"fate": given.pop("needs__fate", ())}
    records = {
        record: kind(
            **(fate if record == "needs" else {}),
            **{
                field.name: np.asarray(
                    given.pop(f"{record}__{field.name}", np.zeros(zero[field.name], dtype=np.int64))
                )
                for field in fields(kind)
                if field.name in zero
            },
        )
        for record, (kind, zero) in shapes.items()
    }
    records["clocks"] = replace(records["clocks"], open_readings=given.pop("open_readings", 1))
    plain = {
        "fingerprint": "abc",
        "engine": "readable",
        "seed": 1,
        "replication": 0,
        "outcome": Outcome.COMPLETED,
        "events": 0,
        "ring_moves": 0,
        "exits": np.zeros((PERIODS, 2), dtype=np.int64),
        "log": None,
    }
    return Run(**records, **(plain | given))


def activity_records(*entries: tuple[int, int, dict[int, int]]) -> dict[str, object]:
    """Make activity records of entries (period, row, {field: number})."""
    values = np.zeros((len(entries), ACTIVITY_FIELDS), dtype=np.int64)
    for place, (_, _, numbers) in enumerate(entries):
        for field, number in numbers.items():
            values[place, field] = number
    return {
        "activities__period": np.array([entry[0] for entry in entries]),
        "activities__row": np.array([entry[1] for entry in entries]),
        "activities__values": values,
    }
