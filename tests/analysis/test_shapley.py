"""Shares of a difference among interventions add up, and each is the mean over all orders."""

from itertools import permutations
from pathlib import Path
from types import SimpleNamespace

import pytest
from experiment.ward import EXPERIMENT, MODEL
from hypothesis import given
from hypothesis import strategies as st

from simulator.analysis.compare import compare
from simulator.analysis.shapley import parts_of, shapley, share_out
from simulator.analysis.tables import all_tables
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment
from simulator.reports.shares import shares_blocks

PLAYERS = ("a", "b", "c")
CHOICES = [frozenset(some) for some in ((), "a", "b", "c", "ab", "ac", "bc", "abc")]
numbers = st.lists(st.integers(-100, 100), min_size=8, max_size=8)
games = numbers.map(lambda drawn: dict(zip(CHOICES, drawn, strict=True)))
BEDS = '\n[interventions.beds]\nadds = [{ resource = "beds", capacity = 2 }]\n'


@given(games)
def test_a_share_is_the_mean_over_all_orders_of_what_one_adds(game: dict[frozenset[str], int]) -> None:
    for player in PLAYERS:
        added = []
        for order in permutations(PLAYERS):
            before = frozenset(order[: order.index(player)])
            added.append(game[before | {player}] - game[before])
        assert shapley(player, game) == pytest.approx(sum(added) / len(added))


@given(games)
def test_shares_add_up_to_the_whole(game: dict[frozenset[str], int]) -> None:
    whole = game[frozenset(PLAYERS)] - game[frozenset()]

    assert sum(shapley(player, game) for player in PLAYERS) == pytest.approx(whole)


def test_where_a_world_has_no_value_there_is_no_share() -> None:
    game = dict.fromkeys(CHOICES, 1.0) | {frozenset("ab"): None}

    assert shapley("a", game) is None


def test_an_experiment_with_all_parts_is_shared_out(tmp_path: Path) -> None:
    (tmp_path / "ward.toml").write_text(MODEL + BEDS, encoding="utf-8")
    more = '[scenarios.beds]\non = ["beds"]\n[scenarios.both]\non = ["plans", "beds"]\n'
    (tmp_path / "plans.toml").write_text(EXPERIMENT + more, encoding="utf-8")
    experiment = load_experiment(tmp_path / "plans.toml", settings=["horizon='26 weeks'"])

    found = compare(run_experiment(experiment, out=tmp_path / "out", workers=1))
    mine = [one for one in found.shared_out if one.measure == "system.resources_per_year"]

    assert [one.intervention for one in mine] == ["beds", "plans"]
    whole = found.difference("both", "system.resources_per_year")
    assert sum(one.share.mean for one in mine) == pytest.approx(whole.mean)
    assert mine[1].alone == found.difference("plans", "system.resources_per_year")
    assert "shares" in {table.name for table in all_tables(found)}


def test_a_part_with_other_settings_is_no_part(tmp_path: Path) -> None:
    (tmp_path / "ward.toml").write_text(MODEL + BEDS, encoding="utf-8")
    more = '[scenarios.beds]\non = ["beds"]\nset = { "resources.beds.capacity" = 11 }\n'
    more += '[scenarios.both]\non = ["plans", "beds"]\n'
    (tmp_path / "plans.toml").write_text(EXPERIMENT + more, encoding="utf-8")
    experiment = load_experiment(tmp_path / "plans.toml")

    assert parts_of(experiment, "both") is None
    assert parts_of(experiment, "plans") == {frozenset(): "baseline", frozenset(["plans"]): "plans"}


def test_of_more_than_five_each_is_told_first_and_last(tmp_path: Path) -> None:
    """Six that do nothing beside the plans and the beds: alone and last are the plans' own differences."""
    idle = "".join(f'\n[interventions.idle_{one}]\ntitle = "Idle"\n' for one in range(4))
    every = ["plans", "beds", *(f"idle_{one}" for one in range(4))]
    scenarios = {"plans": ["plans"], "every": every, "all_but_plans": every[1:]}
    more = "".join(f"[scenarios.{name}]\non = {on}\n" for name, on in scenarios.items() if name != "plans")
    (tmp_path / "ward.toml").write_text(MODEL + BEDS + idle, encoding="utf-8")
    (tmp_path / "plans.toml").write_text(EXPERIMENT + more, encoding="utf-8")
    experiment = load_experiment(tmp_path / "plans.toml", settings=["horizon='26 weeks'", "replications=2"])

    found = compare(run_experiment(experiment, out=tmp_path / "out", workers=1))
    [plans] = [one for one in found.shared_out if one.measure == "system.resources_per_year"]

    assert plans.intervention == "plans"
    assert plans.share.mean is None
    assert plans.alone == found.difference("plans", "system.resources_per_year")
    whole = found.difference("every", "system.resources_per_year")
    others = found.difference("all_but_plans", "system.resources_per_year")
    assert plans.last.mean == pytest.approx(whole.mean - others.mean)
    assert shares_blocks(found, "every")[0].columns == ("Measure", "Intervention", "Alone", "Added last")


def test_each_scenario_is_shared_out_among_worlds_under_its_own_contract() -> None:
    def world(*on: str, contract: str | None = None) -> SimpleNamespace:
        return SimpleNamespace(on=on, set={}, contract=contract)

    worlds = {"both": world("a", "b"), "a": world("a"), "b": world("b")}
    shared = {f"{name}_shared": world(*one.on, contract="alliance") for name, one in worlds.items()}
    experiment = SimpleNamespace(scenarios={"baseline": world()} | worlds | shared)

    assert set(parts_of(experiment, "both").values()) == {"baseline", "a", "b", "both"}
    assert set(parts_of(experiment, "both_shared").values()) == {"baseline", *shared}


def test_what_is_shared_out_are_the_draws_that_ran_not_those_asked_for() -> None:
    def world(*on: str) -> SimpleNamespace:
        return SimpleNamespace(on=on, set={}, contract=None)

    scenarios = {"baseline": world(), "both": world("a", "b"), "a": world("a"), "b": world("b")}
    asked = SimpleNamespace(scenarios=scenarios, draws=10)
    values = {name: {"cost": [1.0, 2.0, 3.0, 4.0, 5.0, 7.0]} for name in scenarios}

    shared = share_out(asked, values, measures=["cost"], draws=3)

    assert [(one.intervention, one.share.draws) for one in shared] == [("a", 3), ("b", 3)]
