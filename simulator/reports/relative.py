"""The charts of differences, in per cent of the baseline or in points: a row a measure, a mark a scenario."""

from collections.abc import Callable

from simulator.analysis.comparison import Comparison
from simulator.experiment.measure_names import MeasureName
from simulator.reports.answers import deciding
from simulator.reports.blocks import Chart
from simulator.reports.chance import has_intervals
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.tables import difference_table, differs, finding
from simulator.reports.titles import measure_title, named_measures, scenario_title
from simulator.reports.wording import change

MOST_ROWS = 16
SHARE = "share"
PER_CENT = "difference from the baseline, %"
POINTS = "difference from the baseline, percentage points"
CAPTIONS = {
    PER_CENT: "Differences from the baseline, in per cent of it, with 95% intervals",
    POINTS: "Shares: differences from the baseline, in percentage points, with 95% intervals",
}
OF_MONEY = ("system", "organisation")
OF_DEMAND = ("need", "people", "deaths_per_year", "exits_per_day")


def is_demand(name: MeasureName) -> bool:
    """Say whether a measure is about how much is needed, rather than how it is met."""
    return name.family in OF_DEMAND or name.what.endswith("_per_day")


def is_supply(name: MeasureName) -> bool:
    """Say whether a measure is about places, queues and waits."""
    return name.family not in OF_MONEY and not is_demand(name)


def charted_names(comparison: Comparison, wanted: Callable[[MeasureName], bool]) -> list[str]:
    """Name what the chart shows: what decides, then what the files name and the needs, where it differs."""
    names = {name.text: name for name in comparison.names.values()}
    needs = [text for text, name in names.items() if name.family == "need" and name.what == "per_year"]
    moving = [text for text in (*named_measures(comparison), *needs) if differs(comparison, text)]
    found = dict.fromkeys([*(one.name for one in deciding(comparison)), *moving])
    levels = {
        text: comparison.measure(comparison.scenarios[0], text) for text in found if wanted(names[text])
    }
    return [text for text, level in levels.items() if level is not None and level.mean][:MOST_ROWS]


def relative_charts(comparison: Comparison, wanted: Callable[[MeasureName], bool], *, id: str) -> list[Chart]:
    """Draw the measures that are wanted in per cent of the baseline, and shares in a chart of points."""
    names = charted_names(comparison, wanted)
    others = [name for name in names if comparison.unit(name) != SHARE]
    shares = [name for name in names if comparison.unit(name) == SHARE]
    charts = ((others, PER_CENT, id), (shares, POINTS, f"{id}-shares"))
    return [_chart(comparison, some, scale=scale, id=id) for some, scale, id in charts if some]


def _chart(comparison: Comparison, names: list[str], *, scale: str, id: str) -> Chart:
    titles = [measure_title(comparison, name) for name in names]
    series = [
        _dots(comparison, scenario, place=place, names=names)
        for place, scenario in enumerate(comparison.others)
    ]
    return Chart(
        id=id,
        caption=CAPTIONS[scale],
        alternative=_alternative(comparison, names),
        figure=dots_figure(titles, series, x_title=scale),
        height=dots_height(titles, len(series)),
        table=difference_table(
            comparison,
            names,
            caption=f"{'Shares: differences' if scale == POINTS else 'Differences'} from the baseline: "
            "the numbers of the chart",
            heading="Measure",
            folded="Show the numbers of this chart",
        ),
    )


def _dots(comparison: Comparison, scenario: str, *, place: int, names: list[str]) -> Dots:
    baseline = comparison.scenarios[0]
    factors = []
    for name in names:
        level = None if comparison.unit(name) == SHARE else comparison.measure(baseline, name)
        factors.append(100 / abs(level.mean) if level is not None and level.mean else 100.0)
    return Dots(
        title=scenario_title(comparison, scenario),
        style=style_of(place),
        estimates=[comparison.difference(scenario, name) for name in names],
        factors=factors,
    )


def _alternative(comparison: Comparison, names: list[str]) -> str:
    """Say in words what the chart shows: what was seen to differ, scenario by scenario."""
    said, is_sure = [], not has_intervals(comparison.results)
    for scenario in comparison.others:
        found = [one for name in names if (one := finding(comparison, scenario, name=name)) is not None]
        differing = [one for one in found if one.is_seen or (is_sure and not one.is_nothing)]
        nothing = "no difference" if is_sure else "no difference that could be seen"
        words = "; ".join(f"{one.title} {change(one.difference, one.unit)}" for one in differing) or nothing
        said.append(f"{scenario_title(comparison, scenario)}: {words}.")
    return "Dots with intervals, one row a measure. " + " ".join(said)
