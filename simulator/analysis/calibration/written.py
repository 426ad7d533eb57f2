"""What a calibration leaves: settings to include in a model, tables by month and measure, a summary."""

import json
from collections.abc import Iterator, Mapping

import numpy as np
import tomli_w

from simulator.analysis.calibration.asked import Calibrated
from simulator.analysis.calibration.errors import Off
from simulator.analysis.calibration.folder import CALIBRATED
from simulator.analysis.intervals import known
from simulator.analysis.measures import unit
from simulator.analysis.table import (
    DAY,
    REAL,
    TEXT,
    WHOLE,
    Column,
    Table,
    Values,
    table_of,
)
from simulator.analysis.table_files import SUMMARY, write_table_files
from simulator.definition.positions import dotted
from simulator.experiment.files import write_whole
from simulator.experiment.manifests import name_of

SCORE_OF_END = 1.2815515655446004
ROUND = 4
FITTED, HELD_BACK = "fitted", "held back"

MONTHS = (
    Column(name="month", kind=DAY, says="The first day of the month."),
    Column(name="column", kind=TEXT, says="The column of the file of figures."),
    Column(name="part", kind=TEXT, says="fitted, or held back."),
    Column(name="figure", kind=REAL, says="The figure, as this place's, in the measure's unit."),
    Column(name="before", kind=REAL, says="The model with its central values."),
    Column(name="after", kind=REAL, says="The model with the fitted values."),
    Column(name="people", kind=REAL, says="The same by the people engine, where it was asked for."),
    Column(name="unit", kind=TEXT, says="The unit."),
)
ERRORS = (
    Column(name="column", kind=TEXT, says="The column of the file of figures."),
    Column(name="part", kind=TEXT, says="fitted, or held back."),
    Column(name="model", kind=TEXT, says="before, after, or people."),
    Column(name="error", kind=REAL, says="Mean of |model − figure| ÷ figure."),
    Column(name="bias", kind=REAL, says="Mean of (model − figure) ÷ figure."),
    Column(name="months", kind=WHOLE, says="Months with a figure."),
)


def write_calibration(found: Calibrated) -> None:
    """Write settings, tables and summary into the calibration's folder; raise ``OutputError`` if it cannot.

    Each file is replaced whole, the summary last.
    """
    tables = [months_table(found), errors_table(found)]
    write_table_files(found.folder, tables, experiment=found.manifest.experiment)
    write_whole(found.folder / CALIBRATED, calibrated_text(found).encode())
    write_whole(found.folder / SUMMARY, summary_text(found).encode())


def months_table(found: Calibrated) -> Table:
    """Make the table of every column by month."""
    shape = found.plan.figures.shape
    column, month = (axis.ravel().tolist() for axis in np.indices(shape))
    people = np.full(shape, np.nan) if found.people is None else found.people
    values: dict[str, Values] = {
        "month": [found.months[place] for place in month],
        "column": [found.plan.columns[place] for place in column],
        "part": [FITTED if place < found.plan.fitted_months else HELD_BACK for place in month],
        "figure": found.plan.figures.ravel(),
        "before": found.before.ravel(),
        "after": found.after.ravel(),
        "people": people.ravel(),
        "unit": [unit_of(found, place) for place in column],
    }
    said = "Figures and model by month."
    return table_of("months", said, columns=MONTHS, values=values)


def errors_table(found: Calibrated) -> Table:
    """Make the table of how far off the model is."""
    rows = list(errors_of(found))
    values: dict[str, Values] = {
        "column": [row[0] for row in rows],
        "part": [row[1] for row in rows],
        "model": [row[2] for row in rows],
        "error": np.array([row[3].mape for row in rows], np.float64),
        "bias": np.array([row[3].bias for row in rows], np.float64),
        "months": [row[3].months for row in rows],
    }
    said = "How far the model is off each column, in months that were fitted and months held back."
    return table_of("errors", said, columns=ERRORS, values=values)


def errors_of(found: Calibrated) -> Iterator[tuple[str, str, str, Off]]:
    """Give every error: column, part, model."""
    models = {"before": found.before, "after": found.after}
    if found.people is not None:
        models["people"] = found.people
    for place, column in enumerate(found.plan.columns):
        for part in (FITTED, HELD_BACK):
            for name, values in models.items():
                yield column, part, name, found.off(values, place, held_back=part == HELD_BACK)


