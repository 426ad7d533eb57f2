"""A clinic whose monthly figures are known exactly: arrivals follow rates, places in use follow Little."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

MODEL = """
schema_version = 1
title = "A clinic"
starts = 2024-01-01
[referrals.walk_in]
rate = { value = "10 per day", low = "8 per day", high = "13 per day" }
starts_at = "clinic"
[referrals.sent]
rate = { value = "5 per day", low = "4 per day", high = "6.5 per day" }
starts_at = "clinic"
[resources.places]
capacity = 200
[activities.clinic]
resource = "places"
duration = { expon = { mean = { value = "4 days", low = "3 days", high = "5 days" } } }
"""
EXPERIMENT = """
schema_version = 1
title = "Fit the clinic"
model = "clinic.toml"
starts = 2024-01-01
warm_up = "56 days"
horizon = "366 days"
engine = "stocks"
seed = 7
report_every = "1 week"
[calibrate]
targets = "months.csv"
parameters = [PARAMETERS]
hold_back = 4
[calibrate.columns.attendances]
measure = "activity.clinic.arrivals_per_day"
per = "month"
within = 0.02
[calibrate.columns.present]
measure = "resource.places.in_use_mean"
within = 0.02
"""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Twelve a day walk in and five are sent; in the last four months a quarter more come than the rest says.
WALK_IN, A_DAY, DAYS_STAYED, MORE = 12.0, 17.0, 4.5, 1.25
RATE, STAY = "referrals.walk_in.rate", "activities.clinic.duration.expon.mean"


def figures(*, a_day: float, days: float, last: Sequence[float] = (1, 1, 1, 1)) -> str:
    """Write a year of figures: so many come a day and stay so long; four months times ``last``."""
    lines = ["month,attendances,present"]
    for place, length in enumerate(DAYS):
        times = last[place - 8] if place >= 8 else 1
        lines.append(f"2024-{place + 1:02},{a_day * length * times:.4f},{a_day * days * times:.4f}")
    return "\n".join(lines) + "\n"


def clinic(
    folder: Path,
    months: str,
    *,
    parameters: Sequence[str] = (RATE, STAY),
    changed: Mapping[str, str] | None = None,
) -> Experiment:
    """Write model, figures and experiment into a folder, and load them."""
    (folder / "clinic.toml").write_text(MODEL, encoding="utf-8")
    (folder / "months.csv").write_text(months, encoding="utf-8")
    text = EXPERIMENT.replace("PARAMETERS", ", ".join(f'"{one}"' for one in parameters))
    for before, after in (changed or {}).items():
        assert before in text
        text = text.replace(before, after)
    (folder / "fit.toml").write_text(text, encoding="utf-8")
    return load_experiment(folder / "fit.toml")
