"""The shipped experiments whose losses feed back run as stocks: some of their worlds, for less long."""

from pathlib import Path

import pytest

from simulator.definition.experiments import load_experiment
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import by_name, compile_scenarios
from simulator.experiment.work import work_of

ROOT = Path(__file__).parents[2]
FIDELITY = 0
# Some switch of the second begins after a year, and picks people by a year of use.
SHORTER = {"behaviours": ("warm_up=4 weeks", "horizon=40 weeks"), "everything": ("horizon=54 weeks",)}
WORLDS = {"behaviours": ("typical", "typical_guaranteed"), "everything": ("everything",)}


@pytest.mark.parametrize("name", WORLDS)
def test_losses_feed_back_as_stocks_in_the_shipped_experiments(name: str) -> None:
    file = ROOT / "experiments" / f"{name}.toml"
    experiment = load_experiment(file, settings=("engine=stocks", *SHORTER[name]))
    worlds = {one: experiment.scenarios[one] for one in ("baseline", *WORLDS[name])}
    programs = by_name(compile_scenarios(experiment.model_copy(update={"scenarios": worlds})).programs)

    piece = do_piece(work_of(experiment, programs), 0, ran=lambda: None)

    for world in WORLDS[name]:
        found, program = piece.observations[world], programs[world]
        community = program.names.organisations.index("community")
        assert found.member_loss[1:, community].min() > 0.003
        assert (
            found.collaboration_path[0, -1, FIDELITY] < program.collaborations.path[0, -1, FIDELITY] - 0.005
        )
