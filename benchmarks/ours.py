"""Our own engines as the benchmarks call them."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines import records
from simulator.engines.records import Run
from simulator.engines.run import Engine, run
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

WORKLOAD = Path(__file__).with_name("workload_w.toml")
YEAR_DAYS = 365
SEED = 20250101


def compile_days(
    path: Path, *, days: float, share: Fraction = Fraction(1), settings: Sequence[str] = ()
) -> Program:
    """Compile a model for so many days without warm-up, reporting weekly."""
    window = Window(
        starts=date(2025, 1, 1),
        warm_up_seconds=0,
        horizon_seconds=round(days * SECONDS_A_DAY),
        period_seconds=SECONDS_A_WEEK,
        population_share=share,
    )
    return compile_model(load_model(path, settings=tuple(settings)), window=window)


def compile_workload(*, days: float = YEAR_DAYS, settings: Sequence[str] = ()) -> Program:
    """Compile workload W."""
    return compile_days(WORKLOAD, days=days, settings=settings)


def run_ours(
    program: Program, *, engine: Engine = "people", replication: int = 0, keeps_log: bool = False
) -> Run:
    """Run one replication with one of our engines."""
    return run(program, engine=engine, seed=SEED, replication=replication, keeps_log=keeps_log)


def starts_in(run: Run) -> int:
    """Count the service starts of a run."""
    return int(run.activities.values[:, records.STARTS].sum())
