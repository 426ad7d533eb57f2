"""Alliances of localities: what each member gains by the people there, what is shared, and who walks away."""

from collections.abc import Iterator

from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Contracts
from simulator.reports.blocks import Block, Group, Items, Paragraph, Table
from simulator.reports.leaving import by_alliance, who_leaves
from simulator.reports.numbers import per_cent
from simulator.reports.titles import scenario_title
from simulator.reports.verdicts import POUNDS, organisation_title
from simulator.reports.wording import chance, change

READ = (
    "Each alliance of localities is about the people who live there: what their care costs and is paid for, "
    "and their part, by people, of the schemes that they may join. What stands for the whole place, and what "
    "is nobody’s, is in none of them. A member surely left with a loss, whatever the others pay it, has "
    "reason to leave the scheme; one that surely pays the others more than they pay it has reason to leave "
    "the alliance. Each is told by its own 95% interval: of forty members whom nothing happens to, one would "
    "seem to lose so by chance alone."
)


def alliance_blocks(comparison: Comparison, contracts: Contracts) -> tuple[Block, ...]:
    """Show alliances of localities; nothing where no contract is one."""
    if not contracts.alliances:
        return ()
    lines = tuple(Paragraph(text=line) for line in _sentences(comparison, contracts))
    return Paragraph(text=READ), Items(items=lines), _table(comparison, contracts)


def _sentences(comparison: Comparison, contracts: Contracts) -> Iterator[str]:
    """Say for each scenario and alliance who has reason to leave what."""
    for title, members in by_alliance(comparison, contracts):
        said = who_leaves(comparison, members)
        yield f"{scenario_title(comparison, members[0].scenario)}, {title}: {said[0].lower()}{said[1:]}."


def _table(comparison: Comparison, contracts: Contracts) -> Table:
    """List what each member gains, is paid and has left."""
    groups = tuple(
        Group(
            header=f"{scenario_title(comparison, members[0].scenario)}: {title}",
            rows=tuple(
                (
                    organisation_title(comparison, one.organisation),
                    change(one.gained, POUNDS),
                    change(one.moved, POUNDS),
                    change(one.left, POUNDS),
                    chance(one.left),
                    per_cent(one.loses_share),
                )
                for one in members
            ),
        )
        for title, members in by_alliance(comparison, contracts)
    )
    runs = "draws and replications" if comparison.results.draws else "replications"
    return Table(
        caption="Alliances of localities: each member’s change from the baseline, a year, 95% intervals",
        columns=(
            "Scenario and alliance",
            "Member",
            "Gained by the people there",
            "Paid to it by the others, less what it pays them",
            "Left",
            "Probability that it loses",
            f"Share of {runs} in which it loses",
        ),
        groups=groups,
    )
