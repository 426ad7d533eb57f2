"""Our own engines as the benchmarks call them."""

import inspect
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines import records
from simulator.engines import run as engine_room
from simulator.engines.records import Run
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

WORKLOAD = Path(__file__).with_name("workload_w.toml")
YEAR_DAYS = 365
SEED = 20250101


def compile_days(
    path: Path, *, days: float, starts: date = date(2025, 1, 1), settings: Sequence[str] = ()
) -> Program:
    """Compile a model for so many days from empty, reporting weekly."""
    window = Window(
        starts=starts,
        warm_up_seconds=0,
        horizon_seconds=round(days * SECONDS_A_DAY),
        period_seconds=SECONDS_A_WEEK,
    )
    return compile_model(load_model(path, settings=tuple(settings)), window=window)


def compile_workload(*, days: float = YEAR_DAYS, settings: Sequence[str] = ()) -> Program:
    """Compile workload W."""
    return compile_days(WORKLOAD, days=days, settings=settings)


def engines() -> tuple[str, ...]:
    """Name our engines, the fastest first."""
    has_choice = "engine" in inspect.signature(engine_room.run).parameters
    return ("people", "readable") if has_choice else ("readable",)


def run_ours(
    program: Program, *, engine: str = "", seed: int = SEED, replication: int = 0, keeps_log: bool = False
) -> Run:
    """Run one replication with one of our engines, the fastest unless said otherwise."""
    chosen = {"engine": engine or engines()[0]} if len(engines()) > 1 else {}
    return engine_room.run(program, seed=seed, replication=replication, keeps_log=keeps_log, **chosen)


def starts_in(run: Run) -> int:
    """Count the service starts of a run."""
    return int(run.activities.values[:, records.STARTS].sum())
