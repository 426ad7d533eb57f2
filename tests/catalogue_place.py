"""The catalogue's switches, as they are shipped, in the small place of 5,000 people.

A switch keeps its file; what the small place lacks (overheads, a ward's size, a route) is written beside it,
and an effect too small for 5,000 people to show is made larger by a scenario. No figure here is a finding.
"""

import shutil
from pathlib import Path

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition import load_experiment
from simulator.experiment.run import run_experiment

ROOT = Path(__file__).parents[1]
SWITCHES = (
    "police_fire_prevention",
    "action_week",
    "shared_premises",
    "urgent_treatment_centre",
    "discharge_to_assess",
    "virtual_ward_with_social_care",
    "shared_back_office",
    "joint_control_room",
    "three_alliances",
    "evidence",
)
BESIDE = (
    "collaboration/place_alliance",
    "care/harms",
    "care/deconditioning",
    "money/costs",
    "money/contracts",
    "money/three_alliances",
)
OVERHEADS = (
    'overheads = { finance = "£60k", people = "£80k", ict = "£160k", '
    'procurement = "£20k", control_room = "£50k" }'
)
CHANGES = (  # what the small place lacks of what the switches touch
    *(
        (f'"{sector}", yearly_spend', f'"{sector}", {OVERHEADS}, yearly_spend')
        for sector in ("community", "ambulance", "acute")
    ),
    ('sector = "commissioner"', 'sector = "commissioner", yearly_spend = "£13m"'),
    ("[activities.same_day_appointment]\n", '[activities.same_day_appointment]\nif_full = ["hot_clinic"]\n'),
    ("routes = { ambulance = 0.825,", "routes = { responder_visit = 0, ambulance = 0.825,"),
    *(
        (
            f'[resources.beds_{ward}]\nowner = "hospital"',
            f'[resources.beds_{ward}]\nowner = "hospital"\nward_size = 2',
        )
        for ward in ("medicine", "older", "surgery")
    ),
)


def small_place(folder: Path) -> Path:
    """Write the shipped models into a folder, and the small place with every switch beside them."""
    models = folder / "models"
    shutil.copytree(ROOT / "models", models)
    flood = models / "interventions" / "shared_premises.toml"
    flood.write_text(flood.read_text("utf-8").replace("gp_slots@shore_road", "gp_slots@dale"), "utf-8")
    text = (models / "small_place.toml").read_text("utf-8")
    files = [f"interventions/{one}" for one in SWITCHES] + list(BESIDE)
    more = ", ".join(f'"{one}.toml"' for one in files)
    for old, new in (
        ('"interventions/carer_training.toml"]', f'"interventions/carer_training.toml", {more}]'),
        *CHANGES,
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (models / "catalogue.toml").write_text(text, "utf-8")
    return models / "catalogue.toml"


def compared(folder: Path, model: Path, settings: str) -> Comparison:
    """Run an experiment on a model, and compare its scenarios."""
    head = f'schema_version = 1\ntitle = "The catalogue"\nmodel = "{model}"\nstarts = 2025-04-01\nseed = 11\n'
    (folder / "catalogue.toml").write_text(head + settings, "utf-8")
    return compare(run_experiment(load_experiment(folder / "catalogue.toml"), out=folder / "out"))
