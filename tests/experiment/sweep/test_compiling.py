"""A point compiled the short way, what it does not touch taken over, is the point compiled whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.analysis.sweep.asked import planned
from simulator.compiler.memory import Memory
from simulator.definition import load_model
from simulator.definition.experiment import Experiment
from simulator.definition.loading import dump_model
from simulator.experiment.scenarios import compile_one, compile_scenarios, counting_too
from simulator.experiment.sweep.compiling import Works, models_at
from simulator.experiment.sweep.plan import Plan

DRAWN = """
[scenarios.more]
set = { "resources.beds.capacity" = 11, "needs.illness.rate.well" = "1 per year" }
"""
VARIED = """
[vary]
"resources.beds.capacity" = { from = 8, to = 14 }
"activities.ward.duration.lognorm.mean" = { values = ["4 days", "6 days"] }
"needs.*" = "uncertain"
[design]
kind = "latin_hypercube"
runs = 3
"""


def whole(plan: Plan, name: str, *, point: int, draw: int, folder: Path) -> str:
    """Compile one scenario from the file of its model and nothing else, and give the fingerprint."""
    model = models_at(plan, plan.points[point], draw=draw)[name]
    (folder / "whole.toml").write_text(dump_model(model), encoding="utf-8")
    read = counting_too(plan.experiment, load_model(folder / "whole.toml"))
    return compile_one(plan.experiment, read, scenario=name).program.fingerprint


@pytest.mark.parametrize(("more", "settings"), [(DRAWN, ["draws=2"]), (VARIED, ["engine=stocks"])])
def test_a_point_compiled_the_short_way_is_the_point_compiled_whole(
    more: str, settings: list[str], sizes: Callable[..., Experiment], tmp_path: Path
) -> None:
    experiment = sizes(*settings, more=more)
    plan = planned(experiment, compile_scenarios(experiment))
    works, met, central = Works(plan), set(), dump_model(plan.model)

    for point in range(len(plan.points)):
        for draw in plan.draws:
            for name, program in works.at(point, draw).programs.items():
                assert program.fingerprint == whole(plan, name, point=point, draw=draw, folder=tmp_path)
                met.add(program.fingerprint)

    assert dump_model(plan.model) == central
    assert len(met) == len(plan.points) * len(plan.draws) * len(plan.scenarios)


def test_of_too_many_things_the_longest_unused_is_forgotten() -> None:
    memory, made = Memory[str](2), []

    for key in "abacab":
        memory.give(key, lambda key=key: made.append(key) or key)

    assert ("".join(made), len(memory)) == ("abcb", 2)
