"""The table of a search, ``tables/tried``, and its summary."""

import json

import numpy as np

from simulator.analysis.measures import unit
from simulator.analysis.seek.asked import Sought
from simulator.analysis.table import (
    REAL,
    TEXT,
    WHOLE,
    Column,
    Table,
    Values,
    table_of,
)
from simulator.analysis.table_files import SUMMARY, write_table_files
from simulator.experiment.files import write_whole

COLUMNS = (
    Column(name="value", kind=WHOLE, says="The value that was tried."),
    Column(name="mean", kind=REAL, says="Mean of what is aimed at, in the unit beside it."),
    Column(
        name="low", kind=REAL, says="Lower end of the 95% interval of the mean over replications or draws."
    ),
    Column(name="high", kind=REAL, says="Upper end of it."),
    Column(name="unit", kind=TEXT, says="The unit of mean, low and high."),
    Column(name="n", kind=WHOLE, says="Draws, or replications, behind it."),
    Column(name="probability", kind=REAL, says="Probability that the target is met."),
    Column(name="meets", kind=TEXT, says="yes: with the probability that was asked for; or no."),
)


def write_seek_tables(found: Sought) -> None:
    """Write ``tables/`` and ``summary.json`` into a search's folder, the summary last."""
    write_table_files(found.folder, [tried_table(found)], experiment=found.manifest.experiment)
    write_whole(found.folder / SUMMARY, summary_text(found).encode())


def tried_table(found: Sought) -> Table:
    """Make the table of what was tried, in order of size."""
    rows = found.tried
    values: dict[str, Values] = {
        "value": [one.value for one in rows],
        "mean": np.array([one.mean for one in rows], np.float64),
        "low": [one.low for one in rows],
        "high": [one.high for one in rows],
        "unit": [unit(found.measure)] * len(rows),
        "n": [one.n for one in rows],
        "probability": [one.probability for one in rows],
        "meets": ["yes" if one.meets else "no" for one in rows],
    }
    said = "Every value that a search tried, and how surely it meets the target."
    return table_of("tried", said, columns=COLUMNS, values=values)


def summary_text(found: Sought) -> str:
    """Write the summary of a search as JSON."""
    seek = found.seek
    said = {
        "experiment": found.manifest.experiment,
        "engine": found.manifest.engine,
        "seed": found.manifest.seed,
        "vary": seek.vary,
        "scenario": found.scenario,
        "of": seek.of,
        "target": f"{found.measure.text} {seek.target.relation} {float(seek.target.limit):g}",
        "unit": unit(found.measure),
        "probability": float(seek.probability),
        "answer": found.answer,
        "tried": {
            str(one.value): {
                "mean": one.mean if one.mean == one.mean else None,
                "low": one.low,
                "high": one.high,
                "n": one.n,
                "probability": one.probability,
                "meets": one.meets,
            }
            for one in found.tried
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
