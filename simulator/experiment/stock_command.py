"""What ``downstream stocks`` does: run, write the table, and tell what should be known about the run."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from simulator.definition.stock_design import load_stock_design
from simulator.definition.systems import reads_measures
from simulator.engines.stocks.run import StockRuns, must_compile
from simulator.errors import DefinitionError, OutputError, RunFailed, SelfCheckFailed
from simulator.experiment.check_references import refuse_broken_checks
from simulator.experiment.files import write_whole
from simulator.experiment.how_long import how_long_alone
from simulator.experiment.stock_files import StockFile, check_step_of, read_stocks, stops_short
from simulator.experiment.stock_points import points_of, points_text, run_points
from simulator.experiment.stock_runs import broken_checks, halved, run_file, table_text
from simulator.experiment.stock_sweep.plan import StockPlan, plan_stock_sweep
from simulator.xmile.units import unit_notes
from simulator.xmile.writing import xmile_text

Tell = Callable[[str], None]
NOT_LOOKED_AT = (
    "what half the step would change, and whether its [checks] hold, is not looked at over points; a run of "
    "its own says both."
)
CHECKS_NOT_RUN = "whether its [checks] hold is not looked at over points; a run of its own says so."
COMPILING = "Compiling the equations for this machine, once: some seconds…"


def say_nothing(line: str) -> None:
    """Tell nobody."""


def run_stocks_command(
    path: Path, *, settings: Iterable[str], out: Path | None, halve: bool, tell: Tell
) -> str:
    """Run a file's stocks and flows; give the table where it is not written to a file.

    What is told goes beside the table: notes, the check by halving, checks of the file that do not hold.
    """
    file = read_stocks(path, settings)
    if file.model is not None:
        refuse_broken_checks(file.model)
    check_step_of(file)
    tell_compiling(file, tell)
    runs = run_file(file)
    text = table_text(runs)
    for note in _notes(file):
        tell(f"note: {path}: {note}")
    broken = list(broken_checks(file))
    for name, check in file.model.checks.items() if file.model is not None else ():
        if reads_measures(check):
            tell(
                f"note: {path}: checks.{name} reads what the people engine measures; it is not run here "
                "(downstream check --checks runs it)."
            )
    if out is not None:
        _write(out, text)
    if halve:
        _tell_halved(file, runs, tell=tell)
    if broken:
        raise SelfCheckFailed("\n".join(f"{path}: {one}" for one in broken))
    return text if out is None else ""


def run_points_command(
    path: Path, points: Path, *, settings: Iterable[str], keep: Iterable[str], out: Path | None, tell: Tell
) -> str:
    """Run a file's stocks and flows once for each row of a table of points, in one batch; give the table of
    all runs where it is not written to a file."""
    file = read_stocks(path, settings)
    if file.model is not None:
        refuse_broken_checks(file.model)
    columns = points_of(points, file)
    runs = len(next(iter(columns.values())))
    tell_compiling(file, tell, runs=runs, varied=columns)
    if said := how_long_alone(file.system, runs):
        tell(said)
    try:
        text = points_text(run_points(file, columns, keep=tuple(keep)))
    except RunFailed as found:
        raise RunFailed(f"{points}: {found} Runs are its rows, from 1.") from None
    for note in _notes(file):
        tell(f"note: {path}: {note}")
    tell(f"note: {path}: {NOT_LOOKED_AT}")
    if out is not None:
        _write(out, text)
    return text if out is None else ""


def planned_command(
    path: Path, design: Path, *, settings: Iterable[str], tell: Tell
) -> tuple[StockPlan, tuple[str, ...]]:
    """Read a file and a design over it; give the plan of its runs, and what should be known about them.

    Raises :class:`DefinitionError` with what is wrong with either.
    """
    asked = load_stock_design(design)
    file = read_stocks(path, settings)
    plan = plan_stock_sweep(file, asked)
    tell_compiling(file, tell, runs=len(plan.points), varied=plan.paths)
    if said := how_long_alone(file.system, len(plan.points)):
        tell(said)
    return plan, (*_notes(file), *([CHECKS_NOT_RUN] if file.model is not None and file.model.checks else []))


def _notes(file: StockFile) -> Iterator[str]:
    yield from file.system.notes
    if file.drawn is not None:
        yield from unit_notes(file.drawn)
    if short := stops_short(file.system.timing):
        yield short


def tell_compiling(file: StockFile, tell: Tell, *, runs: int = 1, varied: Iterable[str] = ()) -> None:
    """Tell beforehand that so many runs will compile the equations of a file, where they will."""
    if must_compile(file.system, (*file.given, *varied), runs=runs):
        tell(COMPILING)


def export_command(path: Path, *, settings: Iterable[str], out: Path) -> None:
    """Write a file's stocks and flows as XMILE."""
    from importlib.metadata import version

    file = read_stocks(path, settings)
    if file.given:
        raise DefinitionError(
            "--set: what is exported is the file; set fields of it, such as stocks.pool.initial=5."
        )
    _write(out, xmile_text(file.system, version=version("downstream-simulator")))


def _tell_halved(file: StockFile, runs: StockRuns, *, tell: Tell) -> None:
    try:
        found = halved(file, runs)
    except RunFailed as failed:
        tell(f"With half the step the run fails: {failed}")
        return
    if found is not None:
        tell(str(found))


def _write(out: Path, text: str) -> None:
    if out.is_dir():
        raise OutputError(f"{out}: is a folder; name a file for the table.")
    if not out.parent.is_dir():
        raise OutputError(f"{out}: there is no folder {out.parent}.")
    write_whole(out, text.encode("utf-8"))
