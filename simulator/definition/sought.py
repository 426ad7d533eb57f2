"""What a search asks of its model and experiment: a path of whole numbers, one scenario that is meant."""

from collections.abc import Iterator

from simulator.definition.experiment import BASELINE, Experiment
from simulator.definition.model import Model
from simulator.definition.seek import DIFFERENCE, Seek
from simulator.definition.variations import Complaint, of_variation, set_by_scenarios
from simulator.definition.vary import Variation
from simulator.definition.words import nearest
from simulator.units import shown


def scenario_of(experiment: Experiment, seek: Seek) -> str | None:
    """Name the scenario whose measure is meant: what is said, or the only one there is; else ``None``."""
    if seek.scenario is not None:
        return seek.scenario
    others = [name for name in experiment.scenarios if name != BASELINE]
    return BASELINE if not others else others[0] if len(others) == 1 else None


def complaints_of_seek(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    """List what is wrong with the search of an experiment whose model is right."""
    seek = experiment.__dict__.get("seek")
    if seek is None or not seek.__dict__.keys() >= Seek.model_fields.keys():
        return
    for word in ("vary", "design"):
        if experiment.__dict__.get(word):
            yield (word,), "a search makes its own points; take this out, or [seek]."
    ends = Variation(low=seek.low, high=seek.high)
    yield from ((("seek", "vary"), said) for said in of_variation(seek.vary, ends, model=model))
    yield from (
        (("seek", "vary"), said) for _, said in set_by_scenarios(experiment, (seek.vary,), model=model)
    )
    yield from _of_scenario(experiment, seek)


def _of_scenario(experiment: Experiment, seek: Seek) -> Iterator[Complaint]:
    known = list(experiment.scenarios)
    meant = scenario_of(experiment, seek)
    if meant is None:
        yield ("seek",), f"does not say which scenario is meant; write scenario = {shown(known[1])}."
    elif meant not in known:
        yield (
            ("seek", "scenario"),
            f"no scenario is called {shown(meant)}.{nearest(meant, known)}",
        )
    elif meant == BASELINE and seek.of == DIFFERENCE:
        yield ("seek", "of"), "the baseline does not differ from itself; name another scenario."
