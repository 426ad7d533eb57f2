"""The results folder of a calibration: what it says of itself, and how it is finished or left unfinished."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from simulator.analysis.calibration.plan import CalibrationPlan
from simulator.analysis.table_files import SUMMARY, TABLES
from simulator.definition.experiment import Experiment
from simulator.definition.loading import dump, dump_model
from simulator.experiment.files import write_whole
from simulator.experiment.folder import EXPERIMENT, MANIFEST, MODEL
from simulator.experiment.lock import alone_in
from simulator.experiment.manifests import begun
from simulator.experiment.parts import PARTS
from simulator.experiment.provenance import CALIBRATION, Manifest, hash_of, manifest_text, now
from simulator.experiment.sources import source_hash

CALIBRATED = "calibrated.toml"
TARGETS = "targets.csv"
REPORT = "report.html"
OUTCOME = (TABLES, CALIBRATED, SUMMARY, REPORT)
CONFIRM = "confirm"
BEFORE = ".{}.before"


def manifest_of_plan(plan: CalibrationPlan) -> Manifest:
    """Begin the manifest of a calibration; how it is confirmed is outside its design."""
    experiment = plan.experiment
    said = {
        "code": source_hash(with_definition=True, with_analysis=True),
        "experiment": _without_confirm(experiment.origin.resolved),
        "model": dump_model(plan.model),
        "figures": plan.figures.tolist(),
    }
    return begun(experiment, kind=CALIBRATION, design=hash_of(said), replications=0)


def _without_confirm(resolved: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out how a calibration is confirmed: it may come, or change, afterwards."""
    said = resolved["calibrate"]
    assert isinstance(said, Mapping)
    return {**resolved, "calibrate": {word: one for word, one in said.items() if word != CONFIRM}}


def texts_of_plan(plan: CalibrationPlan) -> Mapping[str, str]:
    """Write the resolved files beside each other, so that they run by themselves."""
    experiment = plan.experiment
    calibrate = experiment.calibrate
    assert calibrate is not None, "calibration_plan has refused it"
    figures = (experiment.origin.folder / calibrate.targets).read_text(encoding="utf-8-sig")
    said = experiment.origin.resolved["calibrate"]
    assert isinstance(said, Mapping)
    resolved = {**experiment.origin.resolved, "model": MODEL, "calibrate": {**said, "targets": TARGETS}}
    return {
        TARGETS: figures,
        EXPERIMENT: dump(resolved, tuple(Experiment.model_fields)),
        MODEL: dump_model(plan.model),
    }


@contextmanager
def finished_or_not_there(folder: Path, manifest: Manifest, *, replications: int) -> Iterator[None]:
    """Let the outcome of a calibration be written into its folder, all of it or nothing, by one at a time.

    If anything goes wrong there is again what was there before, and no more; the runs stay. Else the manifest
    says at last that the calibration has ended, confirmed by so many ``replications``. Of a process killed
    here the manifest says that it has not ended.
    """
    with alone_in(folder / PARTS, asked=folder):
        write_whole(folder / MANIFEST, manifest_text(replace(manifest, ended=None)).encode())
        try:
            _put_aside(folder)
            yield
            ended = replace(manifest, replications=replications, ended=now())
            write_whole(folder / MANIFEST, manifest_text(ended).encode())
        except BaseException:
            _put_back(folder)
            write_whole(folder / MANIFEST, manifest_text(manifest).encode())
            raise
        for name in OUTCOME:
            _take_away(folder / BEFORE.format(name))


def _put_aside(folder: Path) -> None:
    """Give the outcome that is there other names, which takes no room on the disk."""
    for name in OUTCOME:
        if (folder / name).exists():
            _take_away(folder / BEFORE.format(name))
            (folder / name).rename(folder / BEFORE.format(name))


def _put_back(folder: Path) -> None:
    """Take away what was written of an outcome, and give the one before its names again."""
    for name in OUTCOME:
        _take_away(folder / name)
        if (folder / BEFORE.format(name)).exists():
            (folder / BEFORE.format(name)).rename(folder / name)


def _take_away(path: Path) -> None:
    """Take away a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
