"""The page of a design over stocks: the answer, curves of each value, what drives it, what was varied."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.analysis.sweep.responses import Response, are_independent, is_grid
from simulator.experiment.stock_sweep.kept_files import DESIGN, model_name
from simulator.reports.answer_page import AnswerPage, provenance_of, write_answer_page
from simulator.reports.blocks import Answer, Block, Notice, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words, listed
from simulator.reports.stock_sweep.driven import driven_words
from simulator.reports.stock_sweep.words import (
    MOST_SET,
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
NO_CHANCE = "There is no chance in these equations: a point is what it is."
OF_POINTS = " Intervals below say how surely a design of so many points tells what drives a measure."
ON_A_GRID = (
    "Each curve is of one value: the mean over all combinations of the others. What two values do together "
    "is in no curve."
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
        part=NO_CHANCE + (OF_POINTS if _has_intervals(found) else ""),
        answers=_answers(found),
        sections=tuple(one for one in sections if one is not None),
    )


def _has_intervals(found: StockSweep) -> bool:
    """Say whether any figure has an interval: of what drives a measure, or of a curve that is fitted."""
    drives = found.drives
    is_told = drives.screening is not None or drives.indices is not None or bool(drives.explained)
    return is_told or (bool(found.responses) and _has_band(found))


def _has_band(found: StockSweep) -> bool:
    """Say whether curves have an interval: points were picked each by itself, and are no grid."""
    return are_independent(found.plan.design.design) and not is_grid(found.plan.points)


def _scope(found: StockSweep) -> str:
    plan = found.plan
    model = clean(plan.file.system.title).rstrip(".") or clean(Path(plan.file.file).name)
    points = count_words(len(plan.points), "point")
    values = count_words(len(plan.paths), "value")
    return (
        f"{model}. Stocks and flows by themselves, {time_words(found)}. {points.capitalize()} of {values}: "
        f"{listed(variable_words(found, path) for path in plan.paths)}."
    )


def _answers(found: StockSweep) -> tuple[Answer, ...]:
    """Say what drives each measure, where the design tells, and between what each lies."""
    titles = [measure_words(found, one) for one in found.plan.kept][:MOST_LISTED]
    points = f"Over {count_words(len(found.plan.points), 'point')}"
    driven = [driven_words(found, place) for place in range(len(titles))]
    between = [between_words(found, place) for place in range(len(titles))]
    where = "; tables/points has what each point sets" if len(found.plan.paths) > MOST_SET else ""
    ends = Answer(
        title="Between least and most",
        text=f"{points} the measures go as follows{where}.",
        items=_said_of(titles, between),
    )
    if not any(driven):
        return (ends,)
    first = Answer(
        title="What drives it most",
        text=f"{points}, of what was varied:",
        items=_said_of(titles, driven),
    )
    return first, ends


def _said_of(titles: Sequence[str], said: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(lead=f"{title}:", text=text) for title, text in zip(titles, said, strict=True) if text
    )


def _responses(found: StockSweep, places: range) -> Section:
    """Draw every measure over each value that was varied."""
    plan = found.plan
    blocks: list[Block] = [Paragraph(text=TOO_FEW)]
    if found.responses:
        how = ON_A_GRID if is_grid(plan.points) else how_curves(plan.points, plan.design.design)
        blocks = [Paragraph(text=how)]
        blocks += [curves_block(_curved(found, place), found.responses) for place in places]
    return Section(
        id="response", title="How it goes with what was varied", short="Response", blocks=tuple(blocks)
    )


def _curved(found: StockSweep, place: int) -> Curved:
    def words(one: Response) -> str:
        return along_words(found, one.path)

    kept = found.plan.kept[place]
    return Curved(
        place=place,
        number=place + 1,
        title=measure_words(found, kept),
        unit=clean(kept.unit),
        scenarios=[measure_words(found, kept)],
        is_difference=False,
        has_marks=is_grid(found.plan.points),
        interval=" (95% interval)" if _has_band(found) else "",
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
