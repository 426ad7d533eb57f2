"""Where cases went instead, as the log of every run has it."""

from pathlib import Path

import pytest
from experiment.ward import MODEL

from simulator.analysis.compare import compare
from simulator.analysis.moves_table import moves_table
from simulator.definition.experiments import load_experiment
from simulator.engines import log
from simulator.engines.run import run
from simulator.experiment.run import run_experiment
from simulator.reports.elsewhere import elsewhere_blocks

MOVES = """
[resources.visits]
owner = "city"
capacity = 2
[activities.at_home]
title = "Ward at home"
resource = "visits"
duration = "6 days"
[interventions.at_home]
title = "Ward at home"
starts = 2025-04-01
[[interventions.at_home.effects]]
step_down = { from = "ward", to = "at_home", last = "2 days", share = 0.8 }
for = "everyone"
"""
EXPERIMENT = """
schema_version = 1
title = "A ward at home"
model = "ward.toml"
horizon = "26 weeks"
seed = 20250401
replications = 2
[scenarios.home]
on = ["at_home"]
"""


def test_where_cases_went_is_what_the_log_says(tmp_path: Path) -> None:
    (tmp_path / "ward.toml").write_text(MODEL + MOVES)
    (tmp_path / "home.toml").write_text(EXPERIMENT)
    results = run_experiment(load_experiment(tmp_path / "home.toml"), out=tmp_path / "out")
    comparison = compare(results)

    (one,) = comparison.went_elsewhere
    program = results.programs["home"]
    to, went = program.names.activities.index("at_home"), 0
    for replication in range(2):
        rows = run(program, seed=20250401, replication=replication, keeps_log=True).log
        went += int(((rows.what == log.STARTS) & (rows.activity == to)).sum())

    assert went > 10
    assert one.went.mean == pytest.approx(went / 2 / (26 * 7 / 365.25), rel=1e-3)
    assert one.offered.mean > one.went.mean
    assert (one.kind, one.at, one.to, one.or_home) == ("stepped_down", "ward", "at_home", False)
    ((block,), none) = (elsewhere_blocks(comparison, name) for name in ("home", "baseline"))
    assert block.groups[0].rows[0][:4] == (
        "Ward at home",
        "Ward",
        "the rest of the stay in ward",
        "Ward at home",
    )
    assert not none
    table = moves_table(comparison)
    assert table is not None
    assert table.rows.column("quantity").to_pylist() == ["offered", "went"]
