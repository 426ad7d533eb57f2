"""Losses feed back on collaborations: the same in both engines, exactly nought where nothing is lost."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.alliance import SCENARIOS, alliance_experiment
from experiment.test_piece import differences, differing

from simulator.definition.dynamics import SHOWN
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError
from simulator.experiment.parts import Piece
from simulator.experiment.piece import do_piece
from simulator.experiment.run import load_results, run_experiment
from simulator.experiment.scenarios import by_name, compile_scenarios
from simulator.experiment.work import Work, work_of

OFF = SCENARIOS.replace("feedback = true", "").replace('contract = "prices"', "")
FIDELITY, LOSS_FELT = 0, SHOWN.index("loss_felt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alliance")


def work_in(folder: Path, scenarios: str) -> Work:
    experiment = alliance_experiment(folder, scenarios=scenarios)
    return work_of(experiment, by_name(compile_scenarios(experiment).programs))


@pytest.fixture(scope="module")
def work(folder: Path) -> Work:
    return work_in(folder, SCENARIOS)


@pytest.fixture(scope="module")
def piece(work: Work) -> Piece:
    return do_piece(work, 1, ran=lambda: None)


def fidelity(piece: Piece, scenario: str) -> np.ndarray:
    return piece.observations[scenario].collaboration_path[0, :, FIDELITY]


def test_both_engines_give_the_same_piece_with_losses_fed_back(work: Work, piece: Piece) -> None:
    readable = replace(work, engine="readable")

    assert differences(piece, do_piece(readable, 1, ran=lambda: None)) == []


def test_with_one_past_or_apart_losses_are_the_same(work: Work, piece: Piece) -> None:
    apart = replace(work, differs=dict.fromkeys(work.differs, 0))

    assert work.differs["joint"] > 0
    assert differences(piece, do_piece(apart, 1, ran=lambda: None)) == []


def test_a_run_with_losses_fed_back_is_read_again_whatever_the_order_of_organisations(tmp_path: Path) -> None:
    settings = ("replications=1", "horizon=26 weeks")
    alliance_experiment(tmp_path, *settings)
    model = (tmp_path / "alliance.toml").read_text("utf-8")
    last_first = '[organisations.zoo]\nsector = "social"\nyearly_spend = "£1m"\n[organisations.city]'
    model = model.replace("[organisations.city]", last_first, 1)
    model = model.replace("payees = { city", 'payees = { zoo = { fixed = "£1k per year" }, city', 1)
    (tmp_path / "alliance.toml").write_text(model, "utf-8")
    experiment = load_experiment(tmp_path / "plans.toml", settings=settings)

    run_experiment(experiment, out=tmp_path / "out", workers=1)

    assert load_results(tmp_path / "out").replications == (0,)


def test_no_effect_and_no_cost_is_a_loss_of_exactly_nought(work: Work, piece: Piece) -> None:
    idle, program = piece.observations["idle"], work.programs["idle"]

    assert not idle.member_loss.any()
    assert np.array_equal(idle.collaboration_path, program.collaborations.path)


def test_where_nothing_is_lost_all_goes_as_without_feedback(folder: Path, piece: Piece) -> None:
    off = do_piece(work_in(folder, OFF.replace('contract = "together"', "")), 1, ran=lambda: None)
    idle = replace(piece.observations["idle"], collaboration_path=None, member_loss=None)

    assert differing(idle, off.observations["idle"]) == []
    assert differing(piece.observations["baseline"], off.observations["baseline"]) == []


def test_who_pays_for_what_others_gain_stands_by_it_for_less_long(work: Work, piece: Piece) -> None:
    without = work.programs["joint"].collaborations.path[0, :, FIDELITY]
    council = work.programs["joint"].names.organisations.index("council")

    assert piece.observations["joint"].member_loss[3:, council].min() > 0.1
    assert fidelity(piece, "joint")[-1] < 0.1 < 0.3 < without[-1]


def test_a_loss_is_read_a_month_after_it_is_known(work: Work, piece: Piece) -> None:
    program = work.programs["joint"]
    first, _, second = program.feedback.month_second[:3]
    mondays = program.calendar.monday_second
    weeks = int(((mondays > first) & (mondays < second)).sum()) + 1
    felt = piece.observations["joint"].collaboration_path[0, :, LOSS_FELT]

    assert piece.observations["joint"].member_loss[0].max() > 0.1
    assert not felt[: weeks + 1].any()
    assert felt[weeks + 1 :].all()


def test_an_alliance_that_shares_all_loses_alike_and_lasts_longer(work: Work, piece: Piece) -> None:
    names = work.programs["together"].names.organisations
    members = [names.index(name) for name in ("city", "council")]
    loss = piece.observations["together"].member_loss[:, members]

    assert loss[:, 0] == pytest.approx(loss[:, 1])
    assert fidelity(piece, "together")[52] > fidelity(piece, "joint")[52]


def test_a_contract_of_a_scenario_without_feedback_changes_nothing_in_its_run(tmp_path: Path) -> None:
    off = SCENARIOS.replace("feedback = true", "")
    programs = by_name(compile_scenarios(alliance_experiment(tmp_path, scenarios=off)).programs)

    assert programs["joint"].fingerprint == programs["prices"].fingerprint


def test_a_member_whose_turnover_is_not_known_is_told(tmp_path: Path) -> None:
    experiment = alliance_experiment(
        tmp_path, scenarios='feedback = true\n[scenarios.joint]\non = ["joint"]\n'
    )
    text = (tmp_path / "alliance.toml").read_text().replace('yearly_spend = "£500k"\n', "")
    before, _, rest = text.partition("[contracts.together]")
    (tmp_path / "alliance.toml").write_text(f"{before}[interventions.{rest.partition('[interventions.')[2]}")

    with pytest.raises(DefinitionError, match=r"alliance\.members\.1: 'council' has no yearly_spend"):
        compile_scenarios(experiment)
