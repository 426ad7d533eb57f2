"""What outcomes and values of several designs over stocks are called: by the first folder that has each."""

from collections.abc import Iterator

from simulator.analysis.stock_sweep.tables import ends_of
from simulator.analysis.stock_sweep.together import StockStand, StocksTogether
from simulator.reports.figures.look import Style, style_of
from simulator.reports.numbers import count_words
from simulator.reports.stock_sweep.driven import driven_words
from simulator.reports.stock_sweep.words import along_words, measure_words, value_at, variable_words
from simulator.reports.titles import clean

MOST_SHOWN = 8


def shown_outcomes(found: StocksTogether) -> tuple[str, ...]:
    """List the outcomes that are drawn, those of the first folder's order first."""
    return found.outcomes[:MOST_SHOWN]


def outcome_words(found: StocksTogether, text: str) -> str:
    """Say what an outcome is called."""
    first = found.stands[0]
    return measure_words(first.found, first.kept(text))


def outcome_unit(found: StocksTogether, text: str) -> str:
    """Give the unit of an outcome."""
    return clean(found.stands[0].kept(text).unit)


def value_words(found: StocksTogether, key: str, *, with_unit: bool = False) -> str:
    """Say what a value that was varied is called."""
    words = along_words if with_unit else variable_words
    return next(words(one.found, path) for one in found.stands if (path := one.path_of(key)) is not None)


def style_in(found: StocksTogether, stand: StockStand) -> Style:
    """Give the style of a folder, wherever it is drawn."""
    return style_of([one.name for one in found.stands].index(stand.name))


def holds_words(stand: StockStand) -> str:
    """Say what a folder holds: ``latin_hypercube of 30 points``."""
    plan = stand.found.plan
    return f"{plan.design.design.kind} of {count_words(len(plan.points), 'point')}"


def said_of(found: StocksTogether, text: str) -> Iterator[tuple[str, str]]:
    """Say of each folder between what an outcome lies, and what drives it most where its design can tell."""
    for one in found.stands:
        place = one.places[text]
        least, most = (value_at(one.found, point, place=place) for point in ends_of(one.found, place))
        ends = f"{least}, the same at every point." if least == most else f"{least} to {most}."
        yield clean(one.name), f"{ends} {driven_words(one.found, place)}".rstrip()
