"""What each of several interventions adds, where the experiment has the worlds that tell."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate
from simulator.analysis.shapley import SharedOut
from simulator.reports.blocks import Block, Group, Table
from simulator.reports.titles import measure_title, scenario_title, title_of
from simulator.reports.wording import change

SHAPLEY = (
    "how much of each difference is whose (Shapley shares: the mean over all orders of switching on; they "
    "add up to the whole difference)"
)
FIRST_AND_LAST = (
    "what each does as the only one on, and what it adds when all others are on already. Where the second is "
    "less they do each other's work, where it is more they help each other; neither adds up to the whole"
)


def shares_blocks(comparison: Comparison, scenario: str) -> tuple[Block, ...]:
    """Share out the differences of a scenario among its interventions; nothing where parts are missing."""
    mine = [one for one in comparison.shared_out if one.scenario == scenario]
    if not mine:
        return ()
    model = comparison.results.model
    has_shares = any(one.share.mean is not None for one in mine)
    groups = tuple(
        Group(
            header=measure_title(comparison, measure),
            rows=tuple(
                (
                    title_of(model, "intervention", id=one.intervention),
                    *(change(each, comparison.unit(measure)) for each in _told(one, has_shares=has_shares)),
                )
                for one in mine
                if one.measure == measure
            ),
        )
        for measure in dict.fromkeys(one.measure for one in mine)
    )
    title = scenario_title(comparison, scenario)
    table = Table(
        caption=f"{title}: {SHAPLEY if has_shares else FIRST_AND_LAST}",
        columns=(
            "Measure",
            "Intervention",
            *(("Its share",) if has_shares else ()),
            "Alone",
            "Added last",
        ),
        groups=groups,
    )
    return (table,)


def _told(one: SharedOut, *, has_shares: bool) -> tuple[Estimate, ...]:
    return (one.share, one.alone, one.last) if has_shares else (one.alone, one.last)
