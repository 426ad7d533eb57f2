"""Response curves of several designs over stocks over each other, where they vary the same in one unit."""

from collections.abc import Iterator
from dataclasses import replace

from simulator.analysis.stock_sweep.together import StockStand, StocksTogether
from simulator.analysis.sweep.responses import Response, is_grid
from simulator.definition.experiment import BASELINE
from simulator.equations.tokens import canonical
from simulator.experiment.stock_sweep.plan import unit_of
from simulator.reports.blocks import Block, Paragraph, Section
from simulator.reports.compare.overlaid import Line, how_made, panels_of
from simulator.reports.compare.responses import Charted, charts_of, how_words, section_of_curves
from simulator.reports.compare_stocks.words import outcome_unit, outcome_words, shown_outcomes, style_in
from simulator.reports.stock_sweep.words import along_words
from simulator.reports.titles import clean

SAYS = (
    "Each panel is of one value that several folders vary, with a curve a folder over the values that it "
    "ran. All else is as each folder has it, so curves may lie apart for that alone."
)


def curves_section(found: StocksTogether) -> Section | None:
    """Draw curves of the same value over each other; nothing where no two folders vary the same."""
    panels = panels_of([line for one in found.stands for line in _lines(found, one)], {BASELINE: ""})
    if not panels:
        return None
    measures = [
        Charted(
            at=at,
            id=f"responses-{at + 1}",
            title=outcome_words(found, text),
            unit=outcome_unit(found, text),
            is_difference=False,
        )
        for at, text in enumerate(shown_outcomes(found))
    ]
    blocks: list[Block] = [Paragraph(text=f"{SAYS} {how_words(panels)}"), *charts_of(panels, measures)]
    return section_of_curves(blocks)


def _lines(found: StocksTogether, stand: StockStand) -> Iterator[Line]:
    plan = stand.found.plan
    places = [stand.places[text] for text in shown_outcomes(found)]
    for one in stand.found.responses:
        yield Line(
            name=clean(stand.name),
            style=style_in(found, stand),
            column=f"{canonical(one.path)} {unit_of(plan.file.system, one.path)}",
            title=along_words(stand.found, one.path),
            response=_of(one, places),
            compared=(BASELINE,),
            how=how_made(plan.points, plan.design.design, has_chance=False),
            is_grid=is_grid(plan.points),
        )


def _of(one: Response, places: list[int]) -> Response:
    """Give the curves of these outcomes, in this order."""
    return replace(one, mean=one.mean[..., places], low=one.low[..., places], high=one.high[..., places])
