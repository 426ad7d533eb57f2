"""The worked models of stocks beside people: what they show, and where their numbers come from."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulator.compiler.program import Program
from simulator.definition import check_files, load_model
from simulator.definition.experiments import load_experiment
from simulator.engines.records import WAITING_AREA, Run
from simulator.engines.run import run
from simulator.experiment.scenarios import compile_scenarios

ROOT = Path(__file__).parents[2]
NAMES = ("gp_access", "home_care")
DAY = 86_400


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_model_and_its_experiment_have_no_faults(name: str) -> None:
    assert check_files([ROOT / "models" / f"{name}.toml", ROOT / "experiments" / f"{name}.toml"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_constant_of_the_stocks_has_a_note(name: str) -> None:
    model = load_model(ROOT / "models" / f"{name}.toml")

    nouns = {**model.stocks, **model.auxiliaries, **model.lookups}
    assert [id for id, noun in nouns.items() if noun.note is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_named_in_a_note_or_a_source_is_there(name: str) -> None:
    text = (ROOT / "models" / f"{name}.toml").read_text(encoding="utf-8")
    model = load_model(ROOT / "models" / f"{name}.toml")

    head = text[: text.index("# --- evidence")]
    assert [id for id in model.evidence if id not in head] == []


@cache
def ran(name: str, scenario: str, *, days: int) -> tuple[Program, Run]:
    """Run a scenario of a worked experiment, shorter."""
    said = [f'horizon="{days} days"', "replications=1"]
    experiment = load_experiment(ROOT / "experiments" / f"{name}.toml", settings=said)
    program = compile_scenarios(experiment).programs[scenario]
    return program, run(program, seed=3, replication=0)


def at_end(found: tuple[Program, Run], stock: str) -> float:
    """Give what is left of a stock."""
    program, done = found
    assert program.exchange is not None
    assert done.exchange is not None
    return float(done.exchange.stocks[-1, program.exchange.stocks.index(stock)])


def waiting(found: tuple[Program, Run], activity: str) -> float:
    """Give the person-days that people waited."""
    program, done = found
    rows = program.activities.row[program.names.activities.index(activity)]
    homes = len(program.names.homes) + 1
    mine = np.isin(done.activities.row, [row + home for row in rows[rows >= 0] for home in range(homes)])
    return float(done.activities.values[mine, WAITING_AREA].sum()) / DAY


def test_hiring_sooner_leaves_more_care_workers_and_fewer_people_waiting() -> None:
    slow, fast = (ran("home_care", one, days=2 * 365) for one in ("baseline", "hire_sooner"))

    assert at_end(fast, "care_workers") > at_end(slow, "care_workers") + 5
    assert waiting(fast, "home_care") < 0.8 * waiting(slow, "home_care")


def test_workload_makes_care_workers_leave() -> None:
    strained, not_strained = (ran("home_care", one, days=2 * 365) for one in ("baseline", "no_strain"))

    assert at_end(strained, "care_workers") < at_end(not_strained, "care_workers") - 3


def test_more_clinicians_mean_shorter_expected_waits_and_fewer_at_ae() -> None:
    found = [ran("gp_access", one, days=400) for one in ("baseline", "now")]

    assert at_end(found[1], "expected_wait") < at_end(found[0], "expected_wait")
    at_ae = [program.names.needs.index("ae_instead") for program, _ in found]
    counts = [done.needs.happened[:, need].sum() for (_, done), need in zip(found, at_ae, strict=True)]
    assert counts[1] < counts[0]
