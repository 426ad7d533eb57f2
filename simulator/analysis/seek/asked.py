"""A search as its file asks for it: everything wrong with it is found first, and then values are tried.

Each value is a sweep of one point in a folder of its own, so a search that is broken off goes on where it
was, and what one value costs is known. Every value has the same people and the same chances.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.measures import least, most, unit
from simulator.analysis.seek.bisection import smallest
from simulator.analysis.seek.chances import NO_ENDS, Tried, tried
from simulator.analysis.sweep.asked import planned, sweep_as_asked
from simulator.definition.experiment import BASELINE, STOCKS, Experiment, UntilPrecise
from simulator.definition.experiments import experiment_of_tables
from simulator.definition.loading import dump, dump_model
from simulator.definition.model import Model
from simulator.definition.seek import DIFFERENCE, Seek
from simulator.definition.sought import scenario_of
from simulator.errors import DefinitionError
from simulator.experiment.cluster.where import Workers, standing
from simulator.experiment.files import write_whole
from simulator.experiment.folder import EXPERIMENT, MANIFEST, MODEL, default_folder, results_folder
from simulator.experiment.manifests import begun, name_of
from simulator.experiment.measure_names import CONTRACT_WHATS, MeasureName, read_name, vocabulary
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.provenance import SEEK, Manifest, hash_of, manifest_text, now
from simulator.experiment.scenarios import Scenarios, compile_scenarios
from simulator.experiment.sources import source_hash
from simulator.experiment.sweep.idle import idle_paths
from simulator.units import shown

Floats = NDArray[np.float64]

TRIED = "tried"
AIM = "what_is_aimed_at"
SHARE = "share"
OTHERS = ("seek", "calibrate", "select", "confirm")
WORDS = tuple(Experiment.model_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A finished search: what was tried, in order of size, and the smallest that meets the target, if any.

    ``relative``: the mean difference from the baseline of what is aimed at, as a share of the baseline's, by
    value; without those at which the baseline has none of it, and empty where the baseline is aimed at.
    """

    folder: Path
    manifest: Manifest
    experiment: Experiment
    model: Model
    seek: Seek
    scenario: str
    measure: MeasureName
    tried: tuple[Tried, ...]
    answer: int | None
    relative: Mapping[int, float]


