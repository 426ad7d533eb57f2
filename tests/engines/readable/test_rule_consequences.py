"""Consequences: what befalls people on leaving an activity, or for each day kept in it; clocks of harms."""

import numpy as np
import pytest
from telling import Told, compiled, span, tell

WARD = """
[organisations.council]
sector = "social"
[segments.old]
people = 40
[segments.care_home]
people = 1
[needs.fall]
rate = { old = "40 per year", care_home = 0 }
one_at_a_time = false
starts_at = "ward"
[resources.beds]
capacity = 40
[resources.packages]
capacity = PACKAGES
[activities.ward]
resource = "beds"
resident = true
duration = "1 day"
keeps_place_until_next = "starts"
routes = { package = 1.0 }
[activities.package]
resource = "packages"
duration = "2 days"
"""
FALLS = [("0 h", "fall", 1), ("1 h", "fall", 2), ("2 h", "fall", 3)]  # person 0 is in a care home


def ward(consequence: str, *, packages: int = 1) -> str:
    text = WARD.replace("care_home = 0 }", 'care_home = "0 per year" }').replace("PACKAGES", str(packages))
    return f"{text}\n[consequences.decline]\n{consequence}\n" if consequence else text


def befallen(told: Told) -> int:
    return int(told.run.people.befallen.sum())


def test_a_chance_of_one_befalls_all_who_leave() -> None:
    told = tell(ward('after = "ward"\nchance = 1\nbecomes = "care_home"'), needs=FALLS, window=span("9 days"))

    assert told.rows("becomes") == [
        "24:00 person 1 becomes care_home",
        "72:00 person 2 becomes care_home",
        "120:00 person 3 becomes care_home",
    ]


def test_a_day_kept_counts_and_a_day_of_the_stay_does_not() -> None:
    said = 'after = "ward"\nper_day_kept = 0.6\nbecomes = "care_home"'

    told = tell(ward(said), needs=FALLS, window=span("9 days"))
    at_once = tell(ward(said, packages=9), needs=FALLS, window=span("9 days"))

    # The second is kept for 47 hours and the third for 94: a chance beyond one. The first is not kept.
    assert told.rows("becomes") == [
        "72:00 person 2 becomes care_home",
        "120:00 person 3 becomes care_home",
    ]
    assert befallen(at_once) == 0


def test_whom_it_befalls_is_the_same_however_long_others_keep_them_waiting() -> None:
    text = 'after = "ward"\nchance = { old = 0.3, care_home = 1 }\nbecomes = "care_home"'
    falls = [(f"{hour} h", "fall", hour + 1) for hour in range(16)]

    at_once, slowly = (
        {row.split()[2] for row in told.rows("becomes")}
        for packages in (40, 1)
        for told in [tell(ward(text, packages=packages), needs=falls, window=span("40 days"))]
    )

    assert at_once == slowly
    assert 1 <= len(at_once) <= 12


def test_a_chance_of_nought_is_the_same_run_as_none_at_all() -> None:
    without = tell(ward(""), needs=FALLS, window=span("9 days"))

    told = tell(ward('after = "ward"\nchance = 0\nbecomes = "care_home"'), needs=FALLS, window=span("9 days"))

    assert told.rows() == without.rows()


def test_the_dead_are_spared() -> None:
    text = ward('after = "ward"\nchance = 1\nbecomes = "care_home"').replace("package = 1.0", "died = 1.0")

    told = tell(
        text + '[needs.call]\nrate = "0 per year"\nstarts_at = "package"\n',
        needs=FALLS,
        window=span("9 days"),
    )

    assert befallen(told) == 0
    assert told.run.people.deaths_in_care.sum() == 3


def test_a_consequence_of_a_referral_befalls_nobody() -> None:
    text = ward('after = "ward"\nchance = 1\ncost = "£9"\npayer = "council"')

    told = tell(
        text + '[referrals.letter]\nat = ["1 h"]\nstarts_at = "ward"\n', needs=[], window=span("9 days")
    )

    assert befallen(told) == 0


