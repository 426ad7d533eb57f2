"""What became of each need: averted by whom, induced, knocked on, displaced."""

import math
from dataclasses import replace

from simulator.analysis.comparison import Attribution, Comparison
from simulator.analysis.intervals import Estimate
from simulator.reports.answers import deciding
from simulator.reports.blocks import Block, Chart, Heading, Paragraph, Section, Table, simple_table
from simulator.reports.chance import has_chance
from simulator.reports.elsewhere import elsewhere_blocks
from simulator.reports.figures.waterfall import Step, waterfall_figure, waterfall_height
from simulator.reports.numbers import plain
from simulator.reports.shares import shares_blocks
from simulator.reports.titles import lower_first, scenario_title, title_of
from simulator.reports.wording import change, level

CHARTS_A_SCENARIO = 2
UNIT = "needs a year"
INDUCED = "Induced, the scheme’s own work included"
AVERTED = "Averted by"
IN_ALL = "In all"
FEW = 4
LEAST_CHARTED = 1.0
BY_PEOPLE = (
    "Each need is a particular person’s, at a particular moment, in both worlds. So a need that "
    "is gone has a cause: an intervention averted it, or it is a knock-on (the person is in a "
    "bed just then, has died or still lives, or belongs to another group by then). Some needs "
    "are new: an intervention induced them, or they are a knock-on. The bars add up exactly."
)
AS_STOCKS = (
    "Needs are counted, in parts, and are nobody’s in particular. What an intervention takes from a need, or "
    "adds to it, is known: averted, or induced. What is left of the difference is a knock-on (more or fewer "
    "people are in a bed, have died, or belong to another group). The bars add up exactly."
)


def averted_section(comparison: Comparison) -> Section:
    """Show, for every scenario, the waterfall of the needs that moved most, and the table of all."""
    text = BY_PEOPLE if has_chance(comparison.results) else AS_STOCKS
    blocks: list[Block] = [Paragraph(text=text)]
    for place, scenario in enumerate(comparison.others):
        blocks += _scenario_blocks(comparison, scenario, place=place)
        blocks += elsewhere_blocks(comparison, scenario)
        blocks += shares_blocks(comparison, scenario)
    return Section(
        id="averted",
        title="What was averted, what was induced, and by what",
        short="Averted and induced",
        blocks=tuple(blocks),
    )


def steps_of(comparison: Comparison, one: Attribution) -> tuple[Step, ...]:
    """Write an attribution as steps that add up to the scenario less the baseline."""
    model = comparison.results.model
    averted = [
        _step(f"{AVERTED} {lower_first(title_of(model, 'intervention', id=id))}", _negative(found))
        for id, found in one.averted.items()
    ]
    rest = (
        _step(INDUCED, one.induced),
        _step("Knock-on: fewer", _negative(one.knock_on_fewer)),
        _step("Knock-on: more", one.knock_on_more),
    )
    return (*averted, *rest)


def _step(title: str, one: Estimate) -> Step:
    return Step(title=title, value=_mean(one), low=one.low, high=one.high)


def _scenario_blocks(comparison: Comparison, scenario: str, *, place: int) -> list[Block]:
    found = comparison.attribution(scenario)
    moved = [one for one in found if _moved(one) > 0 or _mean(one.displaced) != 0]
    blocks: list[Block] = [Heading(text=scenario_title(comparison, scenario))]
    if not moved:
        return [*blocks, Paragraph(text="No need was averted, induced or displaced.")]
    primary = [one.name for one in deciding(comparison)]
    ranked = sorted(
        moved, key=lambda one: (f"need.{one.need}.per_year" not in primary, -_moved(one), one.need)
    )
    charted = [one for one in ranked if _moved(one) >= LEAST_CHARTED][:CHARTS_A_SCENARIO]
    for number, one in enumerate(charted):
        blocks.append(_chart(comparison, scenario, one=one, id=f"chart-averted-{place}-{number}"))
    blocks.append(_table(comparison, scenario, found=moved))
    return blocks


