"""How the stocks of a system go over time when it runs alone: a chart for each unit."""

from collections.abc import Iterator, Sequence

from simulator.engines.stocks.run import StockRuns, column_names
from simulator.equations.system import Role, Variable
from simulator.equations.writing import shown_number
from simulator.reports.blocks import Block, Chart, Heading, Paragraph, Table, simple_table
from simulator.reports.describe.systems import KnownSystem
from simulator.reports.figures.courses import Course, courses_figure, courses_height
from simulator.reports.figures.look import STYLES
from simulator.reports.numbers import listed
from simulator.reports.titles import clean

MOST_POINTS = 300
MOST_TOLD = 7
UNITS = {"": "no unit said", "1": "a number without a unit"}
HOW_TO_READ = (
    "As “downstream stocks” runs them: by themselves, once, with the numbers of the file; nothing comes from "
    "people and nothing is drawn by chance. Where a stock is kept by group, the sum of all groups is shown."
)


def own_run_blocks(known: KnownSystem) -> Iterator[Block]:
    """Chart the stocks over time, those of one unit together; nothing where the run failed or has none."""
    stocks = [one for one in known.system.shown if one.role is Role.STOCK]
    if known.runs is None or not stocks:
        return
    yield Heading(text="The stocks over time")
    yield Paragraph(text=HOW_TO_READ)
    units = list(dict.fromkeys(one.unit or "" for one in stocks))
    number = 0
    for unit in units:
        of_unit = [one for one in stocks if (one.unit or "") == unit]
        for first in range(0, len(of_unit), len(STYLES)):
            number += 1
            drawn = of_unit[first : first + len(STYLES)]
            yield _chart(known, known.runs, drawn=drawn, id=f"own-run-{number}")


def _chart(known: KnownSystem, runs: StockRuns, *, drawn: Sequence[Variable], id: str) -> Chart:
    every = max(1, -(-len(runs.times) // MOST_POINTS))
    times, courses = runs.times[::every].tolist(), []
    for one, style in zip(drawn, STYLES, strict=False):
        values = _total(known, runs, key=one.key)[::every]
        courses.append(Course(title=known.names[one.key], style=style, values=values))
    unit, time = clean(UNITS.get(drawn[0].unit or "", drawn[0].unit or "")), clean(known.system.timing.unit)
    names = listed(one.title for one in courses)
    ends = "; ".join(
        f"{one.title} from {_shown(one.values[0])} to {_shown(one.values[-1])}" for one in courses
    )
    return Chart(
        id=id,
        caption=f"Run alone: {names} ({unit})",
        alternative=f"Lines over time, in {unit}: {ends}. The table below says more.",
        figure=courses_figure(times, courses, titles=(time, unit)),
        height=courses_height(len(courses)),
        table=_table(times, courses, time=time),
    )


def _total(known: KnownSystem, runs: StockRuns, *, key: str) -> list[float]:
    columns = column_names(known.system, [key])[key]
    return [float(value) for value in sum(runs.column(name)[:, 0] for name in columns)]


def _table(times: Sequence[float], courses: Sequence[Course], *, time: str) -> Table:
    last = len(times) - 1
    places = sorted({round(last * step / (MOST_TOLD - 1)) for step in range(MOST_TOLD)})
    rows = tuple((f"{times[at]:.6g}", *(_shown(one.values[at]) for one in courses)) for at in places)
    columns = (time.capitalize(), *(one.title for one in courses))
    return simple_table("The stocks at some moments, run alone", columns=columns, rows=rows)


def _shown(value: float | None) -> str:
    return "–" if value is None else shown_number(float(f"{value:.4g}"))
