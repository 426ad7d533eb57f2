"""How organisations work together in a run: fidelity over time, losses, what contracts and forums do."""

from collections.abc import Iterator
from functools import cache

from simulator.analysis.collaborating import Collaborating
from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate, estimate_difference
from simulator.definition.collaborations import DYNAMICS_FILE
from simulator.definition.experiment import Scenario
from simulator.definition.loading import load_model
from simulator.definition.systems import has_stocks, system_of
from simulator.reports.answers import deciding
from simulator.reports.blocks import Block, Chart, Group, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.chance import has_chance
from simulator.reports.describe.system_blocks import loop_blocks
from simulator.reports.describe.systems import KnownSystem, known_system
from simulator.reports.figures.lines import Line, lines_figure, lines_height
from simulator.reports.figures.look import style_of
from simulator.reports.hypothesis import HYPOTHESIS, hypothesis_notice
from simulator.reports.titles import as_words, clean, measure_title, scenario_title, title_of
from simulator.reports.wording import change, level

READ = (
    "Fidelity is how strong the collaboration makes what depends on it: 1 is a typical collaboration at "
    "maturity. It scales benefits, not harms and costs."
)
FED_BACK = (
    "What members lose against the other world, that no contract makes good, drains their commitment here, "
    "month by month; the member that loses most is the one that counts. So each world’s care is that under "
    "its own contract; tables elsewhere settle that same care under the others too. A month’s loss is of "
    "what was done in it; tables of money are after freed beds have filled again, so what there is to share "
    "out of freed beds is put too high here."
)
WITHOUT_CHANCE = (
    " As stocks nobody loses by chance. Where people are followed, chance takes something from somebody "
    "every month, the more of it the smaller the part of the place that is run, and so collaborations end "
    "lower there; docs/stocks.md says by how much."
)
APART = "Losses do not feed back in this experiment: every path is known before anything is run."
LEVELS = {
    "fidelity": "Fidelity",
    "trust": "Trust",
    "commitment": "Commitment",
    "performing": "Teams performing",
}
NUMBER, SHARE = "", "share"


def collaboration_notice(comparison: Comparison) -> tuple[Notice, ...]:
    """Say on the first screen what rests on the hypothesis."""
    return hypothesis_notice(scenario_title(comparison, one.scenario) for one in comparison.collaborating)


def collaboration_sections(comparison: Comparison) -> tuple[Section, ...]:
    """Show how collaborations went; nothing where no intervention depends on one."""
    found = comparison.collaborating
    if not found:
        return ()
    blocks: list[Block] = [Notice(word="Hypothesis", text=HYPOTHESIS), Paragraph(text=_read(comparison))]
    for place, name in enumerate(dict.fromkeys(one.collaboration for one in found)):
        mine = [one for one in found if one.collaboration == name]
        blocks += [_chart(comparison, mine, place=place), _ends(comparison, mine), *_losses(comparison, mine)]
    blocks += _prices(comparison)
    blocks += _forums(comparison)
    blocks += _loops(comparison)
    return (
        Section(
            id="collaboration",
            title="How organisations work together",
            short="Collaboration",
            blocks=tuple(blocks),
        ),
    )


def _read(comparison: Comparison) -> str:
    """Say how to read the section."""
    if not comparison.results.experiment.feedback:
        return f"{READ} {APART}"
    return f"{READ} {FED_BACK}{'' if has_chance(comparison.results) else WITHOUT_CHANCE}"


def _title(comparison: Comparison, one: Collaborating) -> str:
    said = comparison.results.model.collaborations[one.collaboration].title
    return clean(said) if said else as_words(one.collaboration)


def _chart(comparison: Comparison, found: list[Collaborating], *, place: int) -> Chart:
    """Draw fidelity over time, a line a scenario."""
    title = _title(comparison, found[0])
    lines = [
        Line(
            title=scenario_title(comparison, one.scenario),
            style=style_of(number),
            days=one.days,
            values=[at.mean for at in one.levels["fidelity"]],
        )
        for number, one in enumerate(found)
    ]
    ends = [f"{scenario_title(comparison, one.scenario)} {_last(one)}" for one in found]
    is_once = len(comparison.results.replications) == 1 and not comparison.results.draws
    return Chart(
        id=f"chart-fidelity-{place}",
        caption=f"{title}: fidelity over time{'' if is_once else ', mean of all replications'}",
        alternative=f"Lines over time. In the last week: {'; '.join(ends)}.",
        figure=lines_figure(lines, title="Fidelity"),
        height=lines_height(len(lines)),
        table=_over_time(comparison, found),
    )


def _last(one: Collaborating) -> str:
    mean = one.levels["fidelity"][-1].mean
    return f"{mean or 0.0:.2f}"


def _over_time(comparison: Comparison, found: list[Collaborating]) -> Table:
    return simple_table(
        "Fidelity over time, with 95% intervals over replications where they differ",
        columns=("Monday", *(scenario_title(comparison, one.scenario) for one in found)),
        rows=tuple(
            (f"{day.day} {day:%B %Y}", *(level(one.levels["fidelity"][at], NUMBER) for one in found))
            for at, day in enumerate(found[0].days)
        ),
        folded="Show the numbers",
    )