def calibrated_text(found: Calibrated) -> str:
    """Write the file that a model may include: ``[calibration]``, with the settings that it makes."""
    held_back = {}
    for place, column in enumerate(found.plan.columns):
        apart, fitted = (found.off(found.after, place, held_back=part) for part in (True, False))
        if apart.months:
            held_back[column] = {
                "measure": " + ".join(name.text for name in found.plan.fitting.columns[place]),
                "error": round(apart.mape, ROUND),
                "bias": round(apart.bias, ROUND),
                "months": apart.months,
                "fitted": round(fitted.mape, ROUND),
            }
    first, last, apart_from = found.months[0], found.months[-1], found.months[found.plan.fitted_months]
    said = {
        "calibration": {
            "of": found.plan.experiment.title or name_of(found.plan.experiment),
            "engine": found.plan.experiment.engine,
            "months": f"{first:%Y-%m} to {last:%Y-%m}; from {apart_from:%Y-%m} on held back",
            "held_back": held_back,
            "set": dict(settings_of_fit(found)),
        }
    }
    head = "# Written by downstream calibrate. A model that includes this file has the fitted values.\n\n"
    return head + tomli_w.dumps(said, multiline_strings=False)


def settings_of_fit(found: Calibrated) -> Iterator[tuple[str, object]]:
    """Give the settings that put the fitted values, each with its 80% interval after the figures.

    Shares that made room for a fitted one are set with it.
    """
    fitting, fit = found.plan.fitting, found.fit
    centre = fitting.values_at(fit.z)
    low, high = (fitting.values_at(fit.z + sign * SCORE_OF_END * fit.sd) for sign in (-1, 1))
    for name, parameter in fitting.known.items():
        way = dotted(parameter.way)
        yield f"{way}.value", centre[name]
        yield f"{way}.low", low[name]
        yield f"{way}.high", high[name]
    yield from _beside(found)


def unit_of(found: Calibrated, column: int) -> str:
    """Give the unit of a column."""
    return unit(found.plan.fitting.columns[column][0])


def summary_text(found: Calibrated) -> str:
    """Write the summary as JSON."""
    fit, fitting = found.fit, found.plan.fitting
    names = fitting.said
    errors: dict[str, dict[str, dict[str, object]]] = {}
    for column, part, model, one in errors_of(found):
        shown = {"error": known(one.mape), "bias": known(one.bias), "months": one.months}
        errors.setdefault(column, {}).setdefault(part, {})[model] = shown
    said = {
        "experiment": name_of(found.plan.experiment),
        "engine": found.plan.experiment.engine,
        "seed": found.plan.experiment.seed,
        "months": [f"{one:%Y-%m}" for one in (found.months[0], found.months[-1])],
        "fitted_months": found.plan.fitted_months,
        "confirmed_replications": found.replications,
        "runs": fit.runs,
        "converged": fit.converged,
        "misfit": {"before": fit.cost_before, "after": fit.cost},
        "parameters": {
            name: {"score": float(fit.z[place]), "sd": float(fit.sd[place])}
            for place, name in enumerate(names)
        },
        "values": {name: str(value) for name, value in fitting.values_at(fit.z).items()},
        "eigenvalues": [float(one) for one in fit.eigenvalues],
        "not_informed": [names[place] for place in fit.uninformed],
        "told_only_together": [[names[place] for place in one] for one in fit.together],
        "errors": errors,
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _beside(found: Calibrated) -> Iterator[tuple[str, object]]:
    """Give what else the fit changed: shares beside fitted ones, which make room."""
    before = found.plan.model.origin.resolved
    after = found.plan.fitting.model_at(found.fit.z).origin.resolved
    fitted = {dotted(one.way) for one in found.plan.fitting.known.values()}
    for way, value in _leaves(after):
        path = dotted(way)
        if path.rpartition(".")[0] in fitted or _at(before, way) == value:
            continue
        yield path, value


def _leaves(raw: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    inner = raw.items() if isinstance(raw, Mapping) else enumerate(raw) if isinstance(raw, list) else None
    if inner is None:
        yield way, raw
        return
    for key, one in inner:
        yield from _leaves(one, (*way, key))


def _at(raw: object, way: tuple[str | int, ...]) -> object:
    for part in way:
        if isinstance(raw, Mapping) and part in raw:
            raw = raw[str(part)]
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
        else:
            return None
    return raw
