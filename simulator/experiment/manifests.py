"""What the folders that are about to be written say of themselves: an experiment's name, a manifest begun."""

from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.experiment.folder import EXPERIMENT, MANIFEST
from simulator.experiment.provenance import RUN, Manifest, now, read_manifest, versions
from simulator.experiment.sources import layout_number


def begun(experiment: Experiment, *, design: str, replications: int, kind: str = RUN) -> Manifest:
    """Begin the manifest of an experiment's results: one point, no draws, no fingerprints or notes as yet."""
    return Manifest(
        kind=kind,
        format=layout_number(),
        design=design,
        experiment=name_of(experiment),
        title=experiment.title or name_of(experiment),
        engine=experiment.engine,
        seed=experiment.seed,
        replications=replications,
        population_share=float(experiment.population_share),
        fingerprints={},
        versions=versions(),
        notes=(),
        began=now(),
        ended=None,
    )


def name_of(experiment: Experiment) -> str:
    """Name an experiment by its file; the one in a results folder is named as the results are."""
    file = Path(experiment.origin.file)
    beside = file.with_name(MANIFEST)
    if file.name == EXPERIMENT and beside.is_file():
        return read_manifest(beside.read_text("utf-8"), where=str(beside)).experiment
    return file.stem
