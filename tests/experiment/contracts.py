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


def ward_under_contracts(home: Path, hospital: str = 'sector = "acute"') -> Comparison:
    """Run the ward's experiment with its contracts, and compare; ``hospital`` is what the file says of it."""
    model = MODEL.replace('sector = "acute"', f'{hospital}\nyearly_spend = "£1m"', 1) + CONTRACTS
    (home / "ward.toml").write_text(model, encoding="utf-8")
    extra = '\n[measures.left]\nof = "organisation.city.net_per_year"\n'
    (home / "plans.toml").write_text(EXPERIMENT + extra, encoding="utf-8")
    experiment = load_experiment(home / "plans.toml")
    return compare(run_experiment(experiment, out=home / "out", workers=1))
