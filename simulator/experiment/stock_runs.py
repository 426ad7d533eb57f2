"""One run of a file's stocks and flows: its table, what half the step would change, the file's checks."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from simulator.definition.model import Model
from simulator.definition.slow_dynamics import Check
from simulator.definition.systems import expectation, reads_measures
from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.equations.system import Role, System
from simulator.equations.tree import names_in
from simulator.errors import DefinitionError, RunFailed
from simulator.experiment.check_references import settings_of_check
from simulator.experiment.stock_files import StockFile, read_stocks

MOST_STEPS_HALVED = 2_000_000
TOO_MUCH = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Halved:
    """What half the step changes most: a stock, by which share of the largest it ever holds, and when."""

    stock: str
    share: float
    time: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        where = f"({self.stock}, at {self.time})"
        said = f"Half the step changes the stocks by at most {self.share:.2g} of their largest {where}"
        return f"{said}; that is much: take a shorter step." if self.share > TOO_MUCH else f"{said}."


def run_file(file: StockFile) -> StockRuns:
    """Run the stocks and flows of a file."""
    return run_stocks(file.system, given=file.given)


def table_text(runs: StockRuns) -> str:
    """Write a run as CSV: the time, then each variable under the name that the file gives it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["time", *runs.names])
    for time, row in zip(runs.times.tolist(), runs.values[:, :, 0].tolist(), strict=True):
        writer.writerow([number_text(time), *(number_text(one) for one in row)])
    return written.getvalue()


def halved(file: StockFile, runs: StockRuns) -> Halved | None:
    """Run with half the step and compare the stocks; nothing where there are none, or it takes long."""
    timing = file.system.timing
    stocks = [one.key for one in file.system.shown if one.role is Role.STOCK]
    if not stocks or timing.steps * 2 > MOST_STEPS_HALVED:
        return None
    again = run_stocks(with_half_the_step(file.system), given=file.given, keep=stocks)
    columns = [runs.names.index(name) for name in again.names]
    coarse, fine = runs.values[:, columns, 0], again.values[: len(runs.times), :, 0]
    scale = np.maximum(np.abs(coarse).max(axis=0), np.abs(fine).max(axis=0))
    apart = np.abs(coarse - fine) / np.where(scale > 0, scale, 1.0)
    at, column = (int(one) for one in np.unravel_index(int(np.argmax(apart)), apart.shape))
    when = timing.said(float(runs.times[at]))
    return Halved(stock=again.names[column], share=float(apart[at, column]), time=when)


def with_half_the_step(system: System) -> System:
    """Give a system that takes half the step and saves the same times."""
    timing = system.timing
    every = timing.steps_a_save * timing.step
    return replace(system, timing=replace(timing, step=timing.step / 2, save_every=every))


def plain_names(check: Check, system: System) -> list[str]:
    """List what a check speaks of that is one number."""
    known = [system.variables.get(one) for one in (names_in(check.expect.tree) if check.expect.tree else ())]
    return [one.name for one in known if one is not None and not one.over]


def expectation_text(model: Model, name: str) -> str:
    """Give what a check expects as the file writes it."""
    tables = model.origin.resolved.get("checks")
    table = tables.get(name) if isinstance(tables, Mapping) else None
    return str(table.get("expect")) if isinstance(table, Mapping) else ""


def broken_checks(file: StockFile, *, settings: Iterable[str] = ()) -> Iterable[str]:
    """Run every check of a model, and say of each that does not hold when it first did not."""
    if file.model is None:
        return
    for name, check in file.model.checks.items():
        if reads_measures(check):
            continue
        holds = expectation(name, check)
        try:
            changed = read_stocks(Path(file.file), [*settings, *settings_of_check(check)])
            seen = plain_names(check, changed.system)
            system = changed.system.with_variables(holds)
            runs = run_stocks(system, given=changed.given, keep=[holds.key, *seen])
        except (DefinitionError, RunFailed) as found:
            yield f"checks.{name}: {found}"
            continue
        failing = np.flatnonzero(runs.column(holds.name)[:, 0] == 0)
        if len(failing):
            at = int(failing[0])
            when = file.system.timing.said(float(runs.times[at]))
            said = ", ".join(f"{one} is {runs.column(one)[at, 0]:.6g}" for one in seen)
            expected = expectation_text(file.model, name)
            moment = f"{when}: {said}" if said else when
            yield f"checks.{name}: does not hold, first at {moment}; expected {expected}."


def number_text(number: float) -> str:
    """Write a number so that it reads back the same; whole ones without a point."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
