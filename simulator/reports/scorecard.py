"""The triple aim, scenario by scenario: health and wellbeing, care and quality, finance and efficiency."""

from collections.abc import Iterator

from simulator.analysis.comparison import Comparison
from simulator.analysis.gaps import AIMS, CARE, FINANCE, HEALTH, Gap, cut, gaps
from simulator.experiment.measure_names import HARM_FAMILIES, NET_BENEFIT, NET_BENEFITS
from simulator.reports.blocks import Block, Cell, Group, Notice, Section, Table
from simulator.reports.numbers import plain, step_for
from simulator.reports.tables import title_with_unit
from simulator.reports.titles import measure_title, named_measures, scenario_title
from simulator.reports.wording import change, level

TITLES = {
    HEALTH: "Health and wellbeing",
    CARE: "Care and quality",
    FINANCE: "Finance and efficiency",
}
OF_HEALTH = ("deaths_per_year", "qalys_per_year", "qalys_per_year.discounted_1_5")
WORTH = (
    "What a QALY is worth is a choice, and the lines answer different questions: £15,000 is what the NHS’s "
    "own money buys elsewhere, £25,000 NICE’s threshold for medicines, £70,000 the value to society. Health "
    "is discounted at 1.5% a year, cost at 3.5% (beside it, health at 3.5% too). Expected deaths are in none "
    "of them, and what organisations pay each other is not either."
)
GAPS = (
    "A gap is the most deprived quintile’s figure for each person less, or over, the least deprived’s, in "
    "the same replication. Who is most deprived is the model’s word: a locality stands for its quintile."
)


def scorecard_section(comparison: Comparison) -> Section | None:
    """Show the three aims and the gaps in each; nothing where there is no other world to set beside."""
    if not comparison.others:
        return None
    blocks: list[Block] = [*_aims(comparison)]
    found = gaps(comparison)
    if found:
        blocks += [Notice(word="How to read a gap", text=GAPS), _gaps(comparison, found)]
        blocks += [_localities(comparison, found)]
    return Section(id="aims", title="The triple aim", short="Triple aim", blocks=tuple(blocks))


def _aims(comparison: Comparison) -> Iterator[Block]:
    """Set each aim's measures beside each other, and say what the worth of health is."""
    for aim in AIMS:
        names = list(_names(comparison, aim))
        groups = tuple(_group(comparison, name) for name in names)
        if groups:
            yield Table(
                caption=f"{TITLES[aim]}: change from the baseline, with 95% intervals",
                columns=("Measure", "Scenario", "Baseline", "Change"),
                groups=groups,
                texts=("Scenario",),
            )
    if any(f"{NET_BENEFIT}.{what}" in comparison.names for what in NET_BENEFITS):
        yield Notice(word="What health is worth", text=WORTH)


def _names(comparison: Comparison, aim: str) -> Iterator[str]:
    """Name the measures of an aim that the comparison has."""
    named = list(named_measures(comparison))
    if aim == HEALTH:
        wanted = [one for one in comparison.names if one.startswith(("consequence.", *HARM_FAMILIES[:1]))]
        wanted = [*OF_HEALTH, *(one for one in wanted if not one.endswith((".at_low", ".at_high")))]
    elif aim == CARE:
        wanted = [one for one in named if comparison.names[one].family in ("clock", "activity")]
    else:
        wanted = ["system.resources_per_year", *(f"{NET_BENEFIT}.{what}" for what in NET_BENEFITS)]
    yield from (one for one in dict.fromkeys(wanted) if one in comparison.names)


def _group(comparison: Comparison, name: str) -> Group:
    """Show a measure's baseline and its change in each scenario; the level of a net benefit means nothing."""
    baseline, unit = comparison.scenarios[0], comparison.unit(name)
    shown = "" if name.startswith(NET_BENEFIT) else level(comparison.measure(baseline, name), unit)
    return Group(
        header=measure_title(comparison, name),
        rows=tuple(
            (scenario_title(comparison, one), shown, change(comparison.difference(one, name), unit))
            for one in comparison.others
        ),
    )


def _gaps(comparison: Comparison, found: tuple[Gap, ...]) -> Table:
    """Show both ends, both gaps and how each scenario changes them."""
    headers: dict[str, list[Gap]] = {}
    for gap in found:
        headers.setdefault(_heading(comparison, gap), []).append(gap)
    return Table(
        caption="The gap between the most and the least deprived quintile, with 95% intervals",
        columns=(
            "Figure",
            "Scenario",
            "Most deprived",
            "Least deprived",
            "Gap",
            "Most ÷ least",
            "Change of the gap",
        ),
        groups=tuple(
            Group(header=header, rows=tuple(_row(comparison, one) for one in rows))
            for header, rows in headers.items()
        ),
        texts=("Scenario",),
    )


def _heading(comparison: Comparison, gap: Gap) -> str:
    row = gap.row
    heads = {0.0: "", 1.0: ", for each person"}.get(row.heads, f", for {row.heads:,.0f} people")
    return f"{TITLES[row.aim]}. {title_with_unit(measure_title(comparison, row.name.text), '')}{heads}"


def _row(comparison: Comparison, gap: Gap) -> tuple[Cell, ...]:
    unit = comparison.unit(gap.row.name.text)
    return (
        scenario_title(comparison, gap.scenario),
        level(gap.most, unit),
        level(gap.least, unit),
        change(gap.absolute, unit),
        plain(gap.relative.mean, step=step_for(None, value=gap.relative.mean or 1.0)),
        "" if gap.change is None else change(gap.change, unit),
    )


def _localities(comparison: Comparison, found: tuple[Gap, ...]) -> Table:
    """Show the figures of each locality, and what each scenario changes there."""
    names = {one.row.name.text: one.row.name for one in found}
    model = comparison.results.model
    groups = []
    for locality in sorted(model.localities):
        rows: list[tuple[Cell, ...]] = []
        for text, name in names.items():
            own = cut(name, dimension="locality", value=locality)
            unit = comparison.unit(text)
            for scenario in comparison.others:
                rows.append(
                    (
                        measure_title(comparison, text),
                        scenario_title(comparison, scenario),
                        level(comparison.measure(comparison.scenarios[0], own), unit),
                        change(comparison.difference(scenario, own), unit),
                    )
                )
        groups.append(Group(header=model.localities[locality].name or locality, rows=tuple(rows)))
    return Table(
        caption="The same by locality, not per person: change from the baseline, with 95% intervals",
        columns=("Locality", "Measure", "Scenario", "Baseline", "Change"),
        groups=tuple(groups),
        texts=("Measure", "Scenario"),
        folded="Show every locality",
    )
