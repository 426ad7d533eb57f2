"""Names of measures: every one of the vocabulary is read, and a wrong one says what was meant."""

from dataclasses import replace

import numpy as np
import pytest
from experiment.fragments import NAMES, a_program

from simulator.analysis.measures import standard_names
from simulator.errors import DefinitionError
from simulator.experiment.measure_names import Cut, read_name, time_word, vocabulary

WRITTEN = [
    "activity.ward.arrivals_per_day",
    "activity.ward.starts_per_day",
    "activity.ward.ends_per_day",
    "activity.ward.wait_mean_days",
    "activity.ward.queue_time_mean_days",
    "activity.ward.ended_wait_mean_days",
    "activity.ward.wait_p50_days",
    "activity.ward.wait_p90_days",
    "activity.ward.wait_p95_days",
    "activity.ward.waits_over.18_weeks_share",
    "activity.ward.waited_share",
    "activity.ward.refused_share",
    "activity.ward.gave_up_share",
    "activity.ward.time_mean_days",
    "activity.ward.kept_mean_days",
    "activity.ward.in_progress_mean",
    "activity.ward.waiting_mean",
    "activity.ward.present_mean",
    "resource.beds.occupancy_mean",
    "resource.beds@east.in_use_mean",
    "resource.beds.kept_mean",
    "resource.beds.turnaround_mean",
    "resource.beds.queue_mean",
    "resource.beds.free_share",
    "resource.beds.full_share",
    "clock.four_hour.mean",
    "clock.four_hour.p50",
    "clock.four_hour.p92",
    "clock.four_hour.p95",
    "clock.four_hour.within.4_hours",
    "clock.four_hour.open_over.12_hours",
    "need.illness.per_year",
    "need.illness.averted_per_year",
    "need.illness.displaced_per_year",
    "count.midnight.mean",
    "count.midnight.sd",
    "count.midnight.p90",
    "count.midnight.p95",
    "people.frail",
    "deaths_per_year",
    "organisation.city.resources_per_year",
    "system.resources_per_year",
    "exits_per_day",
    "time_in_system_mean_days",
    "activity.ae.by.segment.frail.wait_mean_days",
    "activity.ae.by.need.injury.arrivals_per_day",
    "activity.ae.by.class.illness.waited_share",
    "activity.ae.by.locality.east.wait_p90_days",
    "clock.four_hour.by.quintile.5.within.4_hours",
    "need.illness.by.quintile.1.per_year",
    "activity.ae.by.segment.frail.by.locality.west.starts_per_day",
    "people.frail.by.locality.east",
    "organisation.city.by.segment.frail.resources_per_year",
    "deaths_per_year.by.segment.frail",
]

WRONG = {
    "activty.ae.wait_mean_days": "Did you mean 'activity'?",
    "activity.wards.wait_mean_days": "no activity is called 'wards'; there is ae, ward. Did you mean 'ward'?",
    "activity.ward.wait_men_days": "Did you mean 'wait_mean_days'?",
    "activity.ward": "no measure of activity is called ''",
    "activity": "the name ends too early",
    "activity.ae.by.segment.frial.wait_mean_days": "Did you mean 'frail'?",
    "activity.ae.by.age.old.starts_per_day": "no cut is called 'age'; there is segment, need, class",
    "resource.beds.by.segment.frail.in_use_mean": "resource cannot be cut by group",
    "clock.four_hour.within.6_hours": "it has 4_hours, 12_hours",
    "clock.four_hour.within.soon": "'soon' is no time",
    "activity.ward.waits_over.18_weeks": "must end in '_share'",
    "clock.four_hour.by.locality.east.p95": "p95 is not recorded by locality",
    "need.illness.by.locality.east.averted_per_year": "averted_per_year is not recorded by locality",
    "qalys_per_year.by.locality.east.discounted_1_5": "discounted_1_5 is not recorded by locality",
    "expected_deaths_per_year.by.segment.frail": "no harm with this outcome is called 'by'; there is none",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_written_measure_is_read(name: str) -> None:
    assert read_name(name, vocabulary([a_program()])).text == name


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_says_what_is_allowed(name: str) -> None:
    with pytest.raises(DefinitionError) as found:
        read_name(name, vocabulary([a_program()]))

    assert WRONG[name] in str(found.value)


def test_a_name_is_read_into_its_parts() -> None:
    found = read_name("activity.ae.by.segment.frail.waits_over.4_hours_share", vocabulary([a_program()]))

    assert (found.family, found.subject, found.what, found.seconds) == (
        "activity",
        "ae",
        "waits_over",
        14_400,
    )
    assert found.cuts == (Cut(dimension="segment", value="frail"),)


@pytest.mark.parametrize(
    ("seconds", "word"),
    [
        (14_400, "4_hours"),
        (86_400, "24_hours"),
        (18 * 604_800, "18_weeks"),
        (28 * 86_400, "28_days"),
        (600, "10_minutes"),
        (3_600, "1_hour"),
    ],
)
def test_a_time_is_written_as_planners_do(seconds: int, word: str) -> None:
    assert time_word(seconds) == word


def test_targets_are_those_that_a_clock_has_in_every_scenario_whatever_their_order() -> None:
    one, other = a_program(), a_program()
    other.clocks = replace(other.clocks, target_seconds=np.array([4 * 3600, 6 * 3600]))

    assert vocabulary([one, other]).targets == {"four_hour": (4 * 3600,)}
    assert vocabulary([other, one]).targets == {"four_hour": (4 * 3600,)}


def test_an_outside_account_is_listed_only_where_it_pays() -> None:
    names = replace(NAMES, organisations=("city", "government", "people"))

    known = vocabulary([a_program(names=names)])

    assert known.idle == {"people", "staff_and_suppliers"}
    assert "organisation.people.resources_per_year" not in standard_names(known)
    assert "organisation.government.resources_per_year" in standard_names(known)
