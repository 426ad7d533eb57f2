"""What a calibration asks of its model, its experiment and its file of months."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase

from simulator.definition.calibration import Calibrate
from simulator.definition.experiment import STOCKS, Experiment, starts_of
from simulator.definition.faults import Path, Wrong
from simulator.definition.model import Model
from simulator.definition.targets_file import MonthlyFigures, after, read_targets
from simulator.definition.uncertain import Uncertain, uncertain_parameters
from simulator.definition.variations import Complaint
from simulator.definition.words import nearest
from simulator.units import SECONDS_A_DAY, shown

LEAST_FITTED = 3
LONGEST_PERIOD_DAYS = 28


def complaints_of_calibration(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    """List what is wrong with the calibration of an experiment whose model is right."""
    calibrate = experiment.__dict__.get("calibrate")
    if calibrate is None or not calibrate.__dict__.keys() >= Calibrate.model_fields.keys():
        return
    yield from _of_experiment(experiment)
    yield from _of_parameters(calibrate, model)
    try:
        figures = read_targets(experiment.origin.folder, calibrate.targets)
    except Wrong as complaint:
        yield from ((("calibrate", "targets"), said) for _, said in complaint.faults)
        return
    yield from _of_columns(experiment, model, figures=figures)


def moved_together(patterns: Iterable[str], known: Mapping[str, Uncertain]) -> tuple[str, ...]:
    """Name the uncertain values that paths or patterns mean."""
    return tuple(name for name in known if any(_fits(name, pattern) for pattern in patterns))


def months_inside(experiment: Experiment, model: Model, *, figures: MonthlyFigures) -> list[int]:
    """Give the places of the months that lie wholly in the window after warm-up."""
    first = starts_of(experiment, model.starts)
    last = first + timedelta(days=float(experiment.horizon.value) / SECONDS_A_DAY)
    return [place for place, one in enumerate(figures.months) if first <= one and after(one) <= last]


def days_of(month: date) -> int:
    """Count the days of a month."""
    return (after(month) - month).days


def _fits(name: str, pattern: str) -> bool:
    return name == pattern or ("*" in pattern and fnmatchcase(name, pattern))


def _of_experiment(experiment: Experiment) -> Iterator[Complaint]:
    if experiment.__dict__.get("engine") != STOCKS:
        yield ("engine",), 'a calibration runs as stocks; write engine = "stocks" (--confirm runs people).'
    period = experiment.__dict__.get("report_every")
    if period is not None and period.value > LONGEST_PERIOD_DAYS * SECONDS_A_DAY:
        yield ("report_every",), 'is longer than a month\'s 28 days; months are made of it: write "1 week".'
    for word in ("vary", "design", "seek"):
        if experiment.__dict__.get(word):
            yield (word,), "a calibration makes its own runs; take this out, or [calibrate]."


def _of_parameters(calibrate: Calibrate, model: Model) -> Iterator[Complaint]:
    known = uncertain_parameters(model.origin.resolved)
    taken: dict[str, str] = {}
    said = [(place, pattern) for place, group in enumerate(calibrate.parameters) for pattern in group]
    for place, pattern in said:
        way: Path = ("calibrate", "parameters", place)
        names = moved_together([pattern], known)
        if not names:
            yield way, f"{shown(pattern)} is no value with a low and a high.{nearest(pattern, known)}"
        for name in names:
            if name in taken:
                yield way, f"{name} is meant by {shown(taken[name])} too; keep one."
            taken.setdefault(name, pattern)
            if known[name].bounds.is_whole:
                yield way, f"{name} is a whole number; only what may take any value can be fitted."


def _of_columns(experiment: Experiment, model: Model, *, figures: MonthlyFigures) -> Iterator[Complaint]:
    calibrate = experiment.calibrate
    assert calibrate is not None
    inside = months_inside(experiment, model, figures=figures)
    if len(inside) <= calibrate.hold_back:
        yield (
            ("calibrate", "hold_back"),
            f"{calibrate.hold_back} months are held back of {len(inside)} in the file that the run covers; "
            "none is left to fit. Begin earlier, run longer or hold back fewer.",
        )
        return
    fitted = inside[: -calibrate.hold_back]
    for name in calibrate.columns:
        way: Path = ("calibrate", "columns", name)
        if name not in figures.columns:
            yield way, f"the file has no column {shown(name)}.{nearest(name, figures.columns)}"
            continue
        there = [one for place in fitted if (one := figures.columns[name][place]) is not None]
        if len(there) < LEAST_FITTED:
            yield way, f"has {len(there)} figures in the months to be fitted; {LEAST_FITTED} are the fewest."
        elif not any(there):
            yield way, "is nought in every month that is to be fitted; an error could not be told as a share."
