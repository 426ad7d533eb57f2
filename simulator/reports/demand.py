"""Demand: how often people need something, and what comes to each service."""

from simulator.analysis.comparison import Comparison
from simulator.reports.answers import deciding
from simulator.reports.blocks import Block, Chart, Paragraph, Section
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.tables import difference_table, differs, finding
from simulator.reports.titles import measure_title, named_measures, scenario_title
from simulator.reports.wording import change

MOST_ROWS = 16
PER_CENT = "difference from the baseline, %"


def demand_section(comparison: Comparison) -> Section:
    """Show deciding measures and needs as dots with intervals, then all needs and services as tables."""
    charted = charted_names(comparison)
    needs = [
        name for name in _texts(comparison, "need") if name.endswith(".per_year") and name.count(".") == 2
    ]
    blocks: list[Block] = [
        Paragraph(
            text=(
                "Every difference is paired: the same people have the same needs in both worlds, so that "
                "chance hardly blurs it. The interval is a 95% interval; where it crosses the line at "
                "nought, no difference was seen."
            )
        )
    ]
    if charted:
        blocks.append(_chart(comparison, charted))
    if needs:
        blocks.append(
            difference_table(
                comparison,
                needs,
                caption="Needs a year, in each scenario beside the baseline",
                heading="Need",
                folded="Show every need",
            )
        )
    arrivals = [name for name in _texts(comparison, "activity") if name.endswith(".arrivals_per_day")]
    blocks.append(
        difference_table(
            comparison,
            arrivals,
            caption="Arrivals a day at each service",
            heading="Service",
            folded="Show arrivals at every service",
        )
    )
    blocks.append(
        difference_table(
            comparison,
            _cuts(comparison),
            caption="The same by group of people, by locality and by deprivation (quintile 1: most deprived)",
            heading="Measure",
            folded="Show who it reaches: groups of people, localities, deprivation",
        )
    )
    return Section(id="demand", title="What happens to demand", short="Demand", blocks=tuple(blocks))


def charted_names(comparison: Comparison) -> list[str]:
    """Name what the chart of differences shows: what decides, then named measures and needs that differ."""
    needs = [
        name for name in _texts(comparison, "need") if name.endswith(".per_year") and name.count(".") == 2
    ]
    named = [name for name in named_measures(comparison) if not name.startswith(("system", "organisation"))]
    moving = [name for name in (*named, *needs) if differs(comparison, name)]
    found = dict.fromkeys([*(one.name for one in deciding(comparison)), *moving])
    baseline = comparison.scenarios[0]
    levels = {name: comparison.measure(baseline, name) for name in found}
    return [name for name, level in levels.items() if level is not None and level.mean][:MOST_ROWS]


def _chart(comparison: Comparison, names: list[str]) -> Chart:
    titles = [measure_title(comparison, name) for name in names]
    series = [
        _dots(comparison, scenario, place=place, names=names)
        for place, scenario in enumerate(comparison.others)
    ]
    return Chart(
        id="chart-demand",
        caption="Differences from the baseline, in per cent of it, with 95% intervals",
        alternative=_alternative(comparison, names),
        figure=dots_figure(titles, series, x_title=PER_CENT),
        height=dots_height(len(titles), len(series)),
        table=difference_table(
            comparison,
            names,
            caption="Differences from the baseline: the numbers of the chart",
            heading="Measure",
            folded="Show the numbers of this chart",
        ),
    )


def _dots(comparison: Comparison, scenario: str, *, place: int, names: list[str]) -> Dots:
    baseline = comparison.scenarios[0]
    factors = []
    for name in names:
        level = comparison.measure(baseline, name)
        factors.append(100 / abs(level.mean) if level is not None and level.mean else 0.0)
    return Dots(
        title=scenario_title(comparison, scenario),
        style=style_of(place),
        estimates=[comparison.difference(scenario, name) for name in names],
        factors=factors,
    )


def _alternative(comparison: Comparison, names: list[str]) -> str:
    """Say in words what the chart shows: what was seen to differ, scenario by scenario."""
    said = []
    for scenario in comparison.others:
        found = [one for name in names if (one := finding(comparison, scenario, name=name)) is not None]
        seen = [f"{one.title} {change(one.difference, one.unit)}" for one in found if one.is_seen]
        words = "; ".join(seen) if seen else "no difference that could be seen"
        said.append(f"{scenario_title(comparison, scenario)}: {words}.")
    return "Dots with intervals, one row a measure. " + " ".join(said)


def _cuts(comparison: Comparison) -> list[str]:
    """Name the cuts of the needs and clocks that decide."""
    decided = {
        (name.family, name.subject)
        for one in deciding(comparison)
        if (name := comparison.names.get(one.name)) is not None and name.family in ("need", "clock")
    }
    return [text for text, name in comparison.cuts.items() if (name.family, name.subject) in decided]


def _texts(comparison: Comparison, family: str) -> list[str]:
    """Name the whole measures of a family, as the tables spell them."""
    found = {name.text: name for name in comparison.names.values() if name.family == family}
    return [text for text, name in found.items() if not name.cuts and "@" not in name.subject]
