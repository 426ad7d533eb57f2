"""What must be known of an experiment beside every figure of it, and before it is run."""

from collections.abc import Iterator

from simulator.definition.experiment import BASELINE, STOCKS, Experiment
from simulator.experiment.compile_notes import compile_notes
from simulator.experiment.designs.few import few_base_points
from simulator.experiment.places_run import place_notes
from simulator.experiment.scenarios import Scenarios
from simulator.units import in_words

AS_STOCKS = (
    "Counted as stocks and flows: parts of people, no chance in this engine, so one run is all there is and "
    "figures have no interval. Queues near saturation are approximate; docs/stocks.md says how near they "
    "come to the people engine."
)


def run_notes(experiment: Experiment, scenarios: Scenarios) -> tuple[str, ...]:
    """Gather the notes on an experiment: of its engine and size, of what changes nothing, of its model."""
    titles = {
        name: "the baseline" if name == BASELINE else f"'{scenario.title or name}'"
        for name, scenario in experiment.scenarios.items()
    }
    return (
        *_of_the_run(experiment),
        *place_notes(experiment, scenarios),
        *_same_as_the_baseline(experiment, scenarios),
        *compile_notes(scenarios.notes, titles=titles),
    )


def _of_the_run(experiment: Experiment) -> Iterator[str]:
    """Say what must stand beside every figure whatever the model is."""
    if experiment.engine == STOCKS:
        yield AS_STOCKS
        if experiment.log != "none":
            yield (
                "log: nothing is kept in it, for stocks follow no case by itself. Take it out, or run people."
            )
    if (share := float(experiment.population_share)) != 1:
        yield (
            f"Run with {share:.3g} of the population and of every capacity (rounded up). This is another "
            "system: fewer people share smaller queues, which pool less. Use it to try things out, not to "
            "decide."
        )
    yield from few_base_points(experiment.design)
    every, horizon = experiment.report_every.value, experiment.horizon.value
    if every > horizon:
        yield (
            f"report_every: {in_words(every)} is longer than the horizon of "
            f"{in_words(horizon)}: there is one period, as long as the horizon."
        )


def _same_as_the_baseline(experiment: Experiment, scenarios: Scenarios) -> Iterator[str]:
    """Say which scenarios come to the baseline again: what they set or switch on changes nothing."""
    baseline, *others = scenarios.programs
    for name in others:
        if scenarios.programs[name].fingerprint != scenarios.programs[baseline].fingerprint:
            continue
        said = experiment.scenarios[name]
        why = (
            "what it sets comes to the same"
            if said.set or said.on
            else "it sets nothing and switches nothing on"
        )
        yield f"scenarios.{name}: is the baseline again: {why}. Its differences are nought."
