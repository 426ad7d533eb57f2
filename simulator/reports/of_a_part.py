"""Who gains and who loses in a part of the place: said beside it that in the whole place a sign may turn."""

from simulator.analysis.comparison import Comparison
from simulator.reports.blocks import Notice

WHY = (
    "Gains and losses here are those of {share:.3g} of the place; in the whole place whoever gains here may "
    "lose, and the other way round. Places are whole and rounded up, so that a scheme may hold more places, "
    "and cost more, for each person; small queues pool less, so that beds and waits answer otherwise; and "
    "one costly stay or resident more or fewer by chance weighs more. Run the whole place "
    "(population_share = 1) before anything is agreed."
)


def share_run(comparison: Comparison) -> float:
    """Give the part of the place that was run, 1 of all of it."""
    return float(comparison.results.experiment.population_share)


def in_a_part(comparison: Comparison) -> str:
    """Say behind who gains and who loses that it is of a part, where a sign may turn; nothing of all."""
    share = share_run(comparison)
    return "" if share == 1 else f", in {share:.3g} of the place (in the whole place a sign may turn)"


def why_signs_turn(comparison: Comparison) -> str:
    """Say why; nothing where all of the place was run, or nobody is told to gain or lose."""
    share = share_run(comparison)
    if share == 1 or (comparison.contracts is None and comparison.cash is None):
        return ""
    return WHY.format(share=share)


def part_notice(comparison: Comparison) -> tuple[Notice, ...]:
    """Give the same as a notice."""
    said = why_signs_turn(comparison)
    return (Notice(word="Part of the place", text=said),) if said else ()
