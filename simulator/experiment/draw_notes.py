"""What must be known of draws beside every figure."""

from collections.abc import Iterator

from simulator.definition.experiment import STOCKS, Experiment
from simulator.experiment.run_notes import AS_STOCKS

FEW_DRAWS = 40
OF_DRAWS = (
    "Counted as stocks and flows: parts of people, no chance in this engine, so intervals are over draws "
    "alone. Queues near saturation are approximate; docs/stocks.md says how near they come."
)


def with_draw_notes(notes: tuple[str, ...], experiment: Experiment, *, replications: int) -> tuple[str, ...]:
    """Put the notes on the draws of an experiment behind those on its run, if it has draws."""
    if not experiment.draws:
        return notes
    usual = (OF_DRAWS if note == AS_STOCKS else note for note in notes)
    return (*usual, *_notes(experiment, replications=replications))


def _notes(experiment: Experiment, *, replications: int) -> Iterator[str]:
    if replications == 1 and experiment.engine != STOCKS:
        yield (
            "One replication a draw: chance cannot be told from doubt about parameters; intervals hold both."
        )
    if experiment.draws < FEW_DRAWS:
        yield (
            f"{experiment.draws} draws are few: the ends of 95% intervals are about the outermost; 100 are "
            "better."
        )
