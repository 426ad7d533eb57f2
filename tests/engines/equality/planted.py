"""Plant one defect at a time in a copy of the engines, and see whether the generated models find it.

    PYTHONPATH=.:tests python tests/engines/equality/planted.py            every plant
    PYTHONPATH=.:tests python tests/engines/equality/planted.py places     those of rooms so called

A plant is a room, a piece of its text that stands there once, and what is put in its place (``plants.py``).
The models run in the copy, by the engine that the room belongs to, and are held against the readable engine
of this package. What takes a rare meeting of rules, and may be found by no model, names a rule's own test,
which holds both engines against each other too. A plant that nothing finds says that models or comparison
are blind there. Run by hand, where processes can be forked. Kernels are not compiled for it: plain they give
the same bits (``test_stopping.py``), and so all plants take minutes, not hours.
"""

import importlib
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from comparing import first_difference
from elsewhere import REPOSITORY
from pairs import Pair, pair
from plant import Plant
from plants import PLANTS
from rich_models import KINDS, exchanging_model, some_world
from worlds import SEED

import simulator

MODELS_A_KIND = 12
MODELS_BESIDE_STOCKS = 6
LONGEST_SECONDS = 600
PLAIN = "NUMBA_DISABLE_JIT"
RULES = REPOSITORY / "tests" / "engines" / "readable"
ENGINES = "simulator.engines"
# What runs are written down in, the same for both that are compared.
SHARED = f"{ENGINES}.records"


@dataclass(frozen=True, slots=True)
class Seen:
    """A generated model, and what the readable engine makes of it without a defect."""

    name: str
    pair: Pair


def main(rooms: Sequence[str]) -> int:
    """Plant each defect; say which was found by which model, and how many were not."""
    chosen = [plant for plant in PLANTS if not rooms or any(room in plant.room for room in rooms)]
    seen, missed = models(), 0
    for plant in chosen:
        found = first_found(plant, seen)
        missed += not found
        print(f"{'found ' if found else 'MISSED'} {plant.room}: {plant.defect}: {found}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} found.")
    return 1 if missed else 0


def models() -> list[Seen]:
    """Make some models of each kind, and run the readable engine on them; then some beside stocks."""
    alone = [
        Seen(f"{kind} {place}", pair(some_world(f"planted {place}", kind)))
        for place in range(MODELS_A_KIND)
        for kind in KINDS
    ]
    return [*alone, *models_beside_stocks()]


def models_beside_stocks() -> list[Seen]:
    """Make some models whose people meet stocks."""
    return [
        Seen(
            f"{kind} {place} with stocks",
            pair(some_world(f"planted {place}", kind, make=exchanging_model)),
        )
        for place in range(MODELS_BESIDE_STOCKS)
        for kind in KINDS[:2]
    ]


def first_found(plant: Plant, seen: Sequence[Seen]) -> str:
    """Say by which model a plant is found, and how; nothing if by none."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        looking = multiprocessing.get_context("fork").Process(target=look, args=(plant, seen, told))
        looking.start()
        looking.join(LONGEST_SECONDS)
        if looking.is_alive():
            looking.kill()
            looking.join()
            return "by a run that did not end"
        return told.read_text(encoding="utf-8")


def look(plant: Plant, seen: Sequence[Seen], told: Path) -> None:
    """Be the process with the defect: write down what finds it first."""
    run = planted(plant, told.parent)
    found = next(filter(None, (difference(run, plant.engine, one) for one in seen)), "")
    told.write_text(found or by_rule(plant.rule), encoding="utf-8")


def difference(run: Any, engine: str, seen: Seen) -> str:
    """Say how a run with the defect differs from what is right; nothing if it does not."""
    known = seen.pair
    asked = {"demand": known.demand, "replication": known.replication, "keeps_log": True}
    try:
        other = run(known.program, engine=engine, seed=SEED, **asked)
    except Exception as error:  # whatever it is: it is what a test would see
        return f"by {seen.name}, which fails: {error}"
    found = first_difference(known.readable, other, known.program)
    return found and f"by {seen.name}: {found.splitlines()[0]}"


def by_rule(test: str) -> str:
    """Say whether the test of a rule fails with the defect."""
    if not test:
        return ""
    options = ("-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
    with redirect_stdout(StringIO()):
        failed = pytest.main([str(RULES), f"--rootdir={REPOSITORY}", "-k", test, *options])
    return f"by the rule {test}" if failed == pytest.ExitCode.TESTS_FAILED else ""


def planted(plant: Plant, folder: Path) -> Any:
    """Let the engines be those of a copy in a folder, the defect in it, from now on; return their ``run``."""
    copy = folder / "simulator" / "engines"
    shutil.copytree(REPOSITORY / "simulator" / "engines", copy, ignore=shutil.ignore_patterns("__pycache__"))
    room = copy / plant.room
    room.write_text(plant.in_text(room.read_text(encoding="utf-8")), encoding="utf-8")
    for name in list(sys.modules):
        if (name == ENGINES or name.startswith(f"{ENGINES}.")) and name != SHARED:
            del sys.modules[name]
    simulator.__path__ = [str(copy.parent)]
    return importlib.import_module(f"{ENGINES}.run").run


if __name__ == "__main__":
    if PLAIN not in os.environ:
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, PLAIN: "1"})
    sys.exit(main(sys.argv[1:]))
