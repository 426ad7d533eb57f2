"""From a file to a validated experiment, and to the model that each of its scenarios runs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulator.definition.calibrated import complaints_of_calibration
from simulator.definition.chosen import complaints_of_choice
from simulator.definition.experiment import BASELINE, Experiment, with_experiment_origin
from simulator.definition.faults import Path as Way
from simulator.definition.files import ADDRESS, Draft, read_draft
from simulator.definition.horizons import complaints_of_experiment
from simulator.definition.loading import (
    KNOWN_IN_MODEL,
    SaidSettings,
    change_model,
    complaints_of_version,
    dump,
    in_order,
    load_model,
    located,
    parsed,
    read_model,
)
from simulator.definition.model import Model, Origin
from simulator.definition.positions import Positions, dotted
from simulator.definition.reading import read_noun
from simulator.definition.settings import Changed, Setting, apply_settings, settings_of
from simulator.definition.sought import complaints_of_seek
from simulator.definition.stock_design import load_stock_design
from simulator.definition.variations import complaints_of_variations, with_patterns
from simulator.definition.which_file import (
    SIGNS_OF_EXPERIMENT,
    is_stock_design,
    refuse_model,
    with_tables_of_models,
)
from simulator.definition.words import nearest
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

KNOWN_IN_EXPERIMENT = {word: word == "scenarios" for word in Experiment.model_fields}
MAY_BE_ABSENT = ("warm_up", "population_share", "starts")


def load_experiment(path: str | Path, *, settings: SaidSettings = ()) -> Experiment:
    """Read and check an experiment with its model and every scenario.

    A setting whose first word belongs to the experiment changes the experiment; any other changes the model
    in every scenario. Raises :class:`DefinitionError` with every fault.
    """
    experiment, faults = read_experiment(Path(path), settings)
    if faults:
        raise DefinitionError(in_order(faults))
    return experiment


def model_path(experiment: Experiment) -> Path:
    """Say where the experiment's model is."""
    return experiment.origin.folder / experiment.model


def load_model_of(experiment: Experiment, scenario: str = BASELINE) -> Model:
    """Load the model as one scenario has it: the experiment's settings, then the scenario's own."""
    position = experiment.origin.positions.top
    said = settings_of(experiment.set, position) + settings_of(experiment.scenarios[scenario].set, position)
    return load_model(model_path(experiment), settings=said)


def dump_experiment(experiment: Experiment) -> str:
    """Write the resolved file of an experiment, settings applied, in one order."""
    return dump(experiment.origin.resolved, tuple(Experiment.model_fields))


def experiment_of_tables(experiment: Experiment, tables: Mapping[str, object]) -> Experiment:
    """Give the experiment that a changed copy of another's plain tables makes, checked again."""
    draft = Draft(raw=dict(tables), sources=experiment.origin.positions.sources)
    other, faults = _experiment_of(draft, Changed(raw=draft.raw), path=Path(experiment.origin.file))
    if faults:
        raise DefinitionError(in_order(faults))
    return other


def check_files(paths: Sequence[str | Path], *, settings: SaidSettings = ()) -> list[Fault]:
    """Check models and experiments, and list every fault of all of them."""
    faults: list[Fault] = []
    said = parsed(settings)
    for path in map(Path, paths):
        try:
            raw = read_draft(path).raw
            found = _faults_of(path, raw, said=said)
        except DefinitionError as error:
            found = list(error.faults)
        faults.extend(in_order(found))
    return faults


def _faults_of(path: Path, raw: Mapping[str, object], *, said: list[Setting]) -> list[Fault]:
    """List the faults of one file, whichever kind it is."""
    if is_stock_design(raw):
        load_stock_design(path)
        return []
    is_experiment = any(word in raw for word in SIGNS_OF_EXPERIMENT)
    return read_experiment(path, said)[1] if is_experiment else read_model(path, said)[1]


def read_experiment(path: Path, settings: SaidSettings = ()) -> tuple[Experiment, list[Fault]]:
    """Read an experiment as far as it goes, and say everything that is wrong with it and its model."""
    draft = read_draft(path)
    refuse_model(draft.raw, path)
    said = parsed(settings)
    own = [one for one in said if one.path[0] in KNOWN_IN_EXPERIMENT]
    changed = apply_settings(draft.raw, own, known=KNOWN_IN_EXPERIMENT)
    of_model = [one for one in said if one not in own]
    if of_model:
        table = changed.raw.get("set")
        before = table if isinstance(table, dict) else {}
        changed.raw["set"] = before | {dotted_path(one): one.value for one in of_model}
        changed.reached |= {("set", dotted_path(one)): one.position for one in of_model}
    return _experiment_of(draft, changed, path=path)


