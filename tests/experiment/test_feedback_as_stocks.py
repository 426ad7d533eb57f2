"""Losses feed back as stocks too: the same path as people's on average, and nothing where nobody loses."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.alliance import SCENARIOS, alliance_experiment
from experiment.test_piece import differences, differing
from scipy import stats

from simulator.accounts.books import Books
from simulator.definition.dynamics import SHOWN
from simulator.definition.experiments import load_experiment
from simulator.engines.months import OtherWorld
from simulator.engines.network import Network
from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import observe_stocks
from simulator.experiment.parts import Piece
from simulator.experiment.piece import do_piece
from simulator.experiment.scenarios import by_name, compile_scenarios
from simulator.experiment.work import Work, work_of

FIDELITY, LOSS_FELT = 0, SHOWN.index("loss_felt")
# How far off the path the stocks may be besides chance, and how likely a right one is refused by chance.
NEAR, ERROR = 0.004, 1e-4
REPLICATIONS = 24
OFF = SCENARIOS.replace("feedback = true", "").replace('contract = "prices"', "")
OFF = OFF.replace('contract = "together"', "")
# The hospital lives by stays: whom care plans keep out of its beds it loses money by, month by month.
PRICES = 'feedback = true\n[scenarios.prices]\non = ["joint"]\ncontract = "prices"\n'
# Twenty-five times the place, for in a small one chance drains too; and nobody dies in it.
LARGE = (
    ("people = 60", "people = 1500"),
    ("people = 240", "people = 6000"),
    ('"2 per week"', '"50 per week"'),
    ("capacity = 12", "capacity = 250"),
    ("places = 40", "places = 1000"),
    ('"£1m"', '"£25m"'),
    ('"£500k"', '"£12.5m"'),
    ('"£2m"', '"£50m"'),
    ("exit = 0.95, died = 0.05", "exit = 1.0"),
    ('place_year = "£1,500"', 'place_year = "£100"'),
    ('ward = "£900"', 'ward = "£4,000"'),
)


def work_in(folder: Path, scenarios: str, *settings: str, changes: tuple[tuple[str, str], ...] = ()) -> Work:
    """Compile the alliance's experiment as stocks, with some of its model's text changed."""
    alliance_experiment(folder, scenarios=scenarios)
    text = (folder / "alliance.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "alliance.toml").write_text(text, encoding="utf-8")
    experiment = load_experiment(folder / "plans.toml", settings=["engine=stocks", *settings])
    return work_of(experiment, by_name(compile_scenarios(experiment).programs))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    return work_in(tmp_path_factory.mktemp("alliance"), SCENARIOS)


@pytest.fixture(scope="module")
def piece(work: Work) -> Piece:
    return do_piece(work, 0, ran=lambda: None)


def fidelity(piece: Piece, scenario: str) -> np.ndarray:
    return piece.observations[scenario].collaboration_path[0, :, FIDELITY]


def without_months(observation: Observation) -> Observation:
    return replace(observation, collaboration_path=None, member_loss=None)


def test_no_effect_and_no_cost_is_a_loss_of_exactly_nought(work: Work, piece: Piece) -> None:
    idle = piece.observations["idle"]

    assert idle.member_loss.shape == (23, 6)
    assert not idle.member_loss.any()
    assert np.array_equal(idle.collaboration_path, work.programs["idle"].collaborations.path)


def test_where_nothing_is_lost_all_goes_as_without_feedback(tmp_path: Path, piece: Piece) -> None:
    off = do_piece(work_in(tmp_path, OFF), 0, ran=lambda: None)

    for scenario in ("baseline", "idle"):
        assert differing(without_months(piece.observations[scenario]), off.observations[scenario]) == [], (
            scenario
        )


def test_losses_that_drain_nothing_leave_a_run_as_it_is_without_feedback_to_the_last_bit(
    tmp_path: Path,
) -> None:
    drains = (('preset = "typical"', 'preset = "typical"\nparameters = { loss_drains = 0 }'),)
    on = do_piece(work_in(tmp_path, SCENARIOS, changes=drains), 0, ran=lambda: None)
    off = do_piece(work_in(tmp_path, OFF, changes=drains), 0, ran=lambda: None)

    assert on.observations["joint"].member_loss.max() > 0.1
    plain = {name: without_months(one) for name, one in on.observations.items()}
    assert differences(replace(on, observations=plain), off) == []


def test_who_pays_for_what_others_gain_stands_by_it_for_less_long(work: Work, piece: Piece) -> None:
    without = work.programs["joint"].collaborations.path[0, :, FIDELITY]

    assert fidelity(piece, "joint")[-1] < 0.1 < 0.3 < without[-1]
    assert fidelity(piece, "together")[52] > fidelity(piece, "joint")[52]


def test_a_loss_is_read_a_month_after_it_is_known(work: Work, piece: Piece) -> None:
    program = work.programs["joint"]
    first, _, second = program.feedback.month_second[:3]
    mondays = program.calendar.monday_second
    weeks = int(((mondays > first) & (mondays < second)).sum()) + 1
    felt = piece.observations["joint"].collaboration_path[0, :, LOSS_FELT]

    assert piece.observations["joint"].member_loss[0].max() > 0.1
    assert not felt[: weeks + 1].any()
    assert felt[weeks + 1 :].all()


def test_what_drains_a_collaboration_is_felt_in_care(tmp_path: Path, piece: Piece) -> None:
    off = do_piece(work_in(tmp_path, OFF), 0, ran=lambda: None)
    averted = [one.observations["joint"].averted_series.sum(axis=1) for one in (piece, off)]
    last_year = [one.ravel()[-13:].sum() for one in averted]

    assert last_year[0] < 0.2 * last_year[1]


def test_months_add_up_to_what_the_year_came_to(tmp_path: Path) -> None:
    programs = work_in(tmp_path, PRICES, "report_every=365 days").programs
    months, program = OtherWorld(), programs["baseline"]
    network = Network(program, other_world=months)
    network.run()
    year = observe_stocks(network, program, scenario="baseline", replication=0)
    first = list(program.calendar.period_close_second).index(365 * 86_400 + program.calendar.warm_up_seconds)

    books: list[Books] = months.books[:12]

    assert sum(one.seconds[0] for one in books) == 365 * 86_400
    cost = sum(one.activity[0] for one in books)
    assert cost == pytest.approx(year.cost_series[first], rel=1e-9)
    for need, name in enumerate(program.names.needs):
        found = sum(one.cases[name][0] for one in books)
        assert found == pytest.approx(year.need_series[first, need, 0], rel=1e-9)
    assert sum(one.people[0] for one in books) == pytest.approx(year.people_series[first].sum(), rel=1e-9)


def test_a_month_is_read_where_it_ends_and_not_where_a_week_does(tmp_path: Path) -> None:
    months = OtherWorld()
    program = work_in(tmp_path, PRICES).programs["baseline"]
    Network(program, other_world=months).run()
    days = [one.seconds[0] / 86_400 for one in months.books]
    amounts = [(one.starts["ward"][0], one.cases["illness"][0], one.people[0]) for one in months.books]
    a_day = np.array(amounts) / np.array(days)[:, None]

    assert days[:4] == [30, 31, 30, 31]
    # The frail become fewer by next to the same share in every month.
    assert np.abs(np.diff(a_day[1:] / a_day[:-1], axis=0)).max() < 0.001


def test_losses_are_against_the_baseline_of_the_same_piece(work: Work) -> None:
    joint = work.programs["joint"]
    alike = replace(work, programs={"baseline": joint, "joint": joint}, differs={"baseline": 0, "joint": 0})
    apart = replace(alike, programs={"baseline": work.programs["baseline"], "joint": joint})
    found = [
        do_piece(replace(one, pairs=False), 0, ran=lambda: None).observations["joint"].member_loss
        for one in (apart, alike, apart)
    ]

    assert not found[1].any()
    assert found[0].max() > 0.1
    assert np.array_equal(found[0], found[2])


def test_read_on_demand_the_collaboration_is_the_same(work: Work, piece: Piece) -> None:
    found = do_piece(replace(work, pairs=False), 0, ran=lambda: None).observations["joint"]

    assert np.array_equal(found.collaboration_path, piece.observations["joint"].collaboration_path)
    assert np.array_equal(found.member_loss, piece.observations["joint"].member_loss)


def test_the_path_is_that_of_people_on_average(tmp_path: Path) -> None:
    """At the end of each quarter the mean path of people is within 0.004 and chance of the stocks'.

    The hospital lives by the stays that care plans avert: they grow with fidelity, its loss with them, and
    fidelity falls again. Were the stocks right to within 0.004, this would fail of one set of seeds in ten
    thousand (Bonferroni over quarters, t of 24 replications).
    """
    work = work_in(tmp_path, PRICES, changes=LARGE)
    stocks = fidelity(do_piece(work, 0, ran=lambda: None), "prices")[13::13]
    people = [
        fidelity(do_piece(replace(work, engine="people"), number, ran=lambda: None), "prices")[13::13]
        for number in range(REPLICATIONS)
    ]
    without = work.programs["prices"].collaborations.path[0, 13::13, FIDELITY]

    mean, error = np.mean(people, axis=0), np.std(people, axis=0, ddof=1) / np.sqrt(REPLICATIONS)
    room = NEAR + error * stats.t.ppf(1 - ERROR / 2 / len(stocks), REPLICATIONS - 1)

    assert (np.abs(mean - stocks) < room).all()
    assert room.max() < 0.013
    assert without[-1] > stocks[-1] + 0.25
    assert stocks.max() > stocks[-1] + 0.03


def test_without_warm_up_the_first_month_begins_with_the_run(tmp_path: Path) -> None:
    joint = 'feedback = true\n[scenarios.joint]\non = ["joint"]\n'
    work = work_in(tmp_path, joint, "warm_up=0 days", "horizon=26 weeks")
    found = do_piece(work, 0, ran=lambda: None).observations["joint"].member_loss
    people = do_piece(replace(work, engine="people"), 0, ran=lambda: None).observations["joint"].member_loss
    council = work.programs["joint"].names.organisations.index("council")

    assert found.shape == people.shape
    assert found[:, council] == pytest.approx(people[:, council], rel=1e-9)


def test_losses_feed_back_beside_stocks_of_a_file(tmp_path: Path) -> None:
    """A level that stays where it is cuts blocks every day and changes nothing that could be seen."""
    beside = """[stocks.level]
initial = 1
[exchange]
every = "1 day"
[exchange.drives]
"needs.illness.rate" = { times = "level", between = [0, 2] }
[collaborations.alliance]"""
    sharing = 'feedback = true\n[scenarios.together]\non = ["joint"]\ncontract = "together"\n'
    plain = do_piece(work_in(tmp_path, sharing), 0, ran=lambda: None)
    with_stocks = work_in(tmp_path, sharing, changes=(("[collaborations.alliance]", beside),))

    found = fidelity(do_piece(with_stocks, 0, ran=lambda: None), "together")

    assert with_stocks.programs["together"].exchange is not None
    assert found == pytest.approx(fidelity(plain, "together"), abs=1e-3)
    assert found[-1] < 0.1