def _ends(comparison: Comparison, found: list[Collaborating]) -> Table:
    """Set what there is in the last week beside each other."""
    return simple_table(
        f"{_title(comparison, found[0])}: in the last week",
        columns=("Scenario", *LEVELS.values()),
        rows=tuple(
            (
                scenario_title(comparison, one.scenario),
                *(level(one.levels[word][-1], NUMBER) for word in LEVELS),
            )
            for one in found
        ),
    )


def _losses(comparison: Comparison, found: list[Collaborating]) -> Iterator[Block]:
    """Say what members lose that nobody makes good."""
    members = dict.fromkeys(name for one in found for name in one.losses)
    if not members:
        return
    model = comparison.results.model
    yield simple_table(
        "What members lose that nobody makes good: share of a month’s turnover, mean over the months",
        columns=(
            "Scenario",
            "Settled under",
            *(title_of(model, "organisation", id=name) for name in members),
        ),
        texts=("Settled under",),
        rows=tuple(
            (
                scenario_title(comparison, one.scenario),
                _contract_title(comparison, one.scenario),
                *(level(one.losses.get(name), SHARE) for name in members),
            )
            for one in found
        ),
    )


def _contract_title(comparison: Comparison, scenario: str) -> str:
    """Name the contract that a scenario's losses are settled by."""
    model = comparison.results.model
    name = _contract(comparison, scenario) or next(iter(model.contracts), None)
    return "no contract" if name is None else title_of(model, "contract", id=name)


def _prices(comparison: Comparison) -> Iterator[Block]:
    """Set scenarios that differ in nothing but the contract beside the first of them: its clinical price."""
    pairs = [
        (first, other)
        for first, other in _pairs(comparison)
        if _said(comparison, first).on == _said(comparison, other).on
    ]
    if not comparison.results.experiment.feedback or not pairs:
        return
    yield Paragraph(
        lead="The clinical price of a contract.",
        text="These worlds differ in nothing but the contract under which losses are settled: what differs "
        "in care is what the contract changes through the collaboration.",
    )
    yield _beside(
        comparison, pairs, caption="The same switches under another contract: difference in care and cost"
    )


def _forums(comparison: Comparison) -> Iterator[Block]:
    """Set scenarios that differ in nothing but what feeds a collaboration beside each other."""
    model = comparison.results.model
    feeding = {name for name, one in model.interventions.items() if one.feeds is not None}
    pairs = [
        (first, other)
        for first in comparison.others
        for other in comparison.others
        if first != other
        and _alike(comparison, first, other=other)
        and _contract(comparison, first) == _contract(comparison, other)
        and set(_said(comparison, other).on) > set(_said(comparison, first).on)
        and set(_said(comparison, other).on) - set(_said(comparison, first).on) <= feeding
    ]
    if not pairs:
        return
    yield Paragraph(
        lead="What a forum is worth.",
        text="A forum does nothing by itself: this is what it does through the interventions that depend on "
        "the collaboration, its own cost included.",
    )
    yield _beside(comparison, pairs, caption="With the forum, less without it")


def _pairs(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield scenarios that set and switch on the same under another contract, each beside the first."""
    seen: list[str] = []
    for other in comparison.others:
        on = _said(comparison, other).on
        alike = (one for one in seen if _alike(comparison, one, other=other))
        first = next((one for one in alike if _said(comparison, one).on == on), None)
        if first is None:
            seen.append(other)
        elif _contract(comparison, first) != _contract(comparison, other):
            yield first, other


def _said(comparison: Comparison, scenario: str) -> Scenario:
    return comparison.results.experiment.scenarios[scenario]


def _alike(comparison: Comparison, first: str, *, other: str) -> bool:
    return _said(comparison, first).set == _said(comparison, other).set


def _contract(comparison: Comparison, scenario: str) -> str | None:
    return _said(comparison, scenario).contract or comparison.results.experiment.contract


def _beside(comparison: Comparison, pairs: list[tuple[str, str]], *, caption: str) -> Table:
    """Set the paired differences of what decides, of cost and of fidelity beside each other."""
    names = [*dict.fromkeys([*(one.name for one in deciding(comparison)), "system.resources_per_year"])]
    groups = tuple(
        Group(
            header=f"{scenario_title(comparison, other)}, less {scenario_title(comparison, first)}",
            rows=tuple(
                (
                    measure_title(comparison, name),
                    change(_between(comparison, name, first=first, other=other), comparison.unit(name)),
                )
                for name in names
            ),
        )
        for first, other in pairs
    )
    return Table(
        caption=caption, columns=("Scenarios", "Measure", "Difference (95% interval)"), groups=groups
    )


def _between(comparison: Comparison, name: str, *, first: str, other: str) -> Estimate:
    values = comparison.values
    return estimate_difference(values[other][name], values[first][name], draws=comparison.results.draws)


def _loops(comparison: Comparison) -> Iterator[Block]:
    """Draw the loops of the shipped stocks, unless the model's own are drawn on this page."""
    yield Paragraph(
        lead="What moves it.",
        text="The stocks behind every collaboration are shipped with the program; these are their loops. "
        "Equations, presets and ranges are in the documentation of methods.",
    )
    if not has_stocks(comparison.results.model):
        yield from loop_blocks(_shipped())


@cache
def _shipped() -> KnownSystem:
    return known_system(system_of(load_model(DYNAMICS_FILE)))
