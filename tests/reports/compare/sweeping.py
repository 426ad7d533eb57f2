"""Small sweeps of the ward to be compared: samples, screenings, indices, grids, draws."""

from pathlib import Path

import pyarrow.parquet as parquet
from experiment.sweep.conftest import written_sweep

from simulator.analysis.folders import Together
from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.definition.experiments import load_experiment
from simulator.experiment.run import run_experiment
from simulator.reports.blocks import Block, Chart, Section
from simulator.reports.compare.page import page_of

ASKED = """
[measures.wait]
of = "activity.ward.queue_time_mean_days"
title = "Wait for a bed"
primary = true
[measures.spent]
of = "organisation.city.resources_per_year"
title = "Spent by the hospital"
primary = true
"""
VARIED = '[vary]\n"needs.*" = "uncertain"\n"resources.beds.capacity" = {{ from = 8, to = {most} }}\n'
UPTAKE = '"interventions.plans.uptake" = { from = 0.2, to = 1 }\n'
SCENARIO = '[scenarios.plans]\non = ["plans"]\n'
SAMPLE = '[design]\nkind = "latin_hypercube"\nruns = 24\n'
MORRIS = '[design]\nkind = "morris"\ntrajectories = 4\n'
INDICES = '[design]\nkind = "sobol"\nruns = 4\nindices = true\n'
BEDS = f'{ASKED}[vary]\n"resources.beds.capacity" = {{ values = [8, 11, 14] }}\n[design]\nkind = "grid"\n'


def varied(design: str, *, most: int = 14, uptake: bool = False) -> str:
    """Write what a sweep varies: the rate, beds from 8, and the uptake of plans where asked for."""
    return ASKED + VARIED.format(most=most) + (UPTAKE if uptake else "") + design


def swept(folder: Path, more: str, *settings: str, workers: int = 2, alone: bool = False) -> Path:
    """Run a sweep of the ward into a folder, and write its tables; of the baseline ``alone`` if asked for."""
    sources = folder.with_name(f"{folder.name}_files")
    sources.mkdir(parents=True)
    written = written_sweep(sources, more)
    if alone:
        written.write_text(written.read_text("utf-8").replace(SCENARIO, ""), "utf-8")
    experiment = load_experiment(written, settings=settings)
    write_sweep_tables(sweep_as_asked(experiment, out=folder, workers=workers))
    return folder


def ran(folder: Path, more: str, *settings: str) -> Path:
    """Run the ward into a folder, without points."""
    sources = folder.with_name(f"{folder.name}_files")
    sources.mkdir(parents=True)
    run_experiment(load_experiment(written_sweep(sources, more), settings=settings), out=folder, workers=2)
    return folder


def table_of(folder: Path, name: str) -> list[dict[str, object]]:
    """Read a table of a results folder, a row a dictionary."""
    rows: list[dict[str, object]] = parquet.read_table(folder / "tables" / f"{name}.parquet").to_pylist()
    return rows


def section_of(found: Together, id: str) -> Section:
    """Give a section of the page."""
    return next(one for one in page_of(found).sections if one.id == id)


def charts_in(blocks: tuple[Block, ...]) -> list[Chart]:
    """List the charts among blocks."""
    return [one for one in blocks if isinstance(one, Chart)]
