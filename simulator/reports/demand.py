"""Demand: how often people need something, and what comes to each service."""

from simulator.analysis.comparison import Comparison
from simulator.reports.answers import deciding
from simulator.reports.blocks import Block, Paragraph, Section
from simulator.reports.chance import has_chance, has_intervals
from simulator.reports.in_common import paired_words
from simulator.reports.relative import is_demand, relative_charts
from simulator.reports.tables import difference_table


def demand_section(comparison: Comparison) -> Section:
    """Show deciding measures and needs as dots with intervals, then all needs and services as tables."""
    needs = [
        name for name in _texts(comparison, "need") if name.endswith(".per_year") and name.count(".") == 2
    ]
    blocks: list[Block] = [Paragraph(text=_how_paired(comparison))]
    blocks += relative_charts(comparison, is_demand, id="chart-demand")
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


def _how_paired(comparison: Comparison) -> str:
    """Say what a difference is, and what its interval where it has one."""
    paired = f"Every difference is paired: {paired_words(comparison.results.model)} in both worlds"
    if not has_intervals(comparison.results):
        return f"{paired}. There is no chance in this engine: each is what was counted, and has no interval."
    blurred = "so that chance hardly blurs it" if has_chance(comparison.results) else "draw by draw"
    return (
        f"{paired}, {blurred}. The interval is a 95% interval; where it crosses the line at nought, no "
        "difference was seen."
    )


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
