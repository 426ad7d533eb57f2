"""What drives a measure of a design over stocks most, in a sentence, for the page and the terminal."""

from functools import partial

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.reports import driven
from simulator.reports.stock_sweep.words import variable_words


def driven_words(found: StockSweep, place: int) -> str:
    """Name what drives a measure most, in order, by whichever method there is; nothing where none is told."""
    return driven.driven_words(found.drives, place, words=partial(variable_words, found))