def test_those_befallen_are_counted_by_segment_before_and_by_period() -> None:
    told = tell(ward('after = "ward"\nchance = 1\nbecomes = "care_home"'), needs=FALLS, window=span("9 days"))

    old = told.program.names.segments.index("old")
    assert told.run.people.befallen[:, 0, old, 0].tolist() == [0, 1, 0, 1, 0, 1, 0, 0, 0]


AE = """
[segments.adults]
people = 4
[needs.pain]
rate = "9 per year"
starts_at = "ae"
[resources]
beds = { capacity = 9 }
spaces = { capacity = 9 }
[activities.ae]
resource = "spaces"
resident = true
queue_is_resident = true
duration = "1 h"
keeps_place_until_next = "starts"
routes = { ward = 0.5, home = 0.5 }
[activities.home]
duration = "5 h"
ends_on_admission = false
routes = { ae = 0.9, exit = 0.1 }
[activities.ward]
resource = "beds"
resident = true
duration = "30 h"
[clocks.four_hour]
starts = "ae.arrival"
stops = "ae.leave"
targets = ["4 hours"]
[harms.delay]
setting = "ae"
dose = { clock = "four_hour", of = { admitted = true } }
expected_deaths = [["90 min", 0.5], ["10 h", 1]]
"""


def test_a_dose_of_those_admitted_runs_from_the_last_arrival_to_the_bed() -> None:
    falls = [(f"{hour} h", "pain", person) for hour in range(0, 300, 100) for person in range(4)]

    told = tell(AE, needs=falls, window=span("30 days"))

    admitted = sum(row.endswith("ward") for row in told.rows("starts"))
    stopped, seconds = (one.sum(axis=(1, 2)) for one in (told.run.clocks.stopped, told.run.clocks.seconds))
    assert told.program.names.clocks == ("four_hour", "harms.delay")
    assert 0 < stopped[1] == admitted < stopped[0]
    assert seconds[1] == 3_600 * admitted  # also of those who went home for five hours in between


def test_a_harm_changes_no_event_and_nothing_that_is_reported() -> None:
    plain = tell(AE.partition("[harms.delay]")[0], window=span("60 days"))

    told = tell(AE, window=span("60 days"))

    assert told.rows() == plain.rows()
    assert np.array_equal(told.run.clocks.within[:1], plain.run.clocks.within)
    assert np.array_equal(told.run.clocks.open_over[:, :1], plain.run.clocks.open_over)


@pytest.mark.parametrize("chance", ["0", "0.2"])
def test_only_a_chance_widens_what_people_can_come_to_be(chance: str) -> None:
    reach = compiled(ward(f'after = "ward"\nchance = {chance}\nbecomes = "care_home"')).people.route_reach

    assert bool(reach[1, 0]) == (chance != "0")


def test_the_chance_is_of_the_group_in_the_stay_and_not_of_the_way_onward() -> None:
    said = 'after = "ward"\nchance = { fall = 1, resting = 0 }\nbecomes = "care_home"'
    text = ward(said).replace(
        "{ package = 1.0 }", '{ onward = { to = "package", share = 1, as = "resting" } }'
    )

    assert befallen(tell(text, needs=FALLS, window=span("9 days"))) == 3


def test_the_draw_is_of_the_visit_that_is_left_though_the_next_is_to_the_same_ward() -> None:
    text = ward('after = "ward"\nchance = { old = 0.3, care_home = 0 }\nbecomes = "care_home"', packages=40)
    falls = [(f"{hour} h", "fall", hour + 1) for hour in range(16)]

    once, again = (
        [
            row
            for row in tell(one, needs=falls, window=span("9 days")).rows("becomes")
            if int(row.split(":")[0]) < 40
        ]
        for one in (
            text,
            text.replace("routes = { package = 1.0 }", "routes = { ward = 0.99, package = 0.01 }"),
        )
    )

    assert once == again != []


def test_who_has_become_so_already_is_not_befallen() -> None:
    text = ward('after = "ward"\nchance = 1\nbecomes = "care_home"').replace('"0 per year"', '"40 per year"')

    told = tell(text, needs=[("0 h", "fall", 0), ("1 h", "fall", 1)], window=span("9 days"))

    assert told.rows("becomes") == ["72:00 person 1 becomes care_home"]
    assert befallen(told) == 1