def seek_as_asked(
    experiment: Experiment,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
) -> Sought:
    """Search; raise ``DefinitionError`` before anything is written, and what ``run_sweep`` raises."""
    progress = progress or Silence()
    seek = _seek_of(experiment)
    scenarios = compile_scenarios(experiment)
    measure = _measure_of(experiment, seek, scenarios=scenarios)
    ends = at_values(experiment, measure, values=(seek.values[0], seek.values[-1]))
    if faults := list(idle_paths(planned(ends, compile_scenarios(ends)))):
        said = f"{seek.vary} changes nothing in any scenario; every value would be the same."
        raise DefinitionError([experiment.origin.fault("seek.vary", said)] if len(faults) == 1 else faults)
    folder = default_folder(name_of(experiment)) if out is None else out
    scenario = scenario_of(experiment, seek) or BASELINE
    manifest = _manifest(experiment, scenarios.model)
    search = _Search(experiment=experiment, seek=seek, scenario=scenario, measure=measure, folder=folder)
    with results_folder(folder, manifest, texts=_texts(experiment, scenarios.model)):
        with standing(workers) as stays:
            answer = smallest(
                seek.values, lambda value: search.passes(value, workers=stays, progress=progress)
            )
        manifest = replace(manifest, ended=now(), points=len(search.found), notes=search.notes)
        write_whole(folder / MANIFEST, manifest_text(manifest).encode())
    return Sought(
        folder=folder,
        manifest=manifest,
        experiment=experiment,
        model=scenarios.model,
        seek=seek,
        scenario=scenario,
        measure=measure,
        tried=tuple(search.found[value] for value in sorted(search.found)),
        answer=answer,
        relative=search.relative,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is sought and where, what was ``found`` of the values tried so far, and the runs that failed."""

    experiment: Experiment
    seek: Seek
    scenario: str
    measure: MeasureName
    folder: Path
    found: dict[int, Tried] = field(default_factory=dict)
    relative: dict[int, float] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)

    def passes(self, value: int, *, workers: Workers, progress: Progress) -> bool:
        """Run a value's sweep, and say whether it meets the target."""
        seek = self.seek
        progress.says(f"{seek.vary} = {value}…")
        one = at_values(self.experiment, self.measure, values=(value,))
        results = sweep_as_asked(
            one, out=self.folder / TRIED / str(value), workers=workers, progress=progress
        )
        plan = results.plan
        values = results.values[0, :, :, :, plan.names.index(AIM)]
        aimed, usual = (values[..., plan.scenarios.index(one)] for one in (self.scenario, BASELINE))
        if self.scenario != BASELINE and (share := relative_change(aimed, usual)) is not None:
            self.relative[value] = share
        aimed = aimed - usual if seek.of == DIFFERENCE else aimed
        if results.failed:
            self.failures[value] = (
                f"{seek.vary} = {value}: {len(results.failed)} of {len(plan):,} replications failed and are "
                f"missing from its figures. The first: {results.failed[0].message}"
            )
        self.found[value] = tried(
            value,
            np.asarray(aimed),
            target=seek.target,
            probability=float(seek.probability),
            is_drawn=self.experiment.draws > 0,
            ends=NO_ENDS if seek.of == DIFFERENCE else (least(self.measure), most(self.measure)),
        )
        return self.found[value].meets

    @property
    def notes(self) -> tuple[str, ...]:
        """Say at which values runs failed, in order of size."""
        return tuple(self.failures[value] for value in sorted(self.failures))


def at_values(experiment: Experiment, measure: MeasureName, *, values: tuple[int, ...]) -> Experiment:
    """Give the sweep of these values alone, which measures what is aimed at."""
    seek = experiment.seek
    assert seek is not None
    resolved: Mapping[str, object] = experiment.origin.resolved
    tables = {word: one for word, one in resolved.items() if word not in OTHERS}
    tables |= {
        "vary": {seek.vary: {"values": list(values)}},
        "design": {"kind": "grid"},
        "measures": {AIM: {"of": measure.text}},
    }
    return experiment_of_tables(experiment, tables)


def relative_change(values: Floats, usual: Floats) -> float | None:
    """Give the change as a share of what is usual, over the runs that have both; ``None`` where that is 0."""
    both = np.isfinite(values) & np.isfinite(usual)
    whole = float(usual[both].sum())
    return float((values - usual)[both].sum()) / whole if whole > 0 else None


def _seek_of(experiment: Experiment) -> Seek:
    """Give what is sought; raise ``DefinitionError`` where a probability cannot be told."""
    origin = experiment.origin
    if experiment.seek is None:
        raise DefinitionError(origin.fault("seek", "there is nothing to look for; write [seek]."))
    if isinstance(experiment.replications, UntilPrecise):
        said = 'a search needs a number of replications; until = "precise" is for downstream run.'
        raise DefinitionError(origin.fault("replications", said))
    if experiment.engine != STOCKS and not experiment.draws and experiment.replications < 2:
        said = "one replication tells no probability; two are the fewest, twenty are better."
        raise DefinitionError(origin.fault("replications", said))
    return experiment.seek


def _measure_of(experiment: Experiment, seek: Seek, *, scenarios: Scenarios) -> MeasureName:
    """Read the measure that is aimed at: one of the files' own, or a full name."""
    known = vocabulary(scenarios.programs.values())
    own = {**scenarios.model.measures, **experiment.measures}
    said = seek.target.measure
    try:
        found = read_name(own[said].of if said in own else said, known)
    except DefinitionError as fault:
        raise DefinitionError(experiment.origin.fault("seek.target", str(fault))) from None
    if found.what in CONTRACT_WHATS:
        told = "is settled by a contract, which a search does not do; aim at another measure."
        raise DefinitionError(experiment.origin.fault("seek.target", told))
    if seek.target.is_percentage and unit(found) != SHARE:
        told = f"is counted in {unit(found)}, of which a percentage says nothing; write a plain number."
        raise DefinitionError(experiment.origin.fault("seek.target", f"{shown(said)} {told}"))
    return found


def _manifest(experiment: Experiment, model: Model) -> Manifest:
    said = {
        "code": source_hash(with_definition=True, with_analysis=True),
        "experiment": {
            word: one
            for word, one in experiment.origin.resolved.items()
            if word not in ("title", "note", "replications", "draws", "may_fail", "model")
        },
        "model": dump_model(model),
    }
    replications = experiment.replications
    count = replications if isinstance(replications, int) else 0
    return replace(
        begun(experiment, kind=SEEK, design=hash_of(said), replications=count), draws=experiment.draws
    )


def _texts(experiment: Experiment, model: Model) -> dict[str, str]:
    resolved = {**experiment.origin.resolved, "model": MODEL}
    return {EXPERIMENT: dump(resolved, WORDS), MODEL: dump_model(model)}
