"""What drives the outcomes of several designs over stocks: bars and marks beside each other, kind by kind."""

from collections.abc import Iterator
from functools import partial

from simulator.analysis.folders.drivers import KINDS, drivers_in, kinds_in, middle_in
from simulator.analysis.stock_sweep.together import StockStand, StocksTogether
from simulator.equations.tokens import canonical
from simulator.reports.blocks import Block, Paragraph, Section
from simulator.reports.compare.beside import Beside, Side
from simulator.reports.compare.tornado import SAME_KIND, alone_blocks, blocks_of_kind, section_of_drivers
from simulator.reports.compare_stocks.words import (
    holds_words,
    outcome_unit,
    outcome_words,
    shown_outcomes,
    style_in,
    value_words,
)
from simulator.reports.titles import clean

WHY_NONE = (
    "a latin_hypercube, sobol or points design of twenty points, or a morris design, would say what moves an "
    "outcome"
)


def drivers_section(found: StocksTogether) -> Section:
    """Set what drives each outcome beside each other."""
    return section_of_drivers(list(_blocks(found)))


def _blocks(found: StocksTogether) -> Iterator[Block]:
    held = {clean(one.name): kinds_in(one.found.drives) for one in found.stands}
    kinds = [kind for kind in KINDS if sum(kind in one for one in held.values()) > 1]
    if kinds:
        yield Paragraph(text=SAME_KIND)
    for kind in kinds:
        stands = [one for one in found.stands if kind in held[clean(one.name)]]
        yield from blocks_of_kind(
            kind,
            [_beside(found, stands, kind=kind, text=text) for text in shown_outcomes(found)],
            ranges={clean(one.name): one.ranges for one in stands},
            words=partial(value_words, found),
        )
    holds = {clean(one.name): holds_words(one) for one in found.stands}
    yield from alone_blocks(held, kinds=kinds, holds=holds, why=WHY_NONE)


def _beside(found: StocksTogether, stands: list[StockStand], *, kind: str, text: str) -> Beside:
    return Beside(
        kind=kind,
        title=outcome_words(found, text),
        unit=outcome_unit(found, text),
        is_difference=False,
        sides=tuple(_side(found, one, kind=kind, text=text) for one in stands),
        words=partial(value_words, found),
    )


def _side(found: StocksTogether, stand: StockStand, *, kind: str, text: str) -> Side:
    drives, place = stand.found.drives, stand.places[text]
    drivers = drivers_in(drives, kind, place=place)
    return Side(
        name=clean(stand.name),
        style=style_in(found, stand),
        drivers=None if drivers is None else {canonical(path): one for path, one in drivers.items()},
        middle=middle_in(drives, kind, place=place),
        ranges=stand.ranges,
    )
