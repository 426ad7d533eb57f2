"""The measures that the files ask for by name, read against the ids that exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.definition.experiment import Experiment, UntilPrecise
from simulator.definition.model import Model
from simulator.errors import DefinitionError, Fault
from simulator.experiment.measure_names import MeasureName, Vocabulary, read_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A measure that a file names; a difference below ``matters_from`` would change no decision."""

    id: str
    name: MeasureName
    is_primary: bool
    matters_from: float | None


def asked_measures(model: Model, experiment: Experiment, *, known: Vocabulary) -> tuple[Asked, ...]:
    """Read every ``[measures]`` table of both files; raise ``DefinitionError`` with all faults.

    One of them is an experiment that is to run until it is precise, and does not say in what.
    """
    found: list[Asked] = []
    faults = [*_faults_of_precision(model, experiment), *_faults_of_choice(model, experiment, known=known)]
    for id, measure in sorted({**model.measures, **experiment.measures}.items()):
        try:
            name = read_name(measure.of, known)
        except DefinitionError as fault:
            origin = experiment.origin if id in experiment.measures else model.origin
            faults.append(origin.fault(f"measures.{id}.of", str(fault)))
            continue
        matters_from = None if measure.matters_from is None else float(measure.matters_from.value)
        found.append(Asked(id=id, name=name, is_primary=measure.primary, matters_from=matters_from))
    if faults:
        raise DefinitionError(faults)
    return tuple(found)


def _faults_of_precision(model: Model, experiment: Experiment) -> Iterator[Fault]:
    """Ask for a primary measure that says what matters where replications go on until it is known."""
    if not isinstance(experiment.replications, UntilPrecise) or len(experiment.scenarios) == 1:
        return
    measures = {**model.measures, **experiment.measures}.values()
    if not any(one.primary and one.matters_from is not None for one in measures):
        yield experiment.origin.fault(
            "replications",
            'until = "precise" needs a primary measure that says matters_from; there is none.',
        )


def _faults_of_choice(model: Model, experiment: Experiment, *, known: Vocabulary) -> Iterator[Fault]:
    """Say if the measure by which a best is to be chosen is none."""
    select = experiment.select
    if select is None or select.best in {**model.measures, **experiment.measures}:
        return
    try:
        read_name(select.best, known)
    except DefinitionError as fault:
        yield experiment.origin.fault("select.best", str(fault))


def check_measures(model: Model, *, known: Vocabulary) -> None:
    """Read the ``[measures]`` of a model by itself; raise ``DefinitionError`` with all faults."""
    faults: list[Fault] = []
    for id, measure in sorted(model.measures.items()):
        try:
            read_name(measure.of, known)
        except DefinitionError as fault:
            faults.append(model.origin.fault(f"measures.{id}.of", str(fault)))
    if faults:
        raise DefinitionError(faults)
