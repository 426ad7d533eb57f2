"""Measures against sums done by hand on hand-made runs."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from experiment.fragments import DAY, GROUPS, HOMES, NAMES, PERIODS, a_program, a_run, activity_records

from simulator.analysis.labels import label
from simulator.analysis.measures import (
    SERIES,
    VALUES,
    series,
    standard_cuts,
    standard_names,
    unit,
    value,
)
from simulator.analysis.reading import Reading, frame
from simulator.definition.model import Model
from simulator.engines import records
from simulator.experiment.measure_names import WHATS, read_name, vocabulary
from simulator.experiment.observe import observe

WARD, EAST, WEST = 1, 0, 1
FRAIL_ILL, WELL_ILL = 0, 2


def row(activity: int, group: int, home: int) -> int:
    return (activity * GROUPS + group) * (HOMES + 1) + home


def read(name: str, program: SimpleNamespace | None = None, **given: object) -> float | None:
    program = program or a_program()
    observation = observe(a_run(**given), program, scenario="baseline")
    return value(Reading(observation, frame(program)), read_name(name, vocabulary([program])))


@pytest.fixture
def ward() -> dict[str, object]:
    """Make a ward: warm-up that must not count, a frail person in the east, two well people in the west."""
    bins = np.zeros((2 * GROUPS * (HOMES + 1), records.WAIT_BINS), dtype=np.int64)
    bins[row(WARD, FRAIL_ILL, EAST), 0] = 1
    bins[row(WARD, WELL_ILL, WEST), [200, 230]] = 1
    return activity_records(
        (0, row(WARD, WELL_ILL, WEST), {records.ARRIVALS: 50, records.STARTS: 50}),
        (
            1,
            row(WARD, FRAIL_ILL, EAST),
            {
                records.ARRIVALS: 2,
                records.STARTS: 1,
                records.REFUSED: 1,
                records.LEAVES: 1,
                records.STAY_SECONDS: DAY,
                records.ACTIVE_AREA: DAY,
            },
        ),
        (
            3,
            row(WARD, WELL_ILL, WEST),
            {
                records.ARRIVALS: 3,
                records.STARTS: 2,
                records.GAVE_UP: 1,
                records.WAITED: 2,
                records.WAIT_SECONDS: 2 * DAY,
                records.GAVE_UP_SECONDS: DAY,
                records.WAITING_AREA: 3 * DAY,
                records.ACTIVE_AREA: DAY,
                records.KEPT_AREA: DAY // 2,
                records.KEPT_STAY_SECONDS: DAY // 2,
            },
        ),
    ) | {"activities__wait_bins": bins}


BY_HAND = {
    "activity.ward.arrivals_per_day": 5 / 3,
    "activity.ward.starts_per_day": 1.0,
    "activity.ward.ends_per_day": 1 / 3,
    "activity.ward.wait_mean_days": 2 / 3,
    "activity.ward.queue_time_mean_days": 3 / 5,
    "activity.ward.waited_share": 2 / 5,
    "activity.ward.refused_share": 1 / 5,
    "activity.ward.gave_up_share": 1 / 5,
    "activity.ward.time_mean_days": 1.0,
    "activity.ward.kept_mean_days": 0.5,
    "activity.ward.waiting_mean": 1.0,
    "activity.ward.in_progress_mean": 2 / 3,
    "activity.ward.present_mean": 1 + 2 / 3 + 1 / 6,
    "activity.ward.by.segment.frail.arrivals_per_day": 2 / 3,
    "activity.ward.by.locality.west.wait_mean_days": 1.0,
    "activity.ward.by.quintile.1.arrivals_per_day": 2 / 3,
    "activity.ward.by.class.injury.arrivals_per_day": 0.0,
    "activity.ward.by.need.illness.arrivals_per_day": 5 / 3,
    "activity.ward.by.class.injury.wait_mean_days": None,
    "activity.ae.wait_mean_days": None,
    # Three contacts at £45; half a day kept and two active at £80. The frail person in the east uses a bed
    # that the city pays for, the others one that the council pays for.
    "organisation.city.resources_per_year": (45 + 80) / 3 * 365.25,
    "organisation.council.resources_per_year": (90 + 120) / 3 * 365.25,
    "system.resources_per_year": 335 / 3 * 365.25,
    "system.by.segment.frail.resources_per_year": 125 / 3 * 365.25,
    "organisation.city.by.locality.west.resources_per_year": 0.0,
}


# £900 to set up on the second day; £365.25 a place and year for four places over two days and a half;
# two enrolments at £75 in the window.
COSTS = {
    "first_second": 3 * DAY // 2,
    "places": 4,
    "lead": 1,
    "set_up_pence": 90_000.0,
    "place_year_pence": 36_525.0,
    "enrolment_pence": 7_500.0,
}
ENROLMENTS = {
    "enrolments__person": np.array([3, 5]),
    "enrolments__intervention": np.zeros(2, dtype=np.int64),
    "enrolments__second": np.array([2 * DAY, 4 * DAY - 1]),
}
OF_SCHEMES = {
    "intervention.plans.set_up_per_year": 900 / 3 * 365.25,
    "intervention.plans.places_per_year": 4 * 2.5 / 3 * 365.25,
    "intervention.plans.enrolments_per_year": 150 / 3 * 365.25,
    "intervention.plans.resources_per_year": 1060 / 3 * 365.25,
    "organisation.city.resources_per_year": (45 + 80) / 3 * 365.25,
    "organisation.council.resources_per_year": (90 + 120 + 1060) / 3 * 365.25,
    "system.resources_per_year": (335 + 1060) / 3 * 365.25,
    "system.by.segment.frail.resources_per_year": 125 / 3 * 365.25,
}


@pytest.mark.parametrize("name", OF_SCHEMES)
def test_what_a_scheme_costs_is_paid_by_its_lead(name: str, ward: dict[str, object]) -> None:
    found = read(name, a_program(**COSTS), **ward, **ENROLMENTS)

    assert found == pytest.approx(OF_SCHEMES[name])


@pytest.mark.parametrize("cut", ["", ".by.class.illness"])
def test_a_price_that_changes_is_charged_period_by_period(cut: str, ward: dict[str, object]) -> None:
    program = a_program()
    by_period = np.full((1, 2, PERIODS, GROUPS), [[[4_500.0]], [[8_000.0]]])
    by_period[0, 1, 3] = 16_000.0  # the council's day and a half
    program.prices = replace(program.prices, changed=np.array([WARD]), by_period=by_period)

    found = read(f"system{cut}.resources_per_year", program, **ward)

    assert found == pytest.approx((335 + 120) / 3 * 365.25)


@pytest.mark.parametrize("cut", ["", ".by.class.illness"])
def test_what_an_outside_account_pays_is_in_no_sum_of_the_organisations(
    cut: str, ward: dict[str, object]
) -> None:
    program = a_program(names=replace(NAMES, organisations=("city", "people")))

    assert read(f"system{cut}.resources_per_year", program, **ward) == pytest.approx(125 / 3 * 365.25)
    assert read(f"organisation.people{cut}.resources_per_year", program, **ward) == pytest.approx(
        210 / 3 * 365.25
    )


def test_what_a_scheme_led_from_outside_costs_is_in_no_sum_of_the_organisations(
    ward: dict[str, object],
) -> None:
    program = a_program(names=replace(NAMES, organisations=("city", "people")), **COSTS)

    assert read("system.resources_per_year", program, **ward) == pytest.approx(125 / 3 * 365.25)


def test_what_is_averted_induced_and_displaced_is_kept_by_segment() -> None:
    averted = np.zeros((PERIODS, 2, 2, 1))
    averted[:, 0, 0] = 0.5  # the frail, a day: the first is before anything counts
    moved = np.zeros((PERIODS, 2, 2, HOMES), dtype=np.int64)
    moved[1:, 0, 1, WEST] = 2
    given = {"needs__averted": averted, "needs__induced": moved, "needs__displaced": 2 * moved}

    def found(cut: str, what: str) -> float | None:
        return read(f"need.illness.by.{cut}.{what}_per_year", **given)

    assert found("segment.frail", "averted") == pytest.approx(0.5 * 365.25)
    assert found("segment.well", "averted") == 0
    assert found("segment.well", "induced") == pytest.approx(2 * 365.25)
    assert found("locality.west", "displaced") == pytest.approx(4 * 365.25)
    assert found("locality.east", "displaced") == 0


@pytest.mark.parametrize("name", ["activity.ward.wait_p95_days", "activity.ward.waits_over.4_hours_share"])
def test_what_is_read_from_bins_says_how_near_it_is(name: str) -> None:
    found = label(read_name(name, vocabulary([a_program()])), Model(schema_version=1))

    assert "to within 4.4%" in found


def test_what_a_scheme_without_a_lead_costs_is_in_the_sum_alone(ward: dict[str, object]) -> None:
    program = a_program(**(COSTS | {"lead": -1}))
    names = ("city", "council")

    found = [read(f"organisation.{name}.resources_per_year", program, **ward) for name in names]

    assert sum(one for one in found if one) == pytest.approx(335 / 3 * 365.25)
    assert read("system.resources_per_year", program, **ward) == pytest.approx((335 + 910) / 3 * 365.25)


def test_a_scheme_costs_in_the_period_in_which_it_spends() -> None:
    program = a_program(**COSTS)
    reading = Reading(observe(a_run(**ENROLMENTS), program, scenario="baseline"), frame(program))

    def pounds(what: str) -> list[float]:
        found = series(reading, read_name(f"intervention.plans.{what}", vocabulary([program])))
        return [] if found is None else (found / 365.25).tolist()

    assert pounds("set_up_per_year") == pytest.approx([900, 0, 0])
    assert pounds("places_per_year") == pytest.approx([2, 4, 4])
    assert pounds("enrolments_per_year") == pytest.approx([0, 75, 75])


def test_places_without_a_number_cost_as_much_as_are_taken() -> None:
    area = np.array([[DAY], [5 * DAY], [0], [DAY]])

    found = read(
        "intervention.plans.places_per_year",
        a_program(**(COSTS | {"places": -1})),
        enrolments__enrolled_area=area,
    )

    assert found == pytest.approx(6 / 3 * 365.25)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_measure_of_activity_or_money_is_the_sum_done_by_hand(name: str, ward: dict[str, object]) -> None:
    found = read(name, **ward)

    assert found is None if BY_HAND[name] is None else found == pytest.approx(BY_HAND[name])


def test_waits_are_read_from_the_bins_of_the_cut(ward: dict[str, object]) -> None:
    assert read("activity.ward.by.segment.frail.wait_p90_days", **ward) == 0
    assert read("activity.ward.by.segment.well.wait_p50_days", **ward) == pytest.approx(2 ** (200 / 16) / DAY)
    assert read("activity.ward.waits_over.1_hour_share", **ward) == pytest.approx(2 / 3)


def test_resources_from_one_each_are_read_together_or_apart() -> None:
    values = np.zeros((PERIODS, 2, records.RESOURCE_FIELDS), dtype=np.int64)
    values[1:, 0, records.USED_AREA], values[1:, 1, records.USED_AREA] = 2 * DAY, 6 * DAY
    values[1:, :, records.AVAILABLE_AREA] = 8 * DAY
    values[1:, :, records.OPEN_AREA] = DAY
    values[1:, 1, records.FULL_AREA] = DAY // 2
    values[1:, 1, records.TURNING_AREA] = DAY

    given = {"resources__values": values}

    assert read("resource.beds.in_use_mean", **given) == 8
    assert read("resource.beds.occupancy_mean", **given) == 0.5
    assert read("resource.beds@west.occupancy_mean", **given) == 0.75
    assert read("resource.beds.full_share", **given) == 0.25
    assert read("resource.beds@west.full_share", **given) == 0.5
    assert read("resource.beds@west.free_share", **given) == 1 / 8


def test_occupancy_does_not_exist_where_nothing_limits() -> None:
    assert read("resource.beds.occupancy_mean") is None


def test_clocks_are_read_by_group_and_home() -> None:
    stopped = np.zeros((1, GROUPS, HOMES + 1), dtype=np.int64)
    stopped[0, FRAIL_ILL, EAST], stopped[0, WELL_ILL, WEST] = 4, 6
    within = np.zeros((2, GROUPS, HOMES + 1), dtype=np.int64)
    within[0, FRAIL_ILL, EAST], within[0, WELL_ILL, WEST] = 1, 6
    given = {
        "clocks__stopped": stopped,
        "clocks__within": within,
        "clocks__seconds": stopped * DAY,
        "clocks__open_over_sum": np.array([0, 6]),
        "open_readings": 3,
    }

    assert read("clock.four_hour.within.4_hours", **given) == 0.7
    assert read("clock.four_hour.by.segment.frail.within.4_hours", **given) == 0.25
    assert read("clock.four_hour.by.quintile.5.within.4_hours", **given) == 1.0
    assert read("clock.four_hour.mean", **given) == 1.0
    assert read("clock.four_hour.open_over.12_hours", **given) == 2.0


def test_needs_people_and_deaths_are_a_year_of_the_window() -> None:
    happened = np.zeros((PERIODS, 2, 2, HOMES), dtype=np.int64)
    happened[:, 0, 0, 0], happened[:, 0, 1, 1] = 3, 1
    seconds = np.full((PERIODS, 2, HOMES), 10 * DAY)
    transitions = np.zeros((PERIODS, 2, 3), dtype=np.int64)
    transitions[:, 0, 2] = 1
    in_care = np.zeros((PERIODS, 2), dtype=np.int64)
    in_care[2, 1] = 3
    given = {
        "needs__happened": happened,
        "people__person_seconds": seconds,
        "people__transitions": transitions,
        "people__deaths_in_care": in_care,
    }

    assert read("need.illness.per_year", **given) == pytest.approx(4 * 365.25)
    assert read("need.illness.by.locality.west.per_year", **given) == pytest.approx(365.25)
    assert read("people.frail", **given) == 20
    assert read("people.frail.by.quintile.1", **given) == 10
    assert read("deaths_per_year", **given) == pytest.approx(2 * 365.25)
    assert read("deaths_per_year.by.segment.frail", **given) == pytest.approx(365.25)


def test_daily_counts_have_mean_spread_and_centiles() -> None:
    given = {"resources__count_days": np.array([[1], [2], [6]])}

    assert read("count.midnight.mean", **given) == 3
    assert read("count.midnight.sd", **given) == pytest.approx(7**0.5)
    assert read("count.midnight.p90", **given) == 6


def test_cases_leaving_are_a_day_and_their_time_a_case() -> None:
    exits = np.array([[100, 5], [1, DAY], [0, 0], [2, 5 * DAY]])

    assert read("exits_per_day", exits=exits) == 1
    assert read("time_in_system_mean_days", exits=exits) == 2


def test_a_series_averages_to_the_measure_of_the_window(ward: dict[str, object]) -> None:
    program = a_program()
    reading = Reading(observe(a_run(**ward), program, scenario="baseline"), frame(program))
    name = read_name("activity.ward.arrivals_per_day", vocabulary([program]))

    assert series(reading, name).tolist() == [2, 0, 3]


def test_every_standard_measure_has_a_value_a_unit_and_a_family() -> None:
    program = a_program()
    known = vocabulary([program])
    reading = Reading(observe(a_run(), program, scenario="baseline"), frame(program))
    names = [read_name(name, known) for name in (*standard_names(known), *standard_cuts(known))]

    assert len(names) > 90
    for name in names:
        value(reading, name)
        series(reading, name)
        assert unit(name)
    assert set(VALUES) == set(WHATS) == {*SERIES, "count", "net_benefit_per_year"}


def test_the_share_full_is_of_open_time() -> None:
    values = np.zeros((PERIODS, 2, records.RESOURCE_FIELDS), dtype=np.int64)
    values[1:, 0, records.OPEN_AREA], values[1:, 0, records.FULL_AREA] = DAY // 3, DAY // 12

    assert read("resource.beds@east.full_share", resources__values=values) == 0.25
    assert read("resource.beds@west.full_share", resources__values=values) is None


def test_a_model_without_localities_is_not_cut_by_them() -> None:
    nowhere = replace(NAMES, homes=("",), localities=("",))

    assert not [name for name in standard_cuts(vocabulary([a_program(names=nowhere)])) if ".locality" in name]
