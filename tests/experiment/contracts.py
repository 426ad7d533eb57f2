"""The small ward with a commissioner and three contracts, run and compared."""

from pathlib import Path

from experiment.ward import EXPERIMENT, MODEL

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment

CONTRACTS = """
[organisations.icb]
sector = "commissioner"
yearly_spend = "£2m"

[contracts.today]
kind = "block"
payer = "icb"
payees = { city = { fixed = "£400k per year" } }
[contracts.prices]
kind = "tariff"
payer = "icb"
payees = { city = { variable = { ward = "£900" } } }
[contracts.together]
kind = "alliance"
over = "prices"
members = ["city", "icb"]
"""


WARD_UNDER_CONTRACTS = (
    MODEL.replace('sector = "acute"', 'sector = "acute"\nyearly_spend = "£1m"', 1) + CONTRACTS
)


def compared_under_contracts(
    home: Path, *settings: str, model: str = WARD_UNDER_CONTRACTS, plans: str = EXPERIMENT
) -> Comparison:
    """Write a ward under contracts and an experiment on it into a folder; run it, and compare."""
    (home / "ward.toml").write_text(model, encoding="utf-8")
    (home / "plans.toml").write_text(plans, encoding="utf-8")
    experiment = load_experiment(home / "plans.toml", settings=settings)
    return compare(run_experiment(experiment, out=home / "out", workers=1))


def ward_under_contracts(home: Path, hospital: str = 'sector = "acute"') -> Comparison:
    """Run the ward's experiment with its contracts, and compare; ``hospital`` is what the file says of it."""
    model = WARD_UNDER_CONTRACTS.replace('sector = "acute"', hospital, 1)
    left = '\n[measures.left]\nof = "organisation.city.net_per_year"\n'
    return compared_under_contracts(home, model=model, plans=EXPERIMENT + left)
