"""Designs over stocks read together: which outcomes mean the same in all of them, and what else differs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from simulator.analysis.folders.naming import check_names, names_of_folders
from simulator.analysis.folders.ranges import Range, Span
from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.analysis.stock_sweep.loading import load_stock_sweep
from simulator.equations.tokens import canonical
from simulator.errors import OutputError
from simulator.experiment.folder import finished_manifest
from simulator.experiment.provenance import STOCK_SWEEP
from simulator.experiment.stock_sweep.plan import Kept, unit_of
from simulator.units import Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class StockStand:
    """A folder of a design over stocks: what it is called here, and what it holds.

    ``places`` has by what an outcome is (``waiting.at_end``) its place among those kept.
    """

    name: str
    found: StockSweep
    places: Mapping[str, int]

    def kept(self, text: str) -> Kept:
        """Give an outcome by what it is."""
        return self.found.plan.kept[self.places[text]]

    def path_of(self, key: str) -> str | None:
        """Give how the folder writes a name that it varies; ``None`` where it does not."""
        return next((path for path in self.found.plan.paths if canonical(path) == key), None)

    @property
    def ranges(self) -> Mapping[str, Range]:
        """Say by name over what each value goes: between the ends asked for, or those of its points."""
        return {canonical(path): self._range(path) for path in self.found.plan.paths}

    def _range(self, path: str) -> Range:
        said = self.found.plan.design.vary.get(path)
        if said is not None and said.low is not None and said.high is not None:
            return Span(low=said.low, high=said.high, dimension=Dimension.NUMBER)
        numbers = [Fraction(str(point[path])) for point in self.found.plan.points]
        return Span(low=min(numbers), high=max(numbers), dimension=Dimension.NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class StocksTogether:
    """Designs over stocks side by side.

    ``outcomes`` are what means the same in all: the same of a variable of the same name, in the same unit.
    ``left_out`` says of the others why they are not compared; ``notes`` in what else the folders differ.
    """

    stands: tuple[StockStand, ...]
    outcomes: tuple[str, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...]


def are_designs_over_stocks(folders: Sequence[Path]) -> bool:
    """Say whether all folders hold designs over stocks; raise ``OutputError`` where some do and some not.

    Where one of them is no folder of results, whoever reads it says what is wrong with it.
    """
    of_stocks = [folder for folder in folders if _holds_stocks(folder)]
    if not of_stocks:
        return False
    others = [folder for folder in folders if folder not in of_stocks]
    if not others:
        return True
    for folder in others:
        finished_manifest(folder)
    raise OutputError(
        f"{of_stocks[0]}: holds a {STOCK_SWEEP} alone, and {others[0]} does not. What equations come to and "
        "what is measured of a place cannot stand beside each other: a design has one scenario and no "
        "baseline. Name designs over stocks together, and runs and sweeps together."
    )


def read_stocks_together(folders: Sequence[Path]) -> StocksTogether:
    """Read finished designs over stocks. Raises as ``read_together``."""
    check_names(folders)
    names = names_of_folders(folders)
    return stocks_together(
        [(name, load_stock_sweep(folder)) for name, folder in zip(names, folders, strict=True)]
    )


def stocks_together(found: Sequence[tuple[str, StockSweep]]) -> StocksTogether:
    """Set designs side by side."""
    stands = tuple(
        StockStand(
            name=name,
            found=one,
            places={_outcome(kept): place for place, kept in reversed(list(enumerate(one.plan.kept)))},
        )
        for name, one in found
    )
    every = dict.fromkeys(_outcome(kept) for one in stands for kept in one.found.plan.kept)
    reasons = {text: _why_not(text, stands) for text in every}
    return StocksTogether(
        stands=stands,
        outcomes=tuple(text for text, why in reasons.items() if not why),
        left_out={text: why for text, why in reasons.items() if why},
        notes=tuple(_differences(stands)),
    )


def _holds_stocks(folder: Path) -> bool:
    try:
        return finished_manifest(folder).kind == STOCK_SWEEP
    except OutputError:
        return False


def _outcome(kept: Kept) -> str:
    return f"{canonical(kept.column)}.{kept.what}"


def _why_not(text: str, stands: Sequence[StockStand]) -> str:
    """Say why an outcome is not compared; nothing where it means the same in all folders."""
    if any(text not in one.places for one in stands):
        return "not in all folders"
    units = [one.kept(text).unit for one in stands]
    if len(set(units)) > 1:
        said = "; ".join(f"{one.name}: {unit or 'none'}" for one, unit in zip(stands, units, strict=True))
        return f"not in the same unit ({said})"
    return ""


def _differences(stands: Sequence[StockStand]) -> Iterator[str]:
    """Say in what folders differ besides what they vary."""
    for word, values in _facts(stands):
        if len(set(values)) > 1:
            pairs = "; ".join(f"{one.name}: {value}" for one, value in zip(stands, values, strict=True))
            yield f"Not the same {word}: {pairs}."
    if len({_equations(one) for one in stands}) > 1:
        yield (
            "The equations, or values that are not varied, are not the same in all folders: what lies apart "
            "may come of that alone."
        )


def _facts(stands: Sequence[StockStand]) -> tuple[tuple[str, list[str]], ...]:
    plans = [one.found.plan for one in stands]
    timings = [one.file.system.timing for one in plans]
    return (
        ("model", [one.file.system.title or "without a title" for one in plans]),
        ("time", [f"{one.start:g} to {one.said(one.stop)}" for one in timings]),
        ("step", [f"{one.said(one.step)}, {one.method}" for one in timings]),
        ("settings", [" ".join(f"--set {said}" for said in one.found.settings) or "none" for one in stands]),
        ("design", [one.design.design.kind for one in plans]),
        ("number of points", [f"{len(one.points):,}" for one in plans]),
    )


def _equations(stand: StockStand) -> str:
    """Give what tells one set of equations from another: each variable with its formulas."""
    system = stand.found.plan.file.system
    said = {
        key: repr((one.role, one.formulas, unit_of(system, key))) for key, one in system.variables.items()
    }
    return repr(sorted(said.items()))
