"""Parts of results: one file a replication, with its checksum, written once and never changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

import numpy as np

from simulator.engines.records import EventLog
from simulator.experiment.arrays import Array, arrays_from_bytes, arrays_to_bytes
from simulator.experiment.checked import read_checked, write_checked
from simulator.experiment.observation import Observation
from simulator.experiment.pairing import Pairing
from simulator.experiment.work import draw_and_replication

PARTS = "parts"
Noun = TypeVar("Noun")

NUMBERS = ("replication", "events", "ring_moves", "open_readings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One replication: ``observations`` by scenario, baseline first; ``pairings`` of the others with it.

    ``replication`` numbers that of a draw too (``replication_key``).
    """

    replication: int
    observations: Mapping[str, Observation]
    pairings: Mapping[str, Pairing]


def part_path(folder: Path, replication: int) -> Path:
    """Name the file of a replication, and of its draw; they are counted from 1 where people read them."""
    draw, number = draw_and_replication(replication)
    of_draw = f"draw_{draw:05d}_" if draw else ""
    return folder / PARTS / f"{of_draw}replication_{number + 1:05d}.parquet"


def write_piece(folder: Path, piece: Piece) -> None:
    """Write a replication's part, checksum first, so that a part that is there can always be checked."""
    write_checked(part_path(folder, piece.replication), arrays_to_bytes(_arrays(piece)))


def read_piece(folder: Path, replication: int) -> Piece:
    """Read a replication's part; raise ``SelfCheckFailed`` if its bytes are not those that were written."""
    path = part_path(folder, replication)
    return _piece(arrays_from_bytes(read_checked(path), where=str(path)), replication)


def _arrays(piece: Piece) -> dict[str, Array]:
    """Spread a piece over named arrays: ``observation/<scenario>/<field>`` and its like."""
    found: dict[str, Array] = {}
    for scenario, observation in piece.observations.items():
        found |= _spread(f"observation/{scenario}", observation)
        if observation.log is not None:
            found |= _spread(f"log/{scenario}", observation.log)
    for scenario, pairing in piece.pairings.items():
        found |= _spread(f"pairing/{scenario}", pairing)
    return found


def _spread(stem: str, noun: Observation | Pairing | EventLog) -> dict[str, Array]:
    """Give the arrays and numbers of a noun by name."""
    values = {field.name: getattr(noun, field.name) for field in fields(noun)}
    return {
        f"{stem}/{name}": np.asarray(value)
        for name, value in values.items()
        if isinstance(value, (int, np.ndarray))
    }


def _piece(arrays: Mapping[str, Array], replication: int) -> Piece:
    """Gather a piece from its arrays, scenarios in the order they were written."""
    found: dict[str, dict[str, dict[str, object]]] = {"observation": {}, "log": {}, "pairing": {}}
    for name, array in arrays.items():
        kind, scenario, field = name.split("/")
        found[kind].setdefault(scenario, {})[field] = array
    logs = {scenario: _noun(EventLog, values) for scenario, values in found["log"].items()}
    return Piece(
        replication=replication,
        observations={
            scenario: _noun(Observation, values | {"scenario": scenario, "log": logs.get(scenario)})
            for scenario, values in found["observation"].items()
        },
        pairings={
            scenario: _noun(Pairing, values | {"scenario": scenario})
            for scenario, values in found["pairing"].items()
        },
    )


def _noun(kind: Callable[..., Noun], values: Mapping[str, object]) -> Noun:
    """Make a noun of its fields, single numbers turned back from arrays."""
    return kind(**{name: int(str(value)) if name in NUMBERS else value for name, value in values.items()})
