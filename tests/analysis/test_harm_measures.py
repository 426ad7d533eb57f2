"""Harms, health and consequences against sums done by hand on hand-made runs."""

from types import SimpleNamespace

import numpy as np
import pytest
from experiment.fragments import DAY, GROUPS, HOMES, PERIODS, a_program, a_run, activity_records

from simulator.analysis.measures import series, standard_names, unit, value
from simulator.analysis.reading import Reading, frame
from simulator.compiler.harm_arrays import BY_CLOCK, BY_KEPT, BY_OCCUPANCY, BY_WAITING, Consequences, Harms
from simulator.engines import records
from simulator.experiment.measure_names import read_name, vocabulary
from simulator.experiment.observe import observe

WARD, FRAIL_ILL, WELL_ILL, EAST, WEST = 1, 0, 2, 0, 1
YEARS = 3 / 365.25  # the three days that count
NONE = np.full((4, 3), np.nan)


def row(group: int, home: int) -> int:
    return (WARD * GROUPS + group) * (HOMES + 1) + home


def amount(outcome: int, *values: float) -> np.ndarray:
    found = NONE.copy()
    found[outcome] = values if len(values) == 3 else values * 3
    return found


def a_harmful_program() -> SimpleNamespace:
    """Make one death for each 82 beyond four hours, for each 72 beyond twelve; and three other harms."""
    program = a_program()
    names = ("delay", "full", "kept", "waiting")
    program.harms = Harms(
        names=names,
        kind=np.array([BY_CLOCK, BY_OCCUPANCY, BY_KEPT, BY_WAITING]),
        groups=np.ones((4, GROUPS), dtype=bool),
        clock=np.array([0, -1, -1, -1]),
        activity_first=np.array([0, 0, 1, 2, 3]),
        activity=np.full(3, WARD),
        resource_first=np.array([0, 0, 2, 2, 2]),
        resource=np.array([0, 1]),
        above=np.array([0, 0.85, 0, 0]),
        band_first=np.array([0, 2, 3, 4, 5]),
        band_target=np.array([0, 1, -1, -1, -1]),
        amount=np.array(
            [
                amount(0, 1 / 82),
                amount(0, 1 / 72),
                amount(1, 0.011),
                amount(3, 0.18, 0.05, 0.31),
                amount(0, 0.0, 0.0, 2 / DAY),
            ]
        ),
    )
    program.people.quality_of_life = np.array([0.5, 0.9])
    return program


@pytest.fixture
def ward() -> dict[str, object]:
    """Make a day of warm-up that must not count; waits and kept days; a frail person's year, a well one's."""
    within = np.zeros((2, GROUPS, HOMES + 1), dtype=np.int64)
    stopped = np.zeros((1, GROUPS, HOMES + 1), dtype=np.int64)
    stopped[0, FRAIL_ILL, EAST], within[:, FRAIL_ILL, EAST] = 300, (100, 256)
    stopped[0, WELL_ILL, WEST], within[:, WELL_ILL, WEST] = 82, (0, 82)
    resources = np.zeros((PERIODS, 2, records.RESOURCE_FIELDS), dtype=np.int64)
    resources[1:, :, records.AVAILABLE_AREA], resources[1:, :, records.USED_AREA] = 100, 95
    kept = {records.KEPT_AREA: 2 * DAY, records.WAITING_AREA: 3 * DAY, records.LEAVES: 40}
    lived = np.full((PERIODS, 2, HOMES), DAY)
    return {
        **activity_records((0, row(FRAIL_ILL, EAST), kept), (2, row(FRAIL_ILL, EAST), kept)),
        "clocks__stopped": stopped,
        "clocks__within": within,
        "resources__values": resources,
        "people__person_seconds": lived,
    }


def read(name: str, program: SimpleNamespace, **given: object) -> float | None:
    observation = observe(a_run(**given), program, scenario="baseline")
    return value(Reading(observation, frame(program)), read_name(name, vocabulary([program])))


