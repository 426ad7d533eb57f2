"""Occupancy and waits: over time with paired bands, and against clocks."""

from simulator.analysis.comparison import Comparison, Series
from simulator.experiment.measure_names import MeasureName
from simulator.reports.answers import deciding
from simulator.reports.blocks import Block, Chart, Paragraph, Section
from simulator.reports.chance import has_intervals
from simulator.reports.figures.bands import World, bands_figure, bands_height
from simulator.reports.figures.look import style_of
from simulator.reports.numbers import scale_of, with_unit
from simulator.reports.relative import is_supply, relative_charts
from simulator.reports.tables import difference_table, finding, series_table
from simulator.reports.titles import measure_title, named_measures, scenario_title
from simulator.reports.wording import change

MOST_CHARTS = 8
SHOWN_OF_CLOCKS = ("within", "mean")
NOT_OVER_TIME = ("system", "organisation", "people", "deaths_per_year")
WITH_BANDS = (
    "In each chart the lines above are the levels of all worlds. Below them, one panel a "
    "scenario, is the paired difference with its 95% band; where the band holds the line at "
    "nought, no difference was seen then. With many weeks, one in twenty bands leaves the line "
    "by chance alone."
)
WITHOUT_BANDS = (
    "In each chart the lines above are the levels of all worlds. Below them, one panel a scenario, is the "
    "paired difference."
)


def over_time_section(comparison: Comparison) -> Section:
    """Show clocks as a table, then levels and paired differences by period, then every resource and queue."""
    names = {
        name.text: name for name in comparison.names.values() if not name.cuts and "@" not in name.subject
    }
    clocks = [(text, name.what in SHOWN_OF_CLOCKS) for text, name in names.items() if name.family == "clock"]
    blocks: list[Block] = [
        *relative_charts(comparison, is_supply, id="chart-supply"),
        difference_table(
            comparison,
            [text for text, is_shown in clocks if is_shown],
            caption="Waits against the clocks",
            heading="Clock",
        ),
        difference_table(
            comparison,
            [text for text, is_shown in clocks if not is_shown],
            caption="Longest waits, and people still waiting",
            heading="Clock",
            folded="Show the longest waits, and people still waiting",
        ),
    ]
    blocks.append(Paragraph(text=WITH_BANDS if has_intervals(comparison.results) else WITHOUT_BANDS))
    for place, name in enumerate(_charted(comparison, names)):
        blocks.append(_chart(comparison, name, place=place))
    blocks += [_resources(comparison, names), _queues(comparison, names)]
    return Section(id="waits", title="Occupancy and waits", short="Occupancy and waits", blocks=tuple(blocks))


def _charted(comparison: Comparison, names: dict[str, MeasureName]) -> list[str]:
    """Choose what to chart: what decides, targets of clocks, what the files name, the fullest resources."""
    baseline = comparison.scenarios[0]
    within = [text for text, name in names.items() if name.family == "clock" and name.what == "within"]
    full = [
        text for text, name in names.items() if name.family == "resource" and name.what == "occupancy_mean"
    ]
    full = sorted(full, key=lambda text: (-(_mean(comparison, text)), text))
    wanted = dict.fromkeys(
        [*(one.name for one in deciding(comparison)), *within, *named_measures(comparison), *full]
    )
    return [
        text
        for text in wanted
        if not text.startswith(NOT_OVER_TIME)
        and (series := comparison.series(baseline, text)) is not None
        and len(series.starts) > 1
    ][:MOST_CHARTS]


def _chart(comparison: Comparison, name: str, *, place: int) -> Chart:
    baseline = comparison.series(comparison.scenarios[0], name)
    assert baseline is not None
    worlds = _worlds(comparison, name)
    title = measure_title(comparison, name)
    low, high = float(_least(baseline)), float(_most(baseline))
    scale = scale_of(comparison.unit(name), (low, high))
    unit = (scale.after or scale.before or comparison.unit(name)).strip() or comparison.unit(name)
    gap = "points" if scale.after == "%" else unit
    return Chart(
        id=f"chart-time-{place}",
        caption=f"{title}: by period ({unit})",
        alternative=_alternative(comparison, name, low=level_range(low, high, unit=comparison.unit(name))),
        figure=bands_figure(
            baseline,
            worlds,
            factor=scale.factor,
            titles=(unit, gap),
        ),
        height=bands_height(len(worlds)),
        table=series_table(baseline, worlds, factor=scale.factor, caption=f"{title} by period, {unit}"),
    )


def level_range(low: float, high: float, *, unit: str) -> str:
    """Say between what levels a measure moves."""
    scale = scale_of(unit, (low, high))
    return f"between {with_unit(low, scale)} and {with_unit(high, scale)}"


def _worlds(comparison: Comparison, name: str) -> list[World]:
    found = []
    for place, scenario in enumerate(comparison.others):
        levels, difference = comparison.series(scenario, name), comparison.series_difference(scenario, name)
        if levels is not None and difference is not None:
            title = scenario_title(comparison, scenario)
            found.append(World(title=title, style=style_of(place), level=levels, difference=difference))
    return found


def _alternative(comparison: Comparison, name: str, *, low: str) -> str:
    said = [f"Lines over time. The baseline moves {low}."]
    for scenario in comparison.others:
        found = finding(comparison, scenario, name=name)
        if found is not None:
            difference = change(found.difference, found.unit)
            said.append(
                f"{scenario_title(comparison, scenario)}: over the whole period, a difference of "
                f"{difference}."
            )
    return " ".join(said)


def _resources(comparison: Comparison, names: dict[str, MeasureName]) -> Block:
    occupied = [
        text
        for text, name in names.items()
        if name.family == "resource" and name.what == "occupancy_mean" and _mean(comparison, text) > 0
    ]
    return difference_table(
        comparison,
        occupied,
        caption="Occupancy: share of places in use, mean over the period",
        heading="Resource",
        folded="Show the occupancy of every resource",
    )


def _queues(comparison: Comparison, names: dict[str, MeasureName]) -> Block:
    waited = []
    for text, name in names.items():
        if name.family == "activity" and name.what == "wait_mean_days":
            stem = text.removesuffix("wait_mean_days")
            if _mean(comparison, f"{stem}waited_share") > 0:
                waited += [text, f"{stem}waiting_mean"]
    return difference_table(
        comparison,
        waited,
        caption="Waits: mean wait of those who started, and people waiting",
        heading="Service",
        folded="Show the waits for every service",
    )


def _mean(comparison: Comparison, name: str) -> float:
    found = comparison.measure(comparison.scenarios[0], name)
    return 0.0 if found is None or found.mean is None else found.mean


def _least(series: Series) -> float:
    known = series.mean[series.mean == series.mean]
    return float(known.min()) if known.size else 0.0


def _most(series: Series) -> float:
    known = series.mean[series.mean == series.mean]
    return float(known.max()) if known.size else 0.0
