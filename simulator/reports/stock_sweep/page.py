"""The page of a design over stocks: the answer, curves of each value, what drives it, what was varied."""

import shlex
from pathlib import Path

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.analysis.sweep.responses import Response, are_independent, is_grid
from simulator.experiment.stock_sweep.kept_files import DESIGN, model_name
from simulator.reports.answer_page import AnswerPage, provenance_of, write_answer_page
from simulator.reports.blocks import Answer, Block, Notice, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words, listed
from simulator.reports.stock_sweep.words import (
    along_words,
    between_words,
    measure_words,
    note_words,
    time_words,
    variable_words,
)
from simulator.reports.sweep.driver_charts import Charted
from simulator.reports.sweep.drivers import driver_blocks, section_of
from simulator.reports.sweep.response_panels import Curved, curves_block, how_curves
from simulator.reports.sweep.words import value_words
from simulator.reports.titles import clean

MOST_SHOWN = 8
MOST_LISTED = 12
NO_CHANCE = (
    "There is no chance in these equations: a point is what it is. Intervals below say how surely a "
    "design of so many points tells what drives a measure."
)
TOO_FEW = (
    "The points are too few for a curve of each value: a grid, or twenty points, would do. Every point is in "
    "the tables folder (points, measures)."
)


def write_stock_sweep_report(found: StockSweep) -> Path:
    """Write ``report.html`` into the folder and give its path."""
    return write_answer_page(stock_sweep_page(found), found.folder, subtitle="a design over stocks")


def stock_sweep_page(found: StockSweep) -> AnswerPage:
    """Put the words of the page together."""
    places = range(len(found.plan.kept))[:MOST_SHOWN]
    sections = (_responses(found, places), _drivers(found, places), _varied(found), _provenance(found))
    return AnswerPage(
        title=clean(found.manifest.title),
        scope=_scope(found),
        notices=tuple(Notice(word="Notice", text=note_words(clean(note))) for note in found.manifest.notes),
        part=NO_CHANCE,
        answers=(_answer(found),),
        sections=tuple(one for one in sections if one is not None),
    )


def _scope(found: StockSweep) -> str:
    plan = found.plan
    model = clean(plan.file.system.title).rstrip(".") or clean(Path(plan.file.file).name)
    points = count_words(len(plan.points), "point")
    values = count_words(len(plan.paths), "value")
    return (
        f"{model}. Stocks and flows by themselves, {time_words(found)}. {points.capitalize()} of {values}: "
        f"{listed(variable_words(found, path) for path in plan.paths)}."
    )


def _answer(found: StockSweep) -> Answer:
    items = tuple(
        Paragraph(lead=f"{measure_words(found, one)}:", text=between_words(found, place))
        for place, one in enumerate(found.plan.kept)
    )
    points = count_words(len(found.plan.points), "point")
    return Answer(
        title="Between least and most",
        text=f"Over {points} the measures go as follows; tables/points has what each point sets.",
        items=items[:MOST_LISTED],
    )


def _responses(found: StockSweep, places: range) -> Section:
    """Draw every measure over each value that was varied."""
    plan = found.plan
    blocks: list[Block] = [Paragraph(text=TOO_FEW)]
    if found.responses:
        blocks = [Paragraph(text=how_curves(plan.points, plan.design.design))]
        blocks += [curves_block(_curved(found, place), found.responses) for place in places]
    return Section(
        id="response", title="How it goes with what was varied", short="Response", blocks=tuple(blocks)
    )


def _curved(found: StockSweep, place: int) -> Curved:
    def words(one: Response) -> str:
        return along_words(found, one.path)

    kept = found.plan.kept[place]
    has_marks = is_grid(found.plan.points)
    has_interval = are_independent(found.plan.design.design) and not has_marks
    return Curved(
        place=place,
        number=place + 1,
        title=measure_words(found, kept),
        unit=clean(kept.unit),
        scenarios=[measure_words(found, kept)],
        is_difference=False,
        has_marks=has_marks,
        interval=" (95% interval)" if has_interval else "",
        words=words,
    )


def _drivers(found: StockSweep, places: range) -> Section | None:
    """Show what drives each measure; nothing where the design cannot say."""
    shown = [
        Charted(
            place=place,
            title=measure_words(found, found.plan.kept[place]),
            unit=clean(found.plan.kept[place].unit),
            is_difference=False,
            has_gaps=False,
            paths=found.plan.paths,
            words=lambda path: variable_words(found, path),
        )
        for place in places
    ]
    return section_of(list(driver_blocks(found.drives, shown)))


def _varied(found: StockSweep) -> Section:
    rows = tuple((along_words(found, path), _range(found, path), path) for path in found.plan.paths)
    table = simple_table(
        "What was varied",
        columns=("Value", "Over", "Name in the model"),
        rows=rows,
        texts=("Over", "Name in the model"),
        folded="Show all that was varied" if len(rows) > MOST_LISTED else "",
    )
    return Section(id="varied", title="What was varied", short="What was varied", blocks=(table,))


def _range(found: StockSweep, path: str) -> str:
    values = sorted({float(str(point[path])) for point in found.plan.points})
    if len(values) <= MOST_LISTED:
        return listed(dict.fromkeys(value_words(point[path]) for point in found.plan.points))
    least, most = (value_words(one) for one in _ends(found, path))
    return f"{least} to {most}, {len(values):,} values"


def _ends(found: StockSweep, path: str) -> tuple[object, object]:
    said = sorted((point[path] for point in found.plan.points), key=lambda one: float(str(one)))
    return said[0], said[-1]


def _provenance(found: StockSweep) -> Section:
    text = (
        "The same files and versions give the same numbers, to the last digit. The folder of this page holds "
        "the model and the design as they were run, every table as CSV and parquet, and summary.json."
    )
    settings = "".join(f" --set {shlex.quote(one)}" for one in found.settings)
    lines = (f"downstream stocks {model_name(found.plan)} --vary {DESIGN}{settings} --out .",)
    return provenance_of(found.manifest, text=text, lines=lines)
