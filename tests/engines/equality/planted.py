"""Plant one defect at a time in a copy of the package, and see whether the generated models find it.

    PYTHONPATH=. python tests/engines/equality/planted.py            every plant
    PYTHONPATH=. python tests/engines/equality/planted.py places     those of rooms so called

A plant is a room, a piece of its text that stands there once, and what is put in its place. The models run
in the copy, by the engine that the room belongs to, and are held against the readable engine of this package.
A plant that no model finds says that models or comparison are blind there. Run by hand: a kernel's plant
takes a compilation.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from comparing import first_difference
from elsewhere import REPOSITORY, RunsFailed, runs_elsewhere
from pairs import ENGINE, Pair, pair
from rich_models import KINDS, some_world
from worlds import World

MODELS_A_KIND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One defect: in ``room`` (below ``simulator/engines``), ``new`` instead of ``old``."""

    room: str
    old: str
    new: str

    @property
    def engine(self) -> str:
        """Name the engine that the room belongs to."""
        return "readable" if self.room.startswith("readable/") else ENGINE


PLANTS: tuple[Plant, ...] = (
    Plant(room="readable/places.py", old="other_key > key", new="other_key >= key or True"),
    Plant(room="readable/places.py", old="return free > self", new="return free >= self"),
    Plant(
        room="readable/agenda.py",
        old="(phase << _NUMBER_BITS) + number",
        new="(phase << _NUMBER_BITS) - number",
    ),
    Plant(
        room="readable/care.py",
        old="case.waits_for >= 0:\n        world.activities.add(case.wait_row, records.INT",
        new="False:\n        world.activities.add(case.wait_row, records.INT",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A world, and what both engines make of it without a defect."""

    world: World
    pair: Pair


def main(rooms: Sequence[str]) -> int:
    """Plant each defect; say which was found by which model, and how many were not."""
    chosen = [plant for plant in PLANTS if not rooms or any(room in plant.room for room in rooms)]
    seen, missed = models(), 0
    for plant in chosen:
        found = first_found(plant, seen)
        missed += not found
        print(f"{'found ' if found else 'MISSED'} {plant.room}: {plant.new!r} {found}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} found.")
    return 1 if missed else 0


def models() -> list[Seen]:
    """Make some models of each kind, and run the readable engine on them."""
    worlds = [some_world(f"planted {place}", kind) for kind in KINDS for place in range(MODELS_A_KIND)]
    return [Seen(world=world, pair=pair(world)) for world in worlds]


def first_found(plant: Plant, seen: Sequence[Seen]) -> str:
    """Say by which model a plant is found, and how; nothing if by none."""
    with tempfile.TemporaryDirectory() as folder:
        package = planted(plant, Path(folder))
        try:
            runs = runs_elsewhere(
                [one.world for one in seen],
                environment={"NUMBA_CACHE_DIR": str(Path(folder) / "cache")},
                package=package,
                engine=plant.engine,
            )
        except RunsFailed as error:
            return f"by a run that failed: {str(error).strip().splitlines()[-1][:100]}"
    for place, (one, run) in enumerate(zip(seen, runs, strict=True)):
        difference = first_difference(one.pair.readable, run, one.pair.program)
        if difference:
            return f"by model {place}: {difference.splitlines()[0]}"
    return ""


def planted(plant: Plant, folder: Path) -> Path:
    """Copy the package into a folder, the defect in it."""
    shutil.copytree(
        REPOSITORY / "simulator", folder / "simulator", ignore=shutil.ignore_patterns("__pycache__")
    )
    room = folder / "simulator" / "engines" / plant.room
    text = room.read_text(encoding="utf-8")
    if text.count(plant.old) != 1:
        raise SystemExit(f"{plant.room}: {plant.old!r} stands there {text.count(plant.old)} times, not once.")
    room.write_text(text.replace(plant.old, plant.new), encoding="utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