def _chart(comparison: Comparison, scenario: str, *, one: Attribution, id: str) -> Chart:
    need = title_of(comparison.results.model, "need", id=one.need)
    steps = steps_of(comparison, one)
    paired = comparison.difference(scenario, f"need.{one.need}.per_year")
    whole = math.fsum(step.value for step in steps)
    low, high = (paired.low, paired.high) if paired is not None else (None, None)
    total = Step(title=IN_ALL, value=whole, low=low, high=high)
    said = "; ".join(f"{lower_first(step.title)}: {plain(step.value, signed=True)}" for step in steps)
    title = scenario_title(comparison, scenario)
    return Chart(
        id=id,
        caption=f"{title}. {need}: change a year, from {level(one.baseline, UNIT)} in the baseline; "
        "95% intervals",
        alternative=f"Waterfall of changes a year: {said}. In all {plain(whole, signed=True)}.",
        figure=waterfall_figure(_told(steps), total=total, x_title="change, needs a year"),
        height=waterfall_height(_told(steps), total),
        table=_waterfall_table(comparison, need=need, one=one, whole=paired),
    )


def _told(steps: tuple[Step, ...]) -> list[Step]:
    """Leave out steps of nought, but for what a few interventions averted."""
    averted = [step for step in steps if step.title.startswith(AVERTED)]
    few = averted if len(averted) <= FEW else []
    return [step for step in steps if step.value or step in few]


def _waterfall_table(comparison: Comparison, *, need: str, one: Attribution, whole: Estimate | None) -> Table:
    model = comparison.results.model
    rows = [
        (f"Averted by {lower_first(title_of(model, 'intervention', id=id))}", change(_negative(found), UNIT))
        for id, found in one.averted.items()
    ]
    rows += [
        (INDUCED, change(one.induced, UNIT)),
        ("Knock-on: fewer", change(_negative(one.knock_on_fewer), UNIT)),
        ("Knock-on: more", change(one.knock_on_more, UNIT)),
        (IN_ALL, change(whole, UNIT)),
    ]
    return simple_table(
        f"{need}: what the change a year is made of",
        columns=("Part", "Change a year (95% interval)"),
        rows=tuple(rows),
        folded="Show the numbers of this chart",
    )


def _table(comparison: Comparison, scenario: str, *, found: list[Attribution]) -> Table:
    model = comparison.results.model
    interventions = list(dict.fromkeys(id for one in found for id in one.averted))
    rows = []
    for one in found:
        averted = [
            change(_negative(one.averted[id]), UNIT) if id in one.averted else "–" for id in interventions
        ]
        rows.append(
            (
                title_of(model, "need", id=one.need),
                level(one.baseline, UNIT),
                *averted,
                change(one.induced, UNIT),
                change(_negative(one.knock_on_fewer), UNIT),
                change(one.knock_on_more, UNIT),
                level(one.scenario, UNIT),
                change(one.displaced, UNIT),
            )
        )
    return simple_table(
        f"What became of every need a year: {scenario_title(comparison, scenario)}. Displaced needs took "
        "another way than they would have taken; they stand beside the sum, not in it.",
        columns=(
            "Need",
            "Baseline",
            *(f"Averted by {lower_first(title_of(model, 'intervention', id=id))}" for id in interventions),
            INDUCED,
            "Knock-on: fewer",
            "Knock-on: more",
            "With the scenario",
            "Displaced (beside)",
        ),
        rows=tuple(rows),
        folded=f"Show every need: {scenario_title(comparison, scenario)}",
    )


def _moved(one: Attribution) -> float:
    parts = (*one.averted.values(), one.induced, one.knock_on_fewer, one.knock_on_more)
    return math.fsum(abs(_mean(part)) for part in parts)


def _mean(one: Estimate) -> float:
    return 0.0 if one.mean is None else one.mean


def _negative(one: Estimate) -> Estimate:
    """Turn what was taken away into a change."""

    def less(value: float | None) -> float | None:
        return None if value is None else -value

    return replace(
        one,
        mean=less(one.mean),
        low=less(one.high),
        high=less(one.low),
        low_80=less(one.high_80),
        high_80=less(one.low_80),
        mean_low=less(one.mean_high),
        mean_high=less(one.mean_low),
    )
