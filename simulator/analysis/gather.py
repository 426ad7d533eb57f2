"""Read all replications once, in order, and keep what the comparison is made of."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.books import Books
from simulator.analysis.books_read import keeps_books, read_books
from simulator.analysis.count_measures import daily_counts
from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.gathered_draws import Draws
from simulator.analysis.measures import series, value
from simulator.analysis.net_measures import fill_after_refill
from simulator.analysis.reading import Reading, frame
from simulator.analysis.running import Running
from simulator.analysis.settled import contract_in_force, settle_all
from simulator.analysis.went_elsewhere import moved_in
from simulator.analysis.workforce_read import keeps_staff, read_staff
from simulator.analysis.yearly import month_ends
from simulator.compiler.first_difference import first_difference
from simulator.compiler.program import Program
from simulator.experiment.measure_names import MeasureName
from simulator.experiment.pairing import Pairing
from simulator.experiment.parts import Piece
from simulator.experiment.results import Results

Floats = NDArray[np.float64]


def gather(results: Results, names: Mapping[str, MeasureName]) -> Gathering:
    """Read every replication and take from it every measure named, draw by draw where there are draws."""
    if results.plan is None:
        return _of_one(results, names)
    draws = Draws(results)
    for one in results.by_draw():
        draws.add(_of_one(one, names), one)
    return draws.together()


def _of_one(results: Results, names: Mapping[str, MeasureName]) -> Gathering:
    """Read the replications of one draw, or of the central values.

    Money under contracts is read when all are there: what fills again is judged on their mean.
    """
    programs = results.programs
    baseline = programs[results.scenarios[0]]
    found = {name: Gathered(frame(one), since=_since(baseline, one)) for name, one in programs.items()}
    by_period: tuple[str, ...] = ()
    for piece in results.pieces():
        by_period = _take(piece, found, names=names, results=results)
    gathering = Gathering(scenarios=found, by_period=by_period)
    fill_after_refill(gathering, results, names=names)
    return gathering


def _since(baseline: Program, program: Program) -> float:
    """Give the second of the window from which a world may differ from the baseline; 0 if from before it."""
    if program is baseline:
        return 0.0
    return float(max(0, first_difference(baseline, program) - program.calendar.warm_up_seconds))


def _take(
    piece: Piece, found: Mapping[str, Gathered], *, names: Mapping[str, MeasureName], results: Results
) -> tuple[str, ...]:
    """Take in one replication of all scenarios; name the measures that are kept by period."""
    baseline: dict[str, Floats] = {}
    plan: Books | None = None
    usual: Reading | None = None
    keeps, staffed = keeps_books(results.model), any(map(keeps_staff, results.models.values()))
    for scenario, observation in piece.observations.items():
        gathered = found[scenario]
        reading = Reading(observation, gathered.frame)
        if keeps:
            reading, plan = _booked(gathered, reading, usual=usual, plan=plan, results=results)
        if staffed:
            model = results.models[scenario]
            gathered.staff.append(read_staff(reading, model=model, usual=usual, since=gathered.since))
        usual = usual or reading
        if observation.collaboration_path is not None and observation.member_loss is not None:
            gathered.paths.append(observation.collaboration_path)
            gathered.losses.append(observation.member_loss)
        for shown, name in names.items():
            gathered.values.setdefault(shown, []).append(value(reading, name))
        rows = {shown: one for shown, name in names.items() if (one := series(reading, name)) is not None}
        baseline = baseline or rows
        _take_series(gathered, rows, baseline=baseline)
        _take_rest(gathered, reading, pairing=piece.pairings.get(scenario))
    return tuple(baseline)


def _booked(
    gathered: Gathered, reading: Reading, *, usual: Reading | None, plan: Books | None, results: Results
) -> tuple[Reading, Books]:
    """Keep the books of one world, and settle every contract in it against the baseline's, the first."""
    model = results.models[reading.observation.scenario]
    share = float(results.experiment.population_share)
    ends = month_ends(reading.frame.window_starts, reading.window_seconds)
    read = partial(read_books, reading, model=model, share=share, usual=usual, since=gathered.since)
    books = read()
    gathered.books.append(books)
    gathered.months.append(read(ends=ends))
    plan = plan or books
    reading = replace(reading, books=books, plan=plan)
    if not results.model.contracts:
        return reading, plan
    settled = settle_all(
        books, plan=plan, model=model, in_force=contract_in_force(results, reading.observation.scenario)
    )
    gathered.settled.append(settled)
    return replace(reading, settled=settled), plan


def _take_series(gathered: Gathered, rows: Mapping[str, Floats], *, baseline: Mapping[str, Floats]) -> None:
    """Take in the series of one run, its differences from the baseline's, and its first and last thirds."""
    table = np.array(list(rows.values()))
    if gathered.series is None or gathered.differences is None:
        gathered.series, gathered.differences = Running(table.shape), Running(table.shape)
    gathered.series.add(table)
    gathered.differences.add(table - np.array(list(baseline.values())))
    third = max(1, table.shape[1] // 3)
    gathered.thirds.append((table[:, :third].mean(axis=1), table[:, -third:].mean(axis=1)))


def _take_rest(gathered: Gathered, reading: Reading, *, pairing: Pairing | None) -> None:
    """Take in hours of the week, daily counts, named instants and the pairing of one run."""
    seen = reading.observation
    if gathered.hours is None:
        gathered.hours = Running(seen.hour_sums.shape)
    hours = np.where(seen.hour_counts > 0, seen.hour_counts, np.nan)
    gathered.hours.add(seen.hour_sums / hours[None, :, None])
    for count in reading.frame.program.names.counts:
        gathered.counts.setdefault(count, []).append(daily_counts(reading, count))
    gathered.instants.append(seen.instants)
    gathered.moved.append(moved_in(reading))
    if pairing is not None:
        gathered.pairings.append(pairing)
