"""Activity cost: what the change in activity costs or spares each organisation, and what that is not."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Block, Chart, Notice, Paragraph, Section
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.numbers import scale_of
from simulator.reports.tables import difference_table, finding
from simulator.reports.titles import scenario_title, title_of
from simulator.reports.wording import change

ALL = "system.resources_per_year"
LABEL = (
    "This is the variable cost of activity only: what is spent because one more person is seen or stays one "
    "more day. It is not cash saved: wards, teams and buildings cost the same until somebody closes or "
    "reassigns them, and freed beds fill again. The interventions’ own costs, contracts between "
    "organisations and the full ledger are not in it; they come with a later version."
)


def money_section(comparison: Comparison) -> Section:
    """Show the variable cost of activity by organisation, labelled as what it is."""
    names = [f"organisation.{id}.resources_per_year" for id in sorted(comparison.results.model.organisations)]
    names = [name for name in names if _level(comparison, name)]
    blocks: list[Block] = [Notice(word="Read this first", text=LABEL)]
    if not names:
        blocks.append(Paragraph(text="No activity of this model has a price, so there is nothing to show."))
    else:
        blocks += [_chart(comparison, [ALL, *names] if _level(comparison, ALL) else names)]
    return Section(
        id="money", title="Activity cost by organisation", short="Activity cost", blocks=tuple(blocks)
    )


def _chart(comparison: Comparison, names: list[str]) -> Chart:
    differences = [comparison.difference(scenario, name) for scenario in comparison.others for name in names]
    scale = scale_of("£ a year", [end for one in differences if one for end in (one.low, one.mean, one.high)])
    unit = {"k": "£ thousand a year", "m": "£ million a year"}.get(scale.after, "£ a year")
    series = [
        Dots(
            title=scenario_title(comparison, scenario),
            style=style_of(place),
            estimates=[comparison.difference(scenario, name) for name in names],
            factors=[scale.factor] * len(names),
        )
        for place, scenario in enumerate(comparison.others)
    ]
    titles = [_title(comparison, name) for name in names]
    return Chart(
        id="chart-money",
        caption=f"Variable cost of activity: difference from the baseline, {unit}, with 95% intervals",
        alternative=_alternative(comparison, names),
        figure=dots_figure(titles, series, x_title=f"difference from the baseline, {unit}"),
        height=dots_height(titles, len(series)),
        table=difference_table(
            comparison,
            names,
            caption="Variable cost of activity a year, by organisation",
            heading="Organisation",
            titles=dict(zip(names, titles, strict=True)),
        ),
    )


def _title(comparison: Comparison, name: str) -> str:
    if name == ALL:
        return "All organisations"
    return title_of(comparison.results.model, "organisation", id=name.split(".")[1])


def _alternative(comparison: Comparison, names: list[str]) -> str:
    said = []
    for scenario in comparison.others:
        parts = [
            f"{_title(comparison, name)} {change(one.difference, one.unit)}"
            for name in names
            if (one := finding(comparison, scenario, name=name)) is not None
        ]
        said.append(f"{scenario_title(comparison, scenario)}: {'; '.join(parts)}.")
    return "Dots with intervals, one row an organisation. " + " ".join(said)


def _level(comparison: Comparison, name: str) -> float:
    found: Estimate | None = comparison.measure(comparison.scenarios[0], name)
    return 0.0 if found is None or found.mean is None else found.mean
