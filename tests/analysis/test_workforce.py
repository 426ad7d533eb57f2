"""Staff: posts by places, time by what is done, by organisation, kind, year and scenario; off is absent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from experiment.ward import EXPERIMENT, MODEL

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.tables import all_tables
from simulator.analysis.workforce import Staff
from simulator.analysis.workforce_read import keeps_staff, open_by_period
from simulator.analysis.workforce_table import workforce_table
from simulator.definition.calendars import Timetable
from simulator.definition.experiments import load_experiment
from simulator.definition.loading import load_model
from simulator.definition.staff import HOURS_A_YEAR
from simulator.definition.uncertain import uncertain_parameters
from simulator.experiment.run import run_experiment
from simulator.reports.page import page_of
from simulator.reports.workforce import workforce_section

STAFF = """
[staff.doctor]
title = "ward doctors"
works_a_year = { value = "1600 hours", source = "a rota" }
[staff.nurse]
works_a_year = { value = "1521 hours", source = "as everybody" }
[timetables.office]
weekdays = ["09:00-17:00"]
[resources.rooms]
owner = "city"
capacity = { number = 6, timetable = "office" }
staff = { clerk = 1.0 }
[resources.rounds]
owner = "city"
capacity = "unlimited"
staff = { porter = 0.5 }
[activities.round]
resource = "rounds"
duration = "3 h"
[referrals.round]
rate = "4 per day"
starts_at = "round"
[interventions.beds]
what = "upstream"
depth = "resource"
lead = "city"
starts = "1 year"
adds = [{ resource = "beds", capacity = 4 }]
"""
ON = '[scenarios.beds]\non = ["beds"]\n[scenarios.off]\n'


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give the ward with 1.5 nurses to a bed, a quarter of an hour of doctor at each start, and carers."""
    text = MODEL.replace(
        "capacity = 12", "capacity = 12\nstaff = { nurse = { value = 1.5, low = 1, high = 2 } }"
    )
    minutes = "staff_minutes = { doctor = 15, people = 60 }"
    text = text.replace("resident = true", f"resident = true\n{minutes}") + STAFF
    home = tmp_path_factory.mktemp("staff")
    (home / "ward.toml").write_text(text, encoding="utf-8")
    plans = EXPERIMENT.replace("replications = 3", "replications = 2").partition("[scenarios.fewer_beds]")[0]
    (home / "plans.toml").write_text(plans + ON, encoding="utf-8")
    return compare(run_experiment(load_experiment(home / "plans.toml"), out=home / "out", workers=1))


def years(found: Comparison, scenario: str, basis: str, kind: str) -> list[Staff]:
    asked = (scenario, basis, "city", kind)
    mine = (one for one in found.workforce if (one.scenario, one.basis, one.organisation, one.kind) == asked)
    return [one for one in mine if one.starts is not None]


def test_posts_follow_the_places_that_there_are(found: Comparison) -> None:
    usual, more = (years(found, name, "posts", "nurse") for name in ("baseline", "beds"))

    assert [one.starts for one in more] == [date(2025, 4, 1), date(2026, 4, 1)]
    assert [one.equivalents.level.mean for one in usual] == pytest.approx([18, 18])
    # From 365.25 days on, in a period of four weeks that began a day before the year did: none before.
    assert more[0].equivalents.change.is_nought
    assert years(found, "beds", "time", "doctor")[0].hours.change.is_nought
    assert more[1].equivalents.change.mean == pytest.approx(6 * (363 - 0.25) / 363)
    worked = 18 * float(HOURS_A_YEAR) * 365 / 365.25
    assert usual[0].hours.level.mean == pytest.approx(worked)


def test_a_place_that_closes_at_night_has_its_staff_while_it_is_open(found: Comparison) -> None:
    clerks = years(found, "baseline", "posts", "clerk")

    assert [one.equivalents.level.mean for one in clerks] == pytest.approx([6, 6])


def test_half_open_counts_half_and_a_week_begins_on_monday() -> None:
    half = [["09:00-17:00", Decimal("0.5")]]
    table = Timetable.model_validate({"weekdays": ["09:00-17:00"], "saturday": half})

    opened = open_by_period(table, np.array([1, 1, 1, 7]) * 86_400, starts=date(2025, 4, 5))

    assert (opened / 3_600).tolist() == [4, 0, 8, 44]


def test_where_places_are_without_limit_posts_follow_those_in_use(found: Comparison) -> None:
    taken = found.measure("baseline", "resource.rounds.in_use_mean").mean * 728
    porters = years(found, "baseline", "posts", "porter")

    days = sum(one.equivalents.level.mean * length for one, length in zip(porters, (365, 363), strict=True))
    assert days == pytest.approx(0.5 * taken)


def test_time_is_minutes_at_each_start_over_what_one_works(found: Comparison) -> None:
    for scenario in ("baseline", "plans"):
        mine, length = years(found, scenario, "time", "doctor"), 728 / 365.25
        starts = found.measure(scenario, "activity.ward.starts_per_day").mean * 728

        assert sum(one.hours.level.mean for one in mine) == pytest.approx(starts * 15 / 60)
        (whole,) = (
            one
            for one in found.workforce
            if (one.scenario, one.kind, one.starts) == (scenario, "doctor", None)
        )
        assert whole.equivalents.level.mean == pytest.approx(starts / 4 / 1600 / length)


def test_what_is_off_differs_by_exactly_nothing(found: Comparison) -> None:
    assert all(one.hours.change.is_nought for one in found.workforce if one.scenario == "off")
    assert any(not one.hours.change.is_nought for one in found.workforce if one.scenario == "plans")


def test_carers_are_no_staff(found: Comparison) -> None:
    assert {one.kind for one in found.workforce} == {"nurse", "doctor", "clerk", "porter"}


def test_the_table_has_hours_and_equivalents_of_every_year_and_team(found: Comparison) -> None:
    (table,) = (one for one in all_tables(found) if one.name == "workforce")
    rows = table.rows.to_pylist()

    assert {row["quantity"] for row in rows} == {"hours", "equivalents"}
    levels = [row for row in rows if row["what"] == "level"]
    assert len(levels) == 4 * 4 * 2 * 2
    assert {row["scenario"] for row in rows if row["what"] == "difference"} == set(found.others)


def test_the_page_says_what_a_whole_time_equivalent_is(found: Comparison) -> None:
    (section,) = (one for one in page_of(found).sections if one.id == "workforce")
    text = str(section)

    assert "1,600 hours a year for ward doctors (a rota) and 1,521 hours a year for all others" in text
    assert "City hospital: ward doctors" in text


def test_staff_are_not_drawn_for_nothing_follows_from_them(found: Comparison) -> None:
    assert not [name for name in uncertain_parameters(found.results.model.origin.resolved) if "staff" in name]


def test_a_model_that_says_nothing_of_staff_has_no_table_and_no_section(
    found: Comparison, tmp_path: Path
) -> None:
    (tmp_path / "ward.toml").write_text(MODEL, encoding="utf-8")
    without = replace(found, workforce=())

    assert not keeps_staff(load_model(tmp_path / "ward.toml"))
    assert workforce_table(without) is None
    assert workforce_section(without) is None
