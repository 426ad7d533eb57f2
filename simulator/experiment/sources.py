"""The code that makes a run's content: its text belongs to the design, as the model does."""

import hashlib
from dataclasses import fields
from pathlib import Path

from simulator.engines.records import ACTIVITY_FIELDS, RESOURCE_FIELDS, WAIT_BINS, EventLog
from simulator.experiment.observation import Observation
from simulator.experiment.pairing import Pairing

PACKAGE = Path(__file__).resolve().parents[1]
GROUND = ("units.py",)
FLOORS = ("equations", "compiler", "accounts", "engines", "experiment")
WIDTHS = (ACTIVITY_FIELDS, RESOURCE_FIELDS, WAIT_BINS)


def source_hash(*, with_definition: bool = False, with_analysis: bool = False) -> str:
    """Hash the text of every room between a model and the parts of its results.

    ``definition`` is left out unless asked for, for all it does is in the programs' fingerprints; so are the
    floors that only read parts. ``analysis`` makes what is in the parts of sweeps and calibrations, measures,
    and only reads those of a run.
    """
    digest = hashlib.sha256()
    rooms = [PACKAGE / name for name in GROUND]
    asked = {"definition": with_definition, "analysis": with_analysis}
    for floor in (*FLOORS, *(name for name, is_asked in asked.items() if is_asked)):
        rooms += sorted((PACKAGE / floor).rglob("*.py"))
    for room in rooms:
        digest.update(f"{room.relative_to(PACKAGE).as_posix()}\0".encode() + room.read_bytes() + b"\0")
    return digest.hexdigest()


def layout_number() -> int:
    """Number the layout of a part: by what is kept, the widths of its rows and the shapes as written.

    Shapes are written in docstrings only; rewording one refuses older parts, which is better than
    misreading them.
    """
    nouns = (Observation, Pairing, EventLog)
    said = [(noun.__doc__, [field.name for field in fields(noun)]) for noun in nouns]
    return int.from_bytes(hashlib.sha256(repr((said, WIDTHS)).encode()).digest()[:4])