BY_HAND = {
    # 156 of the frail and 82 of the well between four and twelve hours, 44 of the frail beyond.
    "expected_deaths_per_year.delay": (156 / 82 + 1 + 44 / 72) / YEARS,
    "expected_deaths_per_year.delay.by.quintile.5": 1 / YEARS,
    "expected_deaths_per_year.delay.by.segment.frail": (156 / 82 + 44 / 72) / YEARS,
    # Ten points above 85%, forty stays: a tenth of 1.1% of forty.
    "expected_readmissions_per_year.full": 0.10 * 0.011 * 40 / YEARS,
    "lost_qalys_per_year.kept": 2 / 365.25 * 0.18 / YEARS,
    "lost_qalys_per_year.kept.at_low": 2 / 365.25 * 0.05 / YEARS,
    "lost_qalys_per_year.kept.by.locality.west": 0.0,
    "expected_deaths_per_year.waiting": 0.0,
    "expected_deaths_per_year.waiting.at_high": 6 / YEARS,
    # Two people of each segment; the kept days cost quality of life, the expected deaths nothing.
    "qalys_per_year": 2 * 0.5 + 2 * 0.9 - 2 / 365.25 * 0.18 / YEARS,
    "qalys_per_year.by.segment.well": 2 * 0.9,
    "qalys_per_year.by.quintile.5": 0.5 + 0.9,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_harm_and_health_are_what_a_sum_by_hand_gives(name: str, ward: dict[str, object]) -> None:
    assert read(name, a_harmful_program(), **ward) == pytest.approx(BY_HAND[name])


def test_what_is_discounted_counts_a_period_by_its_middle(ward: dict[str, object]) -> None:
    lived, lost = (2 * 0.5 + 2 * 0.9) / 365.25, 2 / 365.25 * 0.18
    days = [lived, lived - lost, lived]
    by_hand = sum(one * 1.015 ** -((day + 0.5) / 365.25) for day, one in enumerate(days))

    found = read("qalys_per_year.discounted_1_5", a_harmful_program(), **ward)

    assert found == pytest.approx(by_hand / YEARS)


def test_net_benefit_is_the_worth_of_discounted_health_less_discounted_cost(ward: dict[str, object]) -> None:
    program = a_harmful_program()
    qalys = read("qalys_per_year.discounted_1_5", program, **ward)
    cost = 2 * 80 * 1.035 ** -(1.5 / 365.25)  # two days kept at £80, on the second day that counts

    found = read("net_benefit_per_year.at_25000", program, **ward)

    assert qalys is not None
    assert found == pytest.approx(25_000 * qalys - cost / YEARS)


def test_only_outcomes_with_an_interval_are_shown_at_its_ends() -> None:
    names = standard_names(vocabulary([a_harmful_program()]))

    assert "lost_qalys_per_year.kept.at_high" in names
    assert "expected_deaths_per_year.delay" in names
    assert "expected_deaths_per_year.delay.at_high" not in names


def test_where_a_segment_says_nothing_of_its_quality_of_life_health_is_not_listed() -> None:
    names = standard_names(vocabulary([a_program()]))

    assert not any(name.startswith(("qalys", "net_benefit")) for name in names)
    assert read("qalys_per_year", a_program(), people__person_seconds=np.full((4, 2, 2), 9)) is None


def test_consequences_are_counted_in_the_window_and_priced() -> None:
    program = a_program()
    program.consequences = Consequences(
        names=("decline",),
        of=np.array([0]),
        activity=np.array([WARD]),
        chance=np.zeros((1, GROUPS)),
        per_day=np.array([True]),
        becomes=np.array([-1]),
        pence=np.array([10_000.0]),
        payer=np.array([1]),
        hash=np.array([1]),
    )
    befallen = np.zeros((PERIODS, 1, 2, HOMES), dtype=np.int64)
    befallen[:, 0, 0, EAST], befallen[2, 0, 1, WEST] = 1, 4
    run = {"people__befallen": befallen}

    assert read("consequence.decline.per_year", program, **run) == pytest.approx(7 / YEARS)
    assert read("consequence.decline.by.quintile.5.per_year", program, **run) == pytest.approx(4 / YEARS)
    assert read("organisation.council.resources_per_year", program, **run) == pytest.approx(700 / YEARS)


def test_harm_by_period_adds_up_to_harm_over_the_window(ward: dict[str, object]) -> None:
    program = a_harmful_program()
    name = read_name("lost_qalys_per_year.kept", vocabulary([program]))
    reading = Reading(observe(a_run(**ward), program, scenario="baseline"), frame(program))

    found = series(reading, name)

    assert found is not None
    assert found.mean() == pytest.approx(value(reading, name))
    assert unit(name) == "QALYs a year"
