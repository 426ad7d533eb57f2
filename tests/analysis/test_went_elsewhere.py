"""Where cases went instead, as the log of every run has it."""

from pathlib import Path

import pytest
from experiment.ward import MODEL

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.moves_table import moves_table
from simulator.definition.experiments import load_experiment
from simulator.engines import log
from simulator.engines.run import run
from simulator.experiment.run import run_experiment
from simulator.reports.averted import averted_section
from simulator.reports.blocks import Paragraph
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


VISITS = """
schema_version = 1
title = "Nurses and carers"
starts = 2025-04-01
[segments.people]
people = 4000
[needs.nursing]
title = "Nursing at home"
rate = "6 per year"
starts_at = { nurse = 0.8, carer = 0.2 }
one_at_a_time = false
[referrals.check]
rate = "40 per week"
starts_at = { nurse = 1, carer = 0 }
[activities.nurse]
title = "Nurse’s visit"
duration = "30 min"
routes = { again = { to = "carer", share = 0.4 }, exit = 0.6 }
[activities.carer]
title = "Carer’s visit"
duration = "30 min"
[interventions.training]
title = "Carers trained"
starts = 2025-04-01
""" + "".join(
    f'[[interventions.training.effects]]\ntimes = "{path}"\nvalue = {value}\n'
    f'instead = "{instead}"\nfor = {whom}\n'
    for path, value, instead, whom in (
        ("needs.nursing.starts_at.nurse", 0.5, "carer", '"everyone"'),
        ("referrals.check.starts_at.nurse", 0.75, "carer", '"everyone"'),
        ("activities.nurse.routes.exit", 1.25, "again", '["people"]'),
    )
)


def with_training(folder: Path, *, experiment: str = EXPERIMENT) -> Comparison:
    (folder / "ward.toml").write_text(VISITS)
    (folder / "home.toml").write_text(experiment.replace('on = ["at_home"]', 'on = ["training"]'))
    return compare(run_experiment(load_experiment(folder / "home.toml"), out=folder / "out"))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return with_training(tmp_path_factory.mktemp("trained"))


def test_whom_an_effect_on_a_share_sends_is_counted_by_the_way_they_go(trained: Comparison) -> None:
    found = [(one.kind, one.at, one.instead_of, one.to) for one in trained.went_elsewhere]

    assert found == [
        ("need_started", "nursing", "nurse", "carer"),
        ("referral_started", "check", "nurse", "carer"),
        ("rerouted", "nurse", "carer", "exit"),
    ]
    needs, calls, spared = (one.went.mean for one in trained.went_elsewhere)
    assert needs == pytest.approx(4000 * 6 * 0.8 * 0.5, rel=0.03)
    assert calls == pytest.approx(40 / 7 * 365.25 * 0.25, rel=0.15)
    assert spared == pytest.approx(4000 * 6 * 0.8 * 0.5 * 0.6 * 0.25, rel=0.08)
    assert all(one.offered == one.went for one in trained.went_elsewhere)
    table = moves_table(trained)
    assert table is not None
    assert table.rows.column("kind").to_pylist()[::2] == [one[0] for one in found]


def test_displaced_needs_are_the_sum_of_whom_effects_on_shares_sent(trained: Comparison) -> None:
    (nursing,) = trained.attribution("home")
    program, sent, displaced = trained.results.programs["home"], 0, 0
    for replication in range(2):
        found = run(program, seed=20250401, replication=replication)
        sent += int(found.enrolments.moved.sum())
        displaced += int(found.needs.displaced.sum())
    years = 26 * 7 / 365.25

    went = sum(one.went.mean or 0 for one in trained.went_elsewhere)
    calls = sum(one.went.mean or 0 for one in trained.went_elsewhere if one.kind == "referral_started")

    assert went == pytest.approx(sent / 2 / years, rel=1e-9)
    assert nursing.displaced.mean == pytest.approx(displaced / 2 / years, rel=1e-9)
    assert nursing.displaced.mean == pytest.approx(went - calls, rel=1e-9)


def test_a_report_does_not_say_that_nobody_was_displaced_where_many_were(trained: Comparison) -> None:
    section = averted_section(trained)

    assert not any("No need was" in block.text for block in section.blocks if isinstance(block, Paragraph))
    (block,) = elsewhere_blocks(trained, "home")
    assert [row[:4] for row in block.groups[0].rows] == [
        ("Carers trained", "Nursing at home, as it begins", "Nurse’s visit", "Carer’s visit"),
        ("Carers trained", "Check, as it begins", "Nurse’s visit", "Carer’s visit"),
        ("Carers trained", "Nurse’s visit", "Carer’s visit", "Going home"),
    ]


def test_stocks_count_whom_effects_on_shares_send_as_people_do(trained: Comparison, tmp_path: Path) -> None:
    as_stocks = EXPERIMENT.replace("replications = 2", 'engine = "stocks"\nreplications = 1')
    found = with_training(tmp_path, experiment=as_stocks)

    for one, other in zip(found.went_elsewhere, trained.went_elsewhere, strict=True):
        assert (one.kind, one.at, one.to) == (other.kind, other.at, other.to)
        assert one.went.mean == pytest.approx(other.went.mean, rel=0.15)
    (nursing,) = found.attribution("home")
    sent = [one.went.mean or 0 for one in found.went_elsewhere if one.at != "check"]
    assert nursing.displaced.mean == pytest.approx(sum(sent), rel=1e-6)
