"""Where risk sits before and after, and whether it was removed or moved: harm by setting."""

from collections.abc import Collection, Iterator

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate
from simulator.definition.harms import SETTINGS
from simulator.experiment.measure_names import AT_HIGH, AT_LOW, HARM_FAMILIES
from simulator.reports.blocks import Block, Cell, Group, Items, Notice, Paragraph, Section, Table
from simulator.reports.numbers import listed
from simulator.reports.titles import lower_first, scenario_title, title_of
from simulator.reports.wording import change, level

WHERE = {
    "ae": "In A&E",
    "hospital": "In hospital",
    "leaving": "In a bed, ready to leave",
    "home": "At home",
    "list": "On a list",
}
OUTCOME = {
    "expected_deaths_per_year": "deaths expected a year",
    "expected_readmissions_per_year": "readmissions expected a year",
    "expected_people_per_year": "people a year expected to need more care for good",
    "lost_qalys_per_year": "quality-adjusted life years lost a year",
}
READ_FIRST = (
    "Harm here is expected, not simulated: how long people waited, were kept or stayed, times what such a "
    "wait is known or feared to do. Nobody in the simulation dies of it, and it is in no count of deaths. "
    "Where nobody knows what a wait does, the value is nought, and the last column says what it would come "
    "to if each wait did as little, or as much, as the interval beside its source allows."
)


def harm_section(comparison: Comparison) -> Section | None:
    """Show where harm is done in each world; nothing where the model has neither harms nor consequences."""
    harms = list(_harms(comparison))
    befallen = [name for name in comparison.names if name.startswith("consequence.")]
    if not harms and not befallen:
        return None
    blocks: list[Block] = [Notice(word="Read this first", text=READ_FIRST)]
    if comparison.others:
        said = (
            Paragraph(lead=f"{scenario_title(comparison, one)}:", text=moved(comparison, one))
            for one in comparison.others
        )
        blocks.append(Items(items=tuple(said)))
    blocks.append(_table(comparison, harms))
    if befallen:
        blocks.append(_befallen(comparison, befallen))
    return Section(id="harm", title="Where risk sits, before and after", short="Harm", blocks=tuple(blocks))


def moved(comparison: Comparison, scenario: str) -> str:
    """Say whether less or more harm is to be expected in each setting, or may be if waits do as much as their
    interval allows: removed, or moved."""
    fewer: dict[str, None] = {}
    more: dict[str, None] = {}
    for family, harm, setting in _harms(comparison):
        name = f"{family}.{harm}"
        worst = comparison.difference(scenario, f"{name}.{AT_HIGH}")
        if side := _side(worst or comparison.difference(scenario, name)):
            (fewer if side < 0 else more)[lower_first(WHERE[setting])] = None
    return _said([one for one in fewer if one not in more], more=list(more), mixed=fewer.keys() & more.keys())


def _said(fewer: list[str], *, more: list[str], mixed: Collection[str]) -> str:
    """Put into words where there is less, where more, and where some of both."""
    also = f" ({listed(sorted(mixed))} some of it less, some more)" if mixed else ""
    if fewer and more:
        return (
            f"risk is moved as well as removed: less harm is to be expected {listed(fewer)}, and more could "
            f"be done {listed(more)}{also}."
        )
    if fewer:
        return f"risk is removed {listed(fewer)}; nowhere was more seen of the waits that are counted here."
    if more:
        return f"more harm could be done {listed(more)}" + (also or ", and nowhere less was seen") + "."
    return "no change was seen in what waits and full beds do to people."


def _side(one: Estimate | None) -> int:
    """Say on which side of nought a change surely lies; without chance, on which side it does."""
    if one is None or one.mean is None:
        return 0
    low, high = (one.mean, one.mean) if one.low is None or one.high is None else (one.low, one.high)
    return 1 if low > 0 else -1 if high < 0 else 0


def _harms(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """List each outcome of each harm with its setting, setting by setting."""
    model = comparison.results.model
    there = [(harm.setting, id) for id, harm in model.harms.items()]
    for setting, id in sorted(there, key=lambda one: (SETTINGS.index(one[0]), one[1])):
        for family in HARM_FAMILIES:
            if f"{family}.{id}" in comparison.names:
                yield family, id, setting


def _table(comparison: Comparison, harms: list[tuple[str, str, str]]) -> Table:
    """Set the harm of each setting beside what each scenario makes of it."""
    groups = tuple(
        Group(
            header=_heading(comparison, (family, id, setting)),
            rows=tuple(_rows(comparison, f"{family}.{id}")),
        )
        for family, id, setting in harms
    )
    return Table(
        caption="Harm expected a year, by where people are; change from the baseline with 95% intervals",
        columns=(
            "Where, and of what",
            "Scenario",
            "A year",
            "Change",
            "If waits do as little, or as much, as they may",
        ),
        groups=groups,
        texts=("Scenario",),
    )


def _heading(comparison: Comparison, harm: tuple[str, str, str]) -> str:
    family, id, setting = harm
    title = title_of(comparison.results.model, family, id=id)
    return f"{WHERE[setting]}. {title}: {OUTCOME[family]}"


def _rows(comparison: Comparison, name: str) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each scenario: level, change, and the change at either end."""
    baseline, unit = comparison.scenarios[0], comparison.unit(name)
    for scenario in comparison.scenarios:
        is_other = scenario != baseline
        show, of = (change, comparison.difference) if is_other else (level, comparison.measure)
        ends = [of(scenario, f"{name}.{end}") for end in (AT_LOW, AT_HIGH)]
        yield (
            scenario_title(comparison, scenario),
            level(comparison.measure(scenario, name), unit),
            change(comparison.difference(scenario, name), unit) if is_other else "",
            "; ".join(
                f"{said} {show(one, unit)}"
                for said, one in zip(("least:", "most:"), ends, strict=True)
                if one is not None
            ),
        )


def _befallen(comparison: Comparison, names: list[str]) -> Table:
    """Show whom consequences befell in the simulation itself."""
    groups = tuple(
        Group(
            header=lower_first(
                title_of(comparison.results.model, "consequence", id=name.split(".")[1])
            ).capitalize(),
            rows=tuple(
                (
                    scenario_title(comparison, scenario),
                    level(comparison.measure(scenario, name), comparison.unit(name)),
                    change(comparison.difference(scenario, name), comparison.unit(name))
                    if scenario != comparison.scenarios[0]
                    else "",
                )
                for scenario in comparison.scenarios
            ),
        )
        for name in names
    )
    return Table(
        caption="Whom consequences befell in the simulation, people a year; change with 95% intervals",
        columns=("Consequence", "Scenario", "A year", "Change"),
        groups=groups,
        texts=("Scenario",),
    )
