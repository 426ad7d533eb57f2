"""Costs: what the change in activity, and the schemes themselves, cost or spare each organisation."""

from collections.abc import Iterator

from simulator.analysis.comparison import Comparison
from simulator.definition.outside import OUTSIDE
from simulator.reports.blocks import Block, Chart, Notice, Paragraph, Section
from simulator.reports.figures.dots import Dots, dots_figure, dots_height
from simulator.reports.figures.look import style_of
from simulator.reports.numbers import scale_of
from simulator.reports.schemes import PARTS, payer_words, prices, schemes
from simulator.reports.tables import difference_table, finding
from simulator.reports.titles import clean, scenario_title, title_of
from simulator.reports.wording import change

ALL = "system.resources_per_year"
LABEL = (
    "This is the variable cost of activity, what is spent because one more person is seen or stays one more "
    "day, and what the interventions themselves cost, paid by the organisation that leads each: setting up, "
    "spread over the years shown, places and enrolments. It is not cash saved: wards, teams and buildings "
    "cost the same until somebody closes or reassigns them, and freed beds fill again. Overheads, wards and "
    "what is bought outside are in it where the model has any. What organisations "
    "pay each other under contracts is not in it."
)


def money_section(comparison: Comparison) -> Section:
    """Show variable cost by organisation, and of it what each scheme costs, labelled as what it is."""
    names = [
        f"organisation.{id}.resources_per_year"
        for id in sorted({*comparison.results.model.organisations, *OUTSIDE})
    ]
    names = [name for name in [ALL, *names, *_of_schemes(comparison)] if _is_spent(comparison, name)]
    blocks: list[Block] = [Notice(word="Read this first", text=_label(comparison))]
    if not names:
        blocks.append(Paragraph(text="No activity of this model has a price, so there is nothing to show."))
    else:
        blocks.append(_chart(comparison, names))
    return Section(
        id="money", title="Activity cost by organisation", short="Activity cost", blocks=tuple(blocks)
    )


def _label(comparison: Comparison) -> str:
    """Say what is counted, and of which year the prices are where the model says."""
    base = comparison.results.model.price_base
    return f"{LABEL} Prices are those of {clean(base)} throughout, whatever the year." if base else LABEL


def _of_schemes(comparison: Comparison) -> Iterator[str]:
    """Name the costs of the interventions themselves, as far as they have prices where they are on."""
    for id, names in sorted(schemes(comparison).items()):
        priced = {part for name in names for part in prices(comparison.results.models[name], id)}
        yield from (f"intervention.{id}.{part}" for part in PARTS if part in priced)


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
        caption=f"Variable cost: difference from the baseline, {unit}, with 95% intervals",
        alternative=_alternative(comparison, names),
        figure=dots_figure(titles, series, x_title=f"difference from the baseline, {unit}"),
        height=dots_height(titles, len(series)),
        table=difference_table(
            comparison,
            names,
            caption="Variable cost a year, by organisation, and what of it the interventions themselves cost",
            heading="Who pays, and for what",
            titles=dict(zip(names, titles, strict=True)),
        ),
    )


def _title(comparison: Comparison, name: str) -> str:
    model = comparison.results.model
    if name == ALL:
        return "All organisations"
    family, id, what = name.split(".")
    if family == "organisation":
        return title_of(model, "organisation", id=id)
    return f"Of this: {title_of(model, 'intervention', id=id)}, {PARTS[what]}{payer_words(comparison, id)}"


def _alternative(comparison: Comparison, names: list[str]) -> str:
    said = []
    for scenario in comparison.others:
        parts = [
            f"{_title(comparison, name)} {change(one.difference, one.unit)}"
            for name in names
            if (one := finding(comparison, scenario, name=name)) is not None
        ]
        said.append(f"{scenario_title(comparison, scenario)}: {'; '.join(parts)}.")
    return "Dots with intervals, one row an organisation or a cost of an intervention. " + " ".join(said)


def _is_spent(comparison: Comparison, name: str) -> bool:
    """Say whether a cost is more than nought in any scenario."""
    found = (comparison.measure(scenario, name) for scenario in comparison.scenarios)
    return any(one is not None and one.mean for one in found)
