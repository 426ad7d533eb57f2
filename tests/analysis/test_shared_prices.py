"""Who pays what, where several pay for an activity whose prices change."""

from pathlib import Path

import pytest
from experiment.ward import EXPERIMENT, MODEL

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment

FREE_DAYS = """
[interventions.free_days]
what = "mirror"
depth = "transactional"
starts = "0 days"
[[interventions.free_days.effects]]
times = "activities.ward.cost.day"
for = "everyone"
value = 0
"""
BY_WEEK = "paid_by = [[0, { city = 1 }], [1, { city = 0.5, people = 0.5 }]]"
SHORT = (("104 weeks", "8 weeks"), ("52 weeks", "4 weeks"), ("replications = 3", "replications = 1"))


def free_days(home: Path, engine: str) -> Comparison:
    """Run a few weeks in which, from the start, a day in the ward is free and a start is not."""
    text = MODEL[: MODEL.index("[interventions.plans]")] + FREE_DAYS
    text = text.replace("resident = true", f"resident = true\n{BY_WEEK}")
    (home / "ward.toml").write_text(text, encoding="utf-8")
    said = EXPERIMENT[: EXPERIMENT.index("[scenarios.plans]")] + '[scenarios.free]\non = ["free_days"]\n'
    said += '[measures.frail]\nof = "organisation.city.by.segment.frail.resources_per_year"\n'
    for old, new in (*SHORT, ('"people"', f'"{engine}"')):
        said = said.replace(old, new)
    (home / "plans.toml").write_text(said, encoding="utf-8")
    return compare(run_experiment(load_experiment(home / "plans.toml"), out=home / "out", workers=1))


@pytest.mark.parametrize("engine", ["people", "stocks"])
def test_where_days_cost_nothing_all_is_paid_by_who_pays_for_starts(engine: str, tmp_path: Path) -> None:
    found = free_days(tmp_path, engine)
    everybody, city, frail = (
        found.measure("free", name).mean
        for name in ("system.resources_per_year", "organisation.city.resources_per_year", "frail")
    )
    starts, of_frail = (
        found.measure("free", f"activity.ward{cut}.starts_per_day").mean * 365.25
        for cut in ("", ".by.segment.frail")
    )

    assert city == pytest.approx(45 * starts)
    assert everybody == pytest.approx(city)
    assert frail == pytest.approx(45 * of_frail)
