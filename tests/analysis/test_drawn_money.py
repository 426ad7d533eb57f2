"""Money with draws: each draw has its own price, cost and refill, and so each member loses in some of them.

As stocks, so that nothing here is chance. One visit a day fewer, of which a share r comes again: the trust is
paid P less and spends c less for each that does not, so it loses where c < P.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from simulator.analysis.breaking_even import breaks_even
from simulator.analysis.cash import ALL
from simulator.analysis.columns import number_and_unit
from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.tables import all_tables
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment
from simulator.experiment.sweep.run import drawn_in
from simulator.reports.page import page_of, report_html

MODEL = """
schema_version = 1
starts = 2025-04-01
[organisations.trust]
[organisations.icb]
sector = "commissioner"
[contracts.prices]
kind = "tariff"
payer = "icb"
payees = { trust = { variable = { visit = { value = "£45", low = "£38", high = "£53" } } } }
[refill]
share = { value = 0.8, low = 0.5, high = 0.9 }
of = ["rooms"]
[referrals.patients]
rate = "2 per day"
starts_at = "visit"
[resources.rooms]
owner = "trust"
capacity = 40
[activities.visit]
resource = "rooms"
duration = "30 minutes"
cost = { contact = { value = "£45", low = "£35", high = "£57" } }
routes = { exit = 1 }
"""
EXPERIMENT = """
schema_version = 1
model = "model.toml"
engine = "stocks"
horizon = "2 weeks"
seed = 7
draws = 12
[measures.left]
of = "organisation.trust.net_per_year"
[scenarios.fewer]
set = { "referrals.patients.rate" = "1 per day" }
"""
PRICE, COST = "contracts.prices.payees.trust.variable.visit", "activities.visit.cost.contact"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give twelve draws of the clinic under its contract."""
    home: Path = tmp_path_factory.mktemp("money")
    (home / "model.toml").write_text(MODEL, encoding="utf-8")
    (home / "fewer.toml").write_text(EXPERIMENT, encoding="utf-8")
    return compare(run_experiment(load_experiment(home / "fewer.toml"), out=home / "out", workers=1))


def drawn(found: Comparison, path: str) -> np.ndarray:
    assert found.results.plan is not None
    return np.array([number_and_unit(one[path])[0] for one in drawn_in(found.results.plan).values()])


def gains(found: Comparison) -> np.ndarray:
    """Give what the trust truly gains in each draw, in pounds a year."""
    return (drawn(found, COST) - drawn(found, PRICE)) * 365.25 * (1 - drawn(found, "refill.share"))


def test_a_member_loses_in_the_draws_whose_price_is_above_its_cost(found: Comparison) -> None:
    net = found.contracts.outcome("fewer", "trust").net
    truth = gains(found)

    assert 0 < net.probability_of_reduction < 1
    assert net.probability_of_reduction == pytest.approx((truth < 0).mean())
    assert [net.mean, net.sd] == pytest.approx([truth.mean(), truth.std(ddof=1)], rel=1e-6)
    ends = np.quantile(truth, [0.025, 0.975], method="median_unbiased")
    assert [net.low, net.high] == pytest.approx(ends.tolist(), rel=1e-6)
    assert found.differences["fewer"]["left"].mean == pytest.approx(truth.mean(), rel=1e-6)


def test_what_one_is_paid_less_the_other_pays_less_in_every_draw(found: Comparison) -> None:
    trust, icb = (found.contracts.outcome("fewer", one) for one in ("trust", "icb"))

    assert trust.received.mean == pytest.approx(-icb.received.mean)
    assert icb.net.probability_of_reduction == 0
    paid = next(one for one in found.contracts.ledger["fewer"] if one.payer == "icb").difference
    assert paid.mean == pytest.approx(trust.received.mean)
    assert paid.draws == 12


def test_a_purse_breaks_even_in_the_draws_that_gain(found: Comparison) -> None:
    (year,) = found.cash.years("fewer", "trust", refill=0.8)

    assert year.breaks_even == pytest.approx((gains(found) >= 0).mean())
    assert year.cumulative.mean == pytest.approx(gains(found).mean() * 14 / 365.25, rel=1e-6)
    whole = (drawn(found, COST) - drawn(found, PRICE)) * 14
    (unfilled,) = found.cash.years("fewer", "trust", refill=0.0)
    assert unfilled.cumulative.mean == pytest.approx(whole.mean(), rel=1e-6)
    assert found.cash.years("fewer", ALL, refill=0.8)[0].breaks_even == 1


def test_the_report_says_that_it_is_over_draws_wherever_it_says_how_sure(found: Comparison) -> None:
    page = page_of(found)
    said = report_html(found)

    assert "12 draws of what is uncertain, one run each" in page.scope
    assert page.part.startswith(
        "How sure: every value of the model that has a range was drawn from it 12 times"
    )
    for words in (
        "of 12 draws",
        "Draws that have broken even",
        "the probability is the share of draws",
        "are each draw’s own. What was drawn is in tables/draws",
    ):
        assert words in said
    assert not re.search(r"in (both|all [\w,]+) replications", said)
    assert "Central values of all parameters are used" not in said


def test_chance_within_a_draw_is_not_taken_for_a_draw_that_loses() -> None:
    values = np.array([-1.0, 3.0, 1.0, 1.0, -3.0, 1.0])

    # The draws' means are 1, 1 and -1, all of it chance: Student's t of two degrees at a half.
    assert breaks_even(values, draws=3) == pytest.approx(2 / 3)
    assert breaks_even(values[[1, 1, 3, 3, 4, 4]], draws=3) == pytest.approx(2 / 3)
    assert breaks_even(values, draws=0) == pytest.approx(4 / 6)


def test_tables_of_money_say_the_interval_of_the_mean_too(found: Comparison) -> None:
    tables = {table.name: table.rows.column_names for table in all_tables(found)}

    for name in ("ledger", "contracts", "contract_years", "cash", "funding", "cash_months", "differences"):
        assert {"mean_low", "mean_high", "probability_of_reduction"} <= set(tables[name])
    assert "draw" in tables["replications"]