def dotted_path(setting: Setting) -> str:
    """Write the way of a setting as a file would."""
    return ".".join(str(part) for part in setting.path)


def _experiment_of(draft: Draft, changed: Changed, *, path: Path) -> tuple[Experiment, list[Fault]]:
    positions = Positions(sources=draft.sources, settings=changed.reached)
    complaints = complaints_of_version(changed.raw)
    experiment, of_parts = read_noun(Experiment, changed.raw)
    complaints += with_tables_of_models(of_parts, changed.raw)
    for word in MAY_BE_ABSENT:
        if any(way[:1] == (word,) for way, _ in of_parts):
            experiment.__dict__.pop(word, None)
    origin = Origin(file=str(path), folder=path.parent, resolved=changed.raw, positions=positions)
    experiment = with_experiment_origin(experiment, origin)
    faults = [*changed.faults, *located(complaints, positions)]
    model, of_model = _model_of(experiment, positions)
    faults += of_model
    if model is not None:
        faults += located(complaints_of_experiment(experiment, model), positions)
        if not of_model:
            experiment.__dict__.update(vary=with_patterns(experiment.__dict__.get("vary", {}), model))
            faults += _faults_of_scenarios(experiment, model, positions=positions)
            faults += located(complaints_of_variations(experiment, model), positions)
            faults += located(complaints_of_choice(experiment), positions)
            faults += located(complaints_of_seek(experiment, model), positions)
            faults += located(complaints_of_calibration(experiment, model), positions)
    return experiment, faults


def _model_of(experiment: Experiment, positions: Positions) -> tuple[Model | None, list[Fault]]:
    said = experiment.__dict__.get("model")
    if said is None:
        return None, []
    if ADDRESS.match(said) or "\x00" in said or not said.endswith(".toml"):
        message = f"{shown(said)} is not a model file; write its path, ending in .toml."
        return None, [positions.fault(("model",), message)]
    if not model_path(experiment).exists():
        return None, [positions.fault(("model",), _no_file(model_path(experiment)))]
    settings = [_at(one, ("set",), positions=positions) for one in settings_of(experiment.set, positions.top)]
    try:
        return read_model(model_path(experiment), settings)
    except DefinitionError as error:
        return None, list(error.faults)


def _no_file(path: Path) -> str:
    beside = [one.name for one in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    return f"there is no file {shown(str(path))}.{nearest(path.name, beside)}"


def _faults_of_scenarios(experiment: Experiment, model: Model, *, positions: Positions) -> Iterator[Fault]:
    for name, scenario in experiment.scenarios.items():
        if not scenario.set:
            continue
        way: Way = ("scenarios", name, "set")
        said = [_at(one, way, positions=positions) for one in settings_of(scenario.set, positions.top)]
        yield from _set_twice(said, model)
        try:
            faults = tuple(_of_other_people(model, change_model(model, said)))
        except DefinitionError as error:
            faults = error.faults
        for fault in faults:
            is_here = fault.file == positions.of(way).file
            about = Fault(message=f"{fault.path}: {fault.message}", path=dotted(way))
            at = positions.of(way)
            line = fault.line if is_here else at.line
            yield Fault(message=about.message, path=about.path, file=at.file, line=line)


def _of_other_people(model: Model, changed: Model) -> Iterator[Fault]:
    """Say which contracts a scenario would put in other localities: a gain is of both worlds."""
    for name, contract in changed.contracts.items():
        if name in model.contracts and contract.localities != model.contracts[name].localities:
            message = "must be the same in all worlds; write it in [set] of the experiment."
            yield changed.origin.positions.fault(("contracts", name, "localities"), message)


def _at(setting: Setting, way: Way, *, positions: Positions) -> Setting:
    quoted, nested = (*way, dotted_path(setting)), (*way, *setting.path)
    known = positions.known.keys() | positions.settings.keys()
    return Setting(setting.path, setting.value, positions.of(quoted if quoted in known else nested))


def _set_twice(settings: list[Setting], model: Model) -> Iterator[Fault]:
    reached: dict[Way, Setting] = {}
    for setting in settings:
        alone = apply_settings(model.origin.resolved, [setting], known=KNOWN_IN_MODEL)
        for way in alone.reached:
            if way in reached:
                first, second = dotted_path(reached[way]), dotted_path(setting)
                yield setting.fault(f"{first} and {second} both set {dotted(way)}; keep one.")
            reached[way] = setting
