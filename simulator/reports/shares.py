"""What each of several interventions adds, where the experiment has all parts of a scenario."""

from simulator.analysis.comparison import Comparison
from simulator.reports.blocks import Block, Group, Table
from simulator.reports.titles import measure_title, scenario_title, title_of
from simulator.reports.wording import change


def shares_blocks(comparison: Comparison, scenario: str) -> tuple[Block, ...]:
    """Share out the differences of a scenario among its interventions; nothing where parts are missing."""
    mine = [one for one in comparison.shared_out if one.scenario == scenario]
    if not mine:
        return ()
    model = comparison.results.model
    groups = tuple(
        Group(
            header=measure_title(comparison, measure),
            rows=tuple(
                (
                    title_of(model, "intervention", id=one.intervention),
                    *(change(each, comparison.unit(measure)) for each in (one.share, one.alone, one.last)),
                )
                for one in mine
                if one.measure == measure
            ),
        )
        for measure in dict.fromkeys(one.measure for one in mine)
    )
    table = Table(
        caption=f"{scenario_title(comparison, scenario)}: how much of each difference is whose (Shapley "
        "shares: the mean over all orders of switching on; they add up to the whole difference)",
        columns=("Measure", "Intervention", "Its share", "Alone", "Added last"),
        groups=groups,
    )
    return (table,)
