"""Reach leaves out only candidates that could not have happened, and moves none."""

from pathlib import Path

import numpy as np
import pytest

from simulator.compiler.compile import compile_model
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition import load_model
from simulator.engines.demand import Demand
from simulator.engines.reach import closures
from simulator.engines.run import run

DAY = 86_400
TOWN = """
schema_version = 1
starts = 2025-04-01
[organisations.trust]
name = "The trust"
sector = "acute"
[localities.town]
share = 1.0
[segments.well]
people = 300
becomes = { frail = "0.3 per year", dead = "0.02 per year" }
[segments.frail]
people = 40
becomes = { home = "0.2 per year", dead = "0.2 per year" }
[segments.home]
people = 5
becomes = { dead = "0.3 per year" }
[needs.illness]
rate = { well = "0.2 per year", frail = "3 per year", home = "9 per year" }
starts_at = "ward"
[resources.beds]
owner = "trust"
capacity = 6
[activities.ward]
resource = "beds"
duration = { expon = { mean = "3 days" } }
resident = true
routes = { exit = 0.9, moved = { to = "exit", share = 0.1, becomes = "home" } }
"""


class Everything(Demand):
    """The demand of people of whom nothing is known: anybody could become anything."""

    def _sets_by_end_of(self, place: int) -> np.ndarray:
        super()._sets_by_end_of(place)
        return np.full(len(self.address), 0b111)


@pytest.fixture
def town(tmp_path: Path) -> Program:
    """Give the town, in which a stay may end in a home."""
    return compiled(TOWN, tmp_path)


def compiled(text: str, folder: Path) -> Program:
    """Compile a text for a year and a half."""
    path = folder / "town.toml"
    path.write_text(text)
    model = load_model(path)
    assert model.starts is not None
    window = Window(
        starts=model.starts, warm_up_seconds=0, horizon_seconds=540 * DAY, period_seconds=28 * DAY
    )
    return compile_model(model, window=window)


def test_leaving_out_what_cannot_happen_changes_no_event(town: Program) -> None:
    reached = run(town, seed=3, replication=1, keeps_log=True).log
    demand = Everything(town, seed=3, replication=1)
    everything = run(town, seed=3, replication=1, demand=demand, keeps_log=True).log

    assert reached is not None
    assert everything is not None
    assert len(reached.second) > 1000
    for column in ("second", "what", "person", "case", "number", "activity", "resource", "klass"):
        assert np.array_equal(getattr(reached, column), getattr(everything, column))


def test_most_of_what_is_left_can_happen(tmp_path: Path) -> None:
    town = compiled(TOWN.replace("exit = 0.9, moved", "exit = 1 } #"), tmp_path)
    reached, everything = (kind(town, seed=3, replication=1) for kind in (Demand, Everything))

    assert len(reached.year(0)) * 2 < len(everything.year(0))


def test_a_set_holds_what_routes_lead_to_from_the_first_day(town: Program) -> None:
    frail, home, well = range(3)

    assert closures(town.people.route_reach).tolist() == [
        1 << frail | 1 << home,
        1 << home,
        1 << well | 1 << home,
    ]
